#include "core/punch/punch_plan.h"

namespace culvert {

namespace {

// What may work within this time is given it: native IPv6, a port that was foretold.
constexpr Duration kHeadStart = 500ms;
constexpr Duration kStartMin = 10ms, kStartMax = 1s;
constexpr int kPortMin = 1024, kPortMax = 65535;

bool isHard(const wire::NatHint& hint) {
    return hint.ipv4 == wire::HintIpv4::Translated && hint.mapping &&
           *hint.mapping != NatMapping::EndpointIndependent && !hint.isUdpBlocked;
}

// Whose filter asks for the address alone need not search: one packet to the other end opens it for all ports.
// A third party with one address alone can't tell its mapping from one by address; a port that is kept is everybody's.
bool isEasy(const wire::NatHint& hint) {
    const bool looksSame = hint.mapping ? *hint.mapping == NatMapping::EndpointIndependent : hint.keepsPorts;
    return hint.ipv4 == wire::HintIpv4::Translated && looksSame &&
           hint.filtering == NatFiltering::AddressAndPortDependent && !hint.isUdpBlocked;
}

bool mayHaveIpv6(const wire::NatHint& hint) {
    return hint.ipv6 == wire::HintIpv6::Open || hint.ipv6 == wire::HintIpv6::Firewalled;
}

} // namespace

SearchRole searchRole(const wire::NatHint& own, const wire::NatHint& theirs) {
    if (!own.searchesPorts || !theirs.searchesPorts)
        return SearchRole::None;
    if (isHard(own) && isEasy(theirs))
        return SearchRole::Opener;
    return isEasy(own) && isHard(theirs) ? SearchRole::Seeker : SearchRole::None;
}

Duration searchDelay(const wire::NatHint& own, const wire::NatHint& theirs) {
    const wire::NatHint& hard = isHard(own) ? own : theirs;
    const bool hasQuicker = hard.isSequential || hard.keepsPorts || (mayHaveIpv6(own) && mayHaveIpv6(theirs));
    return hasQuicker ? kHeadStart : Duration::zero();
}

Foretelling foretellingOf(const wire::NatHint& own) {
    if (!isHard(own))
        return Foretelling::None;
    if (own.keepsPorts)
        return Foretelling::KeepPort;
    return own.isSequential ? Foretelling::NextPort : Foretelling::None;
}

std::uint8_t openerHops(const wire::NatHint& own, const wire::NatHint& theirs) {
    const bool mayMind =
        theirs.ipv4 == wire::HintIpv4::Translated && theirs.filtering == NatFiltering::AddressAndPortDependent;
    if (own.ipv4 != wire::HintIpv4::Translated || !mayMind || own.nesting == wire::HintNesting::Carrier)
        return 0;
    // Each router takes one off, and the next one gives up on what arrives with one.
    return own.nesting == wire::HintNesting::Nested ? 3 : 2;
}

Duration punchStart(Duration roundTrip) {
    return std::clamp<Duration>(roundTrip, kStartMin, kStartMax);
}

Duration punchWait(const wire::PunchPlan& plan, Duration roundTrip) {
    // It was half of each round trip on its way.
    const Duration travelled = plan.roundTrip / 2 + roundTrip / 2;
    return std::clamp<Duration>(plan.start - travelled, Duration::zero(), kStartMax);
}

std::vector<std::uint16_t> predictedPorts(const wire::PortPrediction& prediction) {
    std::vector<std::uint16_t> out;
    const int first = prediction.step == 0 ? 0 : 1, last = prediction.step == 0 ? 0 : kPredictedMax;
    for (int i = first; i <= last; ++i) {
        const int port = prediction.port + i * prediction.step;
        if (port >= kPortMin && port <= kPortMax)
            out.push_back(static_cast<std::uint16_t>(port));
    }
    return out;
}

} // namespace culvert
