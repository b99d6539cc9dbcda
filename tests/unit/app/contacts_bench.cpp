// What a crowd of contacts costs who has them: one real `culvertd run` (sockets, store, JSON-RPC), on loopback.
//
//   contacts   so many (the first argument, 500), each an engine with a socket of its own, all of them in this process.
//              Half of them culvertd asks (contact.add), half of them ask, and culvertd accepts (contact.accept); each
//              says a word, so that no session is an empty one
//   memory     culvertd's PSS alone, with a hundred contacts online and with all of them
//   idle       then nobody does anything for some seconds (the second argument, 60): culvertd's processor time, its
//              wake-ups (voluntary context switches of all its threads), its datagrams
//
// It prints each figure beside what it must stay under, and the ratio of the two; it passes no judgement.
// Linux alone: it forks, and reads /proc. Usage: contacts_bench CULVERTD [CONTACTS [SECONDS]]
#include "core/engine/engine.h"
#include "core/io/os_random.h"
#include "core/io/system_clock.h"
#include "core/io/udp_socket.h"
#include "tests/sim/memory_archive.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <dirent.h>
#include <fstream>
#include <functional>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace culvert {
namespace {

constexpr double kIdlePercentLimit = 1;
constexpr double kKilobytesLimit = 200; // for each contact
constexpr std::size_t kFirstCrowd = 100;
// Strangers are few at a time (Engine::kStrangersMax), and so are requests without an answer.
constexpr std::size_t kAskingMax = 16;
constexpr auto kPatience = 300s;
// Probes for larger datagrams, what a meeting left on the disk: all that is over before we look at the silence.
constexpr auto kSettling = 15s;
constexpr std::uint16_t kPort = 47390;
const Ipv4Address kLoopback = Ipv4Address::of(127, 0, 0, 1);

// The program under test, at the other ends of its standard input and output.
class Daemon {
public:
    Daemon(const std::string& program, const std::string& folder) {
        int toIt[2], fromIt[2];
        if (pipe(toIt) != 0 || pipe(fromIt) != 0)
            std::abort();
        m_pid = fork();
        if (m_pid == 0) {
            dup2(toIt[0], STDIN_FILENO);
            dup2(fromIt[1], STDOUT_FILENO);
            for (const int end : {toIt[0], toIt[1], fromIt[0], fromIt[1]})
                close(end);
            execl(program.c_str(), program.c_str(), "run", "--data", folder.c_str(), "--bind", "127.0.0.1", "--port",
                  std::to_string(kPort).c_str(), nullptr);
            _exit(127);
        }
        close(toIt[0]);
        close(fromIt[1]);
        m_in = toIt[1];
        m_out = fromIt[0];
    }
    ~Daemon() {
        close(m_in); // It says goodbye and ends.
        close(m_out);
        waitpid(m_pid, nullptr, 0);
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    int handle() const { return m_out; }
    void ask(const QString& method, const QJsonObject& params) {
        const QJsonObject request{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                                  {QStringLiteral("id"), ++m_lastId},
                                  {QStringLiteral("method"), method},
                                  {QStringLiteral("params"), params}};
        const QByteArray line = QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n';
        if (::write(m_in, line.data(), static_cast<std::size_t>(line.size())) != line.size())
            std::fprintf(stderr, "culvertd takes no more.\n");
    }
    // Reads what is there; false at the end.
    bool read(const std::function<void(const QJsonObject&)>& take) {
        char buffer[65536];
        const ssize_t size = ::read(m_out, buffer, sizeof(buffer));
        if (size <= 0)
            return false;
        m_unread.append(buffer, size);
        for (qsizetype end = 0; (end = m_unread.indexOf('\n')) >= 0; m_unread.remove(0, end + 1))
            take(QJsonDocument::fromJson(m_unread.first(end)).object());
        return true;
    }

    double kilobytes() const { return number("smaps_rollup", "Pss:") * 1024 / 1e3; }
    double processorSeconds() const {
        std::ifstream stat(path("stat"));
        const std::string text((std::istreambuf_iterator<char>(stat)), {});
        // Fields 14 and 15 (proc(5)); the name before them may hold spaces, and ends with the last bracket.
        unsigned long long user = 0, system = 0;
        std::sscanf(text.c_str() + text.rfind(')') + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu", &user,
                    &system);
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    }
    double wakeups() const {
        double sum = 0;
        DIR* threads = opendir(path("task").c_str());
        while (const dirent* entry = threads != nullptr ? readdir(threads) : nullptr)
            if (entry->d_name[0] != '.')
                sum += number("task/" + std::string(entry->d_name) + "/status", "voluntary_ctxt_switches:");
        closedir(threads);
        return sum;
    }

private:
    std::string path(const std::string& name) const { return "/proc/" + std::to_string(m_pid) + "/" + name; }
    double number(const std::string& file, const std::string& label) const {
        std::ifstream in(path(file));
        for (std::string word; in >> word;)
            if (double value = 0; word == label && in >> value)
                return value;
        return 0;
    }

    pid_t m_pid = 0;
    int m_in = -1, m_out = -1, m_lastId = 0;
    QByteArray m_unread;
};

// One of the crowd.
class Peer {
public:
    explicit Peer(std::size_t number) {
        const ProfileRecord profile = Engine::newProfile("Peer " + std::to_string(number), m_random);
        m_archive.setProfile(encode(profile));
        m_socket = std::move(*UdpSocket::bind({kLoopback, 0}, SocketOffload::None));
        EngineConfig config;
        config.instance = m_random.below(UINT64_MAX - 1) + 1;
        config.allowTcp = false;
        const Now now = systemNow();
        m_engine = std::make_unique<Engine>(now, config, profile, m_archive.snapshot(), m_random);
        LocalNetwork network;
        network.v4 = {kLoopback};
        network.port = m_socket->port();
        m_engine->handleNetwork(now, network);
        drain(now);
    }

