#include "core/engine/own_hint.h"

#include <algorithm>

namespace culvert {

namespace {

const LocalInterface* holderOf(const LocalNetwork& local, const Ipv4Address& address) {
    for (const LocalInterface& candidate : local.interfaces)
        for (const LocalAddress& held : candidate.addresses)
            if (held.address == SocketAddress(address, 0))
                return &candidate;
    return nullptr;
}

// An unknown mapping that is known to vary depends on the address at least.
std::optional<NatMapping> mappingOf(const NatBehaviour& nat) {
    if (nat.mapping || nat.varies != std::optional(true))
        return nat.mapping;
    return NatMapping::AddressDependent;
}

wire::HintIpv4 ipv4Of(const NetworkStatus& status) {
    const auto leadsOut = [](const Ipv4Address& own) { return !own.isLoopback(); };
    if (!std::ranges::any_of(status.local.v4, leadsOut))
        return wire::HintIpv4::None;
    if (status.nat.isTranslated)
        return *status.nat.isTranslated ? wire::HintIpv4::Translated : wire::HintIpv4::Public;
    return wire::HintIpv4::Unknown;
}

wire::HintIpv6 ipv6Of(const NetworkStatus& status) {
    if (status.local.native6.empty())
        return wire::HintIpv6::None;
    if (!status.inbound6.isOpen)
        return wire::HintIpv6::Unknown;
    return *status.inbound6.isOpen ? wire::HintIpv6::Open : wire::HintIpv6::Firewalled;
}

} // namespace

bool isBehindCarrier(const NetworkStatus& status) {
    if (status.gateway.udp.routerAddress && status.gateway.udp.routerAddress->isShared())
        return true;
    // Overlay networks use RFC 6598 as well; only what a cable or an antenna gave us tells of a provider.
    return std::ranges::any_of(status.local.v4, [&](const Ipv4Address& own) {
        const LocalInterface* holder = holderOf(status.local, own);
        return own.isShared() && (holder == nullptr || holder->kind == InterfaceKind::Physical);
    });
}

bool maySearchPorts(HardPunching wanted, const NetworkStatus& status) {
    const bool isCheap = !isBehindCarrier(status) && status.isMetered != std::optional(true);
    return wanted == HardPunching::On || (wanted == HardPunching::Automatic && isCheap);
}

wire::NatHint natHintOf(const NetworkStatus& status) {
    wire::NatHint out;
    out.mapping = mappingOf(status.nat);
    out.filtering = status.nat.filtering;
    out.isSequential = status.nat.portStep.has_value();
    out.keepsPorts = status.nat.preservesPort == std::optional(true);
    out.isUdpBlocked = status.tcp.isUdpBlocked == std::optional(true);
    out.takesTcp = status.tcp.isListening;
    out.ipv4 = ipv4Of(status);
    out.ipv6 = ipv6Of(status);
    if (isBehindCarrier(status))
        out.nesting = wire::HintNesting::Carrier;
    else if (status.nat.isNested)
        out.nesting = *status.nat.isNested ? wire::HintNesting::Nested : wire::HintNesting::None;
    return out;
}

} // namespace culvert
