// delay_bridge IF_A IF_B --delay-ms 50 [--loss 0.01] [--other-loss 0.2] [--seed N]
//
// Copies Ethernet frames between two interfaces of one network namespace, each after a fixed one-way delay, as a long
// cable would. Frames may get lost, by a seed; SIGUSR1 cuts the cable, and the next one mends it; SIGUSR2 goes over to
// the other loss, and the next one back. It says "ready" when it copies, and "cut", "restored", "other loss" and "usual
// loss" when it did so. The interfaces must not carry half-made frames (checksums or segments left to hardware):
// whoever makes them switches those offloads off.

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kFrameBytesMax = 65536;
constexpr std::size_t kQueuedBytesMax = 16u << 20; // per direction; what comes beyond it is dropped, as a router would
constexpr int kSocketBufferBytes = 8 << 20;
constexpr int kFramesPerTurn = 64; // so that neither direction starves the other

struct Options {
    std::string interfaceA;
    std::string interfaceB;
    std::chrono::nanoseconds delay{0};
    double loss = 0;
    double otherLoss = 0;
    std::uint64_t seed = 1;
};

struct Frame {
    Clock::time_point due;
    std::vector<std::uint8_t> bytes;
};

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "delay_bridge: %s\n", what.c_str());
    std::exit(1);
}

// Frames on their way to one interface. All wait equally long, so the queue is always in order of time.
class Direction {
public:
    Direction(int from, int to) : m_from(from), m_to(to) {}

    template<class Keep> void receive(std::chrono::nanoseconds delay, Keep keep) {
        for (int i = 0; i < kFramesPerTurn; ++i) {
            const auto size = ::recv(m_from, m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
            if (size <= 0)
                return;
            const auto bytes = static_cast<std::size_t>(size);
            if (!keep() || m_queuedBytes + bytes > kQueuedBytesMax)
                continue;
            const auto end = m_buffer.begin() + static_cast<std::ptrdiff_t>(bytes);
            m_queue.push_back({Clock::now() + delay, {m_buffer.begin(), end}});
            m_queuedBytes += bytes;
        }
    }

    void sendWhatIsDue(Clock::time_point now) {
        while (!m_queue.empty() && m_queue.front().due <= now) {
            const auto& bytes = m_queue.front().bytes;
            // A frame that the interface does not take (its buffer is full, it is down) is lost: it is only a cable.
            static_cast<void>(::send(m_to, bytes.data(), bytes.size(), MSG_DONTWAIT));
            m_queuedBytes -= bytes.size();
            m_queue.pop_front();
        }
    }

    std::optional<Clock::time_point> nextDue() const {
        return m_queue.empty() ? std::nullopt : std::optional(m_queue.front().due);
    }

private:
    int m_from;
    int m_to;
    std::vector<std::uint8_t> m_buffer = std::vector<std::uint8_t>(kFrameBytesMax);
    std::deque<Frame> m_queue;
    std::size_t m_queuedBytes = 0;
};

int openInterface(const std::string& name) {
    const int fd = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_ALL));
    if (fd < 0)
        fail(std::string("socket: ") + std::strerror(errno));
    const int one = 1;
    if (::setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) != 0)
        fail("this kernel cannot ignore outgoing frames");
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &kSocketBufferBytes, sizeof kSocketBufferBytes);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &kSocketBufferBytes, sizeof kSocketBufferBytes);
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_protocol = htons(ETH_P_ALL);
    address.sll_ifindex = static_cast<int>(::if_nametoindex(name.c_str()));
    if (address.sll_ifindex == 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        fail(name + ": " + std::strerror(errno));
    return fd;
}

int openSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGUSR1);
    sigaddset(&signals, SIGUSR2);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    const int fd = ::signalfd(-1, &signals, SFD_CLOEXEC);
    if (fd < 0)
        fail("signalfd");
    return fd;
}

double numberAfter(int& i, int argc, char** argv) {
    char* end = nullptr;
    const double value = i + 1 < argc ? std::strtod(argv[i + 1], &end) : -1;
    if (end == nullptr || *end != '\0' || value < 0)
        fail(std::string(argv[i]) + " wants a number that is not negative");
    ++i;
    return value;
}

Options parse(int argc, char** argv) {
    Options options;
    std::vector<std::string> names;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        if (word == "--delay-ms")
            options.delay = std::chrono::nanoseconds(static_cast<std::int64_t>(numberAfter(i, argc, argv) * 1e6));
        else if (word == "--loss")
            options.loss = std::min(1.0, numberAfter(i, argc, argv));
        else if (word == "--other-loss")
            options.otherLoss = std::min(1.0, numberAfter(i, argc, argv));
        else if (word == "--seed")
            options.seed = static_cast<std::uint64_t>(numberAfter(i, argc, argv));
        else
            names.push_back(word);
    }
    if (names.size() != 2)
        fail("usage: delay_bridge IF_A IF_B --delay-ms MS [--loss SHARE] [--other-loss SHARE] [--seed N]");
    options.interfaceA = names[0];
    options.interfaceB = names[1];
    return options;
}

timespec untilDue(const Direction& forth, const Direction& back, Clock::time_point now) {
    auto wait = std::chrono::nanoseconds(std::chrono::hours(1));
    for (const Direction* direction : {&forth, &back})
        if (const auto due = direction->nextDue())
            wait = std::min(wait, std::chrono::nanoseconds(*due - now));
    wait = std::max(wait, std::chrono::nanoseconds(0));
    return {static_cast<time_t>(wait.count() / 1'000'000'000), static_cast<long>(wait.count() % 1'000'000'000)};
}

void say(const char* word) {
    std::puts(word);
    std::fflush(stdout);
}

[[noreturn]] void copyForEver(const Options& options) {
    const int a = openInterface(options.interfaceA);
    const int b = openInterface(options.interfaceB);
    const int signals = openSignals();
    Direction forth(a, b);
    Direction back(b, a);
    bool isCut = false;
    bool hasOtherLoss = false;
    std::mt19937_64 random(options.seed);
    const auto keep = [&] {
        const double loss = hasOtherLoss ? options.otherLoss : options.loss;
        return !isCut && static_cast<double>(random() >> 11) * 0x1p-53 >= loss;
    };
    say("ready");
    while (true) {
        std::array<pollfd, 3> waits{pollfd{a, POLLIN, 0}, pollfd{b, POLLIN, 0}, pollfd{signals, POLLIN, 0}};
        const timespec timeout = untilDue(forth, back, Clock::now());
        ::ppoll(waits.data(), waits.size(), &timeout, nullptr);
        signalfd_siginfo info{};
        if ((waits[2].revents & POLLIN) != 0 && ::read(signals, &info, sizeof info) == sizeof info) {
            if (info.ssi_signo == SIGUSR1) {
                isCut = !isCut;
                say(isCut ? "cut" : "restored");
            } else {
                hasOtherLoss = !hasOtherLoss;
                say(hasOtherLoss ? "other loss" : "usual loss");
            }
        }
        forth.receive(options.delay, keep);
        back.receive(options.delay, keep);
        forth.sendWhatIsDue(Clock::now());
        back.sendWhatIsDue(Clock::now());
    }
}

} // namespace

int main(int argc, char** argv) {
    copyForEver(parse(argc, argv));
}
