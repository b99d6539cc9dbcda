#include "core/io/udp_socket.h"

#include "core/io/system_address.h"

#include <algorithm>
#include <cstring>

#ifdef __linux__
#include <linux/errqueue.h>
#include <netinet/udp.h>
#endif

namespace culvert {

namespace {

using sockets::setOption;
using sockets::SystemAddress;
using sockets::toHandle;

constexpr std::size_t kReceiveSize = 65536;
// Bursts of a whole window must fit while the engine is busy; the kernel may grant less.
constexpr int kSocketBuffer = 4 * 1024 * 1024;

bool isUnspecified(const SocketAddress& address) {
    return address.isV4() ? address.v4().isUnspecified() : address.v6().isUnspecified();
}

#ifndef _WIN32
// Room for everything that rides along with a datagram: its source or destination, the size of its segments, and how
// far it may go.
struct ControlBuffer {
    alignas(cmsghdr) char octets[CMSG_SPACE(sizeof(in6_pktinfo)) + 2 * CMSG_SPACE(sizeof(int))] = {};
};

template<typename Value> void addControl(msghdr& message, ControlBuffer& buffer, int level, int type, Value value) {
    const std::size_t used = message.msg_controllen;
    message.msg_control = buffer.octets;
    auto* header = reinterpret_cast<cmsghdr*>(buffer.octets + used);
    header->cmsg_level = level;
    header->cmsg_type = type;
    header->cmsg_len = CMSG_LEN(sizeof(value));
    std::memcpy(CMSG_DATA(header), &value, sizeof(value));
    message.msg_controllen = static_cast<decltype(message.msg_controllen)>(used + CMSG_SPACE(sizeof(value)));
}

void addSource(msghdr& message, ControlBuffer& buffer, const SocketAddress& source) {
    if (source.isV4()) {
        in_pktinfo info{};
        std::memcpy(&info.ipi_spec_dst, source.v4().octets.data(), 4);
        addControl(message, buffer, IPPROTO_IP, IP_PKTINFO, info);
    } else {
        in6_pktinfo info{};
        std::memcpy(&info.ipi6_addr, source.v6().octets.data(), 16);
        addControl(message, buffer, IPPROTO_IPV6, IPV6_PKTINFO, info);
    }
}

// Of this one datagram. RFC 3542 §6.3 has it for IPv6; for IPv4 each system has its own way, or none.
void addHopLimit([[maybe_unused]] msghdr& message, [[maybe_unused]] ControlBuffer& buffer, bool isV4, int hopLimit) {
    if (!isV4)
        addControl(message, buffer, IPPROTO_IPV6, IPV6_HOPLIMIT, hopLimit);
#ifdef __linux__
    if (isV4)
        addControl(message, buffer, IPPROTO_IP, IP_TTL, hopLimit);
#endif
}

#ifdef __linux__
// Room for an error and its sender, and for what else rides along (where it arrived).
struct ErrorBuffer {
    alignas(cmsghdr) char octets[CMSG_SPACE(sizeof(sock_extended_err) + sizeof(sockaddr_in6)) + 256] = {};
};

// Who sent the ICMPv6 error that `message` was filled with; nothing when it is none (an error of our own system, say).
std::optional<Ipv6Address> senderOf(msghdr& message) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level != IPPROTO_IPV6 || control->cmsg_type != IPV6_RECVERR ||
            control->cmsg_len < CMSG_LEN(sizeof(sock_extended_err) + sizeof(sockaddr_in6)))
            continue;
        sock_extended_err error{};
        sockaddr_in6 sender{};
        std::memcpy(&error, CMSG_DATA(control), sizeof(error));
        std::memcpy(&sender, CMSG_DATA(control) + sizeof(error), sizeof(sender)); // SO_EE_OFFENDER
        if (error.ee_origin != SO_EE_ORIGIN_ICMP6 || sender.sin6_family != AF_INET6)
            return std::nullopt;
        return sockets::fromSystem(sender.sin6_addr);
    }
    return std::nullopt;
}
#endif

// Each ICMP error of an earlier packet fails one send, and each that is taken off the error queue puts the next one in
// its place.
constexpr int kSendTriesMax = 4;

// Whether the failure of a send may be an ICMP error of an earlier packet, which is reported once, on whatever comes
// next: then it is tried again.
bool isOfEarlierPacket(int error) {
    return error == ENETUNREACH || error == EHOSTUNREACH || error == ECONNREFUSED || error == EACCES ||
           error == EPROTO || error == EMSGSIZE;
}

