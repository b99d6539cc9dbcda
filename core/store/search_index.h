// SearchIndex: which messages have which words, for who has the key alone.
//
// Messages have numbers in the order in which they came. A block of 2048 of them is indexed at a time, when it is
// full; what is in no indexed block is read one by one. Each block has a key of its own, sealed with the profile's:
//
//  search_blocks  block | stale | sealed block key
//  search_tokens  block | token: keyed hash of a beginning of a word (8) | sealed: which of the block's messages have
//  it
//
// So the file tells how many different beginnings of words a block has, and about how many of its messages have each;
// not which they are, which messages those are, or whether two blocks have the same one.
//
// Thread safety: the store's thread. Invariants:
//  1. What an indexed block says is complete: a message that is not named under a token does not have it. (The reverse
//     is not promised: what is found is read, and compared with what was looked for.)
//  2. A block that is stale names messages that are gone. It is still used, and is made anew soon.
#pragma once

#include "core/base/random.h"
#include "core/crypto/secret.h"
#include "core/store/database.h"

#include <map>
#include <set>
#include <string>
#include <unordered_map>

namespace culvert {

/// The index of one block while it is made. REQUIRES: messages are added in the order of their numbers
class SearchBlock {
public:
    /// Where a message stands within its block.
    using Offset = std::uint16_t;

    void add(Offset offset, const std::set<std::string>& tokens);
    const std::unordered_map<std::string, std::vector<Offset>>& tokens() const { return m_tokens; }
    /// Messages with more words than an index should have: they may have any.
    const std::vector<Offset>& anything() const { return m_anything; }

private:
    std::unordered_map<std::string, std::vector<Offset>> m_tokens;
    std::vector<Offset> m_anything;
};

/// The index of all blocks.
class SearchIndex {
public:
    static constexpr std::uint64_t kBlock = 2048;

    /// All three must outlive it.
    SearchIndex(Database& database, const Secret<32>& key, Random& random);

    /// Reads which blocks there are. To be called first, and after each transaction that was rolled back.
    Result<void> load();
    bool has(std::uint64_t block) const { return m_blocks.contains(block); }
    std::uint64_t indexedBlocks() const { return m_blocks.size(); }
    /// The block to index next, the newest first, when messages have numbers up to `last`; nothing when all are.
    std::optional<std::uint64_t> next(std::uint64_t last) const;

    /// Enters a block in the place of what there was of it. REQUIRES: within a transaction
    Result<void> write(std::uint64_t block, const SearchBlock& content);
    /// A message of this block was removed.
    Result<void> markStale(std::uint64_t block);
    /// The words of a message of this block changed or disappeared: it is no longer indexed.
    Result<void> drop(std::uint64_t block);

    /// Messages of an indexed block that have all `tokens`, and some that may; in falling order. Corrupt when the block
    /// cannot be read.
    Result<std::vector<SearchBlock::Offset>> find(std::uint64_t block, const std::set<std::string>& tokens) const;

private:
    Result<Secret<32>> keyOf(std::uint64_t block) const;
    Result<std::vector<SearchBlock::Offset>> offsetsOf(std::uint64_t block, const Secret<32>& key,
                                                       const std::string& token) const;

    Database& m_database;
    const Secret<32>& m_key;
    Random& m_random;
    std::map<std::uint64_t, bool> m_blocks; // and whether they are stale
};

} // namespace culvert
