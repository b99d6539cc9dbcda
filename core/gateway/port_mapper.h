// PortMapper: gets our port through the routers: PCP (RFC 6887), NAT-PMP (RFC 6886) and UPnP together, sans-I/O.
//
// For every IPv4 default router a PCP MAP for UDP goes out at once. A router that answers UNSUPP_VERSION in NAT-PMP's
// format, or does not answer PCP in time while it answers NAT-PMP, is asked by NAT-PMP. UPnP discovery runs beside
// them (in the adapter); it is told to map only when neither PCP nor NAT-PMP gave us a mapping, and to read the table
// back when one did: two protocols that map the same port get into each other's way. TCP for the same port follows UDP.
// For every IPv6 default router and every global address of ours a PCP MAP asks for a pinhole, sent from that very
// address; UPnP is wished to open those that PCP did not.
// A mapping is Claimed when a router says yes, and Confirmed when its table says so too; Proven is the engine's word.
// An external port other than ours is kept and reported as PortDiffers. A private external address is PrivateExternal.
// Mappings are renewed at half of their life, made again at once when a router lost its state (epoch, announcement,
// a changed external address), and taken back by shutdown().
// What a router does wrong costs its time-out and nothing else: answers from other addresses, with other nonces, or
// malformed are dropped.
#pragma once

#include "core/base/drop_reason.h"
#include "core/base/local_network.h"
#include "core/base/random.h"
#include "core/gateway/upnp_values.h"

#include <array>
#include <memory>

namespace culvert {

/// A datagram for a router. The adapter sends it from a socket that is bound to `local`'s address. What takes a mapping
/// of a lost address back cannot be sent any more; that is no error.
struct GatewayDatagram {
    SocketAddress local;              ///< our address towards the router; the adapter chooses the port, and keeps it
    std::uint32_t interfaceIndex = 0; ///< the zone of a link-local remote
    SocketAddress remote;
    Bytes payload;
};

/// What a PortMapper needs to know from the start.
struct PortMapperConfig {
    std::uint16_t port = 0;
    std::array<std::uint8_t, 12> nonce{}; ///< secret; what routers get is derived from it (RFC 6887 §11.2)
    bool allowReserved = false;           ///< documentation addresses count as public, for test networks
};

/// Thread safety: one thread. Contract: after each input drain pollTransmit() and pollChange().
class PortMapper {
public:
    static constexpr std::size_t kRoutersMax = 4;
    static constexpr std::size_t kPinholesMax = 4;
    /// After this time every protocol that did not answer counts as silent, and the report is settled.
    static constexpr Duration kSettleAfter = 3s;
    /// A hostile neighbour's announcements cannot make us ask more often.
    static constexpr Duration kRefreshEvery = 2s;
    /// Each change is told to every contact and stored: a router has this many at once, and then one each kReportEvery.
    static constexpr int kReportsAtOnce = 32;
    static constexpr Duration kReportEvery = 2s;

    PortMapper(const PortMapperConfig& config, Random& random);
    ~PortMapper();

    void handleNetwork(Instant now, const LocalNetwork& network);
    /// From a router's port 5351 to one of our gateway sockets. `local` is the address it was bound to.
    void handleDatagram(Instant now, const SocketAddress& local, const SocketAddress& remote, BytesView payload);
    /// From port 5350's multicast group (RFC 6887 §14.1.3, RFC 6886 §3.2.1), or an SSDP announcement: a router
    /// restarted or has another address.
    void handleAnnouncement(Instant now, const SocketAddress& remote, BytesView payload);
    /// All that is known, after each change; and again after handleNetwork() with other routers, because what was said
    /// of routers that we left is forgotten.
    void handleUpnp(Instant now, const UpnpState& state);
    void handleTimeout(Instant now);
    /// Asks everything again: somebody wants to know now, or the computer woke up. What a router refused it is not
    /// asked before the refusal's end (RFC 6887 §8.3), unless it turns out to have restarted.
    void refresh(Instant now);
    /// Takes every mapping and pinhole of PCP and NAT-PMP back; the adapter does so for UPnP.
    void shutdown(Instant now);

    std::optional<GatewayDatagram> pollTransmit();
    /// The report, when it differs from the last one polled, and that is not too soon after others.
    std::optional<GatewayReport> pollChange();
    std::optional<Deadline> pollTimeout() const;
    const UpnpWish& upnpWish() const;
    const DropCounters& drops() const;

private:
    class State;
    std::unique_ptr<State> m_state;
};

} // namespace culvert
