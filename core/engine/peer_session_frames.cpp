// PeerSession, second part: what the two contacts say to each other, and what the user asks for.
#include "core/engine/peer_session.h"

#include "core/engine/invitations.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kNameOctetsMax = 256; // 64 characters of any script
// Endpoints change when networks do; more often than this only somebody who wants us to probe changes them.
constexpr Duration kEndpointsPause = 2s;
constexpr int kEndpointsBurst = 10;

std::string clipped(const std::string& text, std::size_t maximum) {
    std::size_t size = std::min(text.size(), maximum);
    while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80)
        --size; // Never inside a UTF-8 sequence.
    return text.substr(0, size);
}

} // namespace

void PeerSession::write(const wire::SessionFrame& frame) {
    const bool isChat =
        std::holds_alternative<wire::MessageFrame>(frame) || std::holds_alternative<wire::AmendmentFrame>(frame);
    if (m_connection)
        (void)m_connection->write(isChat ? kChatStream : kControlStream, wire::encode(frame));
    m_hasWritten = true;
}

void PeerSession::sessionStarted(const Now& now) {
    m_sessionStarted = true;
    m_requestSeen = m_endpointsSeen = m_hasRefused = m_helloSeen = false;
    m_features = 0;
    m_toldTypingAt.reset();
    m_unconsumed = 0;
    m_readers.clear();
    m_outbox.rewind();
    m_nextKeyUpdate = now.monotonic + kKeyUpdateEvery;
    m_pictures.restart();
    write(wire::FeaturesFrame{wire::kAmendments | wire::kPictures | wire::kRings});
    write(wire::HelloFrame{m_context.instance, m_context.profile.name});
    if (m_record.state == ContactState::Requested)
        write(wire::ContactRequestFrame{m_record.token, m_context.profile.name, m_record.greeting});
    if (m_record.state == ContactState::Accepted) {
        write(wire::ContactAcceptedFrame{m_context.profile.name});
        m_context.couriers.joined(now.monotonic, id().octets);
    }
    sendEndpoints();
    sendReadMark();
}

void PeerSession::sendEndpoints() {
    if (!m_sessionStarted || m_record.state != ContactState::Accepted)
        return;
    wire::EndpointsFrame frame;
    frame.sequence = m_context.endpointsSequence;
    frame.endpoints = m_context.endpoints();
    frame.thirdParties = m_context.profile.thirdParties;
    frame.additions.hint = m_context.hint;
    write(frame);
}

void PeerSession::feed(const Now& now, std::uint64_t stream, BytesView data) {
    if (stream > kChatStream)
        return;
    if (stream == kChatStream)
        m_unconsumed += data.size();
    else
        m_connection->consumed(stream, data.size());
    wire::FrameReader& reader = m_readers[stream];
    reader.feed(data);
    for (;;) {
        auto frame = reader.next();
        if (!frame) {
            m_context.log("a contact broke the session protocol: " + frame.error().detail);
            drop(now.monotonic, m_connection);
            return;
        }
        if (!*frame)
            return giveBack();
        std::visit([&](const auto& value) { handle(now, value); }, **frame);
        if (!m_connection)
            return;
    }
}

void PeerSession::takeName(const std::string& name) {
    if (!name.empty() && !m_record.nameIsOurs)
        m_record.name = clipped(name, kNameOctetsMax);
}

void PeerSession::handle(const Now&, const wire::FeaturesFrame& frame) {
    m_features = frame.features;
}

void PeerSession::handle(const Now&, const wire::HelloFrame& frame) {
    m_connectedInstance = frame.instance;
    m_helloSeen = true;
    if (m_record.state == ContactState::Accepted)
        takeName(frame.name);
    m_record.features = m_features; // Those that it named before; a program of before names none.
    save();
    tellPicture();
}

