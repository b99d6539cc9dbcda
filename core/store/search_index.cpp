#include "core/store/search_index.h"

#include "core/base/byte_io.h"
#include "core/crypto/numbered_seal.h"
#include "core/crypto/sealing.h"

#include <algorithm>

namespace culvert {

namespace {

// A contact who writes nothing but new words must not fill memory: beyond these, messages are read instead.
constexpr std::size_t kTokensOfMessageMax = 2000;
constexpr std::size_t kTokensOfBlockMax = 200'000;
// No word begins with it: the messages under it may have any.
const std::string kAnything = "*";

std::string blockContext(std::uint64_t block) {
    return "search block " + std::to_string(block);
}

std::uint64_t hashOf(const Secret<32>& key, const std::string& token) {
    const auto hash = keyedHash(key, asBytes(token));
    return ByteReader(hash).u64();
}

// Steps between offsets, seven bits an octet, the lowest first; the top bit says that more follow.
Bytes encodeOffsets(const std::vector<SearchBlock::Offset>& offsets) {
    Bytes out;
    unsigned last = 0;
    for (const SearchBlock::Offset offset : offsets) {
        unsigned step = offset - last;
        last = offset;
        for (; step > 127; step >>= 7)
            out.push_back(static_cast<std::uint8_t>(step | 128));
        out.push_back(static_cast<std::uint8_t>(step));
    }
    return out;
}

std::vector<SearchBlock::Offset> decodeOffsets(BytesView bytes) {
    std::vector<SearchBlock::Offset> out;
    unsigned value = 0, step = 0, shift = 0;
    for (const std::uint8_t octet : bytes) {
        step |= (octet & 127U) << shift;
        shift = (octet & 128) != 0 ? std::min(shift + 7, 14U) : 0;
        if ((octet & 128) != 0)
            continue;
        value += step;
        step = 0;
        if (value < SearchIndex::kBlock)
            out.push_back(static_cast<SearchBlock::Offset>(value));
    }
    return out;
}

} // namespace

void SearchBlock::add(Offset offset, const std::set<std::string>& tokens) {
    if (tokens.size() > kTokensOfMessageMax || m_tokens.size() + tokens.size() > kTokensOfBlockMax) {
        m_anything.push_back(offset);
        return;
    }
    for (const std::string& token : tokens)
        m_tokens[token].push_back(offset);
}

SearchIndex::SearchIndex(Database& database, const Secret<32>& key, Random& random)
    : m_database(database), m_key(key), m_random(random) {}

Result<void> SearchIndex::load() {
    m_blocks.clear();
    Statement all(m_database.handle(), "SELECT block, stale FROM search_blocks");
    while (all.step())
        m_blocks[static_cast<std::uint64_t>(all.number(0))] = all.number(1) != 0;
    if (all.failed())
        return Unexpected(all.error());
    return {};
}

std::optional<std::uint64_t> SearchIndex::next(std::uint64_t last) const {
    for (std::uint64_t block = (last + 1) / kBlock; block-- > 0;) {
        const auto found = m_blocks.find(block);
        if (found == m_blocks.end() || found->second)
            return block;
    }
    return std::nullopt;
}

Result<void> SearchIndex::write(std::uint64_t block, const SearchBlock& content) {
    TRY_VOID(drop(block));
    Secret<32> key;
    m_random.fillSecret(key.span());
    std::map<std::int64_t, std::vector<SearchBlock::Offset>> rows; // in the order of the table
    const auto enter = [&](const std::string& token, const std::vector<SearchBlock::Offset>& offsets) {
        std::vector<SearchBlock::Offset> both; // Two tokens with one hash share a row.
        auto& row = rows[static_cast<std::int64_t>(hashOf(key, token))];
        std::ranges::set_union(row, offsets, std::back_inserter(both));
        row = std::move(both);
    };
    for (const auto& [token, offsets] : content.tokens())
        enter(token, offsets);
    if (!content.anything().empty())
        enter(kAnything, content.anything());
    const Bytes sealedKey = sealValue(m_key, blockContext(block), key.view(), m_random);
    Statement head(m_database.handle(), "INSERT INTO search_blocks (block, stale, sealed) VALUES (?, 0, ?)");
    TRY_VOID(m_database.run(head.bind(1, static_cast<std::int64_t>(block)).bind(2, BytesView(sealedKey))));
    Statement row(m_database.handle(), "INSERT INTO search_tokens (block, token, sealed) VALUES (?, ?, ?)");
    row.bind(1, static_cast<std::int64_t>(block));
    for (const auto& [hash, offsets] : rows) {
        row.reset();
        const Bytes sealed = sealNumbered(key, static_cast<std::uint64_t>(hash), {}, encodeOffsets(offsets));
        TRY_VOID(m_database.run(row.bind(2, hash).bind(3, BytesView(sealed))));
    }
    m_blocks[block] = false;
    return {};
}

Result<void> SearchIndex::markStale(std::uint64_t block) {
    const auto found = m_blocks.find(block);
    if (found == m_blocks.end() || found->second)
        return {};
    found->second = true;
    Statement mark(m_database.handle(), "UPDATE search_blocks SET stale = 1 WHERE block = ?");
    return m_database.run(mark.bind(1, static_cast<std::int64_t>(block)));
}

Result<void> SearchIndex::drop(std::uint64_t block) {
    if (m_blocks.erase(block) == 0)
        return {};
    Statement tokens(m_database.handle(), "DELETE FROM search_tokens WHERE block = ?");
    TRY_VOID(m_database.run(tokens.bind(1, static_cast<std::int64_t>(block))));
    Statement head(m_database.handle(), "DELETE FROM search_blocks WHERE block = ?");
    return m_database.run(head.bind(1, static_cast<std::int64_t>(block)));
}

Result<std::vector<SearchBlock::Offset>> SearchIndex::find(std::uint64_t block,
                                                           const std::set<std::string>& tokens) const {
    TRY(key, keyOf(block));
    std::optional<std::vector<SearchBlock::Offset>> found;
    for (const std::string& token : tokens) {
        TRY(offsets, offsetsOf(block, key, token));
        if (found) {
            std::vector<SearchBlock::Offset> both;
            std::ranges::set_intersection(*found, offsets, std::back_inserter(both));
            offsets = std::move(both);
        }
        found = std::move(offsets);
        if (found->empty())
            break;
    }
    TRY(anything, offsetsOf(block, key, kAnything));
    std::vector<SearchBlock::Offset> all;
    std::ranges::set_union(found.value_or(std::vector<SearchBlock::Offset>()), anything, std::back_inserter(all));
    std::ranges::reverse(all);
    return all;
}

Result<Secret<32>> SearchIndex::keyOf(std::uint64_t block) const {
    Statement head(m_database.handle(), "SELECT sealed FROM search_blocks WHERE block = ?");
    if (!head.bind(1, static_cast<std::int64_t>(block)).step())
        return fail(ErrorCode::Corrupt, "a block of the search index is gone");
    auto opened = openValue(m_key, blockContext(block), head.blob(0));
    if (!opened || opened->size() != 32)
        return fail(ErrorCode::Corrupt, "a block of the search index is damaged");
    const Secret<32> key{std::span<const std::uint8_t, 32>(*opened)};
    sodium_memzero(opened->data(), opened->size());
    return key;
}

Result<std::vector<SearchBlock::Offset>> SearchIndex::offsetsOf(std::uint64_t block, const Secret<32>& key,
                                                                const std::string& token) const {
    const std::uint64_t hash = hashOf(key, token);
    Statement row(m_database.handle(), "SELECT sealed FROM search_tokens WHERE block = ? AND token = ?");
    row.bind(1, static_cast<std::int64_t>(block)).bind(2, static_cast<std::int64_t>(hash));
    if (!row.step()) {
        if (row.failed())
            return Unexpected(row.error());
        return std::vector<SearchBlock::Offset>();
    }
    auto offsets = openNumbered(key, hash, {}, row.blob(0));
    if (!offsets)
        return fail(ErrorCode::Corrupt, "a row of the search index is damaged");
    return decodeOffsets(*offsets);
}

} // namespace culvert
