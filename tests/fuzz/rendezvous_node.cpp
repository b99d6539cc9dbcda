// A third party and datagrams from everywhere. It answers nobody with more than they sent, and whoever has not shown a
// cookie costs nobody else anything.
#include "core/engine/rendezvous_node.h"
#include "core/wire/mapped_address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/places.h"
#include "tests/fuzz/rendezvous_script.h"

#include <map>

namespace culvert::fuzz {
namespace {

constexpr unsigned kOrdersMax = 64;

class RendezvousWorld {
public:
    explicit RendezvousWorld(std::uint8_t shape);
    void obey(RendezvousOrder order, Input& script);

private:
    struct Whence {
        Place place;
        InnerSource source;
    };
    struct Client {
        Identity keys;
        PairKeys pair;
    };

    Now now() const { return {m_now, WallTime{}}; }
    Client& client(std::uint8_t octet) { return m_clients[octet % m_clients.size()]; }
    void handle(const Datagram& datagram);
    void receive(const Whence& from, BytesView payload);
    void askCookie(const Whence& from, BytesView rest);
    void introduce(const Whence& from, const Client& who, BytesView payload);
    void sendPair(const Whence& from, const Client& who, BytesView plaintext);

    test::SeededRandom m_random{7};
    Identity m_own = person(kThirdParty);
    RendezvousNode m_node{m_own.seed(), m_random, true};
    std::vector<Client> m_clients;
    std::map<SocketAddress, wire::Cookie> m_cookies; // outer address -> what was answered last
    Instant m_now{1s};
    wire::Cookie* m_wanted = nullptr;
};

RendezvousWorld::RendezvousWorld(std::uint8_t shape) {
    for (const std::uint64_t seed : {kFirstPerson, kSecondPerson}) {
        Identity keys = person(seed);
        const auto pair = PairKeys::derive(keys, m_own.publicKey());
        m_clients.push_back({keys, *pair});
    }
    LocalNetwork network;
    network.port = kOwnPort;
    network.v4 = {Ipv4Address::of(203, 0, 113, 1)};
    if ((shape & 1) == 0)
        network.native6 = {*Ipv6Address::fromText("2001:db8::1")};
    m_node.handleNetwork(now(), network);
}

void RendezvousWorld::handle(const Datagram& datagram) {
    m_node.handleDatagram(now(), datagram);
    std::size_t all = 0;
    while (auto sent = m_node.pollTransmit()) {
        all += sent->payload.size();
        require(sent->remote != datagram.remote || sent->payload.size() <= datagram.payload.size(),
                "no answer is larger than its question");
        for (const Bytes& payload : payloadsOf(*sent)) {
            const auto envelope = wire::decodeEnvelope(payload);
            require(envelope.has_value(), "a third party sends sound envelopes");
            if (const auto* reply = std::get_if<wire::CookieReply>(&*envelope); reply && m_wanted)
                *m_wanted = reply->cookie;
        }
    }
    if (!m_cookies.contains(datagram.remote))
        require(all <= datagram.payload.size(), "an unproven address costs nobody more than it sent");
}

void RendezvousWorld::receive(const Whence& from, BytesView payload) {
    if (payload.size() <= wire::kInnerPayloadMax)
        handle(arriving(from.place, from.source, payload));
}

void RendezvousWorld::askCookie(const Whence& from, BytesView rest) {
    Bytes request = wire::encode(wire::CookieRequest{});
    std::copy_n(rest.begin(), std::min(rest.size(), request.size() - 17), request.begin() + 17);
    const wire::Mac mac = introductionMac(m_own.publicKey(), BytesView(request).subspan(17));
    std::copy(mac.begin(), mac.end(), request.begin() + 1);
    wire::Cookie cookie{};
    m_wanted = &cookie;
    receive(from, request);
    m_wanted = nullptr;
    m_cookies[addressOf(from.place)] = cookie;
}

void RendezvousWorld::introduce(const Whence& from, const Client& who, BytesView payload) {
    const auto cookie = m_cookies.find(addressOf(from.place));
    const auto sealed = sealTo(m_own.publicKey(), who.keys, "culvert introduction 1", payload, m_random);
    wire::IntroductionEnvelope envelope;
    if (cookie != m_cookies.end())
        envelope.cookie = cookie->second;
    Bytes authenticated = toBytes(envelope.cookie);
    append(authenticated, *sealed);
    envelope.mac = introductionMac(m_own.publicKey(), authenticated);
    envelope.noise = *sealed;
    receive(from, wire::encode(envelope));
}

void RendezvousWorld::sendPair(const Whence& from, const Client& who, BytesView plaintext) {
    wire::PairEnvelope envelope;
    envelope.keyId = who.pair.sendingId();
    m_random.fillPublic(envelope.nonce);
    const Bytes sealed = who.pair.seal(envelope.nonce, plaintext);
    envelope.ciphertext = sealed;
    receive(from, wire::encode(envelope));
}

void RendezvousWorld::obey(RendezvousOrder order, Input& script) {
    if (order == RendezvousOrder::Pass) {
        m_now += std::chrono::milliseconds(script.u16());
        return;
    }
    const std::uint8_t octet = script.u8();
    const Whence from{placeOf(octet), innerSourceOf(octet)};
    if (order == RendezvousOrder::Raw)
        return handle({SocketAddress(), addressOf(from.place), toBytes(script.chunk()), 0});
    if (order == RendezvousOrder::Inner)
        return receive(from, script.chunk());
    if (order == RendezvousOrder::Cookie)
        return askCookie(from, script.chunk());
    const std::uint8_t who = script.u8();
    const Client& sender = client(who);
    if (order == RendezvousOrder::Payload)
        return introduce(from, sender, script.chunk());
    if (order == RendezvousOrder::Pair)
        return sendPair(from, sender, script.chunk());
    if (order == RendezvousOrder::Handoff)
        return sendPair(from, sender,
                        wire::encode(wire::ControlMessage(
                            wire::HandoffRequest{1, client(who + 1).keys.publicKey(), toBytes(script.chunk())})));
    Bytes message = wire::encode(wire::ControlMessage(wire::Register{1, 60}));
    if (order == RendezvousOrder::Introduction)
        message = toBytes(script.chunk());
    else
        askCookie(from, {});
    introduce(from, sender, wire::encode(wire::IntroductionPayload{sender.keys.publicKey(), {}, message}));
}

} // namespace

// | shape (1) | orders |
void run(BytesView input) {
    Input script(input);
    RendezvousWorld world(script.u8());
    for (unsigned orders = 0; orders < kOrdersMax && !script.empty(); ++orders) {
        const auto order =
            static_cast<RendezvousOrder>(script.u8() % static_cast<std::uint8_t>(RendezvousOrder::Count));
        world.obey(order, script);
    }
}

} // namespace culvert::fuzz
