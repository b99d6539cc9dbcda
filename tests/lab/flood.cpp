// flood --to ADDRESS PORT [--to ADDRESS PORT]... --rate PACKETS_PER_SECOND --seconds N [--seed N]
//
// Sends garbage by UDP to each target in turn, at a steady rate in all: 0 to 1400 octets, by a seed. Part is random
// from the first octet on, part begins as a real packet would (encapsulated IPv6, indications of RFC 4380, QUIC
// headers, control messages), so that parsers of every layer get their share. Prints how many packets it sent.

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kPacketBytesMax = 1400;
constexpr int kSourcesPerTarget = 8; // a few source ports, so that it is not one flow only

struct Options {
    std::vector<std::pair<std::string, std::string>> targets;
    double rate = 1000;
    double seconds = 1;
    std::uint64_t seed = 1;
};

[[noreturn]] void fail(const std::string& what) {
    std::fprintf(stderr, "flood: %s\n", what.c_str());
    std::exit(1);
}

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto next = [&] { return ++i < argc ? argv[i] : (fail(word + " wants a value"), nullptr); };
        if (word == "--to") {
            const std::string address = next();
            options.targets.emplace_back(address, next());
        } else if (word == "--rate") {
            options.rate = std::atof(next());
        } else if (word == "--seconds") {
            options.seconds = std::atof(next());
        } else if (word == "--seed") {
            options.seed = std::strtoull(next(), nullptr, 10);
        } else {
            fail("unknown word " + word);
        }
    }
    if (options.targets.empty() || options.rate <= 0)
        fail("usage: flood --to ADDRESS PORT ... --rate N --seconds N [--seed N]");
    return options;
}

int connectTo(const std::string& address, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    if (::getaddrinfo(address.c_str(), port.c_str(), &hints, &found) != 0)
        fail("no such address: " + address);
    const int fd = ::socket(found->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || ::connect(fd, found->ai_addr, found->ai_addrlen) != 0)
        fail("cannot send to " + address + ": " + std::strerror(errno));
    ::freeaddrinfo(found);
    return fd;
}

void put16(std::vector<std::uint8_t>& bytes, std::size_t at, std::size_t value) {
    bytes[at] = static_cast<std::uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}

// An IPv6 header whose lengths are right, with UDP in it half of the time, at `at`; the rest stays random.
void shapeAsIpv6(std::vector<std::uint8_t>& bytes, std::size_t at, std::uint64_t choice) {
    if (bytes.size() < at + 48)
        return;
    bytes[at] = 0x60;
    put16(bytes, at + 4, bytes.size() - at - 40);
    constexpr std::array<std::uint8_t, 6> kNext{17, 17, 17, 58, 59, 44};
    bytes[at + 6] = kNext[choice % kNext.size()];
    if ((choice & 64) != 0) { // a Teredo source
        const std::array<std::uint8_t, 4> prefix{0x20, 0x01, 0, 0};
        std::copy(prefix.begin(), prefix.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at) + 8);
    }
    if (bytes[at + 6] == 17)
        put16(bytes, at + 44, bytes.size() - at - 40);
}

void shape(std::vector<std::uint8_t>& bytes, std::uint64_t count, std::uint64_t choice) {
    if (bytes.empty())
        return;
    switch (count % 8) {
    case 0: // every first octet in turn
        bytes[0] = static_cast<std::uint8_t>(count / 8);
        break;
    case 1: // control messages
        bytes[0] = static_cast<std::uint8_t>(count / 8 % 9);
        break;
    case 2: // a long QUIC header of version 1
        bytes[0] = static_cast<std::uint8_t>(0xc0 | (choice & 0x3f));
        if (bytes.size() >= 5)
            std::copy_n(std::array<std::uint8_t, 4>{0, 0, 0, 1}.begin(), 4, bytes.begin() + 1);
        break;
    case 3: // a short one
        bytes[0] = static_cast<std::uint8_t>(0x40 | (choice & 0x3f));
        break;
    case 4: // encapsulated IPv6
    case 5:
        bytes[0] = 0x60;
        shapeAsIpv6(bytes, 0, choice);
        break;
    case 6: // an origin indication (RFC 4380 §5.1.1) before encapsulated IPv6
        std::fill_n(bytes.begin(), std::min<std::size_t>(2, bytes.size()), std::uint8_t{0});
        shapeAsIpv6(bytes, 8, choice);
        break;
    default: // random from the first octet on
        break;
    }
}

std::uint64_t flood(const Options& options) {
    std::vector<int> sockets;
    for (int i = 0; i < kSourcesPerTarget; ++i)
        for (const auto& [address, port] : options.targets)
            sockets.push_back(connectTo(address, port));
    std::mt19937_64 random(options.seed);
    std::vector<std::uint8_t> bytes;
    const auto begin = Clock::now();
    const auto total = static_cast<std::uint64_t>(options.rate * options.seconds);
    std::uint64_t sent = 0;
    for (std::uint64_t count = 0; count < total; ++count) {
        const std::chrono::duration<double> offset(static_cast<double>(count) / options.rate);
        const auto due = begin + std::chrono::duration_cast<Clock::duration>(offset);
        if (due - Clock::now() > std::chrono::milliseconds(1))
            std::this_thread::sleep_until(due);
        bytes.resize(random() % (kPacketBytesMax + 1));
        std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<std::uint8_t>(random() >> 32); });
        shape(bytes, count, random());
        // A refusal (an ICMP error came back, a buffer is full) only means that this one did not go.
        if (::send(sockets[count % sockets.size()], bytes.data(), bytes.size(), MSG_DONTWAIT) >= 0)
            ++sent;
    }
    return sent;
}

} // namespace

int main(int argc, char** argv) {
    const auto sent = flood(parse(argc, argv));
    std::printf("%llu\n", static_cast<unsigned long long>(sent));
}
