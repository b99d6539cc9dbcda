// What routers say, and scripts for the port mapper.
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/gateway_script.h"
#include "tests/support/router_codec.h"

namespace culvert::fuzz {
namespace {

using G = GatewayOrder;

const SocketAddress kOuter(Ipv4Address::of(45, 83, 1, 9), 5000);

void addPcp(Corpus& corpus) {
    auto& inputs = corpus["pcp"];
    wire::PcpResponse response;
    inputs["announce"] = test::pcpResponse(response);
    response.opcode = wire::PcpOpcode::Map;
    response.lifetime = 7200;
    response.epoch = 77;
    response.map = {{1, 2, 3}, 17, 5000, kOuter};
    const Bytes map = test::pcpResponse(response);
    inputs["map"] = map;
    inputs["map-half"] = toBytes(BytesView(map).first(40));
    Bytes options = map;
    append(options, Bytes{2, 0, 0, 0, 0x85, 0, 0, 5, 1, 2, 3, 4, 5, 0, 0, 0});
    inputs["options"] = options;
    options.resize(options.size() - 4);
    inputs["option-cut-off"] = options;
    response.map.external = SocketAddress(*Ipv6Address::fromText("2001:db8::20"), 5000);
    inputs["map-ipv6"] = test::pcpResponse(response);
    response.result = 12;
    inputs["address-mismatch"] = test::pcpResponse(response);
    response.result = 200;
    inputs["unknown-result"] = test::pcpResponse(response);
    inputs["version-refused-by-nat-pmp"] = {0, 0, 0, 1, 0, 0, 0, 9};
    inputs["version-refused-by-pcp"] = test::pcpHeader(2, 0, 1, 1800, 9);
    inputs["other-version"] = test::pcpHeader(3, 1, 1, 1800, 9);
    Bytes longest = map;
    while (longest.size() < wire::kPcpSizeMax)
        append(longest, Bytes{0x80, 0, 0, 0});
    inputs["longest"] = longest;
    inputs["empty"] = {};
}

void addNatPmp(Corpus& corpus) {
    auto& inputs = corpus["nat_pmp"];
    wire::NatPmpResponse response;
    response.epoch = 77;
    response.externalAddress = kOuter.v4();
    inputs["address"] = test::natPmpResponse(response);
    response.result = 3;
    inputs["address-failure-short"] = toBytes(BytesView(test::natPmpResponse(response)).first(8));
    response.result = 0;
    response.opcode = wire::NatPmpOpcode::MapUdp;
    response.internalPort = response.externalPort = 5000;
    response.lifetime = 7200;
    inputs["udp"] = test::natPmpResponse(response);
    inputs["udp-half"] = toBytes(BytesView(inputs["udp"]).first(11));
    response.opcode = wire::NatPmpOpcode::MapTcp;
    response.result = 2;
    inputs["tcp-refused"] = test::natPmpResponse(response);
    inputs["request"] = {0, 1, 0, 0, 0x13, 0x88, 0x13, 0x88, 0, 0, 28, 32};
    inputs["empty"] = {};
}

/// Writes orders.
class Orders {
public:
    Orders& network(std::uint8_t shape) { return order(G::Network).u8(shape); }
    Orders& answerPcp(std::uint8_t which, std::uint8_t result, std::uint32_t lifetime, std::uint32_t epoch,
                      std::uint8_t address, std::uint16_t port) {
        order(G::AnswerPcp).u8(which).u8(result);
        m_writer.u32(lifetime).u32(epoch).u8(address).u16(port);
        return *this;
    }
    Orders& answerNatPmp(std::uint8_t opcode, std::uint8_t result, std::uint32_t epoch, std::uint8_t address) {
        order(G::AnswerPmp).u8(0).u8(opcode).u8(result);
        m_writer.u32(7200).u32(epoch).u8(address).u16(5000);
        return *this;
    }
    Orders& epoch(std::uint8_t router, std::uint8_t protocol, std::uint32_t seconds, std::uint8_t address) {
        order(G::Epoch).u8(router).u8(protocol);
        m_writer.u32(seconds).u8(address);
        return *this;
    }
    Orders& chunk(G which, std::uint8_t router, BytesView octets) {
        order(which).u8(router);
        m_writer.u16(static_cast<std::uint16_t>(octets.size())).bytes(octets);
        return *this;
    }
    Orders& upnp(std::uint16_t shape, std::uint8_t error) {
        order(G::Upnp);
        m_writer.u16(shape).u8(error);
        return *this;
    }
    Orders& sleep(std::uint16_t tenths) {
        order(G::Sleep);
        m_writer.u16(tenths);
        return *this;
    }
    Orders& refresh() { return order(G::Refresh); }
    Orders& shutdown() { return order(G::Shutdown); }
    const Bytes& octets() const { return m_octets; }

private:
    Orders& order(G which) { return u8(static_cast<std::uint8_t>(which)); }
    Orders& u8(std::uint8_t value) {
        m_writer.u8(value);
        return *this;
    }

