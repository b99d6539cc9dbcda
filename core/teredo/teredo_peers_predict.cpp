// TeredoPeers, fourth part: ports that a NAT counts up, and that are told before they are used (RFC 6081 §5.5).
//
// For whom we call ourselves, the whole test runs as the standard has it, but from a new port each time: solicitations
// that the NAT never saw would shift the guess, and a guess that led nowhere is not worth repeating. A stranger's first
// bubble gets that of the test as its only answer, and the second one hears what came of it.
#include "core/teredo/teredo_peers_arrived.h"

namespace culvert {

// RFC 6081 §5.5.4.1: behind a symmetric NAT that does not preserve ports. Where a router forwards one of ours (§5.3),
// or the peer told of other places (§5.6), those are the better way.
bool TeredoPeers::predictsPort(const TeredoPeer& peer) const {
    if (!isSymmetric() || preservesPort() || !peer.alternates.empty() || !predictionServers())
        return false;
    return !m_own.forwarded || m_own.forwarded->v4() != ownPublic();
}

Ipv4Address TeredoPeers::ownPublic() const {
    return wire::decodeTeredoAddress(*m_own.teredo)->client;
}

std::optional<PortPrediction::Servers> TeredoPeers::predictionServers() const {
    const auto primary = ownServer();
    if (!primary || !m_own.secondaryServer)
        return std::nullopt;
    const SocketAddress secondary(*m_own.secondaryServer, kTeredoPort);
    return maySendTo(secondary) ? std::optional(PortPrediction::Servers{*primary, secondary}) : std::nullopt;
}

// Where the peer's packets for our port come from: its random port (RFC 6081 §5.4.4.3), if it told one.
std::optional<SocketAddress> TeredoPeers::predictionPlace(const wire::TeredoAddress& teredo,
                                                          const TeredoPeer& peer) const {
    const SocketAddress place(teredo.client, peer.peerRandomPort != 0 ? peer.peerRandomPort : teredo.port);
    return maySendTo(place) ? std::optional(place) : std::nullopt;
}

// RFC 6081 §5.4.4.2, §5.5.4.2; 0: none
std::uint16_t TeredoPeers::portToTell(const wire::TeredoAddress& teredo, const TeredoPeer& peer) const {
    if (peer.randomPort == 0 || preservesPort())
        return peer.randomPort;
    const bool isForItsPlace = isSymmetric() && peer.prediction.place() == predictionPlace(teredo, peer);
    return isForItsPlace ? peer.prediction.port(ownPublic()).value_or(0) : std::uint16_t{0};
}

// RFC 6081 §5.5.4.1.1
bool TeredoPeers::beginPrediction(const Ipv6Address& address, TeredoPeer& peer, const SocketAddress& place) {
    closePort(peer);
    openPort(address, peer);
    if (peer.randomPort == 0)
        return false;
    const auto servers = predictionServers();
    const std::uint32_t socket = kSocketOfPort + peer.randomPort;
    peer.prediction.begin(m_random, place);
    peer.isPredictionTold = false;
    send({servers->primary, socket}, peer.prediction.question(PortPrediction::Side::Primary));
    send({place, socket}, directBubble(address, peer));
    send({servers->secondary, socket}, peer.prediction.question(PortPrediction::Side::Secondary));
    return true;
}

// One that we begin. False: the bubbles go without it.
bool TeredoPeers::predict(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    const auto teredo = wire::decodeTeredoAddress(address);
    if (!predictsPort(peer) || peer.predictionsLost >= kPredictionsMax || !maySendTo({teredo->server, kTeredoPort}))
        return false;
    const auto place = predictionPlace(*teredo, peer);
    if (!place || (!peer.isPredictionTold && portToTell(*teredo, peer) != 0))
        return false;
    if (!beginPrediction(address, peer, *place))
        return false;
    peer.isPredicting = true;
    peer.retryAt = now + kPredictionWait * (peer.predictionsLost + 1);
    return true;
}

// RFC 6081 §5.5.2.2: once again, and then the bubble goes without a port.
void TeredoPeers::predictionIsLate(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    peer.isPredicting = false;
    ++peer.predictionsLost;
    // Who was answered from that port sends there: another one would leave it alone with it.
    const bool isKnownThere = peer.randomPort != 0 && !peer.answers.empty();
    if (isKnownThere || !predict(now, address, peer))
        endPrediction(now, address, peer);
}

// RFC 6081 §5.5.4.4: both answers are here, or there will be none.
void TeredoPeers::endPrediction(Instant now, const Ipv6Address& address, TeredoPeer& peer) {
    const auto teredo = wire::decodeTeredoAddress(address);
    peer.isPredicting = false;
    peer.retryAt = now + kRetry;
    if (portToTell(*teredo, peer) == 0) {
        peer.predictionsLost = kPredictionsMax; // The NAT does not count, or the server does not answer.
        if (peer.answers.empty())
            closePort(peer);
        return sendBubbles(now, address, peer);
    }
    peer.predictionsLost = 0;
    send({SocketAddress(teredo->server, kTeredoPort)}, indirectBubble(address, peer, wire::kInnerPayloadMax));
}

bool TeredoPeers::receiveAdvertisement(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo) {
    const auto port = static_cast<std::uint16_t>(datagram.socket & 0xffff);
    const auto found = m_ports.find(port);
    TeredoPeer* peer = found == m_ports.end() ? nullptr : m_table.find(found->second);
    const auto servers = predictionServers();
    if (datagram.socket != kSocketOfPort + port || peer == nullptr || peer->randomPort != port || !servers ||
        !peer->prediction.handleAnswer(datagram.remote, teredo, *servers, m_allowReserved))
        return false;
    if (peer->isPredicting && peer->prediction.isComplete())
        endPrediction(now, found->second, *peer);
    return true;
}

// One packet towards who asks, whatever goes to our server beside it. False: it is to be answered without a port.
bool TeredoPeers::answerByPrediction(Instant now, const Arrived& in, TeredoPeer& peer) {
    const SocketAddress server(in.sender->server, kTeredoPort);
    const auto place = predictionPlace(*in.sender, peer);
    if (!predictsPort(peer) || !place || peer.nonceReceived == 0 || !maySendTo(server))
        return false;
    const bool isOpen = peer.randomPort != 0 && peer.prediction.place() == *place;
    const bool isKnown = isOpen && portToTell(*in.sender, peer) != 0;
    if (!peer.retryAt && isKnown && !peer.isPredictionTold) {
        Bytes bubble = indirectBubble(in.source(), peer, in.size);
        peer.isPredictionTold = bubble.size() <= in.size && spendAnswer(now, peer.isSought);
        if (peer.isPredictionTold)
            answer(now, peer, {server}, std::move(bubble));
        return true;
    }
    Bytes bubble = directBubble(in.source(), peer);
    if (bubble.size() > in.size)
        return false;
    if (isOpen && peer.retryAt) { // Of our own call, whose answer this may be.
        if (spendAnswer(now, peer.isSought))
            answer(now, peer, {*place, kSocketOfPort + peer.randomPort}, std::move(bubble));
        return true;
    }
    if (isOpen && !isKnown)
        ++peer.predictionsLost;
    if (peer.predictionsLost >= kPredictionsMax || !spendPrediction(now, peer.isSought))
        return false;
    if (!spendAnswer(now, peer.isSought))
        return true;
    if (!beginPrediction(in.source(), peer, *place))
        return false;
    peer.answers.push_back(now);
    if (peer.retryAt) { // We call it, too, and it told of another place.
        peer.isPredicting = true;
        peer.retryAt = now + kPredictionWait * (peer.predictionsLost + 1);
    }
    return true;
}

// Strangers make us ask our server seldom, however many they are.
bool TeredoPeers::spendPrediction(Instant now, bool isSought) {
    if (isSought)
        return true;
    std::erase_if(m_predictions, [&](Instant at) { return at + kPredictionMemory <= now; });
    if (m_predictions.size() >= kStrangersPredictionsMax)
        return false;
    m_predictions.push_back(now);
    return true;
}

} // namespace culvert
