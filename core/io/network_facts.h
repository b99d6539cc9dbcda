// NetworkFacts: what the system says of its interfaces, addresses and default routes, before anything is concluded.
#pragma once

#include "core/base/local_network.h"

namespace culvert {

/// The hardware types of Linux (ARPHRD_*) that tell what an interface is. Other systems fill in the nearest one.
enum class HardwareType : std::uint16_t { Ether = 1, Ppp = 512, Loopback = 772, Sit = 776, None = 65534 };

/// An interface, as the system lists it.
struct InterfaceFact {
    std::string name;
    std::uint32_t index = 0;
    HardwareType hardware = HardwareType::Ether;
    std::string linkKind; ///< Linux: the driver's word ("veth", "wireguard"); empty for hardware and where unknown
    bool isUp = false;    ///< switched on, and with a carrier
    bool isLoopback = false;
};

/// An address of an interface.
struct AddressFact {
    std::uint32_t interfaceIndex = 0;
    SocketAddress address; ///< its port is 0
    unsigned prefixLength = 0;
    bool isTemporary = false;
    bool isDeprecated = false; ///< by its flag, or because its preferred lifetime is over
    bool isUsable = true;      ///< false while its uniqueness is being tested, or when that test failed
};

/// A default route through a router.
struct RouteFact {
    SocketAddress router; ///< its port is 0
    std::uint32_t interfaceIndex = 0;
    std::uint32_t metric = 0; ///< less is preferred
};

/// Everything together. Whoever fills it stops at these limits.
struct NetworkFacts {
    static constexpr std::size_t kInterfacesMax = 512;
    static constexpr std::size_t kAddressesMax = 1024;
    static constexpr std::size_t kRoutesMax = 64;

    std::vector<InterfaceFact> interfaces;
    std::vector<AddressFact> addresses;
    std::vector<RouteFact> routes;             ///< default routes that name a router
    std::vector<std::uint32_t> defaultOutputs; ///< interfaces with a default route, with or without a router
};

/// What an interface leads to, by its name, its driver, its addresses and whether it holds a default route.
InterfaceKind kindOf(const NetworkFacts& facts, const InterfaceFact& interface);

/// The conclusions. With specified `bound` addresses only those count, and there are no routers. Containers' bridges,
/// 6to4 and addresses that cannot be used (link-local, deprecated, not yet tested) are left out; loopback
/// counts only where there is nothing else. Pure; any thread.
LocalNetwork toLocalNetwork(const NetworkFacts& facts, std::uint16_t port, const std::vector<SocketAddress>& bound);

} // namespace culvert
