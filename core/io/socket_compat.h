// What differs between the socket interfaces of POSIX systems and Windows, in one place. Only io/*.cpp includes it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace culvert::sockets {
/// Searches leave so many descriptors to the rest of the program.
inline constexpr unsigned kSpareHandles = 64;
} // namespace culvert::sockets

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>

namespace culvert::sockets {
using Handle = SOCKET;
using PollItem = WSAPOLLFD;
inline constexpr Handle kNone = INVALID_SOCKET;
inline void close(Handle handle) {
    ::closesocket(handle);
}
inline int toSize(std::size_t size) {
    return static_cast<int>(size);
}
inline int poll(PollItem* items, unsigned count, int milliseconds) {
    return WSAPoll(items, count, milliseconds);
}
/// Non-blocking, and not inherited by the programs that we start.
inline bool makeOurs(Handle handle) {
    u_long on = 1;
    SetHandleInformation(reinterpret_cast<HANDLE>(handle), HANDLE_FLAG_INHERIT, 0);
    return ioctlsocket(handle, FIONBIO, &on) == 0;
}
inline int lastError() {
    return WSAGetLastError();
}
inline bool isAddressInUse(int error) {
    return error == WSAEADDRINUSE || error == WSAEACCES;
}
inline bool isWouldBlock(int error) {
    return error == WSAEWOULDBLOCK;
}
inline void startup() {
    static const int started = [] {
        WSADATA data;
        return WSAStartup(MAKEWORD(2, 2), &data);
    }();
    (void)started;
}
/// There is no limit to speak of.
inline bool leavesSpareHandles(std::intptr_t) {
    return true;
}
} // namespace culvert::sockets
#else
#ifdef __APPLE__
#define __APPLE_USE_RFC_3542 1 // IPV6_RECVPKTINFO; before the first system header
#endif
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace culvert::sockets {
using Handle = int;
using PollItem = pollfd;
inline constexpr Handle kNone = -1;
inline void close(Handle handle) {
    ::close(handle);
}
inline std::size_t toSize(std::size_t size) {
    return size;
}
inline int poll(PollItem* items, unsigned count, int milliseconds) {
    return ::poll(items, static_cast<nfds_t>(count), milliseconds);
}
/// Non-blocking, and not inherited by the programs that we start.
inline bool makeOurs(Handle handle) {
    return ::fcntl(handle, F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(handle, F_SETFL, O_NONBLOCK) == 0;
}
inline int lastError() {
    return errno;
}
inline bool isAddressInUse(int error) {
    return error == EADDRINUSE;
}
inline bool isWouldBlock(int error) {
    return error == EAGAIN || error == EWOULDBLOCK;
}
inline void startup() {}
/// Whether the program may open kSpareHandles more than this one, which it opened last: files need some, too.
inline bool leavesSpareHandles(std::intptr_t handle) {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           static_cast<rlim_t>(handle) + kSpareHandles < limit.rlim_cur;
}
} // namespace culvert::sockets
#endif
