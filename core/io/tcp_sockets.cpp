#include "core/io/tcp_sockets.h"

#include "core/io/system_address.h"

#ifndef _WIN32
#include <netinet/tcp.h>
#include <sys/resource.h>
#endif

namespace culvert {

namespace {

using sockets::setOption;
using sockets::SystemAddress;
using sockets::toHandle;

constexpr int kBacklog = 64;
constexpr Duration kAcceptPause = 1s;

bool isUnspecified(const SocketAddress& address) {
    return address.isV4() ? address.v4().isUnspecified() : address.v6().isUnspecified();
}

sockets::Handle openSocket(bool isV4) {
    sockets::startup();
    const sockets::Handle handle = ::socket(isV4 ? AF_INET : AF_INET6, SOCK_STREAM, 0);
    if (handle == sockets::kNone)
        return handle;
    sockets::makeOurs(handle);
    if (!isV4)
        setOption(handle, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    return handle;
}

// Frames are whole messages; waiting for more to send would only delay them.
void prepare(sockets::Handle handle) {
    setOption(handle, IPPROTO_TCP, TCP_NODELAY, 1);
#ifdef SO_NOSIGPIPE
    setOption(handle, SOL_SOCKET, SO_NOSIGPIPE, 1);
#endif
}

// The listener and the connections from its port: both have to say so. False where the system cannot do it; on Windows
// SO_REUSEADDR would give the port to any other program as well.
bool sharePort(sockets::Handle handle) {
#if defined(_WIN32) || !defined(SO_REUSEPORT)
    (void)handle;
    return false;
#else
    setOption(handle, SOL_SOCKET, SO_REUSEADDR, 1); // Connections of before may still be closing.
    setOption(handle, SOL_SOCKET, SO_REUSEPORT, 1); // Among programs of the same user (socket(7)).
    return true;
#endif
}

bool bindTo(sockets::Handle handle, const SocketAddress& local) {
    SystemAddress address;
    const socklen_t size = sockets::toSystem(local, address);
    return ::bind(handle, &address.any, size) == 0;
}

bool isInProgress(int error) {
#ifdef _WIN32
    return error == WSAEWOULDBLOCK;
#else
    return error == EINPROGRESS;
#endif
}

bool isOutOfHandles(int error) {
#ifdef _WIN32
    return error == WSAEMFILE || error == WSAENOBUFS;
#else
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
#endif
}

#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

} // namespace

void TcpSockets::open(const SocketPair& beside) {
    close();
    m_isOpen = true;
    m_buffer.resize(kReadMax);
    for (const UdpSocket* socket : {beside.v4.get(), beside.v6.get()}) {
        if (socket == nullptr)
            continue;
        (socket->local().isV4() ? m_local4 : m_local6) = socket->local();
        listen(socket->local());
    }
}

void TcpSockets::listen(const SocketAddress& local) {
    const sockets::Handle handle = openSocket(local.isV4());
    if (handle == sockets::kNone)
        return;
#ifdef _WIN32
    setOption(handle, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
#else
    sharePort(handle);
#endif
    if (bindTo(handle, local) && ::listen(handle, kBacklog) == 0)
        m_listeners.push_back(static_cast<std::intptr_t>(handle));
    else
        sockets::close(handle);
}

void TcpSockets::close() {
    for (const std::intptr_t listener : m_listeners)
        sockets::close(toHandle(listener));
    for (const auto& [link, connection] : m_connections)
        sockets::close(toHandle(connection.handle));
    m_listeners.clear();
    m_connections.clear();
    m_broken.clear();
    m_local4.reset();
    m_local6.reset();
    m_isOpen = false;
}

void TcpSockets::add(TcpLinkId link, std::intptr_t handle, bool isConnecting) {
    prepare(toHandle(handle));
    Connection& connection = m_connections[link];
    connection.handle = handle;
    connection.isConnecting = isConnecting;
}

void TcpSockets::handle(const TcpOrder& order) {
    if (order.what == TcpOrder::What::Connect)
        return connect(order);
    const auto found = m_connections.find(order.link);
    if (order.what == TcpOrder::What::Close) {
        m_broken.erase(order.link);
        if (found == m_connections.end())
            return;
        sockets::close(toHandle(found->second.handle));
        m_connections.erase(found);
    } else if (found != m_connections.end() && found->second.output.push(order.octets) && !write(found->second)) {
        m_broken.insert(order.link);
    }
}

void TcpSockets::connect(const TcpOrder& order) {
    const auto& local = order.remote.isV4() ? m_local4 : m_local6;
    const bool isThere = m_isOpen && local;
    if (!isThere || (!connectFrom(*local, order) && !connectFrom(local->withoutPort(), order)))
        m_broken.insert(order.link);
}

// False when the system does not do it: nothing has happened then.
bool TcpSockets::connectFrom(const SocketAddress& local, const TcpOrder& order) {
    const sockets::Handle handle = openSocket(order.remote.isV4());
    if (handle == sockets::kNone)
        return false;
    SystemAddress address;
    const socklen_t size = sockets::toSystem(order.remote, address);
    const bool isChosen = local.port() != 0 || !isUnspecified(local);
    const bool isBound = !isChosen || ((local.port() == 0 || sharePort(handle)) && bindTo(handle, local));
    if (!isBound || (::connect(handle, &address.any, size) != 0 && !isInProgress(sockets::lastError()))) {
        sockets::close(handle);
        return false;
    }
    add(order.link, static_cast<std::intptr_t>(handle), true);
    return true;
}

// False when the connection is broken.
bool TcpSockets::write(Connection& connection) {
    while (!connection.isConnecting && !connection.output.isEmpty()) {
        const BytesView front = connection.output.front();
        const auto sent = ::send(toHandle(connection.handle), reinterpret_cast<const char*>(front.data()),
                                 sockets::toSize(front.size()), kSendFlags);
        if (sent < 0)
            return sockets::isWouldBlock(sockets::lastError());
        connection.output.written(static_cast<std::size_t>(sent));
    }
    return true;
}

std::vector<TcpSockets::Ready> TcpSockets::poll(Instant now) const {
    std::vector<Ready> watched;
    std::vector<sockets::PollItem> items;
    const auto add = [&](TcpLinkId link, std::intptr_t handle, bool wantsWrite) {
        sockets::PollItem item{};
        item.fd = toHandle(handle);
        item.events = static_cast<short>(wantsWrite ? POLLIN | POLLOUT : POLLIN);
        items.push_back(item);
        watched.push_back({link, handle, false, false});
    };
    if (now >= m_acceptFrom)
        for (const std::intptr_t listener : m_listeners)
            add(0, listener, false);
    for (const auto& [link, connection] : m_connections)
        add(link, connection.handle, connection.isConnecting || !connection.output.isEmpty());
    if (items.empty() || sockets::poll(items.data(), static_cast<unsigned>(items.size()), 0) <= 0)
        return {};
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool isBroken = (items[i].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
        watched[i].canRead = isBroken || (items[i].revents & POLLIN) != 0;
        watched[i].canWrite = isBroken || (items[i].revents & POLLOUT) != 0;
    }
    return watched;
}

void TcpSockets::receive(Instant now, const Callbacks& callbacks) {
    while (!m_broken.empty())
        end(*m_broken.begin(), callbacks);
    for (const Ready& ready : poll(now)) {
        if (ready.link == 0) {
            if (ready.canRead)
                takeConnections(now, ready.handle, callbacks);
            continue;
        }
        const auto found = m_connections.find(ready.link);
        if (found == m_connections.end() || found->second.handle != ready.handle)
            continue; // Closed since.
        if (found->second.isConnecting) {
            if (ready.canWrite)
                finishConnect(ready.link, callbacks);
            continue;
        }
        if (ready.canWrite && !write(found->second)) {
            end(ready.link, callbacks);
            continue;
        }
        if (ready.canRead)
            takeOctets(ready.link, callbacks);
    }
}

void TcpSockets::takeConnections(Instant now, std::intptr_t listener, const Callbacks& callbacks) {
    for (int i = 0; i < kAcceptsPerRound && m_isOpen; ++i) {
        SystemAddress address{};
        socklen_t size = sizeof(address);
        const sockets::Handle handle = ::accept(toHandle(listener), &address.any, &size);
        if (handle == sockets::kNone) {
            if (isOutOfHandles(sockets::lastError()))
                m_acceptFrom = now + kAcceptPause;
            return;
        }
        sockets::makeOurs(handle);
        const auto link = callbacks.accept(sockets::fromSystem(address));
        if (link && m_isOpen)
            add(*link, static_cast<std::intptr_t>(handle), false);
        else
            sockets::close(handle);
    }
}

void TcpSockets::takeOctets(TcpLinkId link, const Callbacks& callbacks) {
    const auto received = ::recv(toHandle(m_connections.at(link).handle), reinterpret_cast<char*>(m_buffer.data()),
                                 sockets::toSize(m_buffer.size()), 0);
    if (received > 0)
        callbacks.take({TcpInput::What::Received, link, BytesView(m_buffer).first(static_cast<std::size_t>(received))});
    else if (received == 0 || !sockets::isWouldBlock(sockets::lastError()))
        end(link, callbacks);
}

void TcpSockets::finishConnect(TcpLinkId link, const Callbacks& callbacks) {
    Connection& connection = m_connections.at(link);
    int error = 0;
    socklen_t size = sizeof(error);
    if (getsockopt(toHandle(connection.handle), SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &size) != 0 ||
        error != 0)
        return end(link, callbacks);
    connection.isConnecting = false;
    callbacks.take({TcpInput::What::Connected, link, {}});
}

void TcpSockets::end(TcpLinkId link, const Callbacks& callbacks) {
    m_broken.erase(link);
    if (const auto found = m_connections.find(link); found != m_connections.end()) {
        sockets::close(toHandle(found->second.handle));
        m_connections.erase(found);
    }
    callbacks.take({TcpInput::What::Closed, link, {}});
}

void TcpSockets::watch(Instant now, std::vector<std::intptr_t>& readers, std::vector<std::intptr_t>& writers) const {
    if (now >= m_acceptFrom)
        readers.insert(readers.end(), m_listeners.begin(), m_listeners.end());
    for (const auto& [link, connection] : m_connections) {
        if (!connection.isConnecting)
            readers.push_back(connection.handle);
        if (connection.isConnecting || !connection.output.isEmpty())
            writers.push_back(connection.handle);
    }
}

void raiseHandleLimit() {
#ifndef _WIN32
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

} // namespace culvert
