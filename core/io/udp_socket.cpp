#include "core/io/udp_socket.h"

#include "core/io/socket_compat.h"

#include <algorithm>
#include <cstring>

#ifdef __linux__
#include <netinet/udp.h>
#endif

namespace culvert {

namespace {

constexpr std::size_t kReceiveSize = 65536;
// Bursts of a whole window must fit while the engine is busy; the kernel may grant less.
constexpr int kSocketBuffer = 4 * 1024 * 1024;

union SystemAddress {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

socklen_t toSystem(const SocketAddress& address, SystemAddress& out) {
    std::memset(&out, 0, sizeof(out));
    if (address.isV4()) {
        out.v4.sin_family = AF_INET;
        out.v4.sin_port = htons(address.port());
        std::memcpy(&out.v4.sin_addr, address.v4().octets.data(), 4);
        return sizeof(out.v4);
    }
    out.v6.sin6_family = AF_INET6;
    out.v6.sin6_port = htons(address.port());
    std::memcpy(&out.v6.sin6_addr, address.v6().octets.data(), 16);
    return sizeof(out.v6);
}

SocketAddress fromSystem(const SystemAddress& address) {
    if (address.any.sa_family == AF_INET) {
        Ipv4Address v4;
        std::memcpy(v4.octets.data(), &address.v4.sin_addr, 4);
        return {v4, ntohs(address.v4.sin_port)};
    }
    Ipv6Address v6;
    std::memcpy(v6.octets.data(), &address.v6.sin6_addr, 16);
    return {v6, ntohs(address.v6.sin6_port)};
}

sockets::Handle toHandle(std::intptr_t handle) {
    return static_cast<sockets::Handle>(handle);
}

bool setOption(sockets::Handle handle, int level, int name, int value) {
    return setsockopt(handle, level, name, reinterpret_cast<const char*>(&value), sizeof(value)) == 0;
}

#ifdef __linux__
// The size of each datagram in what GRO put together; `size` itself when it is one.
std::size_t segmentOf(msghdr& message, std::size_t size) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO) {
            int segment = 0;
            std::memcpy(&segment, CMSG_DATA(control), sizeof(segment));
            if (segment > 0)
                return static_cast<std::size_t>(segment);
        }
    }
    return size;
}
#endif

} // namespace

Result<std::unique_ptr<UdpSocket>> UdpSocket::bind(const SocketAddress& local, SocketOffload offload) {
    sockets::startup();
    const sockets::Handle handle = ::socket(local.isV4() ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
    if (handle == sockets::kNone)
        return fail(ErrorCode::IoFailure, "This system has no " + std::string(local.isV4() ? "IPv4." : "IPv6."));
    std::unique_ptr<UdpSocket> socket(new UdpSocket(handle, local));
    sockets::setNonBlocking(handle);
    if (local.isV6())
        setOption(handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    setOption(handle, SOL_SOCKET, SO_RCVBUF, kSocketBuffer);
    setOption(handle, SOL_SOCKET, SO_SNDBUF, kSocketBuffer);
    SystemAddress address;
    socklen_t size = toSystem(local, address);
    if (::bind(handle, &address.any, size) != 0) {
        const bool isTaken = sockets::isAddressInUse(sockets::lastError());
        return fail(isTaken ? ErrorCode::AlreadyExists : ErrorCode::IoFailure,
                    "Cannot listen on " + local.text() + (isTaken ? ": another program uses this port." : "."));
    }
    size = sizeof(address);
    if (::getsockname(handle, &address.any, &size) == 0)
        socket->m_local = fromSystem(address);
    socket->m_buffer.resize(kReceiveSize);
#ifdef __linux__
    if (offload == SocketOffload::Automatic) {
        socket->m_segments = setOption(handle, SOL_UDP, UDP_SEGMENT, 0);
        setOption(handle, SOL_UDP, UDP_GRO, 1);
    }
#else
    (void)offload;
#endif
    return socket;
}

UdpSocket::~UdpSocket() {
    sockets::close(toHandle(m_handle));
}

bool UdpSocket::sendOne(const SocketAddress& remote, BytesView payload, std::size_t segmentSize) {
    SystemAddress address;
    const socklen_t size = toSystem(remote, address);
#ifdef __linux__
    iovec data{const_cast<std::uint8_t*>(payload.data()), payload.size()};
    msghdr message{};
    message.msg_name = &address;
    message.msg_namelen = size;
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(std::uint16_t))] = {};
    if (segmentSize > 0) {
        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_UDP;
        header->cmsg_type = UDP_SEGMENT;
        header->cmsg_len = CMSG_LEN(sizeof(std::uint16_t));
        const auto segment = static_cast<std::uint16_t>(segmentSize);
        std::memcpy(CMSG_DATA(header), &segment, sizeof(segment));
    }
    for (int attempt = 0; attempt < 2; ++attempt) {
        if (::sendmsg(toHandle(m_handle), &message, 0) >= 0)
            return true;
        // An ICMP error of an earlier packet is reported once, on whatever comes next: try again.
        if (errno != ECONNREFUSED && errno != EHOSTUNREACH && errno != ENETUNREACH)
            break;
    }
    return false;
#else
    (void)segmentSize;
    return ::sendto(toHandle(m_handle), reinterpret_cast<const char*>(payload.data()), static_cast<int>(payload.size()),
                    0, &address.any, size) >= 0;
#endif
}

