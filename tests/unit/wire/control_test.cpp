#include "core/wire/control_envelope.h"
#include "core/wire/control_message.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

struct MessageCase {
    const char* name;
    ControlMessage message;
    std::size_t minimum; ///< shorter ones are refused
};

std::vector<MessageCase> messageCases() {
    const SocketAddress v6(*Ipv6Address::fromText("2001:db8::1"), 5);
    const SocketAddress v4(Ipv4Address::of(192, 0, 2, 1), 7);
    return {
        {"probe", Probe{1, 2, 3, 40}, 40},
        {"probe by the ordinary route", Probe{1, 2, 3, 40, true}, 40},
        {"probe reply, IPv6", ProbeReply{1, 2, v6}, 35},
        {"probe reply, IPv4", ProbeReply{1, 2, v4}, 35},
        {"register", Register{1, 60}, 72},
        {"registered", Registered{1, 60, v4, 41001, v4, v6}, 67},
        {"handoff request", HandoffRequest{1, PublicKeyBytes{9}, Bytes(512, 7)}, 555},
        {"handoff result", HandoffResult{1, HandoffStatus::RateLimited}, 10},
        {"handoff delivery", HandoffDelivery{Bytes(20, 7)}, 23},
        {"ring request", RingRequest{1, v4, RingFrom::AnotherAddress}, 144},
        {"ring result", RingResult{1, RingStatus::RateLimited}, 10},
        {"ring", Ring{1}, 9},
    };
}

TEST(ControlMessage, roundTripsAndIsRefusedAtEveryShorterLength) {
    for (const auto& [name, message, minimum] : messageCases()) {
        const Bytes bytes = encode(message);
        ASSERT_EQ(bytes.size(), minimum) << name;
        const auto decoded = decodeControlMessage(bytes);
        ASSERT_TRUE(decoded) << name;
        EXPECT_EQ(decoded->index(), message.index()) << name;
        EXPECT_EQ(encode(*decoded), bytes) << name;
        for (std::size_t size = 0; size < minimum; ++size)
            EXPECT_FALSE(decodeControlMessage(BytesView(bytes).first(size))) << name << " " << size;
    }
}

TEST(ControlMessage, zerosMayFollowAndNothingElse) {
    for (const auto& [name, message, minimum] : messageCases()) {
        Bytes bytes = encode(message);
        bytes.resize(bytes.size() + 10);
        EXPECT_TRUE(decodeControlMessage(bytes)) << name;
        bytes.back() = 1;
        EXPECT_FALSE(decodeControlMessage(bytes)) << name;
    }
}

TEST(ControlMessage, unknownTypesAndStatusesAreRefused) {
    for (const int type : {0, 11, 63, 255}) {
        Bytes bytes(64);
        bytes[0] = static_cast<std::uint8_t>(type);
        EXPECT_FALSE(decodeControlMessage(bytes)) << type;
    }
    Bytes result = encode(ControlMessage(HandoffResult{1, HandoffStatus::Forwarded}));
    result.back() = 3;
    EXPECT_FALSE(decodeControlMessage(result));
}

TEST(ControlMessage, aProbeSaysByWhichRoadItCame) {
    Bytes bytes = encode(ControlMessage(Probe{1, 2, 3, 40, true}));
    EXPECT_TRUE(std::get<Probe>(*decodeControlMessage(bytes)).byOrdinaryRoute);
    bytes[25] = 0;
    EXPECT_FALSE(std::get<Probe>(*decodeControlMessage(bytes)).byOrdinaryRoute);
    bytes[25] = 2;
    EXPECT_FALSE(decodeControlMessage(bytes));
}

TEST(ControlMessage, aHandoffIsAtMost512Octets) {
    EXPECT_FALSE(decodeControlMessage(encode(ControlMessage(HandoffDelivery{Bytes(513)}))));
}

// No answer is larger than its question.
TEST(ControlMessage, answersAreNotLargerThanTheirQuestions) {
    const SocketAddress v6(*Ipv6Address::fromText("2001:db8::1"), 5);
    EXPECT_LE(encode(ControlMessage(ProbeReply{1, 2, v6})).size(), encode(ControlMessage(Probe{})).size());
    EXPECT_LE(encode(ControlMessage(Registered{1, 60, v6})).size(), encode(ControlMessage(Register{})).size());
    EXPECT_LE(encode(ControlMessage(HandoffResult{})).size(), encode(ControlMessage(HandoffRequest{})).size());
    EXPECT_LE(encode(CookieReply{}).size(), encode(CookieRequest{}).size());
}

