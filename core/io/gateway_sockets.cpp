#include "core/io/gateway_sockets.h"

#include "core/io/system_address.h"

#include <algorithm>

namespace culvert {

namespace {

using sockets::SystemAddress;

// A flood at one socket must not starve the loop that called us.
constexpr int kDatagramsPerRound = 256;

bool isOurs(const LocalNetwork& network, const SocketAddress& local, std::uint32_t interfaceIndex) {
    const auto holds = [&](const LocalInterface& interface) {
        return (interfaceIndex == 0 || interface.index == interfaceIndex) &&
               std::ranges::any_of(interface.addresses, [&](const LocalAddress& own) { return own.address == local; });
    };
    return std::ranges::any_of(network.interfaces, holds);
}

} // namespace

/// One socket that closes itself.
class GatewaySockets::Socket {
public:
    explicit Socket(bool isV4) : m_isV4(isV4), m_handle(::socket(isV4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0)) {
        if (!isOpen())
            return;
        sockets::makeOurs(m_handle);
        if (!isV4)
            sockets::setOption(m_handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    }
    ~Socket() {
        if (isOpen())
            sockets::close(m_handle);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    bool isOpen() const { return m_handle != sockets::kNone; }
    std::intptr_t handle() const { return static_cast<std::intptr_t>(m_handle); }

    bool bind(const SocketAddress& local, std::uint32_t zone) {
        SystemAddress address;
        const socklen_t size = sockets::toSystem(local, address, zone);
        return isOpen() && ::bind(m_handle, &address.any, size) == 0;
    }

    /// Other programs listen at the same port.
    void share() {
        sockets::setOption(m_handle, SOL_SOCKET, SO_REUSEADDR, 1);
#ifdef SO_REUSEPORT
        sockets::setOption(m_handle, SOL_SOCKET, SO_REUSEPORT, 1);
#endif
        // Groups that other programs joined elsewhere are not ours to hear.
#ifdef IP_MULTICAST_ALL
        if (m_isV4)
            sockets::setOption(m_handle, IPPROTO_IP, IP_MULTICAST_ALL, 0);
#endif
#ifdef IPV6_MULTICAST_ALL
        if (!m_isV4)
            sockets::setOption(m_handle, IPPROTO_IPV6, IPV6_MULTICAST_ALL, 0);
#endif
    }

    bool join(const SocketAddress& group, std::uint32_t interfaceIndex) {
        SystemAddress address;
        const socklen_t size = sockets::toSystem(group, address);
        group_req request{};
        request.gr_interface = interfaceIndex;
        std::memcpy(&request.gr_group, &address, size);
        return setsockopt(m_handle, m_isV4 ? IPPROTO_IP : IPPROTO_IPV6, MCAST_JOIN_GROUP,
                          reinterpret_cast<const char*>(&request), sizeof(request)) == 0;
    }

    bool send(const SocketAddress& remote, std::uint32_t zone, BytesView payload) {
        SystemAddress address;
        const socklen_t size = sockets::toSystem(remote, address, zone);
        // An ICMP error of an earlier datagram is reported once, on whatever comes next: try again.
        for (int attempt = 0; attempt < 2; ++attempt)
            if (::sendto(m_handle, reinterpret_cast<const char*>(payload.data()), sockets::toSize(payload.size()), 0,
                         &address.any, size) >= 0)
                return true;
        return false;
    }

    /// Every datagram that fits into `buffer`; its last octet is there to tell longer ones.
    /// Where each came from, and for a link-local IPv6 address through which interface.
    void receive(Bytes& buffer, const std::function<void(const SocketAddress&, std::uint32_t zone, BytesView)>& take) {
        for (int i = 0; i < kDatagramsPerRound; ++i) {
            SystemAddress address{};
            socklen_t size = sizeof(address);
            const auto received = ::recvfrom(m_handle, reinterpret_cast<char*>(buffer.data()),
                                             sockets::toSize(buffer.size()), 0, &address.any, &size);
            if (received < 0 && sockets::isWouldBlock(sockets::lastError()))
                return;
            if (received > 0 && static_cast<std::size_t>(received) < buffer.size())
                take(sockets::fromSystem(address), address.any.sa_family == AF_INET6 ? address.v6.sin6_scope_id : 0,
                     BytesView(buffer).first(static_cast<std::size_t>(received)));
        }
    }

private:
    bool m_isV4;
    sockets::Handle m_handle;
};

/// A port where routers announce themselves, and the interfaces on which we listen.
struct GatewaySockets::Listener {
    SocketAddress group; ///< with the port
    std::unique_ptr<Socket> socket = nullptr;
    std::vector<std::uint32_t> interfaces = {};
};

GatewaySockets::GatewaySockets(AnnouncementPorts ports) : m_buffer(kDatagramMax + 1) {
    sockets::startup();
    m_listeners.push_back({SocketAddress(Ipv4Address::of(224, 0, 0, 1), ports.pcp)});
    m_listeners.push_back({SocketAddress(*Ipv6Address::fromText("ff02::1"), ports.pcp)});
    m_listeners.push_back({SocketAddress(Ipv4Address::of(239, 255, 255, 250), ports.ssdp)});
}

GatewaySockets::~GatewaySockets() = default;

bool GatewaySockets::send(const GatewayDatagram& datagram) {
    if (datagram.local.isV4() != datagram.remote.isV4())
        return false;
    const Key key{datagram.local.withoutPort(), datagram.interfaceIndex};
    auto found = m_sockets.find(key);
    if (found == m_sockets.end()) {
        if (m_sockets.size() >= kSocketsMax)
            return false;
        auto socket = std::make_unique<Socket>(key.local.isV4());
        if (!socket->bind(key.local, key.interfaceIndex))
            return false;
        found = m_sockets.emplace(key, std::move(socket)).first;
    }
    return found->second->send(datagram.remote, datagram.interfaceIndex, datagram.payload);
}

void GatewaySockets::keepOnly(const LocalNetwork& network) {
    std::erase_if(m_sockets,
                  [&](const auto& item) { return !isOurs(network, item.first.local, item.first.interfaceIndex); });
    m_routers.clear();
    for (const DefaultRouter& router : network.routers)
        m_routers.insert(router.address.withoutPort());
    for (Listener& listener : m_listeners) {
        std::vector<std::uint32_t> interfaces;
        for (const DefaultRouter& router : network.routers)
            if (router.address.isV4() == listener.group.isV4() && interfaces.size() < kMembershipsMax)
                interfaces.push_back(router.interfaceIndex);
        std::ranges::sort(interfaces);
        interfaces.erase(std::ranges::unique(interfaces).begin(), interfaces.end());
        if (interfaces != listener.interfaces || (!listener.socket && !interfaces.empty()))
            listen(listener, interfaces);
    }
}

// A new socket each time: its memberships are exactly what it joins.
void GatewaySockets::listen(Listener& listener, const std::vector<std::uint32_t>& interfaces) {
    listener.socket.reset();
    listener.interfaces = interfaces;
    if (interfaces.empty())
        return;
    const bool isV4 = listener.group.isV4();
    auto socket = std::make_unique<Socket>(isV4);
    if (!socket->isOpen())
        return;
    socket->share();
    const std::uint16_t port = listener.group.port();
    if (!socket->bind(isV4 ? SocketAddress(Ipv4Address{}, port) : SocketAddress(Ipv6Address{}, port), 0))
        return;
    bool hasJoined = false;
    for (const std::uint32_t interface : interfaces)
        hasJoined = socket->join(listener.group, interface) || hasJoined;
    if (hasJoined)
        listener.socket = std::move(socket);
}

void GatewaySockets::receive(Instant now, const AnswerTaker& takeAnswer, const AnnouncementTaker& takeAnnouncement) {
    std::vector<std::pair<SocketAddress, Socket*>> open;
    for (const auto& [key, socket] : m_sockets)
        open.emplace_back(key.local, socket.get());
    for (const auto& [local, socket] : open)
        socket->receive(m_buffer, [&](const SocketAddress& remote, std::uint32_t, BytesView payload) {
            takeAnswer(local, remote, payload);
        });
    for (const Listener& listener : m_listeners)
        if (listener.socket)
            listener.socket->receive(m_buffer, [&](const SocketAddress& remote, std::uint32_t zone, BytesView payload) {
                // Linux gives an IPv6 group that was joined on one interface to us from all of them.
                const bool isElsewhere =
                    zone != 0 && std::ranges::find(listener.interfaces, zone) == listener.interfaces.end();
                // A flood from elsewhere must not hide what a router says.
                const bool isRouters = remote.isV6() || m_routers.contains(remote.withoutPort());
                if (!isElsewhere && isRouters && m_announcements.spend(now, kAnnouncementsPerSecondMax))
                    takeAnnouncement(remote, payload);
            });
}

std::vector<std::intptr_t> GatewaySockets::handles() const {
    std::vector<std::intptr_t> out;
    for (const auto& [key, socket] : m_sockets)
        out.push_back(socket->handle());
    for (const Listener& listener : m_listeners)
        if (listener.socket)
            out.push_back(listener.socket->handle());
    return out;
}

} // namespace culvert
