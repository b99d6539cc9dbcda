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
        if (const auto own = m_pictures.find({}); own != m_pictures.end())
            out.picture = own->second;
        for (const auto& [id, blob] : m_contacts)
            out.contacts.push_back({id, blob});
        for (const PutMessage& stored : m_messages) {
            const Message& message = stored.message;
            auto& last = out.lastPosition[message.contact];
            last = std::max(last, message.position);
            if (message.from == MessageFrom::Me && message.state <= MessageState::Sent)
                out.undelivered.push_back(stored);
            if (message.from == MessageFrom::Me && message.state == MessageState::Delivered)
                out.delivered.push_back(stored);
            if (stored.openChange > 0 || stored.openReaction > 0)
                out.amended.push_back(stored);
            if (message.lifetimeSeconds > 0 && message.kind == MessageKind::Text)
                out.expiring.push_back(message);
        }
        return out;
    }

    const std::map<ContactId, Bytes>& pictures() const { return m_pictures; }

    void setProfile(Bytes blob) { m_profile = std::move(blob); }

    /// Texts of one side of a conversation, in the order of display.
    std::vector<std::string> texts(const ContactId& contact, MessageFrom from) const {
        std::vector<std::string> out;
        for (const PutMessage& stored : m_messages)
            if (stored.message.contact == contact && stored.message.from == from)
                out.push_back(stored.message.text);
        return out;
    }
    std::vector<Message> messages(const ContactId& contact) const {
        std::vector<Message> out;
        for (const PutMessage& stored : m_messages)
            if (stored.message.contact == contact)
                out.push_back(stored.message);
        return out;
    }
    std::size_t undelivered() const { return snapshot().undelivered.size(); }

private:
    void put(const PutProfile& write) { m_profile = write.blob; }
    void put(const PutContact& write) { m_contacts[write.id] = write.blob; }
    void put(const EraseContact& write) {
        m_contacts.erase(write.id);
        m_pictures.erase(write.id);
        std::erase_if(m_messages, [&](const PutMessage& stored) { return stored.message.contact == write.id; });
    }
    void put(const PutMessage& write) { m_messages.push_back(write); }
    void put(const PutMessageState& write) {
        if (PutMessage* stored = find(write.contact, {MessageFrom::Me, write.id})) {
            stored->message.state = write.state;
            if (write.state == MessageState::Delivered || write.state == MessageState::Read)
                startLifetime(stored->message, write.at);
        }
    }
    void put(const PutReadMark& write) {
        for (PutMessage& stored : m_messages) {
            if (stored.message.contact != write.contact || stored.message.from != MessageFrom::Them)
                continue;
            stored.message.state = MessageState::Read;
            startLifetime(stored.message, write.at);
        }
    }
    void put(const AmendMessage& write) {
        PutMessage* stored = find(write.contact, write.amendment.target);
        if (stored == nullptr)
            return;
        culvert::apply(write.amendment, stored->message);
        if (write.sequence > 0)
            (write.amendment.kind == AmendmentKind::Reaction ? stored->openReaction : stored->openChange) =
                write.sequence;
    }
    void put(const SettleAmendment& write) {
        PutMessage* stored = find(write.contact, write.target);
        if (stored == nullptr)
            return;
        for (std::uint64_t* open : {&stored->openChange, &stored->openReaction})
            if (*open == write.sequence)
                *open = 0;
    }
    void put(const EraseMessage& write) {
        std::erase_if(m_messages, [&](const PutMessage& stored) {
            return stored.message.contact == write.contact && stored.message.from == write.target.from &&
                   stored.message.id == write.target.id;
        });
    }
    void put(const PutPicture& write) {
        if (write.octets.empty())
            m_pictures.erase(write.id);
        else
            m_pictures[write.id] = write.octets;
    }
    PutMessage* find(const ContactId& contact, const MessageRef& ref) {
        const auto found = std::ranges::find_if(m_messages, [&](const PutMessage& stored) {
            return stored.message.contact == contact && stored.message.from == ref.from && stored.message.id == ref.id;
        });
        return found == m_messages.end() ? nullptr : &*found;
    }

    Bytes m_profile;
    std::map<ContactId, Bytes> m_contacts;
    std::vector<PutMessage> m_messages;
    std::map<ContactId, Bytes> m_pictures;
};

} // namespace culvert::sim
