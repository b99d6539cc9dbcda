#include "core/messenger/picture.h"
#include "tests/support/picture_octets.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert {
namespace {

// `old` as it stands in a good picture, by `fresh`.
Bytes with(const Bytes& old, const Bytes& fresh) {
    Bytes out = test::pictureOctets(1);
    const auto at = std::search(out.begin(), out.end(), old.begin(), old.end());
    EXPECT_NE(at, out.end());
    const auto next = out.erase(at, at + static_cast<std::ptrdiff_t>(old.size()));
    out.insert(next, fresh.begin(), fresh.end());
    return out;
}

const Bytes kFrame = {0xff, 0xc0, 0, 17, 8, 0, 64, 0, 64, 3, 1, 0x22};

Bytes frame(std::uint8_t marker, std::uint16_t height, std::uint16_t width, std::uint8_t sampling) {
    Bytes out;
    ByteWriter(out).u8(0xff).u8(marker).u16(17).u8(8).u16(height).u16(width).u8(3).u8(1).u8(sampling);
    return out;
}

TEST(Picture, plainJpegsOfBoundedSizeAreTaken) {
    EXPECT_TRUE(isPicture(test::pictureOctets(1)));
    EXPECT_TRUE(isPicture(test::pictureOctets(1, 40, kPictureSideMax)));
    const std::size_t rest = kPictureOctetsMax - test::pictureOctets(1, 0).size();
    EXPECT_TRUE(isPicture(test::pictureOctets(1, rest)));
    EXPECT_FALSE(isPicture(test::pictureOctets(1, rest + 1)));
}

TEST(Picture, nothingIsMissingAndNothingFollows) {
    const Bytes whole = test::pictureOctets(1);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(isPicture(BytesView(whole).first(size))) << size;
    Bytes more = whole;
    more.push_back(0);
    EXPECT_FALSE(isPicture(more));
    Bytes twice = whole;
    append(twice, whole);
    EXPECT_FALSE(isPicture(twice));
}

TEST(Picture, whatMayCostMuchToDecodeIsRefused) {
    EXPECT_TRUE(isPicture(with(kFrame, frame(0xc0, 512, 512, 0x22))));
    EXPECT_FALSE(isPicture(with(kFrame, frame(0xc0, 513, 64, 0x22)))) << "too high";
    EXPECT_FALSE(isPicture(with(kFrame, frame(0xc0, 64, 65535, 0x22)))) << "too wide";
    EXPECT_FALSE(isPicture(with(kFrame, frame(0xc0, 0, 64, 0x22)))) << "as high as a later marker says";
    EXPECT_FALSE(isPicture(with(kFrame, frame(0xc0, 64, 64, 0x41)))) << "four of one for one of another";
    for (const std::uint8_t marker : {0xc1, 0xc2, 0xc3, 0xc9, 0xca, 0xf7})
        EXPECT_FALSE(isPicture(with(kFrame, frame(marker, 64, 64, 0x22)))) << "another process: " << int{marker};
    EXPECT_FALSE(isPicture(with({0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0}, {0xff, 0xda, 0, 8, 1, 1, 0})))
        << "a part alone, so that there are more scans";
    EXPECT_FALSE(isPicture(with({0, 63, 0, 1, 2, 3}, {0, 63, 0, 1, 0xff, 0xda}))) << "another scan";
    EXPECT_TRUE(isPicture(with({0, 63, 0, 1, 2, 3}, {0, 63, 0, 1, 0xff, 0xd0}))) << "a restart is none";
    EXPECT_TRUE(isPicture(with({0, 63, 0, 1, 2, 3}, {0, 63, 0, 1, 0xff, 0x00}))) << "nor is 0xff itself";
    EXPECT_FALSE(isPicture(with({0xff, 0xda}, {0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda})))
        << "two frames";
}

TEST(Picture, tablesHoldTablesAlone) {
    const Bytes quantization = {0xff, 0xdb, 0, 67}, huffman = {0xff, 0xc4, 0, 19, 0, 0};
    EXPECT_TRUE(isPicture(with(quantization, {0xff, 0xdd, 0, 4, 0, 8, 0xff, 0xdb, 0, 67}))) << "an interval";
    EXPECT_FALSE(isPicture(with(huffman, {0xff, 0xc4, 0, 19, 0, 1}))) << "a code that is not there";
    EXPECT_TRUE(isPicture(with(huffman, {0xff, 0xc4, 0, 20, 0x13, 1, 0}))) << "one that is";
    EXPECT_FALSE(isPicture(with(huffman, {0xff, 0xc4, 0, 19, 4, 0}))) << "a fifth table";
    EXPECT_FALSE(isPicture(with(huffman, {0xff, 0xc4, 0, 4, 'h', 'i', 0xff, 0xc4, 0, 19, 0, 0})));
    EXPECT_FALSE(isPicture(with(quantization, {0xff, 0xdb, 0, 4, 'h', 'i', 0xff, 0xdb, 0, 67})));
    EXPECT_FALSE(isPicture(with(quantization, {0xff, 0xdd, 0, 5, 0, 8, 0, 0xff, 0xdb, 0, 67})));
    EXPECT_FALSE(isPicture(with(quantization, {0xff, 0xdd, 0, 4, 0, 8, 0xff, 0xdd, 0, 4, 0, 8, 0xff, 0xdb, 0, 67})));
    EXPECT_FALSE(isPicture(with(toBytes(asBytes("JFIF")), toBytes(asBytes("JFXX")))));
    EXPECT_FALSE(isPicture(test::pictureOctets(1, 0))) << "no scan";
    Bytes many;
    for (int i = 0; i < 4; ++i) {
        ByteWriter(many).u16(0xffdb).u16(67).u8(0).zeros(64);
        Bytes all = many;
        append(all, quantization);
        EXPECT_EQ(isPicture(with(quantization, all)), i < 3) << "five tables of four";
    }
}

TEST(Picture, whatTellsMoreThanThePictureIsRefused) {
    const Bytes place = {0xff, 0xdb};
    for (const std::uint8_t marker : {0xe1, 0xe2, 0xed, 0xee, 0xfe}) // Exif, ICC, IPTC, Adobe, a comment
        EXPECT_FALSE(isPicture(with(place, {0xff, marker, 0, 4, 1, 2, 0xff, 0xdb}))) << int{marker};
    EXPECT_FALSE(isPicture(with({0xff, 0xe0, 0, 16}, {0xff, 0xe0, 0, 19, 1, 1, 1}))) << "a thumbnail";
    EXPECT_FALSE(isPicture(asBytes("\x89PNG\r\n\x1a\n and so on")));
    EXPECT_FALSE(isPicture({}));
}

} // namespace
} // namespace culvert
