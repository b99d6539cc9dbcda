// Store: the Archive of a data folder.
//
//  DIR/culvert.db            SQLite; every value sealed with the data key
//  DIR/vault                 how the data key is wrapped: source, salt, cost, sealed key
//  DIR/key                   the wrapping secret; only where the user wanted no passphrase
//  DIR/culvert.db.vNNN.bak   the copy made before the last change of format, from version NNN
//  DIR/culvert.db.damaged-N  a damaged database that was set aside, when what could be read was saved from it
//
// Files appear whole or not at all, and are readable for their owner alone.
//
// Thread safety: the store's thread alone, except state(), which is any thread's.
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"
#include "core/messenger/archive.h"
#include "core/store/database.h"
#include "core/store/search_index.h"

#include <atomic>
#include <filesystem>

namespace culvert {

struct CarvedRow;
struct SearchWord;

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
    Result<std::vector<Message>> messagesAfter(const ContactId& contact, std::uint64_t after,
                                               std::size_t limit) override;
    Result<Message> message(const ContactId& contact, const MessageRef& ref) override;
    Result<Bytes> picture(const ContactId& contact) override;
    Result<SearchPage> search(const SearchRequest& request) override;
    bool tidy() override;
    std::optional<StoreProblem> pollProblem() override;
    Result<StorageInfo> storageInfo() override;
    Result<StoreCheck> verify() override;
    Result<void> compact() override;
    Result<void> protect(const ProtectRequest& request) override;
    Result<void> exportTo(const ExportRequest& request) override;
    Result<void> importFrom(const ImportRequest& request) override;
    Result<void> checkSecret(std::string_view secret) override;
    Result<void> erase() override;

private:
    using Tag = std::array<std::uint8_t, 32>;

    // store_profile.cpp: the folder, the key, the database's version.
    ProfileState detect() const;
    Result<void> prepareFolder(KeySource source, std::string_view secret) const;
    Result<void> begin(Result<void> made, KeySource source, std::string_view secret);
    Result<void> writeVault(KeySource source, std::string_view secret, const Secret<32>& dataKey);
    Result<Secret<32>> dataKeyFor(std::string_view secret) const;
    void useKey(const Secret<32>& dataKey);
    std::filesystem::path databasePath() const { return m_folder / "culvert.db"; }
    Result<void> openDatabase(bool mayCreate);
    void closeDatabase();
    Result<void> migrate();
    Result<void> migrateFrom(std::size_t version);
    Result<void> numberMessages();
    // store_copies.cpp: files beside the database.
    Result<void> backUp(std::size_t version);
    Result<void> takeIn(const ImportRequest& request, const std::filesystem::path& copy, Secret<32>& dataKey);
    Result<void> checkImported(const std::filesystem::path& copy);
    // store_salvage.cpp
    Result<void> salvage();
    Result<void> rescueInto(const std::filesystem::path& rescued, StoreProblem& problem);
    StoreCheck verifyOnce();
    Result<void> rescueRow(const CarvedRow& row, StoreProblem& problem);
    template<typename Work> auto healing(Work work) -> decltype(work());
    // store_search.cpp
    std::uint64_t lastNumber() const;
    Result<SearchPage> searchOnce(const SearchRequest& request);
    Result<void> index(std::uint64_t block);
    Result<void> forgetWords(const ContactId& contact, const MessageRef& ref);
    Result<void> searchBlock(const SearchRequest& request, const std::vector<SearchWord>& wanted, std::uint64_t& end,
                             std::size_t& budget, SearchPage& page);

    Result<void> applyOnce(const std::vector<ArchiveBatch>& batches);
    Result<void> write(const PutProfile& write);
    Result<void> write(const PutContact& write);
    Result<void> write(const EraseContact& write);
    Result<void> write(const PutMessage& write);
    Result<void> write(const PutMessageState& write);
    Result<void> write(const PutReadMark& write);
    Result<void> write(const AmendMessage& write);
    Result<void> write(const SettleAmendment& write);
    Result<void> write(const EraseMessage& write);
    Result<void> write(const PutPicture& write);
    std::optional<PutMessage> find(const ContactId& contact, const MessageRef& ref);
    Result<std::vector<Message>> readPage(const char* sql, const ContactId& contact, std::int64_t position,
                                          std::size_t limit);
    static void addOpen(ArchiveSnapshot& snapshot, const PutMessage& stored);
    Result<void> update(const PutMessage& message);
    Result<ArchiveSnapshot> loadOnce();
    Result<std::vector<Message>> messagesOnce(const ContactId& contact, std::uint64_t before, std::size_t limit);
    Result<std::vector<Message>> messagesAfterOnce(const ContactId& contact, std::uint64_t after, std::size_t limit);
    Result<Bytes> pictureOnce(const ContactId& contact);
    Result<Message> messageOnce(const ContactId& contact, const MessageRef& ref);
    Result<void> loadStrays(ArchiveSnapshot& snapshot);
    Result<void> loadStray(ArchiveSnapshot& snapshot, BytesView tag);
    Result<void> loadMessages(ArchiveSnapshot& snapshot, const ContactId& contact);
    Tag tagOf(const ContactId& contact) const;
    Tag nameOf(const ContactId& contact, const MessageRef& ref) const;
    Bytes seal(std::string_view context, BytesView value) const;
    Result<PutMessage> unsealMessage(BytesView name, BytesView sealed);
    Result<PutContact> unsealContact(BytesView tag, BytesView sealed);
    void noteDamage(std::uint64_t& count, BytesView row);

    std::filesystem::path m_folder;
    Random& m_random;
    PassphraseCost m_cost;
    std::atomic<ProfileState> m_state;
    Secret<32> m_dataKey, m_valueKey, m_tagKey;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<SearchIndex> m_index;
    std::set<Bytes> m_damagedRows; // those that were told of
    StoreProblem m_damage;
    std::vector<StoreProblem> m_problems; // to be told
};

// Runs `work`; when the file turns out to be damaged, once more on what could be saved of it.
template<typename Work> auto Store::healing(Work work) -> decltype(work()) {
    if (!m_database)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    auto done = work();
    if (done || done.error().code != ErrorCode::Corrupt)
        return done;
    TRY_VOID(salvage());
    return work();
}

/// Binds a sealed value to its row, so that a value cannot be put into another's place.
std::string sealContext(std::string_view kind, BytesView row = {});
inline constexpr std::string_view kProfileContext = "profile";
inline constexpr std::string_view kContactContext = "contact";
inline constexpr std::string_view kMessageContext = "message";
inline constexpr std::string_view kPictureContext = "picture";

} // namespace culvert