void PeerSession::handle(const Now& now, const wire::ContactRequestFrame& frame) {
    switch (m_record.state) {
    case ContactState::Requested: // Both asked: that is an agreement.
        takeName(frame.name);
        write(wire::ContactAcceptedFrame{m_context.profile.name});
        becomeAccepted(now);
        return;
    case ContactState::Accepted:
        write(wire::ContactAcceptedFrame{m_context.profile.name});
        return;
    case ContactState::Pending: {
        if (!isInvited(m_context.profile, frame.token) && !m_isStored)
            return;
        const bool isNew = !m_isStored;
        if (std::exchange(m_requestSeen, true) || (isNew && !m_context.mayStoreRequest()))
            return;
        if (isNew)
            adoptHistory();
        m_isStored = true;
        if (noteInvited(m_context.profile, frame.token, id()))
            m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
        takeName(frame.name);
        m_record.greeting = clipped(frame.greeting, wire::kGreetingMax);
        save();
        if (isNew)
            m_context.out.events.push_back(ContactRequestEvent{contact(now)});
        return;
    }
    case ContactState::Blocked:
        return;
    }
}

void PeerSession::handle(const Now& now, const wire::ContactAcceptedFrame& frame) {
    if (m_record.state != ContactState::Requested)
        return;
    takeName(frame.name);
    becomeAccepted(now);
}

void PeerSession::becomeAccepted(const Now& now) {
    m_record.state = ContactState::Accepted;
    if (m_sessionStarted)
        m_context.couriers.joined(now.monotonic, id().octets);
    m_record.greeting.clear();
    m_isStored = true;
    save();
    sendEndpoints();
    tellPicture();
}

// The first update of a session is the freshest there is, whatever their clock said when it was numbered.
void PeerSession::handle(const Now& now, const wire::EndpointsFrame& frame) {
    const bool isFirst = !std::exchange(m_endpointsSeen, true);
    if (m_record.state != ContactState::Accepted || (!isFirst && frame.sequence <= m_record.endpointsSequence))
        return;
    // A few at once, then one in kEndpointsPause on average: m_endpointsPaid runs ahead of time by what was used up.
    m_endpointsPaid = std::max(m_endpointsPaid, now.monotonic - kEndpointsPause * kEndpointsBurst) + kEndpointsPause;
    if (m_endpointsPaid > now.monotonic)
        return;
    m_record.endpointsSequence = frame.sequence;
    m_record.endpoints = frame.endpoints;
    m_endpointsSource = PathSource::Session;
    m_record.thirdParties = frame.thirdParties;
    takeHint(frame.additions);
    m_paths.setAnnounced(now.monotonic, announcedCandidates());
    save();
}

// Strangers carry nothing, and nothing is carried for them.
void PeerSession::handle(const Now& now, const wire::CourierOfferFrame& frame) {
    if (m_record.state == ContactState::Accepted)
        m_context.courierOffered(now, id(), frame);
}

void PeerSession::handle(const Now& now, const wire::CourierRequestFrame& frame) {
    if (m_record.state == ContactState::Accepted)
        m_context.carry(now, id(), frame);
}

void PeerSession::handle(const Now& now, const wire::CourierDeliveryFrame& frame) {
    if (m_record.state == ContactState::Accepted)
        m_context.carried(now, id(), frame.sealed);
}

void PeerSession::adoptHistory() {
    if (const auto stray = m_context.strayPositions.extract(id()))
        m_lastPosition = stray.mapped();
}

void PeerSession::updateAddress(const Now& now, const wire::ContactAddress& address) {
    m_record.token = address.token;
    if (!address.endpoints.empty()) {
        m_record.endpoints = address.endpoints;
        m_endpointsSource = PathSource::Address;
    }
    m_record.thirdParties = address.thirdParties;
    m_paths.setAnnounced(now.monotonic, announcedCandidates());
    kick(now);
    save();
}

void PeerSession::ask(const Now& now, const wire::ContactAddress& address) {
    m_record.state = ContactState::Requested;
    m_isStored = true;
    updateAddress(now, address);
    // A session that dies without a word leaves the other end talking to nobody for seconds.
    if (m_sessionStarted)
        write(wire::ContactRequestFrame{m_record.token, m_context.profile.name, m_record.greeting});
}

