#include "tests/fuzz/places.h"

#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

SocketAddress named(const char* text) {
    return *SocketAddress::fromText(text);
}

SocketAddress innerSource(const SocketAddress& outer, InnerSource source) {
    const SocketAddress native = named("[2001:db8::7]:4000");
    switch (source) {
    case InnerSource::Mapped:
        return wire::toMapped(named("10.9.8.7:1"));
    case InnerSource::Teredo:
        return {wire::encode(wire::TeredoAddress{outer.v4(), true, 0, outer.v4(), outer.port()}), outer.port()};
    case InnerSource::Native:
        return native;
    case InnerSource::Foreign:
        break;
    }
    return named("[2001:db8:ffff::1]:53");
}

} // namespace

Place placeOf(std::uint8_t octet) {
    return static_cast<Place>((octet & 15) % static_cast<std::uint8_t>(Place::Count));
}

InnerSource innerSourceOf(std::uint8_t octet) {
    return static_cast<InnerSource>(octet >> 4 & 3);
}

SocketAddress addressOf(Place place) {
    switch (place) {
    case Place::ContactV4:
        return named("198.51.100.7:4000");
    case Place::ContactV6:
        return named("[2001:db8::7]:4000");
    case Place::ThirdPartyV4:
        return named("198.51.100.8:4100");
    case Place::ThirdPartyV6:
        return named("[2001:db8::8]:4100");
    case Place::PrivateV4:
        return named("10.0.0.5:4000");
    case Place::LinkLocalV6:
        return named("[fe80::5]:4000");
    case Place::UniqueLocalV6:
        return named("[fd00::5]:4000");
    case Place::TeredoV6: {
        const Ipv4Address victim = Ipv4Address::of(198, 51, 100, 99);
        return {wire::encode(wire::TeredoAddress{victim, true, 0, victim, 53}), 53};
    }
    case Place::MappedV6:
        return wire::toMapped(named("198.51.100.99:53"));
    case Place::StrangerV4:
    case Place::Count:
        break;
    }
    return named("203.0.113.77:65535");
}

Datagram arriving(Place place, InnerSource source, BytesView payload) {
    Datagram out;
    out.remote = addressOf(place);
    out.payload = toBytes(payload);
    if (out.remote.isV6())
        return out;
    const SocketAddress from = innerSource(out.remote, source);
    wire::UdpInIpv6 inner;
    inner.source = from.v6();
    inner.sourcePort = from.port();
    inner.destination = wire::toMapped(named("203.0.113.1:5000")).v6();
    inner.destinationPort = kOwnPort;
    inner.payload = payload;
    out.payload = wire::encode(inner);
    return out;
}

std::vector<Bytes> payloadsOf(const Datagram& sent) {
    std::vector<Bytes> out;
    Input rest(sent.payload);
    while (!rest.empty()) {
        const BytesView one = rest.take(sent.segmentSize > 0 ? sent.segmentSize : sent.payload.size());
        if (sent.remote.isV6()) {
            out.push_back(toBytes(one));
            continue;
        }
        const auto teredo = wire::decodeTeredoPacket(one);
        require(teredo.has_value(), "what leaves over IPv4 is a Teredo payload");
        const auto udp = wire::decodeUdp(teredo->packet);
        require(udp.has_value(), "what leaves over IPv4 holds a UDP datagram");
        out.push_back(toBytes(udp->payload));
    }
    return out;
}

} // namespace culvert::fuzz
