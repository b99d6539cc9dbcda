// Teredo peers that say anything, from anywhere, and whom we want to reach.
#include "core/teredo/local_discovery.h"
#include "core/teredo/tunnel.h"
#include "core/wire/router_discovery.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/teredo_peers_script.h"
#include "tests/support/seeded_random.h"

#include <map>
#include <set>

namespace culvert::fuzz {
namespace {

constexpr int kOrdersMax = 400;
const SocketAddress kServer(Ipv4Address::of(45, 90, 0, 1), 3544);
const SocketAddress kSecondary(Ipv4Address::of(45, 90, 0, 2), 3544);
const SocketAddress kOwn(Ipv4Address::of(45, 83, 1, 2), 50000);
const SocketAddress kLocal(Ipv4Address::of(192, 168, 1, 9), 3545);
const std::size_t kWords = 100;

SocketAddress place(std::uint8_t which) {
    const auto port = static_cast<std::uint16_t>(40000 + which);
    switch (which % 8) {
    case 0:
        return kServer;
    case 1:
        return {Ipv4Address::of(10, 0, 0, 1), port};
    case 2:
        return kLocal;
    case 3:
        return kOwn;
    default:
        return {Ipv4Address::of(45, 84, 1, which), port};
    }
}

Ipv6Address peer(std::uint8_t which) {
    if (which % 4 == 3)
        return Ipv6Address{{0x2a, 0x0e, 0xb1, 0x07, which, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
    // One of eight seems to be behind our own NAT.
    const SocketAddress mapped = which % 8 == 6 ? SocketAddress(kOwn.v4(), place(which).port()) : place(which);
    const Ipv4Address server = which % 16 == 4 ? Ipv4Address::of(10, 1, 1, 1) : kServer.v4();
    return wire::encode(wire::TeredoAddress{server, which % 5 == 0, 7, mapped.v4(), mapped.port()});
}

class Target {
public:
    explicit Target(std::uint8_t shape) { role(shape); }

    void order(Input& script) {
        switch (static_cast<PeersOrder>(script.u8() % static_cast<unsigned>(PeersOrder::Count))) {
        case PeersOrder::Say:
            return say(script.u8());
        case PeersOrder::Bubble:
            return bubble(script);
        case PeersOrder::Packet: {
            const Ipv6Address source = peer(script.u8());
            const SocketAddress from = place(script.u8());
            const Bytes words(kWords);
            return (void)receive(
                from, wrap(script.u8(), wire::encode(wire::UdpInIpv6{source, own(), 9, kOwn.port(), words})));
        }
        case PeersOrder::Echo:
            return echo(script);
        case PeersOrder::Raw: {
            const SocketAddress from = place(script.u8());
            return (void)receive(from, toBytes(script.chunk()));
        }
        case PeersOrder::Sleep:
            m_now += 100ms * script.u16();
            m_tunnel.handleTimeout(m_now);
            m_discovery.handleTimeout(m_now);
            drainDiscovery();
            return (void)drain();
        case PeersOrder::Restart:
            return restart();
        case PeersOrder::Local:
            return m_tunnel.setLocal(m_now, peer(script.u8()), kLocal);
        case PeersOrder::Role:
            return role(script.u8());
        case PeersOrder::Advertise:
            return advertise(script);
        case PeersOrder::Discovery:
            return discover(script);
        case PeersOrder::NativeEcho:
            return nativeEcho(script);
        case PeersOrder::Count:
            return;
        }
    }

private:
    void role(std::uint8_t shape) {
        TunnelAddresses addresses;
        addresses.localV4 = Ipv4Address::of(192, 168, 1, 5);
        addresses.port = kOwn.port();
        addresses.mapped = kOwn;
        addresses.kind = static_cast<TeredoKind>(shape / 2 % 3);
        if (shape / 8 % 2 == 1)
            addresses.forwarded = SocketAddress(kOwn.v4(), kOwn.port() + 1);
        if (shape % 2 == 0)
            addresses.teredo = wire::encode(wire::TeredoAddress{kServer.v4(), false, 7, kOwn.v4(), kOwn.port()});
        else
            addresses.native = Ipv6Address{{0x2a, 0x0e, 0xb1, 0x07, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};
        if (shape / 16 % 2 == 1 && addresses.teredo) {
            addresses.port = kOwn.port() + 2;
            addresses.secondaryServer = kSecondary.v4();
        }
        m_tunnel.setAddresses(addresses);
        LocalNetwork network;
        const LocalAddress home{{addresses.localV4, 0}, 24};
        network.interfaces = {{"eth0", 2, InterfaceKind::Physical, {home}}};
        m_discovery.setOwn(m_now, addresses.teredo, network);
    }

    void restart() {
        m_tunnel.restart();
        (void)drain();
        require(m_ports.empty() && m_tunnel.peers().table().size() == 0, "nothing is left");
    }

    // What a neighbour says to the group, or somebody else to us.
    void discover(Input& script) {
        const SocketAddress from = place(script.u8());
        const SocketAddress to = script.u8() % 4 == 3 ? place(2) : LocalDiscovery::group();
        Bytes payload = makeBubble(peer(script.u8()), *Ipv6Address::fromText("ff02::1"), {});
        if (const BytesView other = script.chunk(); !other.empty())
            payload = toBytes(other);
        const auto found = m_discovery.handleDatagram(m_now, {to, from, payload});
        require(!found || (from == kLocal && to == LocalDiscovery::group()), "neighbours are in our own network");
        require(drainDiscovery() <= (found ? payload.size() : 0), "an answer is not larger, and silence is free");
        if (found)
            m_tunnel.setLocal(m_now, found->address, found->local);
    }

    std::size_t drainDiscovery() {
        std::size_t out = 0;
        while (const auto datagram = m_discovery.pollTransmit()) {
            require(datagram->remote == LocalDiscovery::group() || datagram->remote == kLocal, "none but neighbours");
            out += datagram->payload.size();
        }
        const auto deadline = m_discovery.pollTimeout();
        require(!deadline || deadline->at >= m_now, "what was due has left");
        return out;
    }

    const Ipv6Address& own() const {
        return m_tunnel.addresses().native ? *m_tunnel.addresses().native : *m_tunnel.addresses().teredo;
    }

    void say(std::uint8_t which) {
        InnerAddress remote{SocketAddress(peer(which), 9)};
        remote.ordinary = !remote.address.v6().isTeredo();
        const auto sent = m_tunnel.send(m_now, remote, Bytes(kWords));
        require(!sent || m_tunnel.reaches(remote), "what is sent has a way");
        if (sent && !(remote.ordinary && m_tunnel.addresses().native)) // By the ordinary route it leaves as it is.
            check(*sent);
        drain();
    }

    static Bytes wrap(std::uint8_t form, const Bytes& packet) {
        Bytes out = (form & 1) != 0 ? wire::encodeOriginIndication(place(4)) : Bytes{};
        append(out, packet);
        return out;
    }

    void bubble(Input& script) {
        const Ipv6Address source = peer(script.u8());
        const SocketAddress from = place(script.u8());
        const std::uint8_t form = script.u8();
        wire::TeredoTrailers trailers;
        if ((form & 2) != 0 && m_nonces.contains(source))
            trailers.nonce = m_nonces[source];
        else if ((form & 4) != 0)
            trailers.nonce = form;
        if ((form & 8) != 0)
            trailers.discovery = wire::TeredoDiscovery::Solicitation;
        if ((form & 16) != 0)
            trailers.alternates = {kLocal, kOwn, place(5), place(6)};
        if ((form & 64) != 0)
            trailers.randomPort = form;
        const bool isAtPort = (form & 32) != 0 && !m_ports.empty();
        receive(from, wrap(form, makeBubble(source, own(), trailers)), isAtPort ? *m_ports.begin() : 0);
    }

    void echo(Input& script) {
        const Ipv6Address source = peer(script.u8());
        const SocketAddress from = place(script.u8());
        Bytes body(4);
        append(body, script.u8() % 2 == 0 ? m_echoes[source] : EchoNonce{});
        receive(from, wire::encodeIcmpv6(source, own(), {129, 0, body}));
    }

    // What came to a native address by the ordinary route: it is answered to those alone whom we seek.
    void nativeEcho(Input& script) {
        const Ipv6Address source = peer(script.u8());
        const bool isOurs = script.u8() % 4 != 3;
        const Ipv6Address asked = isOurs && m_tunnel.addresses().native ? *m_tunnel.addresses().native : peer(3);
        const Bytes body(4 + script.u8(), 0x33);
        const Bytes request = wire::encodeIcmpv6(source, asked, {128, 0, body});
        const TeredoPeer* known = m_tunnel.peers().table().find(source);
        const std::size_t waited = m_tunnel.peers().table().queued();
        DropReason reason = DropReason::Malformed;
        const bool isAnswered = m_tunnel.answerEcho(m_now, *wire::decodeIpv6(request), reason);
        require(!isAnswered || (known != nullptr && known->isSought), "strangers learn nothing");
        require(!isAnswered || asked == own(), "we answer for ourselves");
        const std::size_t out = drain();
        require(out <= (isAnswered ? request.size() + waited * (kWords + 48) : 0), "an answer is not larger");
    }

    // What our server answers at a random port, or somebody in its name.
    void advertise(Input& script) {
        const std::uint8_t which = script.u8(), form = script.u8();
        const std::uint16_t port = script.u16();
        if (m_questions.empty())
            return;
        const auto asked = std::next(m_questions.begin(), which % m_questions.size());
        Question question = asked->second[(form & 2) != 0 ? 1 : 0];
        if ((form & 4) != 0)
            ++question.nonce[0];
        Bytes payload = wire::encodeAuthentication({{}, {}, question.nonce, 0});
        if ((form & 16) == 0)
            append(payload, wire::encodeOriginIndication({kOwn.v4(), port}));
        wire::RouterAdvertisement advertisement;
        Ipv6Address prefix = wire::encode(wire::TeredoAddress{kServer.v4(), false, 0, {}, 0});
        std::fill(prefix.octets.begin() + 8, prefix.octets.end(), std::uint8_t{0});
        advertisement.prefixes = {{prefix, 64, false, true, 1, 1}};
        append(payload, wire::encode(wire::teredoLinkLocal(true, kServer), question.linkLocal, advertisement));
        const SocketAddress from = (form & 1) != 0 ? kSecondary : kServer;
        const bool wasGood = (form & (4 | 8 | 16)) == 0 && port != 0 && (form & 1) == (form & 2) / 2;
        const bool isTaken = receive((form & 8) != 0 ? place(5) : from, payload, asked->first);
        require(!isTaken || wasGood, "an answer is our server's, to our question");
    }

    bool receive(const SocketAddress& from, const Bytes& payload, std::uint32_t socket = 0) {
        Datagram datagram;
        datagram.socket = socket;
        datagram.remote = from;
        datagram.payload = payload;
        const std::size_t waited = m_tunnel.peers().table().queued();
        DropReason reason = DropReason::Malformed;
        const std::size_t questions = m_asked;
        const bool isSought = isSoughtSource(payload);
        const bool isTaken = m_tunnel.receive(m_now, datagram, reason).has_value();
        const std::size_t left = m_tunnel.peers().table().queued();
        require(left <= waited, "nothing begins to wait because of a datagram");
        constexpr std::size_t headers = wire::kIpv6HeaderSize + wire::kUdpHeaderSize;
        const std::size_t released = (waited - left) * (kWords + headers);
        require(drain() <= payload.size() + released, "octets out are at most octets in, but for our own server");
        require(m_asked <= questions + 2, "and that is asked for one test at most");
        if (!isSought && m_asked != questions)
            m_strangersTests.push_back(m_now);
        std::erase_if(m_strangersTests, [&](Instant at) { return at + TeredoPeers::kPredictionMemory <= m_now; });
        require(m_strangersTests.size() <= TeredoPeers::kStrangersPredictionsMax, "for strangers seldom");
        return isTaken;
    }

    // Whether it is of somebody whom we called.
    bool isSoughtSource(BytesView payload) const {
        const auto teredo = wire::decodeTeredoPacket(payload);
        const TeredoPeer* sender = teredo ? m_tunnel.peers().table().find(teredo->packet.source) : nullptr;
        return sender != nullptr && sender->isSought;
    }

    // A question to our own server; it is none of what goes to others.
    bool isQuestion(const Datagram& datagram) {
        const auto teredo = wire::decodeTeredoPacket(datagram.payload);
        if (!teredo || !teredo->authentication)
            return false;
        require(datagram.remote == kServer || datagram.remote == kSecondary, "nobody else is asked");
        require(datagram.socket >= kSocketOfPort && m_tunnel.addresses().secondaryServer, "from a port for a peer");
        require(wire::decodeRouterSolicitation(teredo->packet).has_value(), "what is asked is sound");
        m_questions[datagram.socket][datagram.remote == kServer ? 0 : 1] = {teredo->packet.source,
                                                                            teredo->authentication->nonce};
        ++m_asked;
        return true;
    }

    void check(const Datagram& datagram) {
        require(datagram.remote.isV4(), "peers are spoken to over IPv4");
        require(datagram.remote == kLocal || datagram.remote.v4().isGlobal(), "nobody else's private network");
        const bool isHairpin = datagram.remote.port() >= 1024 && datagram.remote.port() != kOwn.port();
        require(datagram.remote.v4() != kOwn.v4() || isHairpin, "nor our own router");
        const auto teredo = wire::decodeTeredoPacket(datagram.payload);
        require(teredo.has_value() && teredo->packet.source == own(), "sound packets in our own name");
        if (const auto trailers = wire::decodeTeredoTrailers(teredo->trailers); trailers && trailers->nonce)
            m_nonces[teredo->packet.destination] = *trailers->nonce;
        if (teredo->packet.nextHeader == wire::kNextHeaderIcmpv6)
            std::copy(datagram.payload.end() - 16, datagram.payload.end(),
                      m_echoes[teredo->packet.destination].begin());
    }

    std::size_t drain() {
        std::size_t out = 0;
        while (const auto datagram = m_tunnel.pollTransmit()) {
            if (datagram->socket != 0)
                m_ports.insert(datagram->socket);
            if (isQuestion(*datagram))
                continue;
            check(*datagram);
            out += datagram->payload.size();
        }
        while (const auto closed = m_tunnel.pollClosedSocket()) {
            m_ports.erase(*closed);
            m_questions.erase(*closed);
        }
        require(m_ports.size() <= TeredoPeers::kPortsMax, "ports have a limit");
        require(m_tunnel.peers().table().size() <= TeredoPeerTable::kPeersMax, "peers have a limit");
        require(m_tunnel.peers().table().queued() <= TeredoPeers::kQueuedMax, "what waits has a limit");
        const auto deadline = m_tunnel.pollTimeout();
        require(!deadline || deadline->at > m_now, "deadlines lie ahead");
        return out;
    }

    test::SeededRandom m_random{1};
    Tunnel m_tunnel{m_random, false};
    LocalDiscovery m_discovery{m_random};
    Instant m_now{1000s};
    std::map<Ipv6Address, std::uint32_t> m_nonces;
    std::set<std::uint32_t> m_ports;
    struct Question {
        Ipv6Address linkLocal;
        SolicitationNonce nonce;
    };
    std::map<std::uint32_t, std::array<Question, 2>> m_questions; ///< of each port that is open
    std::size_t m_asked = 0;
    std::vector<Instant> m_strangersTests;
    std::map<Ipv6Address, EchoNonce> m_echoes;
};

} // namespace

// | role (1) | orders |
void run(BytesView input) {
    Input script(input);
    Target target(script.u8());
    for (int i = 0; i < kOrdersMax && !script.empty(); ++i)
        target.order(script);
}

} // namespace culvert::fuzz
