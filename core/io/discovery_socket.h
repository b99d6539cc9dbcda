// DiscoverySocket: hears the group where Teredo clients of one network announce themselves (RFC 4380 §5.2.8).
//
// It is bound to the group itself, so that it hears no unicast, and takes none from another program at this port: some
// Teredo client, or our own server. Windows cannot bind so; there, and where a program has the port for itself, nothing
// is heard, and nobody misses more than a shorter way.
#pragma once

#include "core/base/datagram.h"

#include <functional>
#include <optional>

namespace culvert {

/// Thread safety: one thread.
class DiscoverySocket {
public:
    /// Longer datagrams are dropped: a bubble has 40 octets, and few trailers.
    static constexpr std::size_t kDatagramMax = 512;

    explicit DiscoverySocket(const SocketAddress& group);
    ~DiscoverySocket();
    DiscoverySocket(const DiscoverySocket&) = delete;
    DiscoverySocket& operator=(const DiscoverySocket&) = delete;

    /// Whether this system can do it at all.
    static bool isPossible();

    /// On which interfaces, by the system's number, the group is heard; with none of them the socket is closed. Does
    /// nothing when they are the same as before.
    void listen(const std::vector<std::uint32_t>& interfaces);
    /// Takes what has arrived, at most `maximum`; Datagram::local is the group.
    void receive(std::size_t maximum, const std::function<void(const Datagram&)>& take);
    /// What to wait for, while it is open.
    std::optional<std::intptr_t> handle() const;

private:
    bool open();
    bool join(std::uint32_t interfaceIndex);
    void close();

    SocketAddress m_group;
    std::intptr_t m_handle;
    std::vector<std::uint32_t> m_interfaces;
};

} // namespace culvert
