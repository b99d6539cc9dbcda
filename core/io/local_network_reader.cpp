#include "core/io/network_facts.h"

#include <algorithm>
#include <initializer_list>
#include <tuple>

namespace culvert {

namespace {

constexpr std::size_t kRoutersMax = 8;
constexpr std::size_t kTeredoMax = 2;

bool startsWithOneOf(std::string_view name, std::initializer_list<std::string_view> prefixes) {
    return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return name.starts_with(prefix); });
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

std::string lowerCase(std::string_view text) {
    std::string out(text);
    for (char& letter : out)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return out;
}

bool isTeredo(const NetworkFacts& facts, const InterfaceFact& interface, std::string_view name) {
    if (name.starts_with("teredo"))
        return true;
    if (interface.linkKind != "tun" && interface.hardware != HardwareType::None)
        return false;
    return std::ranges::any_of(facts.addresses, [&](const AddressFact& fact) {
        return fact.interfaceIndex == interface.index && fact.address.isV6() && fact.address.v6().isTeredo();
    });
}

bool isTunnel6(const InterfaceFact& interface, std::string_view name) {
    return interface.hardware == HardwareType::Sit || interface.linkKind == "sit" ||
           startsWithOneOf(name, {"sit", "6to4", "isatap", "stf"});
}

// Whatever the world is reached through is no inner network: a bridge may hold the default route, and inside a
// container or a test network the only interface is one end of a veth pair.
bool isContainer(const InterfaceFact& interface, std::string_view name, bool hasDefaultRoute) {
    if (hasDefaultRoute)
        return false;
    return interface.linkKind == "bridge" || (interface.linkKind == "veth" && name.starts_with("veth")) ||
           startsWithOneOf(name, {"docker", "br-", "virbr", "vmnet", "vboxnet", "cni", "flannel", "podman", "lxc",
                                  "vmware network adapter", "virtualbox host-only"});
}

bool isPpp(const InterfaceFact& interface, std::string_view name) {
    return interface.hardware == HardwareType::Ppp || interface.linkKind == "ppp" || name.starts_with("ppp");
}

bool isVpn(const InterfaceFact& interface, std::string_view name) {
    // A mobile modem has no link layer either.
    const bool isModem = interface.linkKind == "wwan" || startsWithOneOf(name, {"ww", "rmnet"});
    return (interface.hardware == HardwareType::None && !isModem) ||
           isOneOf(interface.linkKind, {"wireguard", "tun", "ipip", "ip6tnl", "gre", "vti", "xfrm"}) ||
           startsWithOneOf(name, {"tun", "tap", "wg", "utun", "tailscale", "zt", "nordlynx"});
}

bool isLinkLocal(const SocketAddress& address) {
    return address.isV4() ? address.v4().isLinkLocal() : address.v6().isLinkLocal();
}

bool isUnspecified(const SocketAddress& address) {
    return address.isV4() ? address.v4().isUnspecified() : address.v6().isUnspecified();
}

bool isInSubnet(const Ipv4Address& address, const Ipv4Address& subnet, unsigned prefixLength) {
    for (unsigned bit = 0; bit < std::min(prefixLength, 32U); ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> bit % 8);
        if ((address.octets[bit / 8] & mask) != (subnet.octets[bit / 8] & mask))
            return false;
    }
    return true;
}

void addV6(LocalNetwork& network, const Ipv6Address& address) {
    if (address.isNativeGlobal())
        network.native6.push_back(address);
    else if (address.isUniqueLocal())
        network.lan6.push_back(address);
}

std::vector<LocalInterface> interfacesOf(const NetworkFacts& facts) {
    std::vector<LocalInterface> out;
    for (const InterfaceFact& fact : facts.interfaces) {
        if (!fact.isUp)
            continue;
        LocalInterface interface {
            fact.name, fact.index, kindOf(facts, fact), {}
        };
        for (const AddressFact& address : facts.addresses)
            if (address.interfaceIndex == fact.index && address.isUsable && !isUnspecified(address.address))
                interface.addresses.push_back(
                    {address.address, address.prefixLength, address.isTemporary, address.isDeprecated});
        out.push_back(std::move(interface));
    }
    return out;
}

bool leadsOut(InterfaceKind kind) {
    return kind == InterfaceKind::Physical || kind == InterfaceKind::Vpn;
}

// Through a tunnel of the system's own (6in4) others reach what a broker gave us, and no 6to4 address.
bool counts(InterfaceKind kind, const LocalAddress& own) {
    if (own.isDeprecated || isLinkLocal(own.address))
        return false;
    const bool isTunnelled = kind == InterfaceKind::Tunnel6 && own.address.isV6() && own.address.v6().isNativeGlobal();
    return leadsOut(kind) || isTunnelled;
}

