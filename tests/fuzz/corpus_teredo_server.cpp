// Scripts for the Teredo server.
#include "core/teredo/teredo_server.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/teredo_server_script.h"

namespace culvert::fuzz {
namespace {

constexpr std::uint8_t kUsual = kHasSecondary | kForwardsIcmpv6;

Ipv6Address client(std::uint8_t whence, const Ipv4Address& server = kServerPrimary) {
    const SocketAddress mapped = teredoSource(whence);
    return wire::encode(wire::TeredoAddress{server, false, 0, mapped.v4(), mapped.port()});
}

Bytes bubble(const Ipv6Address& from, const Ipv6Address& to) {
    return wire::encode(wire::Ipv6Packet{from, to, wire::kNextHeaderNone, 64, {}});
}

Bytes secured(const Bytes& packet) {
    Bytes out = wire::encodeAuthentication({asBytes("id"), {}, {1, 2, 3}, 0});
    append(out, packet);
    return out;
}

Bytes one(std::uint8_t shape, std::uint8_t whence, const Bytes& payload) {
    return Script(shape).u8(whence).u8(0).chunk(payload).octets();
}

void addNativeScripts(std::map<std::string, Bytes>& scripts) {
    constexpr std::uint8_t native = kUsual | kReachesNative;
    const Ipv6Address host = addressOf(Place::ContactV6).v6();
    const Bytes body(TeredoServer::kIcmpv6Max - 4);
    const Bytes longest = wire::encodeIcmpv6(client(0), host, {128, 0, body});
    scripts["native-echo"] = one(native, 0, longest);
    scripts["native-switched-off"] = one(kUsual, 0, longest);
    scripts["native-error"] = one(native, 0, wire::encodeIcmpv6(client(0), host, {1, 4, body}));
    scripts["native-reply"] = one(native, 0, wire::encodeIcmpv6(client(0), host, {129, 0, body}));
    scripts["native-ourselves"] = one(native, 0, wire::encodeIcmpv6(client(0), kServerNative, {128, 0, body}));
    scripts["native-forged"] = one(native, 0, wire::encodeIcmpv6(client(1), host, {128, 0, body}));
    Bytes trailers = longest;
    append(trailers, Bytes{1, 4, 1, 2, 3, 4});
    scripts["native-trailers"] = one(native, 0, trailers);
}

} // namespace

void addTeredoServerScripts(Corpus& corpus) {
    auto& scripts = corpus["teredo_server"];
    const Ipv6Address plain = wire::teredoLinkLocal(false, teredoSource(0));
    const Ipv6Address cone = wire::teredoLinkLocal(true, teredoSource(0));
    const Bytes asked = wire::encodeRouterSolicitation(plain), askedCone = wire::encodeRouterSolicitation(cone);
    for (std::uint8_t whence = 0; whence < 8; ++whence)
        scripts["solicitation-from-" + std::to_string(whence)] = one(kUsual, whence, asked);
    scripts["solicitation-cone"] = one(kUsual, 0, askedCone);
    scripts["solicitation-cone-secondary"] = one(kUsual, kAsksSecondary, askedCone);
    scripts["solicitation-cone-one-address"] = one(0, 0, askedCone);
    scripts["solicitation-nonce"] = one(kUsual, 0, secured(asked));
    scripts["solicitation-reserved"] = one(kUsual | kAllowsReserved, 3, asked);
    scripts["solicitation-as-client"] = one(kUsual, 0, wire::encodeRouterSolicitation(client(0)));
    scripts["bubble"] = one(kUsual, 0, bubble(client(0), client(1)));
    scripts["bubble-to-secondary"] = one(kUsual, 0, bubble(client(0), client(1, kServerSecondary)));
    scripts["bubble-to-private"] = one(kUsual, 0, bubble(client(0), client(2)));
    scripts["bubble-to-ourselves"] = one(kUsual, 0, bubble(client(0), client(4)));
    scripts["bubble-to-port-0"] = one(kUsual, 1, bubble(client(1), client(5)));
    scripts["bubble-native"] = one(kUsual, 0, bubble(addressOf(Place::ContactV6).v6(), client(1)));
    scripts["bubble-link-local"] = one(kUsual, 0, wire::encode(wire::Ipv6Packet{plain, client(1), 59, 0, {}}));
    scripts["advertisement"] = one(kUsual, 0, wire::encode(cone, client(1), wire::RouterAdvertisement{}));
    scripts["bubble-elsewhere"] = one(kUsual, 0, bubble(client(0), client(1, Ipv4Address::of(9, 9, 9, 9))));
    Bytes trailers = bubble(client(0), client(1));
    append(trailers, Bytes{1, 4, 1, 2, 3, 4});
    scripts["bubble-trailers"] = one(kUsual, 0, trailers);
    const Bytes body(TeredoServer::kIcmpv6Max - 4);
    const Bytes echo = wire::encodeIcmpv6(client(0), client(1), {128, 0, body});
    scripts["icmpv6-longest"] = one(kUsual, 0, echo);
    scripts["icmpv6-switched-off"] = one(kHasSecondary, 0, echo);
    scripts["udp"] = one(kUsual, 0, wire::encode(wire::UdpInIpv6{client(0), client(1), 1, 2, {}}));
    addNativeScripts(scripts);
    Script many(kUsual);
    for (unsigned i = 0; i < 12; ++i)
        many.u8(0).u8(0).chunk(i % 2 == 0 ? asked : bubble(client(0), client(1)));
    scripts["many"] = many.octets();
    Script forged(kUsual);
    for (unsigned i = 0; i < 40; ++i)
        forged.u8(i % 2 == 0 ? 0 : 7).u8(i % 8 == 7 ? 1 : 0).chunk(asked);
    scripts["many-solicitations"] = forged.octets();
}

} // namespace culvert::fuzz
