// How much of the kernel's plain UDP a session's transport keeps, on loopback, in one run.
//
//   limit    sealed datagrams (ChaCha20-Poly1305), sender and receiver in one thread each, with the same sockets
//   quic     one QuicConnection pair carrying one stream over the same sockets
//
// It prints ratios; it passes no judgement.
#include "core/io/os_random.h"
#include "core/io/system_clock.h"
#include "core/io/udp_socket.h"
#include "core/quic/quic_connection.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <sodium.h>
#include <thread>

namespace culvert {
namespace {

constexpr std::size_t kOctets = 200'000'000;
constexpr std::size_t kSegments = 16;
constexpr std::uint64_t kWindow = 16 * 1024 * 1024;
constexpr std::size_t kInFlightMax = 1'500'000;
const SocketAddress kLoopback(Ipv4Address::of(127, 0, 0, 1), 0);

double secondsSince(Instant start) {
    return std::chrono::duration<double>(systemNow().monotonic - start).count();
}

// The limit: what sealing and the kernel alone would allow.
double limitRate() {
    auto sender = UdpSocket::bind(kLoopback), receiver = UdpSocket::bind(kLoopback);
    if (!sender || !receiver)
        return 0;
    const Bytes key(32, 1), plain(QuicConnection::kDatagramSize - 16, 2), nonce(12, 3);
    std::atomic<std::size_t> received = 0;
    std::atomic<bool> done = false;
    const Instant start = systemNow().monotonic;
    double taken = 1;
    std::thread reader([&] {
        Bytes opened(QuicConnection::kDatagramSize);
        while (!done) {
            waitForSockets({receiver->get()}, 20ms);
            (*receiver)->receive(256, [&](const Datagram& datagram) {
                if (crypto_aead_chacha20poly1305_ietf_decrypt(opened.data(), nullptr, nullptr, datagram.payload.data(),
                                                              datagram.payload.size(), nullptr, 0, nonce.data(),
                                                              key.data()) == 0)
                    received += datagram.payload.size();
                taken = secondsSince(start);
            });
        }
    });
    Datagram out;
    out.remote = (*receiver)->local();
    out.segmentSize = QuicConnection::kDatagramSize;
    for (std::size_t sent = 0; sent < kOctets; sent += out.payload.size()) {
        out.payload.resize(kSegments * QuicConnection::kDatagramSize);
        for (std::size_t i = 0; i < kSegments; ++i)
            crypto_aead_chacha20poly1305_ietf_encrypt(out.payload.data() + i * QuicConnection::kDatagramSize, nullptr,
                                                      plain.data(), plain.size(), nullptr, 0, nullptr, nonce.data(),
                                                      key.data());
        (*sender)->send(out);
        // Not faster than the reader takes it: what the kernel throws away is nobody's rate.
        const Instant waiting = systemNow().monotonic;
        while (sent - received > kInFlightMax && systemNow().monotonic - waiting < 2ms)
            std::this_thread::yield();
    }
    std::this_thread::yield();
    done = true;
    reader.join();
    return static_cast<double>(received) / taken / 1e6;
}

struct Side {
    std::unique_ptr<UdpSocket> socket;
    SocketAddress peer;
    std::unique_ptr<QuicConnection> connection;
    std::size_t received = 0;
    bool established = false;

    void drain(Instant now) {
        if (!connection)
            return;
        while (auto transmit = connection->pollTransmit(now))
            socket->send({{}, peer, std::move(transmit->packets), transmit->segmentSize});
        while (auto event = connection->pollEvent()) {
            if (const auto* data = std::get_if<QuicStreamDataEvent>(&*event)) {
                received += data->data.size();
                connection->consumed(data->stream, data->data.size());
            }
            established = established || std::holds_alternative<QuicEstablishedEvent>(*event);
        }
    }
    // One turn: what came, what is due, what goes; then waits.
    void turn(const std::function<void(Instant)>& more, const std::function<void(const Datagram&, Instant)>& accept) {
        Instant now = systemNow().monotonic;
        socket->receive(256, [&](const Datagram& datagram) {
            if (connection)
                connection->handlePacket(now, datagram.payload);
            else
                accept(datagram, now);
        });
        now = systemNow().monotonic;
        if (connection)
            connection->handleTimeout(now);
        more(now);
        drain(now);
        Duration wait = 5ms;
        if (connection)
            if (const auto deadline = connection->pollTimeout())
                wait = std::clamp<Duration>(deadline->at - systemNow().monotonic, 0ms, 5ms);
        waitForSockets({socket.get()}, wait);
    }
};

double quicRate(CongestionControl control) {
    OsRandom clientRandom, serverRandom;
    const Identity client = Identity::generate(clientRandom), server = Identity::generate(serverRandom);
    auto first = UdpSocket::bind(kLoopback), second = UdpSocket::bind(kLoopback);
    if (!first || !second)
        return 0;
    Side sender{std::move(*first), (*second)->local(), nullptr};
    Side receiver{std::move(*second), sender.socket->local(), nullptr};
    std::atomic<bool> done = false;
    std::thread reader([&] {
        while (!done && receiver.received < kOctets)
            receiver.turn([](Instant) {},
                          [&](const Datagram& datagram, Instant now) {
                              receiver.connection =
                                  acceptConnection(now, {&server, &serverRandom, control, 1ms, kWindow},
                                                   datagram.payload, [](const DhPublicKey&) { return true; });
                          });
        done = true;
    });
    sender.connection =
        openConnection(systemNow().monotonic, {&client, &clientRandom, control, 1ms, kWindow}, server.dh().publicKey);
    const Bytes block(256 * 1024, 7);
    std::size_t written = 0;
    const Instant start = systemNow().monotonic;
    while (!done && secondsSince(start) < 60)
        sender.turn(
            [&](Instant) {
                while (sender.established && written < kOctets && sender.connection->write(0, block))
                    written += block.size();
            },
            [](const Datagram&, Instant) {});
    const double taken = secondsSince(start);
    const bool whole = done.exchange(true);
    reader.join();
    return whole ? static_cast<double>(kOctets) / taken / 1e6 : 0;
}

} // namespace
} // namespace culvert

int main() {
    using namespace culvert;
    const double limit = std::max({limitRate(), limitRate(), limitRate()});
    std::printf("limit: sealed UDP datagrams  %6.0f MB/s (the best of three)\n", limit);
    for (const auto& [name, control] :
         {std::pair{"BBR  ", CongestionControl::Bbr}, std::pair{"CUBIC", CongestionControl::Cubic}}) {
        const double rate = quicRate(control);
        std::printf("QUIC, %s                  %6.0f MB/s, %.2f of the limit\n", name, rate,
                    limit > 0 ? rate / limit : 0);
    }
    return 0;
}
