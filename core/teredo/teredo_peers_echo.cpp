// TeredoPeers, fifth part: clients that ask who our native address is (RFC 4380 §5.2.9).
//
// Such a client takes nothing from a native address before that has answered an echo request, which it sends through
// its server, and believes where the answer comes from. Ours comes through this tunnel, from where our packets come.
// The system answers as well, through a relay of somebody's where there is one, and miredo believes whom it hears last:
// who asks again soon hears us late. What we have to say meanwhile waits: each packet that the client takes for a
// stranger's would make it ask once more.
#include "core/teredo/teredo_peers.h"

#include <utility>

namespace culvert {

bool TeredoPeers::answerEcho(Instant now, const wire::Ipv6Packet& request, DropReason& reason) {
    reason = DropReason::NotForUs;
    if (!m_own.native || request.destination != *m_own.native) // We speak as that address alone.
        return false;
    reason = DropReason::UnknownPeer;
    TeredoPeer* peer = request.source.isTeredo() ? m_table.find(request.source) : nullptr;
    if (peer == nullptr || !peer->isSought || (!isFresh(now, *peer) && !peer->retryAt))
        return false;
    reason = DropReason::Malformed;
    auto reply = makeEchoReply(request);
    if (!reply)
        return false;
    reason = DropReason::RateLimited;
    const auto waiting = m_echoAnswersLate.find(request.source);
    if (waiting != m_echoAnswersLate.end()) { // One answer is enough, and the last question counts.
        waiting->second.packet = std::move(*reply);
        return false;
    }
    if (!spendEcho(now))
        return false;
    const bool isLate = peer->echoAnswered && now - *peer->echoAnswered < kEchoAgain;
    peer->echoAnswered = now;
    if (!isLate)
        sendEchoAnswer(now, request.source, std::move(*reply));
    else
        m_echoAnswersLate[request.source] = {now + kEchoLate, std::move(*reply), spendHold(now, *peer)};
    return true;
}

bool TeredoPeers::spendHold(Instant now, TeredoPeer& peer) {
    if (peer.echoHeld && now - *peer.echoHeld < kEchoHoldEvery)
        return false;
    peer.echoHeld = now;
    return true;
}

bool TeredoPeers::isHeld(const Ipv6Address& address) const {
    const auto late = m_echoAnswersLate.find(address);
    return late != m_echoAnswersLate.end() && late->second.holds;
}

bool TeredoPeers::spendEcho(Instant now) {
    return m_echoAnswersLate.size() < kEchoAnswersPerSecondMax && m_echoAnswers.spend(now, kEchoAnswersPerSecondMax);
}

void TeredoPeers::sendEchoAnswer(Instant now, const Ipv6Address& address, Bytes packet) {
    TeredoPeer* peer = m_table.find(address);
    if (peer == nullptr)
        return;
    if (!isFresh(now, *peer) && peer->retryAt) // Its NAT is about to let us in.
        return queue(now, address, std::move(packet));
    const auto held = std::exchange(peer->queue, {});
    if (!isFresh(now, *peer))
        return; // It went silent meanwhile: whoever sent what was held repeats it, and a test begins then.
    send({peer->target, peer->socket}, std::move(packet));
    for (const Bytes& each : held)
        send({peer->target, peer->socket}, each);
}

void TeredoPeers::sendLateEchoAnswers(Instant now) {
    std::map<Ipv6Address, EchoAnswer> waiting;
    for (auto& [address, answer] : std::exchange(m_echoAnswersLate, {})) {
        if (answer.at > now)
            waiting.emplace(address, std::move(answer));
        else
            sendEchoAnswer(now, address, std::move(answer.packet));
    }
    m_echoAnswersLate = std::move(waiting);
}

} // namespace culvert
