// Teredo payloads, and the UDP and ICMPv6 messages inside them.
#include "core/wire/teredo_packet.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkUdp(const wire::Ipv6Packet& packet) {
    const auto udp = wire::decodeUdp(packet);
    if (!udp)
        return;
    const Bytes bytes = wire::encode(*udp);
    const auto again = wire::decodeIpv6(bytes);
    require(again.has_value(), "an encoded UDP datagram is an IPv6 packet");
    const auto same = wire::decodeUdp(*again);
    require(same.has_value(), "an encoded UDP datagram decodes");
    require(same->source == udp->source && same->destination == udp->destination, "UDP addresses survive");
    require(same->sourcePort == udp->sourcePort && same->destinationPort == udp->destinationPort, "ports survive");
    require(std::ranges::equal(same->payload, udp->payload), "a UDP payload survives");
}

void checkIcmpv6(const wire::Ipv6Packet& packet) {
    const auto message = wire::decodeIcmpv6(packet);
    if (!message)
        return;
    const Bytes bytes = wire::encodeIcmpv6(packet.source, packet.destination, *message);
    const auto again = wire::decodeIpv6(bytes);
    require(again.has_value(), "an encoded ICMPv6 message is an IPv6 packet");
    const auto same = wire::decodeIcmpv6(*again);
    require(same && same->type == message->type && same->code == message->code, "an ICMPv6 header survives");
    require(std::ranges::equal(same->body, message->body), "an ICMPv6 body survives");
}

bool sameAuthentication(const wire::TeredoPacket& a, const wire::TeredoPacket& b) {
    if (!a.authentication || !b.authentication)
        return a.authentication.has_value() == b.authentication.has_value();
    return std::ranges::equal(a.authentication->clientId, b.authentication->clientId) &&
           std::ranges::equal(a.authentication->value, b.authentication->value) &&
           a.authentication->nonce == b.authentication->nonce &&
           a.authentication->confirmation == b.authentication->confirmation;
}

bool samePacket(const wire::Ipv6Packet& a, const wire::Ipv6Packet& b) {
    return a.source == b.source && a.destination == b.destination && a.nextHeader == b.nextHeader &&
           a.hopLimit == b.hopLimit && std::ranges::equal(a.payload, b.payload);
}

} // namespace

void run(BytesView input) {
    const auto teredo = wire::decodeTeredoPacket(input);
    if (!teredo)
        return;
    Bytes bytes;
    if (teredo->authentication)
        bytes = wire::encodeAuthentication(*teredo->authentication);
    if (teredo->origin)
        append(bytes, wire::encodeOriginIndication(*teredo->origin));
    append(bytes, wire::encode(teredo->packet));
    append(bytes, teredo->trailers);
    require(bytes.size() == input.size(), "every octet of a Teredo payload belongs to something");
    const auto again = wire::decodeTeredoPacket(bytes);
    require(again.has_value(), "an encoded Teredo payload decodes");
    require(sameAuthentication(*teredo, *again) && teredo->origin == again->origin, "indicators survive");
    require(samePacket(teredo->packet, again->packet), "the inner packet survives");
    checkUdp(teredo->packet);
    checkIcmpv6(teredo->packet);
}

} // namespace culvert::fuzz
