// What differs between the socket interfaces of POSIX systems and Windows, in one place. Only io/*.cpp includes it.
#pragma once

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
inline int poll(PollItem* items, unsigned count, int milliseconds) {
    return WSAPoll(items, count, milliseconds);
}
inline bool setNonBlocking(Handle handle) {
    u_long on = 1;
    return ioctlsocket(handle, FIONBIO, &on) == 0;
}
inline int lastError() {
    return WSAGetLastError();
}
inline bool isAddressInUse(int error) {
    return error == WSAEADDRINUSE || error == WSAEACCES;
}
inline void startup() {
    static const int started = [] {
        WSADATA data;
        return WSAStartup(MAKEWORD(2, 2), &data);
    }();
    (void)started;
}
} // namespace culvert::sockets
#else
#include <arpa/inet.h>
#include <cerrno>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace culvert::sockets {
using Handle = int;
using PollItem = pollfd;
inline constexpr Handle kNone = -1;
inline void close(Handle handle) {
    ::close(handle);
}
inline int poll(PollItem* items, unsigned count, int milliseconds) {
    return ::poll(items, static_cast<nfds_t>(count), milliseconds);
}
inline bool setNonBlocking(Handle handle) {
    return ::fcntl(handle, F_SETFL, O_NONBLOCK) == 0;
}
inline int lastError() {
    return errno;
}
inline bool isAddressInUse(int error) {
    return error == EADDRINUSE;
}
inline void startup() {}
} // namespace culvert::sockets
#endif
