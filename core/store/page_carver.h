// PageCarver: rows of a damaged SQLite file, page by page, without its trees.
//
// What a row says is proven by its seal and not by where it stands, so that pages can be read in any order and whatever
// they claim of each other is ignored. Layouts: https://www.sqlite.org/fileformat2.html §1.6, §2.1, §4.1
//
// Thread safety: none; pure reading. Every length of the file is checked: a damaged one is no better than a hostile
// one.
#pragma once

#include "core/base/bytes.h"

#include <filesystem>
#include <functional>
#include <variant>

namespace culvert {

/// A row as it stands in a leaf of a table, or anywhere in one without row ids.
struct CarvedRow {
    using Value =
        std::variant<std::monostate, std::int64_t, Bytes>; ///< NULL (or a number that is the row id), number, blob
    std::int64_t rowId = 0;                                ///< 0: it has none
    std::vector<Value> values;
};

/// The pages of a database file and of the log beside it, whose newer pages count.
class PageCarver {
public:
    /// What is not there is empty.
    explicit PageCarver(const std::filesystem::path& database);
    /// The same from octets.
    PageCarver(Bytes database, Bytes log);

    /// Hands out every row that can be read.
    void carve(const std::function<void(const CarvedRow&)>& take) const;

private:
    void readLog();
    BytesView page(std::uint32_t number) const;
    void carvePage(std::uint32_t number, const std::function<void(const CarvedRow&)>& take) const;
    Bytes payloadAt(BytesView page, std::size_t at, std::uint64_t size, bool isTable) const;

    Bytes m_database, m_log;
    std::size_t m_pageSize = 4096;
    std::vector<std::pair<std::uint32_t, std::size_t>> m_newer; // pages of the log, and where they begin; sorted
};

} // namespace culvert
