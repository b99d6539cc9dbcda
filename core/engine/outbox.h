// Outbox: messages of ours, and changes of messages, from send to acknowledgement.
#pragma once

#include "core/messenger/message.h"

#include <deque>
#include <vector>

namespace culvert {

/// One message or change that the receiver has not acknowledged.
struct OutboxEntry {
    std::uint64_t sequence = 0;
    MessageRef target;                                     ///< the message, or the one that is changed
    WallTime at;                                           ///< of the message or the change
    std::string text;                                      ///< of either
    std::optional<AmendmentKind> amendment = std::nullopt; ///< nothing: a message
    MessageKind kind = MessageKind::Text;
    std::optional<MessageRef> replyTo = std::nullopt;
    std::uint32_t lifetimeSeconds = 0;
    bool isWithdrawn = false; ///< a message whose text was deleted before it was delivered
    bool committed = false;   ///< durable here: only then may it leave
    bool handedOver = false;  ///< written to the present session
};

/// In order of sequence. Every new session starts again from the first entry; the receiver drops what it has.
class Outbox {
public:
    void add(OutboxEntry entry) { m_entries.push_back(std::move(entry)); }
    void commit(std::uint64_t sequence) {
        for (OutboxEntry& entry : m_entries)
            if (entry.sequence == sequence)
                entry.committed = true;
    }
    /// A new session: everything is to be handed over again.
    void rewind() {
        for (OutboxEntry& entry : m_entries)
            entry.handedOver = false;
    }
    /// The next entry to hand over; nothing while one before it is not durable.
    OutboxEntry* next() {
        for (OutboxEntry& entry : m_entries)
            if (!entry.handedOver)
                return entry.committed ? &entry : nullptr;
        return nullptr;
    }
    /// Takes out everything up to `sequence`.
    std::vector<OutboxEntry> acknowledge(std::uint64_t sequence) {
        std::vector<OutboxEntry> out;
        while (!m_entries.empty() && m_entries.front().sequence <= sequence) {
            out.push_back(std::move(m_entries.front()));
            m_entries.pop_front();
        }
        return out;
    }
    /// The message with this id, while it waits.
    OutboxEntry* findMessage(const MessageId& id) {
        for (OutboxEntry& entry : m_entries)
            if (!entry.amendment && entry.target.id == id)
                return &entry;
        return nullptr;
    }
    /// Takes out one entry that is not to be sent.
    void remove(std::uint64_t sequence) {
        std::erase_if(m_entries, [sequence](const OutboxEntry& entry) { return entry.sequence == sequence; });
    }
    bool empty() const { return m_entries.empty(); }
    std::size_t size() const { return m_entries.size(); }

private:
    std::deque<OutboxEntry> m_entries;
};

} // namespace culvert
