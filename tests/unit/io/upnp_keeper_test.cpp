// The rounds of the UPnP keeper in virtual time, against a router that is a few variables.
#include "core/io/upnp_keeper.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace culvert {
namespace {

using namespace upnp;

const Ipv6Address kOwn6 = *Ipv6Address::fromText("2001:db8::2");
const std::string kHome = "http://192.168.1.1/d", kOther = "http://192.168.1.9/d", kHome6 = "http://[2001:db8::1]/d";
constexpr Duration kHour = 3600s;

/// A helper with routers behind it.
struct FakeHelper {
    std::vector<std::string> found{kHome};
    std::vector<std::string> slow; ///< found by a full search only
    std::vector<std::string> found6;
    std::map<std::string, DeviceAnswer> devices{{kHome, device(Ipv4Address::of(203, 0, 113, 7))}};
    std::vector<std::string> silent; ///< URLs that end the helper
    std::optional<Ipv4Address> address = Ipv4Address::of(203, 0, 113, 7);
    bool isOff = false;                                   ///< the router answers nothing
    std::map<std::pair<bool, std::uint16_t>, bool> table; ///< what is ours, by isTcp and outer port
    std::map<bool, bool> another;     ///< by isTcp: whatever is asked about belongs to another computer
    std::vector<std::uint16_t> taken; ///< outer ports of another computer
    int refusal = 0;
    Duration lease = kHour;
    FirewallAnswer firewall{true, true};
    std::optional<std::uint16_t> pinhole;
    int pinholeError = 0;
    bool isLeaving = false;
    std::vector<std::string> log;

    bool isRunning = false;
    std::string open4, open6;

    static DeviceAnswer device(std::optional<Ipv4Address> external, bool isConnected = true) {
        return {isConnected, {Ipv4Address::of(192, 168, 1, 1), 0}, external, 0, {}};
    }

    Result<Answer> ask(const Command& command) {
        if (isLeaving)
            return fail(ErrorCode::WrongState);
        log.push_back(formatCommand(command));
        if (!isRunning)
            open4 = open6 = {};
        isRunning = true;
        return std::visit([this](const auto& known) { return run(known); }, command);
    }

    Result<Answer> run(const SearchCommand& c) {
        if (isOff)
            return Answer(DevicesAnswer{});
        DevicesAnswer out{c.isV6 ? found6 : found};
        if (c.isFull)
            out.urls.insert(out.urls.end(), slow.begin(), slow.end());
        return Answer(out);
    }
    Result<Answer> run(const UseCommand& c) {
        if (std::ranges::find(silent, c.url) != silent.end()) {
            isRunning = false;
            return fail(ErrorCode::LimitReached, "no answer in time");
        }
        if (isOff || !devices.contains(c.url))
            return Answer(NoneAnswer{});
        (c.isV6 ? open6 : open4) = c.url;
        return Answer(devices[c.url]);
    }
    Result<Answer> run(const StatusCommand&) {
        if (open4.empty())
            return Answer(NoneAnswer{});
        return isOff ? Answer(StatusAnswer{std::nullopt, -3, "no answer"}) : Answer(StatusAnswer{address, 0, {}});
    }
    Result<Answer> run(const MappingCommand& c) {
        if (open4.empty())
            return Answer(NoneAnswer{});
        if (c.verb == MappingVerb::Unmap) {
            table[{c.isTcp, c.external}] = false;
            return Answer(DoneAnswer{});
        }
        bool& entry = table[{c.isTcp, c.external}];
        const bool isTaken = std::ranges::find(taken, c.external) != taken.end();
        if (c.verb == MappingVerb::Map && (refusal != 0 || isTaken))
            return Answer(MappingAnswer{
                {false, false, another[c.isTcp] || isTaken, c.external, {}, refusal != 0 ? refusal : 718, "no"}});
        if (c.verb == MappingVerb::Map)
            entry = true;
        const bool isAnothers = another[c.isTcp] || isTaken;
        const bool isOurs = entry && !isAnothers;
        return Answer(MappingAnswer{{isOurs, isOurs, isAnothers, c.external, isOurs ? lease : Duration{}, 0, {}}});
    }
    Result<Answer> run(const FirewallCommand&) { return open6.empty() ? Answer(NoneAnswer{}) : Answer(firewall); }
    Result<Answer> run(const OpenCommand&) {
        if (pinholeError != 0)
            return Answer(PinholeAnswer{false, std::nullopt, {}, pinholeError, "no"});
        pinhole = 5;
        return Answer(PinholeAnswer{true, pinhole, kHour, 0, {}});
    }
    Result<Answer> run(const PinholeCommand& c) {
        if (open6.empty())
            return Answer(NoneAnswer{});
        const int error = pinhole == c.id ? 0 : 704;
        if (c.closes)
            pinhole.reset();
        return Answer(DoneAnswer{error, {}});
    }
};

struct UpnpKeeperTest : testing::Test {
    FakeHelper helper;
    std::vector<UpnpState> told;
    test::SeededRandom random{1};
    UpnpKeeper keeper{[this](const Command& command, Duration) { return helper.ask(command); },
                      [this](const UpnpState& state) { told.push_back(state); }, random};
    Instant now{1000s};
    UpnpWish wish{41000, true, {}};

