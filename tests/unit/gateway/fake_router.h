// FakeRouter: a router that speaks PCP, NAT-PMP, both or neither, with a table, a clock and faults. GatewayWorld: a
// PortMapper among such routers, in virtual time.
#pragma once

#include "core/gateway/port_mapper.h"
#include "tests/support/router_codec.h"
#include "tests/support/seeded_random.h"

#include <map>

namespace culvert::test {

/// What the routers of a test do, and what they saw. Everything may be changed while it runs.
struct FakeRouter {
    SocketAddress address;
    SocketAddress external{Ipv4Address::of(45, 83, 1, 9), 0};
    bool speaksPcp = true;
    bool speaksNatPmp = false;
    bool refusesOtherVersions = true; ///< otherwise it does not answer them
    bool isDead = false;
    bool isFirewall = false; ///< an IPv6 router: the outer address is the inner one
    std::uint32_t lifetime = 7200;
    std::uint16_t portShift = 0; ///< external port minus internal port
    std::uint8_t pcpError = 0;
    std::uint32_t errorLifetime = 1800;
    bool refusesTcp = false;
    bool namesItselfInErrors = false;
    std::uint16_t natPmpError = 0;
    std::optional<SocketAddress> answersFrom; ///< instead of its own address
    bool spoilsNonce = false;
    bool talksNonsense = false;
    unsigned answers = 1; ///< how many times it sends each
    Instant bootedAt;

    struct Entry {
        SocketAddress client;
        std::uint16_t externalPort = 0;
        Instant until;
    };
    using Key = std::pair<SocketAddress, bool>; ///< client and port; whether it is TCP
    std::map<Key, Entry> table;
    std::vector<std::pair<Instant, Bytes>> seen;

    void restart(Instant now) {
        bootedAt = now;
        table.clear();
    }
    std::uint32_t epoch(Instant now) const {
        return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::seconds>(now - bootedAt).count());
    }
    bool holds(const SocketAddress& client, bool isTcp, Instant now) const {
        const auto found = table.find({client, isTcp});
        return found != table.end() && found->second.until > now;
    }
    std::size_t countSeen(std::uint8_t version, std::uint8_t opcode) const {
        std::size_t count = 0;
        for (const auto& [at, octets] : seen)
            count += octets.size() > 1 && octets[0] == version && octets[1] == opcode ? 1 : 0;
        return count;
    }
    Bytes pcpAnnouncement(Instant now) const { return pcpHeader(2, 0, 0, 0, epoch(now)); }
    Bytes natPmpAnnouncement(Instant now) const {
        wire::NatPmpResponse response;
        response.epoch = epoch(now);
        response.externalAddress = external.v4();
        return natPmpResponse(response);
    }
    /// The answer, when there is one.
    std::optional<Bytes> answer(Instant now, const GatewayDatagram& datagram) {
        seen.emplace_back(now, datagram.payload);
        if (isDead || datagram.payload.size() < 2)
            return std::nullopt;
        if (talksNonsense)
            return Bytes(27, 0xaa);
        const bool isPcp = datagram.payload[0] != 0;
        if (isPcp && speaksPcp)
            return answerPcp(now, datagram);
        if (!isPcp && speaksNatPmp)
            return answerNatPmp(now, datagram);
        if (!refusesOtherVersions || (!speaksPcp && !speaksNatPmp))
            return std::nullopt;
        return isPcp ? versionRefusal(now) : pcpHeader(2, datagram.payload[1], 1, 1800, epoch(now));
    }

private:
    // RFC 6886 §3.5
    Bytes versionRefusal(Instant now) const {
        Bytes out;
        ByteWriter(out).u8(0).u8(0).u16(1).u32(epoch(now));
        return out;
    }
    Bytes answerPcp(Instant now, const GatewayDatagram& datagram) {
        const PcpRequestOnWire request = readPcpRequest(datagram.payload);
        if (request.opcode == 0)
            return pcpAnnouncement(now);
        wire::PcpResponse response;
        response.opcode = wire::PcpOpcode::Map;
        response.epoch = epoch(now);
        response.map = {request.nonce, request.protocol, request.internalPort, SocketAddress(Ipv6Address{}, 0)};
        if (spoilsNonce)
            response.map.nonce[0] ^= 1;
        response.result = request.client == onWire(datagram.local) ? pcpError : 12; // RFC 6887 §8.2
        if (refusesTcp && request.protocol == 6)
            response.result = 9;
        if (response.result != 0) {
            response.lifetime = errorLifetime;
            if (namesItselfInErrors)
                response.map.external = at(request.externalPort);
            return pcpResponse(response);
        }
        const auto port = map(now, datagram.local, request.internalPort, request.protocol == 6, request.lifetime);
        response.lifetime = request.lifetime == 0 ? 0 : lifetime;
        response.map.external = isFirewall ? SocketAddress(datagram.local.v6(), port) : at(port);
        return pcpResponse(response);
    }
    Bytes answerNatPmp(Instant now, const GatewayDatagram& datagram) {
        ByteReader reader(datagram.payload);
        reader.u8();
        wire::NatPmpResponse response;
        response.opcode = static_cast<wire::NatPmpOpcode>(reader.u8());
        response.epoch = epoch(now);
        response.result = natPmpError;
        if (response.opcode == wire::NatPmpOpcode::ExternalAddress) {
            response.externalAddress = external.v4();
            return natPmpResponse(response);
        }
        reader.u16();
        response.internalPort = reader.u16();
        reader.u16();
        const std::uint32_t asked = reader.u32();
        if (natPmpError == 0) {
            const bool isTcp = response.opcode == wire::NatPmpOpcode::MapTcp;
            response.externalPort = map(now, datagram.local, response.internalPort, isTcp, asked);
            response.lifetime = asked == 0 ? 0 : lifetime;
        }
        return natPmpResponse(response);
    }
    std::uint16_t map(Instant now, const SocketAddress& client, std::uint16_t port, bool isTcp, std::uint32_t asked) {
        const SocketAddress whole = client.isV4() ? SocketAddress(client.v4(), port) : SocketAddress(client.v6(), port);
        const auto externalPort = static_cast<std::uint16_t>(port + portShift);
        if (asked == 0)
            table.erase({whole, isTcp});
        else
            table[{whole, isTcp}] = {whole, externalPort, now + std::chrono::seconds(lifetime)};
        return externalPort;
    }
    SocketAddress at(std::uint16_t port) const {
        return external.isV4() ? SocketAddress(external.v4(), port) : SocketAddress(external.v6(), port);
    }
};