// What the kernel said of a datagram: where it arrived, and the size of each when GRO put several together (`segment`
// stays as it is when it is one).
void readControl(msghdr& message, SocketAddress& local, std::size_t& segment) {
    for (cmsghdr* control = CMSG_FIRSTHDR(&message); control != nullptr; control = CMSG_NXTHDR(&message, control)) {
        if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(control), sizeof(info));
#ifdef __linux__
            local = {sockets::fromSystem(info.ipi_spec_dst), local.port()}; // ours, even of a multicast
#else
            local = {sockets::fromSystem(info.ipi_addr), local.port()};
#endif
        } else if (control->cmsg_level == IPPROTO_IPV6 && control->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(control), sizeof(info));
            const Ipv6Address address = sockets::fromSystem(info.ipi6_addr);
            if (address.octets[0] != 0xff) // A multicast's group is nobody's address.
                local = {address, local.port()};
        }
#ifdef __linux__
        if (control->cmsg_level == SOL_UDP && control->cmsg_type == UDP_GRO) {
            int size = 0;
            std::memcpy(&size, CMSG_DATA(control), sizeof(size));
            if (size > 0)
                segment = static_cast<std::size_t>(size);
        }
#endif
    }
    (void)segment;
}
#endif

} // namespace

Result<std::unique_ptr<UdpSocket>> UdpSocket::bind(const SocketAddress& local, SocketOffload offload) {
    sockets::startup();
    const sockets::Handle handle = ::socket(local.isV4() ? AF_INET : AF_INET6, SOCK_DGRAM, 0);
    if (handle == sockets::kNone)
        return fail(ErrorCode::IoFailure, "This system has no " + std::string(local.isV4() ? "IPv4." : "IPv6."));
    std::unique_ptr<UdpSocket> socket(new UdpSocket(handle, local));
    sockets::makeOurs(handle);
    if (local.isV6())
        setOption(handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
#ifdef IPV6_ADDR_PREFERENCES
    // The address that contacts know and that pinholes were made for, not one that is replaced tomorrow.
    constexpr int preferPublicSource = 2; // RFC 5014 §5, IPV6_PREFER_SRC_PUBLIC, which <netinet/in.h> lacks
    if (local.isV6())
        setOption(handle, IPPROTO_IPV6, IPV6_ADDR_PREFERENCES, preferPublicSource);
#endif
    socket->m_canForbidFragments = sockets::forbidFragments(handle, local.isV4(), true);
    if (local.isV4())
        sockets::forbidFragments(handle, true, false);
    setOption(handle, SOL_SOCKET, SO_RCVBUF, kSocketBuffer);
    setOption(handle, SOL_SOCKET, SO_SNDBUF, kSocketBuffer);
    SystemAddress address;
    socklen_t size = sockets::toSystem(local, address);
    if (::bind(handle, &address.any, size) != 0) {
        const bool isTaken = sockets::isAddressInUse(sockets::lastError());
        return fail(isTaken ? ErrorCode::AlreadyExists : ErrorCode::IoFailure,
                    "Cannot listen on " + local.text() + (isTaken ? ": another program uses this port." : "."));
    }
    size = sizeof(address);
    if (::getsockname(handle, &address.any, &size) == 0)
        socket->m_local = sockets::fromSystem(address);
    socket->m_isAnyAddress = isUnspecified(local);
#ifndef _WIN32
    // Without it the system chooses the source of each answer, and a peer that asked another address drops it.
    if (socket->m_isAnyAddress)
        setOption(handle, local.isV4() ? IPPROTO_IP : IPPROTO_IPV6, local.isV4() ? IP_PKTINFO : IPV6_RECVPKTINFO, 1);
#endif
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

// RFC 4380 §5.1.2: what every path carries may be cut up inside IPv4, where the network has smaller links still. IPv6
// cuts nothing up on the way (RFC 8200 §5), and what is not larger than 1280 octets not at its source either.
void UdpSocket::setFragments(const Datagram& datagram) {
    constexpr std::size_t alwaysFits = 548; // RFC 791 §3.1: a packet of 576 octets; no system call for these
    const std::size_t size = datagram.segmentSize > 0 ? datagram.segmentSize : datagram.payload.size();
    if (m_local.isV6() || !m_canForbidFragments || size <= alwaysFits || datagram.dontFragment == m_forbidsFragments)
        return;
    if (sockets::forbidFragments(toHandle(m_handle), true, datagram.dontFragment))
        m_forbidsFragments = datagram.dontFragment;
}

// The source that `datagram` asks for, where that is ours to choose.
const SocketAddress* UdpSocket::sourceOf(const Datagram& datagram) const {
    const bool isChosen = m_isAnyAddress && datagram.local.isV4() == m_local.isV4() && !isUnspecified(datagram.local);
    return isChosen ? &datagram.local : nullptr;
}

bool UdpSocket::sendOne(const SocketAddress& remote, const SocketAddress* source, BytesView payload,
                        std::size_t segmentSize, [[maybe_unused]] int hopLimit) {
    SystemAddress address;
    const socklen_t size = sockets::toSystem(remote, address);
#ifdef _WIN32
    (void)source;
    (void)segmentSize;
    return ::sendto(toHandle(m_handle), reinterpret_cast<const char*>(payload.data()), static_cast<int>(payload.size()),
                    0, &address.any, size) >= 0;
#else
    iovec data{const_cast<std::uint8_t*>(payload.data()), payload.size()};
    ControlBuffer control;
    for (int attempt = 0; attempt < kSendTriesMax; ++attempt) {
        msghdr message{};
        message.msg_name = &address;
        message.msg_namelen = size;
        message.msg_iov = &data;
        message.msg_iovlen = 1;
#ifdef __linux__
        if (segmentSize > 0)
            addControl(message, control, SOL_UDP, UDP_SEGMENT, static_cast<std::uint16_t>(segmentSize));
#endif
        if (source != nullptr)
            addSource(message, control, *source);
        if (hopLimit > 0)
            addHopLimit(message, control, remote.isV4(), hopLimit);
        if (::sendmsg(toHandle(m_handle), &message, 0) >= 0)
            return true;
        const bool isUnreachable = errno == ENETUNREACH || errno == EHOSTUNREACH;
        // The address is not ours any more (Linux says so by EINVAL for IPv6, by ENETUNREACH for IPv4): let the system
        // choose.
        if (errno == EINVAL || errno == EADDRNOTAVAIL || (isUnreachable && attempt > 1)) {
            if (source == nullptr)
                break;
            source = nullptr;
        } else if (!isOfEarlierPacket(errno)) {
            break;
        }
    }
    return false;
#endif
}

// Linux sends to a group from the interface that holds the source; others want to be told.
void UdpSocket::setGroupInterface(const Datagram& datagram) {
#ifdef __linux__
    (void)datagram;
#else
    if (!datagram.remote.isV4() || !datagram.remote.v4().isMulticast() || !datagram.local.isV4())
        return;
    in_addr own{};
    std::memcpy(&own, datagram.local.v4().octets.data(), 4);
    setsockopt(toHandle(m_handle), IPPROTO_IP, IP_MULTICAST_IF, reinterpret_cast<const char*>(&own), sizeof(own));
#endif
}

bool UdpSocket::send(const Datagram& datagram) {
    setFragments(datagram);
    setGroupInterface(datagram);
    const SocketAddress* source = sourceOf(datagram);
    if (datagram.segmentSize == 0)
        return sendOne(datagram.remote, source, datagram.payload, 0, datagram.hopLimit);
    if (m_segments) {
        if (sendOne(datagram.remote, source, datagram.payload, datagram.segmentSize, datagram.hopLimit))
            return true;
#ifdef __linux__
        // Some drivers and old kernels refuse at the first use; then it stays off. Segments that are too large for the
        // link are refused by the same word.
        if ((errno == EIO || errno == EINVAL) && !datagram.dontFragment)
            m_segments = false;
#endif
    }
    bool all = true;
    BytesView rest = datagram.payload;
    while (!rest.empty()) {
        const BytesView one = rest.first(std::min(datagram.segmentSize, rest.size()));
        rest = rest.subspan(one.size());
        all = sendOne(datagram.remote, source, one, 0, datagram.hopLimit) && all;
    }
    return all;
}

// One call to the kernel: how many octets, or less than 0.
std::ptrdiff_t UdpSocket::receiveOne(SocketAddress& local, SocketAddress& remote, std::size_t& segment) {
    SystemAddress address{};
#ifdef _WIN32
    socklen_t size = sizeof(address);
    const std::ptrdiff_t received = ::recvfrom(toHandle(m_handle), reinterpret_cast<char*>(m_buffer.data()),
                                               static_cast<int>(m_buffer.size()), 0, &address.any, &size);
    local = m_local;
    segment = received > 0 ? static_cast<std::size_t>(received) : 0;
#else
    iovec data{m_buffer.data(), m_buffer.size()};
    ControlBuffer control;
    msghdr message{};
    message.msg_name = &address;
    message.msg_namelen = sizeof(address);
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control.octets;
    message.msg_controllen = sizeof(control.octets);
    const std::ptrdiff_t received = ::recvmsg(toHandle(m_handle), &message, 0);
    if (received < 0)
        return received;
    local = m_local;
    segment = static_cast<std::size_t>(received);
    readControl(message, local, segment);
#endif
    remote = sockets::fromSystemInZone(address);
    return received;
}

std::size_t UdpSocket::receive(std::size_t maximum, const std::function<void(const Datagram&)>& take) {
    m_buffer.resize(kReceiveSize); // Not before: of hundreds of sockets most never hear anything.
    std::size_t count = 0;
    // Errors of earlier sends come up here too; a few of them must not stop us.
    for (int errors = 0; count < maximum && errors < 8;) {
        SocketAddress local, remote;
        std::size_t segment = 0;
        const std::ptrdiff_t received = receiveOne(local, remote, segment);
        if (received < 0) {
            if (sockets::isWouldBlock(sockets::lastError()))
                break;
            ++errors;
            continue;
        }
        BytesView rest = BytesView(m_buffer).first(static_cast<std::size_t>(received));
        while (!rest.empty()) {
            const BytesView one = rest.first(std::min(segment, rest.size()));
            rest = rest.subspan(one.size());
            take(Datagram{local, remote, toBytes(one), 0, m_number});
            ++count;
        }
        count += received == 0 ? 1 : 0;
    }
    return count;
}

bool UdpSocket::listenForErrors() {
    m_wantsErrors = m_local.isV6() && setErrorQueue(true);
    return m_wantsErrors;
}

// Switching it off also forgets the errors that wait: a queue that nobody empties would end every wait at once.
bool UdpSocket::setErrorQueue(bool isOn) {
#ifdef __linux__
    const bool isDone = setOption(toHandle(m_handle), IPPROTO_IPV6, IPV6_RECVERR, isOn ? 1 : 0);
    m_hearsErrors = isOn && isDone;
    return isDone;
#else
    (void)isOn;
    return false;
#endif
}

std::size_t UdpSocket::receiveErrors(Instant now, std::size_t maximum,
                                     const std::function<void(const QuotedError&)>& take) {
    std::size_t count = 0;
#ifdef __linux__
    if (m_wantsErrors && !m_hearsErrors && now >= m_errors.next())
        setErrorQueue(true);
    while (m_hearsErrors && count < maximum) {
        std::array<std::uint8_t, kQuotedMax> payload{};
        SystemAddress destination{};
        ErrorBuffer control;
        iovec data{payload.data(), payload.size()};
        msghdr message{};
        message.msg_name = &destination;
        message.msg_namelen = sizeof(destination);
        message.msg_iov = &data;
        message.msg_iovlen = 1;
        message.msg_control = control.octets;
        message.msg_controllen = sizeof(control.octets);
        const std::ptrdiff_t received = ::recvmsg(toHandle(m_handle), &message, MSG_ERRQUEUE);
        if (received < 0)
            break;
        ++count;
        if (!m_errors.spend(now, kErrorsPerSecondMax)) {
            setErrorQueue(false);
            break;
        }
        if (const auto sender = senderOf(message))
            take({*sender, sockets::fromSystem(destination),
                  BytesView(payload).first(std::min(payload.size(), static_cast<std::size_t>(received)))});
    }
#else
    (void)now;
    (void)maximum;
    (void)take;
#endif
    return count;
}

void waitForSockets(const std::vector<UdpSocket*>& watched, Duration timeout) {
    std::vector<std::intptr_t> handles;
    handles.reserve(watched.size());
    for (const UdpSocket* socket : watched)
        handles.push_back(socket->handle());
    waitForHandles(handles, timeout);
}

void waitForHandles(const std::vector<std::intptr_t>& watched, Duration timeout,
                    const std::vector<std::intptr_t>& writers) {
    std::vector<sockets::PollItem> items;
    items.reserve(watched.size() + writers.size());
    const auto add = [&items](const std::vector<std::intptr_t>& handles, short events) {
        for (const std::intptr_t handle : handles) {
            sockets::PollItem item{};
            item.fd = toHandle(handle);
            item.events = events;
            items.push_back(item);
        }
    };
    add(watched, POLLIN);
    add(writers, POLLOUT);
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

std::vector<bool> readableHandles(const std::vector<std::intptr_t>& watched) {
    std::vector<sockets::PollItem> items;
    items.reserve(watched.size());
    for (const std::intptr_t handle : watched) {
        sockets::PollItem item{};
        item.fd = toHandle(handle);
        item.events = POLLIN;
        items.push_back(item);
    }
    sockets::poll(items.data(), static_cast<unsigned>(items.size()), 0);
    std::vector<bool> out;
    out.reserve(items.size());
    for (const sockets::PollItem& item : items)
        out.push_back(item.revents != 0);
    return out;
}

} // namespace culvert
