// GatewaySockets: the sockets that speak with routers, and those that hear their announcements.
//
// A router answers to, and maps for, the address that asked it (RFC 6887 §8.1), so each question goes out from a socket
// that is bound to our address towards that router. Announcements of a restart come by multicast: to 224.0.0.1 and
// ff02::1, port 5350 (RFC 6887 §14.1.3, RFC 6886 §3.2.1), and as SSDP NOTIFY to 239.255.255.250, port 1900. Other
// programs listen there too; where we cannot, we learn of a restart when we renew.
// A neighbour can send what it likes here: sizes, sockets and announcements are bounded.
#pragma once

#include "core/base/rate_limit.h"
#include "core/gateway/port_mapper.h"

#include <functional>
#include <map>
#include <set>

namespace culvert {

/// Where announcements are heard; tests choose ports that nobody uses.
struct AnnouncementPorts {
    std::uint16_t pcp = 5350; ///< NAT-PMP's too
    std::uint16_t ssdp = 1900;
};

/// Thread safety: one thread.
class GatewaySockets {
public:
    /// Sockets that ask, one for each local address and interface.
    static constexpr std::size_t kSocketsMax = 12;
    /// Longer ones are dropped: PCP ends at 1100 octets (RFC 6887 §7).
    static constexpr std::size_t kDatagramMax = 2048;
    static constexpr unsigned kAnnouncementsPerSecondMax = 64;
    /// Group memberships of each listening socket.
    static constexpr std::size_t kMembershipsMax = 8;

    /// From a router, or from somebody who says so: `local` is the address that the socket is bound to.
    using AnswerTaker = std::function<void(const SocketAddress& local, const SocketAddress& remote, BytesView payload)>;
    using AnnouncementTaker = std::function<void(const SocketAddress& remote, BytesView payload)>;

    explicit GatewaySockets(AnnouncementPorts ports = {});
    ~GatewaySockets();
    GatewaySockets(const GatewaySockets&) = delete;
    GatewaySockets& operator=(const GatewaySockets&) = delete;

    /// False when it could not go: the address is not ours, there are kSocketsMax sockets, or the system refused.
    bool send(const GatewayDatagram& datagram);
    /// Closes the sockets whose address is gone, and listens for announcements on the routers' interfaces alone.
    void keepOnly(const LocalNetwork& network);
    /// Takes what has arrived, a bounded number. Neither taker may call this object but for send().
    void receive(Instant now, const AnswerTaker& takeAnswer, const AnnouncementTaker& takeAnnouncement);
    /// What to wait for.
    std::vector<std::intptr_t> handles() const;

private:
    class Socket;
    struct Listener;
    struct Key {
        SocketAddress local;
        std::uint32_t interfaceIndex = 0;
        auto operator<=>(const Key&) const = default;
    };

    void listen(Listener& listener, const std::vector<std::uint32_t>& interfaces);

    std::map<Key, std::unique_ptr<Socket>> m_sockets;
    std::vector<Listener> m_listeners;
    std::set<SocketAddress> m_routers;
    Bytes m_buffer;
    RatePerSecond m_announcements;
};

} // namespace culvert
