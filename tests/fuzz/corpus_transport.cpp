// Datagrams for the tunnel, packets and scripts for QUIC.
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/quic_script.h"

namespace culvert::fuzz {
namespace {

void addTunnel(Corpus& corpus) {
    auto& inputs = corpus["tunnel"];
    const auto input = [](std::uint8_t shape, const Datagram& datagram) {
        Bytes out = {shape};
        ByteWriter writer(out);
        writer.u16(datagram.remote.port());
        if (datagram.remote.isV4())
            writer.bytes(datagram.remote.v4().octets);
        else
            writer.bytes(datagram.remote.v6().octets);
        writer.bytes(datagram.payload);
        return out;
    };
    const Bytes payload(20, 1);
    inputs["native"] = input(4, arriving(Place::ContactV6, InnerSource::Mapped, payload));
    inputs["mapped"] = input(12, arriving(Place::ContactV4, InnerSource::Mapped, payload));
    inputs["teredo"] = input(13, arriving(Place::ContactV4, InnerSource::Teredo, payload));
    inputs["teredo-private"] = input(9, arriving(Place::PrivateV4, InnerSource::Teredo, payload));
    inputs["relay"] = input(14, arriving(Place::ContactV4, InnerSource::Native, payload));
    inputs["relay-and-native"] = input(13, arriving(Place::ContactV4, InnerSource::Native, payload));
    const Bytes bubble =
        wire::encode(wire::Ipv6Packet{addressOf(Place::ContactV6).v6(), {}, wire::kNextHeaderNone, 64, {}});
    inputs["bubble"] = input(12, {{}, kV4, bubble, 0});
}

void addPackets(Corpus& corpus) {
    auto& packets = corpus["quic_packet"];
    Bytes initial = {1, 0xc0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0x44, 0x80};
    packets["initial"] = initial;
    packets["initial-short"] = initial;
    packets["initial-short"][0] = 0;
    packets["initial-long-ids"] = initial;
    packets["initial-long-ids"][6] = 20;
    packets["other-version"] = initial;
    packets["other-version"][5] = 2;
    packets["version-negotiation"] = {0, 0xc0, 0, 0, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 1};
    packets["retry"] = {1, 0xf0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 9};
    packets["zero-rtt"] = {1, 0xd0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 9, 9};
    packets["short-header"] = {0, 0x40, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9};
}

void addPair(Corpus& corpus) {
    auto& scripts = corpus["quic_pair"];
    using Q = QuicOrder;
    const Bytes text(300, 'a');
    const Bytes both = Script(static_cast<std::uint8_t>(Q::Run))
                           .u8(200)
                           .order(Q::Write)
                           .u8(0)
                           .chunk(text)
                           .order(Q::Write)
                           .u8(3)
                           .chunk(text)
                           .order(Q::Run)
                           .u8(200)
                           .octets();
    scripts["both-write"] = both;
    scripts["update-and-close"] = Script(static_cast<std::uint8_t>(Q::Run))
                                      .u8(250)
                                      .order(Q::Update)
                                      .u8(0)
                                      .order(Q::Write)
                                      .u8(2)
                                      .chunk(text)
                                      .order(Q::Run)
                                      .u8(250)
                                      .order(Q::Update)
                                      .u8(1)
                                      .order(Q::Write)
                                      .u8(1)
                                      .chunk(text)
                                      .order(Q::Run)
                                      .u8(99)
                                      .order(Q::Close)
                                      .u8(1)
                                      .octets();
    scripts["first-flight-corrupt"] = Script(static_cast<std::uint8_t>(Q::Run))
                                          .u8(1)
                                          .order(Q::Corrupt)
                                          .u8(0)
                                          .u16(100)
                                          .u8(1)
                                          .order(Q::Run)
                                          .u8(255)
                                          .octets();
    scripts["first-flight-lost"] = Script(static_cast<std::uint8_t>(Q::Run))
                                       .u8(1)
                                       .order(Q::Drop)
                                       .u8(0)
                                       .order(Q::Sleep)
                                       .u16(900)
                                       .order(Q::Run)
                                       .u8(255)
                                       .octets();
}

void addHarm(Corpus& corpus) {
    auto& packets = corpus["quic_packet"];
    auto& scripts = corpus["quic_pair"];
    using Q = QuicOrder;
    const Bytes text(300, 'a');
    scripts["twice-and-late"] = Script(static_cast<std::uint8_t>(Q::Run))
                                    .u8(1)
                                    .order(Q::Duplicate)
                                    .u8(0)
                                    .order(Q::Delay)
                                    .u8(0)
                                    .u8(90)
                                    .order(Q::Run)
                                    .u8(255)
                                    .order(Q::Write)
                                    .u8(0)
                                    .chunk(text)
                                    .octets();
    scripts["cut-and-overwritten"] = Script(static_cast<std::uint8_t>(Q::Run))
                                         .u8(30)
                                         .order(Q::Truncate)
                                         .u8(0)
                                         .u16(50)
                                         .order(Q::Overwrite)
                                         .u8(0)
                                         .u16(1)
                                         .chunk(Bytes(4))
                                         .order(Q::Run)
                                         .u8(255)
                                         .octets();
    scripts["injected"] = Script(static_cast<std::uint8_t>(Q::Inject))
                              .u8(1)
                              .chunk(BytesView(packets["initial"]).subspan(1))
                              .order(Q::Inject)
                              .u8(0)
                              .chunk(packets["retry"])
                              .order(Q::Run)
                              .u8(255)
                              .octets();
}

void addTampered(Corpus& corpus) {
    using Q = QuicOrder;
    auto& scripts = corpus["quic_pair"];
    const Bytes text(300, 'a');
    // What a malicious contact might seal: parameters, frames of every kind, an early end.
    for (std::uint8_t skip = 0; skip < 6; ++skip)
        scripts["tamper-handshake-" + std::to_string(skip)] =
            Script(static_cast<std::uint8_t>(Q::Tamper))
                .u8(skip)
                .u16(1)
                .chunk(Bytes{1, 4, 0xff, 0xff, 0xff, 0xff, 3, 2, 0x44, 0xb0})
                .order(Q::Run)
                .u8(255)
                .octets();
    const std::vector<std::pair<const char*, Bytes>> frames = {
        {"max-data", {0x10, 0x40, 1}},
        {"new-id", {0x18, 1, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8}},
        {"retire-id", {0x19, 0}},
        {"new-token", {0x07, 1, 1}},
        {"reset", {0x04, 2, 0, 1}},
        {"stop-sending", {0x05, 3, 0}},
        {"stream-end", {0x0f, 2, 0, 1, 9}},
        {"stream-bidirectional", {0x0a, 0, 1, 9}},
        {"crypto", {0x06, 0, 4, 9, 9, 9, 9}},
        {"path-challenge", {0x1a, 1, 2, 3, 4, 5, 6, 7, 8}},
        {"close", {0x1d, 0, 0}},
        {"ack-of-the-future", {0x02, 0x44, 0, 0, 0, 0x41, 0}},
    };
    for (const auto& [name, frame] : frames)
        scripts[std::string("tamper-") + name] = Script(static_cast<std::uint8_t>(Q::Run))
                                                     .u8(200)
                                                     .order(Q::Tamper)
                                                     .u8(0)
                                                     .u16(0)
                                                     .chunk(frame)
                                                     .order(Q::Write)
                                                     .u8(0)
                                                     .chunk(text)
                                                     .order(Q::Run)
                                                     .u8(200)
                                                     .octets();
}

} // namespace

void addTransportScripts(Corpus& corpus) {
    addTunnel(corpus);
    addPackets(corpus);
    addPair(corpus);
    addHarm(corpus);
    addTampered(corpus);
}

} // namespace culvert::fuzz
