// A Teredo server under test, two clients of it, and the packets that they send.
#pragma once

#include "core/teredo/teredo_server.h"
#include "core/wire/ip_packet.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert::test {

inline const Ipv4Address kPrimary = Ipv4Address::of(45, 83, 1, 2);
inline const Ipv4Address kSecondary = Ipv4Address::of(45, 83, 1, 3);
inline const SocketAddress kAtPrimary(kPrimary, TeredoServer::kPort);
inline const SocketAddress kAtSecondary(kSecondary, TeredoServer::kPort);
// RFC 4380 §5.1.1: the standard's example of an origin.
inline const SocketAddress kBob(Ipv4Address::of(1, 2, 3, 4), 337);
inline const SocketAddress kAlice(Ipv4Address::of(45, 83, 2, 2), 40000);
inline const Ipv6Address kPlain = *Ipv6Address::fromText("fe80::5445:5245:444f");
inline const Ipv6Address kCone = *Ipv6Address::fromText("fe80::8000:5445:5245:444f");
inline const Ipv6Address kNative = *Ipv6Address::fromText("2a0e:b107:2::2");
inline const Ipv6Address kServerLinkLocal = *Ipv6Address::fromText("fe80::8000:f227:d2ac:fefd");

inline Ipv6Address teredo(const SocketAddress& mapped, const Ipv4Address& server = kPrimary) {
    return wire::encode(wire::TeredoAddress{server, false, 0, mapped.v4(), mapped.port()});
}

inline Bytes bubble(const Ipv6Address& from, const Ipv6Address& to, std::uint8_t hopLimit = 64) {
    return wire::encode(wire::Ipv6Packet{from, to, wire::kNextHeaderNone, hopLimit, {}});
}

inline Bytes icmpv6(const Ipv6Address& from, const Ipv6Address& to, std::size_t size = 16) {
    const Bytes body(size - 4);
    return wire::encodeIcmpv6(from, to, {128, 0, body});
}

inline Bytes joined(Bytes head, BytesView tail) {
    append(head, tail);
    return head;
}

inline Bytes authentication(const char* client = "", const char* value = "") {
    return wire::encodeAuthentication({asBytes(client), asBytes(value), {1, 2, 3, 4, 5, 6, 7, 8}, 9});
}

struct TeredoServerTest : testing::Test {
    SeededRandom random{1};
    TeredoServer server{{kPrimary, kSecondary, false, true}, random};
    Instant now{1000s};

    std::optional<Datagram> ask(BytesView payload, const SocketAddress& from = kBob,
                                const SocketAddress& asked = kAtPrimary) {
        return server.handleDatagram(now, Datagram{asked, from, toBytes(payload), 0});
    }
    // Nothing goes out, and that reason alone is counted.
    void expectDrop(TeredoServerDrop reason, BytesView payload, const SocketAddress& from, const char* name) {
        const std::uint64_t before = server.dropped(reason);
        EXPECT_FALSE(ask(payload, from)) << name;
        EXPECT_EQ(server.dropped(reason), before + 1) << name;
    }
};

} // namespace culvert::test
