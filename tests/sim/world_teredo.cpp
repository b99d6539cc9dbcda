// What the virtual internet has for Teredo: servers, a relay, and the ICMPv6 errors that come back by native IPv6.
#include "core/wire/quoted_udp.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"
#include "tests/sim/world.h"

namespace culvert::sim {

namespace {

constexpr Duration kServerDelay = 10ms;

} // namespace

Ipv4Address World::addTeredoServer() {
    const auto number = static_cast<std::uint8_t>(m_servers.size());
    const Ipv4Address first = Ipv4Address::of(45, 90, number, 1), second = Ipv4Address::of(45, 90, number, 2);
    test::SeededRandom random(m_seed + number);
    m_servers[first] = m_servers[second] = std::make_shared<TeredoServer>(TeredoServerConfig{first, second}, random);
    return first;
}

void World::arriveAtServer(TeredoServer& server, const Flying& packet) {
    const auto teredo = wire::decodeTeredoPacket(packet.payload);
    if (losesBubbles && teredo && teredo->packet.nextHeader == wire::kNextHeaderNone)
        return;
    const auto source = teredo ? wire::decodeTeredoAddress(teredo->packet.source) : std::nullopt;
    if (source && source->mapped() == packet.source && teredo->packet.destination.isNativeGlobal() &&
        teredo->packet.nextHeader == wire::kNextHeaderIcmpv6 &&
        teredo->packet.payload.size() <= TeredoServer::kIcmpv6Max) {
        const Flying forwarded{packet.source, {teredo->packet.destination, 0}, wire::encode(teredo->packet), true};
        m_flying.emplace(m_now + kServerDelay, forwarded);
        return;
    }
    if (const auto out = server.handleDatagram(m_now, {packet.destination, packet.source, packet.payload}))
        m_flying.emplace(m_now + kServerDelay, Flying{out->local, out->remote, out->payload});
}

// An ICMPv6 error reaches the socket that sent what it quotes.
void World::arriveAsError(const Flying& packet) {
    const auto ipv6 = wire::decodeIpv6(packet.payload);
    const auto quoted = ipv6 ? wire::decodeUnreachable(*ipv6) : fail(ErrorCode::Malformed);
    SimHost* host = quoted ? hostAt(quoted->source) : nullptr;
    if (host == nullptr || host->isCut || host->m_isAsleep || !host->m_engine || !host->config.hearsErrors)
        return;
    if (!host->config.v6PassesErrors && !host->passesFirewall(quoted->source, quoted->destination))
        return;
    host->m_engine->handleError(host->now(), {ipv6->source, quoted->destination, quoted->payload});
    host->drain();
}

// RFC 4380 §5.4: the relay wraps what is for a Teredo address, and unwraps what clients send to it.
bool World::crossesRelay(const Flying& packet) {
    constexpr std::uint16_t relayPort = 3545;
    if (!relay ||
        (packet.destination.isV4() ? packet.destination.v4() != relay->address : !packet.destination.v6().isTeredo()))
        return false;
    if (m_random.below(100) < relay->lossPercent)
        return true;
    if (packet.destination.isV6() && hostAt(packet.destination) != nullptr)
        return false; // The operating system's own client is behind it.
    if (packet.destination.isV6()) {
        const wire::UdpInIpv6 inner{packet.source.v6(), packet.destination.v6(), packet.source.port(),
                                    packet.destination.port(), packet.payload};
        m_flying.emplace(m_now + relay->delay,
                         Flying{SocketAddress(relay->address, relayPort),
                                wire::decodeTeredoAddress(packet.destination.v6())->mapped(), wire::encode(inner)});
    } else if (const auto teredo = wire::decodeTeredoPacket(packet.payload)) {
        if (const auto udp = wire::decodeUdp(teredo->packet); udp && udp->source.isTeredo())
            m_flying.emplace(m_now + relay->delay,
                             Flying{SocketAddress(udp->source, udp->sourcePort),
                                    SocketAddress(udp->destination, udp->destinationPort), toBytes(udp->payload)});
    }
    return true;
}

} // namespace culvert::sim
