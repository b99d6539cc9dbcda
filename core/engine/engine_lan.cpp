// Engine, sixth part: contacts on the local network (core/lan).
#include "core/engine/engine.h"

namespace culvert {

void Engine::handleBeacon(const Now& now, const Datagram& datagram) {
    const std::vector<LanFound> all = m_lan.handleDatagram(now, datagram);
    if (all.empty())
        return driveLan();
    for (const LanFound& found : all) {
        PeerSession* session = find(ContactId{found.contact});
        if (session == nullptr)
            continue;
        m_dirty.insert(session->id());
        session->handleBeacon(now, found.at);
    }
    finish(now);
}

// Who knows us is known by the pair's key; whom we have asked knows who holds the invitation.
void Engine::updateLan(const Now& now, const PeerSession& session) {
    const ContactRecord& record = session.record();
    const PublicKey& key = session.id().octets;
    if (record.state != ContactState::Accepted && record.state != ContactState::Requested)
        return m_lan.forget(key);
    const wire::Token invitation = record.state == ContactState::Requested ? record.token : wire::Token{};
    if (!m_lan.isExpected(key, invitation))
        m_lan.expect(
            now, key,
            {session.keys().sendingKeyFor(kLanKeyPurpose), session.keys().receivingKeyFor(kLanKeyPurpose), invitation});
    m_lan.seek(now, key, !session.isReachable());
}

void Engine::driveLan() {
    // These do not count as contacted: groups are nobody.
    while (auto datagram = m_lan.pollTransmit())
        m_context.out.datagrams.push_back(std::move(*datagram));
}

LanStatus Engine::lanStatus() const {
    return {m_hearsBeacons, m_lan.isOn(), m_context.profile.settings.lanDiscovery, m_lan.heard(), m_lan.sent()};
}

} // namespace culvert
