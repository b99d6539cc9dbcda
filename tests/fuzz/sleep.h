// Time that passes for a state machine, deadline by deadline.
#pragma once

#include "core/base/instant.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

/// Lets time pass until `end`, serving every deadline on the way; `drain` is called after each. Breaks a promise when
/// the machine asks for more wakes than a sleep can need: that is a busy loop.
template<typename Machine, typename Drain> void sleepUntil(Instant& now, Instant end, Machine& machine, Drain drain) {
    constexpr int wakesMax = 20'000;
    for (int wakes = 0;; ++wakes) {
        require(wakes < wakesMax, "it sleeps between its deadlines");
        const auto deadline = machine.pollTimeout();
        if (!deadline || deadline->at > end)
            break;
        now = std::max(now, deadline->at);
        machine.handleTimeout(now);
        const auto next = machine.pollTimeout();
        require(!next || next->at > now, "a deadline that was served is over");
        drain();
    }
    now = end;
}

} // namespace culvert::fuzz
