// PeerSession, second part: what the two contacts say to each other, and what the user asks for.
#include "core/engine/peer_session.h"

#include "core/engine/invitations.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kNameOctetsMax = 256; // 64 characters of any script
// Delivered messages whose read receipt may still come.
constexpr std::size_t kDeliveredMax = 10'000;
// Octets of messages that one session carries at a time; the rest waits in the outbox.
constexpr std::size_t kChatInFlightMax = 1024 * 1024;
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
    const bool isChat = std::holds_alternative<wire::MessageFrame>(frame);
    if (m_connection)
        (void)m_connection->write(isChat ? kChatStream : kControlStream, wire::encode(frame));
    m_hasWritten = true;
}

void PeerSession::sessionStarted(const Now& now) {
    m_sessionStarted = true;
    m_requestSeen = m_endpointsSeen = m_hasRefused = false;
    m_unconsumed = 0;
    m_readers.clear();
    m_outbox.rewind();
    m_nextKeyUpdate = now.monotonic + kKeyUpdateEvery;
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

void PeerSession::fillSession(const Now& now) {
    if (m_record.state != ContactState::Accepted)
        return;
    bool changed = false;
    while (m_connection && m_connection->unacknowledged(kChatStream) < kChatInFlightMax) {
        OutboxEntry* entry = m_outbox.next();
        if (entry == nullptr)
            break;
        wire::MessageFrame frame;
        frame.epoch = m_record.sendEpoch;
        frame.sequence = entry->sequence;
        frame.id = entry->id.octets;
        frame.sentAt = entry->sentAt;
        frame.text = entry->text;
        write(frame);
        entry->handedOver = changed = true;
        m_context.out.events.push_back(MessageStateEvent{id(), entry->id, MessageState::Sent, FailReason::None});
    }
    if (changed)
        drain(now, m_connection);
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

void PeerSession::handle(const Now&, const wire::HelloFrame& frame) {
    m_connectedInstance = frame.instance;
    const std::string before = m_record.name;
    if (m_record.state == ContactState::Accepted)
        takeName(frame.name);
    if (before != m_record.name)
        save();
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

// REQUIRES: acknowledgements are cumulative, so within a session no message is left out.
void PeerSession::handle(const Now& now, const wire::MessageFrame& frame) {
    // They write only to those whom they accepted, so a message is an acceptance that overtook its frame.
    if (m_record.state == ContactState::Requested)
        becomeAccepted(now);
    if (m_record.state != ContactState::Accepted || frame.text.size() > kMessageTextMax) {
        m_hasRefused = true;
        return;
    }
    if (m_hasRefused) {
        // An acknowledgement would cover what was refused before. A new session begins with everything again.
        drop(now.monotonic, m_connection);
        return;
    }
    if (frame.epoch != m_record.receiveEpoch) {
        m_record.receiveEpoch = frame.epoch;
        m_record.receiveSequence = m_receivedSequence = m_record.readSequence = 0;
    }
    if (frame.sequence <= m_receivedSequence) {
        // Committed before: the acknowledgement was lost. On its way to the store: the commit will acknowledge it.
        if (frame.sequence <= m_record.receiveSequence)
            write(wire::AckFrame{frame.epoch, frame.sequence});
        return;
    }
    m_receivedSequence = frame.sequence;
    Message message;
    message.id.octets = frame.id;
    message.contact = id();
    message.from = MessageFrom::Them;
    message.position = ++m_lastPosition;
    message.text = frame.text;
    message.sentAt = frame.sentAt;
    message.state = MessageState::Delivered;
    m_context.out.writes.push_back(PutMessage{message, frame.sequence});
    save();
    const std::size_t size = frame.text.size() + 100; // what the store's queue holds for it, about
    m_uncommitted += size;
    m_context.out.afterCommit.push_back(
        [&context = m_context, message, size, epoch = frame.epoch, sequence = frame.sequence](const Now&) {
            PeerSession* session = context.find(message.contact);
            if (session == nullptr)
                return;
            session->m_uncommitted -= std::min(session->m_uncommitted, size);
            session->giveBack();
            if (session->m_record.receiveEpoch != epoch)
                return;
            session->m_record.receiveSequence = std::max(session->m_record.receiveSequence, sequence);
            ++session->m_unread;
            context.out.events.push_back(MessageReceivedEvent{message});
            session->write(wire::AckFrame{epoch, sequence});
        });
}

void PeerSession::handle(const Now& now, const wire::AckFrame& frame) {
    if (frame.epoch == m_record.sendEpoch)
        settle(now, frame.sequence, MessageState::Delivered);
}

void PeerSession::handle(const Now& now, const wire::ReadFrame& frame) {
    if (frame.epoch == m_record.sendEpoch)
        settle(now, frame.sequence, MessageState::Read);
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

void PeerSession::settle(const Now&, std::uint64_t sequence, MessageState state) {
    // What they cannot have, because it never left, they cannot acknowledge.
    sequence = std::min(sequence, m_record.sendSequence);
    std::vector<MessageId> settled;
    for (const OutboxEntry& entry : m_outbox.acknowledge(sequence)) {
        settled.push_back(entry.id);
        if (state == MessageState::Delivered && m_delivered.size() < kDeliveredMax)
            m_delivered[entry.sequence] = entry.id;
    }
    if (state == MessageState::Read) {
        while (!m_delivered.empty() && m_delivered.begin()->first <= sequence) {
            settled.push_back(m_delivered.begin()->second);
            m_delivered.erase(m_delivered.begin());
        }
    }
    for (const MessageId& message : settled) {
        m_context.out.writes.push_back(PutMessageState{id(), message, state, FailReason::None});
        m_context.out.afterCommit.push_back([&context = m_context, contact = id(), message, state](const Now&) {
            context.out.events.push_back(MessageStateEvent{contact, message, state, FailReason::None});
        });
    }
}

void PeerSession::restoreOutbox(const std::vector<OutboxEntry>& entries, std::uint64_t lastPosition,
                                std::uint32_t unread) {
    for (const OutboxEntry& entry : entries)
        m_outbox.add(entry);
    m_lastPosition = lastPosition;
    m_unread = unread;
}

void PeerSession::adoptHistory() {
    if (const auto stray = m_context.strayPositions.extract(id()))
        m_lastPosition = stray.mapped();
}

MessageId PeerSession::sendMessage(const Now& now, std::string text) {
    Message message;
    m_context.random.fillPublic(message.id.octets);
    message.contact = id();
    message.position = ++m_lastPosition;
    message.text = std::move(text);
    message.sentAt = now.wall;
    const std::uint64_t sequence = ++m_record.sendSequence;
    m_ringer.hurry(now.monotonic);
    m_outbox.add({sequence, message.id, now.wall, message.text, false, false});
    m_context.out.writes.push_back(PutMessage{message, sequence});
    save();
    m_context.out.afterCommit.push_back([&context = m_context, message, sequence](const Now&) {
        context.out.events.push_back(MessageQueuedEvent{message});
        if (PeerSession* session = context.find(message.contact))
            session->m_outbox.commit(sequence);
    });
    return message.id;
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
    for (const OutboxEntry& entry : m_outbox.acknowledge(UINT64_MAX)) {
        m_context.out.writes.push_back(
            PutMessageState{id(), entry.id, MessageState::Failed, FailReason::ContactRemoved});
        m_context.out.afterCommit.push_back([&context = m_context, contact = id(), message = entry.id](const Now&) {
            context.out.events.push_back(
                MessageStateEvent{contact, message, MessageState::Failed, FailReason::ContactRemoved});
        });
    }
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

void PeerSession::markRead(const Now&) {
    m_unread = 0;
    m_context.out.writes.push_back(PutReadMark{id()});
    m_record.readSequence = m_record.receiveSequence;
    save();
    sendReadMark();
}

void PeerSession::sendReadMark() {
    if (m_sessionStarted && m_record.state == ContactState::Accepted && m_record.readSequence > 0)
        write(wire::ReadFrame{m_record.receiveEpoch, m_record.readSequence});
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

// Flow control follows the store: a peer cannot fill our memory faster than messages are committed.
void PeerSession::giveBack() {
    if (m_connection && m_unconsumed > 0 && m_uncommitted < kUncommittedMax)
        m_connection->consumed(kChatStream, std::exchange(m_unconsumed, 0));
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
                      m_announced.unread == m_unread;
    if (same)
        return;
    m_announced = contact(now);
    m_wasAnnounced = true;
    m_context.out.events.push_back(ContactChangedEvent{m_announced});
}

} // namespace culvert
