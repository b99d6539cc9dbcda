// Own endpoints: which addresses of ours go into the address string and to contacts. Pure functions of observed facts.
#pragma once

#include "core/base/local_network.h"
#include "core/messenger/port_mapping.h"
#include "core/teredo/tunnel.h"
#include "core/wire/endpoint.h"

namespace culvert {

/// Everything that own endpoints depend on.
struct EndpointInputs {
    LocalNetwork local;
    PortMappingStatus mapping;             ///< for UDP
    std::optional<Ipv4Address> observedV4; ///< ours, as somebody outside sees it
    TeredoStatus teredo;                   ///< what Teredo servers told
    bool hearsErrors = false;              ///< our main IPv6 socket does, and so our doorbell can be rung
    std::uint16_t teredoRandom = 0;        ///< RFC 5991: 12 random flag bits, fixed while the program runs
    bool allowReserved = false;
};

/// The public IPv4 socket address that reaches our port: the mapping's, or this computer's own.
std::optional<SocketAddress> publicV4(const EndpointInputs& inputs);

/// Our Teredo address, only without native IPv6 (RFC 4380 §5.5): the one that a server qualified; what a router
/// forwards besides, peers learn by bubbles (RFC 6081 §5.6). Otherwise the self-served one (its server field holds our
/// own public IPv4 address, the cone bit is set; RFC 4380 §5.2.10 has the user open the port), only where the outer
/// port equals ours, because relays compare it with the one that we send from (§5.4.2).
std::optional<Ipv6Address> ownTeredoAddress(const EndpointInputs& inputs);

/// The Teredo address at which contacts can ring through its server, if there is one; it need not let in anybody else.
std::optional<Ipv6Address> ringTeredoAddress(const EndpointInputs& inputs);

/// Best first, at most wire::kEndpointsMax.
std::vector<wire::EndpointRecord> ownEndpoints(const EndpointInputs& inputs);

/// Whether a private address of a contact may be on our network, so that a probe does not wander into a provider's: it
/// lies in one of our /24s, the contact has the public address that we have, or it has no other address to try.
bool mayShareNetwork(const EndpointInputs& inputs, const Ipv4Address& theirs,
                     const std::vector<wire::EndpointRecord>& allOfTheirs);

/// Which addresses the tunnel may use.
TunnelAddresses tunnelAddresses(const EndpointInputs& inputs);

} // namespace culvert
