#include "core/io/discovery_socket.h"

#include "core/io/system_address.h"

#include <algorithm>

namespace culvert {

namespace {

using sockets::SystemAddress;
using sockets::toHandle;

constexpr auto kClosed = static_cast<std::intptr_t>(sockets::kNone);

// Where the socket is bound. Bound to a group of the link Linux would hear a single link alone, so that an IPv6 socket
// looks at each datagram's destination instead.
SocketAddress placeOf(const SocketAddress& group) {
    if (group.isV6())
        return {Ipv6Address{}, group.port()};
#ifdef _WIN32
    return {Ipv4Address{}, group.port()};
#else
    return group;
#endif
}

} // namespace

DiscoverySocket::DiscoverySocket(const SocketAddress& group, GroupPort port)
    : m_group(group), m_port(port), m_handle(kClosed) {
    sockets::startup();
}

DiscoverySocket::~DiscoverySocket() {
    close();
}

bool DiscoverySocket::isPossible() {
#ifdef _WIN32
    return false;
#else
    return true;
#endif
}

void DiscoverySocket::close() {
    if (m_handle != kClosed)
        sockets::close(toHandle(m_handle));
    m_handle = kClosed;
}

// A new socket each time: its memberships are exactly what it joins.
void DiscoverySocket::listen(const std::vector<std::uint32_t>& interfaces) {
    if (interfaces == m_interfaces)
        return;
    close();
    m_interfaces = interfaces;
    if (interfaces.empty() || (m_port == GroupPort::Others && !isPossible()))
        return;
    bool hasJoined = false;
    if (open())
        for (const std::uint32_t interface : interfaces)
            hasJoined = join(interface) || hasJoined;
    if (!hasJoined)
        close();
}

bool DiscoverySocket::open() {
    const bool isV4 = m_group.isV4();
    const sockets::Handle handle = ::socket(isV4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
    m_handle = static_cast<std::intptr_t>(handle);
    if (handle == sockets::kNone)
        return false;
    sockets::makeOurs(handle);
    // Every program at this port gets what comes to the group.
    sockets::setOption(handle, SOL_SOCKET, SO_REUSEADDR, 1);
#ifdef SO_REUSEPORT
    sockets::setOption(handle, SOL_SOCKET, SO_REUSEPORT, 1);
#endif
    // Groups that other programs joined elsewhere are not ours to hear.
#ifdef IP_MULTICAST_ALL
    if (isV4)
        sockets::setOption(handle, IPPROTO_IP, IP_MULTICAST_ALL, 0);
#endif
    if (!isV4)
        sockets::setOption(handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
#ifdef IPV6_RECVPKTINFO
    if (!isV4)
        sockets::setOption(handle, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
#endif
    SystemAddress address;
    const socklen_t size = sockets::toSystem(placeOf(m_group), address);
    return ::bind(handle, &address.any, size) == 0;
}

bool DiscoverySocket::join(std::uint32_t interfaceIndex) {
    SystemAddress address;
    const socklen_t size = sockets::toSystem(m_group, address);
    group_req request{};
    request.gr_interface = interfaceIndex;
    std::memcpy(&request.gr_group, &address, size);
    return setsockopt(toHandle(m_handle), m_group.isV4() ? IPPROTO_IP : IPPROTO_IPV6, MCAST_JOIN_GROUP,
                      reinterpret_cast<const char*>(&request), sizeof(request)) == 0;
}

// One call to the kernel: how many octets, or less than 0.
std::ptrdiff_t DiscoverySocket::receiveOne(MutableBytes buffer, SocketAddress& remote, bool& isForGroup) {
    SystemAddress address{};
    isForGroup = true;
#ifdef _WIN32
    socklen_t size = sizeof(address);
    const std::ptrdiff_t received = ::recvfrom(toHandle(m_handle), reinterpret_cast<char*>(buffer.data()),
                                               sockets::toSize(buffer.size()), 0, &address.any, &size);
#else
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(in6_pktinfo))] = {};
    iovec data{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_name = &address;
    message.msg_namelen = sizeof(address);
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    const std::ptrdiff_t received = ::recvmsg(toHandle(m_handle), &message, 0);
    if (received < 0)
        return received;
    for (cmsghdr* each = CMSG_FIRSTHDR(&message); each != nullptr; each = CMSG_NXTHDR(&message, each)) {
        if (each->cmsg_level != IPPROTO_IPV6 || each->cmsg_type != IPV6_PKTINFO)
            continue;
        in6_pktinfo info{};
        std::memcpy(&info, CMSG_DATA(each), sizeof(info));
        // Linux gives to every member of an IPv6 group what came to it on any link.
        isForGroup =
            sockets::fromSystem(info.ipi6_addr) == m_group.v6() &&
            std::ranges::find(m_interfaces, static_cast<std::uint32_t>(info.ipi6_ifindex)) != m_interfaces.end();
    }
#endif
    remote = sockets::fromSystemInZone(address);
    return received;
}

void DiscoverySocket::receive(std::size_t maximum, const std::function<void(const Datagram&)>& take) {
    std::array<std::uint8_t, kDatagramMax + 1> buffer; // The last octet is there to tell longer ones.
    for (std::size_t i = 0; i < maximum && m_handle != kClosed; ++i) {
        SocketAddress remote;
        bool isForGroup = false;
        const std::ptrdiff_t received = receiveOne(buffer, remote, isForGroup);
        if (received < 0 && sockets::isWouldBlock(sockets::lastError()))
            return;
        if (received > 0 && isForGroup && static_cast<std::size_t>(received) < buffer.size())
            take({m_group, remote, Bytes(buffer.data(), buffer.data() + received)});
    }
}

std::optional<std::intptr_t> DiscoverySocket::handle() const {
    return m_handle == kClosed ? std::nullopt : std::optional(m_handle);
}

} // namespace culvert
