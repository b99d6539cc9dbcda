#include "core/io/discovery_socket.h"

#include "core/io/system_address.h"

namespace culvert {

namespace {

using sockets::SystemAddress;
using sockets::toHandle;

constexpr auto kClosed = static_cast<std::intptr_t>(sockets::kNone);

} // namespace

DiscoverySocket::DiscoverySocket(const SocketAddress& group) : m_group(group), m_handle(kClosed) {
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
    if (interfaces.empty() || !isPossible())
        return;
    bool hasJoined = false;
    if (open())
        for (const std::uint32_t interface : interfaces)
            hasJoined = join(interface) || hasJoined;
    if (!hasJoined)
        close();
}

bool DiscoverySocket::open() {
    const sockets::Handle handle = ::socket(AF_INET, SOCK_DGRAM, 0);
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
    sockets::setOption(handle, IPPROTO_IP, IP_MULTICAST_ALL, 0);
#endif
    SystemAddress address;
    const socklen_t size = sockets::toSystem(m_group, address);
    return ::bind(handle, &address.any, size) == 0;
}

bool DiscoverySocket::join(std::uint32_t interfaceIndex) {
    SystemAddress address;
    const socklen_t size = sockets::toSystem(m_group, address);
    group_req request{};
    request.gr_interface = interfaceIndex;
    std::memcpy(&request.gr_group, &address, size);
    return setsockopt(toHandle(m_handle), IPPROTO_IP, MCAST_JOIN_GROUP, reinterpret_cast<const char*>(&request),
                      sizeof(request)) == 0;
}

void DiscoverySocket::receive(std::size_t maximum, const std::function<void(const Datagram&)>& take) {
    std::array<std::uint8_t, kDatagramMax + 1> buffer; // The last octet is there to tell longer ones.
    for (std::size_t i = 0; i < maximum && m_handle != kClosed; ++i) {
        SystemAddress address{};
        socklen_t size = sizeof(address);
        const auto received = ::recvfrom(toHandle(m_handle), reinterpret_cast<char*>(buffer.data()),
                                         sockets::toSize(buffer.size()), 0, &address.any, &size);
        if (received < 0 && sockets::isWouldBlock(sockets::lastError()))
            return;
        if (received > 0 && static_cast<std::size_t>(received) < buffer.size())
            take({m_group, sockets::fromSystem(address), Bytes(buffer.data(), buffer.data() + received)});
    }
}

std::optional<std::intptr_t> DiscoverySocket::handle() const {
    return m_handle == kClosed ? std::nullopt : std::optional(m_handle);
}

} // namespace culvert