    Duration round(bool isAfresh = false) { return keeper.round(now, wish, isAfresh); }
    Duration roundAfter(Duration pause) {
        now += pause;
        helper.log.clear();
        return round();
    }
    bool said(const std::string& line) const { return std::ranges::find(helper.log, line) != helper.log.end(); }
    void giveFirewall() {
        helper.found6 = {kHome6};
        helper.devices[kHome6] = {false, {*Ipv6Address::fromText("2001:db8::1"), 0}, std::nullopt, 0, {}};
        wish.pinholes = {kOwn6};
    }
};

TEST_F(UpnpKeeperTest, mapsBothProtocolsAndSaysSo) {
    EXPECT_EQ(round(), 6s);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].answer, ProtocolAnswer::Asking);
    EXPECT_EQ(told[1].answer, ProtocolAnswer::Speaks);
    EXPECT_EQ(told[1].gateway, SocketAddress(Ipv4Address::of(192, 168, 1, 1), 0));
    EXPECT_TRUE(told[1].udp.isConfirmed && told[1].tcp.isConfirmed);
    EXPECT_EQ(told[1].udp.lifetime, kHour);
}

TEST_F(UpnpKeeperTest, onlyLooksWhereNothingIsToBeMapped) {
    wish.map = false;
    helper.table[{false, 41000}] = true;
    EXPECT_EQ(round(), 60s);
    EXPECT_FALSE(said("map udp 41000 41000"));
    EXPECT_TRUE(keeper.state().udp.isMapped) << "what is there is read";
    EXPECT_FALSE(keeper.state().tcp.isMapped);
}

TEST_F(UpnpKeeperTest, checksEveryEightSecondsAndIsSilentAboutIt) {
    round();
    told.clear();
    helper.lease = kHour - 6s;
    EXPECT_EQ(roundAfter(6s), 6s);
    EXPECT_EQ(helper.log, (std::vector<std::string>{"status", "read udp 41000 41000", "read tcp 41000 41000"}));
    EXPECT_TRUE(told.empty()) << "a lease that becomes shorter is no news";
}

TEST_F(UpnpKeeperTest, renewsAtHalfTheLease) {
    round();
    roundAfter(kHour / 2 - 1ns);
    EXPECT_FALSE(said("map udp 41000 41000"));
    roundAfter(1ns);
    EXPECT_TRUE(said("map udp 41000 41000") && said("map tcp 41000 41000"));
    helper.lease = {};
    roundAfter(kHour / 2);
    roundAfter(kHour * 1000);
    EXPECT_FALSE(said("map udp 41000 41000")) << "one for ever needs no renewal";
}

// The router of before may be the one of now, and forwards to an address that is nobody's any more.
TEST_F(UpnpKeeperTest, whoHasMovedAsksAgainAndTellsAgain) {
    round();
    told.clear();
    keeper.moved();
    now += 6s;
    helper.log.clear();
    round(true);
    EXPECT_TRUE(said("map udp 41000 41000") && said("map tcp 41000 41000"));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().answer, ProtocolAnswer::Speaks);
}

TEST_F(UpnpKeeperTest, aRouterThatForgotIsReminded) {
    round();
    helper.table.clear();
    roundAfter(6s);
    EXPECT_TRUE(said("map udp 41000 41000") && said("map tcp 41000 41000"));
    EXPECT_TRUE(keeper.state().udp.isConfirmed);
}

