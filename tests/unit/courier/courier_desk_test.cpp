#include "core/courier/courier_desk.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

PublicKey key(std::uint8_t number) {
    PublicKey out{};
    out.fill(number);
    return out;
}
const PublicKey kUs = key(1), kAda = key(2), kBen = key(3), kCora = key(4);

struct Desk : testing::Test {
    CourierDesk desk{kUs};
    Instant now{100s};

    void SetUp() override { desk.setOn(now, true); }
    // Everything that is due, by whom it goes to; the last one counts.
    std::map<PublicKey, wire::CourierOfferFrame> offers() {
        std::map<PublicKey, wire::CourierOfferFrame> out;
        while (auto offer = desk.pollOffer(now))
            out[offer->to] = offer->frame;
        return out;
    }
    void takesPart(const PublicKey& contact) {
        desk.joined(now, contact);
        EXPECT_TRUE(desk.handleOffer(now, contact, {true, {}}));
    }
};

TEST_F(Desk, eachIsToldOfTheOthersWhoTakePart) {
    takesPart(kAda);
    takesPart(kBen);
    desk.joined(now, kCora); // says nothing
    now += CourierDesk::kOfferPause;
    const auto sent = offers();
    ASSERT_EQ(sent.size(), 3U);
    EXPECT_TRUE(sent.at(kAda).takesPart);
    EXPECT_EQ(sent.at(kAda).tags, std::vector{courierTag(kUs, kAda, kBen)});
    EXPECT_EQ(sent.at(kBen).tags, std::vector{courierTag(kUs, kBen, kAda)});
    EXPECT_EQ(sent.at(kCora).tags.size(), 2U);
    EXPECT_TRUE(offers().empty()) << "nothing has changed";
}

TEST_F(Desk, afterAFewListsOneGoesOutEveryPause) {
    takesPart(kAda);
    for (int i = 0; i < CourierDesk::kOffersAtOnce; ++i) {
        desk.joined(now, kAda);
        EXPECT_EQ(offers().count(kAda), 1U);
    }
    now += 1s;
    takesPart(kBen);
    EXPECT_EQ(offers().count(kAda), 0U);
    ASSERT_TRUE(desk.pollTimeout());
    EXPECT_EQ(desk.pollTimeout()->at, Instant(100s) + CourierDesk::kOfferPause);
    now = Instant(100s) + CourierDesk::kOfferPause - 1ns;
    EXPECT_EQ(offers().count(kAda), 0U);
    now += 1ns;
    EXPECT_EQ(offers().count(kAda), 1U);
}

TEST_F(Desk, whoLeavesStaysOnTheListForAWhile) {
    takesPart(kAda);
    takesPart(kBen);
    now += CourierDesk::kOfferPause;
    (void)offers();
    desk.left(now, kBen);
    EXPECT_FALSE(desk.mayCarry(kAda, kBen)) << "nobody is there to hand it to";
    desk.joined(now + CourierDesk::kLinger - 1ns, kAda);
    now += CourierDesk::kLinger - 1ns;
    EXPECT_EQ(offers().at(kAda).tags.size(), 1U);
    now += 1ns;
    desk.left(now, kAda);
    desk.joined(now, kAda);
    EXPECT_EQ(offers().at(kAda).tags.size(), 0U);
}

TEST_F(Desk, carriesOnlyBetweenTwoWhoTakePart) {
    takesPart(kAda);
    takesPart(kBen);
    desk.joined(now, kCora);
    EXPECT_TRUE(desk.mayCarry(kAda, kBen));
    EXPECT_FALSE(desk.mayCarry(kAda, kAda));
    EXPECT_FALSE(desk.mayCarry(kAda, kCora));
    EXPECT_FALSE(desk.mayCarry(kCora, kAda));
    EXPECT_FALSE(desk.mayCarry(kAda, key(9)));
    desk.setOn(now, false);
    EXPECT_FALSE(desk.mayCarry(kAda, kBen));
    now += CourierDesk::kOfferPause;
    EXPECT_FALSE(offers().at(kAda).takesPart) << "it is told at once";
}

TEST_F(Desk, knowsWhoListsAContactOfOurs) {
    desk.joined(now, kAda);
    EXPECT_TRUE(desk.couriersTo(kBen).empty());
    EXPECT_TRUE(desk.handleOffer(now, kAda, {true, {courierTag(kAda, kUs, kCora), courierTag(kAda, kUs, kBen)}}));
    EXPECT_EQ(desk.couriersTo(kBen), std::vector{kAda});
    EXPECT_TRUE(desk.couriersTo(key(9)).empty());
    EXPECT_FALSE(desk.lists(kCora, kBen));
    desk.left(now, kAda);
    EXPECT_TRUE(desk.couriersTo(kBen).empty());
}

TEST_F(Desk, aListOfWhoTakesNoPartIsEmpty) {
    desk.joined(now, kAda);
    EXPECT_TRUE(desk.handleOffer(now, kAda, {false, {courierTag(kAda, kUs, kBen)}}));
    EXPECT_TRUE(desk.couriersTo(kBen).empty());
}

TEST_F(Desk, whoIsNoContactAnyMoreIsTakenOffAllLists) {
    takesPart(kAda);
    takesPart(kBen);
    now += CourierDesk::kOfferPause;
    (void)offers();
    desk.forget(now, kBen);
    now += CourierDesk::kOfferPause;
    EXPECT_EQ(offers().at(kAda).tags.size(), 0U);
}

TEST_F(Desk, whoOffersAllTheTimeIsNotHeard) {
    desk.joined(now, kAda);
    int heard = 0;
    for (int i = 0; i < 100; ++i)
        heard += desk.handleOffer(now, kAda, {i % 2 == 0, {}}) ? 1 : 0;
    EXPECT_EQ(heard, 2 * CourierDesk::kOffersAtOnce);
    EXPECT_FALSE(desk.handleOffer(now, kBen, {true, {}})) << "there is no session";
}

// Another courier's list, or one for another reader, is of no use to anybody.
TEST(CourierTag, dependsOnAllThreeAndTheirOrder) {
    std::set<wire::CourierTag> tags;
    for (const auto& [a, b, c] :
         {std::array{kUs, kAda, kBen}, {kUs, kBen, kAda}, {kAda, kUs, kBen}, {kCora, kAda, kBen}})
        tags.insert(courierTag(a, b, c));
    EXPECT_EQ(tags.size(), 4U);
}

} // namespace
} // namespace culvert