// Out of the interfaces what others can reach: public before private, this computer's own before a VPN's or another
// tunnel's, stable before temporary.
void addWays(LocalNetwork& network) {
    struct Way {
        SocketAddress address;
        bool isPrivateV4, isDetour, isTemporary;
    };
    std::vector<Way> ways;
    for (const LocalInterface& interface : network.interfaces)
        for (const LocalAddress& own : interface.addresses)
            if (counts(interface.kind, own))
                ways.push_back({own.address, own.address.isV4() && own.address.v4().isPrivate(),
                                interface.kind != InterfaceKind::Physical, own.isTemporary});
    std::ranges::stable_sort(ways, {},
                             [](const Way& way) { return std::tuple(way.isPrivateV4, way.isDetour, way.isTemporary); });
    for (const LocalInterface& interface : network.interfaces)
        for (const LocalAddress& own : interface.addresses)
            if (interface.kind == InterfaceKind::Teredo && own.address.isV6() && own.address.v6().isTeredo() &&
                !own.isDeprecated && network.teredo6.size() < kTeredoMax)
                network.teredo6.push_back(own.address.v6());
    for (const Way& way : ways) {
        if (way.address.isV6())
            addV6(network, way.address.v6());
        else if (!way.address.v4().isLoopback())
            network.v4.push_back(way.address.v4());
    }
}

// Our address towards an IPv4 router: in its subnet, or any of that interface.
std::optional<SocketAddress> localTowards(const LocalInterface& interface, const Ipv4Address& router) {
    std::optional<SocketAddress> other;
    for (const LocalAddress& own : interface.addresses) {
        if (!own.address.isV4())
            continue;
        if (isInSubnet(router, own.address.v4(), own.prefixLength))
            return own.address;
        if (!other)
            other = own.address;
    }
    return other;
}

// Our address towards an IPv6 router: the first stable global one, else a temporary one, else a link-local one.
std::optional<SocketAddress> localTowardsV6(const LocalInterface& interface) {
    std::optional<SocketAddress> temporary, linkLocal;
    for (const LocalAddress& own : interface.addresses) {
        if (!own.address.isV6() || own.isDeprecated)
            continue;
        if (own.address.v6().isNativeGlobal() && !own.isTemporary)
            return own.address;
        if (own.address.v6().isNativeGlobal() && !temporary)
            temporary = own.address;
        if (own.address.v6().isLinkLocal() && !linkLocal)
            linkLocal = own.address;
    }
    return temporary ? temporary : linkLocal;
}

void addRouters(LocalNetwork& network, const NetworkFacts& facts) {
    std::vector<RouteFact> routes = facts.routes;
    std::ranges::stable_sort(routes, {}, &RouteFact::metric);
    for (const RouteFact& route : routes) {
        const auto interface = std::ranges::find(network.interfaces, route.interfaceIndex, &LocalInterface::index);
        if (interface == network.interfaces.end() || !leadsOut(interface->kind))
            continue;
        const auto local =
            route.router.isV4() ? localTowards(*interface, route.router.v4()) : localTowardsV6(*interface);
        if (!local)
            continue;
        const DefaultRouter router{route.router, *local, route.interfaceIndex};
        if (std::ranges::find(network.routers, router) == network.routers.end())
            network.routers.push_back(router);
        if (network.routers.size() >= kRoutersMax)
            return;
    }
}

void addBound(LocalNetwork& network, const std::vector<SocketAddress>& bound) {
    for (const SocketAddress& address : bound) {
        if (isUnspecified(address))
            continue;
        if (address.isV4()) {
            network.v4.push_back(address.v4());
        } else {
            addV6(network, address.v6());
            if (address.v6().isTeredo() && network.teredo6.size() < kTeredoMax)
                network.teredo6.push_back(address.v6());
            if (address.v6().isLoopback())
                network.lan6.push_back(address.v6());
        }
    }
}

bool isEmpty(const LocalNetwork& network) {
    return network.v4.empty() && network.native6.empty() && network.lan6.empty() && network.teredo6.empty();
}

} // namespace

InterfaceKind kindOf(const NetworkFacts& facts, const InterfaceFact& interface) {
    const std::string name = lowerCase(interface.name);
    const bool hasDefaultRoute = std::ranges::find(facts.defaultOutputs, interface.index) != facts.defaultOutputs.end();
    if (interface.isLoopback || interface.hardware == HardwareType::Loopback)
        return InterfaceKind::Loopback;
    if (isTeredo(facts, interface, name))
        return InterfaceKind::Teredo;
    if (isTunnel6(interface, name))
        return InterfaceKind::Tunnel6;
    if (isContainer(interface, name, hasDefaultRoute))
        return InterfaceKind::Container;
    if (isPpp(interface, name)) {
        // A DSL modem's link is the only way out; a PPTP or L2TP tunnel needs another one to run over.
        const bool isOnlyWay = hasDefaultRoute && std::ranges::all_of(facts.defaultOutputs, [&](std::uint32_t index) {
                                   return index == interface.index;
                               });
        return isOnlyWay ? InterfaceKind::Physical : InterfaceKind::Vpn;
    }
    return isVpn(interface, name) ? InterfaceKind::Vpn : InterfaceKind::Physical;
}

LocalNetwork toLocalNetwork(const NetworkFacts& facts, std::uint16_t port, const std::vector<SocketAddress>& bound) {
    LocalNetwork network;
    network.port = port;
    network.interfaces = interfacesOf(facts);
    addBound(network, bound);
    if (!isEmpty(network))
        return network;
    addWays(network);
    addRouters(network, facts);
    if (isEmpty(network)) {
        network.v4.push_back(Ipv4Address::of(127, 0, 0, 1));
        network.lan6.push_back(*Ipv6Address::fromText("::1"));
    }
    return network;
}

} // namespace culvert
