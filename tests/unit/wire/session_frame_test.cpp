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
    MessageFrame reply = message;
    reply.additions.replyTo = MessageName{Author::Receiver, {9}};
    reply.additions.lifetimeSeconds = 3600;
    MessageFrame timer = message;
    timer.text.clear();
    timer.additions.isTimerChange = true;
    MessageFrame withdrawn = timer;
    withdrawn.additions = {};
    withdrawn.additions.isWithdrawn = true;
    return {HelloFrame{7, "Bob"},
            ContactRequestFrame{{1}, "Bob", "hi"},
            ContactAcceptedFrame{"Alice"},
            endpoints,
            message,
            AckFrame{1, 2},
            ReadFrame{1, 2},
            reply,
            timer,
            withdrawn,
            AmendmentFrame{1, 3, {Author::Sender, {3}}, 1, WallTime{5}, "another text"},
            AmendmentFrame{1, 4, {Author::Receiver, {3}}, 3, WallTime{6}, "👍"},
            TypingFrame{true},
            FeaturesFrame{kAmendments},
            CourierOfferFrame{true, {CourierTag{1, 2}, CourierTag{3}}},
            CourierRequestFrame{{7}, Bytes(300, 5)},
            CourierDeliveryFrame{Bytes(kHandoffSealedMax, 6)},
            PictureToldFrame{},
            PictureToldFrame{PictureName{1, 2}},
            PictureWantedFrame{{3, 4}},
            PictureFrame{Bytes(kPictureMax, 7)},
            RingWantedFrame{8, SocketAddress(Ipv4Address::of(45, 0, 0, 1), 4000)},
            RingWantedFrame{9, *SocketAddress::fromText("[2001:db8::1]:4000")},
            RingAnswerFrame{8, RingStatus::RateLimited}};
}

// What the last octets of a frame are is its own affair where a text, a handoff or what comes later fills the body.
bool fillsBody(const SessionFrame& frame) {
    return std::holds_alternative<MessageFrame>(frame) || std::holds_alternative<AmendmentFrame>(frame) ||
           std::holds_alternative<FeaturesFrame>(frame) || std::holds_alternative<CourierRequestFrame>(frame) ||
           std::holds_alternative<CourierDeliveryFrame>(frame) || std::holds_alternative<PictureToldFrame>(frame) ||
           std::holds_alternative<PictureFrame>(frame);
}

Result<std::optional<SessionFrame>> read(BytesView bytes) {
    FrameReader reader;
    reader.feed(bytes);
    return reader.next();
}