    Bytes m_octets;
    ByteWriter m_writer{m_octets};
};

void addScripts(Corpus& corpus) {
    auto& scripts = corpus["port_mapper"];
    const Bytes refusal = {0, 0, 0, 1, 0, 0, 0, 9};
    scripts["pcp"] = Orders()
                         .network(1)
                         .answerPcp(0, 0, 7200, 100, 0, 5000)
                         .answerPcp(0, 0, 7200, 100, 0, 5000)
                         .upnp(1 | 8 | 64 | 1024, 1)
                         .sleep(36000)
                         .answerPcp(0, 0, 7200, 3700, 0, 5000)
                         .epoch(0, 0, 3, 0)
                         .sleep(20)
                         .answerPcp(0, 0, 7200, 5, 0, 5000)
                         .shutdown()
                         .octets();
    scripts["pcp-refused"] =
        Orders().network(1).answerPcp(0, 2, 60, 100, 0, 5000).sleep(100).refresh().sleep(600).octets();
    scripts["pcp-private"] = Orders().network(1).answerPcp(0, 0, 60, 9, 1, 5000).sleep(40).refresh().octets();
    scripts["pcp-no-address"] = Orders().network(1).answerPcp(0, 0, 60, 9, 2, 5000).sleep(400).octets();
    scripts["pcp-short-life"] = Orders().network(1).answerPcp(0, 0, 1, 9, 0, 5001).sleep(300).octets();
    scripts["pcp-taken-back"] =
        Orders().network(1).answerPcp(0, 0, 60, 9, 0, 5000).answerPcp(0, 0, 0, 9, 0, 0).sleep(300).octets();
    scripts["nat-pmp"] = Orders()
                             .network(1)
                             .chunk(G::Raw, 0, refusal)
                             .answerNatPmp(0, 0, 50, 0)
                             .answerNatPmp(1, 0, 50, 0)
                             .answerNatPmp(2, 4, 50, 0)
                             .epoch(0, 1, 1, 0)
                             .sleep(10)
                             .answerNatPmp(0, 0, 2, 1)
                             .sleep(50)
                             .refresh()
                             .answerPcp(0, 0, 7200, 1, 0, 5000)
                             .shutdown()
                             .octets();
    scripts["nat-pmp-refused"] = Orders().network(1).sleep(20).answerNatPmp(0, 3, 50, 0).sleep(400).octets();
    scripts["version-refused-both-ways"] = Orders()
                                               .network(1)
                                               .chunk(G::Raw, 0, refusal)
                                               .chunk(G::Raw, 0, test::pcpHeader(2, 0, 1, 1800, 9))
                                               .sleep(20000)
                                               .octets();
    scripts["silence"] = Orders().network(31).sleep(65000).octets();
}

void addLongerScripts(Corpus& corpus) {
    auto& scripts = corpus["port_mapper"];
    const Bytes refusal = {0, 0, 0, 1, 0, 0, 0, 9};
    const Bytes notify = toBytes(asBytes("NOTIFY * HTTP/1.1\r\n\r\n"));
    scripts["pinholes"] = Orders()
                              .network(4 | 8 | 16)
                              .answerPcp(0, 0, 600, 9, 0, 5000)
                              .answerPcp(1, 0, 600, 9, 0, 5001)
                              .upnp(1 | 4096 | 8192 | 16384 | 32768, 1)
                              .sleep(100)
                              .network(4 | 16)
                              .sleep(3000)
                              .epoch(2, 0, 1, 0)
                              .sleep(30)
                              .octets();
    scripts["upnp"] = Orders()
                          .network(1)
                          .sleep(6)
                          .upnp(1 | 8 | 64 | 512, 1)
                          .upnp(1 | 8 | 2048, 1)
                          .upnp(6, 9)
                          .sleep(30)
                          .answerPcp(0, 0, 600, 9, 0, 5000)
                          .sleep(150)
                          .octets();
    scripts["announcements"] = Orders()
                                   .network(7 | 8)
                                   .chunk(G::Announce, 128, notify)
                                   .chunk(G::Announce, 0, notify)
                                   .chunk(G::Announce, 2, notify)
                                   .chunk(G::Announce, 3, notify)
                                   .chunk(G::Announce, 0, refusal)
                                   .sleep(50)
                                   .octets();
    scripts["two-routers"] = Orders()
                                 .network(3)
                                 .answerPcp(1, 0, 600, 9, 1, 5000)
                                 .answerPcp(0, 0, 600, 9, 0, 5000)
                                 .network(2)
                                 .network(0)
                                 .network(1)
                                 .sleep(30)
                                 .octets();
}

} // namespace

void addGatewayInputs(Corpus& corpus) {
    addPcp(corpus);
    addNatPmp(corpus);
    addScripts(corpus);
    addLongerScripts(corpus);
}

} // namespace culvert::fuzz
