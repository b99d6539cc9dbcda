// IPv6, UDP and ICMPv6 headers (RFC 8200 §3, RFC 768, RFC 4443 §2.1) as they travel inside the tunnel.
//
//  0               1               2               3
//  +-------+---------------+-----------------------+
//  |6| traffic class |        flow label           |   IPv6 header, 40 octets
//  |  payload length     | next header | hop limit |
//  |  source address (16), destination address (16)|
//  +---------------------+-------------------------+
//  |  source port        |  destination port       |   UDP header, 8 octets
//  |  length             |  checksum               |
//  +---------------------+-------------------------+
#pragma once

#include "core/base/result.h"
#include "core/base/socket_address.h"

namespace culvert::wire {

inline constexpr std::size_t kIpv6HeaderSize = 40;
inline constexpr std::size_t kUdpHeaderSize = 8;
inline constexpr std::uint8_t kNextHeaderUdp = 17;
inline constexpr std::uint8_t kNextHeaderIcmpv6 = 58;
/// RFC 8200 §4.7: no next header; a packet with it and no payload is a Teredo bubble.
inline constexpr std::uint8_t kNextHeaderNone = 59;
/// RFC 4380 §5.1.2: the MTU of a Teredo link.
inline constexpr std::size_t kTunnelMtu = 1280;
/// The longest UDP payload that a 1280-octet IPv6 packet carries.
inline constexpr std::size_t kInnerPayloadMax = kTunnelMtu - kIpv6HeaderSize - kUdpHeaderSize;

/// The longest that the tunnel takes: with IPv4 and UDP headers around it, it fills an Ethernet frame.
inline constexpr std::size_t kTunnelledPayloadMax = 1500 - 20 - kUdpHeaderSize - kIpv6HeaderSize - kUdpHeaderSize;

/// An IPv6 packet without extension headers. `payload` borrows from what was decoded.
struct Ipv6Packet {
    Ipv6Address source;
    Ipv6Address destination;
    std::uint8_t nextHeader = kNextHeaderNone;
    std::uint8_t hopLimit = 64;
    BytesView payload;
};

/// A UDP datagram inside IPv6. `payload` borrows from what was decoded.
struct UdpInIpv6 {
    Ipv6Address source;
    Ipv6Address destination;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    BytesView payload;
};

/// An ICMPv6 message. `body` is what follows the checksum; it borrows from what was decoded.
struct Icmpv6Message {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    BytesView body;
};

/// RFC 8200 §8.1: the Internet checksum of `upper` under the IPv6 pseudo-header.
std::uint16_t upperLayerChecksum(const Ipv6Address& source, const Ipv6Address& destination, std::uint8_t nextHeader,
                                 BytesView upper);

/// The header, then `packet.payload`. REQUIRES: payload of at most 65,535 octets.
Bytes encode(const Ipv6Packet& packet);
/// Accepts octets after the payload (RFC 6081 §4 trailers); `trailers` receives them when it is not null.
Result<Ipv6Packet> decodeIpv6(BytesView bytes, BytesView* trailers = nullptr);

/// A whole IPv6 packet with a UDP datagram in it, checksum filled in.
Bytes encode(const UdpInIpv6& datagram);
/// Checks lengths and the checksum, which IPv6 requires (RFC 8200 §8.1).
Result<UdpInIpv6> decodeUdp(const Ipv6Packet& packet);

/// A whole IPv6 packet with an ICMPv6 message in it, checksum filled in.
Bytes encodeIcmpv6(const Ipv6Address& source, const Ipv6Address& destination, const Icmpv6Message& message);
/// Checks length and checksum.
Result<Icmpv6Message> decodeIcmpv6(const Ipv6Packet& packet);

} // namespace culvert::wire
