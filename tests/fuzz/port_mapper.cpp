// The port mapper among routers that say anything. Answers to PCP carry the nonces of real requests.
#include "core/gateway/port_mapper.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/gateway_script.h"
#include "tests/fuzz/sleep.h"
#include "tests/support/router_codec.h"
#include "tests/support/seeded_random.h"

#include <deque>

namespace culvert::fuzz {
namespace {

constexpr std::uint16_t kPort = 5000;
constexpr std::size_t kRequestsKept = 16;

const Ipv6Address kOwn6 = *Ipv6Address::fromText("2001:db8::20");
const Ipv6Address kTemporary6 = *Ipv6Address::fromText("2001:db8::7e57");

SocketAddress routerOf(std::uint8_t which, std::uint16_t port) {
    switch (which % 4) {
    case 0:
        return {Ipv4Address::of(192, 168, 1, 1), port};
    case 1:
        return {Ipv4Address::of(192, 168, 2, 1), port};
    case 2:
        return {*Ipv6Address::fromText("fe80::1"), port};
    default:
        return {Ipv4Address::of(198, 51, 100, 66), port}; // Nobody's router.
    }
}

SocketAddress localTo(const SocketAddress& router) {
    if (router.isV6())
        return {kOwn6, 0};
    return {Ipv4Address::of(192, 168, router.v4().octets[2], 20), 0};
}

Ipv4Address outer(std::uint8_t which) {
    constexpr std::array kOuter = {Ipv4Address::of(45, 83, 1, 9), Ipv4Address::of(10, 1, 1, 1), Ipv4Address{},
                                   Ipv4Address::of(203, 0, 113, 1)};
    return kOuter[which % kOuter.size()];
}

class Target {
public:
    void run(Input& script) {
        constexpr int kOrdersMax = 400;
        for (int i = 0; i < kOrdersMax && !script.empty(); ++i) {
            order(script);
            drain();
        }
    }

private:
    void order(Input& script) {
        const auto which = script.u8() % static_cast<unsigned>(GatewayOrder::Count);
        switch (static_cast<GatewayOrder>(which)) {
        case GatewayOrder::Network:
            return m_mapper.handleNetwork(m_now, network(script.u8()));
        case GatewayOrder::Raw: {
            const SocketAddress router = routerOf(script.u8(), 5351);
            return m_mapper.handleDatagram(m_now, localTo(router), router, script.chunk());
        }
        case GatewayOrder::AnswerPcp:
            return answerPcp(script);
        case GatewayOrder::AnswerPmp:
            return answerNatPmp(script);
        case GatewayOrder::Announce: {
            const std::uint8_t router = script.u8();
            return m_mapper.handleAnnouncement(m_now, routerOf(router, router < 128 ? 5351 : 1900), script.chunk());
        }
        case GatewayOrder::Epoch:
            return announceEpoch(script);
        case GatewayOrder::Upnp:
            return sayUpnp(script);
        case GatewayOrder::Sleep:
            return sleepUntil(m_now, m_now + 100ms * script.u16(), m_mapper, [this] { drain(); });
        case GatewayOrder::Refresh:
            return m_mapper.refresh(m_now);
        case GatewayOrder::Shutdown:
            m_isDown = true;
            return m_mapper.shutdown(m_now);
        case GatewayOrder::Count:
            return;
        }
    }

    static LocalNetwork network(std::uint8_t shape) {
        LocalNetwork out;
        for (std::uint8_t i = 0; i < 3; ++i)
            if ((shape >> i & 1) != 0)
                out.routers.push_back({routerOf(i, 0), localTo(routerOf(i, 0)), i});
        if ((shape & 8) != 0)
            out.native6.push_back(kOwn6);
        if ((shape & 16) != 0)
            out.native6.push_back(kTemporary6);
        if ((shape & 32) == 0)
            out.v4.push_back(Ipv4Address::of(192, 168, 1, 20));
        out.port = kPort;
        return out;
    }

    static std::uint32_t u32(Input& script) {
        const std::uint32_t high = script.u16();
        return high << 16 | script.u16();
    }

    void answerPcp(Input& script) {
        const std::uint8_t which = script.u8();
        if (m_requests.empty())
            return;
        const GatewayDatagram& asked = m_requests[which % m_requests.size()];
        const test::PcpRequestOnWire request = test::readPcpRequest(asked.payload);
        wire::PcpResponse response;
        response.opcode = wire::PcpOpcode::Map;
        response.result = script.u8();
        response.lifetime = u32(script);
        response.epoch = u32(script);
        const std::uint8_t address = script.u8();
        const std::uint16_t port = script.u16();
        const bool isItself = asked.local.isV6() && address < 128;
        response.map = {request.nonce, request.protocol, request.internalPort,
                        isItself ? SocketAddress(asked.local.v6(), port) : SocketAddress(outer(address), port)};
        m_mapper.handleDatagram(m_now, asked.local, asked.remote, test::pcpResponse(response));
    }