/// One computer and its routers.
class GatewayWorld {
public:
    static constexpr Duration kLatency = 2ms;
    static constexpr std::size_t kRoutersMax = 8;

    explicit GatewayWorld(PortMapperConfig config, std::uint64_t seed = 1) : m_random(seed), mapper(config, m_random) {
        routers.reserve(kRoutersMax);
    }

    /// The router stays where it is. REQUIRES: fewer than kRoutersMax
    FakeRouter& add(FakeRouter router) {
        router.bootedAt = now - std::chrono::hours(10);
        routers.push_back(std::move(router));
        return routers.back();
    }
    void connect(const LocalNetwork& network) {
        mapper.handleNetwork(now, network);
        drain();
    }
    void run(Duration duration) {
        const Instant end = now + duration;
        drain();
        for (;;) {
            const auto deadline = mapper.pollTimeout();
            Instant next = end;
            if (deadline)
                next = std::min(next, deadline->at);
            if (!m_onTheWay.empty())
                next = std::min(next, m_onTheWay.begin()->first);
            if (next >= end && (m_onTheWay.empty() || m_onTheWay.begin()->first > end)) {
                now = end;
                if (!deadline || deadline->at > end)
                    return;
            }
            now = std::max(now, next);
            while (!m_onTheWay.empty() && m_onTheWay.begin()->first <= now) {
                const auto [at, arrival] = *m_onTheWay.begin();
                m_onTheWay.erase(m_onTheWay.begin());
                mapper.handleDatagram(now, arrival.local, arrival.remote, arrival.payload);
                drain();
            }
            if (deadline && deadline->at <= now)
                mapper.handleTimeout(now);
            drain();
            if (++steps > 200'000)
                return;
        }
    }
    void announce(const FakeRouter& router, const Bytes& payload, std::uint16_t port = 5351) {
        mapper.handleAnnouncement(now,
                                  router.address.isV4() ? SocketAddress(router.address.v4(), port)
                                                        : SocketAddress(router.address.v6(), port),
                                  payload);
        drain();
    }
    void say(const UpnpState& state) {
        mapper.handleUpnp(now, state);
        drain();
    }
    void drain() {
        while (auto datagram = mapper.pollTransmit())
            send(*datagram);
        while (auto change = mapper.pollChange()) {
            report = *change;
            changes.emplace_back(now, *change);
        }
    }

    Instant now = Instant(std::chrono::hours(24));
    std::vector<FakeRouter> routers;
    std::vector<GatewayDatagram> sent;
    GatewayReport report;
    std::vector<std::pair<Instant, GatewayReport>> changes;
    std::size_t steps = 0; ///< a busy loop shows here

private:
    struct Arrival {
        SocketAddress local, remote;
        Bytes payload;
    };

    void send(const GatewayDatagram& datagram) {
        sent.push_back(datagram);
        for (FakeRouter& router : routers) {
            const SocketAddress at = router.address.isV4() ? SocketAddress(router.address.v4(), 5351)
                                                           : SocketAddress(router.address.v6(), 5351);
            if (datagram.remote != at)
                continue;
            if (const auto answer = router.answer(now, datagram))
                for (unsigned i = 0; i < router.answers; ++i)
                    m_onTheWay.emplace(now + kLatency,
                                       Arrival{datagram.local, router.answersFrom.value_or(at), *answer});
        }
    }

    SeededRandom m_random;
    std::multimap<Instant, Arrival> m_onTheWay;

public:
    PortMapper mapper;
};

} // namespace culvert::test
