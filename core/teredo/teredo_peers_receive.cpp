// TeredoPeers, second part: what comes in.
#include "core/teredo/teredo_peers_arrived.h"

#include <algorithm>

namespace culvert {

std::optional<TeredoArrival> TeredoPeers::receive(Instant now, const Datagram& datagram,
                                                  const wire::TeredoPacket& teredo, DropReason& reason) {
    const wire::Ipv6Packet& packet = teredo.packet;
    auto trailers = wire::decodeTeredoTrailers(teredo.trailers);
    Arrived in{datagram.remote,
               datagram.socket,
               datagram.payload.size(),
               teredo,
               trailers ? std::move(*trailers) : wire::TeredoTrailers{},
               isBubble(packet),
               wire::decodeTeredoAddress(packet.source),
               reason};
    if (!trailers)
        return in.refuse(DropReason::EncapsulationWrong);
    // A random port is there for its own peer, whatever knows of it.
    const TeredoPeer* peer = in.socket == 0 ? nullptr : m_table.find(in.source());
    if (in.socket != 0 && (peer == nullptr || peer->randomPort == 0 || in.socket != kSocketOfPort + peer->randomPort))
        return in.refuse(DropReason::NotForUs);
    // A server may be a relay as well (§5.4.3): of it only what a server forwards is judged as such.
    if ((in.isBubble || teredo.origin) && ownServer() == in.from && in.socket == 0)
        return fromServer(now, in);
    return in.sender ? fromTeredo(now, in) : fromNative(now, in);
}

// RFC 4380 §5.2.3: somebody asks through our server for a way to us. A bubble of ours opens our NAT for it.
std::optional<TeredoArrival> TeredoPeers::fromServer(Instant now, const Arrived& in) {
    if (!in.isBubble)
        return in.refuse(DropReason::NotForUs);
    if (in.sender) {
        if (!in.sender->client.isGlobal(m_allowReserved) || in.sender->port == 0)
            return in.refuse(DropReason::SourceMismatch);
        TeredoPeer* peer = m_table.note(now, in.source());
        if (peer == nullptr)
            return in.refuse(DropReason::RateLimited);
        peer->nonceReceived = in.trailers.nonce.value_or(0); // RFC 6081 §5.2.4.3
        answerIndirect(now, in, *peer);
        return TeredoArrival::Handled;
    }
    // A relay's, or one of miredo's, which sends its bubbles from a link-local address: where it is, only the origin
    // tells.
    if (!isNativeHost(in.source()) && !in.source().isLinkLocal())
        return in.refuse(DropReason::SourceMismatch);
    if (!in.teredo.origin || !maySendTo(*in.teredo.origin))
        return in.refuse(DropReason::SourceMismatch);
    if (!spendAnswer(now, false))
        return in.refuse(DropReason::RateLimited);
    send({*in.teredo.origin}, makeBubble(ownAddress(), in.source(), {}));
    return TeredoArrival::Handled;
}

std::optional<TeredoArrival> TeredoPeers::fromNative(Instant now, const Arrived& in) {
    // RFC 4380 §5.4.2: a relay hears Teredo clients alone.
    if (!isClient() || !isNativeHost(in.source()))
        return in.refuse(DropReason::SourceMismatch);
    TeredoPeer* peer = m_table.find(in.source());
    if (peer != nullptr && peer->isTrusted && peer->mapped == in.from) { // RFC 4380 §5.2.3 rule 1
        peer->received = peer->used = now;
        return in.isBubble ? TeredoArrival::Handled : TeredoArrival::Ordinary;
    }
    const auto nonce = echoedNonce(in.teredo.packet);
    if (!nonce) // Rule 6: whoever answers it sends to where it came from, and proves that by a probe of its own.
        return in.arrival();
    // RFC 4380 §5.2.3 rule 2
    if (peer == nullptr || !peer->hasEcho || *nonce != peer->echoNonce || !maySendTo(in.from))
        return in.refuse(DropReason::SourceMismatch);
    trust(in, *peer, true);
    accept(now, in, *peer);
    return TeredoArrival::Handled;
}

// RFC 4380 §5.2.3 rules 1, 3 and 5; §5.4.2; RFC 6081 §5.2.4.4.
std::optional<TeredoArrival> TeredoPeers::fromTeredo(Instant now, const Arrived& in) {
    TeredoPeer* peer = m_table.find(in.source());
    if (peer != nullptr && peer->isTrusted && peer->mapped == in.from && peer->socket == in.socket)
        return accept(now, in, *peer);
    if (in.sender->mapped() == in.from) {
        if (!in.sender->client.isGlobal(m_allowReserved) || in.sender->port == 0)
            return in.refuse(DropReason::SourceMismatch);
        // Who can forge its outer source does not undo what a nonce has proven.
        if (peer != nullptr && (peer->isProven || peer->socket != 0) && isFresh(now, *peer))
            return in.arrival();
        peer = m_table.note(now, in.source());
        if (peer == nullptr)
            return in.arrival(); // Nothing is known, so nothing is wrong.
        trust(in, *peer, false);
        return accept(now, in, *peer);
    }
    const bool isFromLocal = peer != nullptr && isLocal(now, *peer) && *peer->local == in.from;
    if (!isFromLocal && (peer == nullptr || !hasOurNonce(in, *peer)))
        return in.refuse(DropReason::SourceMismatch);
    trust(in, *peer, !isFromLocal);
    return accept(now, in, *peer);
}

// RFC 6081 §5.2.4.4: it got our indirect bubble, so it is who its address says, wherever its packets come from.
bool TeredoPeers::hasOurNonce(const Arrived& in, const TeredoPeer& peer) const {
    if (!in.isBubble || peer.nonceSent == 0 || in.trailers.nonce != peer.nonceSent)
        return false;
    return maySendTo(in.from) || (sharesAddress(*in.sender) && (isOfOwnSite(in.from) || mayHairpin(in.from)));
}

void TeredoPeers::trust(const Arrived& in, TeredoPeer& peer, bool byNonce) {
    // What was not fresh is heard again for the first time: see accept().
    if (peer.mapped != in.from || peer.socket != in.socket)
        peer.received.reset();
    peer.isTrusted = true;
    peer.isProven = byNonce;
    if (byNonce)
        peer.nonceSent = 0; // Whoever saw it on its way must not be able to use it again.
    peer.mapped = peer.target = in.from;
    peer.socket = in.socket;
    if (in.socket == 0)
        peer.randomPort = 0; // RFC 6081 §5.4.4.5: it is not needed.
    if (in.sender && in.sender->mapped() != in.from && in.socket == 0)
        peer.target = betterTarget(*in.sender, peer).value_or(in.from);
}

TeredoArrival TeredoPeers::accept(Instant now, const Arrived& in, TeredoPeer& peer) {
    const bool wasFresh = isFresh(now, peer);
    peer.received = peer.used = now;
    peer.sent.clear();
    peer.answers.clear();
    // Before what waits: behind a symmetric NAT the nonce alone makes the peer take anything from us.
    const bool isAsked = in.trailers.discovery == wire::TeredoDiscovery::Solicitation; // RFC 6081 §5.7.4.2
    if (in.isBubble && (isAsked || !wasFresh))
        answerDirect(now, in, peer);
    for (Bytes& packet : std::exchange(peer.queue, {}))
        send({peer.target, peer.socket}, std::move(packet));
    endTest(in.source(), peer);
    return in.arrival();
}

// The peer cannot reach us straight, and perhaps we cannot reach it either. Every second answer goes through its
// server: behind a symmetric NAT only the bubble that it sends back shows where it is (RFC 6081 §6.1).
void TeredoPeers::answerIndirect(Instant now, const Arrived& in, TeredoPeer& peer) {
    std::erase_if(peer.answers, [&](Instant at) { return at + kMemory <= now; });
    if (peer.answers.size() >= kBubblesMax || (!peer.answers.empty() && now - peer.answers.back() < kAnswerEvery))
        return;
    TeredoWay way{peer.target, peer.socket};
    Bytes bubble;
    if (isFresh(now, peer)) {
        bubble = directBubble(in.source(), peer);
    } else {
        noteWays(*in.sender, in.trailers, peer);
        if (preservesPort())
            openPort(in.source(), peer);
        if (peer.answers.empty() && !peer.retryAt)
            peer.predictionsLost = 0;
        if (answerByPrediction(now, in, peer))
            return;
        const SocketAddress server(in.sender->server, kTeredoPort);
        const auto ways = waysTo(*in.sender, peer, true);
        // Who tells of other places hears our nonce first, unless we call it: the nonce alone makes it believe what
        // comes from places of ours. RFC 6081 §5.6.4.2 would send to all of them at once, and with it more than came.
        // Who guessed its port opened it already: it would believe us, and have no nonce to be believed by.
        const bool hasNonce = (peer.alternates.empty() && peer.peerRandomPort == 0) || peer.retryAt;
        // Whom we call has our nonce from the call, and each port that it tells is a new one.
        const bool hasNewPort = peer.peerRandomPort != 0 && peer.retryAt;
        const bool isTurnOfServer = !hasNewPort && (peer.answers.size() % 2 == 1) == hasNonce;
        if (isTurnOfServer && peer.nonceReceived != 0 && maySendTo(server)) {
            way = {server};
            bubble = indirectBubble(in.source(), peer, in.size);
        } else if (!ways.empty()) {
            way = ways[peer.answers.size() / 2 % ways.size()];
            bubble = directBubble(in.source(), peer);
        }
    }
    if (!bubble.empty() && bubble.size() <= in.size && spendAnswer(now, peer.isSought))
        answer(now, peer, way, std::move(bubble));
}

void TeredoPeers::answer(Instant now, TeredoPeer& peer, const TeredoWay& way, Bytes bubble) {
    peer.answers.push_back(now);
    send(way, std::move(bubble));
}

// We hear the peer; now it hears us.
void TeredoPeers::answerDirect(Instant now, const Arrived& in, TeredoPeer& peer) {
    wire::TeredoTrailers trailers;
    if (in.trailers.discovery == wire::TeredoDiscovery::Solicitation) {
        if (peer.answered && now - *peer.answered < kAnswerEvery)
            return;
        peer.answered = now;
        trailers.discovery = wire::TeredoDiscovery::Advertisement;
    }
    Bytes bubble = makeBubble(ownAddress(), in.source(), trailers);
    if (peer.nonceReceived != 0) {
        trailers.nonce = peer.nonceReceived;
        Bytes withNonce = makeBubble(ownAddress(), in.source(), trailers);
        if (withNonce.size() <= in.size)
            bubble = std::move(withNonce);
    }
    if (bubble.size() <= in.size && spendAnswer(now, peer.isSought))
        send({peer.target, peer.socket}, std::move(bubble));
}

bool TeredoPeers::spendAnswer(Instant now, bool isSought) {
    return (isSought ? m_answersToSought : m_answersToStrangers).spend(now, kAnswersPerSecondMax);
}

} // namespace culvert
