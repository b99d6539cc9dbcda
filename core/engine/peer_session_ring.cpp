// PeerSession, seventh part: contacts ring each other from a new socket, so that one learns whether strangers get in.
//
// Who asks chooses the place, and so could have us send to anybody. We send one packet, smaller than the question with
// all that carried it, and only to an IP address at which this very contact answers our probes now.
#include "core/engine/peer_session.h"

#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::uint16_t kFirstPort = 1024; // below, services listen that are no Culvert

} // namespace

void PeerSession::handle(const Now& now, const wire::RingWantedFrame& frame) {
    if (m_record.state == ContactState::Accepted)
        write(wire::RingAnswerFrame{frame.transaction, ringAsStranger(now.monotonic, frame)});
}

wire::RingStatus PeerSession::ringAsStranger(Instant now, const wire::RingWantedFrame& frame) {
    const SocketAddress& target = frame.target;
    const std::vector<SocketAddress> hosts = straightHosts();
    if (target.port() < kFirstPort || std::ranges::find(hosts, target.withoutPort()) == hosts.end())
        return wire::RingStatus::NotYours;
    InnerAddress remote(target.isV4() ? wire::toMapped(target) : target);
    if (!m_context.reaches(remote))
        return wire::RingStatus::CannotFromThere;
    Instant& next = m_nextRung[target.isV4() ? 1 : 0];
    if (now < next || !m_context.rung.spend(now, EngineContext::kRungPerSecondMax))
        return wire::RingStatus::RateLimited;
    next = now + kRungPause;
    remote.socket = m_context.newSearchSocket(0);
    m_context.send(now, remote, m_context.sealer.sealPair(m_keys, wire::Ring{frame.transaction}));
    m_context.closedSockets.push_back(remote.socket);
    return wire::RingStatus::Rung;
}

bool PeerSession::askToRing(const Now& now, const std::vector<SocketAddress>& targets) {
    if (now.monotonic < m_nextAskToRing)
        return false;
    m_nextAskToRing = now.monotonic + kAskToRingPause;
    for (const wire::RingWantedFrame& question : m_context.trial.begin(now, id(), targets))
        write(question);
    return true;
}

void PeerSession::handle(const Now&, const wire::RingAnswerFrame& frame) {
    m_context.trial.handleAnswer(id(), frame);
}

} // namespace culvert
