// Engine, second part: third parties, handoffs, and what others see of us.
#include "core/engine/engine.h"

#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr Duration kGuestLifetime = 2min;
// A handoff through several third parties at once costs each of them, and finds the contact no better.
constexpr int kHandoffPartiesMax = 2;
constexpr std::size_t kObservedMax = 64;

} // namespace

std::vector<SocketAddress> Engine::remotesOf(const wire::ThirdPartyRecord& record) const {
    std::vector<SocketAddress> native, mapped;
    for (const wire::EndpointRecord& endpoint : record.endpoints) {
        if (endpoint.address.isV4())
            mapped.push_back(wire::toMapped(endpoint.address));
        else if (endpoint.kind == wire::EndpointKind::Lan6 || !m_context.inputs.local.native6.empty())
            native.push_back(endpoint.address);
    }
    native.insert(native.end(), mapped.begin(), mapped.end());
    return native;
}

ThirdParty* Engine::addParty(const Now& now, const wire::ThirdPartyRecord& record, bool isOwn) {
    if (const auto known = m_parties.find(record.key); known != m_parties.end()) {
        ThirdParty& party = *known->second;
        party.isOwn = party.isOwn || isOwn;
        party.guestUntil = now.monotonic + kGuestLifetime;
        return &party;
    }
    const auto keys = PairKeys::derive(m_context.identity, record.key);
    if (!keys || record.key == m_context.identity.publicKey())
        return nullptr;
    if (m_parties.size() >= kThirdPartiesMax) {
        // Ours always have room: a guest goes.
        const auto guest = std::ranges::find_if(m_parties, [](const auto& item) { return !item.second->isOwn; });
        if (!isOwn || guest == m_parties.end())
            return nullptr;
        m_partyKeys.erase(guest->second->keys.receivingId());
        m_parties.erase(guest);
    }
    auto party = std::make_unique<ThirdParty>(ThirdParty{
        record, *keys, RendezvousClient(m_context.random, now.monotonic), isOwn, now.monotonic + kGuestLifetime});
    party->client.setRemotes(now.monotonic, remotesOf(record));
    m_partyKeys[keys->receivingId()] = record.key;
    return (m_parties[record.key] = std::move(party)).get();
}

void Engine::driveThirdParties(const Now& now) {
    for (auto item = m_parties.begin(); item != m_parties.end();) {
        ThirdParty& party = *item->second;
        if (!party.isOwn && party.guestUntil <= now.monotonic) {
            m_partyKeys.erase(party.keys.receivingId());
            item = m_parties.erase(item);
            continue;
        }
        while (const auto request = party.client.pollRequest(now.monotonic)) {
            const Bytes sealed = request->cookie
                                     ? m_context.sealer.sealIntroduction(
                                           party.record.key, {}, *request->cookie,
                                           wire::Register{request->transaction, RendezvousClient::kLifetimeSeconds})
                                     : m_context.sealer.sealCookieRequest(party.record.key, request->transaction);
            m_context.send(request->remote, sealed);
        }
        ++item;
    }
}

void Engine::fromThirdParty(const Now& now, ThirdParty& party, const InnerDatagram& inner,
                            const wire::ControlMessage& message) {
    if (const auto* registered = std::get_if<wire::Registered>(&message)) {
        const bool wasRegistered = party.client.isRegistered(now.monotonic);
        party.client.handleRegistered(now.monotonic, inner.remote.address, *registered);
        noteObserved(now, registered->observed, party.record.key);
        m_networkChanged = m_networkChanged || !wasRegistered;
        if (!wasRegistered)
            sendHandoffs(now);
    } else if (const auto* delivery = std::get_if<wire::HandoffDelivery>(&message)) {
        m_thirdPartyOctets += inner.payload.size();
        handleDelivery(now, *delivery);
    }
}

void Engine::handleDelivery(const Now& now, const wire::HandoffDelivery& delivery) {
    if (!spend(now.monotonic, Work::Handoff))
        return drop(DropReason::RateLimited);
    const auto content = m_context.sealer.openHandoff(delivery.sealed);
    if (!content)
        return drop(DropReason::Unauthenticated);
    PeerSession* session = stranger(now, content->key, content->token);
    if (session == nullptr)
        return drop(DropReason::UnknownPeer);
    m_dirty.insert(session->id());
    session->handleHandoff(now, *content);
}

void Engine::sendHandoffs(const Now& now) {
    for (auto& [id, session] : m_sessions) {
        if (!session->wantsHandoff(now.monotonic))
            continue;
        session->handoffSent(now.monotonic, sendHandoff(now, *session));
        m_dirty.insert(id);
    }
}

