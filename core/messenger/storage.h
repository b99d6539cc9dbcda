// Storage: values of search, of the profile's file on disk, and of its copies.
#pragma once

#include "core/messenger/message.h"

#include <optional>
#include <vector>

namespace culvert {

/// Where the key of the store comes from.
enum class KeySource {
    Passphrase, ///< typed by the user at every start
    Keyring,    ///< a random secret that the system keyring holds
    BesideStore ///< in a file of mode 0600 beside the store: it protects against nobody who can read the folder
};

/// What search() looks for. A message is found when for each word of `text` it has a word that begins so, upper or
/// lower case and accents aside; runs of Chinese and Japanese, where nothing parts words, are found anywhere.
struct SearchRequest {
    std::string text;                 ///< UTF-8; without a word in it nothing is found
    std::optional<ContactId> contact; ///< nothing: in all conversations
    std::uint64_t before = 0;         ///< SearchPage::next of the page before; 0: from the newest message on
    std::size_t limit = 50;           ///< messages a page, at most kSearchPageMax
};
inline constexpr std::size_t kSearchPageMax = 100;

/// What search() found.
struct SearchPage {
    std::vector<Message> messages; ///< newest first
    std::uint64_t next = 0;        ///< what to ask for the page after it with; 0: there is no more
};

/// What a profile takes on the disk, and what protects it.
struct StorageInfo {
    std::uint64_t contacts = 0;
    std::uint64_t messages = 0;
    std::uint64_t indexed = 0;        ///< messages that search finds by its index; it reads the others one by one
    std::uint64_t databaseOctets = 0; ///< with what is not merged yet
    std::uint64_t asideOctets = 0;    ///< copies made before a change of format, and damaged files that were set aside
    KeySource keySource = KeySource::BesideStore;
    std::string folder; ///< UTF-8
};

/// What verifyStore() found.
struct StoreCheck {
    std::uint64_t contacts = 0;
    std::uint64_t messages = 0;
    std::uint64_t damagedContacts = 0;
    std::uint64_t damagedMessages = 0;
    bool fileIsSound = true; ///< false: it was damaged, and what could be read was saved into a new one
    bool isSound() const { return fileIsSound && damagedContacts == 0 && damagedMessages == 0; }
};

/// Something stored that could not be read. The rest is there; nothing was deleted.
struct StoreProblem {
    /// What happened.
    enum class Kind {
        DamagedRows, ///< single values do not open; they stay in the file and are not shown
        Salvaged,    ///< the file was damaged: what could be read is in a new one, the damaged one is kept as `file`
    };
    Kind kind = Kind::DamagedRows;
    std::uint64_t damagedContacts = 0; ///< since the profile was opened
    std::uint64_t damagedMessages = 0;
    std::uint64_t savedContacts = 0; ///< Salvaged: what the new file holds
    std::uint64_t savedMessages = 0;
    std::string file; ///< Salvaged: name in the data folder
    bool operator==(const StoreProblem&) const = default;
};

/// How a profile is to be protected from now on.
struct ProtectRequest {
    std::string secret; ///< the one that opens it now; ignored when its key lies beside the store
    KeySource keySource = KeySource::Passphrase;
    std::string newSecret; ///< the passphrase, or what the keyring holds; not for BesideStore
};

/// Where to write a copy of the whole profile.
struct ExportRequest {
    std::string path;       ///< UTF-8; a file of that name must not be there
    std::string passphrase; ///< of this file alone; not empty
};

/// A profile from a file that exportProfile() wrote.
struct ImportRequest {
    std::string path;                             ///< UTF-8
    std::string passphrase;                       ///< of the file
    KeySource keySource = KeySource::BesideStore; ///< how it is protected here
    std::string secret;                           ///< the new passphrase, or what the keyring holds
};

} // namespace culvert
