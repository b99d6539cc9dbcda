#include "core/io/socket_pair.h"

#include "core/io/socket_compat.h"

namespace culvert {

Result<SocketPair> SocketPair::open(std::uint16_t port, const std::vector<SocketAddress>& bound, bool mayMove) {
    std::uint16_t next = port;
    for (int attempt = 0; attempt < 20; ++attempt) {
        auto pair = openOn(next, bound);
        if (pair || pair.error().code != ErrorCode::AlreadyExists || !mayMove)
            return pair;
        next = next > 65000 ? 49152 : static_cast<std::uint16_t>(next + 7);
    }
    return fail(ErrorCode::AlreadyExists, "No free UDP port was found.");
}

Result<SocketPair> SocketPair::openOn(std::uint16_t port, const std::vector<SocketAddress>& bound) {
    std::vector<SocketAddress> wanted = bound;
    if (wanted.empty())
        wanted = {SocketAddress(Ipv4Address{}, 0), SocketAddress(Ipv6Address{}, 0)};
    SocketPair pair;
    std::optional<Error> error;
    for (const SocketAddress& address : wanted) {
        const SocketAddress local =
            address.isV4() ? SocketAddress(address.v4(), port) : SocketAddress(address.v6(), port);
        auto socket = UdpSocket::bind(local);
        if (!socket) {
            // Without one family the other still works; a taken port or a foreign address is an error.
            if (!error || socket.error().code == ErrorCode::AlreadyExists)
                error = socket.error();
            if (!bound.empty() || socket.error().code == ErrorCode::AlreadyExists)
                return Unexpected(*error);
            continue;
        }
        (address.isV4() ? pair.v4 : pair.v6) = std::move(*socket);
        if (port == 0)
            port = pair.port();
    }
    if (!pair.v4 && !pair.v6)
        return Unexpected(*error);
    return pair;
}

void SocketPair::send(const Datagram& datagram) {
    const bool isV4 = datagram.remote.isV4();
    UdpSocket* socket = datagram.socket != 0 ? extra(datagram.socket, isV4) : isV4 ? v4.get() : v6.get();
    if (socket != nullptr)
        socket->send(datagram);
}

UdpSocket* SocketPair::extra(std::uint32_t number, bool isV4) {
    const auto found = m_extra.find({number, isV4});
    if (found != m_extra.end())
        return found->second.get();
    const UdpSocket* main = isV4 ? v4.get() : v6.get();
    if (main == nullptr || !hasRoom(number))
        return nullptr;
    const SocketAddress any = main->local().withoutPort();
    const auto port = static_cast<std::uint16_t>(number >= kSocketOfPort ? number & 0xffff : 0);
    auto socket = UdpSocket::bind(isV4 ? SocketAddress(any.v4(), port) : SocketAddress(any.v6(), port));
    if (!socket || (isSearchSocket(number) && !sockets::leavesSpareHandles((*socket)->handle())))
        return nullptr;
    (*socket)->setNumber(number);
    return m_extra.emplace(ExtraKey{number, isV4}, std::move(*socket)).first->second.get();
}

bool SocketPair::hasRoom(std::uint32_t number) const {
    const auto ofSearches = static_cast<std::size_t>(
        std::distance(m_extra.lower_bound({kSearchSocket, false}), m_extra.end())); // They have the highest numbers.
    return isSearchSocket(number) ? ofSearches < kSearchSocketsMax : m_extra.size() - ofSearches < kExtraSocketsMax;
}

// A call for each of some hundred sockets that are silent would cost more than one that says which are not.
std::vector<SocketPair::ExtraKey> SocketPair::readableExtras() const {
    std::vector<ExtraKey> keys;
    std::vector<std::intptr_t> handles;
    for (const auto& [key, socket] : m_extra) {
        keys.push_back(key);
        handles.push_back(socket->handle());
    }
    if (keys.size() <= kExtraSocketsMax)
        return keys;
    const std::vector<bool> isReadable = readableHandles(handles);
    std::vector<ExtraKey> out;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (isReadable[i])
            out.push_back(keys[i]);
    return out;
}

void SocketPair::receive(std::size_t maximum, const std::function<void(const Datagram&)>& take) {
    for (UdpSocket* socket : {v4.get(), v6.get()})
        if (socket != nullptr)
            socket->receive(maximum, take);
    // `take` opens and closes extra sockets: those that are open now, each looked up when it is its turn.
    for (const ExtraKey& key : readableExtras()) {
        const auto found = m_extra.find(key);
        if (found == m_extra.end())
            continue;
        m_active = found->second.get();
        m_active->receive(maximum, [&](const Datagram& datagram) {
            if (!m_closed)
                take(datagram);
        });
        m_active = nullptr;
        m_closed.reset();
    }
}

void SocketPair::closeExtra(std::uint32_t number) {
    for (const bool isV4 : {true, false}) {
        const auto found = m_extra.find({number, isV4});
        if (found == m_extra.end())
            continue;
        if (found->second.get() == m_active)
            m_closed = std::move(found->second);
        m_extra.erase(found);
    }
}

std::vector<std::intptr_t> SocketPair::handles() const {
    std::vector<std::intptr_t> out;
    for (const UdpSocket* socket : {v4.get(), v6.get()})
        if (socket != nullptr)
            out.push_back(socket->handle());
    for (const auto& [key, socket] : m_extra)
        out.push_back(socket->handle());
    return out;
}

} // namespace culvert