bool Engine::sendHandoff(const Now& now, PeerSession& session) {
    const ContactRecord& record = session.record();
    std::vector<wire::ThirdPartyRecord> parties = record.thirdParties;
    parties.insert(parties.end(), m_context.profile.thirdParties.begin(), m_context.profile.thirdParties.end());
    const wire::HandoffContent content{m_context.identity.publicKey(), record.token, now.wall, m_context.endpoints()};
    if (!parties.empty()) // Each time others first: one that cannot help must not stand before one that can.
        std::rotate(parties.begin(), parties.begin() + session.handoffs() % parties.size(), parties.end());
    int sent = 0;
    for (const wire::ThirdPartyRecord& wanted : parties) {
        ThirdParty* party = addParty(now, wanted, false);
        if (party == nullptr || !party->client.isRegistered(now.monotonic) || sent >= kHandoffPartiesMax)
            continue;
        // How the third party sees us may be how the contact will: worth a try, nothing more.
        wire::HandoffContent told = content;
        if (const auto& observed = party->client.observed(); observed && observed->isV4())
            told.endpoints.insert(told.endpoints.begin(), {wire::EndpointKind::Mapped4, *observed});
        const Bytes sealed = m_context.sealer.sealHandoff(record.id.octets, told);
        if (sealed.empty())
            continue;
        const wire::HandoffRequest request{m_context.random.below(UINT64_MAX), record.id.octets, sealed};
        const Bytes message = m_context.sealer.sealPair(party->keys, request);
        m_thirdPartyOctets += message.size();
        m_context.send(party->client.remote(), message);
        ++sent;
    }
    // Without any third party there is nothing to wait for.
    return sent > 0 || parties.empty();
}

void Engine::noteObserved(const Now&, const SocketAddress& observed, const PublicKey& by) {
    if (observed.isV6() || observed.v4().isPrivate() || observed.v4().isLoopback())
        return;
    if (m_observed.size() < kObservedMax || m_observed.contains(by))
        m_observed[by] = observed;
    m_context.inputs.observedV4 = observed.v4();
    m_networkChanged = true;
}

NetworkStatus Engine::networkStatus(Instant now) const {
    NetworkStatus out;
    const EndpointInputs& inputs = m_context.inputs;
    out.local = inputs.local;
    out.gateway = m_gateway;
    out.gateway.udp = inputs.mapping;
    out.teredoAddress = ownTeredoAddress(inputs);
    out.allowReserved = inputs.allowReserved;
    for (const auto& [key, party] : m_parties) {
        if (!party->isOwn)
            continue;
        ThirdPartyStatus status;
        status.address = wire::encodeContactAddress({party->record.key, {}, party->record.endpoints, {}});
        status.key = ContactId{key}.text();
        status.registered = party->client.isRegistered(now);
        status.roundTrip = party->client.roundTrip();
        if (const auto& observed = party->client.observed())
            status.observed = observed->text();
        out.thirdParties.push_back(status);
    }
    std::set<SocketAddress> distinct;
    for (const auto& [by, observed] : m_observed) {
        distinct.insert(observed);
        out.observed.push_back(
            {observed, m_parties.contains(by) ? WitnessKind::ThirdParty : WitnessKind::Contact});
    }
    // RFC 4787 §4.1: one answer says nothing; two different peers tell.
    if (m_observed.size() >= 2)
        out.nat.varies = distinct.size() > 1;
    out.bytesThroughThirdParties = m_thirdPartyOctets;
    return out;
}

void Engine::announceNetwork(Instant now) {
    if (!std::exchange(m_networkChanged, false))
        return;
    NetworkStatus status = networkStatus(now);
    // Round trips and byte counts never stand still; they are told with the next real change.
    status.bytesThroughThirdParties = m_announcedNetwork.bytesThroughThirdParties;
    for (std::size_t i = 0; i < std::min(status.thirdParties.size(), m_announcedNetwork.thirdParties.size()); ++i)
        status.thirdParties[i].roundTrip = m_announcedNetwork.thirdParties[i].roundTrip;
    if (status == m_announcedNetwork)
        return;
    m_announcedNetwork = networkStatus(now);
    m_context.out.events.push_back(NetworkChangedEvent{m_announcedNetwork});
}

void Engine::updateEndpoints(const Now& now) {
    m_context.tunnel.setAddresses(tunnelAddresses(m_context.inputs));
    auto endpoints = m_context.endpoints();
    if (endpoints == m_endpoints)
        return;
    const bool isFirst = m_endpoints.empty();
    m_endpoints = std::move(endpoints);
    m_context.endpointsSequence = std::max(
        m_context.endpointsSequence + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(now.wall.milliseconds, 0)));
    if (!isFirst) // The first address is told by ReadyEvent.
        m_context.out.events.push_back(AddressChangedEvent{ownAddress()});
    for (auto& [id, session] : m_sessions) {
        session->endpointsChanged();
        m_dirty.insert(id);
    }
}

bool Engine::handleNetwork(const Now& now, const LocalNetwork& network) {
    if (network == m_context.inputs.local)
        return false;
    m_context.inputs.local = network;
    m_networkChanged = true;
    updateEndpoints(now);
    m_observed.clear();
    for (auto& [key, party] : m_parties) {
        party->client.setRemotes(now.monotonic, remotesOf(party->record));
        party->client.restart(now.monotonic);
    }
    for (auto& [id, session] : m_sessions) {
        session->networkChanged(now);
        m_dirty.insert(id);
    }
    finish(now);
    return true;
}

void Engine::handleGateway(const Now& now, const GatewayReport& report) {
    const auto before = m_context.inputs.mapping.external;
    m_gateway = report;
    m_context.inputs.mapping = report.udp;
    m_networkChanged = true;
    if (report.udp.state == PortMappingState::Trying)
        m_context.inputs.mapping.external = before;
    if (report.udp.state != PortMappingState::Trying && m_context.profile.lastMapping != report.udp.external) {
        m_context.profile.lastMapping = report.udp.external;
        m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    }
    updateEndpoints(now);
    finish(now);
}

} // namespace culvert
