// SocketPair: the two sockets of a node, IPv4 and IPv6 on the same port.
#pragma once

#include "core/io/udp_socket.h"

namespace culvert {

/// Either may be missing: a system without IPv6, or one bound to a single address.
struct SocketPair {
    std::unique_ptr<UdpSocket> v4, v6;

    /// Opens both on `port`, or on the addresses of `bound`. When another program has the port and `mayMove` is set,
    /// other ports are tried.
    static Result<SocketPair> open(std::uint16_t port, const std::vector<SocketAddress>& bound, bool mayMove) {
        std::uint16_t next = port;
        for (int attempt = 0; attempt < 20; ++attempt) {
            auto pair = openOn(next, bound);
            if (pair || pair.error().code != ErrorCode::AlreadyExists || !mayMove)
                return pair;
            next = next > 65000 ? 49152 : static_cast<std::uint16_t>(next + 7);
        }
        return fail(ErrorCode::AlreadyExists, "No free UDP port was found.");
    }

    std::uint16_t port() const { return v4 ? v4->port() : v6->port(); }
    void send(const Datagram& datagram) {
        UdpSocket* socket = datagram.remote.isV4() ? v4.get() : v6.get();
        if (socket != nullptr)
            socket->send(datagram);
    }
    std::vector<UdpSocket*> both() const {
        std::vector<UdpSocket*> out;
        for (UdpSocket* socket : {v4.get(), v6.get()})
            if (socket != nullptr)
                out.push_back(socket);
        return out;
    }

private:
    static Result<SocketPair> openOn(std::uint16_t port, const std::vector<SocketAddress>& bound) {
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
};

} // namespace culvert
