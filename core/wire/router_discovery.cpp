#include "core/wire/router_discovery.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::uint8_t kOptionSourceLinkLayer = 1;
constexpr std::uint8_t kOptionPrefix = 3;
constexpr std::uint8_t kOptionMtu = 5;
constexpr std::size_t kPrefixValueSize = 30;
constexpr std::size_t kMtuValueSize = 6;
constexpr std::size_t kOptionUnit = 8;

struct Option {
    std::uint8_t type = 0;
    BytesView value;
};

// RFC 4861 §4.6: an option of length zero discards the whole packet, or a reader would never end.
Result<Option> takeOption(ByteReader& reader) {
    Option option;
    option.type = reader.u8();
    const std::size_t units = reader.u8();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "a neighbour discovery option is cut off");
    if (units == 0)
        return fail(ErrorCode::Malformed, "a neighbour discovery option of length zero");
    option.value = reader.take(units * kOptionUnit - 2);
    if (reader.failed())
        return fail(ErrorCode::Truncated, "a neighbour discovery option is cut off");
    return option;
}

PrefixInformation prefixOf(BytesView value) {
    ByteReader reader(value);
    PrefixInformation prefix;
    prefix.length = reader.u8();
    const std::uint8_t flags = reader.u8();
    prefix.isOnLink = (flags & 0x80) != 0;
    prefix.isAutonomous = (flags & 0x40) != 0;
    prefix.validLifetime = reader.u32();
    prefix.preferredLifetime = reader.u32();
    reader.u32();
    prefix.prefix.octets = reader.array<16>();
    return prefix;
}

void writePrefix(ByteWriter& writer, const PrefixInformation& prefix) {
    writer.u8(kOptionPrefix)
        .u8(4)
        .u8(prefix.length)
        .u8(static_cast<std::uint8_t>((prefix.isOnLink ? 0x80 : 0) | (prefix.isAutonomous ? 0x40 : 0)))
        .u32(prefix.validLifetime)
        .u32(prefix.preferredLifetime)
        .u32(0)
        .bytes(prefix.prefix.octets);
}

// The checks that RFC 4861 §6.1.1 and §6.1.2 share.
Result<Icmpv6Message> decodeDiscovery(const Ipv6Packet& packet, std::uint8_t type) {
    TRY(message, decodeIcmpv6(packet));
    if (message.type != type || message.code != 0)
        return fail(ErrorCode::Unsupported, "another ICMPv6 message");
    if (packet.hopLimit != kNeighbourDiscoveryHopLimit)
        return fail(ErrorCode::Malformed, "a neighbour discovery message from another link");
    return message;
}

} // namespace

Bytes encodeRouterSolicitation(const Ipv6Address& source) {
    const Bytes reserved(4);
    return encodeIcmpv6(source, kAllRouters, {kIcmpv6RouterSolicitation, 0, reserved});
}

Result<void> decodeRouterSolicitation(const Ipv6Packet& packet) {
    TRY(message, decodeDiscovery(packet, kIcmpv6RouterSolicitation));
    ByteReader reader(message.body);
    reader.u32();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "a router solicitation is cut off");
    while (reader.remaining() > 0) {
        TRY(option, takeOption(reader));
        if (option.type == kOptionSourceLinkLayer && packet.source.isUnspecified())
            return fail(ErrorCode::Malformed, "a link-layer address of no address");
    }
    return {};
}

Bytes encode(const Ipv6Address& source, const Ipv6Address& destination, const RouterAdvertisement& advertisement) {
    Bytes body;
    ByteWriter writer(body);
    writer.u8(advertisement.hopLimit)
        .u8(static_cast<std::uint8_t>((advertisement.isManaged ? 0x80 : 0) | (advertisement.hasOtherConfig ? 0x40 : 0)))
        .u16(advertisement.routerLifetime)
        .u32(advertisement.reachableTime)
        .u32(advertisement.retransTimer);
    for (const PrefixInformation& prefix : advertisement.prefixes)
        writePrefix(writer, prefix);
    if (advertisement.mtu)
        writer.u8(kOptionMtu).u8(1).u16(0).u32(*advertisement.mtu);
    return encodeIcmpv6(source, destination, {kIcmpv6RouterAdvertisement, 0, body});
}

Result<RouterAdvertisement> decodeRouterAdvertisement(const Ipv6Packet& packet) {
    TRY(message, decodeDiscovery(packet, kIcmpv6RouterAdvertisement));
    if (!packet.source.isLinkLocal())
        return fail(ErrorCode::Malformed, "a router advertisement from no link-local address");
    ByteReader reader(message.body);
    RouterAdvertisement out;
    out.hopLimit = reader.u8();
    const std::uint8_t flags = reader.u8();
    out.isManaged = (flags & 0x80) != 0;
    out.hasOtherConfig = (flags & 0x40) != 0;
    out.routerLifetime = reader.u16();
    out.reachableTime = reader.u32();
    out.retransTimer = reader.u32();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "a router advertisement is cut off");
    while (reader.remaining() > 0) {
        TRY(option, takeOption(reader));
        // RFC 4861 §6.1.2: what is unknown is skipped; so is a known option of a length that it cannot have.
        if (option.type == kOptionPrefix && option.value.size() == kPrefixValueSize) {
            if (out.prefixes.size() == kAdvertisedPrefixesMax)
                return fail(ErrorCode::LimitReached, "more prefixes than any router has");
            out.prefixes.push_back(prefixOf(option.value));
        } else if (option.type == kOptionMtu && option.value.size() == kMtuValueSize) {
            ByteReader value(option.value);
            value.u16();
            out.mtu = value.u32();
        }
    }
    return out;
}

} // namespace culvert::wire