TEST_F(UpnpKeeperTest, aNewOuterAddressIsTold) {
    round();
    helper.address = Ipv4Address::of(203, 0, 113, 99);
    roundAfter(6s);
    EXPECT_EQ(told.back().routerAddress, helper.address);
}

TEST_F(UpnpKeeperTest, aRouterThatRestartsIsLookedForOften) {
    round();
    helper.isOff = true;
    EXPECT_EQ(roundAfter(6s), 6s);
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Silent);
    EXPECT_FALSE(keeper.state().udp.isMapped);
    EXPECT_FALSE(keeper.state().routerAddress);
    helper.isOff = false;
    helper.table.clear();
    roundAfter(6s);
    EXPECT_TRUE(keeper.state().udp.isConfirmed);
    EXPECT_FALSE(said("search 4 quick")) << "where it was last time, it is asked first";
    helper.isOff = true;
    EXPECT_EQ(roundAfter(299s), 6s);
    EXPECT_EQ(roundAfter(1s), 60s) << "hope ends";
}

TEST_F(UpnpKeeperTest, silenceIsNotBrokenness) {
    helper.found.clear();
    EXPECT_EQ(round(), 60s);
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Silent);
}

TEST_F(UpnpKeeperTest, aRouterThatEndsTheHelperIsBroken) {
    helper.silent = {kHome};
    EXPECT_EQ(round(), 60s);
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Broken);
    EXPECT_EQ(keeper.state().words, "no answer in time");
}

TEST_F(UpnpKeeperTest, aDescriptionOfNoUseIsBroken) {
    helper.devices.clear();
    round();
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Broken);
}

TEST_F(UpnpKeeperTest, aRouterThatAnswersInNoWordsOfRoutersIsBroken) {
    helper.devices[kHome].error = -3;
    helper.devices[kHome].words = "HTTP error";
    round();
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Broken);
    EXPECT_EQ(keeper.state().words, "HTTP error");
    EXPECT_FALSE(said("map udp 41000 41000"));
}

TEST_F(UpnpKeeperTest, aHostileNeighbourDoesNotHideTheRouter) {
    for (const bool isFirst : {true, false}) {
        helper.found = isFirst ? std::vector{kOther, kHome} : std::vector{kHome, kOther};
        helper.devices[kHome].isConnected = false; // so that the other one is tried too
        helper.silent = {kOther};
        round(true);
        EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Speaks);
        EXPECT_TRUE(keeper.state().udp.isConfirmed);
        EXPECT_EQ(helper.open4, kHome);
    }
}

TEST_F(UpnpKeeperTest, aHostileNeighbourThatIsQuickerDoesNotEither) {
    helper.found = {kOther};
    helper.slow = {kHome};
    helper.silent = {kOther};
    round();
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Speaks);
    EXPECT_TRUE(keeper.state().udp.isConfirmed);
    EXPECT_EQ(std::ranges::count(helper.log, "use 4 " + kOther), 1) << "what was tried is not tried again";
}

TEST_F(UpnpKeeperTest, theConnectedRouterWithAPublicAddressIsChosen) {
    const auto publicOne = FakeHelper::device(Ipv4Address::of(203, 0, 113, 7));
    const auto privateOne = FakeHelper::device(Ipv4Address::of(10, 0, 0, 7));
    const auto offline = FakeHelper::device(std::nullopt, false);
    helper.found = {"http://10.0.0.1/a", "http://10.0.0.1/b", "http://10.0.0.1/c"};
    helper.devices = {{helper.found[0], offline}, {helper.found[1], privateOne}, {helper.found[2], publicOne}};
    round();
    EXPECT_EQ(helper.open4, helper.found[2]);
    helper.devices[helper.found[2]] = offline;
    now += 6s;
    round(true);
    EXPECT_EQ(helper.open4, helper.found[1]);
    EXPECT_EQ(keeper.state().routerAddress, Ipv4Address::of(10, 0, 0, 7));
}

TEST_F(UpnpKeeperTest, aRefusalIsAskedAboutAgainAfterAMinute) {
    helper.refusal = 606;
    EXPECT_EQ(round(), 60s);
    EXPECT_EQ(keeper.state().udp.error, 606);
    EXPECT_EQ(keeper.state().udp.words, "no");
    roundAfter(59s);
    EXPECT_EQ(keeper.state().udp.error, 606) << "a look does not undo it";
    EXPECT_FALSE(said("map udp 41000 41000"));
    helper.refusal = 0;
    roundAfter(1s);
    EXPECT_TRUE(keeper.state().udp.isConfirmed);
}

