// Pinhole: our port let through the IPv6 firewall to one global address of ours, by PCP from that very address to each
// IPv6 router (RFC 6887 §8.4, §11.1).
#pragma once

#include "core/gateway/pcp_client.h"
#include "core/gateway/upnp_turn.h"

#include <memory>

namespace culvert {

/// One address. Everything that is to be sent goes into the outbox at once.
class Pinhole {
public:
    Pinhole(const Ipv6Address& address, const PortMapperConfig& config, Instant now);

    /// The routers there are. Conversations with others end; ones that are new are asked by the next ask().
    void setRouters(const std::vector<GatewayLink>& links, Random& random, GatewayOutbox& out);
    void ask(Instant now, bool forgetsSilence, GatewayOutbox& out);
    /// Whether one of the conversations is with this router.
    bool handleDatagram(Instant now, const SocketAddress& router, BytesView payload, GatewayOutbox& out,
                        DropCounters& drops);
    /// Nothing, when no conversation is with this router.
    std::optional<AnnouncementMeaning> handleAnnouncement(Instant now, const SocketAddress& router,
                                                          const wire::PcpResponse& response);
    void handleTimeout(Instant now, GatewayOutbox& out);
    void takeBack(GatewayOutbox& out);
    /// Whether UPnP is to open it. Call it after each input.
    bool update(Instant now);

    const Ipv6Address& address() const { return m_address; }
    /// Whether PCP let us in.
    bool isOpen() const;
    bool isSettled(const UpnpState& upnp) const;
    PinholeStatus status(const UpnpState& upnp, bool isTimeUp) const;
    ProtocolAnswer answerOf(const SocketAddress& router) const;
    std::optional<Instant> nextTime() const;

private:
    bool isOpenedBy(const PcpClient& client) const;
    const UpnpPinhole* findIn(const UpnpState& upnp) const;
    PinholeStatus pcpStatus() const;

    Ipv6Address m_address;
    PortMapperConfig m_config;
    std::vector<std::unique_ptr<PcpClient>> m_clients;
    UpnpTurn m_turn;
};

} // namespace culvert