    int handle() const { return static_cast<int>(m_socket->handle()); }
    std::string address() const { return m_engine->ownAddress(); }
    Instant deadline() const { return m_deadline; }
    std::size_t datagrams() const { return m_datagrams; }
    bool isOnline() const { return m_isOnline; }
    bool isHeard() const { return m_isHeard; }

    void ask(const std::string& address) {
        const Now now = systemNow();
        if (!m_engine->addContact(now, {address, {}, "hello"}))
            std::fprintf(stderr, "A peer cannot use the address.\n");
        drain(now);
    }
    void receive() {
        const Now now = systemNow();
        m_datagrams += m_socket->receive(256, [&](const Datagram& datagram) {
            m_engine->handleDatagram(now, datagram);
            drain(now);
        });
    }
    void handleTimeout(const Now& now) {
        m_engine->handleTimeout(now);
        drain(now);
    }

private:
    void drain(const Now& now) {
        while (const auto datagram = m_engine->pollTransmit()) {
            m_socket->send(*datagram);
            ++m_datagrams;
        }
        while (m_engine->pollTcp()) {
        }
        while (const auto batch = m_engine->pollBatch()) {
            m_archive.apply(*batch);
            m_engine->handleCommitted(now, batch->ticket);
            return drain(now);
        }
        while (const auto event = m_engine->pollEvent())
            handle(now, *event);
        const auto next = m_engine->pollTimeout();
        m_deadline = next ? next->at : Instant::max();
    }
    void handle(const Now& now, const MessengerEvent& event) {
        if (const auto* request = std::get_if<ContactRequestEvent>(&event)) {
            if (m_engine->acceptContact(now, request->contact.id))
                drain(now);
        } else if (const auto* changed = std::get_if<ContactChangedEvent>(&event)) {
            m_isOnline = changed->contact.presence.online && changed->contact.state == ContactState::Accepted;
            if (m_isOnline && !std::exchange(m_hasSpoken, true) &&
                m_engine->sendMessage(now, changed->contact.id, "A word from one of many"))
                drain(now);
        } else if (const auto* state = std::get_if<MessageStateEvent>(&event)) {
            m_isHeard = m_isHeard || state->state == MessageState::Delivered;
        }
    }

    OsRandom m_random;
    sim::MemoryArchive m_archive;
    std::unique_ptr<UdpSocket> m_socket;
    std::unique_ptr<Engine> m_engine;
    Instant m_deadline{};
    std::size_t m_datagrams = 0;
    bool m_isOnline = false, m_isHeard = false, m_hasSpoken = false;
};

struct Silence {
    double percent = 0, wakeups = 0, datagrams = 0;
};

// culvertd and everybody whom it knows.
class Crowd {
public:
    Crowd(const std::string& program, const std::string& folder) : m_daemon(program, folder) {
        m_polled.push_back({m_daemon.handle(), POLLIN, 0});
        m_daemon.ask(QStringLiteral("profile.create"), {{QStringLiteral("name"), QStringLiteral("The one")}});
        runUntil([this] { return !m_address.empty(); }, kPatience);
    }

