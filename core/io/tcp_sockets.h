// TcpSockets: the TCP listeners beside a node's UDP sockets, and its connections. It carries octets and decides
// nothing: what is opened, taken and closed the core says (core/tcp).
//
// Connections leave from the port that we listen at, where the system can share it: so the firewalls and NATs of two
// who connect to each other let both in, and the two become one connection (RFC 9293 §3.5). What cannot leave from
// there (Windows; the same two ends are still busy with a connection of before) leaves from another port.
//
// Everything is non-blocking. A round takes at most so much from each connection, so that one cannot starve the others.
// Where the system has no more handles, nothing is taken for a moment.
#pragma once

#include "core/base/instant.h"
#include "core/base/tcp_link.h"
#include "core/io/socket_pair.h"
#include "core/tcp/tcp_output.h"

#include <map>
#include <set>

namespace culvert {

/// Thread safety: one thread.
class TcpSockets {
public:
    static constexpr std::size_t kReadMax = 16 * 1024; ///< from one connection in a round
    static constexpr int kAcceptsPerRound = 64;

    /// Who decides. `accept` gives no number for what is to be closed.
    struct Callbacks {
        std::function<std::optional<TcpLinkId>(const SocketAddress&)> accept;
        std::function<void(const TcpInput&)> take;
    };

    TcpSockets() = default;
    ~TcpSockets() { close(); }
    TcpSockets(const TcpSockets&) = delete;
    TcpSockets& operator=(const TcpSockets&) = delete;

    /// Listens at the addresses and the port of `beside`, and connects from there. What cannot be listened at
    /// (another program has the port) is left out.
    void open(const SocketPair& beside);
    /// Ends every connection.
    void close();
    bool isOpen() const { return m_isOpen; }
    bool isListening() const { return !m_listeners.empty(); }

    void handle(const TcpOrder& order);
    /// Takes what has happened. `callbacks` may give orders.
    void receive(Instant now, const Callbacks& callbacks);
    /// Whether something has happened that no handle tells of: receive() should not wait.
    bool hasNews() const { return !m_broken.empty(); }
    /// What to wait for: to be read, and to be written.
    void watch(Instant now, std::vector<std::intptr_t>& readers, std::vector<std::intptr_t>& writers) const;
    std::size_t connections() const { return m_connections.size(); }

private:
    struct Connection {
        std::intptr_t handle = 0;
        bool isConnecting = false;
        TcpOutput output;
    };
    struct Ready {
        TcpLinkId link = 0; ///< 0: a listener
        std::intptr_t handle = 0;
        bool canRead = false, canWrite = false;
    };

    std::vector<Ready> poll(Instant now) const;
    void listen(const SocketAddress& local);
    void connect(const TcpOrder& order);
    bool connectFrom(const SocketAddress& local, const TcpOrder& order);
    void takeConnections(Instant now, std::intptr_t listener, const Callbacks& callbacks);
    void takeOctets(TcpLinkId link, const Callbacks& callbacks);
    void finishConnect(TcpLinkId link, const Callbacks& callbacks);
    bool write(Connection& connection);
    void end(TcpLinkId link, const Callbacks& callbacks);
    void add(TcpLinkId link, std::intptr_t handle, bool isConnecting);

    bool m_isOpen = false;
    std::optional<SocketAddress> m_local4, m_local6; // connections come from there
    std::vector<std::intptr_t> m_listeners;
    std::map<TcpLinkId, Connection> m_connections;
    std::set<TcpLinkId> m_broken; // to be told in the next round
    Instant m_acceptFrom{};       // after the system had no more handles
    Bytes m_buffer;
};

/// Lets this program have as many handles as the system allows it. For a third party, whose clients each take one.
void raiseHandleLimit();

} // namespace culvert
