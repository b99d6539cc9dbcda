// Qt's addresses as ours. Only io/*.cpp includes it.
#pragma once

#include "core/base/socket_address.h"

#include <QHostAddress>
#include <algorithm>

namespace culvert {

/// Either family; the port is 0, the zone is left out. What is neither becomes 0.0.0.0. Pure; any thread.
inline SocketAddress fromQt(const QHostAddress& address) {
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        const Q_IPV6ADDR raw = address.toIPv6Address();
        Ipv6Address out;
        std::copy(std::begin(raw.c), std::end(raw.c), out.octets.begin());
        return {out, 0};
    }
    const quint32 raw = address.toIPv4Address();
    return {Ipv4Address::of(static_cast<std::uint8_t>(raw >> 24), static_cast<std::uint8_t>(raw >> 16 & 255),
                            static_cast<std::uint8_t>(raw >> 8 & 255), static_cast<std::uint8_t>(raw & 255)),
            0};
}

} // namespace culvert
