// Another port, and the router no longer asked, with the whole program below the window, in a network of its own.
#include "core/io/driver.h"
#include "core/store/store.h"
#include "tests/support/own_namespace.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>

namespace culvert {
namespace {

constexpr auto kPatience = std::chrono::seconds(20);

template<typename T, typename Ask> Result<T> answerOf(Ask ask) {
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto future = promise->get_future();
    ask([promise](Result<T> result) { promise->set_value(std::move(result)); });
    if (future.wait_for(kPatience) != std::future_status::ready)
        return fail(ErrorCode::IoFailure, "no answer");
    return future.get();
}

/// A profile in a folder that goes with it.
struct Program {
    OsRandom random;
    std::filesystem::path folder;
    std::unique_ptr<Driver> driver;

    explicit Program(DriverConfig config) {
        std::string name = (std::filesystem::temp_directory_path() / "culvert-port-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        driver = std::make_unique<Driver>(std::move(config), std::make_unique<Store>(folder, random));
        driver->start();
        const auto created = answerOf<std::string>([&](auto reply) {
            driver->createProfile({"Port", KeySource::BesideStore, {}}, std::move(reply));
        });
        EXPECT_TRUE(created);
    }
    ~Program() {
        driver.reset();
        std::filesystem::remove_all(folder);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    NetworkStatus status() {
        const auto known = answerOf<NetworkStatus>([&](auto reply) { driver->networkStatus(std::move(reply)); });
        EXPECT_TRUE(known);
        return known ? *known : NetworkStatus{};
    }
    Result<std::uint16_t> changePort() {
        return answerOf<std::uint16_t>([&](auto reply) { driver->changePort(std::move(reply)); });
    }
    void set(const Settings& settings) {
        EXPECT_TRUE(answerOf<void>([&](auto reply) { driver->setSettings(settings, std::move(reply)); }));
    }
};

TEST(DriverPort, movesAndAsksTheRouterAnewOrNotAtAll) {
    const bool ran = test::inOwnNamespace([] {
        ASSERT_TRUE(test::makeCable("cable0", "cable1"));
        ASSERT_TRUE(test::ip("addr add 192.168.77.2/24 dev cable0"));
        ASSERT_TRUE(test::ip("route add default via 192.168.77.1"));
        DriverConfig config;
        config.findsOnLan = false;
        Program program(std::move(config));
        const NetworkStatus before = program.status();
        EXPECT_TRUE(before.mayChangePort);
        EXPECT_TRUE(before.mayMapPort);
        EXPECT_NE(before.gateway.udp.state, PortMappingState::Off);
        const auto moved = program.changePort();
        ASSERT_TRUE(moved);
        EXPECT_NE(*moved, before.local.port);
        const NetworkStatus after = program.status();
        EXPECT_EQ(after.local.port, *moved);
        EXPECT_NE(after.gateway.udp.state, PortMappingState::Off) << "the router is asked for the new one";
        EXPECT_EQ(after.events.back().kind, NetworkEventKind::PortChanged);

        Settings settings;
        settings.mapPort = false;
        program.set(settings);
        EXPECT_EQ(program.status().gateway.udp.state, PortMappingState::Off);
        settings.mapPort = true;
        program.set(settings);
        EXPECT_NE(program.status().gateway.udp.state, PortMappingState::Off);
    });
    if (!ran)
        GTEST_SKIP() << "no network namespace can be made here";
}

TEST(DriverPort, aPortThatWasChosenStays) {
    DriverConfig config;
    config.bind = {SocketAddress(Ipv4Address::of(127, 0, 0, 1), 0)};
    Program program(std::move(config));
    const auto port = program.status().local.port;
    EXPECT_FALSE(program.status().mayChangePort);
    EXPECT_FALSE(program.changePort());
    EXPECT_EQ(program.status().local.port, port);
}

} // namespace
} // namespace culvert
