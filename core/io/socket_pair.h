// SocketPair: the two sockets of a node, IPv4 and IPv6 on the same port, and those that it opens beside them.
#pragma once

#include "core/io/udp_socket.h"

#include <map>

namespace culvert {

/// Either may be missing: a system without IPv6, or one bound to a single address.
/// Thread safety: one thread.
struct SocketPair {
    /// Extra sockets at a time. Each costs a NAT on the way a binding, and a provider's NAT has few for each customer.
    /// Eight are for Teredo peers, and when all of these change at once, the old ones close after the new ones open.
    static constexpr std::size_t kExtraSocketsMax = 24;

    /// Those of searches (isSearchSocket()), which stay for seconds: two searches, and what earlier ones found. Fewer
    /// where the system gives a program few descriptors.
    static constexpr std::size_t kSearchSocketsMax = 600;

    std::unique_ptr<UdpSocket> v4, v6;

    /// Opens both on `port`, or on the addresses of `bound`. When another program has the port and `mayMove` is set,
    /// other ports are tried.
    static Result<SocketPair> open(std::uint16_t port, const std::vector<SocketAddress>& bound, bool mayMove);

    std::uint16_t port() const { return v4 ? v4->port() : v6->port(); }
    /// Sends from the socket that the datagram names. An extra one is opened by its first datagram, on the address of
    /// the main one and a port that the system chooses, or that its number tells (kSocketOfPort). Beyond
    /// kExtraSocketsMax, and where another program has that port, the datagram is dropped.
    void send(const Datagram& datagram);
    /// Takes what has arrived at every socket, at most `maximum` from each. `take` may send and close.
    void receive(std::size_t maximum, const std::function<void(const Datagram&)>& take);
    /// From now on receiveErrors() tells of ICMPv6 errors about what the main socket sent. False where that cannot be.
    bool listenForErrors() { return v6 && v6->listenForErrors(); }
    /// Takes the errors that wait, at most `maximum`. To be called whenever receive() is.
    void receiveErrors(Instant now, std::size_t maximum, const std::function<void(const QuotedError&)>& take) {
        if (v6)
            v6->receiveErrors(now, maximum, take);
    }
    /// Closes the extra socket with this number; no datagram of it comes up after that.
    void closeExtra(std::uint32_t number);
    /// Whether every socket there is heeds Datagram::dontFragment.
    bool canForbidFragments() const { return (!v4 || v4->canForbidFragments()) && (!v6 || v6->canForbidFragments()); }
    std::size_t extraSockets() const { return m_extra.size(); }
    /// What to wait for.
    std::vector<std::intptr_t> handles() const;

private:
    using ExtraKey = std::pair<std::uint32_t, bool>; // its number, and whether it is IPv4

    static Result<SocketPair> openOn(std::uint16_t port, const std::vector<SocketAddress>& bound);
    UdpSocket* extra(std::uint32_t number, bool isV4);
    bool hasRoom(std::uint32_t number) const;
    std::vector<ExtraKey> readableExtras() const;

    std::map<ExtraKey, std::unique_ptr<UdpSocket>> m_extra;
    UdpSocket* m_active = nullptr;       // the extra socket that receive() is in
    std::unique_ptr<UdpSocket> m_closed; // the same one, when `take` closed it: it lives until receive() leaves it
};

} // namespace culvert