    void answerNatPmp(Input& script) {
        const SocketAddress router = routerOf(script.u8(), 5351);
        wire::NatPmpResponse response;
        response.opcode = static_cast<wire::NatPmpOpcode>(script.u8() % 3);
        response.result = script.u8();
        response.lifetime = u32(script);
        response.epoch = u32(script);
        response.externalAddress = outer(script.u8());
        response.externalPort = script.u16();
        response.internalPort = kPort;
        m_mapper.handleDatagram(m_now, localTo(router), router, test::natPmpResponse(response));
    }

    void announceEpoch(Input& script) {
        const SocketAddress router = routerOf(script.u8(), 5351);
        const bool isPcp = script.u8() % 2 == 0;
        wire::NatPmpResponse response;
        response.epoch = u32(script);
        response.externalAddress = outer(script.u8());
        m_mapper.handleAnnouncement(
            m_now, router, isPcp ? test::pcpHeader(2, 0, 0, 0, response.epoch) : test::natPmpResponse(response));
    }

    void sayUpnp(Input& script) {
        const std::uint16_t shape = script.u16();
        const int error = script.u8() - 1;
        UpnpState state;
        state.answer = static_cast<ProtocolAnswer>(shape % 5);
        if ((shape & 8) != 0)
            state.gateway = routerOf(static_cast<std::uint8_t>(shape >> 4), 0);
        if ((shape & 64) != 0)
            state.routerAddress = outer(static_cast<std::uint8_t>(shape >> 7));
        state.udp.isMapped = (shape & 512) != 0;
        state.udp.isConfirmed = (shape & 1024) != 0;
        state.udp.isForAnother = (shape & 2048) != 0;
        state.udp.external = static_cast<std::uint16_t>(kPort + shape % 3);
        state.udp.error = error;
        state.tcp = state.udp;
        if ((shape & 4096) != 0)
            state.firewallIsOn = (shape & 8192) != 0;
        if ((shape & 16384) != 0)
            state.pinholes.push_back({kOwn6, (shape & 32768) != 0, {}, error, "words"});
        m_mapper.handleUpnp(m_now, state);
    }

    void drain() {
        while (auto datagram = m_mapper.pollTransmit()) {
            require(datagram->remote.port() == 5351, "everything goes to the servers' port");
            require(datagram->remote != routerOf(3, 5351), "nothing goes to who is no router");
            require(datagram->payload.size() <= 60, "requests are short");
            if (datagram->payload.size() == 60)
                m_requests.push_front(*datagram);
            if (m_requests.size() > kRequestsKept)
                m_requests.pop_back();
        }
        while (const auto report = m_mapper.pollChange())
            check(*report);
        const UpnpWish& wish = m_mapper.upnpWish();
        require(wish.pinholes.size() <= PortMapper::kPinholesMax, "pinholes are bounded");
        require(!m_isDown || wish == UpnpWish(), "after the end nothing is wished");
        require(!m_isDown || !m_mapper.pollTimeout(), "after the end nothing is waited for");
    }

    static void check(const GatewayReport& report) {
        require(report.pinholes.size() <= PortMapper::kPinholesMax, "pinholes are bounded");
        require(report.gateways.size() <= 2 * PortMapper::kRoutersMax + 1, "gateways are bounded");
        for (const PortMappingStatus& status : {report.udp, report.tcp}) {
            const bool isMapped =
                status.state == PortMappingState::Claimed || status.state == PortMappingState::Confirmed;
            require(status.state != PortMappingState::Proven, "proof is not the mapper's to give");
            require(!isMapped || !status.external || status.external->v4().isGlobal(), "what is mapped is public");
            require(isMapped || status.state == PortMappingState::Trying || !status.external,
                    "without a mapping there is no external address");
            require(!isMapped || status.protocol, "somebody gave the mapping");
        }
    }

    Instant m_now = Instant(1h);
    test::SeededRandom m_random{1};
    PortMapper m_mapper{PortMapperConfig{kPort, {1, 2, 3}, false}, m_random};
    std::deque<GatewayDatagram> m_requests; // The latest first.
    bool m_isDown = false;
};

} // namespace

void run(BytesView input) {
    Input script(input);
    Target target;
    target.run(script);
}

} // namespace culvert::fuzz
