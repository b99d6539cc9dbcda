#include "core/store/page_carver.h"

#include "core/base/byte_io.h"
#include "core/store/new_file.h"

#include <algorithm>
#include <map>

namespace culvert {

namespace {

constexpr std::uint8_t kIndexInterior = 0x02, kIndexLeaf = 0x0a, kTableLeaf = 0x0d;
constexpr std::size_t kDatabaseHeader = 100, kLogHeader = 32, kFrameHeader = 24, kLeafHeader = 8;
constexpr std::size_t kPageMin = 512, kPageMax = 65536;
// A row of ours is far smaller: a text has 32 KiB at most.
constexpr std::uint64_t kPayloadMax = 1 << 20;
constexpr std::size_t kColumnsMax = 32;

bool isPageSize(std::size_t size) {
    return size >= kPageMin && size <= kPageMax && (size & (size - 1)) == 0;
}

// §1.6: big-endian, seven bits an octet, the ninth octet has eight.
std::uint64_t readVarint(ByteReader& reader) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) {
        const std::uint8_t octet = reader.u8();
        value = value << 7 | (octet & 127);
        if ((octet & 128) == 0)
            return value;
    }
    return value << 8 | reader.u8();
}

// §2.1: big-endian two's complement.
std::int64_t readNumber(ByteReader& reader, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint8_t octet = reader.u8();
        value = i == 0 && (octet & 128) != 0 ? ~std::uint64_t{0} << 8 | octet : value << 8 | octet;
    }
    return static_cast<std::int64_t>(value);
}

// §2.1. Nothing when it is no record of ours.
std::vector<CarvedRow::Value> decodeRecord(BytesView payload) {
    ByteReader reader(payload);
    const std::uint64_t headerSize = readVarint(reader);
    if (reader.failed() || headerSize > payload.size())
        return {};
    ByteReader types(payload.first(static_cast<std::size_t>(headerSize)));
    ByteReader body(payload.subspan(static_cast<std::size_t>(headerSize)));
    readVarint(types);
    std::vector<CarvedRow::Value> values;
    constexpr std::array<std::size_t, 7> numberSizes = {0, 1, 2, 3, 4, 6, 8};
    while (types.remaining() > 0 && values.size() < kColumnsMax) {
        const std::uint64_t type = readVarint(types);
        if (type == 0)
            values.emplace_back();
        else if (type < numberSizes.size())
            values.emplace_back(readNumber(body, numberSizes[static_cast<std::size_t>(type)]));
        else if (type == 8 || type == 9)
            values.emplace_back(static_cast<std::int64_t>(type - 8));
        else if (type >= 12)
            values.emplace_back(toBytes(body.take(static_cast<std::size_t>(std::min((type - 12) / 2, kPayloadMax)))));
        else
            return {};
    }
    if (types.failed() || body.failed())
        return {};
    return values;
}

Bytes readOrNothing(const std::filesystem::path& path) {
    auto bytes = readFile(path);
    return bytes ? std::move(*bytes) : Bytes();
}

} // namespace

PageCarver::PageCarver(const std::filesystem::path& database)
    : PageCarver(readOrNothing(database), readOrNothing(database.string() + "-wal")) {}

PageCarver::PageCarver(Bytes database, Bytes log) : m_database(std::move(database)), m_log(std::move(log)) {
    // §1.3.2: octets 16 and 17, where 1 means 65536. The log's header has it too.
    if (m_database.size() >= kDatabaseHeader) {
        const std::size_t size = ByteReader(BytesView(m_database).subspan(16)).u16();
        if (isPageSize(size) || size == 1)
            m_pageSize = size == 1 ? kPageMax : size;
    }
    readLog();
}

