// Inputs for what the store reads: exported profiles, and pages of damaged databases.
#include "tests/fuzz/corpus.h"

namespace culvert::fuzz {

namespace {

Bytes script(std::uint16_t at, std::uint8_t by, std::uint16_t cut, std::size_t content, BytesView foreign = {}) {
    Bytes out;
    ByteWriter(out).u16(at).u8(by).u16(cut).u16(static_cast<std::uint16_t>(content)).zeros(content).bytes(foreign);
    return out;
}

void addProfileFiles(std::map<std::string, Bytes>& files) {
    files["empty"] = script(0, 0, 0, 0);
    files["some"] = script(120, 1, 17, 100);
    files["in-the-key"] = script(60, 128, 48, 1);
    files["in-the-last-tag"] = script(0xffff, 1, 1, 300);
    Bytes foreign = toBytes(asBytes("culvert profile\n"));
    ByteWriter(foreign).u8(1).zeros(16).u64(1).u64(8192);
    files["foreign-header"] = script(0, 1, 0, 5, foreign);
    files["foreign-cut-header"] = script(0, 1, 0, 5, BytesView(foreign).first(30));
    ByteWriter(foreign).zeros(48 + 40);
    files["foreign-file"] = script(0, 1, 0, 5, foreign);
}

// A page of 512 octets with one cell at its end.
Bytes page(std::uint8_t kind, BytesView cell, std::size_t before) {
    Bytes out(before);
    const auto at = static_cast<std::uint16_t>(512 - cell.size());
    ByteWriter(out).u8(kind).u16(0).u16(1).u16(at).u8(0);
    if (kind == 2)
        ByteWriter(out).u32(2);
    ByteWriter(out).u16(at);
    out.resize(at);
    append(out, cell);
    return out;
}

void addPages(std::map<std::string, Bytes>& files) {
    // Size (1), row id (1), then the record: header of 4: NULL, a number of one octet, a blob of two.
    const Bytes row = {7, 5, 4, 0, 1, 16, 42, 0xab, 0xcd};
    const Bytes rowOfIndex = {7, 4, 0, 1, 16, 42, 0xab, 0xcd};
    Bytes first = page(0x0d, row, 100);
    first[16] = 2; // pages of 512
    const auto with = [&](const Bytes& second) {
        Bytes out = {0, 0};
        append(out, first);
        append(out, second);
        return out;
    };
    files["table"] = with(page(0x0d, row, 0));
    files["without-row-ids"] = with(page(0x0a, rowOfIndex, 0));
    Bytes interior = {0, 0, 0, 9};
    append(interior, rowOfIndex);
    files["interior"] = with(page(0x02, interior, 0));
    Bytes overflowing = {0x90, 0x00, 1}; // 2048 octets, in a ring of pages
    overflowing.resize(overflowing.size() + 39 + 4);
    overflowing.back() = 2;
    files["overflows-into-itself"] = with(page(0x0d, overflowing, 0));
    Bytes log;
    ByteWriter(log).u32(0x377f0682).u32(3007000).u32(512).u32(0).u64(77).u64(0);
    ByteWriter(log).u32(2).u32(2).u64(77).u64(0).bytes(page(0x0d, row, 0));
    Bytes logged;
    ByteWriter(logged).u16(static_cast<std::uint16_t>(log.size())).bytes(log).bytes(first);
    files["log"] = logged;
    Bytes other = logged;
    other[2 + 32 + 8] ^= 1;
    files["log-of-another-salt"] = other;
}

} // namespace

void addStoreInputs(Corpus& corpus) {
    addProfileFiles(corpus["profile_file"]);
    addPages(corpus["page_carver"]);
}

} // namespace culvert::fuzz
