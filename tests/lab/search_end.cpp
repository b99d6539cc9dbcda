// A Teredo client that measures how long its NAT remembers (RFC 4380 §5.2.7), for the laboratory: core's TeredoClient
// and RefreshSearch over real sockets, by a clock that goes faster than ours.
//
//   search_end <IPv4 address> <port> <server> <times faster>
//
// Says "qualified", "interval <milliseconds of its clock>" whenever that becomes another one, and "over" when nothing
// is left to find; then it ends. Ends with its input, too.
#include "core/io/os_random.h"
#include "core/io/socket_pair.h"
#include "core/io/system_clock.h"
#include "core/teredo/refresh_search.h"
#include "core/teredo/teredo_client.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace culvert {
namespace {

class End {
public:
    End(SocketPair sockets, const Ipv4Address& server, int faster) : m_sockets(std::move(sockets)), m_faster(faster) {
        m_client.setAllowed(now(), true);
        m_client.setServers(now(), {{server.text(), {server}}});
    }

    void serve() {
        while (!m_search.isOver()) {
            drive();
            auto handles = m_sockets.handles();
            handles.push_back(STDIN_FILENO);
            waitForHandles(handles, untilNext());
            m_sockets.receive(64, [this](const Datagram& datagram) { take(datagram); });
            m_client.handleTimeout(now());
            m_search.handleTimeout(now());
            char octets[64];
            if (::read(STDIN_FILENO, octets, sizeof octets) == 0)
                return;
        }
        std::printf("over\n");
    }

private:
    Instant now() const { return m_start + (systemNow().monotonic - m_start) * m_faster; }

    Duration untilNext() const {
        Duration least = 1s;
        for (const auto& deadline : {m_client.pollTimeout(), m_search.pollTimeout()})
            if (deadline)
                least = std::min(least, std::max((deadline->at - now()) / m_faster, Duration{0}));
        return least;
    }

    void take(const Datagram& datagram) {
        if (RefreshSearch::isOwnSocket(datagram.socket))
            m_search.handleDatagram(now(), datagram);
        else
            m_client.handleDatagram(now(), datagram, false);
        drive();
    }

    // As the engine does it.
    void drive() {
        while (m_client.pollEvent()) {
        }
        const TeredoStatus status = m_client.status();
        std::optional<RefreshSearchTarget> target;
        if (status.state == TeredoState::Qualified && status.address && status.mapped && status.serverAddress)
            target = RefreshSearchTarget{*status.serverAddress, *status.address, status.mapped->v4()};
        if (target && !m_isQualified)
            std::printf("qualified\n");
        m_isQualified = target.has_value();
        m_search.setTarget(now(), target);
        m_client.setRefreshMax(now(), m_search.interval());
        while (const auto datagram = m_client.pollTransmit())
            m_sockets.send(*datagram);
        while (const auto datagram = m_search.pollTransmit())
            m_sockets.send(*datagram);
        while (const auto closed = m_search.pollClosedSocket())
            m_sockets.closeExtra(*closed);
        if (const Duration interval = m_search.interval(); interval != m_told) {
            m_told = interval;
            std::printf("interval %lld\n", static_cast<long long>(interval / 1ms));
        }
        std::fflush(stdout);
    }

    const Instant m_start = systemNow().monotonic;
    SocketPair m_sockets;
    const int m_faster;
    OsRandom m_random;
    TeredoClient m_client{m_random, false};
    RefreshSearch m_search{m_random};
    Duration m_told{};
    bool m_isQualified = false;
};

int run(int argc, char** argv) {
    const auto local = Ipv4Address::fromText(argc == 5 ? argv[1] : "");
    const auto server = Ipv4Address::fromText(argc == 5 ? argv[3] : "");
    const int faster = argc == 5 ? std::atoi(argv[4]) : 0;
    if (!local || !server || faster < 1) {
        std::fprintf(stderr, "usage: search_end <IPv4 address> <port> <server> <times faster>\n");
        return 2;
    }
    auto sockets = SocketPair::open(static_cast<std::uint16_t>(std::atoi(argv[2])), {SocketAddress(*local, 0)}, false);
    if (!sockets) {
        std::fprintf(stderr, "%s\n", sockets.error().detail.c_str());
        return 1;
    }
    ::fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    End(std::move(*sockets), *server, faster).serve();
    return 0;
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    return culvert::run(argc, argv);
}
