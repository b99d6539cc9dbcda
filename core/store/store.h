// Store: the Archive of a data folder.
//
//  DIR/culvert.db   SQLite; every value sealed with the data key
//  DIR/vault        how the data key is wrapped: source, salt, cost, sealed key   (atomically written, mode 0600)
//  DIR/key          the wrapping secret, mode 0600; only where the user wanted no passphrase
//
// Thread safety: the store's thread alone, except state(), which is any thread's.
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"
#include "core/messenger/archive.h"
#include "core/store/database.h"

#include <atomic>
#include <filesystem>

namespace culvert {

/// An encrypted SQLite file and its key.
class Store final : public Archive {
public:
    /// `random` must outlive it. `cost` is lowered by tests only.
    Store(std::filesystem::path folder, Random& random, const PassphraseCost& cost = {});

    ProfileState state() const override { return m_state; }
    Result<void> create(KeySource source, std::string_view secret, BytesView profile) override;
    Result<void> open(std::string_view secret) override;
    Result<ArchiveSnapshot> load() override;
    Result<void> apply(const std::vector<ArchiveBatch>& batches) override;
    Result<std::vector<Message>> messages(const ContactId& contact, std::uint64_t before, std::size_t limit) override;

private:
    using Tag = std::array<std::uint8_t, 32>;

    ProfileState detect() const;
    Result<void> openDatabase();
    Result<void> migrate();
    Result<void> write(const PutProfile& write);
    Result<void> write(const PutContact& write);
    Result<void> write(const EraseContact& write);
    Result<void> write(const PutMessage& write);
    Result<void> write(const PutMessageState& write);
    Result<void> write(const PutReadMark& write);
    Result<void> update(const PutMessage& message);
    Result<void> loadMessages(ArchiveSnapshot& snapshot, const ContactId& contact);
    Tag tagOf(const ContactId& contact) const;
    Tag nameOf(const Message& message) const;
    Bytes seal(std::string_view context, BytesView value) const;
    Result<PutMessage> unsealMessage(BytesView name, BytesView sealed) const;

    std::filesystem::path m_folder;
    Random& m_random;
    PassphraseCost m_cost;
    std::atomic<ProfileState> m_state;
    Secret<32> m_valueKey, m_tagKey;
    std::unique_ptr<Database> m_database;
};

} // namespace culvert
