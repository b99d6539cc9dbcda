// Ipv4Gateway: an IPv4 default router, asked by PCP, and by NAT-PMP where it does not speak that.
//
// PCP goes first. NAT-PMP begins when the router says that it has another version, or after three attempts in vain
// (RFC 6887 Appendix A); whichever answers is used. PCP is tried again whenever the router is asked anew, and slowly in
// between: that a router spoke only NAT-PMP is not remembered for ever (RFC 6886 §1.1).
#pragma once

#include "core/gateway/nat_pmp_client.h"

namespace culvert {

/// One router. Everything that is to be sent goes into the outbox at once.
class Ipv4Gateway {
public:
    Ipv4Gateway(const GatewayLink& link, const PortMapperConfig& config, Random& random);

    void ask(Instant now, bool forgetsSilence, GatewayOutbox& out);
    void handleDatagram(Instant now, BytesView payload, GatewayOutbox& out, DropCounters& drops);
    AnnouncementMeaning handleAnnouncement(Instant now, BytesView payload, DropCounters& drops);
    void handleTimeout(Instant now, GatewayOutbox& out);
    /// The time for first answers is over; NAT-PMP's began later than PCP's.
    void settle() { m_natPmp.settle(); }
    void takeBack(GatewayOutbox& out);

    const GatewayLink& link() const { return m_pcp.link(); }
    /// Whether our UDP port is mapped.
    bool isGranted() const;
    bool isSettled() const;
    PortMappingStatus status(MappedTransport transport) const;
    GatewayStatus answers() const;
    std::optional<Instant> nextTime() const { return earlier(m_pcp.nextTime(), m_natPmp.nextTime()); }

private:
    void fallBack(Instant now, GatewayOutbox& out);

    PcpClient m_pcp;
    NatPmpClient m_natPmp;
};

/// Routes a version refusal to whom it concerns, and counts what is none and no message either.
/// True when `payload` was such an answer.
bool handleVersionAnswer(Instant now, BytesView payload, PcpClient& pcp, NatPmpClient* natPmp);

} // namespace culvert