void PeerSession::accept(const Now& now) {
    if (m_hasRefused)
        drop(now.monotonic, m_connection); // What they wrote before comes again.
    write(wire::ContactAcceptedFrame{m_context.profile.name});
    becomeAccepted(now);
    m_paths.setAnnounced(now.monotonic, announcedCandidates());
    kick(now);
}

void PeerSession::block(const Now& now) {
    close(now);
    drop(now.monotonic, m_connection);
    m_record.state = ContactState::Blocked;
    m_isStored = true;
    for (const OutboxEntry& entry : m_outbox.acknowledge(UINT64_MAX))
        giveUp(entry, FailReason::ContactRemoved);
    forgetPicture();
    save();
}

void PeerSession::verify() {
    m_record.verified = true;
    save();
}

void PeerSession::rename(const std::string& name) {
    m_record.name = clipped(name, kNameOctetsMax);
    m_record.nameIsOurs = true;
}

// Which roads there are to theirs depends on what we have.
void PeerSession::endpointsChanged(const Now& now) {
    if (wantsSession())
        m_paths.setAnnounced(now.monotonic, announcedCandidates());
    sendEndpoints();
}

// Once for each input, however many frames asked for it. Writes are committed in order, so what is saved now stands
// behind the messages that were accepted before: it must say that they are there.
void PeerSession::writeRecord() {
    if (!m_isStored || !std::exchange(m_needsSave, false))
        return;
    ContactRecord record = m_record;
    record.receiveSequence = m_receivedSequence;
    Bytes blob = encode(record);
    if (blob == m_saved)
        return;
    m_saved = blob;
    m_context.out.writes.push_back(PutContact{id(), std::move(blob)});
}

Contact PeerSession::contact(const Now& now) const {
    Contact out;
    out.id = id();
    out.name = m_record.name;
    out.greeting = m_record.greeting;
    out.state = m_record.state;
    out.verified = m_record.verified;
    out.safetyNumber = safetyNumber(m_context.identity.publicKey(), id().octets);
    out.presence = presence(now.monotonic);
    out.families = families(now.monotonic);
    out.unread = m_unread;
    out.mutedUntil = m_record.mutedUntil;
    out.lifetimeSeconds = m_record.lifetimeSeconds;
    out.draft = m_record.draft;
    out.picture = m_record.picture;
    out.canRing = canRing();
    if (m_record.features)
        out.knowsAmendments = knowsAmendments();
    return out;
}

PeerFamilies PeerSession::families(Instant now) const {
    PeerFamilies out;
    for (const wire::EndpointRecord& endpoint : m_record.endpoints) {
        const bool isTeredo = endpoint.address.isV6() && endpoint.address.v6().isTeredo();
        out.hasNative6 = out.hasNative6 || (endpoint.kind == wire::EndpointKind::Native6 && !isTeredo);
        out.hasPublic4 = out.hasPublic4 || endpoint.kind == wire::EndpointKind::Mapped4;
        out.hasTeredo = out.hasTeredo || isTeredo;
    }
    out.isOnOurNetwork = presence(now).path == PathKind::Lan;
    return out;
}

void PeerSession::announce(const Now& now) {
    if (!m_isStored)
        return;
    Presence current = presence(now.monotonic);
    // The round trip is told with each change, but is no change of its own: it never stands still.
    Presence before = m_announced.presence;
    before.roundTrip = current.roundTrip;
    const bool same = m_wasAnnounced && before == current && m_announced.name == m_record.name &&
                      m_announced.state == m_record.state && m_announced.verified == m_record.verified &&
                      m_announced.unread == m_unread && m_announced.mutedUntil == m_record.mutedUntil &&
                      m_announced.lifetimeSeconds == m_record.lifetimeSeconds &&
                      m_announced.picture == m_record.picture && m_announced.canRing == canRing() &&
                      m_announced.knowsAmendments.value_or(false) == knowsAmendments();
    if (same)
        return;
    m_announced = contact(now);
    m_wasAnnounced = true;
    m_context.out.events.push_back(ContactChangedEvent{m_announced});
}

} // namespace culvert
