// TeredoPeers, third part: other places where peers are found, and where they find us: a port that a router forwards
// (RFC 6081 §5.3), random ports (§5.4), other addresses (§5.6).
#include "core/teredo/teredo_peers.h"

#include <algorithm>

namespace culvert {

namespace {

// Below are services, such as a router's own.
constexpr std::uint16_t kHairpinPortMin = 1024;

bool isNeighbour(const Ipv4Address& own, const Ipv4Address& other) {
    const auto& a = own.octets;
    const auto& b = other.octets;
    return std::equal(a.begin(), a.end() - 1, b.begin()) && a[3] != b[3] && b[3] != 0 && b[3] != 255;
}

} // namespace

// One NAT stands before both of us, as it seems.
bool TeredoPeers::sharesAddress(const wire::TeredoAddress& peer) const {
    return isClient() && m_own.mapped && m_own.mapped->v4() == peer.client;
}

// An address in the network behind our router, or in the one before it, where that is none of the internet.
bool TeredoPeers::isOfOwnSite(const SocketAddress& v4) const {
    if (v4.v4().isGlobal(true) || v4.v4().isLoopback() || v4.port() == 0)
        return false;
    const bool isNested = m_own.forwarded && !m_own.forwarded->v4().isGlobal(true);
    return isNeighbour(m_own.localV4, v4.v4()) || (isNested && isNeighbour(m_own.forwarded->v4(), v4.v4()));
}

// Our own public address: the NAT may lead it back in to somebody else (RFC 4787 §6).
bool TeredoPeers::mayHairpin(const SocketAddress& v4) const {
    return isClient() && m_own.mapped && m_own.mapped->v4() == v4.v4() && v4 != m_own.mapped && v4 != m_own.forwarded &&
           v4.v4().isGlobal(m_allowReserved) && v4.port() >= kHairpinPortMin;
}

// What a peer tells may lead nowhere but to its own public address, or to a network of ours.
bool TeredoPeers::mayTry(const wire::TeredoAddress& peer, const SocketAddress& alternate) const {
    if (alternate.v4() == peer.client)
        return maySendTo(alternate);
    return sharesAddress(peer) && isOfOwnSite(alternate);
}

// A router forwards another port of our public address than a server sees us at.
bool TeredoPeers::isForwardedElsewhere() const {
    if (!isClient() || !m_own.forwarded)
        return false;
    const SocketAddress mapped = wire::decodeTeredoAddress(*m_own.teredo)->mapped();
    return m_own.forwarded->v4() == mapped.v4() && m_own.forwarded != mapped;
}

// RFC 6081 §5.4.3
bool TeredoPeers::preservesPort() const {
    return isSymmetric() && !isForwardedElsewhere() && m_own.mapped && m_own.mapped->port() == m_own.port;
}

// RFC 6081 §5.6.4.1. Private addresses are told to those alone who look as if they were behind the same NAT.
std::vector<SocketAddress> TeredoPeers::ownAlternates(const wire::TeredoAddress& peer) const {
    std::vector<SocketAddress> out;
    const bool isNear = sharesAddress(peer);
    if (isNear && m_own.port != 0)
        out.emplace_back(m_own.localV4, m_own.port);
    const bool isNested = isNear && m_own.forwarded && !m_own.forwarded->v4().isGlobal(true);
    if (isForwardedElsewhere() || isNested)
        out.push_back(*m_own.forwarded);
    return out;
}

std::vector<TeredoWay> TeredoPeers::waysTo(const wire::TeredoAddress& teredo, const TeredoPeer& peer,
                                           bool isAnswer) const {
    std::vector<TeredoWay> out;
    for (const SocketAddress& alternate : peer.alternates)
        out.push_back({alternate});
    const std::uint32_t socket = peer.randomPort != 0 ? kSocketOfPort + peer.randomPort : 0;
    const SocketAddress random(teredo.client, peer.peerRandomPort);
    if (peer.peerRandomPort != 0 && maySendTo(random))
        out.push_back({random, socket});
    else if (maySendTo(teredo.mapped()) || mayHairpin(teredo.mapped()))
        // A NAT keeps a port for its first destination. So we wait to hear whether the peer has a random port, too. Who
        // was heard gets its nonce back from one port alone: it would believe another, and we would not.
        out.push_back({teredo.mapped(), isAnswer || !preservesPort() || peer.nonceReceived != 0 ? socket : 0});
    return out;
}

// Two symmetric NATs show each other ports that let nobody else in.
std::optional<SocketAddress> TeredoPeers::betterTarget(const wire::TeredoAddress& sender,
                                                       const TeredoPeer& peer) const {
    if (!isSymmetric())
        return std::nullopt;
    const auto found = std::ranges::find_if(peer.alternates, [&](const SocketAddress& alternate) {
        return alternate.v4() == sender.client && maySendTo(alternate);
    });
    if (found != peer.alternates.end())
        return *found;
    // RFC 6081 §5.3.4.3: perhaps its router forwards the port of its address, as ours does.
    const bool isForwarded = m_own.forwarded == wire::decodeTeredoAddress(*m_own.teredo)->mapped();
    return isForwarded && maySendTo(sender.mapped()) ? std::optional(sender.mapped()) : std::nullopt;
}

// RFC 6081 §5.4.4.4, §5.6.4.2. REQUIRES: the peer was not heard for a while
void TeredoPeers::noteWays(const wire::TeredoAddress& sender, const wire::TeredoTrailers& trailers,
                           TeredoPeer& peer) const {
    peer.peerRandomPort = trailers.randomPort.value_or(0);
    peer.alternates.clear();
    for (const SocketAddress& alternate : trailers.alternates)
        if (mayTry(sender, alternate))
            peer.alternates.push_back(alternate);
}

void TeredoPeers::openPort(const Ipv6Address& address, TeredoPeer& peer) {
    if (peer.randomPort != 0 || !makeRoomForPort(peer))
        return;
    const auto port = static_cast<std::uint16_t>(kPortMin + m_random.below(65536U - kPortMin));
    if (port == m_own.port || m_ports.contains(port))
        return; // The next bubble tries another one.
    m_ports[port] = address;
    peer.randomPort = port;
}

// Nobody whom we did not call takes the port of somebody whom we did, nor anybody one that is in use.
bool TeredoPeers::makeRoomForPort(const TeredoPeer& peer) {
    std::size_t open = 0;
    TeredoPeer* oldest = nullptr;
    for (const auto& [port, address] : m_ports) {
        TeredoPeer* other = m_table.find(address);
        if (other == nullptr || other->randomPort != port)
            continue;
        ++open;
        const auto worth = [](const TeredoPeer& each) { return std::pair(each.isSought, each.used); };
        const bool mayGo = !other->isSought || (peer.isSought && !other->isTrusted && !other->isPredicting);
        if (mayGo && (oldest == nullptr || worth(*other) < worth(*oldest)))
            oldest = other;
    }
    if (open < kPortsMax)
        return true;
    if (oldest == nullptr)
        return false;
    closePort(*oldest);
    return true;
}

// Whom we know there we do not know any more.
void TeredoPeers::closePort(TeredoPeer& peer) {
    peer.randomPort = 0;
    if (peer.socket != 0)
        peer.isTrusted = false;
}

void TeredoPeers::expirePorts(Instant now) {
    for (const auto& [port, address] : m_ports) {
        TeredoPeer* peer = m_table.find(address);
        if (peer == nullptr || peer->randomPort != port || peer->used + kPortIdle > now)
            continue;
        closePort(*peer);
    }
}

std::optional<Deadline> TeredoPeers::portTimeout() const {
    std::optional<Deadline> next;
    for (const auto& [port, address] : m_ports) {
        const TeredoPeer* peer = m_table.find(address);
        if (peer != nullptr && peer->randomPort == port && (!next || peer->used + kPortIdle < next->at))
            next = Deadline{peer->used + kPortIdle, "Teredo port"};
    }
    return next;
}

std::optional<std::uint32_t> TeredoPeers::pollClosedSocket() {
    for (const auto& [port, address] : m_ports) {
        const TeredoPeer* peer = m_table.find(address);
        if (peer != nullptr && peer->randomPort == port)
            continue;
        const std::uint32_t socket = kSocketOfPort + port;
        m_ports.erase(port);
        return socket;
    }
    return std::nullopt;
}

} // namespace culvert
