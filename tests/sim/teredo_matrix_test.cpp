// RFC 6081 §3, figure 1: which two NATs two Teredo clients can talk through, cell by cell, with a server that both use.
#include "core/teredo/teredo_server.h"
#include "core/teredo/tunnel.h"
#include "tests/sim/sim_nat.h"

#include <gtest/gtest.h>

#include <functional>
#include <iostream>

namespace culvert::sim {
namespace {

using enum NatBehaviour;

const SocketAddress kServer(Ipv4Address::of(45, 90, 0, 1), TeredoServer::kPort);
constexpr Duration kTravel = 25ms;

/// A kind of NAT, in the order of the figure.
struct Kind {
    const char* name;
    NatConfig nat;
    TeredoKind teredo; ///< as the qualification finds it
    bool isForwarded;  ///< a router forwards the client's port
};
constexpr NatConfig natOf(NatBehaviour mapping, NatBehaviour filtering, bool preservesPort) {
    return {mapping, filtering, 60s, preservesPort, false};
}
constexpr NatConfig symmetric(bool preservesPort, bool isSequential, bool forwardsOneWay) {
    NatConfig out = natOf(AddressAndPortDependent, AddressAndPortDependent, preservesPort);
    out.isSequential = isSequential;
    out.forwardsOneWay = forwardsOneWay;
    return out;
}
constexpr NatConfig addressSymmetric() {
    NatConfig out = natOf(AddressAndPortDependent, AddressAndPortDependent, false);
    out.changesAddress = true;
    return out;
}
const Kind kKinds[] = {
    {"cone", natOf(EndpointIndependent, EndpointIndependent, false), TeredoKind::Cone, false},
    {"address-restricted", natOf(EndpointIndependent, AddressDependent, false), TeredoKind::Restricted, false},
    {"port-restricted", natOf(EndpointIndependent, AddressAndPortDependent, false), TeredoKind::Restricted, false},
    {"UPnP port-restricted", natOf(EndpointIndependent, AddressAndPortDependent, true), TeredoKind::Cone, true},
    {"UPnP port-symmetric", symmetric(false, false, true), TeredoKind::Symmetric, true},
    {"port-preserving port-symmetric", symmetric(true, false, false), TeredoKind::Symmetric, false},
    {"sequential port-symmetric", symmetric(false, true, false), TeredoKind::Symmetric, false},
    {"port-symmetric", symmetric(false, false, false), TeredoKind::Symmetric, false},
    {"address-symmetric", addressSymmetric(), TeredoKind::Symmetric, false},
};

// Y: RFC 4380 alone. S: with symmetric NAT support (RFC 6081 §5.2), U: and UPnP (§5.3), P: and random ports (§5.4),
// Q: and predicted ports (§5.5). -: no way.
const char* const kFigure[] = {
    "YYYYSSSSS", //
    "YYYYSSSS-", //
    "YYYY-PQ--", //
    "YYYYU----", //
    "SS-UU----", //
    "SSP--PQ--", //
    "SSQ------", //
    "SS-------", //
    "S--------", //
};
// A known gap: port-restricted and port-preserving to sequential, sequential to port-restricted. RFC 6081 §5.5 guesses
// the port that a NAT will give from two others, which fails where anybody else uses it, and answers a stranger's
// bubble with three packets.
constexpr char kKnownGap = 'Q';

/// A client behind its NAT.
struct Client {
    Client(const Kind& kind, std::uint8_t number, test::SeededRandom& random, bool speaks6081)
        : inside(Ipv4Address::of(192, 168, number, 5), static_cast<std::uint16_t>(40000 + number)),
          nat(kind.nat, Ipv4Address::of(45, 83, number, 2), random), tunnel(random, false), sendsNonces(speaks6081) {
        if (kind.isForwarded)
            nat.forward(inside.port(), inside);
        const SocketAddress mapped = nat.outbound(Instant{1s}, inside, kServer); // The qualification's solicitation.
        TunnelAddresses own;
        own.teredo = wire::encode(
            wire::TeredoAddress{kServer.v4(), kind.teredo == TeredoKind::Cone, number, mapped.v4(), mapped.port()});
        own.localV4 = inside.v4();
        own.port = inside.port();
        own.kind = kind.teredo;
        own.mapped = mapped;
        if (kind.isForwarded)
            own.forwarded = SocketAddress(nat.address(), inside.port());
        tunnel.setAddresses(own);
    }
    InnerAddress address() const {
        const Ipv6Address& own = *tunnel.addresses().teredo;
        return SocketAddress(own, wire::decodeTeredoAddress(own)->port);
    }
    SocketAddress insideOf(std::uint32_t socket) const {
        return socket == 0 ? inside : SocketAddress(inside.v4(), static_cast<std::uint16_t>(socket & 0xffff));
    }

    SocketAddress inside;
    SimNat nat;
    Tunnel tunnel;
    bool sendsNonces;
    std::set<std::uint32_t> sockets{0};
    std::vector<std::string> heard;
};

/// Two clients and a server, in virtual time.
class Pair {
public:
    Pair(const Kind& first, const Kind& second, bool speak6081)
        : m_clients{Client(first, 1, m_random, speak6081), Client(second, 2, m_random, speak6081)} {}

