#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert::wire {

Ipv6Address encode(const TeredoAddress& address) {
    Ipv6Address out;
    auto& octets = out.octets;
    octets[0] = 0x20;
    octets[1] = 0x01;
    std::copy(address.server.octets.begin(), address.server.octets.end(), octets.begin() + 4);
    // RFC 5991 §3.1: C (1), z (1, zero), Random1 (4), U and G (2, zero), Random2 (8).
    octets[8] = static_cast<std::uint8_t>((address.cone ? 0x80 : 0) | ((address.random >> 8 & 15) << 2));
    octets[9] = static_cast<std::uint8_t>(address.random & 255);
    octets[10] = static_cast<std::uint8_t>(~(address.port >> 8) & 255);
    octets[11] = static_cast<std::uint8_t>(~address.port & 255);
    for (std::size_t i = 0; i < 4; ++i)
        octets[12 + i] = static_cast<std::uint8_t>(~address.client.octets[i] & 255);
    return out;
}

std::optional<TeredoAddress> decodeTeredoAddress(const Ipv6Address& address) {
    if (!address.isTeredo())
        return std::nullopt;
    const auto& octets = address.octets;
    TeredoAddress out;
    std::copy_n(octets.begin() + 4, 4, out.server.octets.begin());
    out.cone = (octets[8] & 0x80) != 0;
    out.random = static_cast<std::uint16_t>((octets[8] >> 2 & 15) << 8 | octets[9]);
    out.port = static_cast<std::uint16_t>(~(octets[10] << 8 | octets[11]) & 0xffff);
    for (std::size_t i = 0; i < 4; ++i)
        out.client.octets[i] = static_cast<std::uint8_t>(~octets[12 + i] & 255);
    return out;
}

Ipv6Address teredoLinkLocal(bool cone, const SocketAddress& v4) {
    Ipv6Address out = encode(TeredoAddress{{}, cone, 0, v4.v4(), v4.port()});
    std::fill_n(out.octets.begin(), 8, std::uint8_t{0});
    out.octets[0] = 0xfe;
    out.octets[1] = 0x80;
    return out;
}

bool hasConeBit(const Ipv6Address& address) {
    return (address.octets[8] & 0x80) != 0;
}

} // namespace culvert::wire
