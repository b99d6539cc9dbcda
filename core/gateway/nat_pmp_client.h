// NatPmpClient: one NAT-PMP router (RFC 6886): its external address, then a mapping for UDP, then one for TCP.
//
//   idle -- ask() --> address? -> UDP? -> TCP? --> granted -- half of its life --> address? …
//                        \-- an error --> held until the error's end --> address? …
//
// Questions go one at a time (§3.1, §3.7), each until it is answered. The router's epoch is checked with every packet
// of its (§3.6). A private external address ends it before anything is mapped: the router is behind another NAT
// (§4.3.1).
#pragma once

#include "core/gateway/gateway_epoch.h"
#include "core/gateway/pcp_client.h"
#include "core/wire/nat_pmp.h"

namespace culvert {

/// Contract: after each input call flush().
class NatPmpClient {
public:
    /// RFC 6886 §3.3
    static constexpr std::uint32_t kLifetimeAsked = 7200;
    /// How long an error is believed; the standard gives no time. What may pass soon, and what somebody has set.
    static constexpr Duration kHoldShort = 30s;
    static constexpr Duration kHoldLong = std::chrono::minutes(30);

    NatPmpClient(const GatewayLink& link, const PortMapperConfig& config, Random& random);

    void ask(Instant now, bool forgetsSilence);
    /// PCP works: nothing is asked any more, and nothing is taken back, because both have one table.
    void stop();
    void handleResponse(Instant now, const wire::NatPmpResponse& response, GatewayOutbox& out);
    /// RFC 6887 §9: the router only speaks PCP.
    void handleUnsupportedVersion(Instant now);
    /// The external address response to 224.0.0.1 (§3.2.1).
    AnnouncementMeaning handleAnnouncement(Instant now, const wire::NatPmpResponse& response);
    /// What came from the router is no message at all.
    void handleNonsense() { m_isBroken = true; }
    void handleTimeout(Instant now);
    /// The time for first answers is over.
    void settle() { m_timer.settle(); }
    /// Sends what is due.
    void flush(Instant now, GatewayOutbox& out);
    void takeBack(GatewayOutbox& out);

    bool isActive() const { return m_isActive; }
    bool isSettled() const;
    ProtocolAnswer answer() const;
    PortMappingStatus status(MappedTransport transport) const;
    const std::optional<Ipv4Address>& routerAddress() const { return m_routerAddress; }
    std::optional<GatewayGrant> grant(MappedTransport transport) const;
    std::optional<Instant> nextTime() const;

private:
    enum Step : std::size_t { Address, Udp, Tcp, Done };

    /// One of the two mappings.
    struct Mapping {
        std::uint16_t suggestedPort = 0;
        std::optional<GatewayGrant> grant;
        std::optional<GatewayRefusal> refusal;
    };

    void begin();
    void next(Instant now, Step step);
    void refuse(GatewayRefusal refusal);
    void handleAddress(Instant now, const wire::NatPmpResponse& response, GatewayOutbox& out);
    void handleMapping(Instant now, const wire::NatPmpResponse& response);
    bool checkEpoch(Instant now, std::uint32_t seconds);
    Mapping& at(MappedTransport transport) { return m_mappings[static_cast<std::size_t>(transport)]; }
    const Mapping& at(MappedTransport transport) const { return m_mappings[static_cast<std::size_t>(transport)]; }

    GatewayLink m_link;
    bool m_allowReserved;
    std::uint16_t m_port;
    Random& m_random;
    bool m_isActive = false;
    bool m_speaks = false;
    bool m_isBroken = false; // It answered, but with nonsense only.
    Step m_step = Done;      // Whose answer is waited for.
    AskTimer m_timer;
    std::array<Mapping, 2> m_mappings;
    std::optional<Ipv4Address> m_routerAddress;
    std::optional<EpochReading> m_epoch;
    std::optional<Instant> m_recoverAt; // When to ask again after the router lost its state.
    std::optional<Instant> m_recoveredAt;
    std::optional<Instant> m_renewAt;   // When half of the life is over.
    std::optional<Instant> m_holdUntil; // When to ask again after a refusal.
};

} // namespace culvert
