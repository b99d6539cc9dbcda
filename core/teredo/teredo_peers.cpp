#include "core/teredo/teredo_peers.h"

#include "core/teredo/teredo_bubbles.h"

#include <algorithm>

namespace culvert {

namespace {

void forget(std::deque<Instant>& times, Instant before) {
    while (!times.empty() && times.front() <= before)
        times.pop_front();
}

} // namespace

void TeredoPeers::setAddresses(const TunnelAddresses& addresses) {
    if (addresses == m_own)
        return;
    m_own = addresses;
    clear();
}

void TeredoPeers::clear() {
    m_table.clear();
    m_testing.clear();
    m_echoAnswersLate.clear();
    m_out.clear();
}

std::optional<SocketAddress> TeredoPeers::ownServer() const {
    if (!isClient())
        return std::nullopt;
    const SocketAddress server(wire::decodeTeredoAddress(*m_own.teredo)->server, kTeredoPort);
    return maySendTo(server) ? std::optional(server) : std::nullopt;
}

// RFC 4380 §5.2.4: global unicast, and none of our own network's: neither this computer nor its router's outer side,
// nor everybody in it.
bool TeredoPeers::maySendTo(const SocketAddress& v4) const {
    const Ipv4Address& address = v4.v4();
    if (!address.isGlobal(m_allowReserved) || v4.port() == 0 || address == m_own.localV4)
        return false;
    const auto& own = m_own.localV4.octets;
    const bool isBroadcast = std::equal(own.begin(), own.end() - 1, address.octets.begin()) && address.octets[3] == 255;
    return !isBroadcast && !(m_own.mapped && m_own.mapped->v4() == address);
}

bool TeredoPeers::isFresh(Instant now, const TeredoPeer& peer) const {
    return peer.isTrusted && peer.received && now - *peer.received < kFresh;
}

bool TeredoPeers::isLocal(Instant now, const TeredoPeer& peer) const {
    return peer.local && peer.localHeard && now - *peer.localHeard < kLocalFor;
}

bool TeredoPeers::mayReach(const Ipv6Address& peer) const {
    const auto teredo = wire::decodeTeredoAddress(peer);
    if (!teredo)
        return ownServer() && isNativeHost(peer);
    if (!teredo->client.isGlobal(m_allowReserved) || teredo->port == 0 || peer == m_own.teredo)
        return false;
    if (!hasOwnAddress()) // Nobody could answer a bubble.
        return teredo->cone && maySendTo(teredo->mapped());
    return maySendTo(teredo->mapped()) || maySendTo({teredo->server, kTeredoPort});
}

std::optional<TeredoWay> TeredoPeers::way(Instant now, const Ipv6Address& address) {
    TeredoPeer* peer = m_table.find(address);
    if (isHeld(address))
        return std::nullopt;
    if (peer != nullptr && isFresh(now, *peer)) { // RFC 4380 §5.2.4 case 1
        peer->isSought = true;
        peer->used = now;
        return TeredoWay{peer->target, peer->socket};
    }
    // Behind a symmetric NAT a client looks like somebody else to a peer that it did not exchange nonces with.
    if (isSymmetric())
        return std::nullopt;
    const auto teredo = wire::decodeTeredoAddress(address); // RFC 4380 §5.2.4 case 4, §5.4.1 case 2
    if (!teredo || !teredo->cone || !maySendTo(teredo->mapped()))
        return std::nullopt;
    return TeredoWay{teredo->mapped()};
}

void TeredoPeers::queue(Instant now, const Ipv6Address& address, Bytes packet) {
    if (!hasOwnAddress() || !mayReach(address))
        return;
    TeredoPeer& peer = m_table.seek(now, address);
    if (!peer.retryAt && !isHeld(address))
        startTest(now, address, peer);
    if (!peer.retryAt && !isHeld(address))
        return; // Lost: whoever sent it repeats it, and a test may begin then.
    if (peer.queue.size() >= kQueuedPerPeerMax)
        peer.queue.pop_front();
    else if (m_table.queued() >= kQueuedMax)
        m_table.dropQueued();
    peer.queue.push_back(std::move(packet));
}

void TeredoPeers::setLocal(Instant now, const Ipv6Address& address, const SocketAddress& local) {
    const auto teredo = wire::decodeTeredoAddress(address);
    if (!teredo || address == m_own.teredo || local.port() == 0)
        return;
    if (TeredoPeer* peer = m_table.note(now, address)) {
        peer->local = local;
        peer->localHeard = now;
    }
}

void TeredoPeers::startTest(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    peer.tries = 0;
    peer.predictionsLost = 0;
    continueTest(now, address, peer);
}

// RFC 4380 §5.2.6: at least 2 s between bubbles, and 4 in 300 s that are not answered; §5.2.4: 3 repetitions.
void TeredoPeers::continueTest(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    if (peer.isPredicting)
        return predictionIsLate(now, address, peer);
    forget(peer.sent, now - (address.isTeredo() ? kMemory : kEchoRest));
    if (peer.tries >= kBubblesMax || peer.sent.size() >= kBubblesMax)
        return endTest(address, peer);
    m_testing.insert(address);
    if (!peer.sent.empty() && now - peer.sent.back() < kRetry) {
        peer.retryAt = peer.sent.back() + kRetry;
        return;
    }
    if (!spendTest(now, address)) {
        peer.retryAt = m_testsSecond.next();
        return;
    }
    ++peer.tries;
    peer.sent.push_back(now);
    peer.retryAt = now + kRetry;
    if (address.isTeredo())
        sendBubbles(now, address, peer);
    else
        sendEcho(address, peer);
}

bool TeredoPeers::spendTest(Instant now, const Ipv6Address& address) {
    if (m_testsSecond.begins(now))
        m_tests.clear();
    // More hosts than peers in one second: whoever does that need not be served.
    const Ipv6Address host = TeredoPeerTable::hostOf(address);
    if (m_tests.size() >= 2 * TeredoPeerTable::kPeersMax && !m_tests.contains(host))
        return false;
    return ++m_tests[host] <= kTestsPerSecondMax;
}

void TeredoPeers::endTest(const Ipv6Address& address, TeredoPeer& peer) {
    peer.queue.clear();
    peer.retryAt.reset();
    peer.isPredicting = false;
    peer.hasEcho = false;
    m_testing.erase(address);
}

void TeredoPeers::sendBubbles(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    if (isLocal(now, peer)) // RFC 4380 §5.2.4 case 3
        send({*peer.local}, directBubble(address, peer));
    const auto teredo = wire::decodeTeredoAddress(address);
    if (preservesPort())
        openPort(address, peer);
    if (predict(now, address, peer))
        return; // What goes through the peer's server waits for ours.
    // RFC 4380 §5.2.4 case 5, §5.4.1 case 3: it lets the answer in.
    if (m_own.kind != TeredoKind::Cone || !peer.alternates.empty())
        for (const TeredoWay& way : waysTo(*teredo, peer, false))
            send(way, directBubble(address, peer));
    const SocketAddress server(teredo->server, kTeredoPort);
    if (maySendTo(server))
        send({server}, indirectBubble(address, peer, wire::kInnerPayloadMax));
}

// RFC 4380 §5.2.9
void TeredoPeers::sendEcho(const Ipv6Address& address, TeredoPeer& peer) {
    const auto server = ownServer();
    if (!server)
        return;
    m_random.fillSecret(peer.echoNonce);
    peer.hasEcho = true;
    send({*server}, makeEchoRequest(ownAddress(), address, peer.echoNonce));
}

// RFC 6081 §5.2.4.2: with the nonce of the last indirect bubble, if that had one.
Bytes TeredoPeers::directBubble(const Ipv6Address& address, const TeredoPeer& peer) const {
    wire::TeredoTrailers trailers;
    if (peer.nonceReceived != 0)
        trailers.nonce = peer.nonceReceived;
    return makeBubble(ownAddress(), address, trailers);
}

// RFC 6081 §5.2.4.1, §5.4.4.2, §5.6.4.1: no larger than `sizeMax`, as far as what must be in it allows.
Bytes TeredoPeers::indirectBubble(const Ipv6Address& address, TeredoPeer& peer, std::size_t sizeMax) {
    std::array<std::uint8_t, 4> octets{};
    m_random.fillSecret(octets);
    peer.nonceSent = 0;
    for (const std::uint8_t octet : octets)
        peer.nonceSent = peer.nonceSent << 8 | octet;
    peer.nonceSent = std::max<std::uint32_t>(peer.nonceSent, 1); // 0 stands for none.
    wire::TeredoTrailers trailers;
    trailers.nonce = peer.nonceSent;
    if (const auto teredo = wire::decodeTeredoAddress(address)) {
        if (const std::uint16_t port = portToTell(*teredo, peer); port != 0)
            trailers.randomPort = port;
        trailers.alternates = ownAlternates(*teredo);
    }
    peer.isPredictionTold = trailers.randomPort.has_value();
    Bytes out = makeBubble(ownAddress(), address, trailers);
    while (out.size() > sizeMax && !trailers.alternates.empty()) {
        trailers.alternates.pop_back();
        out = makeBubble(ownAddress(), address, trailers);
    }
    return out;
}

void TeredoPeers::send(const TeredoWay& way, Bytes payload) {
    Datagram out;
    out.remote = way.remote;
    out.socket = way.socket;
    out.payload = std::move(payload);
    m_out.push_back(std::move(out));
}

void TeredoPeers::handleTimeout(Instant now) {
    for (const Ipv6Address& address : std::set(m_testing)) {
        TeredoPeer* peer = m_table.find(address);
        if (peer == nullptr || !peer->retryAt)
            m_testing.erase(address);
        else if (*peer->retryAt <= now)
            continueTest(now, address, *peer);
    }
    expirePorts(now);
    sendLateEchoAnswers(now);
}

std::optional<Datagram> TeredoPeers::pollTransmit() {
    if (m_out.empty())
        return std::nullopt;
    Datagram out = std::move(m_out.front());
    m_out.pop_front();
    return out;
}

std::optional<Deadline> TeredoPeers::pollTimeout() const {
    std::optional<Deadline> next = portTimeout();
    for (const Ipv6Address& address : m_testing) {
        const TeredoPeer* peer = m_table.find(address);
        if (peer != nullptr && peer->retryAt && (!next || *peer->retryAt < next->at))
            next = Deadline{*peer->retryAt, "Teredo peer"};
    }
    for (const auto& [address, answer] : m_echoAnswersLate)
        if (!next || answer.at < next->at)
            next = Deadline{answer.at, "Teredo echo"};
    return next;
}

} // namespace culvert
