// Our addresses as the system's structures, and back. Only io/*.cpp includes it.
#pragma once

#include "core/base/socket_address.h"
#include "core/io/socket_compat.h"

#include <cstring>

namespace culvert::sockets {

/// Room for an address of either family.
union SystemAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

/// Fills `out`; returns its size. `zone` is the interface of a link-local IPv6 address or group that names none itself.
inline socklen_t toSystem(const SocketAddress& address, SystemAddress& out, std::uint32_t zone = 0) {
    std::memset(&out, 0, sizeof(out));
    if (address.isV4()) {
        out.v4.sin_family = AF_INET;
        out.v4.sin_port = htons(address.port());
        std::memcpy(&out.v4.sin_addr, address.v4().octets.data(), 4);
        return sizeof(out.v4);
    }
    out.v6.sin6_family = AF_INET6;
    out.v6.sin6_port = htons(address.port());
    const Ipv6Address& v6 = address.v6();
    if (v6.isLinkLocal() || (v6.isMulticast() && (v6.octets[1] & 15) == 2))
        out.v6.sin6_scope_id = address.zone() != 0 ? address.zone() : zone;
    std::memcpy(&out.v6.sin6_addr, address.v6().octets.data(), 16);
    return sizeof(out.v6);
}

inline Ipv4Address fromSystem(const in_addr& address) {
    Ipv4Address v4;
    std::memcpy(v4.octets.data(), &address, 4);
    return v4;
}

inline Ipv6Address fromSystem(const in6_addr& address) {
    Ipv6Address v6;
    std::memcpy(v6.octets.data(), &address, 16);
    return v6;
}

inline SocketAddress fromSystem(const SystemAddress& address) {
    if (address.any.sa_family == AF_INET)
        return {fromSystem(address.v4.sin_addr), ntohs(address.v4.sin_port)};
    return {fromSystem(address.v6.sin6_addr), ntohs(address.v6.sin6_port)};
}

/// The same with the zone of a link-local address.
inline SocketAddress fromSystemInZone(const SystemAddress& address) {
    const SocketAddress plain = fromSystem(address);
    return plain.isV6() && plain.v6().isLinkLocal() ? plain.inZone(address.v6.sin6_scope_id) : plain;
}

inline Handle toHandle(std::intptr_t handle) {
    return static_cast<Handle>(handle);
}

inline bool setOption(Handle handle, int level, int name, int value) {
    return setsockopt(handle, level, name, reinterpret_cast<const char*>(&value), sizeof(value)) == 0;
}

/// Whether datagrams may be cut into fragments from now on, here or on the way. False when the system cannot say.
inline bool forbidFragments(Handle handle, bool isV4, bool isForbidden) {
#if defined(IP_MTU_DISCOVER) && defined(IP_PMTUDISC_PROBE)
    // "Probe" also disregards what routers said of the path: anybody may send such words (RFC 8899 §3).
    if (isV4)
        return setOption(handle, IPPROTO_IP, IP_MTU_DISCOVER, isForbidden ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT);
    return setOption(handle, IPPROTO_IPV6, IPV6_MTU_DISCOVER, isForbidden ? IPV6_PMTUDISC_PROBE : IPV6_PMTUDISC_DONT) &&
           setOption(handle, IPPROTO_IPV6, IPV6_DONTFRAG, isForbidden ? 1 : 0);
#elif defined(_WIN32) && defined(IPV6_DONTFRAG)
    return isV4 ? setOption(handle, IPPROTO_IP, IP_DONTFRAGMENT, isForbidden ? 1 : 0)
                : setOption(handle, IPPROTO_IPV6, IPV6_DONTFRAG, isForbidden ? 1 : 0);
#elif defined(IP_DONTFRAG) && defined(IPV6_DONTFRAG)
    return isV4 ? setOption(handle, IPPROTO_IP, IP_DONTFRAG, isForbidden ? 1 : 0)
                : setOption(handle, IPPROTO_IPV6, IPV6_DONTFRAG, isForbidden ? 1 : 0);
#else
    (void)handle, (void)isV4, (void)isForbidden;
    return false;
#endif
}

} // namespace culvert::sockets
