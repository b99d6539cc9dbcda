#include "core/wire/nat_hint.h"

#include <gtest/gtest.h>

namespace culvert::wire {
namespace {

Result<Additions> read(BytesView bytes) {
    ByteReader reader(bytes);
    return readAdditions(reader);
}

NatHint someHint() {
    NatHint hint;
    hint.keepsPorts = true;
    return hint;
}

Bytes written(const Additions& additions) {
    Bytes out;
    ByteWriter writer(out);
    writeAdditions(writer, additions);
    return out;
}

TEST(NatHint, hasTheOctetsThatAreDrawn) {
    const auto octets = [](auto change) {
        NatHint hint;
        change(hint);
        const auto bytes = encode(hint);
        EXPECT_EQ(decodeNatHint(bytes), hint);
        return bytes[0] << 8 | bytes[1];
    };
    EXPECT_EQ(octets([](NatHint&) {}), 0);
    EXPECT_EQ(octets([](NatHint& h) { h.mapping = NatMapping::EndpointIndependent; }), 0x4000);
    EXPECT_EQ(octets([](NatHint& h) { h.mapping = NatMapping::AddressAndPortDependent; }), 0xc000);
    EXPECT_EQ(octets([](NatHint& h) { h.filtering = NatFiltering::EndpointIndependent; }), 0x1000);
    EXPECT_EQ(octets([](NatHint& h) { h.filtering = NatFiltering::AddressDependent; }), 0x2000);
    EXPECT_EQ(octets([](NatHint& h) { h.keepsPorts = true; }), 0x0800);
    EXPECT_EQ(octets([](NatHint& h) { h.isSequential = true; }), 0x0400);
    EXPECT_EQ(octets([](NatHint& h) { h.isUdpBlocked = true; }), 0x0200);
    EXPECT_EQ(octets([](NatHint& h) { h.searchesPorts = true; }), 0x0100);
    EXPECT_EQ(octets([](NatHint& h) { h.ipv4 = HintIpv4::Translated; }), 0x00c0);
    EXPECT_EQ(octets([](NatHint& h) { h.nesting = HintNesting::Carrier; }), 0x0030);
    EXPECT_EQ(octets([](NatHint& h) { h.ipv6 = HintIpv6::Firewalled; }), 0x000c);
    EXPECT_EQ(octets([](NatHint& h) { h.takesTcp = true; }), 0x0002);
}

TEST(NatHint, everyPairOfOctetsIsAHintButForTheBitThatMeansNothing) {
    for (unsigned value = 0; value < 65536; ++value) {
        const std::array<std::uint8_t, 2> octets = {static_cast<std::uint8_t>(value >> 8U),
                                                    static_cast<std::uint8_t>(value & 255U)};
        const auto again = encode(decodeNatHint(octets));
        ASSERT_EQ(again[0], octets[0]);
        ASSERT_EQ(again[1], octets[1] & 0xfeU);
    }
}

TEST(Additions, areNothingWhereNothingIsSaid) {
    EXPECT_TRUE(written({}).empty());
    const auto none = read({});
    ASSERT_TRUE(none);
    EXPECT_EQ(*none, Additions{});
}

TEST(Additions, skipWhatIsUnknownAndKeepTheFirstOfATag) {
    const Bytes hint = written({someHint()});
    Bytes bytes = {200, 3, 9, 9, 9};
    append(bytes, hint);
    append(bytes, Bytes{1, 2, 0, 0});
    const auto additions = read(bytes);
    ASSERT_TRUE(additions && additions->hint);
    EXPECT_TRUE(additions->hint->keepsPorts);
}

TEST(Additions, roundTrip) {
    Additions all{someHint(), PunchPlan{true, 50ms, 49ms}, PortPrediction{40000, -3}};
    const Bytes bytes = written(all);
    EXPECT_EQ(bytes.size(), 4U + 7U + 5U);
    const auto again = read(bytes);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, all);
    all.plan = PunchPlan{false, 1h, -1ms};
    const auto bounded = read(written(all));
    ASSERT_TRUE(bounded && bounded->plan);
    EXPECT_EQ(bounded->plan->start, kPunchTimeMax);
    EXPECT_EQ(bounded->plan->roundTrip, 0ms);
}

TEST(Additions, refusePlansAndPredictionsThatAreNone) {
    EXPECT_TRUE(read(Bytes{2, 5, 1, 0, 9, 0, 9}));
    EXPECT_FALSE(read(Bytes{2, 5, 2, 0, 9, 0, 9}));
    EXPECT_FALSE(read(Bytes{2, 4, 1, 0, 9, 0}));
    EXPECT_FALSE(read(Bytes{2, 6, 1, 0, 9, 0, 9, 0}));
    EXPECT_TRUE(read(Bytes{3, 3, 4, 0, 1}));
    EXPECT_FALSE(read(Bytes{3, 3, 0, 0, 1})) << "port 0";
    EXPECT_FALSE(read(Bytes{3, 2, 4, 0}));
}

TEST(Additions, refuseWhatIsCutOffOrTooLong) {
    EXPECT_FALSE(read(Bytes{1}));
    EXPECT_FALSE(read(Bytes{1, 2, 0}));
    EXPECT_FALSE(read(Bytes{1, 1, 0})) << "a hint of another length";
    EXPECT_FALSE(read(Bytes{200, 9, 0}));
    Bytes most(kAdditionsMax);
    most[0] = 200;
    most[1] = kAdditionsMax - 2;
    EXPECT_TRUE(read(most));
    most.push_back(0);
    most[1] = kAdditionsMax - 1;
    EXPECT_FALSE(read(most));
}

} // namespace
} // namespace culvert::wire
