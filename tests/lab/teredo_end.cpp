// One end of a Teredo conversation for the laboratory: core's TeredoClient and Tunnel over one UDP socket.
//
//   teredo_end client <IPv4 address> <port> <server>     what has no IPv6, and a server's help (RFC 4380 §5.2)
//   teredo_end relay <IPv4 address> <port> <own IPv6>    what has IPv6, and is a relay for itself (RFC 4380 §5.4)
//   teredo_end echo <IPv4 address> <port> <own IPv6>     the same, and it answers clients' echo requests; takes
//   CAP_NET_RAW
//
// Says "qualified <kind> <address> <inner port>" and "received <address> <port> <direct|ordinary> <hex>"; takes lines
// "send <address> <port> <direct|ordinary> <hex>". Ends with its input.
#include "core/io/native_echo_socket.h"
#include "core/io/os_random.h"
#include "core/io/system_clock.h"
#include "core/io/udp_socket.h"
#include "core/messenger/report_names.h"
#include "core/teredo/teredo_client.h"
#include "core/teredo/tunnel.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <set>
#include <sstream>
#include <unistd.h>

namespace culvert {
namespace {

class End {
public:
    End(std::unique_ptr<UdpSocket> socket, Ipv4Address local) : m_socket(std::move(socket)) {
        m_own.localV4 = local;
        m_own.port = m_socket->port();
    }

    void beClient(const Ipv4Address& server) {
        m_client.setAllowed(now(), true);
        m_client.setServers(now(), {{server.text(), {server}}});
    }
    // What comes by IPv6 is heard, too: answers may take the ordinary route.
    void beRelay(const Ipv6Address& native, std::unique_ptr<UdpSocket> socket) {
        m_own.native = native;
        m_native = std::move(socket);
        m_tunnel.setAddresses(m_own);
    }

    void answerEchoes(std::unique_ptr<NativeEchoSocket> socket) { m_echo = std::move(socket); }

    // Until the input ends.
    void serve() {
        while (true) {
            drain();
            std::vector<std::intptr_t> handles{m_socket->handle(), STDIN_FILENO};
            if (m_native)
                handles.push_back(m_native->handle());
            if (m_echo)
                handles.push_back(m_echo->handle());
            waitForHandles(handles, untilNext());
            if (m_echo)
                m_echo->receive(64, [this](const wire::Ipv6Packet& request) { answer(request); });
            for (const auto& socket : {m_socket.get(), m_native.get()})
                if (socket != nullptr)
                    socket->receive(64, [this](const Datagram& datagram) { take(datagram); });
            m_client.handleTimeout(now());
            m_tunnel.handleTimeout(now());
            if (!readInput())
                return;
        }
    }

private:
    static Instant now() { return systemNow().monotonic; }

    Duration untilNext() const {
        Duration least = 1s;
        for (const auto& deadline : {m_client.pollTimeout(), m_tunnel.pollTimeout()})
            if (deadline)
                least = std::min(least, std::max(deadline->at - now(), Duration{0}));
        return least;
    }

    void take(const Datagram& datagram) {
        if (m_client.handleDatagram(now(), datagram, m_sentTo.contains(datagram.remote)))
            return;
        auto reason = DropReason{};
        const auto inner = m_tunnel.receive(now(), datagram, reason);
        if (!inner || inner->payload.empty())
            return;
        const SocketAddress& from = inner->remote.address;
        std::printf("received %s %u %s %s\n", from.v6().text().c_str(), unsigned{from.port()},
                    inner->remote.ordinary ? "ordinary" : "direct", toHex(inner->payload).c_str());
    }

    void answer(const wire::Ipv6Packet& request) {
        auto reason = DropReason{};
        m_tunnel.answerEcho(now(), request, reason);
    }

    void drain() {
        while (m_client.pollEvent())
            follow(m_client.status());
        while (const auto datagram = m_client.pollTransmit())
            m_socket->send(*datagram);
        while (const auto datagram = m_tunnel.pollTransmit())
            send(*datagram);
        std::fflush(stdout);
    }

