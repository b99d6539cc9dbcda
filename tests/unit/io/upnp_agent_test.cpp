// The agent and its process against helpers that hang, flood, lie, end, and one that works.
#include "core/io/upnp_agent.h"

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

namespace culvert {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(20);       // for what must happen
constexpr auto kLeaving = std::chrono::milliseconds(1500); // 1 s, and room for a busy machine

UpnpHelperProgram fake(const std::string& mode, const std::string& log = {}) {
    UpnpHelperProgram out{"python3", {CULVERT_FAKE_HELPER, mode}};
    if (!log.empty())
        out.arguments.push_back(log);
    return out;
}

UpnpProcess::Deadline within(Duration duration) {
    return [until = Clock::now() + duration] { return until; };
}

ErrorCode errorOf(const std::string& mode, Duration patience) {
    UpnpProcess process(fake(mode));
    const auto answer = process.ask(upnp::StatusCommand{}, within(patience));
    EXPECT_FALSE(answer) << mode;
    return answer ? ErrorCode::NotFound : answer.error().code;
}

TEST(UpnpProcess, aHelperThatHangsCostsItsTime) {
    const auto begun = Clock::now();
    EXPECT_EQ(errorOf("hang", 300ms), ErrorCode::LimitReached);
    EXPECT_GE(Clock::now() - begun, 300ms);
    EXPECT_LT(Clock::now() - begun, 300ms + kLeaving);
}

TEST(UpnpProcess, anAnswerWithoutEndIsCutOff) {
    const auto begun = Clock::now();
    EXPECT_EQ(errorOf("flood", kPatience), ErrorCode::LimitReached);
    EXPECT_LT(Clock::now() - begun, kPatience) << "its length ended it, not its time";
}

TEST(UpnpProcess, garbageIsNoAnswer) {
    EXPECT_EQ(errorOf("garbage", kPatience), ErrorCode::Malformed);
}

TEST(UpnpProcess, anEndIsNoticedAtOnce) {
    const auto begun = Clock::now();
    EXPECT_EQ(errorOf("exit", kPatience), ErrorCode::IoFailure);
    EXPECT_LT(Clock::now() - begun, kPatience);
}

TEST(UpnpProcess, whatCannotBeStartedIsSaid) {
    UpnpProcess nothing({"", {}}), missing({"/nonexistent/culvertd", {}});
    EXPECT_FALSE(nothing.ask(upnp::StatusCommand{}, within(kPatience)));
    EXPECT_FALSE(missing.ask(upnp::StatusCommand{}, within(kPatience)));
}

TEST(UpnpProcess, oneHelperAnswersManyAndIsReplacedWhenItEnded) {
    UpnpProcess process(fake("good"));
    for (int round = 0; round < 50; round++)
        ASSERT_TRUE(process.ask(upnp::StatusCommand{}, within(kPatience)));
    process.kill();
    EXPECT_TRUE(process.ask(upnp::StatusCommand{}, within(kPatience)));
}

/// What an agent told.
class Heard {
public:
    UpnpAgent::Listener listener() {
        return [this](const UpnpState& state) {
            const std::lock_guard lock(m_mutex);
            m_states.push_back(state);
            m_changed.notify_all();
        };
    }
    template<typename Fits> bool waitFor(Fits fits) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, kPatience, [&] { return !m_states.empty() && fits(m_states.back()); });
    }
    std::vector<UpnpState> states() {
        const std::lock_guard lock(m_mutex);
        return m_states;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<UpnpState> m_states;
};

bool isBroken(const UpnpState& state) {
    return state.answer == ProtocolAnswer::Broken;
}

UpnpWish mappingWish() {
    return {41000, true, {*Ipv6Address::fromText("2001:db8::2")}};
}

struct UpnpAgentTest : testing::Test {
    std::filesystem::path log =
        std::filesystem::temp_directory_path() /
        ("culvert-upnp-" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    Heard heard;

    void SetUp() override {
#ifdef __SANITIZE_THREAD__
        GTEST_SKIP() << "QProcess starts its child by clone(), after which the sanitizer sees no join and no lock";
#endif
        std::filesystem::remove(log);
    }
    void TearDown() override {
        std::filesystem::remove(log);
    }
    std::string commands() const {
        std::ifstream file(log);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(UpnpAgentTest, aWishIsMadeTrueAndTakenBack) {
    UpnpAgent agent(heard.listener(), fake("good", log.string()));
    agent.setWish(mappingWish());
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return !state.pinholes.empty(); }));
    const UpnpState state = heard.states().back();
    EXPECT_EQ(state.answer, ProtocolAnswer::Speaks);
    EXPECT_EQ(state.routerAddress, Ipv4Address::of(203, 0, 113, 7));
    EXPECT_TRUE(state.udp.isConfirmed && state.tcp.isConfirmed);
    EXPECT_TRUE(state.pinholes[0].isOpen);
    agent.takeBack();
    const std::string said = commands();
    for (const char* const line : {"unmap udp 41000 41000\n", "unmap tcp 41000 41000\n", "close 2001:db8::2 5\n"})
        EXPECT_NE(said.find(line), std::string::npos) << line;
}

