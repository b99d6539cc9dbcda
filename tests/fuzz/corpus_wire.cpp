// Inputs of the decoders and of the seals.
#include "core/engine/records.h"
#include "core/wire/control_envelope.h"
#include "core/wire/mapped_address.h"
#include "core/wire/router_discovery.h"
#include "core/wire/session_frame.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"
#include "tests/fuzz/corpus.h"
#include "tests/support/picture_octets.h"

#include <set>

namespace culvert::fuzz {
namespace {

const SocketAddress kV4(Ipv4Address::of(198, 51, 100, 7), 4000);
const SocketAddress kV6(*Ipv6Address::fromText("2001:db8::7"), 4000);

// `octets`, and what is left of them when they are cut off in the middle and before the end.
void addCut(std::map<std::string, Bytes>& inputs, const std::string& name, const Bytes& octets) {
    const BytesView whole = octets;
    inputs[name] = octets;
    inputs[name + "-half"] = toBytes(whole.first(octets.size() / 2));
    inputs[name + "-less-one"] = toBytes(whole.first(octets.size() - 1));
}

Bytes behind(std::uint8_t first, BytesView octets) {
    Bytes out = {first};
    append(out, octets);
    return out;
}

std::vector<wire::EndpointRecord> allKinds() {
    using wire::EndpointKind;
    const wire::TeredoAddress selfServed{kV4.v4(), true, 77, kV4.v4(), 4000};
    const wire::TeredoAddress served{Ipv4Address::of(192, 0, 2, 1), false, 4095, kV4.v4(), 4000};
    return {{EndpointKind::Native6, kV6},
            {EndpointKind::Mapped4, kV4},
            {EndpointKind::Lan4, SocketAddress(Ipv4Address::of(10, 0, 0, 7), 4000)},
            {EndpointKind::Lan6, SocketAddress(*Ipv6Address::fromText("fd00::7"), 4000)},
            {EndpointKind::Teredo, SocketAddress(wire::encode(selfServed), 4000)},
            {EndpointKind::Teredo, SocketAddress(wire::encode(served), 4000)}};
}

std::vector<wire::ThirdPartyRecord> parties() {
    return {{{1}, {{wire::EndpointKind::Mapped4, kV4}}},
            {{2}, {{wire::EndpointKind::Native6, kV6}, {wire::EndpointKind::Mapped4, kV4}}}};
}

wire::NatHint someHint() {
    wire::NatHint hint;
    hint.mapping = NatMapping::AddressAndPortDependent;
    hint.filtering = NatFiltering::AddressAndPortDependent;
    hint.ipv6 = wire::HintIpv6::Firewalled;
    return hint;
}

Bytes udp(std::size_t size) {
    const Bytes payload(size, 5);
    return wire::encode(wire::UdpInIpv6{kV6.v6(), wire::toMapped(kV4).v6(), 4000, 5000, payload});
}

void addTeredo(Corpus& corpus) {
    auto& inputs = corpus["teredo_packet"];
    addCut(inputs, "udp", udp(20));
    inputs["udp-empty"] = udp(0);
    inputs["udp-odd"] = udp(3);
    inputs["udp-longest"] = udp(wire::kInnerPayloadMax);
    const Bytes body(12, 9);
    addCut(inputs, "icmpv6", wire::encodeIcmpv6(kV6.v6(), kV6.v6(), {128, 0, body}));
    const Bytes bubble = wire::encode(wire::Ipv6Packet{kV6.v6(), kV6.v6(), wire::kNextHeaderNone, 64, {}});
    inputs["bubble"] = bubble;
    const Bytes origin = wire::encodeOriginIndication(kV4);
    Bytes all = wire::encodeAuthentication({asBytes("id"), asBytes("value"), {1, 2, 3}, 1});
    append(all, origin);
    append(all, bubble);
    addCut(inputs, "authentication-origin-bubble", all);
    Bytes trailers = bubble;
    append(trailers, Bytes{4, 2, 9, 9, 0x80, 0});
    inputs["trailers"] = trailers;
    append(trailers, Bytes{0x41, 0});
    inputs["trailer-that-discards"] = trailers;
    inputs["empty"] = {};
}

void addRouterDiscovery(Corpus& corpus) {
    auto& inputs = corpus["router_discovery"];
    const Ipv6Address client = wire::teredoLinkLocal(false, kV4);
    addCut(inputs, "solicitation", wire::encodeRouterSolicitation(client));
    const Bytes linkLayer = {0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7};
    inputs["solicitation-link-layer"] = wire::encodeIcmpv6(client, wire::kAllRouters, {133, 0, linkLayer});
    inputs["solicitation-of-nobody"] = wire::encodeIcmpv6({}, wire::kAllRouters, {133, 0, linkLayer});
    wire::RouterAdvertisement advertisement{0, false, false, 0, 0, 2000, {{kV6.v6(), 64, true, true, 1, 2}}, 1280};
    const Ipv6Address server = wire::teredoLinkLocal(true, kV4);
    addCut(inputs, "advertisement", wire::encode(server, client, advertisement));
    inputs["advertisement-of-no-link"] = wire::encode(kV6.v6(), client, advertisement);
    advertisement.prefixes.resize(wire::kAdvertisedPrefixesMax, {kV6.v6(), 48, false, false, 9, 9});
    inputs["advertisement-longest"] = wire::encode(server, client, advertisement);
    inputs["option-of-length-zero"] = wire::encodeIcmpv6(client, wire::kAllRouters, {133, 0, Bytes(12)});
    inputs["advertisement-strange-options"] = wire::encodeIcmpv6(
        server, client, {134, 0, *fromHex("00c0000000000000000000000301000000000000fd01000000000000")});
}

void addAddresses(Corpus& corpus) {
    auto& inputs = corpus["inner_address"];
    const auto input = [](const Ipv6Address& address, std::string_view text) {
        Bytes out = {0x13, 0x88};
        append(out, address.octets);
        append(out, asBytes(text));
        return out;
    };
    inputs["teredo"] = input(allKinds()[4].address.v6(), "[2001:db8::1]:5");
    inputs["mapped"] = input(wire::toMapped(kV4).v6(), "192.0.2.1:65535");
    inputs["zeros"] = input({}, "::");
    inputs["zeros-in-the-middle"] = input(*Ipv6Address::fromText("1:0:0:2::3"), "1:0:0:2::3");
    inputs["dotted"] = input(*Ipv6Address::fromText("::ffff:1.2.3.4"), "::ffff:1.2.3.4");
    inputs["nearly-v4"] = input(kV6.v6(), "256.1.1.1");
    inputs["nearly-v6"] = input(kV6.v6(), "[2001:db8::1::2]:99999");
}

void addControl(Corpus& corpus) {
    auto& messages = corpus["control_message"];
    addCut(messages, "probe", wire::encode(wire::ControlMessage(wire::Probe{1, 2, 3, 40})));
    messages["probe-padded"] = wire::encode(wire::ControlMessage(wire::Probe{1, 2, 3, 1183}));
    addCut(messages, "probe-reply", wire::encode(wire::ControlMessage(wire::ProbeReply{1, 2, kV6})));
    messages["probe-reply-v4"] = wire::encode(wire::ControlMessage(wire::ProbeReply{1, 2, kV4}));
    addCut(messages, "register", wire::encode(wire::ControlMessage(wire::Register{1, 60})));
    addCut(messages, "registered", wire::encode(wire::ControlMessage(wire::Registered{1, 60, kV4})));
    addCut(messages, "handoff-request", wire::encode(wire::ControlMessage(wire::HandoffRequest{1, {9}, Bytes(30, 7)})));
    messages["handoff-request-longest"] =
        wire::encode(wire::ControlMessage(wire::HandoffRequest{1, {9}, Bytes(512, 7)}));
    messages["handoff-request-too-long"] =
        wire::encode(wire::ControlMessage(wire::HandoffRequest{1, {9}, Bytes(513, 7)}));
    addCut(messages, "handoff-result",
           wire::encode(wire::ControlMessage(wire::HandoffResult{1, wire::HandoffStatus::RateLimited})));
    addCut(messages, "handoff-delivery", wire::encode(wire::ControlMessage(wire::HandoffDelivery{Bytes(20, 7)})));
    messages["handoff-delivery-empty"] = wire::encode(wire::ControlMessage(wire::HandoffDelivery{}));
    messages["unknown-type"] = Bytes(64, 8);

    const Bytes sealed(60, 9);
    auto& envelopes = corpus["envelope"];
    addCut(envelopes, "pair", wire::encode(wire::PairEnvelope{{1}, {2}, sealed}));
    envelopes["pair-shortest"] = wire::encode(wire::PairEnvelope{{1}, {2}, BytesView(sealed).first(17)});
    addCut(envelopes, "introduction", wire::encode(wire::IntroductionEnvelope{{1}, {2}, sealed, {}}));
    addCut(envelopes, "cookie-request", wire::encode(wire::CookieRequest{{1}, 77, {}}));
    addCut(envelopes, "cookie-reply", wire::encode(wire::CookieReply{77, {5}}));
    envelopes["quic"] = Bytes(40, 0x40);

    const Bytes probe = wire::encode(wire::ControlMessage(wire::Probe{1, 2, 3, 40}));
    addCut(corpus["introduction_payload"], "probe", wire::encode(wire::IntroductionPayload{{1}, {2}, probe}));
    auto& contents = corpus["handoff_content"];
    addCut(contents, "all-kinds", wire::encode(wire::HandoffContent{{1}, {2}, WallTime{1234}, allKinds()}));
    addCut(contents, "hint", wire::encode(wire::HandoffContent{{1}, {2}, WallTime{1}, allKinds(), {someHint()}}));
    const wire::Additions all{someHint(), wire::PunchPlan{true, 50ms, 49ms}, wire::PortPrediction{40000, -2}};
    addCut(contents, "additions", wire::encode(wire::HandoffContent{{1}, {2}, WallTime{1}, {}, all}));
    addCut(contents, "no-endpoints", wire::encode(wire::HandoffContent{{1}, {2}, WallTime{-1}, {}}));
}

void addAddressStrings(Corpus& corpus) {
    auto& inputs = corpus["contact_address"];
    wire::ContactAddress address{{1, 2, 3}, {4, 5}, allKinds(), {}};
    const std::string text = wire::encodeContactAddress(address);
    addCut(inputs, "text", behind(0, asBytes(text)));
    inputs["text-quoted"] = behind(0, asBytes("> " + text.substr(0, 60) + "\r\n> " + text.substr(60) + " bye"));
    inputs["text-foreign-character"] = behind(0, asBytes(text.substr(0, 50) + "!" + text.substr(50)));
    inputs["text-newer-version"] = behind(0, asBytes("culvert:ai" + text.substr(10)));
    inputs["text-without-scheme"] = behind(0, asBytes(text.substr(8)));
    address.thirdParties = parties();
    inputs["text-shortened"] = behind(0, asBytes(wire::encodeContactAddress(address)));
    for (const bool hasParties : {false, true}) {
        Bytes body = {1};
        ByteWriter writer(body);
        writer.bytes(address.key).bytes(address.token);
        wire::writeEndpoints(writer, allKinds());
        wire::writeThirdParties(writer, hasParties ? parties() : std::vector<wire::ThirdPartyRecord>{});
        inputs[hasParties ? "body-third-parties" : "body"] = body;
    }
}

void addFrames(Corpus& corpus) {
    const std::vector<std::pair<std::string, wire::SessionFrame>> frames = {
        {"hello", wire::HelloFrame{7, "Ada"}},
        {"request", wire::ContactRequestFrame{{1}, "Ada", "It is me"}},
        {"accepted", wire::ContactAcceptedFrame{"Ada"}},
        {"endpoints", wire::EndpointsFrame{3, allKinds(), parties()}},
        {"endpoints-hint", wire::EndpointsFrame{4, allKinds(), {}, {someHint()}}},
        {"message", wire::MessageFrame{1, 2, {3}, WallTime{4}, "Grüße"}},
        {"acknowledgement", wire::AckFrame{1, 2}},
        {"read", wire::ReadFrame{1, 2}},
        {"larger-message",
         wire::MessageFrame{1, 2, {3}, WallTime{4}, "Grüße", {wire::MessageName{wire::Author::Receiver, {5}}, 60}}},
        {"timer", wire::MessageFrame{1, 2, {3}, WallTime{4}, "", {std::nullopt, 60, true}}},
        {"withdrawn", wire::MessageFrame{1, 2, {3}, WallTime{4}, "", {std::nullopt, 0, false, true}}},
        {"edit", wire::AmendmentFrame{1, 3, {wire::Author::Sender, {3}}, 1, WallTime{4}, "Gruß"}},
        {"reaction", wire::AmendmentFrame{1, 4, {wire::Author::Receiver, {3}}, 3, WallTime{4}, "👍"}},
        {"typing", wire::TypingFrame{true}},
        {"features", wire::FeaturesFrame{wire::kAmendments}},
        {"courier-offer", wire::CourierOfferFrame{true, {{1}, {2}}}},
        {"courier-request", wire::CourierRequestFrame{{7}, Bytes(40, 5)}},
        {"picture-told", wire::PictureToldFrame{wire::PictureName{7}}},
        {"picture-taken-back", wire::PictureToldFrame{}},
        {"picture-wanted", wire::PictureWantedFrame{{7}}},
        {"picture", wire::PictureFrame{Bytes(40, 5)}},
        {"ring-wanted", wire::RingWantedFrame{7, *SocketAddress::fromText("203.0.113.1:5000")}},
        {"ring-answer", wire::RingAnswerFrame{7, wire::RingStatus::NotYours}},
    };
    auto& inputs = corpus["session_frames"];
    Bytes all = {0, 2, 0, 9};
    // The number of files is bounded: these stand in "all" alone.
    const std::set<std::string> others = {"withdrawn",  "typing",          "features",       "timer",
                                          "reaction",   "accepted",        "picture-told",   "picture-taken-back",
                                          "picture",    "acknowledgement", "picture-wanted", "ring-wanted",
                                          "ring-answer"};
    for (const auto& [name, frame] : frames) {
        Bytes input = {0, 1, 3};
        append(input, wire::encode(frame));
        if (!others.contains(name)) {
            inputs[name] = input;
            inputs[name + "-less-one"] = toBytes(BytesView(input).first(input.size() - 1));
        }
        append(all, wire::encode(frame));
    }
    inputs["all"] = all;
    inputs["unknown-type-is-skipped"] = {0, 0, 99, 0, 0, 0, 2, 7, 7, 6, 0, 0, 0, 16, 0,
                                         0, 0, 0,  0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0,  2};
    inputs["too-long"] = {0, 0, 5, 0, 0, 0xc0, 1};
    inputs["name-too-long"] = {0, 0, 1, 0, 0, 1, 3, 1, 1};
}

void addPictures(Corpus& corpus) {
    auto& inputs = corpus["picture"];
    const Bytes whole = test::pictureOctets(1);
    addCut(inputs, "whole", whole);
    inputs["large"] = test::pictureOctets(1, 900, 512);
    inputs["empty-scan"] = test::pictureOctets(1, 0);
}

void addRecords(Corpus& corpus) {
    auto& lists = corpus["endpoints"];
    Bytes list, two, third;
    ByteWriter all(list), few(two), partyWriter(third);
    wire::writeEndpoints(all, allKinds());
    wire::writeEndpoints(few, allKinds(), 2);
    wire::writeThirdParties(partyWriter, parties());
    addCut(lists, "endpoints", behind(0, list));
    addCut(lists, "two-endpoints", behind(1, two));
    addCut(lists, "third-parties", behind(2, third));
    lists["too-many"] = {0, 9};
    lists["port-zero"] = {0, 1, 2, 1, 2, 3, 4, 0, 0};
    lists["unknown-kind"] = {0, 1, 7, 1, 2, 3, 4, 0, 1};

    ProfileRecord profile;
    profile.name = "Ada";
    profile.port = 5000;
    profile.lastMapping = kV4;
    profile.thirdParties = parties();
    profile.teredoServers = {"teredo.example"};
    ContactRecord contact;
    contact.name = "Bob";
    contact.greeting = "It is me";
    contact.state = ContactState::Accepted;
    contact.endpoints = allKinds();
    contact.thirdParties = parties();
    contact.lastRemotes = {kV6, wire::toMapped(kV4)};
    contact.picture = PictureId{{1, 2}};
    auto& records = corpus["records"];
    addCut(records, "profile", behind(0, encode(profile)));
    addCut(records, "contact", behind(1, encode(contact)));
    records["newer-profile"] = {0, 2};
    records["newer-contact"] = {1, 2};

    auto& vaults = corpus["vault"];
    Bytes vault = {1, 1};
    ByteWriter(vault).zeros(16).u64(3).u64(256 << 20).zeros(24 + 32 + 16);
    addCut(vaults, "keyring", vault);
    Bytes costly = vault;
    costly[1] = 0;
    costly[26] = 0xff;
    vaults["asks-for-too-much"] = costly;
    costly[26] = 0;
    vaults["passphrase"] = costly;
}

} // namespace

void addWireInputs(Corpus& corpus) {
    addTeredo(corpus);
    addRouterDiscovery(corpus);
    addAddresses(corpus);
    addControl(corpus);
    addAddressStrings(corpus);
    addFrames(corpus);
    addPictures(corpus);
    addRecords(corpus);
}

// | damage: where (2), how (1) | chunk: plaintext | foreign |, for a handshake behind its kind.
void addCryptoInputs(Corpus& corpus) {
    for (const std::size_t size : {0U, 1U, 15U, 16U, 31U, 32U, 47U, 48U, 64U, 95U, 96U, 97U, 112U, 500U}) {
        const std::string name = "foreign-" + std::to_string(size);
        const Bytes plaintext(size / 2, 3), foreign(size, 9);
        Bytes input;
        ByteWriter(input).u16(static_cast<std::uint16_t>(size * 7)).u8(static_cast<std::uint8_t>(size));
        ByteWriter(input).u16(static_cast<std::uint16_t>(plaintext.size())).bytes(plaintext).bytes(foreign);
        corpus["sealed_message"][name] = corpus["sealed_value"][name] = input;
        corpus["handshake"][name] = behind(static_cast<std::uint8_t>(size), input);
    }
    Bytes zeros(3 + 2 + 32), one = zeros;
    one[5] = 1;
    corpus["sealed_message"]["key-of-zeros"] = zeros;
    corpus["sealed_message"]["key-of-small-order"] = one;
}

} // namespace culvert::fuzz
