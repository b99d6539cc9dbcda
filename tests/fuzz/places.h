// Where datagrams of the fuzz targets come from, and how they look in the tunnel.
#pragma once

#include "core/base/datagram.h"
#include "core/wire/ip_packet.h"

namespace culvert::fuzz {

inline constexpr std::uint16_t kOwnPort = 5000;

/// Outer addresses of others: the contact's, the third party's, and stranger ones.
enum class Place : std::uint8_t {
    ContactV4,
    ContactV6,
    ThirdPartyV4,
    ThirdPartyV6,
    PrivateV4,
    StrangerV4,
    LinkLocalV6,
    UniqueLocalV6,
    TeredoV6, ///< forged: over IPv6, with a source that only the tunnel gives
    MappedV6, ///< forged likewise
    Count
};

/// The inner source that a datagram over IPv4 claims.
enum class InnerSource : std::uint8_t { Mapped, Teredo, Native, Foreign };

Place placeOf(std::uint8_t octet);
InnerSource innerSourceOf(std::uint8_t octet);
SocketAddress addressOf(Place place);

/// `payload` as it arrives from there: as it is over IPv6, in Teredo encapsulation over IPv4.
Datagram arriving(Place place, InnerSource source, BytesView payload);
/// The datagrams that `sent` is cut into, without encapsulation.
std::vector<Bytes> payloadsOf(const Datagram& sent);

} // namespace culvert::fuzz