TEST_F(UpnpAgentTest, whereItsPortIsTakenAnotherIsFoundAndGivenBack) {
    UpnpAgent agent(heard.listener(), fake("taken", log.string()));
    agent.setWish(mappingWish());
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return state.udp.isConfirmed && state.tcp.isConfirmed; }));
    const std::uint16_t external = heard.states().back().udp.external;
    EXPECT_GE(external, 49152);
    EXPECT_EQ(heard.states().back().tcp.external, external);
    agent.takeBack();
    for (const std::string protocol : {"udp", "tcp"}) {
        const std::string line = "unmap " + protocol + " 41000 " + std::to_string(external) + '\n';
        EXPECT_NE(commands().find(line), std::string::npos) << line;
    }
}

// Where there is no router to speak to it would take its memory for nothing.
TEST_F(UpnpAgentTest, aHelperWithNothingToDoIsEnded) {
    UpnpAgent agent(heard.listener(), fake("alone", log.string()));
    agent.setWish(mappingWish());
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return state.answer == ProtocolAnswer::Silent; }));
    const int helper = std::stoi(commands());
    const auto patience = std::chrono::steady_clock::now() + kPatience;
    while (::kill(helper, 0) == 0 && std::chrono::steady_clock::now() < patience)
        std::this_thread::yield();
    EXPECT_NE(::kill(helper, 0), 0);
}

TEST_F(UpnpAgentTest, onlyNewsAreTold) {
    UpnpAgent agent(heard.listener(), fake("good", log.string()));
    agent.setWish(mappingWish());
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return !state.pinholes.empty(); }));
    UpnpWish other = mappingWish();
    other.pinholes.clear();
    agent.refresh();
    agent.setWish(other);
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return state.pinholes.empty(); }));
    const auto states = heard.states();
    for (std::size_t at = 1; at < states.size(); at++)
        EXPECT_NE(states[at - 1], states[at]);
    EXPECT_EQ(states.front().answer, ProtocolAnswer::Asking);
}

TEST_F(UpnpAgentTest, aBrokenHelperIsToldAsBroken) {
    for (const char* const mode : {"exit", "garbage", "flood"}) {
        Heard each;
        UpnpAgent agent(each.listener(), fake(mode));
        agent.setWish(mappingWish());
        EXPECT_TRUE(each.waitFor(isBroken)) << mode;
    }
    UpnpAgent none(heard.listener(), UpnpHelperProgram{});
    none.setWish(mappingWish());
    EXPECT_TRUE(heard.waitFor(isBroken)) << "no program";
}

TEST_F(UpnpAgentTest, leavingNeverWaitsForAHelperThatHangs) {
    for (const bool takesBack : {false, true}) {
        std::optional<UpnpAgent> agent(std::in_place, heard.listener(), fake("hang", log.string()));
        std::filesystem::remove(log);
        agent->setWish(mappingWish());
        const auto until = Clock::now() + kPatience;
        while (commands().empty() && Clock::now() < until)
            std::this_thread::yield();
        ASSERT_FALSE(commands().empty());
        const auto begun = Clock::now();
        if (takesBack)
            agent->takeBack();
        agent.reset();
        EXPECT_LT(Clock::now() - begun, kLeaving) << takesBack;
    }
}

TEST_F(UpnpAgentTest, aRouterThatDoesNotTakeBackIsLeft) {
    std::optional<UpnpAgent> agent(std::in_place, heard.listener(), fake("deaf", log.string()));
    agent->setWish(mappingWish());
    ASSERT_TRUE(heard.waitFor([](const UpnpState& state) { return !state.pinholes.empty(); }));
    const std::size_t told = heard.states().size();
    const auto begun = Clock::now();
    agent->takeBack();
    agent.reset();
    EXPECT_LT(Clock::now() - begun, kLeaving);
    EXPECT_EQ(heard.states().size(), told) << "nothing is told after it";
    EXPECT_NE(commands().find("unmap udp 41000 41000\n"), std::string::npos);
}

TEST_F(UpnpAgentTest, nothingIsAskedBeforeAWish) {
    {
        UpnpAgent agent(heard.listener(), fake("good", log.string()));
        agent.refresh();
        agent.takeBack();
    }
    EXPECT_TRUE(heard.states().empty());
    EXPECT_EQ(commands(), "");
}

TEST(UpnpProcess, whatWasNotAskedForIsNotHeard) {
    EXPECT_EQ(errorOf("chatty", kPatience), ErrorCode::Malformed);
}

} // namespace
} // namespace culvert