    /// The first one calls; whether both have heard the other.
    bool talk() {
        for (int second = 0; second < 10 && !(hears(0) && hears(1)); ++second) {
            say(0, "hello");
            if (hears(1))
                say(1, "hello yourself");
            run(1s);
        }
        return hears(0) && hears(1);
    }
    /// How often the two talk on after 20 s of silence each.
    int talkOn() {
        int out = 0;
        for (int i = 0; i < 5; ++i) {
            run(20s);
            for (Client& client : m_clients)
                client.heard.clear();
            say(0, "and now?");
            say(1, "still here");
            run(1s);
            out += hears(0) && hears(1) ? 1 : 0;
        }
        return out;
    }
    /// After an hour of silence nothing is kept.
    std::size_t openPorts() {
        run(1h);
        return m_clients[0].sockets.size() + m_clients[1].sockets.size() - 2;
    }

private:
    struct Flying {
        SocketAddress source, destination;
        Bytes payload;
    };

    bool hears(std::size_t which) const { return !m_clients[which].heard.empty(); }

    void say(std::size_t from, std::string_view text) {
        if (auto out = m_clients[from].tunnel.send(m_now, m_clients[1 - from].address(), asBytes(text)))
            launch(m_clients[from], *out);
        drain();
    }

    void launch(Client& from, const Datagram& datagram) {
        Bytes payload = datagram.payload;
        if (!from.sendsNonces) { // As one that knows RFC 4380 alone sends it.
            const auto teredo = wire::decodeTeredoPacket(payload);
            payload.resize(payload.size() - teredo->trailers.size());
        }
        from.sockets.insert(datagram.socket);
        const SocketAddress source = from.nat.outbound(m_now, from.insideOf(datagram.socket), datagram.remote);
        m_flying.emplace(m_now + kTravel, Flying{source, datagram.remote, payload});
    }

    void drain() {
        for (Client& client : m_clients) {
            while (const auto datagram = client.tunnel.pollTransmit())
                launch(client, *datagram);
            while (const auto closed = client.tunnel.pollClosedSocket())
                client.sockets.erase(*closed);
        }
    }

    void arrive(const Flying& packet) {
        if (packet.destination == kServer) {
            if (auto out = m_server.handleDatagram(m_now, Datagram{kServer, packet.source, packet.payload}))
                m_flying.emplace(m_now + kTravel, Flying{kServer, out->remote, out->payload});
            return;
        }
        for (Client& client : m_clients) {
            if (!client.nat.owns(packet.destination.v4()))
                continue;
            const auto inside = client.nat.inbound(m_now, packet.destination.port(), packet.source);
            if (!inside)
                continue;
            const std::uint32_t socket = *inside == client.inside ? 0 : kSocketOfPort + inside->port();
            if (!client.sockets.contains(socket))
                continue;
            Datagram datagram{*inside, packet.source, packet.payload};
            datagram.socket = socket;
            DropReason reason = DropReason::Malformed;
            const auto inner = client.tunnel.receive(m_now, datagram, reason);
            if (inner && !inner->payload.empty())
                client.heard.emplace_back(asText(inner->payload));
        }
        drain();
    }

    void run(Duration duration) {
        const Instant end = m_now + duration;
        while (true) {
            Instant next = end;
            if (!m_flying.empty())
                next = std::min(next, m_flying.begin()->first);
            for (const Client& client : m_clients)
                if (const auto deadline = client.tunnel.pollTimeout())
                    next = std::min(next, deadline->at);
            m_now = std::max(m_now, next);
            if (m_now >= end)
                return;
            while (!m_flying.empty() && m_flying.begin()->first <= m_now) {
                const Flying packet = m_flying.begin()->second;
                m_flying.erase(m_flying.begin());
                arrive(packet);
            }
            for (Client& client : m_clients)
                client.tunnel.handleTimeout(m_now);
            drain();
        }
    }

    test::SeededRandom m_random{5};
    Instant m_now{1s};
    TeredoServer m_server{TeredoServerConfig{kServer.v4(), std::nullopt}};
    std::multimap<Instant, Flying> m_flying;
    std::array<Client, 2> m_clients;
};

// How the two met, in the figure's words; in brackets where it knows no way.
const char* wordFor(char expected, bool by4380, bool by6081) {
    if (by4380)
        return "   Yes";
    if (!by6081)
        return expected == kKnownGap ? " (gap)" : "    No";
    switch (expected) {
    case 'S':
        return "   SNS";
    case 'U':
        return " +UPnP";
    case 'P':
        return "   +PP";
    default:
        return " (yes)";
    }
}

TEST(TeredoMatrix, whatRfc6081SaysOfTwoNatsIsSo) {
    for (std::size_t row = 0; row < std::size(kKinds); ++row) {
        for (std::size_t column = 0; column < std::size(kKinds); ++column) {
            Pair pair(kKinds[row], kKinds[column], true);
            const bool by6081 = pair.talk();
            const bool by4380 = Pair(kKinds[row], kKinds[column], false).talk();
            const char expected = kFigure[row][column];
            const std::string cell = std::string(kKinds[row].name) + " calls " + kKinds[column].name;
            if (expected != '-') {
                EXPECT_EQ(by6081, expected != kKnownGap) << cell;
            }
            EXPECT_EQ(by4380, expected == 'Y') << cell << ", without nonces";
            if (by6081) {
                EXPECT_EQ(pair.talkOn(), 5) << cell;
            }
            EXPECT_EQ(pair.openPorts(), 0U) << cell;
            std::cout << wordFor(expected, by4380, by6081);
        }
        std::cout << "  " << kKinds[row].name << "\n";
    }
}

} // namespace
} // namespace culvert::sim
