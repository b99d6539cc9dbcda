// NatProber, second part: how long a mapping lives (RFC 4787 §4.3).
#include "core/nat/nat_prober.h"

namespace culvert {

namespace {

// RFC 4787 REQ-5 asks for 2 minutes at least; many give 30 s. The second step comes first: it is a usual keepalive.
constexpr std::array<Duration, 5> kSilences = {12s, 28s, 58s, 118s, 178s};
constexpr std::size_t kFirstStep = 1;
// A step without a result (the witness did not answer) is taken again after this time.
constexpr Duration kAgain = 5min;

} // namespace

// One step: a fresh socket is seen by the witness, stays silent, and is rung from where it has sent.
void NatProber::driveLifetime(Instant now) {
    const bool isKnown = m_lifetimeStep >= kSilences.size();
    if (isKnown || m_findings.nat.isTranslated != std::optional(true) || m_witnesses.empty() ||
        !m_witnesses.front().v4) {
        m_lifetimeNext = Instant::max();
        return;
    }
    if (m_lifetimeNext == Instant::max() || m_lifetimeNext > now)
        return;
    const NatWitness& witness = m_witnesses.front();
    const auto ring = m_rings.find(RingTest::Lifetime);
    if (m_lifetimeSocket == 0) {
        if (m_lifetimeStep == 0 && !m_findings.nat.lifetimeBelow)
            m_lifetimeStep = kFirstStep;
        m_lifetimeSocket = openSocket();
        observe(now, View::Lifetime, m_lifetimeSocket, witness, *witness.v4);
        driveObservations(now);
        // Tries of the question end well before the shortest silence does.
        m_lifetimeNext = now + kSilences[m_lifetimeStep];
    } else if (ring == m_rings.end() || ring->second.socket != m_lifetimeSocket) {
        const auto target = seenBy(View::Lifetime);
        if (!target)
            return endLifetimeStep(now, std::nullopt);
        watchRing(now, RingTest::Lifetime, m_lifetimeSocket, witness, *witness.v4, *target, wire::RingFrom::SamePort);
        driveRings(now);
        m_lifetimeNext = now + kTryEvery * kTriesMax + kRingWait * 3;
    } else if (ring->second.isOver) {
        endLifetimeStep(now, ring->second.came);
    } else {
        m_lifetimeNext = now + kTryEvery;
    }
}

void NatProber::endLifetimeStep(Instant now, std::optional<bool> survived) {
    closeSocket(m_lifetimeSocket);
    m_rings.erase(RingTest::Lifetime);
    m_lifetimeNext = now + 1s;
    if (!survived) {
        m_lifetimeNext = now + kAgain;
        return;
    }
    NatBehaviour& nat = m_findings.nat;
    if (*survived) {
        nat.lifetimeAtLeast = kSilences[m_lifetimeStep];
        m_lifetimeStep = nat.lifetimeBelow ? kSilences.size() : m_lifetimeStep + 1;
        return;
    }
    nat.lifetimeBelow = kSilences[m_lifetimeStep];
    // Shorter than the first step: one more try below it. A step past the last one: it is known.
    m_lifetimeStep = m_lifetimeStep == kFirstStep ? 0 : kSilences.size();
}

} // namespace culvert
