#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert::wire {

namespace {

constexpr std::array<std::uint8_t, 10> kPrefix = {0xfd, 0xc5, 0x8a, 0x1e, 0x7b, 0x3d, 0, 0, 0, 0};

} // namespace

SocketAddress toMapped(const SocketAddress& v4) {
    Ipv6Address address;
    std::copy(kPrefix.begin(), kPrefix.end(), address.octets.begin());
    std::copy(v4.v4().octets.begin(), v4.v4().octets.end(), address.octets.begin() + 10);
    address.octets[14] = static_cast<std::uint8_t>(v4.port() >> 8);
    address.octets[15] = static_cast<std::uint8_t>(v4.port() & 255);
    return {address, v4.port()};
}

bool isMapped(const Ipv6Address& address) {
    return std::equal(kPrefix.begin(), kPrefix.end(), address.octets.begin());
}

std::optional<SocketAddress> fromMapped(const Ipv6Address& address) {
    if (!isMapped(address))
        return std::nullopt;
    Ipv4Address v4;
    std::copy_n(address.octets.begin() + 10, 4, v4.octets.begin());
    return SocketAddress(v4, static_cast<std::uint16_t>(address.octets[14] << 8 | address.octets[15]));
}

} // namespace culvert::wire
