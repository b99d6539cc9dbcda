// Two Teredo clients behind NATs, with a server that both use: in virtual time, without engines.
#pragma once

#include "core/teredo/teredo_server.h"
#include "core/teredo/tunnel.h"
#include "tests/sim/sim_nat.h"

#include <functional>

namespace culvert::sim {

inline const SocketAddress kServer(Ipv4Address::of(45, 90, 0, 1), TeredoServer::kPort);
inline const SocketAddress kSecondary(Ipv4Address::of(45, 90, 0, 2), TeredoServer::kPort);

/// A kind of NAT.
struct Kind {
    const char* name;
    NatConfig nat;
    TeredoKind teredo; ///< as the qualification finds it
    bool isForwarded;  ///< a router forwards the client's port
};

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
        if (kind.teredo == TeredoKind::Symmetric)
            own.secondaryServer = kSecondary.v4();
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

/// Two clients and a server.
class Pair {
public:
    static constexpr Duration kTravel = 25ms;

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

    /// Random ports that are open.
    std::size_t socketsNow() const { return m_clients[0].sockets.size() + m_clients[1].sockets.size() - 2; }
    Instant now() const { return m_now; }

    /// A packet on its way.
    struct Flying {
        SocketAddress source, destination;
        Bytes payload;
    };
    /// Called before each packet leaves a client, for whoever uses its NAT, too.
    std::function<void(Client&, const Datagram&)> beforeLeaving;
    /// Whether a packet is lost.
    std::function<bool(const Flying&)> isLost;

private:
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
        if (beforeLeaving)
            beforeLeaving(from, datagram);
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
        if (isLost && isLost(packet))
            return;
        if (packet.destination == kServer || packet.destination == kSecondary) {
            if (auto out = m_server.handleDatagram(m_now, Datagram{packet.destination, packet.source, packet.payload}))
                m_flying.emplace(m_now + kTravel, Flying{out->local, out->remote, out->payload});
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
    TeredoServer m_server{TeredoServerConfig{kServer.v4(), kSecondary.v4()}, m_random};
    std::multimap<Instant, Flying> m_flying;
    std::array<Client, 2> m_clients;
};

} // namespace culvert::sim
