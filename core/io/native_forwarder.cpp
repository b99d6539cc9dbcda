#include "core/io/native_forwarder.h"

#ifdef __linux__

#include "core/io/socket_compat.h"

#include <algorithm>
#include <cstring>
#include <linux/capability.h>
#include <string>
#include <sys/syscall.h>

namespace culvert {

namespace {

constexpr std::size_t kHeaderSize = 40, kDestinationAt = 24; // RFC 8200 §3

class RawForwarder final : public NativeForwarder {
public:
    explicit RawForwarder(int handle) : m_handle(handle) {}
    ~RawForwarder() override { ::close(m_handle); }
    RawForwarder(const RawForwarder&) = delete;
    RawForwarder& operator=(const RawForwarder&) = delete;

    bool send(BytesView packet) override {
        if (packet.size() < kHeaderSize)
            return false;
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        std::copy_n(packet.begin() + kDestinationAt, sizeof to.sin6_addr,
                    reinterpret_cast<std::uint8_t*>(&to.sin6_addr));
        const auto sent =
            ::sendto(m_handle, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to), sizeof to);
        return sent == static_cast<std::ptrdiff_t>(packet.size());
    }

private:
    int m_handle;
};

} // namespace

Result<std::unique_ptr<NativeForwarder>> NativeForwarder::open() {
    // IPPROTO_RAW: we write the whole IPv6 header ourselves, and nothing is ever received.
    const int handle = ::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_RAW);
    if (handle < 0 && (errno == EPERM || errno == EACCES))
        return fail(ErrorCode::IoFailure,
                    "this program may not open raw sockets. Give it that right: setcap cap_net_raw+ep on the program "
                    "file, or AmbientCapabilities=CAP_NET_RAW in its systemd unit");
    if (handle < 0)
        return fail(ErrorCode::IoFailure, std::string("no raw IPv6 socket: ") + std::strerror(errno));
    return std::unique_ptr<NativeForwarder>(new RawForwarder(handle));
}

void dropRawSocketRight() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3]{};
    if (::syscall(SYS_capget, &header, sets) != 0)
        return;
    constexpr std::uint32_t right = 1U << CAP_NET_RAW;
    sets[0].effective &= ~right;
    sets[0].permitted &= ~right;
    sets[0].inheritable &= ~right; // and with it the ambient one
    ::syscall(SYS_capset, &header, sets);
}

} // namespace culvert

#else

namespace culvert {

Result<std::unique_ptr<NativeForwarder>> NativeForwarder::open() {
    return fail(ErrorCode::Unsupported, "this system does not let a program send as others");
}

void dropRawSocketRight() {}

} // namespace culvert

#endif