bool UdpSocket::send(const Datagram& datagram) {
    if (datagram.segmentSize == 0)
        return sendOne(datagram.remote, datagram.payload, 0);
    if (m_segments) {
        if (sendOne(datagram.remote, datagram.payload, datagram.segmentSize))
            return true;
#ifdef __linux__
        // Some drivers and old kernels refuse at the first use; then it stays off.
        if (errno == EIO || errno == EINVAL)
            m_segments = false;
#endif
    }
    bool all = true;
    BytesView rest = datagram.payload;
    while (!rest.empty()) {
        const BytesView one = rest.first(std::min(datagram.segmentSize, rest.size()));
        rest = rest.subspan(one.size());
        all = sendOne(datagram.remote, one, 0) && all;
    }
    return all;
}

std::size_t UdpSocket::receive(std::size_t maximum, const std::function<void(const Datagram&)>& take) {
    std::size_t count = 0;
    // Errors of earlier sends come up here too; a few of them must not stop us.
    for (int errors = 0; count < maximum && errors < 8;) {
        SystemAddress address{};
        std::size_t segment = 0;
#ifdef __linux__
        iovec data{m_buffer.data(), m_buffer.size()};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_name = &address;
        message.msg_namelen = sizeof(address);
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        const ssize_t received = ::recvmsg(toHandle(m_handle), &message, 0);
        if (received >= 0)
            segment = segmentOf(message, static_cast<std::size_t>(received));
        const bool isEmpty = received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#else
        socklen_t size = sizeof(address);
        const auto received = ::recvfrom(toHandle(m_handle), reinterpret_cast<char*>(m_buffer.data()),
                                         static_cast<int>(m_buffer.size()), 0, &address.any, &size);
        if (received >= 0)
            segment = static_cast<std::size_t>(received);
#ifdef _WIN32
        const bool isEmpty = received < 0 && sockets::lastError() == WSAEWOULDBLOCK;
#else
        const bool isEmpty = received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#endif
#endif
        if (isEmpty)
            break;
        if (received < 0) {
            ++errors;
            continue;
        }
        BytesView rest = BytesView(m_buffer).first(static_cast<std::size_t>(received));
        const SocketAddress remote = fromSystem(address);
        while (!rest.empty()) {
            const BytesView one = rest.first(std::min(segment, rest.size()));
            rest = rest.subspan(one.size());
            take(Datagram{m_local, remote, toBytes(one), 0});
            ++count;
        }
        count += received == 0 ? 1 : 0;
    }
    return count;
}

void waitForSockets(const std::vector<UdpSocket*>& watched, Duration timeout) {
    std::vector<sockets::PollItem> items;
    items.reserve(watched.size());
    for (const UdpSocket* socket : watched) {
        sockets::PollItem item{};
        item.fd = toHandle(socket->handle());
        item.events = POLLIN;
        items.push_back(item);
    }
#ifdef __linux__
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    timespec limit{};
    limit.tv_sec = whole.count();
    limit.tv_nsec = (timeout - whole).count();
    ::ppoll(items.data(), items.size(), timeout < Duration::zero() ? nullptr : &limit, nullptr);
#else
    // Up, or a deadline just ahead would spin.
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    sockets::poll(items.data(), static_cast<unsigned>(items.size()),
                  timeout < Duration::zero() ? -1 : static_cast<int>(std::min<std::int64_t>(milliseconds, 60'000)));
#endif
}

} // namespace culvert
