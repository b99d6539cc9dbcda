// Store, second part: the folder, the key, and the version of what is in it.
#include "core/store/new_file.h"
#include "core/store/schema.h"
#include "core/store/store.h"
#include "core/store/vault.h"

#include <algorithm>

namespace culvert {

namespace {

// What stands in a step where SQL alone does not do.
constexpr std::string_view kNumbering = "-- Here the store copies the messages";

} // namespace

Store::Store(std::filesystem::path folder, Random& random, const PassphraseCost& cost)
    : m_folder(std::move(folder)), m_random(random), m_cost(cost), m_state(detect()) {}

ProfileState Store::detect() const {
    std::error_code error;
    if (!std::filesystem::exists(m_folder / "vault", error) && !error)
        return ProfileState::None;
    const auto bytes = readFile(m_folder / "vault");
    if (!bytes)
        return ProfileState::NeedsPassphrase; // open() tells what is wrong
    const auto vault = decodeVault(*bytes);
    if (!vault)
        return ProfileState::NeedsPassphrase; // open() tells what is wrong
    switch (vault->source) {
    case KeySource::Passphrase:
        return ProfileState::NeedsPassphrase;
    case KeySource::Keyring:
        return ProfileState::NeedsKeyring;
    case KeySource::BesideStore:
        break;
    }
    return ProfileState::Opening;
}

Result<void> Store::create(KeySource source, std::string_view secret, BytesView profile) {
    TRY_VOID(prepareFolder(source, secret));
    // A store without a vault is what an interrupted creation left behind. Nothing can open it; still it is only put
    // aside.
    std::error_code error;
    if (std::filesystem::exists(databasePath(), error))
        std::filesystem::rename(databasePath(), m_folder / "culvert.db.old", error);
    Secret<32> dataKey;
    m_random.fillSecret(dataKey.span());
    useKey(dataKey);
    auto made = openDatabase(true);
    if (made)
        made = write(PutProfile{toBytes(profile)});
    return begin(std::move(made), source, secret);
}

// The vault last: from here on the profile exists.
Result<void> Store::begin(Result<void> made, KeySource source, std::string_view secret) {
    if (made)
        made = writeVault(source, secret, m_dataKey);
    if (made)
        m_state = ProfileState::Open;
    else
        closeDatabase();
    return made;
}

Result<void> Store::open(std::string_view secret) {
    if (m_state == ProfileState::Open)
        return fail(ErrorCode::WrongState, "The profile is open already.");
    TRY(dataKey, dataKeyFor(secret));
    useKey(dataKey);
    auto opened = openDatabase(false);
    if (!opened && opened.error().code == ErrorCode::Corrupt)
        opened = salvage();
    if (!opened) {
        closeDatabase();
        return opened;
    }
    m_state = ProfileState::Open;
    return {};
}

Result<void> Store::prepareFolder(KeySource source, std::string_view secret) const {
    if (m_state != ProfileState::None)
        return fail(ErrorCode::AlreadyExists, "There is a profile here already. Unlock it, or choose another folder.");
    if (source != KeySource::BesideStore && secret.empty())
        return fail(ErrorCode::InvalidArgument, "The passphrase is empty.");
    std::error_code error;
    std::filesystem::create_directories(m_folder, error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot make the folder " + m_folder.string() + ": " + error.message() + ".");
    std::filesystem::permissions(m_folder, std::filesystem::perms::owner_all, error);
    return {};
}

// The key file before the vault that needs it.
Result<void> Store::writeVault(KeySource source, std::string_view secret, const Secret<32>& dataKey) {
    std::string wrapping(secret);
    if (source == KeySource::BesideStore) {
        Secret<32> random;
        m_random.fillSecret(random.span());
        wrapping = toHex(random.view());
        TRY_VOID(writeFileAtomically(m_folder / "key", asBytes(wrapping)));
    }
    auto wrapped = Vault::wrap(source, wrapping, m_cost, dataKey, m_random);
    sodium_memzero(wrapping.data(), wrapping.size());
    TRY(vault, std::move(wrapped));
    return writeFileAtomically(m_folder / "vault", encode(vault));
}

Result<Secret<32>> Store::dataKeyFor(std::string_view secret) const {
    TRY(bytes, readFile(m_folder / "vault"));
    TRY(vault, decodeVault(bytes));
    std::string wrapping(secret);
    if (vault.source == KeySource::BesideStore) {
        TRY(key, readFile(m_folder / "key"));
        wrapping = std::string(asText(key));
    }
    auto unwrapped = vault.unwrap(wrapping);
    sodium_memzero(wrapping.data(), wrapping.size());
    return unwrapped;
}

void Store::useKey(const Secret<32>& dataKey) {
    m_dataKey = dataKey;
    m_valueKey = deriveKey(dataKey, "culvert values");
    m_tagKey = deriveKey(dataKey, "culvert tags");
}

Result<void> Store::checkSecret(std::string_view secret) {
    if (const auto key = dataKeyFor(secret); !key)
        return Unexpected(key.error());
    return {};
}

// The data key stays, so that nothing but the vault has to be written.
Result<void> Store::protect(const ProtectRequest& request) {
    if (m_state != ProfileState::Open)
        return fail(ErrorCode::WrongState, "The profile is not open.");
    if (request.keySource != KeySource::BesideStore && request.newSecret.empty())
        return fail(ErrorCode::InvalidArgument, "The new passphrase is empty.");
    TRY(dataKey, dataKeyFor(request.secret));
    const bool wasBeside = detect() == ProfileState::Opening;
    // Another key in the place of one that is in use would be two steps, and a crash between them the end.
    if (wasBeside && request.keySource == KeySource::BesideStore)
        return {};
    TRY_VOID(writeVault(request.keySource, request.newSecret, dataKey));
    std::error_code error;
    if (wasBeside)
        std::filesystem::remove(m_folder / "key", error);
    return {};
}

Result<void> Store::openDatabase(bool mayCreate) {
    TRY(database, Database::open(databasePath().string(), mayCreate));
    m_database = std::move(database);
    TRY_VOID(migrate());
    m_index = std::make_unique<SearchIndex>(*m_database, m_valueKey, m_random);
    return m_index->load();
}

void Store::closeDatabase() {
    m_index.reset();
    m_database.reset();
}

Result<void> Store::migrate() {
    std::size_t version = 0;
    {
        Statement query(m_database->handle(), "PRAGMA user_version");
        if (!query.step())
            return Unexpected(query.error());
        version = static_cast<std::size_t>(query.number(0));
    }
    if (version > kMigrations.size())
        return fail(ErrorCode::Unsupported, "This profile was written by a newer Culvert. Update Culvert to open it.");
    if (version == kMigrations.size())
        return {};
    if (version > 0) {
        TRY_VOID(m_database->check());
        TRY_VOID(backUp(version));
    }
    TRY_VOID(m_database->transact([&] { return migrateFrom(version); }));
    return m_database->checkpoint(); // The log holds everything once more.
}

Result<void> Store::migrateFrom(std::size_t version) {
    for (std::size_t next = version; next < kMigrations.size(); ++next) {
        const std::string_view step = kMigrations[next];
        const std::size_t middle = std::min(step.find(kNumbering), step.size());
        TRY_VOID(m_database->execute(std::string(step.substr(0, middle)).c_str()));
        if (middle < step.size())
            TRY_VOID(numberMessages());
        TRY_VOID(m_database->execute(std::string(step.substr(middle)).c_str()));
    }
    return m_database->execute(("PRAGMA user_version = " + std::to_string(kMigrations.size())).c_str());
}

// All conversations at once, each in its own order, and the one first whose next message was sent first; memory for one
// message of each.
Result<void> Store::numberMessages() {
    std::multimap<std::int64_t, std::unique_ptr<Statement>> next;
    const auto advance = [&](std::unique_ptr<Statement> rows, std::int64_t last) -> Result<void> {
        if (rows->step()) {
            // One that is damaged, or of a clock that was slow, comes right after the one before it.
            const auto message = unsealMessage(rows->blob(2), rows->blob(4));
            next.emplace(message ? std::max(last, message->message.sentAt.milliseconds) : last, std::move(rows));
        } else if (rows->failed()) {
            return Unexpected(rows->error());
        }
        return {};
    };
    Statement tags(m_database->handle(), "SELECT DISTINCT tag FROM messages");
    while (tags.step()) {
        auto rows = std::make_unique<Statement>(m_database->handle(), "SELECT tag, position, name, open, sealed"
                                                                      " FROM messages WHERE tag = ? ORDER BY position");
        const Bytes tag = tags.blob(0);
        rows->bind(1, BytesView(tag));
        TRY_VOID(advance(std::move(rows), 0));
    }
    if (tags.failed())
        return Unexpected(tags.error());
    Statement put(m_database->handle(),
                  "INSERT INTO numbered (tag, position, name, open, sealed) VALUES (?, ?, ?, ?, ?)");
    while (!next.empty()) {
        auto first = next.extract(next.begin());
        const Statement& row = *first.mapped();
        const Bytes tag = row.blob(0), name = row.blob(2), sealed = row.blob(4);
        put.reset();
        put.bind(1, BytesView(tag)).bind(2, row.number(1)).bind(3, BytesView(name)).bind(4, row.number(3));
        TRY_VOID(m_database->run(put.bind(5, BytesView(sealed))));
        TRY_VOID(advance(std::move(first.mapped()), first.key()));
    }
    return {};
}

} // namespace culvert
