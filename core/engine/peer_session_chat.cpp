// PeerSession, third part: messages and changes of messages, from the outbox to the other end's store and back.
//
// Both are one sequence of numbered frames: exactly once, in order, acknowledged after the commit, kept across
// restarts. A change waits in the outbox, and with the message that it changes in the store, until it is acknowledged.
// Whose program knows no changes gets none: it would skip the frame, and acknowledge it with what follows.
#include "core/engine/peer_session.h"

#include <algorithm>

namespace culvert {

namespace {

// Delivered messages whose read receipt may still come.
constexpr std::size_t kDeliveredMax = 10'000;
// Octets of messages that one session carries at a time; the rest waits in the outbox.
constexpr std::size_t kChatInFlightMax = 1024 * 1024;
// What the store's queue holds for a frame besides its text, about.
constexpr std::size_t kFrameCost = 100;

wire::MessageName nameOf(const MessageRef& ref) {
    return {ref.from == MessageFrom::Me ? wire::Author::Sender : wire::Author::Receiver, ref.id.octets};
}

MessageRef refOf(const wire::MessageName& name) {
    return {name.author == wire::Author::Sender ? MessageFrom::Them : MessageFrom::Me, MessageId{name.id}};
}

constexpr std::uint8_t kEdit = 1, kDeletion = 2, kReaction = 3;

std::uint8_t codeOf(AmendmentKind kind) {
    return kind == AmendmentKind::Edit ? kEdit : kind == AmendmentKind::Deletion ? kDeletion : kReaction;
}

std::optional<AmendmentKind> kindOf(std::uint8_t code) {
    switch (code) {
    case kEdit:
        return AmendmentKind::Edit;
    case kDeletion:
        return AmendmentKind::Deletion;
    case kReaction:
        return AmendmentKind::Reaction;
    default:
        return std::nullopt;
    }
}

bool needsAmendments(const OutboxEntry& entry) {
    return entry.amendment || entry.kind == MessageKind::TimerChange;
}

} // namespace

void PeerSession::fillSession(const Now& now) {
    if (m_record.state != ContactState::Accepted)
        return;
    bool changed = false;
    while (m_connection && m_connection->unacknowledged(kChatStream) < kChatInFlightMax) {
        OutboxEntry* entry = m_outbox.next();
        // Whether they know what changes are is known a round trip later, at the first session; else it is as it was.
        if (entry == nullptr || (needsAmendments(*entry) && !m_helloSeen && !knowsAmendments()))
            break;
        if (needsAmendments(*entry) && !knowsAmendments()) {
            const OutboxEntry hopeless = *entry;
            m_outbox.remove(hopeless.sequence);
            giveUp(hopeless, FailReason::NotUnderstood);
            continue;
        }
        writeEntry(*entry);
        entry->handedOver = changed = true;
        if (!entry->amendment)
            m_context.out.events.push_back(
                MessageStateEvent{id(), entry->target.id, MessageState::Sent, FailReason::None});
    }
    if (changed)
        drain(now, m_connection);
}

void PeerSession::writeEntry(const OutboxEntry& entry) {
    if (entry.amendment) {
        write(wire::AmendmentFrame{m_record.sendEpoch, entry.sequence, nameOf(entry.target), codeOf(*entry.amendment),
                                   entry.at, entry.text});
        return;
    }
    wire::MessageFrame frame{m_record.sendEpoch, entry.sequence, entry.target.id.octets, entry.at, entry.text};
    if (knowsAmendments()) {
        if (entry.replyTo)
            frame.additions.replyTo = nameOf(*entry.replyTo);
        frame.additions.lifetimeSeconds = entry.lifetimeSeconds;
        frame.additions.isTimerChange = entry.kind == MessageKind::TimerChange;
        frame.additions.isWithdrawn = entry.isWithdrawn;
    }
    write(frame);
}

// It will never be delivered.
void PeerSession::giveUp(const OutboxEntry& entry, FailReason reason) {
    if (entry.amendment) {
        m_context.out.writes.push_back(SettleAmendment{id(), entry.target, entry.sequence});
        return;
    }
    const MessageId message = entry.target.id;
    m_context.out.writes.push_back(PutMessageState{id(), message, MessageState::Failed, reason, {}});
    m_context.out.afterCommit.push_back([&context = m_context, contact = id(), message, reason](const Now&) {
        context.out.events.push_back(MessageStateEvent{contact, message, MessageState::Failed, reason});
    });
}

// Whether a frame of the sequence is new and to be taken. REQUIRES: acknowledgements are cumulative, so within a
// session no frame is left out.
bool PeerSession::admit(const Now& now, std::uint64_t epoch, std::uint64_t sequence, std::size_t textSize) {
    // They write only to those whom they accepted, so a message is an acceptance that overtook its frame.
    if (m_record.state == ContactState::Requested)
        becomeAccepted(now);
    if (m_record.state != ContactState::Accepted || textSize > kMessageTextMax) {
        m_hasRefused = true;
        return false;
    }
    if (m_hasRefused) {
        // An acknowledgement would cover what was refused before. A new session begins with everything again.
        drop(now.monotonic, m_connection);
        return false;
    }
    if (epoch != m_record.receiveEpoch) {
        m_record.receiveEpoch = epoch;
        m_record.receiveSequence = m_receivedSequence = m_record.readSequence = 0;
    }
    if (sequence <= m_receivedSequence) {
        // Committed before: the acknowledgement was lost. On its way to the store: the commit will acknowledge it.
        if (sequence <= m_record.receiveSequence)
            write(wire::AckFrame{epoch, sequence});
        return false;
    }
    m_receivedSequence = sequence;
    save();
    return true;
}

void PeerSession::acknowledgeWhenCommitted(const wire::AckFrame& ack, std::size_t textSize,
                                           const std::function<void(PeerSession&)>& then) {
    const std::size_t size = textSize + kFrameCost;
    m_uncommitted += size;
    m_context.out.afterCommit.push_back([&context = m_context, contact = id(), ack, size, then](const Now&) {
        PeerSession* session = context.find(contact);
        if (session == nullptr)
            return;
        session->m_uncommitted -= std::min(session->m_uncommitted, size);
        session->giveBack();
        if (session->m_record.receiveEpoch != ack.epoch)
            return;
        session->m_record.receiveSequence = std::max(session->m_record.receiveSequence, ack.sequence);
        then(*session);
        session->write(ack);
    });
}

void PeerSession::handle(const Now& now, const wire::MessageFrame& frame) {
    if (!admit(now, frame.epoch, frame.sequence, frame.text.size()))
        return;
    const wire::MessageAdditions& additions = frame.additions;
    Message message;
    message.id.octets = frame.id;
    message.contact = id();
    message.from = MessageFrom::Them;
    message.position = ++m_lastPosition;
    message.sentAt = frame.sentAt;
    message.state = MessageState::Delivered;
    message.lifetimeSeconds = std::min(additions.lifetimeSeconds, kLifetimeSecondsMax);
    message.isDeleted = additions.isWithdrawn;
    if (additions.isTimerChange) {
        // A note that nobody need read, so that it neither counts as unread nor disappears.
        message.kind = MessageKind::TimerChange;
        message.state = MessageState::Read;
        m_record.lifetimeSeconds = message.lifetimeSeconds;
    } else if (!message.isDeleted) {
        message.text = frame.text;
        if (additions.replyTo)
            message.replyTo = refOf(*additions.replyTo);
    }
    m_context.out.writes.push_back(PutMessage{message, frame.sequence});
    if (message.kind == MessageKind::Text)
        m_expiry.add(message);
    theyStoppedTyping();
    acknowledgeWhenCommitted({frame.epoch, frame.sequence}, frame.text.size(), [message](PeerSession& session) {
        if (message.kind == MessageKind::Text)
            ++session.m_unread;
        session.m_context.out.events.push_back(MessageReceivedEvent{message});
    });
}

// Whoever wrote a message is part of its name, so that a change can only meet a message of theirs, or be a reaction.
void PeerSession::handle(const Now& now, const wire::AmendmentFrame& frame) {
    if (!admit(now, frame.epoch, frame.sequence, frame.text.size()))
        return;
    const auto kind = kindOf(frame.kind);
    Amendment amendment{refOf(frame.target), kind.value_or(AmendmentKind::Edit), MessageFrom::Them, frame.text,
                        frame.at};
    if (amendment.kind == AmendmentKind::Deletion)
        amendment.text.clear();
    const bool counts = kind && isAllowed(amendment);
    if (counts)
        m_context.out.writes.push_back(AmendMessage{id(), amendment});
    acknowledgeWhenCommitted(
        {frame.epoch, frame.sequence}, frame.text.size(), [amendment, counts](PeerSession& session) {
            if (counts)
                session.m_context.out.events.push_back(MessageAmendedEvent{session.id(), amendment});
        });
}

void PeerSession::handle(const Now& now, const wire::AckFrame& frame) {
    if (frame.epoch == m_record.sendEpoch)
        settle(now, frame.sequence, MessageState::Delivered);
}

void PeerSession::handle(const Now& now, const wire::ReadFrame& frame) {
    if (frame.epoch == m_record.sendEpoch)
        settle(now, frame.sequence,
               m_context.profile.settings.readReceipts ? MessageState::Read : MessageState::Delivered);
}

void PeerSession::settle(const Now& now, std::uint64_t sequence, MessageState state) {
    // What they cannot have, because it never left, they cannot acknowledge.
    sequence = std::min(sequence, m_record.sendSequence);
    std::vector<MessageId> settled;
    for (const OutboxEntry& entry : m_outbox.acknowledge(sequence)) {
        if (entry.amendment) {
            m_context.out.writes.push_back(SettleAmendment{id(), entry.target, entry.sequence});
            continue;
        }
        settled.push_back(entry.target.id);
        m_expiry.start(entry.target, now.wall);
        if (state == MessageState::Delivered && m_delivered.size() < kDeliveredMax)
            m_delivered[entry.sequence] = entry.target.id;
    }
    if (state == MessageState::Read) {
        while (!m_delivered.empty() && m_delivered.begin()->first <= sequence) {
            settled.push_back(m_delivered.begin()->second);
            m_delivered.erase(m_delivered.begin());
        }
    }
    // Told before it is stored: it is they who know it, and after a crash they say it again.
    for (const MessageId& message : settled) {
        m_context.out.writes.push_back(PutMessageState{id(), message, state, FailReason::None, now.wall});
        m_context.out.events.push_back(MessageStateEvent{id(), message, state, FailReason::None});
    }
}

void PeerSession::restore(const ArchiveSnapshot& snapshot) {
    std::vector<OutboxEntry> entries;
    for (const PutMessage& put : snapshot.undelivered) {
        const Message& message = put.message;
        if (message.contact == id())
            entries.push_back({put.sequence,
                               {MessageFrom::Me, message.id},
                               message.sentAt,
                               message.text,
                               std::nullopt,
                               message.kind,
                               message.replyTo,
                               message.lifetimeSeconds,
                               message.isDeleted,
                               true});
    }
    for (const PutMessage& put : snapshot.amended) {
        const Message& message = put.message;
        if (message.contact != id())
            continue;
        const MessageRef target{message.from, message.id};
        const WallTime at = message.editedAt.value_or(message.sentAt);
        if (put.openChange > 0)
            entries.push_back({put.openChange, target, at, message.text,
                               message.isDeleted ? AmendmentKind::Deletion : AmendmentKind::Edit});
        if (put.openReaction > 0)
            entries.push_back({put.openReaction, target, at, message.myReaction, AmendmentKind::Reaction});
    }
    std::ranges::sort(entries, {}, &OutboxEntry::sequence);
    for (OutboxEntry& entry : entries) {
        // A damaged record lost its count: what is numbered below what goes out would be taken for a repetition.
        m_record.sendSequence = std::max(m_record.sendSequence, entry.sequence);
        entry.committed = true;
        m_outbox.add(std::move(entry));
    }
    for (const PutMessage& put : snapshot.delivered)
        if (put.message.contact == id() && put.sequence > 0 && m_delivered.size() < kDeliveredMax)
            m_delivered.emplace(put.sequence, put.message.id); // the newest come first
    for (const Message& message : snapshot.expiring)
        if (message.contact == id())
            m_expiry.add(message);
    const auto position = snapshot.lastPosition.find(id());
    const auto unread = snapshot.unread.find(id());
    m_lastPosition = position == snapshot.lastPosition.end() ? 0 : position->second;
    m_unread = unread == snapshot.unread.end() ? 0 : unread->second;
}

MessageId PeerSession::sendMessage(const Now& now, std::string text, std::optional<MessageRef> replyTo) {
    Message message;
    m_context.random.fillPublic(message.id.octets);
    message.text = std::move(text);
    message.replyTo = replyTo;
    message.lifetimeSeconds = m_record.lifetimeSeconds;
    m_record.draft.clear();
    m_toldTypingAt.reset(); // The message says that we stopped.
    m_expiry.add(message);
    enqueue(now, message);
    return message.id;
}

void PeerSession::enqueue(const Now& now, Message message) {
    message.contact = id();
    message.position = ++m_lastPosition;
    message.sentAt = now.wall;
    const std::uint64_t sequence = ++m_record.sendSequence;
    m_ringer.hurry(now.monotonic);
    m_outbox.add({sequence,
                  {MessageFrom::Me, message.id},
                  now.wall,
                  message.text,
                  std::nullopt,
                  message.kind,
                  message.replyTo,
                  message.lifetimeSeconds});
    m_context.out.writes.push_back(PutMessage{message, sequence});
    save();
    m_context.out.afterCommit.push_back([&context = m_context, message, sequence](const Now&) {
        context.out.events.push_back(MessageQueuedEvent{message});
        if (PeerSession* session = context.find(message.contact))
            session->m_outbox.commit(sequence);
    });
}

void PeerSession::amend(const Now& now, Amendment amendment) {
    amendment.by = MessageFrom::Me;
    amendment.at = now.wall;
    // What was not delivered yet need not go out as it was.
    OutboxEntry* waiting =
        amendment.target.from == MessageFrom::Me ? m_outbox.findMessage(amendment.target.id) : nullptr;
    if (waiting != nullptr && amendment.kind != AmendmentKind::Reaction) {
        waiting->text = amendment.text;
        waiting->isWithdrawn = amendment.kind == AmendmentKind::Deletion;
    }
    const std::uint64_t sequence = ++m_record.sendSequence;
    m_ringer.hurry(now.monotonic);
    m_outbox.add({sequence, amendment.target, now.wall, amendment.text, amendment.kind});
    m_context.out.writes.push_back(AmendMessage{id(), amendment, sequence});
    save();
    m_context.out.afterCommit.push_back([&context = m_context, contact = id(), amendment, sequence](const Now&) {
        context.out.events.push_back(MessageAmendedEvent{contact, amendment});
        if (PeerSession* session = context.find(contact))
            session->m_outbox.commit(sequence);
    });
}

void PeerSession::erase(const MessageRef& target) {
    if (target.from == MessageFrom::Me)
        if (const OutboxEntry* waiting = m_outbox.findMessage(target.id))
            m_outbox.remove(waiting->sequence);
    m_expiry.remove(target);
    m_context.out.writes.push_back(EraseMessage{id(), target});
    m_context.out.afterCommit.push_back([&context = m_context, contact = id(), target](const Now&) {
        context.out.events.push_back(MessageErasedEvent{contact, target});
    });
}

void PeerSession::expire(const Now& now) {
    for (const MessageRef& target : m_expiry.takeDue(now.wall))
        erase(target);
    m_nextExpiry.reset();
    // At most an hour ahead: the wall clock may be set meanwhile.
    if (const auto next = m_expiry.next())
        m_nextExpiry =
            now.monotonic + std::min<Duration>(Duration(1ms) * (next->milliseconds - now.wall.milliseconds), 1h);
}

void PeerSession::setDisappearing(const Now& now, std::uint32_t seconds) {
    if (m_record.lifetimeSeconds == seconds)
        return;
    m_record.lifetimeSeconds = seconds;
    Message note;
    m_context.random.fillPublic(note.id.octets);
    note.kind = MessageKind::TimerChange;
    note.lifetimeSeconds = seconds;
    enqueue(now, note);
}

void PeerSession::mute(std::optional<WallTime> until) {
    m_record.mutedUntil = until;
    save();
}

void PeerSession::setDraft(std::string text) {
    m_record.draft = std::move(text);
    save();
}

void PeerSession::setTyping(const Now& now, bool isTyping) {
    if (!m_context.profile.settings.typingHints || !isConnected() || !m_sessionStarted || !knowsAmendments() ||
        m_record.state != ContactState::Accepted)
        return;
    if (isTyping && (!m_toldTypingAt || *m_toldTypingAt + kTypingPause <= now.monotonic)) {
        m_toldTypingAt = now.monotonic;
        write(wire::TypingFrame{true});
    } else if (!isTyping && m_toldTypingAt) {
        m_toldTypingAt.reset();
        write(wire::TypingFrame{false});
    }
}

void PeerSession::handle(const Now& now, const wire::TypingFrame& frame) {
    if (m_record.state != ContactState::Accepted)
        return;
    if (!frame.isTyping)
        return theyStoppedTyping();
    if (!m_typingUntil && now.monotonic < m_nextTyping)
        return;
    m_nextTyping = now.monotonic + kTypingQuiet;
    if (!std::exchange(m_typingUntil, now.monotonic + kTypingLifetime))
        m_context.out.events.push_back(TypingEvent{id(), true});
}

void PeerSession::theyStoppedTyping() {
    if (std::exchange(m_typingUntil, std::nullopt))
        m_context.out.events.push_back(TypingEvent{id(), false});
}

void PeerSession::markRead(const Now& now) {
    m_unread = 0;
    m_context.out.writes.push_back(PutReadMark{id(), now.wall});
    m_expiry.startTheirs(now.wall);
    m_record.readSequence = m_record.receiveSequence;
    save();
    sendReadMark();
}

void PeerSession::sendReadMark() {
    if (m_sessionStarted && m_record.state == ContactState::Accepted && m_record.readSequence > 0 &&
        m_context.profile.settings.readReceipts)
        write(wire::ReadFrame{m_record.receiveEpoch, m_record.readSequence});
}

// Flow control follows the store: a peer cannot fill our memory faster than messages are committed.
void PeerSession::giveBack() {
    if (m_connection && m_unconsumed > 0 && m_uncommitted < kUncommittedMax)
        m_connection->consumed(kChatStream, std::exchange(m_unconsumed, 0));
}

} // namespace culvert
