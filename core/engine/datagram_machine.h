// DatagramMachine: what a driver runs. The verbs of every state machine here.
#pragma once

#include "core/base/datagram.h"
#include "core/base/instant.h"
#include "core/base/quoted_error.h"
#include "core/base/tcp_link.h"
#include "core/engine/own_endpoints.h"

namespace culvert {

/// A sans-I/O node with sockets around it.
/// Contract: after each input drain pollTransmit() (and what else a subclass gives) until only a deadline is left.
class DatagramMachine {
public:
    virtual ~DatagramMachine() = default;
    virtual void handleDatagram(const Now& now, const Datagram& datagram) = 0;
    /// Somebody says that a datagram of ours did not arrive. Anybody can forge it.
    virtual void handleError(const Now&, const QuotedError&) {}
    virtual void handleTimeout(const Now& now) = 0;
    /// True when the ways out (LocalNetwork::hasSameWaysAs()) differ from what was known.
    virtual bool handleNetwork(const Now& now, const LocalNetwork& network) = 0;
    virtual std::optional<Datagram> pollTransmit() = 0;
    /// A socket other than the main one (Datagram::socket) that is not needed any more. Poll after pollTransmit().
    virtual std::optional<std::uint32_t> pollClosedSocket() { return std::nullopt; }
    /// Somebody connected to our TCP port: the number of the connection. Nothing: close it.
    virtual std::optional<TcpLinkId> acceptTcp(const Now&, const SocketAddress&) { return std::nullopt; }
    virtual void handleTcp(const Now&, const TcpInput&) {}
    virtual std::optional<TcpOrder> pollTcp() { return std::nullopt; }
    /// Whether a TCP port should be open beside the UDP one.
    virtual bool wantsTcp() const { return false; }
    virtual std::optional<Deadline> pollTimeout() const = 0;
};

} // namespace culvert