// A frame of this type with this body.
Bytes framed(std::uint8_t type, const Bytes& body) {
    Bytes out;
    ByteWriter(out).u8(type).u32(static_cast<std::uint32_t>(body.size())).bytes(body);
    return out;
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

TEST(SessionFrame, aRingIsAskedForAndAnsweredInFewOctets) {
    const SocketAddress target(Ipv4Address::of(45, 0, 0, 1), 4000);
    const Bytes wanted = encode(RingWantedFrame{8, target});
    EXPECT_EQ(wanted.size(), kFrameHeaderSize + 26);
    const auto asked = read(wanted);
    ASSERT_TRUE(asked && *asked);
    EXPECT_EQ(std::get<RingWantedFrame>(**asked).target, target);
    for (std::uint8_t status = 0; status < 8; ++status)
        EXPECT_EQ(read(framed(23, {0, 0, 0, 0, 0, 0, 0, 8, status})).has_value(), status <= 3) << int{status};
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
        if (fillsBody(frame))
            continue; // A shorter body is a shorter text or handoff.
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

TEST(SessionFrame, aMessageWithoutAdditionsIsTheOneThatEveryVersionKnows) {
    MessageFrame message;
    message.text = "x";
    EXPECT_EQ(encode(SessionFrame(message)).front(), 5);
    message.additions.lifetimeSeconds = 1;
    EXPECT_EQ(encode(SessionFrame(message)).front(), 8);
}

TEST(SessionFrame, additionsComeBackAndUnknownOnesAreSkipped) {
    MessageFrame message;
    message.id = {3};
    message.text = "text";
    message.additions.replyTo = MessageName{Author::Receiver, {9}};
    message.additions.lifetimeSeconds = 3600;
    Bytes body = encode(SessionFrame(message));
    body.erase(body.begin(), body.begin() + kFrameHeaderSize);
    constexpr std::size_t lengthAt = 8 + 8 + 16 + 8;
    const Bytes unknown = {77, 3, 1, 2, 3};
    body.insert(body.begin() + lengthAt + 2, unknown.begin(), unknown.end());
    body[lengthAt + 1] = static_cast<std::uint8_t>(body[lengthAt + 1] + unknown.size());
    const auto frame = read(framed(8, body));
    ASSERT_TRUE(frame && *frame);
    const auto& back = std::get<MessageFrame>(**frame);
    EXPECT_EQ(back.text, "text");
    ASSERT_TRUE(back.additions.replyTo);
    EXPECT_EQ(back.additions.replyTo->author, Author::Receiver);
    EXPECT_EQ(back.additions.replyTo->id, (std::array<std::uint8_t, 16>{9}));
    EXPECT_EQ(back.additions.lifetimeSeconds, 3600U);
}

TEST(SessionFrame, damagedAdditionsEndTheStream) {
    const Bytes head(8 + 8 + 16 + 8);
    const std::vector<std::pair<const char*, Bytes>> tails = {{"additions that are cut off", {0, 9, 3, 0}},
                                                              {"an addition that is cut off", {0, 3, 2, 4, 1}},
                                                              {"a lifetime of three octets", {0, 5, 2, 3, 1, 2, 3}},
                                                              {"a mark with a value", {0, 3, 4, 1, 1}},
                                                              {"a reply to nobody",
                                                               [] {
                                                                   Bytes tail = {0, 19, 1, 17, 2};
                                                                   tail.resize(21);
                                                                   return tail;
                                                               }()},
                                                              {"too many", [] {
                                                                   Bytes tail = {4, 1};
                                                                   tail.resize(2 + 1025);
                                                                   return tail;
                                                               }()}};
    for (const auto& [what, tail] : tails) {
        Bytes body = head;
        append(body, tail);
        EXPECT_FALSE(read(framed(8, body))) << what;
    }
    Bytes amendment(8 + 8);
    amendment.push_back(2); // an author who is none of the two
    amendment.resize(8 + 8 + 1 + 16 + 1 + 8);
    EXPECT_FALSE(read(framed(9, amendment)));
    amendment[16] = 1;
    EXPECT_TRUE(read(framed(9, amendment)));
    amendment.pop_back();
    EXPECT_FALSE(read(framed(9, amendment))) << "cut off";
}

TEST(SessionFrame, kindsAndFeaturesOfLaterVersionsComeThrough) {
    const auto amendment =
        read(encode(SessionFrame(AmendmentFrame{1, 3, {Author::Sender, {3}}, 200, WallTime{5}, "?"})));
    ASSERT_TRUE(amendment && *amendment);
    EXPECT_EQ(std::get<AmendmentFrame>(**amendment).kind, 200);
    const auto features = read(framed(11, {0, 0, 0, 3, 9, 9, 9}));
    ASSERT_TRUE(features && *features);
    EXPECT_EQ(std::get<FeaturesFrame>(**features).features, 3U);
}

TEST(SessionFrame, picturesAreNeitherEmptyNorLarge) {
    EXPECT_FALSE(read(framed(21, {})));
    EXPECT_TRUE(read(framed(21, Bytes(kPictureMax))));
    EXPECT_FALSE(read(framed(21, Bytes(kPictureMax + 1))));
    EXPECT_TRUE(read(framed(19, {})));
    for (const std::size_t size : {1, 15, 17, 32}) {
        EXPECT_FALSE(read(framed(19, Bytes(size)))) << size;
        EXPECT_FALSE(read(framed(20, Bytes(size)))) << size;
    }
}

} // namespace
} // namespace culvert::wire