    double kilobytes() const { return m_daemon.kilobytes(); }
    // False when not everybody is there in time.
    bool growTo(std::size_t size) {
        return runUntil(
            [&] {
                while (m_peers.size() < size && m_peers.size() < connected() + kAskingMax)
                    addPeer();
                return m_peers.size() == size && connected() == size;
            },
            kPatience);
    }
    void settle() {
        runUntil([] { return false; }, kSettling);
    }
    Silence listen(Duration time) {
        const double processor = m_daemon.processorSeconds(), wakeups = m_daemon.wakeups();
        const std::size_t before = datagrams();
        runUntil([] { return false; }, time);
        const double seconds = std::chrono::duration<double>(time).count();
        return {(m_daemon.processorSeconds() - processor) / seconds * 100, (m_daemon.wakeups() - wakeups) / seconds,
                static_cast<double>(datagrams() - before) / seconds};
    }
    std::size_t connected() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(m_peers, [](const auto& peer) { return peer->isOnline() && peer->isHeard(); }));
    }

private:
    std::size_t datagrams() const {
        std::size_t sum = 0;
        for (const auto& peer : m_peers)
            sum += peer->datagrams();
        return sum;
    }
    void addPeer() {
        m_peers.push_back(std::make_unique<Peer>(m_peers.size()));
        Peer& peer = *m_peers.back();
        m_polled.push_back({peer.handle(), POLLIN, 0});
        if (m_peers.size() % 2 == 0)
            peer.ask(m_address);
        else
            m_daemon.ask(QStringLiteral("contact.add"),
                         {{QStringLiteral("address"), QString::fromStdString(peer.address())}});
    }
    void handle(const QJsonObject& message) {
        const QJsonObject params = message[u"params"].toObject();
        if (message[u"method"] == QStringLiteral("ready"))
            m_address = params[u"address"].toString().toStdString();
        else if (message[u"method"] == QStringLiteral("contact.request"))
            m_daemon.ask(QStringLiteral("contact.accept"), {{QStringLiteral("contact"), params[u"contact"]}});
        else if (message.contains(u"error"))
            std::fprintf(stderr, "culvertd: %s\n", qPrintable(message[u"error"][u"message"].toString()));
    }
    // Whether it became true before `patience` was over. Only what comes in or falls due is looked at.
    bool runUntil(const std::function<bool()>& isDone, Duration patience) {
        const Instant end = systemNow().monotonic + patience;
        while (!isDone()) {
            const Instant now = systemNow().monotonic;
            if (now >= end)
                return false;
            Instant next = end;
            for (const auto& peer : m_peers)
                next = std::min(next, peer->deadline());
            const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::max(next - now, Duration::zero()));
            poll(m_polled.data(), m_polled.size(), static_cast<int>(wait.count()));
            turn();
        }
        return true;
    }
    void turn() {
        if (m_polled[0].revents != 0 && !m_daemon.read([this](const QJsonObject& message) { handle(message); })) {
            std::fprintf(stderr, "culvertd has ended.\n");
            std::exit(1);
        }
        for (std::size_t i = 0; i < m_peers.size(); ++i) {
            if (m_polled[i + 1].revents != 0)
                m_peers[i]->receive();
            if (const Now now = systemNow(); m_peers[i]->deadline() <= now.monotonic)
                m_peers[i]->handleTimeout(now);
        }
    }

    Daemon m_daemon;
    std::string m_address;
    std::vector<std::unique_ptr<Peer>> m_peers;
    std::vector<pollfd> m_polled;
};

int run(const std::string& program, std::size_t contacts, Duration time) {
    std::signal(SIGPIPE, SIG_IGN);
    const QTemporaryDir folder;
    Crowd crowd(program, folder.filePath(QStringLiteral("profile")).toStdString());
    double before = 0;
    for (const std::size_t size : {std::size_t{0}, std::min(kFirstCrowd, contacts), contacts}) {
        const Instant start = systemNow().monotonic;
        if (!crowd.growTo(size))
            return std::fprintf(stderr, "Only %zu of %zu are connected.\n", crowd.connected(), size), 1;
        const double taken = std::chrono::duration<double>(systemNow().monotonic - start).count();
        crowd.settle();
        const double now = crowd.kilobytes();
        before = size == 0 ? now : before;
        std::printf("memory: %5zu contacts online (after %.1f s)  %6.0f KB (PSS)", size, taken, now);
        if (const double each = size == 0 ? 0 : (now - before) / static_cast<double>(size); size > 0)
            std::printf(", %.1f KB each: limit %.0f KB, ratio %.2f", each, kKilobytesLimit, each / kKilobytesLimit);
        std::printf("\n");
        std::fflush(stdout);
    }
    const Silence silence = crowd.listen(time);
    std::printf("idle:   %5zu contacts for %.0f s  %.2f %% of a processor: limit %.0f %%, ratio %.2f\n",
                crowd.connected(), std::chrono::duration<double>(time).count(), silence.percent, kIdlePercentLimit,
                silence.percent / kIdlePercentLimit);
    std::printf("        %.0f wake-ups and %.0f datagrams a second, %.0f us of the processor for each wake-up\n",
                silence.wakeups, silence.datagrams, silence.percent * 1e4 / silence.wakeups);
    return 0;
}

} // namespace
} // namespace culvert

int main(int count, char** arguments) {
    if (count < 2)
        return std::fprintf(stderr, "usage: contacts_bench CULVERTD [CONTACTS [SECONDS]]\n"), 2;
    return culvert::run(arguments[1], count > 2 ? std::stoul(arguments[2]) : 500,
                        std::chrono::seconds(count > 3 ? std::stoi(arguments[3]) : 60));
}