TEST(ControlEnvelope, roundTrips) {
    PairEnvelope pair;
    pair.keyId = {1, 2, 3};
    pair.nonce = {4, 5, 6};
    const Bytes ciphertext(40, 9);
    pair.ciphertext = ciphertext;
    const Bytes pairBytes = encode(pair);
    const auto decodedPair = decodeEnvelope(pairBytes);
    ASSERT_TRUE(decodedPair);
    EXPECT_EQ(encode(std::get<PairEnvelope>(*decodedPair)), pairBytes);
    for (std::size_t size = 0; size <= kPairOverhead; ++size)
        EXPECT_FALSE(decodeEnvelope(BytesView(pairBytes).first(size))) << size;

    IntroductionEnvelope introduction;
    introduction.mac = {1};
    introduction.cookie = {2};
    introduction.noise = ciphertext;
    const Bytes introductionBytes = encode(introduction);
    const auto decoded = decodeEnvelope(introductionBytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(encode(std::get<IntroductionEnvelope>(*decoded)), introductionBytes);
    EXPECT_EQ(std::get<IntroductionEnvelope>(*decoded).authenticated.size(), introductionBytes.size() - 17);
    for (std::size_t size = 0; size <= kIntroductionHeader; ++size)
        EXPECT_FALSE(decodeEnvelope(BytesView(introductionBytes).first(size))) << size;
}

TEST(ControlEnvelope, cookieMessagesHaveExactlyOneSize) {
    const Bytes request = encode(CookieRequest{{1}, 77, {}});
    ASSERT_EQ(request.size(), kCookieRequestSize);
    EXPECT_EQ(std::get<CookieRequest>(*decodeEnvelope(request)).transaction, 77U);
    const Bytes reply = encode(CookieReply{77, {5}});
    ASSERT_EQ(reply.size(), kCookieReplySize);
    EXPECT_EQ(std::get<CookieReply>(*decodeEnvelope(reply)).cookie[0], 5);
    for (const Bytes& bytes : {request, reply}) {
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_FALSE(decodeEnvelope(BytesView(bytes).first(size)));
        Bytes longer = bytes;
        longer.push_back(0);
        EXPECT_FALSE(decodeEnvelope(longer));
    }
}

TEST(ControlEnvelope, refusesTheOctetsOfOthers) {
    for (int first = 0; first < 256; ++first) {
        if (first >= 1 && first <= 4)
            continue;
        Bytes bytes(100);
        bytes[0] = static_cast<std::uint8_t>(first);
        EXPECT_FALSE(decodeEnvelope(bytes)) << first;
    }
}

TEST(HandoffContent, roundTripsWithinItsBound) {
    HandoffContent content;
    content.key = {3};
    content.token = {4};
    content.time = WallTime{1234};
    for (int i = 0; i < 8; ++i)
        content.endpoints.push_back({EndpointKind::Native6, SocketAddress(*Ipv6Address::fromText("2001:db8::1"), 9)});
    const Bytes bytes = encode(content);
    EXPECT_LE(bytes.size() + 96 + 16, kHandoffSealedMax);
    const auto decoded = decodeHandoffContent(bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->endpoints, content.endpoints);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decodeHandoffContent(BytesView(bytes).first(size)));
}

TEST(HandoffContent, saysWhatIsKnownOfTheNetwork) {
    HandoffContent content;
    const Bytes without = encode(content);
    content.additions.hint = NatHint{};
    content.additions.hint->filtering = NatFiltering::AddressDependent;
    const Bytes bytes = encode(content);
    const auto decoded = decodeHandoffContent(bytes);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(decoded->additions, content.additions);
    for (std::size_t size = 0; size < bytes.size(); ++size) // Cut where it begins: as from who says nothing.
        EXPECT_EQ(decodeHandoffContent(BytesView(bytes).first(size)).has_value(), size == without.size()) << size;
    EXPECT_FALSE(decodeHandoffContent(without)->additions.hint);
}

} // namespace
} // namespace culvert::wire
