// Frames on a stream: whole, cut anywhere, and with lengths that somebody made up.
#include "core/wire/tcp_frame.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

Bytes filled(std::size_t size, std::uint8_t value) {
    return Bytes(size, value);
}

Bytes streamOf(const std::vector<Bytes>& payloads) {
    Bytes out;
    for (const Bytes& payload : payloads)
        appendTcpFrame(out, payload);
    return out;
}

std::vector<Bytes> drain(TcpFrameReader& reader) {
    std::vector<Bytes> out;
    while (auto payload = reader.next())
        out.push_back(std::move(*payload));
    return out;
}

TEST(TcpFrame, IsALengthAndThePayload) {
    EXPECT_EQ(streamOf({{0xab, 0xcd, 0xef}}), (Bytes{0x00, 0x03, 0xab, 0xcd, 0xef}));
    EXPECT_EQ(streamOf({filled(kTcpFrameMax, 1)}).front(), kTcpFrameMax >> 8);
}

TEST(TcpFrame, ComesOutWholeWhereverTheStreamIsCut) {
    const std::vector<Bytes> payloads{filled(1, 7), filled(300, 8), filled(kTcpFrameMax, 9)};
    const Bytes stream = streamOf(payloads);
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        TcpFrameReader reader;
        reader.add(BytesView(stream).first(cut));
        std::vector<Bytes> got = drain(reader);
        EXPECT_LT(reader.waiting(), kTcpFrameHeader + kTcpFrameMax);
        reader.add(BytesView(stream).subspan(cut));
        for (Bytes& payload : drain(reader))
            got.push_back(std::move(payload));
        ASSERT_EQ(got, payloads) << "cut at " << cut;
        EXPECT_EQ(reader.waiting(), 0U);
    }
}

TEST(TcpFrame, OctetByOctet) {
    const std::vector<Bytes> payloads{filled(5, 1), filled(5, 2)};
    TcpFrameReader reader;
    std::vector<Bytes> got;
    for (const std::uint8_t octet : streamOf(payloads)) {
        reader.add(Bytes{octet});
        for (Bytes& payload : drain(reader))
            got.push_back(std::move(payload));
    }
    EXPECT_EQ(got, payloads);
}

TEST(TcpFrame, NothingComesAfterALengthThatCannotBe) {
    for (const std::size_t length : {std::size_t{0}, kTcpFrameMax + 1, std::size_t{0xffff}}) {
        TcpFrameReader reader;
        Bytes stream = streamOf({filled(3, 1)});
        stream.push_back(static_cast<std::uint8_t>(length >> 8));
        stream.push_back(static_cast<std::uint8_t>(length));
        append(stream, streamOf({filled(3, 2)}));
        reader.add(stream);
        EXPECT_EQ(drain(reader).size(), 1U) << length;
        EXPECT_TRUE(reader.isBroken()) << length;
        reader.add(streamOf({filled(3, 3)}));
        EXPECT_TRUE(drain(reader).empty()) << length;
        EXPECT_EQ(reader.waiting(), 0U) << length;
    }
}

TEST(TcpFrame, TheLargestIsTaken) {
    TcpFrameReader reader;
    reader.add(streamOf({filled(kTcpFrameMax, 1)}));
    EXPECT_EQ(drain(reader).size(), 1U);
    EXPECT_FALSE(reader.isBroken());
}

} // namespace
} // namespace culvert::wire
