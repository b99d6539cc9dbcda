#include "core/gateway/gateway_choice.h"
#include "core/gateway/gateway_epoch.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

using State = PortMappingState;
using Failure = PortMappingFailure;

// RFC 6887 §8.5
TEST(GatewayEpoch, pcpToleratesASixteenthAndTwoSeconds) {
    struct Case {
        const char* name;
        std::uint32_t previous, current;
        int elapsed; // In seconds, by our clock.
        bool isPlausible;
    };
    const Case cases[] = {
        {"in step", 1000, 1100, 100, true},
        {"one second back: reordered packets", 1000, 999, 0, true},
        {"two seconds back", 1000, 998, 0, false},
        {"restarted", 1000, 3, 100, false},
        {"restarted, and by chance near", 1000, 1003, 400, false},
        {"slow by a sixteenth", 0, 1500, 1600, true},
        {"slower", 0, 1497, 1600, false},
        {"fast by a sixteenth", 0, 1600, 1500, true},
        {"faster", 0, 1700, 1500, false},
        {"two seconds of rounding", 1000, 1002, 0, true},
        {"three", 1000, 1003, 0, false},
        {"the largest", 0xffffffff, 0, 1, false},
    };
    for (const Case& one : cases) {
        const Instant start(1h);
        EXPECT_EQ(isPcpEpochPlausible({start, one.previous}, {start + std::chrono::seconds(one.elapsed), one.current}),
                  one.isPlausible)
            << one.name;
    }
}

// RFC 6886 §3.6
TEST(GatewayEpoch, natPmpOnlyMindsATimeThatRanBackwards) {
    const Instant start(1h);
    EXPECT_TRUE(isNatPmpEpochPlausible({start, 1000}, {start + 80s, 1068}));
    EXPECT_FALSE(isNatPmpEpochPlausible({start, 1000}, {start + 80s, 1067}));
    EXPECT_TRUE(isNatPmpEpochPlausible({start, 1000}, {start + 80s, 99'999}));
    EXPECT_FALSE(isNatPmpEpochPlausible({start, 1000}, {start, 0}));
}

PortMappingStatus status(State state, Failure failure = Failure::None) {
    PortMappingStatus out;
    out.state = state;
    out.failure = failure;
    return out;
}

TEST(GatewayChoice, theBetterAnswerWinsAndOfEqualsTheFirst) {
    const PortMappingStatus order[] = {
        status(State::Confirmed),
        status(State::Claimed),
        status(State::Trying),
        status(State::Failed, Failure::PrivateExternal),
        status(State::Failed, Failure::AnotherHost),
        status(State::Failed, Failure::Refused),
        status(State::Failed, Failure::NoRouter),
    };
    for (std::size_t better = 0; better < std::size(order); ++better)
        for (std::size_t worse = better + 1; worse < std::size(order); ++worse) {
            const PortMappingStatus both[] = {order[worse], order[better]};
            EXPECT_EQ(chooseMapping(both).state, order[better].state) << better << ' ' << worse;
            EXPECT_EQ(chooseMapping(both).failure, order[better].failure) << better << ' ' << worse;
        }
    PortMappingStatus equals[] = {status(State::Claimed), status(State::Claimed)};
    equals[0].detail = "first";
    EXPECT_EQ(chooseMapping(equals).detail, "first");
    EXPECT_EQ(chooseMapping({}).failure, Failure::NoRouter);
}

TEST(GatewayChoice, upnpConfirmsOnlyTheSamePortInTheSameRouter) {
    const SocketAddress router(Ipv4Address::of(192, 168, 1, 1), 0);
    PortMappingStatus claimed = status(State::Claimed);
    claimed.gateway = router;
    claimed.external = SocketAddress(Ipv4Address::of(45, 1, 1, 1), 5);
    UpnpState upnp;
    upnp.answer = ProtocolAnswer::Speaks;
    upnp.gateway = router;
    upnp.udp.isConfirmed = true;
    upnp.udp.external = 6;
    EXPECT_FALSE(isConfirmedByUpnp(claimed, upnp, upnp.udp));
    upnp.udp.external = 5;
    EXPECT_TRUE(isConfirmedByUpnp(claimed, upnp, upnp.udp));
    EXPECT_FALSE(isConfirmedByUpnp(status(State::Trying), upnp, upnp.udp));
    upnp.gateway = SocketAddress(Ipv4Address::of(192, 168, 1, 2), 0);
    EXPECT_FALSE(isConfirmedByUpnp(claimed, upnp, upnp.udp));
    upnp.gateway = router;
    upnp.udp.isForAnother = true;
    EXPECT_FALSE(isConfirmedByUpnp(claimed, upnp, upnp.udp));
}

TEST(GatewayChoice, errorsOfUpnpHaveNumbersUnlessTheyAreOurs) {
    EXPECT_EQ(upnpErrorText(725, "OnlyPermanentLeasesSupported"), "UPnP error 725 (OnlyPermanentLeasesSupported).");
    EXPECT_EQ(upnpErrorText(501, ""), "UPnP error 501.");
    EXPECT_EQ(upnpErrorText(-3, ""), "The router did not answer UPnP properly.");
    EXPECT_EQ(upnpErrorText(-3, "It was cut off."), "It was cut off.");
}

} // namespace
} // namespace culvert
