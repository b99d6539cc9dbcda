// SeededRandom: a Random that replays. Never for keys of real people.
#pragma once

#include "core/base/random.h"

#include <random>

namespace culvert::test {

/// The same seed gives the same octets.
class SeededRandom final : public Random {
public:
    explicit SeededRandom(std::uint64_t seed) : m_engine(seed) {}
    void fillPublic(MutableBytes out) override { fill(out); }
    void fillSecret(MutableBytes out) override { fill(out); }

private:
    void fill(MutableBytes out) {
        for (std::uint8_t& octet : out)
            octet = static_cast<std::uint8_t>(m_engine() & 255);
    }
    std::mt19937_64 m_engine;
};

/// Gives out prepared octets, for published vectors.
class ScriptedRandom final : public Random {
public:
    explicit ScriptedRandom(Bytes octets) : m_octets(std::move(octets)) {}
    void fillPublic(MutableBytes out) override { fill(out); }
    void fillSecret(MutableBytes out) override { fill(out); }

private:
    void fill(MutableBytes out) {
        for (std::uint8_t& octet : out)
            octet = m_next < m_octets.size() ? m_octets[m_next++] : std::uint8_t{0};
    }
    Bytes m_octets;
    std::size_t m_next = 0;
};

} // namespace culvert::test
