#include "core/wire/endpoint.h"

#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"

namespace culvert::wire {

namespace {

constexpr std::uint8_t kTeredoSelfServed = 6;
constexpr std::uint8_t kNative6WithDoorbell = 7;

std::uint16_t teredoFlags(const Ipv6Address& address) {
    return static_cast<std::uint16_t>(address.octets[8] << 8 | address.octets[9]);
}

void writeTeredo(ByteWriter& writer, const EndpointRecord& endpoint) {
    const auto teredo = decodeTeredoAddress(endpoint.address.v6()).value_or(TeredoAddress{});
    const bool selfServed = teredo.server == teredo.client;
    writer.u8(selfServed ? kTeredoSelfServed : static_cast<std::uint8_t>(EndpointKind::Teredo));
    if (!selfServed)
        writer.bytes(teredo.server.octets);
    writer.u16(teredoFlags(endpoint.address.v6())).bytes(teredo.client.octets).u16(teredo.port);
}

EndpointRecord readTeredo(ByteReader& reader, bool selfServed) {
    TeredoAddress teredo;
    if (!selfServed)
        teredo.server.octets = reader.array<4>();
    const std::uint16_t flags = reader.u16();
    teredo.client.octets = reader.array<4>();
    teredo.port = reader.u16();
    if (selfServed)
        teredo.server = teredo.client;
    Ipv6Address address = encode(teredo);
    address.octets[8] = static_cast<std::uint8_t>(flags >> 8);
    address.octets[9] = static_cast<std::uint8_t>(flags & 255);
    return {EndpointKind::Teredo, SocketAddress(address, teredo.port)};
}

Result<EndpointRecord> readEndpoint(ByteReader& reader) {
    const std::uint8_t kind = reader.u8();
    EndpointRecord endpoint;
    switch (kind) {
    case static_cast<std::uint8_t>(EndpointKind::Native6):
    case static_cast<std::uint8_t>(EndpointKind::Lan6):
    case kNative6WithDoorbell: {
        const bool hasDoorbell = kind == kNative6WithDoorbell;
        Ipv6Address address;
        address.octets = reader.array<16>();
        endpoint = {hasDoorbell ? EndpointKind::Native6 : static_cast<EndpointKind>(kind),
                    SocketAddress(address, reader.u16()), hasDoorbell};
        break;
    }
    case static_cast<std::uint8_t>(EndpointKind::Mapped4):
    case static_cast<std::uint8_t>(EndpointKind::Lan4): {
        Ipv4Address address;
        address.octets = reader.array<4>();
        endpoint = {static_cast<EndpointKind>(kind), SocketAddress(address, reader.u16())};
        break;
    }
    case static_cast<std::uint8_t>(EndpointKind::Teredo):
    case kTeredoSelfServed:
        endpoint = readTeredo(reader, kind == kTeredoSelfServed);
        break;
    default:
        return fail(reader.failed() ? ErrorCode::Truncated : ErrorCode::Unsupported, "unknown kind of endpoint");
    }
    if (reader.failed())
        return fail(ErrorCode::Truncated, "an endpoint is cut off");
    if (endpoint.address.port() == 0)
        return fail(ErrorCode::Malformed, "an endpoint has port 0");
    return endpoint;
}

} // namespace

void writeEndpoints(ByteWriter& writer, const std::vector<EndpointRecord>& endpoints, std::size_t maximum) {
    const std::size_t count = std::min(endpoints.size(), maximum);
    writer.u8(static_cast<std::uint8_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        const EndpointRecord& endpoint = endpoints[i];
        if (endpoint.kind == EndpointKind::Teredo) {
            writeTeredo(writer, endpoint);
            continue;
        }
        const bool hasDoorbell = endpoint.kind == EndpointKind::Native6 && endpoint.hasDoorbell;
        writer.u8(hasDoorbell ? kNative6WithDoorbell : static_cast<std::uint8_t>(endpoint.kind));
        if (endpoint.address.isV4())
            writer.bytes(endpoint.address.v4().octets);
        else
            writer.bytes(endpoint.address.v6().octets);
        writer.u16(endpoint.address.port());
    }
}

Result<std::vector<EndpointRecord>> readEndpoints(ByteReader& reader, std::size_t maximum) {
    const std::size_t count = reader.u8();
    if (count > maximum)
        return fail(ErrorCode::Malformed, "too many endpoints");
    std::vector<EndpointRecord> endpoints;
    endpoints.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        TRY(endpoint, readEndpoint(reader));
        endpoints.push_back(endpoint);
    }
    return endpoints;
}

void writeThirdParties(ByteWriter& writer, const std::vector<ThirdPartyRecord>& thirdParties) {
    const std::size_t count = std::min(thirdParties.size(), kThirdPartiesMax);
    writer.u8(static_cast<std::uint8_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        writer.bytes(thirdParties[i].key);
        writeEndpoints(writer, thirdParties[i].endpoints, kThirdPartyEndpointsMax);
    }
}

Result<std::vector<ThirdPartyRecord>> readThirdParties(ByteReader& reader) {
    const std::size_t count = reader.u8();
    if (count > kThirdPartiesMax)
        return fail(ErrorCode::Malformed, "too many third parties");
    std::vector<ThirdPartyRecord> thirdParties;
    for (std::size_t i = 0; i < count; ++i) {
        ThirdPartyRecord thirdParty;
        thirdParty.key = reader.array<32>();
        TRY(endpoints, readEndpoints(reader, kThirdPartyEndpointsMax));
        if (endpoints.empty())
            return fail(ErrorCode::Malformed, "a third party without an address");
        thirdParty.endpoints = std::move(endpoints);
        thirdParties.push_back(std::move(thirdParty));
    }
    return thirdParties;
}

void writeSocketAddress(ByteWriter& writer, const SocketAddress& address) {
    const SocketAddress v6 = address.isV4() ? toMapped(address) : address;
    writer.bytes(v6.v6().octets).u16(v6.port());
}

SocketAddress readSocketAddress(ByteReader& reader) {
    Ipv6Address address;
    address.octets = reader.array<16>();
    const std::uint16_t port = reader.u16();
    return fromMapped(address).value_or(SocketAddress(address, port));
}

} // namespace culvert::wire
