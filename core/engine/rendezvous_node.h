// RendezvousNode: a third party with sockets around it: tunnel, sealing and the rendezvous server.
#pragma once

#include "core/engine/control_sealer.h"
#include "core/engine/datagram_machine.h"
#include "core/rendezvous/rendezvous_server.h"
#include "core/tcp/tcp_links.h"

#include <deque>

namespace culvert {

/// What `culvertd rendezvous` runs.
class RendezvousNode final : public DatagramMachine {
public:
    /// The socket on another port, from which clients are rung (Datagram::socket). The driver keeps it open.
    static constexpr std::uint32_t kAlternateSocket = 1;
    /// Of TCP connections: each is a client whose network lets no datagrams through, and many may share an address.
    static constexpr TcpLimits kTcpLimits{4096, 256, 16, 2};

    RendezvousNode(const Secret<32>& seed, Random& random, bool allowReserved);

    void handleDatagram(const Now& now, const Datagram& datagram) override;
    void handleTimeout(const Now& now) override {
        m_tunnel.handleTimeout(now.monotonic);
        m_links.handleTimeout(now.monotonic);
        drainLinkEvents();
    }
    std::optional<TcpLinkId> acceptTcp(const Now& now, const SocketAddress& remote) override;
    void handleTcp(const Now& now, const TcpInput& input) override;
    std::optional<TcpOrder> pollTcp() override { return m_links.pollOrder(); }
    bool wantsTcp() const override { return m_links.isAllowed(); }
    void setAllowTcp(bool isAllowed) { m_links.setAllowed(isAllowed); }
    bool handleNetwork(const Now& now, const LocalNetwork& network) override;
    /// The port of kAlternateSocket; 0 where there is none.
    void setAlternatePort(std::uint16_t port) { m_alternatePort = port; }
    std::optional<Datagram> pollTransmit() override;
    std::optional<Deadline> pollTimeout() const override;

    /// Its own address string: what people configure as a third party.
    std::string ownAddress() const;
    const RendezvousServer& server() const { return m_server; }
    const DropCounters& drops() const { return m_drops; }

private:
    void drainLinkEvents();
    void handleInner(const Now& now, const InnerDatagram& inner);
    void handlePair(const Now& now, const InnerDatagram& inner, const wire::PairEnvelope& envelope);
    void handleIntroduction(const Now& now, const InnerDatagram& inner, const wire::IntroductionEnvelope& envelope);
    wire::RingStatus ring(const Now& now, const RendezvousEntry& client, const InnerDatagram& inner,
                          const wire::RingRequest& request);
    std::optional<SocketAddress> otherAddress(bool isV4) const;
    // From the socket address that was asked, so that NATs and firewalls know the answer.
    void answer(const Now& now, const InnerAddress& remote, BytesView payload) {
        send(now.monotonic, remote, payload, m_asked, m_askedSocket);
    }
    void send(Instant now, const InnerAddress& remote, BytesView payload, const SocketAddress& local = {},
              std::uint32_t socket = 0);

    Identity m_identity;
    ControlSealer m_sealer;
    Tunnel m_tunnel;
    TcpLinks m_links{kTcpLimits};
    RendezvousServer m_server;
    EndpointInputs m_inputs;
    std::deque<Datagram> m_out;
    DropCounters m_drops;
    std::uint16_t m_alternatePort = 0;
    // Where the datagram at hand came in.
    SocketAddress m_asked;
    std::uint32_t m_askedSocket = 0;
};

} // namespace culvert
