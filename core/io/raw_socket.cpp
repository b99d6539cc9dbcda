#include "core/io/raw_socket.h"

#ifdef __linux__

#include "core/io/socket_compat.h"

#include <cstring>
#include <linux/capability.h>
#include <string>
#include <sys/syscall.h>

namespace culvert {

Result<int> openRawSocket(int protocol) {
    const int handle = ::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, protocol);
    if (handle < 0 && (errno == EPERM || errno == EACCES))
        return fail(ErrorCode::IoFailure,
                    "this program may not open raw sockets. Give it that right: setcap cap_net_raw+ep on the program "
                    "file, or AmbientCapabilities=CAP_NET_RAW in its systemd unit");
    if (handle < 0)
        return fail(ErrorCode::IoFailure, std::string("no raw IPv6 socket: ") + std::strerror(errno));
    return handle;
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

Result<int> openRawSocket(int) {
    return fail(ErrorCode::Unsupported, "this system has no raw sockets for a program like this");
}

void dropRawSocketRight() {}

} // namespace culvert

#endif