// §4.1. Frames of another salt are of an earlier log.
void PageCarver::readLog() {
    if (m_log.size() < kLogHeader)
        return;
    ByteReader header(BytesView(m_log).subspan(8));
    const std::size_t pageSize = header.u32();
    header.u32(); // checkpoints
    const auto salts = header.array<8>();
    if (pageSize != m_pageSize)
        return;
    std::map<std::uint32_t, std::size_t> newest;
    for (std::size_t at = kLogHeader; at + kFrameHeader + m_pageSize <= m_log.size(); at += kFrameHeader + m_pageSize) {
        ByteReader frame(BytesView(m_log).subspan(at));
        const std::uint32_t number = frame.u32();
        frame.u32(); // pages after the commit
        if (frame.array<8>() != salts)
            break;
        newest[number] = at + kFrameHeader;
    }
    m_newer.assign(newest.begin(), newest.end());
}

BytesView PageCarver::page(std::uint32_t number) const {
    const auto newer = std::ranges::lower_bound(m_newer, number, {}, &std::pair<std::uint32_t, std::size_t>::first);
    if (newer != m_newer.end() && newer->first == number)
        return BytesView(m_log).subspan(newer->second, m_pageSize);
    const std::uint64_t at = std::uint64_t{number - 1} * m_pageSize;
    if (number == 0 || at + m_pageSize > m_database.size())
        return {};
    return BytesView(m_database).subspan(static_cast<std::size_t>(at), m_pageSize);
}

void PageCarver::carve(const std::function<void(const CarvedRow&)>& take) const {
    auto last = static_cast<std::uint32_t>(m_database.size() / m_pageSize);
    if (!m_newer.empty())
        last = std::max(last, m_newer.back().first);
    last =
        std::min<std::uint32_t>(last, static_cast<std::uint32_t>((m_database.size() + m_log.size()) / m_pageSize) + 1);
    for (std::uint32_t number = 1; number <= last; ++number)
        carvePage(number, take);
}

void PageCarver::carvePage(std::uint32_t number, const std::function<void(const CarvedRow&)>& take) const {
    const BytesView content = page(number);
    const std::size_t start = number == 1 ? kDatabaseHeader : 0;
    if (content.size() < start + kLeafHeader)
        return;
    ByteReader header(content.subspan(start));
    const std::uint8_t kind = header.u8();
    if (kind != kIndexInterior && kind != kIndexLeaf && kind != kTableLeaf)
        return;
    header.u16(); // first free block
    const std::size_t cells = header.u16();
    header.take(kind == kIndexInterior ? 7 : 3); // where cells begin, fragments, the page to the right
    for (std::size_t i = 0; i < cells && header.remaining() >= 2; ++i) {
        const std::size_t at = header.u16();
        if (at >= content.size())
            continue;
        ByteReader cell(content.subspan(at));
        if (kind == kIndexInterior)
            cell.u32(); // the page to the left
        const std::uint64_t size = readVarint(cell);
        CarvedRow row;
        if (kind == kTableLeaf)
            row.rowId = static_cast<std::int64_t>(readVarint(cell));
        if (cell.failed() || size > kPayloadMax)
            continue;
        row.values = decodeRecord(payloadAt(content, content.size() - cell.remaining(), size, kind == kTableLeaf));
        if (!row.values.empty())
            take(row);
    }
}

// §1.6: what stands in the page, and the pages that the rest overflows into. No page has reserved octets.
Bytes PageCarver::payloadAt(BytesView page, std::size_t at, std::uint64_t size, bool isTable) const {
    const std::uint64_t usable = m_pageSize;
    const std::uint64_t localMax = isTable ? usable - 35 : (usable - 12) * 64 / 255 - 23;
    const std::uint64_t localMin = (usable - 12) * 32 / 255 - 23;
    std::uint64_t local = size;
    if (size > localMax) {
        local = localMin + (size - localMin) % (usable - 4);
        local = local > localMax ? localMin : local;
    }
    ByteReader reader(page.subspan(at));
    Bytes out = toBytes(reader.take(static_cast<std::size_t>(local)));
    std::uint32_t next = size > local ? reader.u32() : 0;
    while (!reader.failed() && next != 0 && out.size() < size) {
        ByteReader overflow(this->page(next));
        next = overflow.u32();
        const BytesView more = overflow.rest();
        if (more.empty())
            break;
        append(out, more.first(std::min<std::size_t>(more.size(), static_cast<std::size_t>(size) - out.size())));
    }
    return out.size() == size ? out : Bytes();
}

} // namespace culvert