TEST_F(UpnpKeeperTest, whatBecameAnothersIsNotTakenBack) {
    round();
    helper.another[false] = true;
    roundAfter(6s);
    EXPECT_TRUE(keeper.state().udp.isForAnother);
    helper.log.clear();
    keeper.takeBack();
    EXPECT_EQ(helper.log, std::vector<std::string>{"unmap tcp 41000 41000"});
}

TEST_F(UpnpKeeperTest, aTakenPortIsReplacedByAnotherThatStays) {
    helper.taken = {41000};
    EXPECT_EQ(round(), 6s);
    const std::uint16_t external = keeper.state().udp.external;
    EXPECT_GE(external, 49152);
    EXPECT_TRUE(keeper.state().udp.isConfirmed && keeper.state().tcp.isConfirmed);
    EXPECT_EQ(keeper.state().tcp.external, external) << "a contact needs one number";
    EXPECT_FALSE(said("map tcp 41000 41000"));
    helper.taken.clear();
    const std::string ports = "41000 " + std::to_string(external);
    told.clear();
    roundAfter(6s);
    EXPECT_TRUE(said("read udp " + ports) && said("read tcp " + ports));
    roundAfter(kHour / 2);
    EXPECT_TRUE(said("map udp " + ports) && said("map tcp " + ports));
    helper.table.clear();
    roundAfter(6s);
    EXPECT_TRUE(said("map udp " + ports)) << "forgotten by the router";
    EXPECT_TRUE(told.empty());
    helper.log.clear();
    keeper.takeBack();
    EXPECT_EQ(helper.log, (std::vector<std::string>{"unmap udp " + ports, "unmap tcp " + ports}));
}

TEST_F(UpnpKeeperTest, whoMovesBetweenTwoAddressesUsesTwoPorts) {
    const auto move = [&](std::vector<std::uint16_t> taken) {
        helper.taken = std::move(taken);
        keeper.moved();
        now += 6s;
        round(true);
        return keeper.state().udp.external;
    };
    round();
    const std::uint16_t other = move({41000});
    EXPECT_NE(other, 41000);
    EXPECT_EQ(move({other}), 41000) << "our own number first";
    EXPECT_EQ(move({41000}), other);
}

TEST_F(UpnpKeeperTest, triesAFewPortsAndSaysWhatStoodInTheWayOfTheFirst) {
    helper.refusal = 718;
    EXPECT_EQ(round(), 60s);
    EXPECT_EQ(std::ranges::count_if(helper.log, [](const auto& line) { return line.starts_with("map udp"); }),
              1 + UpnpKeeper::kOtherPortsTried);
    EXPECT_EQ(keeper.state().udp.error, 718);
    EXPECT_EQ(keeper.state().udp.external, 41000);
    roundAfter(59s);
    EXPECT_FALSE(said("map udp 41000 41000"));
}

// Each such question may leave an entry in the router's table.
TEST_F(UpnpKeeperTest, aRouterThatSaysYesAndShowsAnothersIsNotAskedOn) {
    helper.another[false] = true;
    round();
    EXPECT_TRUE(keeper.state().udp.isForAnother);
    EXPECT_EQ(std::ranges::count_if(helper.log, [](const auto& line) { return line.starts_with("map udp"); }), 1);
}

TEST_F(UpnpKeeperTest, aPortThatBecameAnothersIsReplacedAtOnce) {
    round();
    helper.taken = {41000};
    roundAfter(6s);
    EXPECT_FALSE(said("map udp 41000 41000")) << "a router may let us take it away from the other";
    EXPECT_NE(keeper.state().udp.external, 41000);
    EXPECT_TRUE(keeper.state().udp.isConfirmed && keeper.state().tcp.isConfirmed);
}

TEST_F(UpnpKeeperTest, anOtherPortIsGivenBackWhenAnotherProtocolMaps) {
    helper.taken = {41000};
    round();
    const std::string ports = "41000 " + std::to_string(keeper.state().udp.external);
    wish.map = false;
    roundAfter(6s);
    EXPECT_TRUE(said("unmap udp " + ports) && said("unmap tcp " + ports));
    EXPECT_TRUE(said("read udp 41000 41000"));
}

