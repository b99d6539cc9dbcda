// The file of an exported profile: what somebody has put in its place, and what a stick made of it.
#include "core/store/profile_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"

#include <sstream>

namespace culvert::fuzz {

namespace {

const PassphraseCost kCheap{crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};

// What reads back; nothing where it is refused.
std::optional<Bytes> read(BytesView file) {
    std::istringstream in{std::string(asText(file))};
    auto reader = ProfileFileReader::begin(in, "fuzz");
    if (!reader)
        return std::nullopt;
    Bytes out;
    for (;;) {
        const auto some = reader->next();
        if (!some)
            return std::nullopt;
        if (some->empty())
            return out;
        append(out, *some);
    }
}

bool isCheap(BytesView file) {
    const auto header = decodeProfileFileHeader(file.first(std::min(file.size(), kProfileHeaderSize)));
    return header && header->cost.operations == kCheap.operations && header->cost.memoryOctets == kCheap.memoryOctets;
}

} // namespace

// | damage: where (2), how (1) | length cut off (2) | content: chunk | foreign file |
void run(BytesView input) {
    Input script(input);
    const std::uint16_t at = script.u16();
    const std::uint8_t by = script.u8();
    const std::uint16_t cut = script.u16();
    const BytesView content = script.chunk();
    const BytesView foreign = script.rest();
    if (const auto header = decodeProfileFileHeader(foreign))
        require(std::ranges::equal(encode(*header), foreign), "a header encodes to the octets it was decoded from");
    if (isCheap(foreign))
        require(!read(foreign), "a foreign file does not open");

    test::SeededRandom random(7);
    Bytes file;
    auto writer =
        ProfileFileWriter::begin("fuzz", kCheap, deriveKey(Secret<32>(), "fuzz"), random, [&](BytesView some) {
            append(file, some);
            return Result<void>();
        });
    require(writer && writer->write(content) && writer->finish(), "a file is written");
    const auto back = read(file);
    require(back && std::ranges::equal(*back, content), "a file reads back");
    if (const Bytes changed = damaged(file, at, by); isCheap(changed))
        require(!read(changed), "a damaged file does not open");
    const std::size_t kept = file.size() - 1 - cut % file.size();
    require(!read(BytesView(file).first(kept)), "a file that is cut off does not open");
}

} // namespace culvert::fuzz
