// A tunnel, its peers' addresses, and what they send: for tests of Teredo peers.
#pragma once

#include "core/teredo/tunnel.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace culvert {

inline const Ipv4Address kServer = Ipv4Address::of(45, 90, 0, 1);
inline const SocketAddress kServerAt(kServer, 3544);
inline const Ipv4Address kPeerServer = Ipv4Address::of(45, 91, 0, 1);
inline const SocketAddress kOwn(Ipv4Address::of(45, 83, 1, 2), 50000);
inline const SocketAddress kPeer(Ipv4Address::of(45, 84, 1, 2), 51000);
inline const SocketAddress kElsewhere(Ipv4Address::of(45, 85, 1, 2), 52000);
inline const Ipv6Address kNative = *Ipv6Address::fromText("2a0e:b107:2::2");
inline const Ipv6Address kLinkLocal = *Ipv6Address::fromText("fe80::1");
inline const Ipv6Address kOwnNative = *Ipv6Address::fromText("2a0e:b107:7::7");
inline const Ipv4Address kLan = Ipv4Address::of(192, 168, 1, 5);

inline Ipv6Address teredo(const SocketAddress& mapped, const Ipv4Address& server = kServer, bool cone = false) {
    return wire::encode(wire::TeredoAddress{server, cone, 7, mapped.v4(), mapped.port()});
}
inline const Ipv6Address kOwnTeredo = teredo(kOwn);
inline const Ipv6Address kPeerTeredo = teredo(kPeer, kPeerServer);

struct TeredoPeersTest : testing::Test {
    test::SeededRandom random{1};
    Tunnel tunnel{random, false};
    Instant now{1000s};
    DropReason reason = DropReason::Malformed;

    void SetUp() override { beClient(); }
    void beClient() {
        tunnel.setAddresses({std::nullopt, kOwnTeredo, kLan, kOwn.port(), TeredoKind::Restricted, kOwn, std::nullopt});
    }
    void beRelay(TeredoKind kind = TeredoKind::Restricted) {
        tunnel.setAddresses({kOwnNative, std::nullopt, kLan, kOwn.port(), kind, kOwn, std::nullopt});
    }
    const Ipv6Address& own() const {
        return tunnel.addresses().native ? *tunnel.addresses().native : *tunnel.addresses().teredo;
    }
    Result<InnerDatagram> receive(const SocketAddress& from, const Bytes& payload) {
        m_arrived = Datagram{{}, from, payload, 0};
        return tunnel.receive(now, m_arrived, reason);
    }
    Bytes udpFrom(const Ipv6Address& source, std::uint16_t port = 9) const {
        return wire::encode(wire::UdpInIpv6{source, own(), port, kOwn.port(), asBytes("hello")});
    }
    Bytes bubbleFrom(const Ipv6Address& source, const wire::TeredoTrailers& trailers = {}) const {
        return makeBubble(source, own(), trailers);
    }
    Bytes byServer(const SocketAddress& origin, const Bytes& bubble) const {
        Bytes out = wire::encodeOriginIndication(origin);
        append(out, bubble);
        return out;
    }
    std::vector<Datagram> sent() {
        std::vector<Datagram> out;
        while (auto datagram = tunnel.pollTransmit())
            out.push_back(std::move(*datagram));
        return out;
    }
    std::vector<SocketAddress> sentTo() {
        std::vector<SocketAddress> out;
        for (const Datagram& datagram : sent())
            out.push_back(datagram.remote);
        return out;
    }
    void pass(Duration duration) {
        now += duration;
        tunnel.handleTimeout(now);
    }
    std::optional<Datagram> say(const InnerAddress& remote) { return tunnel.send(now, remote, asBytes("question")); }
    // What our echo request holds.
    EchoNonce nonceOf(const Datagram& request) {
        EchoNonce out{};
        std::copy(request.payload.end() - 16, request.payload.end(), out.begin());
        return out;
    }
    Bytes echoReply(const Ipv6Address& source, const EchoNonce& nonce) const {
        Bytes body(4);
        append(body, nonce);
        return wire::encodeIcmpv6(source, own(), {129, 0, body});
    }
    std::uint32_t nonceIn(const Datagram& bubble) {
        return wire::decodeTeredoTrailers(wire::decodeTeredoPacket(bubble.payload)->trailers)->nonce.value_or(0);
    }
    const InnerAddress peer{SocketAddress(kPeerTeredo, kPeer.port())};
    InnerAddress nativeHost() const {
        InnerAddress out{SocketAddress(kNative, 443)};
        out.ordinary = true;
        return out;
    }
    Datagram m_arrived;
};

using Addresses = std::vector<SocketAddress>;
inline const SocketAddress kPeerServerAt(kPeerServer, 3544);

} // namespace culvert
