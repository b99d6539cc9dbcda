// PcpMapping: one mapping (or firewall pinhole) of one protocol at one PCP server, RFC 6887 §11.
//
//   idle -- ask() --> asking -- SUCCESS --> granted -- 1/2, 3/4, 7/8 of its life: a renewal --> granted
//                       ^  \-- an error --> held until the error's end --> asking
//                       \------------- the life ended, or ask(): the old grant stands until the router is silent
//
// It never sends a refused request again before the refusal's end (§8.3), nor renewals less than 4 s apart (§11.2.1).
// Responses that do not repeat its nonce, protocol and port are not its own (§11.4).
#pragma once

#include "core/gateway/ask_timer.h"

namespace culvert {

/// Why a router gave nothing, and how long that holds.
struct GatewayRefusal {
    PortMappingFailure failure = PortMappingFailure::Refused;
    std::string detail;
    Instant until;
};

/// What a router gave.
struct GatewayGrant {
    SocketAddress external;
    Duration lifetime{};
    Instant until;
};

/// One mapping. Its owner asks takeRequest() after each input.
class PcpMapping {
public:
    /// RFC 6886 §3.3 recommends two hours; RFC 6887 leaves it open.
    static constexpr std::uint32_t kLifetimeAsked = 7200;
    /// RFC 6887 §15: longer ones are absurd.
    static constexpr Duration kLifetimeMax = std::chrono::hours(24);
    /// RFC 6887 §8.3, §15: the bounds of how long an error is believed; the lower one is ours, against floods.
    static constexpr Duration kHoldMax = std::chrono::minutes(30);
    static constexpr Duration kHoldMin = 4s;
    /// RFC 6887 §11.2.1
    static constexpr Duration kRenewalsApart = 4s;

    /// `request` holds client, nonce, protocol, port and the suggestion to begin with.
    PcpMapping(const wire::PcpMapRequest& request, Random& random);

    /// Asks (again), unless a refusal holds. `forgetsSilence`: whether a silent router is to count as asked anew.
    void ask(Instant now, bool forgetsSilence);
    /// A refusal is forgotten: the server has another state than when it refused.
    void forgetRefusal();
    /// Ends everything without a word to the router.
    void stop();
    bool isAnswer(const wire::PcpMapFields& fields) const;
    /// REQUIRES: isAnswer(response.map)
    void handleResponse(Instant now, const wire::PcpResponse& response);
    /// The owner does not want what was granted; it holds as if refused. The deletion request.
    Bytes reject(Instant now, GatewayRefusal refusal);
    void refuse(Instant now, GatewayRefusal refusal);
    /// The owner knows better why the router refused.
    void explainRefusal(PortMappingFailure failure);
    void handleTimeout(Instant now);
    /// The request that is due; sent.
    std::optional<Bytes> takeRequest(Instant now);
    /// The deletion request, when there may be something to delete; then it is idle.
    std::optional<Bytes> takeBack();

    /// What holds: nothing when a router, asked again, has become silent.
    std::optional<GatewayGrant> grant() const;
    const std::optional<GatewayRefusal>& refusal() const { return m_refusal; }
    const AskTimer& timer() const { return m_timer; }
    std::optional<Instant> nextTime() const;

private:
    void planRenewal(Instant notBefore);
    Bytes deletion() const;
    SocketAddress unspecified(std::uint16_t port) const;

    wire::PcpMapRequest m_request;
    Random& m_random;
    AskTimer m_timer;
    bool m_isWanted = false;
    std::optional<GatewayGrant> m_grant;
    std::optional<GatewayRefusal> m_refusal;
    std::optional<Instant> m_lastSentAt;
    Instant m_grantedAt;
    unsigned m_renewals = 0;            // Since the last grant.
    std::optional<Instant> m_renewAt;   // When to send the next renewal.
    std::optional<Instant> m_holdUntil; // When to ask again after a refusal.
    bool m_isRejected = false;          // Answers to what was asked before are late.
};

} // namespace culvert
