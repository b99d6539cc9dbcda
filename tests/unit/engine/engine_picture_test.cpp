// Profile pictures between an engine and a contact whose program is older, or whose owner is hostile.
#include "tests/support/picture_octets.h"
#include "tests/unit/engine/peer_by_hand.h"

namespace culvert {
namespace {

struct PictureByHand : PeerByHand {
    static constexpr std::uint32_t kAll = wire::kAmendments | wire::kPictures;
    const Bytes mine = test::pictureOctets(1, 9000);
    std::uint8_t next = 10;

    void tell(const Bytes& octets) {
        say(wire::PictureToldFrame{pictureIdOf(octets).octets}, PeerSession::kControlStream);
    }
    void show(const Bytes& octets) {
        say(wire::PictureFrame{octets}, PeerSession::kControlStream);
        run(60);
    }
    void want(const Bytes& octets) {
        say(wire::PictureWantedFrame{pictureIdOf(octets).octets}, PeerSession::kControlStream);
        run(60);
    }
    std::vector<Bytes> stored() const {
        std::vector<Bytes> out;
        for (const ArchiveWrite& write : writes)
            if (const auto* put = std::get_if<PutPicture>(&write); put != nullptr && put->id == world.contactId())
                out.push_back(put->octets);
        return out;
    }
    std::optional<PictureId> pictureOfContact() {
        for (const Contact& contact : world.engine().contacts(world.now()))
            if (contact.id == world.contactId())
                return contact.picture;
        return std::nullopt;
    }
    std::optional<wire::PictureToldFrame> lastTold() const {
        std::optional<wire::PictureToldFrame> last;
        for (const wire::SessionFrame& frame : heard)
            if (const auto* told = std::get_if<wire::PictureToldFrame>(&frame))
                last = *told;
        return last;
    }
};

TEST_F(PictureByHand, whoDoesNotKnowPicturesHearsOfNone) {
    ASSERT_TRUE(world.engine().setOwnPicture(world.now(), mine));
    hello(wire::kAmendments);
    want(mine);
    tell(test::pictureOctets(2));
    show(test::pictureOctets(2));
    EXPECT_FALSE(lastTold());
    EXPECT_EQ(count<wire::PictureFrame>(heard), 0U);
    EXPECT_EQ(count<wire::PictureWantedFrame>(heard), 0U);
    EXPECT_TRUE(stored().empty());
}

TEST_F(PictureByHand, ourPictureIsToldAndSentToWhoAsks) {
    hello(kAll);
    ASSERT_TRUE(lastTold());
    EXPECT_FALSE(lastTold()->name) << "there is none";
    ASSERT_TRUE(world.engine().setOwnPicture(world.now(), mine));
    run();
    ASSERT_TRUE(lastTold() && lastTold()->name);
    EXPECT_EQ(*lastTold()->name, pictureIdOf(mine).octets);
    EXPECT_EQ(count<wire::PictureFrame>(heard), 0U) << "nobody asked";
    want(test::pictureOctets(99));
    EXPECT_EQ(count<wire::PictureFrame>(heard), 0U) << "not for this one";
    want(mine);
    ASSERT_EQ(count<wire::PictureFrame>(heard), 1U);
    EXPECT_TRUE(std::ranges::any_of(heard, [&](const wire::SessionFrame& frame) {
        const auto* picture = std::get_if<wire::PictureFrame>(&frame);
        return picture != nullptr && picture->octets == mine;
    }));
    ASSERT_TRUE(world.engine().setOwnPicture(world.now(), {}));
    run();
    EXPECT_FALSE(lastTold()->name) << "taken back";
}

TEST_F(PictureByHand, whoAsksAgainAndAgainGetsABoundedNumber) {
    ASSERT_TRUE(world.engine().setOwnPicture(world.now(), mine));
    hello(kAll);
    for (int i = 0; i < 200; ++i)
        ASSERT_TRUE(connection->write(PeerSession::kControlStream,
                                      wire::encode(wire::PictureWantedFrame{pictureIdOf(mine).octets})));
    run(100);
    EXPECT_LE(count<wire::PictureFrame>(heard), 4U);
    for (int i = 0; i < 40; ++i)
        want(mine); // some 30 s
    EXPECT_LE(count<wire::PictureFrame>(heard), 6U);
    EXPECT_GE(count<wire::PictureFrame>(heard), 4U);
}

TEST_F(PictureByHand, theirPictureIsAskedForOnceAndStored) {
    const Bytes theirs = test::pictureOctets(2);
    hello(kAll);
    tell(theirs);
    tell(theirs);
    EXPECT_EQ(count<wire::PictureWantedFrame>(heard), 1U);
    show(theirs);
    ASSERT_EQ(stored().size(), 1U);
    EXPECT_EQ(stored().front(), theirs);
    EXPECT_EQ(pictureOfContact(), pictureIdOf(theirs));
    EXPECT_TRUE(std::ranges::any_of(events, [&](const MessengerEvent& event) {
        const auto* changed = std::get_if<ContactChangedEvent>(&event);
        return changed != nullptr && changed->contact.picture == pictureIdOf(theirs);
    }));
    tell(theirs);
    EXPECT_EQ(count<wire::PictureWantedFrame>(heard), 1U) << "it is here";
    say(wire::PictureToldFrame{}, PeerSession::kControlStream);
    ASSERT_EQ(stored().size(), 2U);
    EXPECT_TRUE(stored().back().empty()) << "taken back";
    EXPECT_FALSE(pictureOfContact());
    tell(theirs);
    EXPECT_EQ(count<wire::PictureWantedFrame>(heard), 2U) << "and shown once more";
}

// They changed it and changed it back before our question came, which they could not answer.
TEST(PictureExchange, whatIsToldAgainAfterAnotherIsAskedForAgain) {
    PictureExchange exchange;
    const PictureId first = pictureIdOf(test::pictureOctets(1)), other = pictureIdOf(test::pictureOctets(2));
    const Instant now{1000s};
    exchange.told(first, std::nullopt);
    EXPECT_EQ(exchange.takeQuestion(now), first);
    exchange.told(first, std::nullopt);
    EXPECT_FALSE(exchange.takeQuestion(now));
    exchange.told(other, std::nullopt);
    exchange.told(first, std::nullopt);
    EXPECT_EQ(exchange.takeQuestion(now), first);
}

TEST_F(PictureByHand, whatNobodyAskedForIsNotStored) {
    hello(kAll);
    show(test::pictureOctets(2));
    EXPECT_TRUE(stored().empty());
    tell(test::pictureOctets(3));
    show(test::pictureOctets(4));
    EXPECT_TRUE(stored().empty()) << "another one";
    Bytes progressive = test::pictureOctets(5);
    *(std::ranges::find(progressive, 0xc0)) = 0xc2;
    tell(progressive);
    show(progressive);
    EXPECT_TRUE(stored().empty()) << "none that the window would decode";
    EXPECT_FALSE(pictureOfContact());
}

TEST_F(PictureByHand, whoChangesTheirsWithoutEndIsAskedNowAndThen) {
    hello(kAll);
    for (int i = 0; i < 100; ++i) {
        const Bytes one = test::pictureOctets(next++);
        tell(one);
        show(one);
    } // some 80 s
    EXPECT_LE(stored().size(), 7U);
    EXPECT_GE(stored().size(), 4U);
    const Bytes last = test::pictureOctets(next++);
    tell(last);
    run(3500);
    show(last);
    EXPECT_EQ(pictureOfContact(), pictureIdOf(last)) << "the one that stays is asked for in the end";
}

TEST_F(PictureByHand, aBlockedContactsPictureGoes) {
    hello(kAll);
    const Bytes theirs = test::pictureOctets(2);
    tell(theirs);
    show(theirs);
    ASSERT_TRUE(pictureOfContact());
    ASSERT_TRUE(world.engine().blockContact(world.now(), world.contactId()));
    world.settle();
    EXPECT_FALSE(pictureOfContact());
    EXPECT_TRUE(stored().back().empty());
}

TEST_F(PictureByHand, onePictureThatIsDamagedIsAskedForAgain) {
    hello(kAll);
    const Bytes theirs = test::pictureOctets(2);
    tell(theirs);
    show(theirs);
    Engine& engine = world.engine();
    const auto wanted = engine.pictureOf(world.contactId());
    ASSERT_TRUE(wanted);
    const auto check = [&](const PictureId& id, const Result<Bytes>& stored) {
        return engine.checkPicture(world.now(), world.contactId(), id, stored);
    };
    EXPECT_EQ(*check(*wanted, theirs), theirs);
    EXPECT_FALSE(check(pictureIdOf(test::pictureOctets(1)), theirs));
    EXPECT_TRUE(pictureOfContact()) << "another one had come meanwhile";
    EXPECT_FALSE(check(*wanted, fail(ErrorCode::IoFailure, "The disk does not answer.")));
    EXPECT_TRUE(pictureOfContact()) << "it is there still";
    EXPECT_FALSE(check(*wanted, test::pictureOctets(3)));
    EXPECT_FALSE(pictureOfContact());
    tell(theirs);
    EXPECT_EQ(count<wire::PictureWantedFrame>(heard), 2U);
}

TEST_F(PictureByHand, whatIsNoPictureIsNotOurs) {
    hello(kAll);
    EXPECT_EQ(world.engine().setOwnPicture(world.now(), toBytes(asBytes("GIF89a"))).error().code,
              ErrorCode::InvalidArgument);
    EXPECT_FALSE(world.engine().setOwnPicture(world.now(), test::pictureOctets(1, 30'000)));
    EXPECT_TRUE(world.engine().ownPicture().empty());
    EXPECT_FALSE(lastTold()->name);
}

} // namespace
} // namespace culvert
