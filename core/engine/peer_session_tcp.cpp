// PeerSession, third part: TCP, the last rung.
#include "core/engine/peer_session.h"

#include <algorithm>

namespace culvert {

void PeerSession::noteWhetherUp(Instant now) {
    if (m_paths.isUp() || !m_paths.hasCandidates()) {
        m_withoutPathSince.reset();
    } else if (!m_withoutPathSince) {
        m_withoutPathSince = now;
    }
    m_isTcpDue = wantsTcp(now, false);
}

std::optional<Instant> PeerSession::nextTcp() const {
    if (!m_withoutPathSince || m_isTcpDue)
        return std::nullopt;
    return *m_withoutPathSince + kTcpHeadStart;
}

// Services of others stay out of it, whatever a contact says of them.
std::vector<SocketAddress> PeerSession::tcpPlaces() const {
    constexpr std::uint16_t portMin = 1024;
    std::vector<SocketAddress> out = m_paths.tcpPlaces();
    std::erase_if(out, [](const SocketAddress& place) { return place.port() < portMin; });
    return out;
}

void PeerSession::linkChanged(const Now& now, const InnerAddress& remote, bool isUp) {
    if (isUp)
        m_paths.add(now.monotonic, {{PathKind::Tcp, remote, CandidateOrigin::Linked, PathSource::Link}});
    else
        m_paths.remove(now.monotonic, remote);
    handlePathEvents(now);
}

} // namespace culvert
