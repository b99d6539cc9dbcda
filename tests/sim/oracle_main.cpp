// Random homes by the thousand, each from its seed, judged by the oracle (oracle_scenario.h).
//
//   sim_oracle [FIRST [COUNT]]     prints each failing seed with its story; one seed reruns exactly
//   CULVERT_SIM_SEED=N             reruns that seed alone
#include "tests/sim/oracle_scenario.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    using namespace culvert;
    const char* wanted = std::getenv("CULVERT_SIM_SEED");
    const auto number = [](const char* text) { return static_cast<std::uint64_t>(std::strtoull(text, nullptr, 10)); };
    const std::uint64_t first = wanted != nullptr ? number(wanted) : argc > 1 ? number(argv[1]) : 1;
    const std::uint64_t count = wanted != nullptr ? 1 : argc > 2 ? number(argv[2]) : argc > 1 ? 1 : 1000;
    const auto started = std::chrono::steady_clock::now();
    std::array<std::uint64_t, 3> answers{};
    std::uint64_t failed = 0, unsure = 0, packets = 0;
    double virtualSeconds = 0, slowest = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const sim::OracleResult result = sim::runOracleScenario(seed);
        ++answers[static_cast<std::size_t>(result.predicted)];
        unsure += result.wasUnsure ? 1 : 0;
        packets += result.packets;
        virtualSeconds += std::chrono::duration<double>(result.duration).count();
        if (result.predicted == Answer::Yes)
            slowest = std::max(slowest, std::chrono::duration<double>(result.connectedAfter).count());
        if (result.complaint.empty())
            continue;
        ++failed;
        std::printf("seed %llu: %s\n  replay: CULVERT_SIM_SEED=%llu sim_oracle, or sim_tests "
                    "--gtest_filter='Seeds/Oracle.*/0'\n",
                    static_cast<unsigned long long>(seed), result.complaint.c_str(),
                    static_cast<unsigned long long>(seed));
    }
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - started;
    std::printf(
        "%llu scenarios in %.1f s (%.0f virtual s, %llu packets): %llu can meet (the slowest after %.1f s), %llu "
        "cannot (%llu told so with less than certainty), %llu not certain; %llu failed\n",
        static_cast<unsigned long long>(count), taken.count(), virtualSeconds, static_cast<unsigned long long>(packets),
        static_cast<unsigned long long>(answers[2]), slowest, static_cast<unsigned long long>(answers[0]),
        static_cast<unsigned long long>(unsure), static_cast<unsigned long long>(answers[1]),
        static_cast<unsigned long long>(failed));
    return failed == 0 ? 0 : 1;
}
