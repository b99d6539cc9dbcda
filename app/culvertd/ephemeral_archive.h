// EphemeralArchive: a profile that exists only while `culvertd diagnose` runs.
#pragma once

#include "core/messenger/archive.h"

namespace culvert {

/// Keeps the profile's blob in memory and nothing else.
class EphemeralArchive final : public Archive {
public:
    ProfileState state() const override { return ProfileState::None; }
    Result<void> create(KeySource, std::string_view, BytesView profile) override {
        m_profile = toBytes(profile);
        return {};
    }
    Result<void> open(std::string_view) override { return {}; }
    Result<ArchiveSnapshot> load() override {
        ArchiveSnapshot snapshot;
        snapshot.profile = m_profile;
        return snapshot;
    }
    Result<void> apply(const std::vector<ArchiveBatch>& batches) override {
        for (const ArchiveBatch& batch : batches)
            for (const ArchiveWrite& write : batch.writes)
                if (const auto* profile = std::get_if<PutProfile>(&write))
                    m_profile = profile->blob;
        return {};
    }
    Result<std::vector<Message>> messages(const ContactId&, std::uint64_t, std::size_t) override {
        return std::vector<Message>{};
    }
    Result<std::vector<Message>> messagesAfter(const ContactId&, std::uint64_t, std::size_t) override {
        return std::vector<Message>{};
    }
    Result<Message> message(const ContactId&, const MessageRef&) override {
        return fail(ErrorCode::NotFound, "There is no such message.");
    }

private:
    Bytes m_profile;
};

} // namespace culvert
