// What every fuzz target shares: its entry, a reader that never runs dry, and a check that stops the run.
#pragma once

#include "core/base/bytes.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace culvert::fuzz {

/// One input. Every target defines it; libfuzzer_main.cpp or replay_main.cpp calls it.
void run(BytesView input);

/// Unlike assert() it holds in every build.
inline void require(bool holds, const char* promise) {
    if (holds)
        return;
    std::fprintf(stderr, "broken promise: %s\n", promise);
    std::abort();
}

/// Reads a script of octets. Past the end it gives zeros and empty chunks.
class Input {
public:
    explicit Input(BytesView bytes) : m_rest(bytes) {}

    bool empty() const { return m_rest.empty(); }
    std::uint8_t u8() {
        const BytesView octet = take(1);
        return octet.empty() ? std::uint8_t{0} : octet[0];
    }
    std::uint16_t u16() {
        const int high = u8();
        return static_cast<std::uint16_t>(high << 8 | u8());
    }
    /// Length (2), then octets; fewer when the input ends.
    BytesView chunk() { return take(u16()); }
    BytesView take(std::size_t count) {
        const BytesView head = m_rest.first(std::min(count, m_rest.size()));
        m_rest = m_rest.subspan(head.size());
        return head;
    }
    BytesView rest() { return take(m_rest.size()); }

private:
    BytesView m_rest;
};

} // namespace culvert::fuzz
