// IP addresses and socket addresses as plain values, with their text forms and the ranges that matter to us.
#pragma once

#include "core/base/bytes.h"

#include <compare>

namespace culvert {

/// An IPv4 address in network byte order.
struct Ipv4Address {
    std::array<std::uint8_t, 4> octets{};
    auto operator<=>(const Ipv4Address&) const = default;

    std::string text() const;
    /// Dotted decimal, four parts; nothing otherwise.
    static std::optional<Ipv4Address> fromText(std::string_view text);
    static constexpr Ipv4Address of(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
        return {{a, b, c, d}};
    }

    bool isUnspecified() const { return *this == Ipv4Address{}; }
    bool isLoopback() const { return octets[0] == 127; }
    bool isMulticast() const { return (octets[0] & 0xf0) == 224; }
    /// 169.254.0.0/16 (RFC 3927)
    bool isLinkLocal() const { return octets[0] == 169 && octets[1] == 254; }
    /// 100.64.0.0/10 (RFC 6598): what providers put between their customers and one public address.
    bool isShared() const { return octets[0] == 100 && (octets[1] & 0xc0) == 64; }
    /// RFC 1918, RFC 3927 link-local and RFC 6598 shared space: never an address that the internet can reach.
    bool isPrivate() const;
    /// Neither private nor in a special range of RFC 6890 that no host on the internet holds. With `allowReserved`
    /// the documentation and benchmark ranges count as global, for test networks.
    bool isGlobal(bool allowReserved = false) const;
};

/// An IPv6 address in network byte order.
struct Ipv6Address {
    std::array<std::uint8_t, 16> octets{};
    auto operator<=>(const Ipv6Address&) const = default;

    /// RFC 5952 canonical text.
    std::string text() const;
    /// RFC 4291 §2.2 text without a zone; nothing otherwise.
    static std::optional<Ipv6Address> fromText(std::string_view text);

    bool isUnspecified() const { return *this == Ipv6Address{}; }
    bool isLoopback() const;
    /// fe80::/10
    bool isLinkLocal() const { return octets[0] == 0xfe && (octets[1] & 0xc0) == 0x80; }
    bool isMulticast() const { return octets[0] == 0xff; }
    /// fc00::/7 (RFC 4193)
    bool isUniqueLocal() const { return (octets[0] & 0xfe) == 0xfc; }
    /// 2001:0::/32 (RFC 4380 §2.6)
    bool isTeredo() const { return octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0 && octets[3] == 0; }
    /// 2002::/16 (RFC 3056)
    bool isSixToFour() const { return octets[0] == 0x20 && octets[1] == 0x02; }
    /// 2000::/3 without Teredo and 6to4: what an ordinary provider assigns.
    bool isNativeGlobal() const { return (octets[0] & 0xe0) == 0x20 && !isTeredo() && !isSixToFour(); }
};

/// An IP address of either family and a UDP port (host byte order).
///
/// A link-local IPv6 address also needs the interface that it is meant on: its zone (RFC 4007 §6), this computer's own
/// number of the interface. It means nothing to anybody else, so that nothing encodes it.
class SocketAddress {
public:
    SocketAddress() = default;
    SocketAddress(Ipv4Address address, std::uint16_t port) : m_v4(address), m_port(port), m_isV4(true) {}
    SocketAddress(Ipv6Address address, std::uint16_t port) : m_v6(address), m_port(port), m_isV4(false) {}

    bool isV4() const { return m_isV4; }
    bool isV6() const { return !m_isV4; }
    /// REQUIRES: isV4()
    const Ipv4Address& v4() const { return m_v4; }
    /// REQUIRES: isV6()
    const Ipv6Address& v6() const { return m_v6; }
    std::uint16_t port() const { return m_port; }

    /// The same address with port 0: a host.
    SocketAddress withoutPort() const {
        SocketAddress host = *this;
        host.m_port = 0;
        return host;
    }
    /// The interface of a link-local IPv6 address or group; 0 where there is none.
    std::uint32_t zone() const { return m_zone; }
    /// The same address on that interface.
    SocketAddress inZone(std::uint32_t zone) const {
        SocketAddress scoped = *this;
        scoped.m_zone = zone;
        return scoped;
    }
    /// The address alone: `192.0.2.1` or `2001:db8::1`
    std::string hostText() const { return m_isV4 ? m_v4.text() : m_v6.text(); }

    auto operator<=>(const SocketAddress&) const = default;

    /// `192.0.2.1:3544`, `[2001:db8::1]:3544` or `[fe80::1%2]:3544`
    std::string text() const;
    /// The inverse of text(), but for zones: nobody else's are ours.
    static std::optional<SocketAddress> fromText(std::string_view text);

private:
    Ipv4Address m_v4;
    Ipv6Address m_v6;
    std::uint16_t m_port = 0;
    bool m_isV4 = false;
    std::uint32_t m_zone = 0;
};

} // namespace culvert
