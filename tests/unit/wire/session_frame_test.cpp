#include "core/wire/session_frame.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

std::vector<SessionFrame> frames() {
    EndpointsFrame endpoints;
    endpoints.sequence = 5;
    endpoints.endpoints = {{EndpointKind::Mapped4, SocketAddress(Ipv4Address::of(1, 2, 3, 4), 5)}};
    endpoints.additions.hint = NatHint{};
    endpoints.additions.hint->keepsPorts = true;
    MessageFrame message;
    message.epoch = 1;
    message.sequence = 2;
    message.id = {3};
    message.sentAt = WallTime{4};
    message.text = "grüß dich";
    return {HelloFrame{7, "Bob"},
            ContactRequestFrame{{1}, "Bob", "hi"},
            ContactAcceptedFrame{"Alice"},
            endpoints,
            message,
            AckFrame{1, 2},
            ReadFrame{1, 2},
            CourierOfferFrame{true, {CourierTag{1, 2}, CourierTag{3}}},
            CourierRequestFrame{{7}, Bytes(300, 5)},
            CourierDeliveryFrame{Bytes(kHandoffSealedMax, 6)}};
}

TEST(SessionFrame, comesThroughInPiecesOfAnySize) {
    Bytes stream;
    for (const SessionFrame& frame : frames())
        append(stream, encode(frame));
    for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
        FrameReader reader;
        std::size_t count = 0;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            reader.feed(BytesView(stream).subspan(at, std::min(piece, stream.size() - at)));
            for (;;) {
                const auto frame = reader.next();
                ASSERT_TRUE(frame) << frame.error().detail;
                if (!*frame)
                    break;
                EXPECT_EQ(encode(**frame), encode(frames()[count]));
                ++count;
            }
        }
        EXPECT_EQ(count, frames().size());
    }
}

TEST(SessionFrame, unknownTypesAreSkipped) {
    FrameReader reader;
    reader.feed(Bytes{200, 0, 0, 0, 3, 1, 2, 3});
    reader.feed(encode(SessionFrame(AckFrame{1, 2})));
    const auto frame = reader.next();
    ASSERT_TRUE(frame && *frame);
    EXPECT_TRUE(std::holds_alternative<AckFrame>(**frame));
}

TEST(SessionFrame, aWrongLengthEndsTheStream) {
    for (const SessionFrame& frame : frames()) {
        // What they hold fills the body, so that a shorter body is a shorter text or handoff.
        if (std::holds_alternative<MessageFrame>(frame) || std::holds_alternative<CourierRequestFrame>(frame) ||
            std::holds_alternative<CourierDeliveryFrame>(frame))
            continue;
        for (const int change : {-1, 1}) {
            Bytes bytes = encode(frame);
            bytes[4] = static_cast<std::uint8_t>(bytes[4] + change);
            bytes.push_back(0);
            FrameReader reader;
            reader.feed(bytes);
            EXPECT_FALSE(reader.next());
        }
    }
    FrameReader reader;
    reader.feed(Bytes{5, 0xff, 0, 0, 0});
    EXPECT_FALSE(reader.next()) << "longer than any frame may be";
}

TEST(SessionFrame, whatACourierCarriesIsNoLongerThanAHandoff) {
    for (const std::size_t size : {std::size_t{0}, kHandoffSealedMax + 1})
        for (const SessionFrame& frame :
             {SessionFrame(CourierRequestFrame{{7}, Bytes(size)}), SessionFrame(CourierDeliveryFrame{Bytes(size)})}) {
            FrameReader reader;
            reader.feed(encode(frame));
            EXPECT_FALSE(reader.next()) << size;
        }
    FrameReader reader;
    reader.feed(encode(SessionFrame(CourierOfferFrame{true, std::vector<CourierTag>(kCourierTagsMax + 1)})));
    EXPECT_FALSE(reader.next()) << "more contacts than a list may have";
}

} // namespace
} // namespace culvert::wire
