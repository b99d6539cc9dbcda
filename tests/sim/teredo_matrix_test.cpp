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
    NatBehaviour mapping, filtering;
    TeredoKind teredo;
};
const Kind kKinds[] = {
    {"cone", EndpointIndependent, EndpointIndependent, TeredoKind::Cone},
    {"address-restricted", EndpointIndependent, AddressDependent, TeredoKind::Restricted},
    {"port-restricted", EndpointIndependent, AddressAndPortDependent, TeredoKind::Restricted},
    {"port-symmetric", AddressAndPortDependent, AddressAndPortDependent, TeredoKind::Symmetric},
};

// Y: RFC 4380 alone. S: with symmetric NAT support (RFC 6081 §5.2). -: no way.
const char* const kFigure[] = {
    "YYYS",
    "YYYS",
    "YYY-",
    "SS--",
};

/// A client behind its NAT.
struct Client {
    Client(const Kind& kind, std::uint8_t number, test::SeededRandom& random, bool speaks6081)
        : inside(Ipv4Address::of(192, 168, number, 5), static_cast<std::uint16_t>(40000 + number)),
          nat({kind.mapping, kind.filtering, 60s, false, false}, Ipv4Address::of(45, 83, number, 2), random),
          tunnel(random, false), sendsNonces(speaks6081) {
        const SocketAddress mapped = nat.outbound(Instant{1s}, inside, kServer); // The qualification's solicitation.
        TunnelAddresses own;
        own.teredo = wire::encode(
            wire::TeredoAddress{kServer.v4(), kind.teredo == TeredoKind::Cone, number, mapped.v4(), mapped.port()});
        own.localV4 = inside.v4();
        own.port = inside.port();
        own.kind = kind.teredo;
        own.mapped = mapped;
        tunnel.setAddresses(own);
    }
    InnerAddress address() const {
        const Ipv6Address& own = *tunnel.addresses().teredo;
        return SocketAddress(own, wire::decodeTeredoAddress(own)->port);
    }

    SocketAddress inside;
    SimNat nat;
    Tunnel tunnel;
    bool sendsNonces;
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
        const SocketAddress source = from.nat.outbound(m_now, from.inside, datagram.remote);
        m_flying.emplace(m_now + kTravel, Flying{source, datagram.remote, payload});
    }

    void drain() {
        for (Client& client : m_clients)
            while (const auto datagram = client.tunnel.pollTransmit())
                launch(client, *datagram);
    }

    void arrive(const Flying& packet) {
        if (packet.destination == kServer) {
            if (auto out = m_server.handleDatagram(m_now, Datagram{kServer, packet.source, packet.payload}))
                m_flying.emplace(m_now + kTravel, Flying{kServer, out->remote, out->payload});
            return;
        }
        for (Client& client : m_clients) {
            if (client.nat.address() != packet.destination.v4() ||
                !client.nat.inbound(m_now, packet.destination.port(), packet.source))
                continue;
            const Datagram datagram{client.inside, packet.source, packet.payload};
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

TEST(TeredoMatrix, whatRfc6081SaysOfTwoNatsIsSo) {
    for (std::size_t row = 0; row < std::size(kKinds); ++row) {
        for (std::size_t column = 0; column < std::size(kKinds); ++column) {
            const bool by6081 = Pair(kKinds[row], kKinds[column], true).talk();
            const bool by4380 = Pair(kKinds[row], kKinds[column], false).talk();
            const char expected = kFigure[row][column];
            const std::string cell = std::string(kKinds[row].name) + " calls " + kKinds[column].name;
            EXPECT_EQ(by6081, expected != '-') << cell;
            EXPECT_EQ(by4380, expected == 'Y') << cell << ", without nonces";
            std::cout << (by4380 ? " Yes" : by6081 ? " SNS" : "  No");
        }
        std::cout << "  " << kKinds[row].name << "\n";
    }
}

} // namespace
} // namespace culvert::sim
