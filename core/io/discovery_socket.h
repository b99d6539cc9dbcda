// DiscoverySocket: hears a multicast group of the local network: where Teredo clients announce themselves
// (RFC 4380 §5.2.8), and where contacts do (core/lan).
//
// At a port that other programs use as well (a Teredo client, our own server) it is bound to the group itself, so that
// it hears no unicast and takes none from them. Windows cannot bind so; there nothing is heard of such a group. A port
// of our own is shared with our own kind alone.
#pragma once

#include "core/base/datagram.h"

#include <functional>
#include <optional>

namespace culvert {

/// Whose the port of a group is.
enum class GroupPort {
    Others, ///< other programs listen there for unicast
    Ours,   ///< this program's alone
};

/// Thread safety: one thread.
class DiscoverySocket {
public:
    /// Longer datagrams are dropped: a bubble has 40 octets, and few trailers; a beacon 1028.
    static constexpr std::size_t kDatagramMax = 1280;

    explicit DiscoverySocket(const SocketAddress& group, GroupPort port = GroupPort::Others);
    ~DiscoverySocket();
    DiscoverySocket(const DiscoverySocket&) = delete;
    DiscoverySocket& operator=(const DiscoverySocket&) = delete;

    /// Whether this system can hear a group at a port of others at all.
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
    std::ptrdiff_t receiveOne(MutableBytes buffer, SocketAddress& remote, bool& isForGroup);

    SocketAddress m_group;
    GroupPort m_port;
    std::intptr_t m_handle;
    std::vector<std::uint32_t> m_interfaces;
};

} // namespace culvert