TEST_F(UpnpKeeperTest, anotherPortReplacesTheFirst) {
    round();
    wish.port = 41001;
    roundAfter(1s);
    EXPECT_TRUE(said("unmap udp 41000 41000") && said("unmap tcp 41000 41000"));
    EXPECT_TRUE(said("map udp 41001 41001") && said("map tcp 41001 41001"));
}

TEST_F(UpnpKeeperTest, pinholesAreOpenedRenewedAndClosed) {
    giveFirewall();
    EXPECT_EQ(round(), 6s);
    ASSERT_EQ(keeper.state().pinholes.size(), 1U);
    EXPECT_TRUE(keeper.state().pinholes[0].isOpen);
    EXPECT_EQ(keeper.state().firewallIsOn, true);
    EXPECT_TRUE(said("open 2001:db8::2 41000 -"));
    roundAfter(6s);
    EXPECT_TRUE(said("check 2001:db8::2 5"));
    helper.pinhole.reset();
    roundAfter(6s);
    EXPECT_TRUE(said("open 2001:db8::2 41000 5")) << "the router forgot it";
    roundAfter(kHour / 2);
    EXPECT_TRUE(said("open 2001:db8::2 41000 5")) << "half its life is over";
    wish.pinholes.clear();
    roundAfter(1s);
    EXPECT_TRUE(said("close 2001:db8::2 5"));
    EXPECT_TRUE(keeper.state().pinholes.empty());
}

// The helper is ended between rounds that are far apart: what was found stays found, and nothing is told twice.
TEST_F(UpnpKeeperTest, anotherHelperFindsTheSame) {
    giveFirewall();
    helper.found = {};
    helper.firewall = {false, true};
    round();
    EXPECT_EQ(keeper.state().firewallIsOn, false);
    const std::size_t before = told.size();
    for (int rounds = 0; rounds < 4; ++rounds) {
        helper.isRunning = false;
        keeper.helperEnded();
        roundAfter(60s);
        EXPECT_EQ(keeper.state().firewallIsOn, false);
        EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Speaks);
    }
    EXPECT_EQ(told.size(), before);
}

TEST_F(UpnpKeeperTest, aPinholeThatIsRefusedSaysWhy) {
    giveFirewall();
    helper.pinholeError = 606;
    round();
    EXPECT_EQ(keeper.state().pinholes[0].error, 606);
    helper.firewall = {true, false};
    roundAfter(60s);
    EXPECT_FALSE(keeper.state().pinholes[0].isOpen);
    EXPECT_EQ(keeper.state().pinholesAllowed, false);
    EXPECT_FALSE(keeper.state().pinholes[0].words.empty());
}

TEST_F(UpnpKeeperTest, pinholesNeedNoIpv4Router) {
    giveFirewall();
    helper.found.clear();
    round();
    EXPECT_EQ(keeper.state().answer, ProtocolAnswer::Speaks);
    EXPECT_TRUE(keeper.state().pinholes[0].isOpen);
    EXPECT_FALSE(keeper.state().gateway);
}

TEST_F(UpnpKeeperTest, leavingTellsNothingAndGivesAllBack) {
    giveFirewall();
    round();
    told.clear();
    helper.isLeaving = true;
    roundAfter(6s);
    EXPECT_TRUE(told.empty());
    helper.isLeaving = false;
    keeper.takeBack();
    EXPECT_EQ(helper.log,
              (std::vector<std::string>{"unmap udp 41000 41000", "unmap tcp 41000 41000", "close 2001:db8::2 5"}));
}

TEST_F(UpnpKeeperTest, aHelperThatWasReplacedStillGivesBack) {
    giveFirewall();
    round();
    helper.isRunning = false;
    keeper.takeBack();
    EXPECT_FALSE((helper.table[{false, 41000}]) || (helper.table[{true, 41000}]) || helper.pinhole);
}

TEST_F(UpnpKeeperTest, portZeroIsNeverMapped) {
    wish.port = 0;
    round();
    for (const std::string& line : helper.log)
        EXPECT_TRUE(line.starts_with("search") || line.starts_with("use")) << line;
}

} // namespace
} // namespace culvert