    void follow(const TeredoStatus& status) {
        if (!status.address || m_own.teredo == status.address)
            return;
        m_own.teredo = status.address;
        m_own.kind = *status.kind;
        m_own.mapped = status.mapped;
        m_tunnel.setAddresses(m_own);
        std::printf("qualified %s %s %u\n", nameOf(m_own.kind), m_own.teredo->text().c_str(),
                    unsigned{m_own.mapped->port()});
    }

    void send(const Datagram& datagram) {
        m_sentTo.insert(datagram.remote);
        (datagram.remote.isV6() && m_native ? m_native : m_socket)->send(datagram);
    }

    // False when it has ended.
    bool readInput() {
        char octets[4096];
        const auto size = ::read(STDIN_FILENO, octets, sizeof octets);
        if (size <= 0)
            return size < 0 && (errno == EAGAIN || errno == EINTR);
        m_input.append(octets, static_cast<std::size_t>(size));
        for (std::size_t end; (end = m_input.find('\n')) != std::string::npos; m_input.erase(0, end + 1))
            obey(m_input.substr(0, end));
        return true;
    }

    void obey(const std::string& line) {
        std::istringstream words(line);
        std::string command, address, port, road, hex;
        words >> command >> address >> port >> road >> hex;
        const auto to = Ipv6Address::fromText(address);
        const auto payload = fromHex(hex);
        if (command != "send" || !to || !payload)
            return void(std::printf("what? %s\n", line.c_str()));
        InnerAddress remote(SocketAddress(*to, static_cast<std::uint16_t>(std::atoi(port.c_str()))));
        remote.ordinary = road == "ordinary";
        if (!m_tunnel.reaches(remote))
            std::printf("no-way %s\n", address.c_str());
        if (const auto datagram = m_tunnel.send(now(), remote, *payload))
            send(*datagram);
    }

    std::unique_ptr<UdpSocket> m_socket, m_native;
    std::unique_ptr<NativeEchoSocket> m_echo;
    OsRandom m_random;
    TeredoClient m_client{m_random, false};
    Tunnel m_tunnel{m_random, false};
    TunnelAddresses m_own;
    std::set<SocketAddress> m_sentTo;
    std::string m_input;
};

int run(int argc, char** argv) {
    const auto local = Ipv4Address::fromText(argc == 5 ? argv[2] : "");
    const bool answersEchoes = argc == 5 && std::string_view(argv[1]) == "echo";
    const bool isRelay = answersEchoes || (argc == 5 && std::string_view(argv[1]) == "relay");
    const auto native = Ipv6Address::fromText(isRelay ? argv[4] : "");
    const auto server = Ipv4Address::fromText(argc == 5 && !isRelay ? argv[4] : "");
    if (!local || (!native && !server)) {
        std::fprintf(stderr, "usage: teredo_end client <IPv4 address> <port> <server>\n"
                             "       teredo_end relay|echo <IPv4 address> <port> <own IPv6 address>\n");
        return 2;
    }
    const auto port = static_cast<std::uint16_t>(std::atoi(argv[3]));
    auto socket = UdpSocket::bind(SocketAddress(*local, port));
    auto socket6 = UdpSocket::bind(native ? SocketAddress(*native, port) : SocketAddress(*local, 0));
    if (!socket || !socket6) {
        std::fprintf(stderr, "%s\n", (!socket ? socket : socket6).error().detail.c_str());
        return 1;
    }
    auto echo = answersEchoes ? NativeEchoSocket::open() : std::unique_ptr<NativeEchoSocket>();
    if (!echo) {
        std::fprintf(stderr, "%s\n", echo.error().detail.c_str());
        return 1;
    }
    ::fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    End end(std::move(*socket), *local);
    end.answerEchoes(std::move(*echo));
    if (native)
        end.beRelay(*native, std::move(*socket6));
    else
        end.beClient(*server);
    end.serve();
    return 0;
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    return culvert::run(argc, argv);
}
