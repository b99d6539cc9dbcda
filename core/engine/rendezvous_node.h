// RendezvousNode: a third party with sockets around it: tunnel, sealing and the rendezvous server.
#pragma once

#include "core/engine/control_sealer.h"
#include "core/engine/datagram_machine.h"
#include "core/rendezvous/rendezvous_server.h"

#include <deque>

namespace culvert {

/// What `culvertd rendezvous` runs. It has nothing to poll but datagrams.
class RendezvousNode final : public DatagramMachine {
public:
    RendezvousNode(const Secret<32>& seed, Random& random, bool allowReserved);

    void handleDatagram(const Now& now, const Datagram& datagram) override;
    void handleTimeout(const Now&) override {}
    bool handleNetwork(const Now& now, const LocalNetwork& network) override;
    std::optional<Datagram> pollTransmit() override;
    std::optional<Deadline> pollTimeout() const override { return std::nullopt; }

    /// Its own address string: what people configure as a third party.
    std::string ownAddress() const;
    const RendezvousServer& server() const { return m_server; }
    const DropCounters& drops() const { return m_drops; }

private:
    void handlePair(const Now& now, const InnerDatagram& inner, const wire::PairEnvelope& envelope);
    void handleIntroduction(const Now& now, const InnerDatagram& inner, const wire::IntroductionEnvelope& envelope);
    void send(const InnerAddress& remote, BytesView payload);

    Identity m_identity;
    ControlSealer m_sealer;
    Tunnel m_tunnel;
    RendezvousServer m_server;
    EndpointInputs m_inputs;
    std::deque<Datagram> m_out;
    DropCounters m_drops;
};

} // namespace culvert
