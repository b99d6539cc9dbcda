#include "core/engine/pair_facts.h"

#include "core/engine/own_hint.h"
#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert {

namespace {

// One that is silent may be off; two at once are not.
constexpr std::size_t kSilentMin = 2;

Ipv6Reach ipv6Of(const NetworkStatus& status) {
    if (status.local.native6.empty())
        return Ipv6Reach::None;
    const bool hasPinhole = std::ranges::any_of(status.gateway.pinholes,
                                                [](const PinholeStatus& pinhole) { return isGranted(pinhole.state); });
    if (hasPinhole || (status.inbound6.isOpen == true && status.inbound6.fromNewAddress))
        return Ipv6Reach::Open;
    return status.inbound6.isOpen == false ? Ipv6Reach::Firewalled : Ipv6Reach::Present;
}

Ipv4Reach ipv4Of(const NetworkStatus& status) {
    const auto& own = status.local.v4;
    if (std::ranges::none_of(own, [](const Ipv4Address& address) { return !address.isLoopback(); }))
        return Ipv4Reach::None;
    if (isGranted(status.gateway.udp.state) && status.gateway.udp.external)
        return Ipv4Reach::Mapped;
    if (status.gateway.udp.state == PortMappingState::Trying)
        return Ipv4Reach::Unknown;
    if (std::ranges::any_of(own, [](const Ipv4Address& address) { return address.isGlobal(true); }))
        return Ipv4Reach::Public;
    return isBehindCarrier(status) || status.nat.isNested == true ? Ipv4Reach::CarrierNat : Ipv4Reach::Nat;
}

TeredoReach teredoOf(const NetworkStatus& status) {
    switch (status.teredo.state) {
    case TeredoState::Qualified:
        return status.teredo.kind == TeredoKind::Cone ? TeredoReach::Cone : TeredoReach::Qualified;
    case TeredoState::Probing:
        return TeredoReach::Unknown;
    case TeredoState::Off:
    case TeredoState::Offline:
        break;
    }
    return TeredoReach::None;
}

// A mapping that is known to vary is no easy one, whatever else it is.
std::optional<NatMapping> mappingOf(const NatBehaviour& nat) {
    return nat.mapping || nat.varies != std::optional(true) ? nat.mapping : NatMapping::AddressDependent;
}

Answer answerOf(const std::optional<bool>& known) {
    return known ? (*known ? Answer::Yes : Answer::No) : Answer::Unknown;
}

/// What a list of endpoints shows.
struct Told {
    bool native6 = false, doorbell = false, mapped4 = false, any4 = false, teredo = false, isCone = false;
};

Told toldBy(const std::vector<wire::EndpointRecord>& endpoints) {
    Told out;
    for (const wire::EndpointRecord& endpoint : endpoints) {
        const auto teredo = endpoint.address.isV6() ? wire::decodeTeredoAddress(endpoint.address.v6()) : std::nullopt;
        out.native6 = out.native6 || (endpoint.kind == wire::EndpointKind::Native6 && !teredo);
        out.mapped4 = out.mapped4 || endpoint.kind == wire::EndpointKind::Mapped4;
        out.any4 = out.any4 || endpoint.address.isV4() || teredo;
        out.doorbell = out.doorbell || endpoint.hasDoorbell;
        if (!teredo)
            continue;
        out.teredo = true;
        out.isCone = out.isCone || teredo->cone;
        // Its server forwards rings to it; a self-served address names none.
        out.doorbell = out.doorbell || teredo->server != teredo->client;
    }
    return out;
}

Ipv6Reach ipv6Of(const Told& told, const wire::NatHint& hint) {
    if (!told.native6)
        return Ipv6Reach::None;
    if (hint.ipv6 == wire::HintIpv6::Open)
        return Ipv6Reach::Open;
    return hint.ipv6 == wire::HintIpv6::Firewalled ? Ipv6Reach::Firewalled : Ipv6Reach::Present;
}

Ipv4Reach ipv4Of(const Told& told, const wire::NatHint& hint) {
    if (told.mapped4)
        return Ipv4Reach::Mapped;
    if (!told.any4)
        return Ipv4Reach::None;
    const bool isBehindAnother =
        hint.nesting == wire::HintNesting::Carrier || hint.nesting == wire::HintNesting::Nested;
    return isBehindAnother ? Ipv4Reach::CarrierNat : Ipv4Reach::Nat;
}

} // namespace

bool isUdpSilent(const NetworkStatus& status) {
    // Somebody who can be asked over TCP gives no answer over UDP.
    if (status.tcp.isUdpBlocked == true)
        return true;
    if (status.testsAreRunning || !status.observed.empty())
        return false;
    std::size_t silent = 0;
    for (const ThirdPartyStatus& party : status.thirdParties) {
        if (party.registered)
            return false;
        ++silent;
    }
    for (const TeredoServerStatus& server : status.teredo.servers) {
        if (server.health == TeredoServerHealth::NotUsed || server.health == TeredoServerHealth::Unresolved ||
            server.health == TeredoServerHealth::NotAsked)
            continue;
        if (server.health != TeredoServerHealth::NoAnswer && server.health != TeredoServerHealth::Asking)
            return false;
        ++silent;
    }
    return silent >= kSilentMin;
}

EndFacts ownFacts(const NetworkStatus& status, bool isUdpSilent) {
    EndFacts out;
    out.ipv6 = ipv6Of(status);
    out.ipv4 = ipv4Of(status);
    out.mapping = mappingOf(status.nat);
    out.filtering = status.nat.filtering;
    out.preservesPort = answerOf(status.nat.preservesPort);
    // Only what we know of is foretold.
    out.isSequential = status.nat.portStep ? Answer::Yes : out.mapping ? Answer::No : Answer::Unknown;
    out.udpPasses = isUdpSilent ? Answer::No : Answer::Yes;
    out.takesTcp = status.tcp.isListening ? Answer::Yes : Answer::No;
    out.teredo = teredoOf(status);
    out.hasDoorbell = status.doorbell.hearsErrors || status.doorbell.byServer ? Answer::Yes : Answer::No;
    out.knowsOther = Answer::Yes;
    return out;
}

EndFacts peerFacts(const std::vector<wire::EndpointRecord>& endpoints, const std::optional<wire::NatHint>& hint,
                   const EndFacts& ours) {
    EndFacts out;
    if (endpoints.empty())
        return out;
    const Told told = toldBy(endpoints);
    const wire::NatHint said = hint.value_or(wire::NatHint{});
    out.ipv6 = ipv6Of(told, said);
    out.ipv4 = ipv4Of(told, said);
    out.mapping = said.mapping;
    out.filtering = said.filtering;
    // Whoever knows how it maps has seen its ports.
    out.preservesPort = said.keepsPorts ? Answer::Yes : said.mapping ? Answer::No : Answer::Unknown;
    out.isSequential = said.isSequential ? Answer::Yes : said.mapping ? Answer::No : Answer::Unknown;
    out.udpPasses = said.isUdpBlocked ? Answer::No : Answer::Yes;
    out.takesTcp = said.takesTcp ? Answer::Yes : Answer::Unknown;
    out.hasDoorbell = told.doorbell ? Answer::Yes : Answer::No;
    if (told.teredo)
        out.teredo = told.isCone ? TeredoReach::Cone : TeredoReach::Qualified;
    else // One that they got since then is of use only to who is a Teredo client as well.
        out.teredo =
            told.native6 || !told.any4 || ours.teredo == TeredoReach::None ? TeredoReach::None : TeredoReach::Unknown;
    return out;
}

} // namespace culvert
