// PortMapper::State: the routers and pinholes, and what UPnP says, merged into one report.
#pragma once

#include "core/gateway/ipv4_gateway.h"
#include "core/gateway/pinhole.h"

namespace culvert {

/// The verbs are the PortMapper's.
class PortMapper::State {
public:
    State(const PortMapperConfig& config, Random& random);

    void handleNetwork(Instant now, const LocalNetwork& network);
    void handleDatagram(Instant now, const SocketAddress& local, const SocketAddress& remote, BytesView payload);
    void handleAnnouncement(Instant now, const SocketAddress& remote, BytesView payload);
    void handleUpnp(Instant now, const UpnpState& state);
    void handleTimeout(Instant now);
    void refresh(Instant now);
    void shutdown();

    std::optional<GatewayDatagram> pollTransmit() { return m_out.poll(); }
    std::optional<GatewayReport> pollChange();
    std::optional<Deadline> pollTimeout() const;
    const UpnpWish& upnpWish() const { return m_wish; }
    const DropCounters& drops() const { return m_drops; }

private:
    void replaceGateways(Instant now);
    void replacePinholes(Instant now);
    std::vector<GatewayLink> linksOf(const Ipv6Address& address) const;
    std::optional<AnnouncementMeaning> announce4(Instant now, const SocketAddress& router, BytesView payload);
    std::optional<AnnouncementMeaning> announce6(Instant now, const SocketAddress& router, BytesView payload);
    void askAll(Instant now, bool forgetsSilence);
    void askSoon(Instant now);
    void update(Instant now);
    void updateWish(Instant now);
    void updateReport();
    void planReport(Instant now);
    bool isGranted() const;
    bool isSettled() const;
    bool isUpnpSettled() const;
    PortMappingStatus mappingStatus(MappedTransport transport) const;
    std::vector<GatewayStatus> gatewayStatuses() const;

    PortMapperConfig m_config;
    Random& m_random;
    DropCounters m_drops;
    GatewayOutbox m_out;
    bool m_isDown = false;
    std::optional<LocalNetwork> m_network;
    std::vector<std::unique_ptr<Ipv4Gateway>> m_gateways; // The preferred ones first.
    std::vector<std::unique_ptr<Pinhole>> m_pinholes;
    UpnpState m_upnp;
    UpnpWish m_wish;
    std::optional<UpnpTurn> m_turn;
    std::optional<Instant> m_settleAt;  // When silence counts as an answer.
    std::optional<Instant> m_refreshAt; // When to ask again because of an announcement.
    std::optional<Instant> m_refreshedAt;
    std::optional<Instant> m_recheckAt;         // When to ask again because UPnP's mapping was taken back.
    std::optional<SocketAddress> m_previousUdp; // What was mapped last in this network.
    std::optional<SocketAddress> m_previousTcp;
    GatewayReport m_report;
    GatewayReport m_reported;
    std::optional<Instant> m_reportAt; // When the report may be told; once that is, m_mayReport.
    Instant m_reportsUsed{};           // Grows by kReportEvery with each; what lies in the future is used up.
    bool m_mayReport = false;
};

} // namespace culvert
