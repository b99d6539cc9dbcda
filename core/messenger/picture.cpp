#include "core/messenger/picture.h"

#include "core/base/byte_io.h"

namespace culvert {

namespace {

// ITU-T T.81 §B.1.1.3, table B.1; APP0 is JFIF's (ITU-T T.871 §10.1).
enum Marker : std::uint8_t {
    kBaseline = 0xc0,
    kHuffman = 0xc4,
    kRestart0 = 0xd0,
    kRestart7 = 0xd7,
    kStart = 0xd8,
    kEnd = 0xd9,
    kScan = 0xda,
    kQuantization = 0xdb,
    kInterval = 0xdd,
    kJfif = 0xe0,
};

// ITU-T T.871 §10.1: sixteen octets where there is no thumbnail.
constexpr std::size_t kJfifSize = 14;
// ITU-T T.81 §B.2.4: four of quantization, and four of Huffman's for either kind of coefficient.
constexpr unsigned kQuantizationMax = 4, kHuffmanMax = 8;

/// What stands before the scan, counted.
struct Tables {
    unsigned jfif = 0, intervals = 0, quantization = 0, huffman = 0;
};

bool takeJfif(ByteReader& segment, Tables& tables) {
    const bool isNamed = segment.remaining() == kJfifSize && asText(segment.take(5)) == std::string_view("JFIF", 5);
    segment.take(7); // version and density
    return isNamed && segment.u16() == 0 && ++tables.jfif == 1;
}

// ITU-T T.81 §B.2.4.1: tables of eight bits, as baseline has them.
bool takeQuantization(ByteReader& segment, Tables& tables) {
    do {
        if (segment.u8() > 3 || ++tables.quantization > kQuantizationMax)
            return false;
        segment.take(64);
    } while (segment.remaining() > 0 && !segment.failed());
    return segment.finished();
}

// ITU-T T.81 §B.2.4.2: how many codes there are of each length, and what they stand for.
bool takeHuffman(ByteReader& segment, Tables& tables) {
    do {
        if ((segment.u8() & ~0x13U) != 0 || ++tables.huffman > kHuffmanMax)
            return false;
        std::size_t codes = 0;
        for (int length = 1; length <= 16; ++length)
            codes += segment.u8();
        if (codes > 256)
            return false;
        segment.take(codes);
    } while (segment.remaining() > 0 && !segment.failed());
    return segment.finished();
}

// ITU-T T.81 §B.2.2: how many parts the picture has, grey or colour; 0: it is none of ours.
unsigned partsOf(ByteReader& frame) {
    const unsigned precision = frame.u8();
    const unsigned height = frame.u16(), width = frame.u16();
    const unsigned parts = frame.u8();
    const bool isSmall = height > 0 && width > 0 && height <= kPictureSideMax && width <= kPictureSideMax;
    if (precision != 8 || !isSmall || (parts != 1 && parts != 3))
        return 0;
    for (unsigned part = 0; part < parts; ++part) {
        frame.u8();
        const unsigned sampling = frame.u8();
        frame.u8();
        // One or two of each: nobody needs more, and more is more to unpack.
        if ((sampling & ~0x33U) != 0 || (sampling & 0x30) == 0 || (sampling & 0x30) == 0x30 || (sampling & 3) == 0 ||
            (sampling & 3) == 3)
            return 0;
    }
    return frame.finished() ? parts : 0;
}

// What follows the only scan's head: its data, and nothing after them (§B.1.1.5: a zero follows 0xff that is data).
bool endsRight(BytesView data) {
    if (data.size() < 3 || data[data.size() - 2] != 0xff || data.back() != kEnd)
        return false;
    const BytesView scan = data.first(data.size() - 2);
    for (std::size_t i = 0; i < scan.size(); ++i) {
        if (scan[i] != 0xff)
            continue;
        if (++i == scan.size() || (scan[i] != 0 && (scan[i] < kRestart0 || scan[i] > kRestart7)))
            return false;
    }
    return true;
}

} // namespace

bool isPicture(BytesView octets) {
    if (octets.size() > kPictureOctetsMax)
        return false;
    ByteReader reader(octets);
    if (reader.u8() != 0xff || reader.u8() != kStart)
        return false;
    Tables tables;
    for (unsigned parts = 0; !reader.failed();) {
        if (reader.u8() != 0xff)
            return false;
        const std::uint8_t marker = reader.u8();
        const std::size_t length = reader.u16();
        if (length < 2)
            return false;
        ByteReader segment(reader.take(length - 2));
        if (reader.failed())
            return false;
        switch (marker) {
        case kJfif:
            if (!takeJfif(segment, tables))
                return false;
            break;
        case kQuantization:
            if (!takeQuantization(segment, tables))
                return false;
            break;
        case kHuffman:
            if (!takeHuffman(segment, tables))
                return false;
            break;
        case kInterval:
            if (segment.remaining() != 2 || ++tables.intervals > 1)
                return false;
            break;
        case kBaseline:
            if (parts != 0)
                return false;
            parts = partsOf(segment);
            break;
        case kScan: // All parts together: otherwise there are more scans.
            return parts != 0 && segment.u8() == parts && segment.remaining() == 2 * parts + 3 &&
                   endsRight(reader.rest());
        default:
            return false;
        }
    }
    return false;
}

} // namespace culvert
