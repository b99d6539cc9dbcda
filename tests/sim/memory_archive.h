// MemoryArchive: an Archive's contents in memory, with the same promise: what is applied survives a crash of its host.
#pragma once

#include "core/messenger/archive.h"

#include <algorithm>

namespace culvert::sim {

/// Applies batches and gives the snapshot an engine starts from.
class MemoryArchive {
public:
    void apply(const ArchiveBatch& batch) {
        for (const ArchiveWrite& write : batch.writes)
            std::visit([this](const auto& value) { put(value); }, write);
    }

    ArchiveSnapshot snapshot() const {
        ArchiveSnapshot out;
        out.profile = m_profile;
        for (const auto& [id, blob] : m_contacts)
            out.contacts.push_back({id, blob});
        for (const PutMessage& stored : m_messages) {
            const Message& message = stored.message;
            auto& last = out.lastPosition[message.contact];
            last = std::max(last, message.position);
            if (message.from == MessageFrom::Me && message.state <= MessageState::Sent)
                out.undelivered.push_back(stored);
        }
        return out;
    }

    void setProfile(Bytes blob) { m_profile = std::move(blob); }

    /// Texts of one side of a conversation, in the order of display.
    std::vector<std::string> texts(const ContactId& contact, MessageFrom from) const {
        std::vector<std::string> out;
        for (const PutMessage& stored : m_messages)
            if (stored.message.contact == contact && stored.message.from == from)
                out.push_back(stored.message.text);
        return out;
    }
    std::size_t undelivered() const { return snapshot().undelivered.size(); }

private:
    void put(const PutProfile& write) { m_profile = write.blob; }
    void put(const PutContact& write) { m_contacts[write.id] = write.blob; }
    void put(const EraseContact& write) {
        m_contacts.erase(write.id);
        std::erase_if(m_messages, [&](const PutMessage& stored) { return stored.message.contact == write.id; });
    }
    void put(const PutMessage& write) { m_messages.push_back(write); }
    void put(const PutMessageState& write) {
        for (PutMessage& stored : m_messages)
            if (stored.message.contact == write.contact && stored.message.id == write.id)
                stored.message.state = write.state;
    }
    void put(const PutReadMark&) {}

    Bytes m_profile;
    std::map<ContactId, Bytes> m_contacts;
    std::vector<PutMessage> m_messages;
};

} // namespace culvert::sim
