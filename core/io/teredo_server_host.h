// TeredoServerHost: a TeredoServer with its sockets, on port 3544 of one or two public IPv4 addresses.
#pragma once

#include "core/base/local_network.h"
#include "core/io/native_forwarder.h"
#include "core/io/udp_socket.h"
#include "core/teredo/teredo_server.h"

#include <string>

namespace culvert {

/// Up to two addresses to serve at, the primary one first: two that follow each other where there are, because clients
/// that are told one address take the next one for the other; else the first two. The order of `v4` does not matter.
std::vector<Ipv4Address> chooseTeredoAddresses(std::vector<Ipv4Address> v4, bool allowReserved);

/// Follows the network: sockets are opened when there are addresses, and again when those change. These need no right
/// that an ordinary user lacks; `native` may have needed one. Thread safety: one thread.
class TeredoServerHost {
public:
    /// Takes a sentence for people: what is served, or why nothing is.
    using Say = std::function<void(const std::string&)>;

    /// With `bound` IPv4 addresses those are served, the first two in their order. Nothing is opened before
    /// handleNetwork(). Without `native` no packet goes to native hosts.
    TeredoServerHost(const std::vector<SocketAddress>& bound, bool allowReserved, Say say,
                     std::unique_ptr<NativeForwarder> native = nullptr);

    /// Opens what can be opened; tries again what another program held. Says what it serves when that is another thing
    /// than before.
    void handleNetwork(const LocalNetwork& network);
    /// Serves what has arrived, at most `maximum` datagrams at each address.
    void round(Instant now, std::size_t maximum);
    /// What to wait for.
    std::vector<std::intptr_t> handles() const;

private:
    std::string open(const std::vector<Ipv4Address>& addresses);
    std::string nativePraise() const;
    void tell(const std::string& what);

    std::vector<Ipv4Address> m_bound;
    bool m_allowReserved;
    Say m_say;
    std::unique_ptr<NativeForwarder> m_native;
    std::vector<Ipv6Address> m_ownNative; // of all interfaces: not every one may be bound
    std::string m_said;
    std::string m_praise;                 // of what is served, as last made
    std::vector<Ipv4Address> m_addresses; // those that m_sockets serve
    std::vector<std::unique_ptr<UdpSocket>> m_sockets;
    std::optional<TeredoServer> m_server;
};

} // namespace culvert
