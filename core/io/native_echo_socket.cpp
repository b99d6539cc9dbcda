#include "core/io/native_echo_socket.h"

#ifdef __linux__

#include "core/io/raw_socket.h"
#include "core/io/system_address.h"

#include <linux/filter.h>
#include <netinet/icmp6.h>
#include <string>

namespace culvert {

namespace {

// The source address in the IPv6 header (RFC 8200 §3), and the first 32 bits of Teredo's (RFC 4380 §2.6).
constexpr std::uint32_t kSourceAt = 8, kTeredoPrefix = 0x2001'0000;
// What waits while we are busy: echo requests are small and seldom.
constexpr int kBufferSize = 16 * 1024;

// What came in before this stood is judged again by who answers it.
bool limit(int handle) {
    std::array<sock_filter, 4> program{{
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(SKF_NET_OFF) + kSourceAt),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kTeredoPrefix, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0xffff),
        BPF_STMT(BPF_RET | BPF_K, 0),
    }};
    const sock_fprog fromTeredo{static_cast<unsigned short>(program.size()), program.data()};
    icmp6_filter types;
    ICMP6_FILTER_SETBLOCKALL(&types);
    ICMP6_FILTER_SETPASS(ICMP6_ECHO_REQUEST, &types);
    return ::setsockopt(handle, SOL_SOCKET, SO_ATTACH_FILTER, &fromTeredo, sizeof fromTeredo) == 0 &&
           ::setsockopt(handle, IPPROTO_ICMPV6, ICMP6_FILTER, &types, sizeof types) == 0 &&
           sockets::setOption(handle, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) &&
           sockets::setOption(handle, SOL_SOCKET, SO_RCVBUF, kBufferSize);
}

std::optional<Ipv6Address> destinationOf(msghdr& header) {
    for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
        if (item->cmsg_level != IPPROTO_IPV6 || item->cmsg_type != IPV6_PKTINFO)
            continue;
        in6_pktinfo info{};
        std::memcpy(&info, CMSG_DATA(item), sizeof info);
        Ipv6Address out;
        std::memcpy(out.octets.data(), &info.ipi6_addr, out.octets.size());
        return out;
    }
    return std::nullopt;
}

} // namespace

Result<std::unique_ptr<NativeEchoSocket>> NativeEchoSocket::open() {
    TRY(handle, openRawSocket(IPPROTO_ICMPV6));
    std::unique_ptr<NativeEchoSocket> out(new NativeEchoSocket(handle));
    if (!limit(handle))
        return fail(ErrorCode::IoFailure, std::string("no filter for echo requests: ") + std::strerror(errno));
    return out;
}

NativeEchoSocket::~NativeEchoSocket() {
    ::close(static_cast<int>(m_handle));
}

void NativeEchoSocket::receive(std::size_t maximum, const std::function<void(const wire::Ipv6Packet&)>& take) {
    std::array<std::uint8_t, kMessageMax> buffer;
    alignas(cmsghdr) std::array<std::uint8_t, 64> control;
    for (std::size_t i = 0; i < maximum; ++i) {
        sockets::SystemAddress from{};
        iovec piece{buffer.data(), buffer.size()};
        msghdr header{};
        header.msg_name = &from;
        header.msg_namelen = sizeof from;
        header.msg_iov = &piece;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        const auto size = ::recvmsg(static_cast<int>(m_handle), &header, 0);
        if (size < 0)
            return;
        const auto destination = destinationOf(header);
        if ((header.msg_flags & MSG_TRUNC) != 0 || !destination)
            continue;
        wire::Ipv6Packet packet;
        packet.source = sockets::fromSystem(from).v6();
        packet.destination = *destination;
        packet.nextHeader = wire::kNextHeaderIcmpv6;
        packet.payload = BytesView(buffer.data(), static_cast<std::size_t>(size));
        take(packet);
    }
}

} // namespace culvert

#else

namespace culvert {

Result<std::unique_ptr<NativeEchoSocket>> NativeEchoSocket::open() {
    return fail(ErrorCode::Unsupported, "this system does not let a program hear them");
}

NativeEchoSocket::~NativeEchoSocket() = default;

void NativeEchoSocket::receive(std::size_t, const std::function<void(const wire::Ipv6Packet&)>&) {}

} // namespace culvert

#endif
