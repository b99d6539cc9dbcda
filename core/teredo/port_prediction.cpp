#include "core/teredo/port_prediction.h"

#include <algorithm>

namespace culvert {

void PortPrediction::begin(Random& random, const SocketAddress& place) {
    m_place = place;
    m_linkLocal = makeLinkLocal(random, false);
    for (SolicitationNonce& nonce : m_nonces)
        random.fillSecret(nonce);
    m_seen = {};
}

Bytes PortPrediction::question(Side side) const {
    return makeSolicitation(m_linkLocal, m_nonces[static_cast<std::size_t>(side)]);
}

// RFC 6081 §5.5.4.4, and RFC 4380 §5.2.1: without the cone flag, the address that was asked answers.
bool PortPrediction::handleAnswer(const SocketAddress& from, const wire::TeredoPacket& packet, const Servers& servers,
                                  bool allowReserved) {
    if (m_place.port() == 0 || !packet.authentication || !packet.origin)
        return false;
    const auto nonce = std::ranges::find(m_nonces, packet.authentication->nonce);
    if (nonce == m_nonces.end())
        return false;
    const bool isFirst = nonce == m_nonces.begin();
    auto& seen = m_seen[isFirst ? 0 : 1];
    if (seen || from != (isFirst ? servers.primary : servers.secondary) ||
        !isAdvertisement(packet, m_linkLocal, servers.primary.v4()))
        return false;
    if (!packet.origin->v4().isGlobal(allowReserved) || packet.origin->port() == 0)
        return false;
    seen = packet.origin;
    return true;
}

// RFC 6081 §5.5.4.4 prints (EchoTestUpperPort + EchoTestUpperPort)/2, which would be no guess but the port that the
// secondary address sees: the lower one is meant beside the upper one.
std::optional<std::uint16_t> PortPrediction::port(const Ipv4Address& ownPublic) const {
    if (!isComplete() || m_seen[0]->v4() != ownPublic || m_seen[1]->v4() != ownPublic)
        return std::nullopt;
    const unsigned lower = m_seen[0]->port(), upper = m_seen[1]->port();
    if (std::max(lower, upper) - std::min(lower, upper) > kSpanMax)
        return std::nullopt;
    return static_cast<std::uint16_t>((lower + upper) / 2);
}

} // namespace culvert
