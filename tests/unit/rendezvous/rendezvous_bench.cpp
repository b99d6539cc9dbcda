// What one rendezvous process holds and passes on, on loopback, beside a plain UDP echo by the same socket code.
//
//   registrations   so many identities (the first argument, 100000), each with a key agreement of its own, from as many
//                   addresses of 127.0.0.0/8 as the limits for one source ask for; then the process's memory (PSS)
//   handoffs        512 sealed octets from one to another for some seconds (the second argument, 5), no pair twice
//   echo            datagrams of the same size, sent back by a process that does nothing else
//
// It prints rates and their ratio, by the clock and by the processor time that the serving process took; it passes no
// judgement. Linux alone: it forks, and reads /proc.
#include "core/io/rendezvous_host.h"
#include "core/io/system_clock.h"
#include "core/wire/contact_address.h"
#include "core/wire/mapped_address.h"
#include "tests/support/seeded_random.h"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unordered_map>

namespace culvert {
namespace {

constexpr std::uint16_t kPort = 47380;
const SocketAddress kServer(Ipv4Address::of(127, 0, 0, 1), kPort);
constexpr std::size_t kInFlightMax = 256;
constexpr auto kPatience = 200ms;
constexpr int kRoundsMax = 100;

double secondsSince(Instant start) {
    return std::chrono::duration<double>(systemNow().monotonic - start).count();
}

// A process of its own, so that its memory and its processor time can be told from ours.
class Server {
public:
    explicit Server(const std::function<void()>& serve) : m_pid(fork()) {
        if (m_pid == 0) {
            serve();
            _exit(0);
        }
    }
    ~Server() {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    double megabytes() const { return number("smaps_rollup", "Pss:") * 1024 / 1e6; }
    double processorSeconds() const {
        std::ifstream stat(path("stat"));
        std::string text((std::istreambuf_iterator<char>(stat)), {});
        // Fields 14 and 15 (proc(5)); the name before them may hold spaces, and ends with the last bracket.
        unsigned long long user = 0, system = 0;
        std::sscanf(text.c_str() + text.rfind(')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user,
                    &system);
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }

private:
    std::string path(const char* name) const { return "/proc/" + std::to_string(m_pid) + "/" + name; }
    double number(const char* file, const std::string& label) const {
        std::ifstream in(path(file));
        for (std::string word; in >> word;)
            if (double value = 0; word == label && in >> value)
                return value;
        return 0;
    }

    pid_t m_pid;
};

void serveHandoffs(const Secret<32>& seed) {
    RendezvousHostConfig config;
    config.port = kPort;
    config.bind = {kServer};
    config.allowReserved = true;
    config.seed = seed;
    const auto host = RendezvousHost::create(config);
    const std::atomic<bool> stop = false;
    if (host)
        (*host)->serve(stop);
}

void serveEcho() {
    const auto socket = UdpSocket::bind(kServer);
    while (socket) {
        waitForSockets({socket->get()}, 500ms);
        (*socket)->receive(1024, [&](const Datagram& datagram) {
            (*socket)->send({{}, datagram.remote, datagram.payload});
        });
    }
}

struct Client {
    Identity identity;
    PairKeys keys;
    std::size_t place = 0; // index of its socket
    bool isRegistered = false;
};

struct Rate {
    double perSecond = 0;
    double microseconds = 0; // of the server's processor, for each
};

// Everybody who registers and calls.
class Crowd {
public:
    Crowd(std::size_t size, const PublicKey& server) : m_server(server) {
        constexpr std::size_t kOfOneSource = RendezvousServer::kRegistrationsPerSourceMax;
        const std::size_t places = (size + kOfOneSource - 1) / kOfOneSource;
        for (std::size_t i = 0; i < size; ++i) {
            Identity identity = Identity::generate(m_random);
            const auto keys = *PairKeys::derive(identity, server);
            m_byKeyId[keys.receivingId()] = i;
            m_clients.push_back({std::move(identity), keys, i % places});
        }
        for (std::size_t i = 0; i < places; ++i) {
            const auto host = static_cast<std::uint8_t>(i % 250 + 1), net = static_cast<std::uint8_t>(i / 250 + 1);
            m_sockets.push_back(std::move(*UdpSocket::bind({Ipv4Address::of(127, net, 0, host), 0})));
            m_polled.push_back({static_cast<int>(m_sockets.back()->handle()), POLLIN, 0});
        }
        m_cookies.resize(places);
    }

    // Rounds until nobody is left: what the server drops because it has enough for now is asked again.
    bool registerAll() {
        for (std::size_t place = 0; place < m_sockets.size(); ++place)
            while (!m_cookies[place]) {
                send(place, ControlSealer(m_clients[0].identity, m_random).sealCookieRequest(m_server, place + 1));
                take();
            }
        for (int round = 0; round < kRoundsMax && m_registered < m_clients.size(); ++round) {
            for (Client& client : m_clients) {
                if (client.isRegistered)
                    continue;
                const ControlSealer sealer(client.identity, m_random);
                const std::size_t before = m_registered;
                send(client.place, sealer.sealIntroduction(m_server, {}, *m_cookies[client.place],
                                                           wire::Register{++m_transaction, 60}));
                if (++m_inFlight >= kInFlightMax)
                    take();
                m_inFlight -= std::min(m_inFlight, m_registered - before);
            }
            while (take() > 0) {
            }
            m_inFlight = 0;
        }
        return m_registered == m_clients.size();
    }

    // One handoff after the other, each from the next client to another one further along.
    Rate handoffs(double seconds, const Server& server) {
        const Bytes sealed(wire::kHandoffSealedMax, 7);
        std::size_t next = 0, stride = 1;
        return measure(seconds, server, [&] {
            const Client& from = m_clients[next];
            const Client& to = m_clients[(next + stride) % m_clients.size()];
            const wire::HandoffRequest request{++m_transaction, to.identity.publicKey(), sealed};
            send(from.place, ControlSealer(from.identity, m_random).sealPair(from.keys, request));
            next = (next + 1) % m_clients.size();
            stride += next == 0 ? 1 : 0;
        });
    }

    Rate echo(double seconds, const Server& server) {
        const Bytes plain(m_lastSize, 7);
        return measure(seconds, server, [&] { m_sockets[0]->send({{}, kServer, plain}); });
    }

private:
    template<class Send> Rate measure(double seconds, const Server& server, const Send& send) {
        m_results = 0;
        const double before = server.processorSeconds();
        const Instant start = systemNow().monotonic;
        std::size_t asked = 0;
        while (secondsSince(start) < seconds) {
            for (; asked < m_results + kInFlightMax; ++asked)
                send();
            if (take() == 0)
                asked = m_results; // Lost: those places in the window are free again.
        }
        const double taken = secondsSince(start);
        const double perSecond = static_cast<double>(m_results) / taken;
        return {perSecond, (server.processorSeconds() - before) * 1e6 / static_cast<double>(m_results)};
    }

    void send(std::size_t place, BytesView payload) {
        const Instant now = systemNow().monotonic;
        if (auto datagram = m_tunnel.send(now, InnerAddress(wire::toMapped(kServer)), payload)) {
            m_lastSize = datagram->payload.size();
            m_sockets[place]->send(*datagram);
        }
    }

    // Waits for something and takes what is there; how much that was.
    std::size_t take() {
        std::size_t taken = 0;
        if (poll(m_polled.data(), m_polled.size(), std::chrono::milliseconds(kPatience).count()) <= 0)
            return 0;
        for (std::size_t place = 0; place < m_sockets.size(); ++place)
            if (m_polled[place].revents != 0)
                taken += m_sockets[place]->receive(256, [&](const Datagram& datagram) { handle(place, datagram); });
        return taken;
    }

    void handle(std::size_t place, const Datagram& datagram) {
        DropReason reason{};
        const auto inner = m_tunnel.receive(systemNow().monotonic, datagram, reason);
        const auto envelope = inner ? wire::decodeEnvelope(inner->payload) : fail(ErrorCode::Malformed, "no envelope");
        if (!envelope) {
            ++m_results; // an echo
            return;
        }
        if (const auto* cookie = std::get_if<wire::CookieReply>(&*envelope))
            m_cookies[place] = cookie->cookie;
        const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope);
        if (pair == nullptr)
            return;
        Client& client = m_clients[m_byKeyId.at(pair->keyId)];
        if (!client.isRegistered) {
            client.isRegistered = true;
            ++m_registered;
        } else if (datagram.payload.size() > wire::kHandoffSealedMax) {
            ++m_results; // a delivery; results are shorter
        }
    }

    struct KeyIdHash {
        std::size_t operator()(const KeyIdOctets& id) const {
            std::size_t out = 0;
            for (const std::uint8_t octet : id)
                out = out << 8 | octet;
            return out;
        }
    };

    PublicKey m_server;
    OsRandom m_random;
    Tunnel m_tunnel{m_random, true};
    std::vector<Client> m_clients;
    std::unordered_map<KeyIdOctets, std::size_t, KeyIdHash> m_byKeyId;
    std::vector<std::unique_ptr<UdpSocket>> m_sockets;
    std::vector<pollfd> m_polled;
    std::vector<std::optional<wire::Cookie>> m_cookies;
    std::size_t m_registered = 0, m_inFlight = 0, m_results = 0, m_lastSize = 0;
    std::uint64_t m_transaction = 0;
};

int run(std::size_t clients, double seconds) {
    test::SeededRandom random(1);
    const Identity identity = Identity::generate(random);
    Rate handoffs;
    std::optional<Crowd> crowd;
    {
        const Server server([&] { serveHandoffs(identity.seed()); }); // before the crowd, which it need not inherit
        crowd.emplace(clients, identity.publicKey());
        const Instant start = systemNow().monotonic;
        if (!crowd->registerAll())
            return std::fprintf(stderr, "Not everybody could register.\n"), 1;
        std::printf("%zu registered in %.1f s, %.1f s of the processor; the process takes %.0f MB (PSS)\n", clients,
                    secondsSince(start), server.processorSeconds(), server.megabytes());
        handoffs = crowd->handoffs(seconds, server);
        std::printf("handoffs: %.0f a second, %.1f us of the processor for each; then %.0f MB\n", handoffs.perSecond,
                    handoffs.microseconds, server.megabytes());
    }
    const Server server([] { serveEcho(); });
    const Rate echo = crowd->echo(seconds, server);
    std::printf("echo:     %.0f a second, %.1f us of the processor for each\n", echo.perSecond, echo.microseconds);
    std::printf("ratio:    a handoff (one in, two out) costs %.2f times an echo (one in, one out); %.2f of its rate\n",
                handoffs.microseconds / echo.microseconds, handoffs.perSecond / echo.perSecond);
    return 0;
}

} // namespace
} // namespace culvert

int main(int count, char** arguments) {
    const std::size_t clients = count > 1 ? std::stoul(arguments[1]) : 100'000;
    return culvert::run(clients, count > 2 ? std::stod(arguments[2]) : 5);
}
