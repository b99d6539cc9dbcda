#include "tests/sim/known_homes.h"

namespace culvert::sim {

namespace {

// The kinds that the kernel's NAT is made to be (tests/lab/nat.py).
std::optional<NatConfig> natInWord(std::string_view word) {
    using enum NatBehaviour;
    NatConfig nat;
    if (word == "full_cone")
        nat.filtering = EndpointIndependent;
    else if (word == "address_restricted")
        nat.filtering = AddressDependent;
    else if (word == "symmetric")
        nat = {.mapping = AddressAndPortDependent, .preservesPort = false};
    else if (word != "port_restricted" && word != "double")
        return std::nullopt;
    return nat;
}

// Whether `word` is known.
bool addWord(HostConfig& home, std::string_view word) {
    if (word == "upnp") {
        if (!home.nat)
            return false;
        // The kernel's rules of a mapping are for what comes in.
        home.nat->forwardsOnRequest = home.nat->forwardsOneWay = true;
    } else if (word == "no_udp") {
        home.blocksUdp = true;
    } else if (word == "ipv6_open" || word == "ipv6_firewalled") {
        home.hasV6 = true;
        home.v6Firewalled = word == "ipv6_firewalled";
    } else if (word == "public") {
        home.hasV4 = true;
    } else {
        home.hasV4 = true;
        home.nat = natInWord(word);
        if (word == "double")
            home.carrierNat = home.nat;
        return home.nat.has_value();
    }
    return true;
}

} // namespace

EndFacts factsOf(const HostConfig& home) {
    EndFacts out;
    out.ipv6 = !home.hasV6 ? Ipv6Reach::None : home.v6Firewalled ? Ipv6Reach::Firewalled : Ipv6Reach::Open;
    out.udpPasses = home.blocksUdp ? Answer::No : Answer::Yes;
    out.takesTcp = Answer::Yes;
    out.hasDoorbell = out.preservesPort = out.isSequential = Answer::No;
    out.teredo = TeredoReach::None;
    if (!home.hasV4) {
        out.ipv4 = Ipv4Reach::None;
        return out;
    }
    out.ipv4 = !home.nat                     ? Ipv4Reach::Public
               : home.carrierNat             ? Ipv4Reach::CarrierNat
               : home.nat->forwardsOnRequest ? Ipv4Reach::Mapped
                                             : Ipv4Reach::Nat;
    if (!home.nat)
        return out;
    // A forwarded port is one and open to all, on the inner router.
    const bool isForwarded = home.nat->forwardsOnRequest;
    NatBehaviour mapping = isForwarded ? NatBehaviour::EndpointIndependent : home.nat->mapping;
    NatBehaviour filtering = isForwarded ? NatBehaviour::EndpointIndependent : home.nat->filtering;
    if (home.carrierNat) {
        mapping = std::max(mapping, home.carrierNat->mapping);
        filtering = std::max(filtering, home.carrierNat->filtering);
    }
    out.mapping = static_cast<NatMapping>(mapping);
    out.filtering = static_cast<NatFiltering>(filtering);
    // Whom a port of the outer one lets in is then another matter than whom our own port does.
    if (home.carrierNat && mapping != NatBehaviour::EndpointIndependent &&
        home.nat->filtering != home.carrierNat->filtering)
        out.filtering.reset();
    const auto keeps = [](const NatConfig& nat) { return nat.preservesPort && !nat.isSequential; };
    if ((keeps(*home.nat) || isForwarded) && (!home.carrierNat || keeps(*home.carrierNat)))
        out.preservesPort = Answer::Yes;
    if (home.nat->isSequential && !home.carrierNat)
        out.isSequential = Answer::Yes;
    // Of two hard ones in a row the outer one decides, as long as the inner one gives no new port.
    if (home.carrierNat && mapping != NatBehaviour::EndpointIndependent && out.preservesPort != Answer::Yes)
        out.preservesPort = out.isSequential = Answer::Unknown;
    return out;
}

std::optional<HostConfig> homeInWords(std::string_view words) {
    HostConfig home;
    home.hasV4 = false;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find('+'), words.size());
        if (!addWord(home, words.substr(0, end)))
            return std::nullopt;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return home;
}

} // namespace culvert::sim
