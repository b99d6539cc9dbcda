// GatewayOutbox: the datagrams that wait for the adapter, and who talks to whom.
#pragma once

#include "core/gateway/port_mapper.h"
#include "core/wire/pcp.h"

#include <deque>

namespace culvert {

/// The two ends of a conversation with a router. Ports are 0.
struct GatewayLink {
    SocketAddress local;
    SocketAddress router;
    std::uint32_t interfaceIndex = 0; ///< the zone of a link-local router
    bool operator==(const GatewayLink&) const = default;
};

/// First in, first out, and bounded: an adapter that stopped draining costs datagrams, not memory.
class GatewayOutbox {
public:
    /// Every mapping and pinhole asked for and taken back at the same instant, twice over.
    static constexpr std::size_t kWaitingMax = 128;

    explicit GatewayOutbox(DropCounters& drops) : m_drops(drops) {}

    void push(const GatewayLink& link, Bytes payload) {
        if (m_waiting.size() >= kWaitingMax)
            return m_drops.add(DropReason::RateLimited);
        const SocketAddress remote = link.router.isV4() ? SocketAddress(link.router.v4(), wire::kPcpServerPort)
                                                        : SocketAddress(link.router.v6(), wire::kPcpServerPort);
        m_waiting.push_back({link.local, link.interfaceIndex, remote, std::move(payload)});
    }
    std::optional<GatewayDatagram> poll() {
        if (m_waiting.empty())
            return std::nullopt;
        auto out = std::move(m_waiting.front());
        m_waiting.pop_front();
        return out;
    }

private:
    DropCounters& m_drops;
    std::deque<GatewayDatagram> m_waiting;
};

/// The sooner of two times, either of which may not exist.
inline std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
    return a && b ? std::min(*a, *b) : a ? a : b;
}

/// Whether a time exists and has come.
inline bool isDue(const std::optional<Instant>& at, Instant now) {
    return at && *at <= now;
}

} // namespace culvert
