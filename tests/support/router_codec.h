// The routers' side of PCP (RFC 6887) and NAT-PMP (RFC 6886), written apart from core/wire so that each checks the
// other.
#pragma once

#include "core/base/byte_io.h"
#include "core/wire/nat_pmp.h"
#include "core/wire/pcp.h"

namespace culvert::test {

/// A PCP request, whatever its version, as it lies on the wire.
struct PcpRequestOnWire {
    std::uint8_t version = 0;
    std::uint8_t opcode = 0;
    std::uint32_t lifetime = 0;
    Ipv6Address client;
    wire::PcpNonce nonce{};
    std::uint8_t protocol = 0;
    std::uint16_t internalPort = 0;
    std::uint16_t externalPort = 0;
    Ipv6Address external;
};

inline PcpRequestOnWire readPcpRequest(BytesView octets) {
    ByteReader reader(octets);
    PcpRequestOnWire request;
    request.version = reader.u8();
    request.opcode = reader.u8();
    reader.u16();
    request.lifetime = reader.u32();
    request.client.octets = reader.array<16>();
    request.nonce = reader.array<12>();
    request.protocol = reader.u8();
    reader.take(3);
    request.internalPort = reader.u16();
    request.externalPort = reader.u16();
    request.external.octets = reader.array<16>();
    return request;
}

/// ::ffff:a.b.c.d, or the IPv6 address itself.
inline Ipv6Address onWire(const SocketAddress& address) {
    if (address.isV6())
        return address.v6();
    Ipv6Address mapped;
    mapped.octets[10] = mapped.octets[11] = 0xff;
    std::copy(address.v4().octets.begin(), address.v4().octets.end(), mapped.octets.begin() + 12);
    return mapped;
}

inline Bytes pcpHeader(std::uint8_t version, std::uint8_t opcode, std::uint8_t result, std::uint32_t lifetime,
                       std::uint32_t epoch) {
    Bytes out;
    ByteWriter(out)
        .u8(version)
        .u8(static_cast<std::uint8_t>(opcode | 0x80))
        .u8(0)
        .u8(result)
        .u32(lifetime)
        .u32(epoch)
        .zeros(12);
    return out;
}

inline Bytes pcpResponse(const wire::PcpResponse& response) {
    Bytes out =
        pcpHeader(2, static_cast<std::uint8_t>(response.opcode), response.result, response.lifetime, response.epoch);
    if (response.opcode == wire::PcpOpcode::Map)
        ByteWriter(out)
            .bytes(response.map.nonce)
            .u8(response.map.protocol)
            .zeros(3)
            .u16(response.map.internalPort)
            .u16(response.map.external.port())
            .bytes(onWire(response.map.external).octets);
    return out;
}

inline Bytes natPmpResponse(const wire::NatPmpResponse& response) {
    Bytes out;
    ByteWriter writer(out);
    writer.u8(0).u8(static_cast<std::uint8_t>(static_cast<unsigned>(response.opcode) | 0x80));
    writer.u16(response.result).u32(response.epoch);
    if (response.opcode == wire::NatPmpOpcode::ExternalAddress)
        writer.bytes(response.externalAddress.octets);
    else
        writer.u16(response.internalPort).u16(response.externalPort).u32(response.lifetime);
    return out;
}

} // namespace culvert::test
