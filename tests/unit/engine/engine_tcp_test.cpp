// TCP in an engine: the setting, what strangers' connections get, and what is said of UDP.
#include "core/engine/engine.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct EngineTcp : testing::Test {
    test::SeededRandom random{5};
    Now now{Instant{1s}, WallTime{1'000'000}};
    ProfileRecord profile = Engine::newProfile("Alice", random);
    std::unique_ptr<Engine> engine;

    void start(bool allowTcp = true) {
        EngineConfig config;
        config.instance = 7;
        config.allowTcp = allowTcp;
        engine = std::make_unique<Engine>(now, config, profile, ArchiveSnapshot{}, random);
        LocalNetwork network;
        network.native6 = {*Ipv6Address::fromText("2a0e:b107:1::2")};
        network.port = 4380;
        engine->handleNetwork(now, network);
    }
    std::optional<TcpLinkId> accept(std::uint8_t last) {
        return engine->acceptTcp(now, {Ipv4Address::of(198, 51, 100, last), 50000});
    }
    std::vector<TcpOrder> orders() {
        std::vector<TcpOrder> out;
        while (auto order = engine->pollTcp())
            out.push_back(std::move(*order));
        return out;
    }
};

// As it was stored when there was no such setting, nor what came after it.
Bytes upToDifference(Bytes stored, const Bytes& other) {
    stored.erase(std::ranges::mismatch(stored, other).in1, stored.end());
    return stored;
}

TEST_F(EngineTcp, theSettingIsKeptWithTheProfile) {
    const Bytes on = encode(profile);
    EXPECT_TRUE(decodeProfile(on)->settings.tcp);
    profile.settings.tcp = false;
    const Bytes off = encode(profile);
    EXPECT_FALSE(decodeProfile(off)->settings.tcp);
    EXPECT_TRUE(decodeProfile(upToDifference(off, on))->settings.tcp);
}

TEST_F(EngineTcp, whetherRoutersAreAskedIsKeptToo) {
    const Bytes on = encode(profile);
    EXPECT_TRUE(decodeProfile(on)->settings.mapPort);
    profile.settings.mapPort = false;
    const Bytes off = encode(profile);
    EXPECT_FALSE(decodeProfile(off)->settings.mapPort);
    EXPECT_TRUE(decodeProfile(upToDifference(off, on))->settings.mapPort);
}

TEST_F(EngineTcp, isOffByTheSettingAndByTheRun) {
    start();
    EXPECT_TRUE(engine->wantsTcp());
    ASSERT_TRUE(accept(1));
    Settings settings;
    settings.tcp = false;
    engine->setSettings(now, settings);
    EXPECT_FALSE(engine->wantsTcp());
    ASSERT_EQ(orders().size(), 1U) << "what there is closes";
    EXPECT_FALSE(accept(2));
    settings.tcp = true;
    engine->setSettings(now, settings);
    EXPECT_TRUE(accept(3));

    start(false);
    EXPECT_FALSE(engine->wantsTcp());
    engine->setSettings(now, settings);
    EXPECT_FALSE(accept(1));
}

TEST_F(EngineTcp, aStrangerGetsNoAnswerAndTenSeconds) {
    start();
    const auto link = accept(1);
    ASSERT_TRUE(link);
    Bytes frames;
    for (const std::uint8_t first : {1, 2, 3, 4, 0x40, 0xc0, 0xff})
        wire::appendTcpFrame(frames, Bytes(100, first));
    engine->handleTcp(now, {TcpInput::What::Received, *link, frames});
    EXPECT_TRUE(orders().empty());
    now.monotonic += TcpLinks::kProveWithin;
    engine->handleTimeout(now);
    const auto out = orders();
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].what, TcpOrder::What::Close);
    EXPECT_FALSE(engine->networkStatus(now.monotonic).tcp.answeredByTcp);
}

TEST_F(EngineTcp, saysWhatIsKnown) {
    start();
    TcpStatus status = engine->networkStatus(now.monotonic).tcp;
    EXPECT_TRUE(status.isAllowed);
    EXPECT_FALSE(status.isListening);
    EXPECT_FALSE(status.isUdpBlocked) << "nobody was asked for anything";
    engine->setTcpListens(true);
    EXPECT_TRUE(engine->networkStatus(now.monotonic).tcp.isListening);
}

} // namespace
} // namespace culvert
