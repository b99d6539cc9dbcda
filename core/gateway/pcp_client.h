// PcpClient: one address of ours and one PCP server (RFC 6887): a mapping for UDP, then one for TCP, on one port.
//
// UDP is asked for at once; TCP as soon as the server has answered that. The server's epoch is checked with each of its
// answers and announcements (§8.5); when it lost its state both are asked for again. For IPv6 a mapping is a pinhole in
// the firewall.
#pragma once

#include "core/gateway/gateway_epoch.h"
#include "core/gateway/pcp_mapping.h"

namespace culvert {

/// UDP or TCP.
enum class MappedTransport { Udp, Tcp };

/// What a router's announcement says to one who has dealt with it.
enum class AnnouncementMeaning {
    Same,      ///< it has what it had
    LostState, ///< it lost its mappings; they will be asked for again in a moment
    News,      ///< we know nothing of it, or it has another address: ask again
};

/// Contract: after each input call flush().
class PcpClient {
public:
    /// RFC 6887 §14.1.3 has all clients of a rebooted server wait up to 5 s, so that thousands behind one server do
    /// not ask at once. Ours is a home's router, our packets are two, and a user waits for them.
    static constexpr Duration kRecoveryDelayMax = 500ms;

    PcpClient(const GatewayLink& link, const PortMapperConfig& config, Random& random);

    /// Asks for everything (again); where a refusal holds, for the server's epoch only, which changes nothing there.
    void ask(Instant now, bool forgetsSilence, GatewayOutbox& out);
    void handleResponse(Instant now, const wire::PcpResponse& response, GatewayOutbox& out, DropCounters& drops);
    /// RFC 6887 §9: the router does not speak version 2, but `version`.
    void handleUnsupportedVersion(Instant now, std::uint8_t version);
    /// An ANNOUNCE from the server.
    AnnouncementMeaning handleAnnouncement(Instant now, const wire::PcpResponse& response);
    /// What came from the router is no message at all.
    void handleNonsense() { m_isBroken = true; }
    void handleTimeout(Instant now);
    /// Sends what is due.
    void flush(Instant now, GatewayOutbox& out);
    void takeBack(GatewayOutbox& out);

    const GatewayLink& link() const { return m_link; }
    const PcpMapping& mapping(MappedTransport transport) const {
        return transport == MappedTransport::Udp ? m_udp : m_tcp;
    }
    /// Whether NAT-PMP is to be tried beside: PCP is not spoken, or not answered.
    bool isInVain() const { return m_lacksVersion || m_udp.timer().isInVain(); }
    /// Whether nothing more is to be expected soon: it gave or refused, or is silent.
    bool isSettled() const;
    ProtocolAnswer answer() const;
    PortMappingStatus status(MappedTransport transport) const;
    const std::optional<Ipv4Address>& routerAddress() const { return m_routerAddress; }
    std::optional<Instant> nextTime() const;

private:
    bool checkEpoch(Instant now, std::uint32_t seconds);
    void checkRefusal(PcpMapping& mapping, const SocketAddress& external);
    void checkExternal(Instant now, PcpMapping& mapping, GatewayOutbox& out);

    GatewayLink m_link;
    bool m_allowReserved;
    std::uint16_t m_port;
    Random& m_random;
    PcpMapping m_udp;
    PcpMapping m_tcp;
    bool m_isAsked = false;
    bool m_speaks = false;
    bool m_isBroken = false; // It answered, but with nonsense only.
    bool m_lacksVersion = false;
    std::optional<EpochReading> m_epoch;
    std::optional<Instant> m_recoverAt; // When to ask again after the server lost its state.
    std::optional<Instant> m_recoveredAt;
    std::optional<Ipv4Address> m_routerAddress;
};

} // namespace culvert
