// Packets from nowhere: what a listening end makes of them.
#include "core/quic/quic_connection.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"

namespace culvert::fuzz {
namespace {

constexpr std::size_t kFirstFlight = 1200;
constexpr unsigned kPollsMax = 1000;

void settle(QuicConnection& connection, Instant now) {
    unsigned polls = 0;
    while (connection.pollTransmit(now) && ++polls < kPollsMax) {
    }
    while (connection.pollEvent() && ++polls < kPollsMax) {
    }
    require(polls < kPollsMax, "a connection runs dry");
}

void offer(BytesView packet) {
    if (packet.empty())
        return; // A datagram without octets never gets to QUIC.
    const auto target = quicPacketTarget(packet);
    if (target)
        require(packet[0] >= 0x40 || (packet[0] & 0x80) == 0, "a long header of ours has the fixed bit");
    test::SeededRandom random(7);
    const Identity own = person(kFirstPerson);
    Instant now{1s};
    auto connection = acceptConnection(now, {&own, &random}, packet, [](const DhPublicKey&) { return true; });
    if (!connection)
        return;
    settle(*connection, now);
    connection->handlePacket(now, packet);
    settle(*connection, now);
    for (int i = 0; i < 8; ++i) {
        const auto deadline = connection->pollTimeout();
        if (!deadline)
            break;
        now = std::max(now, deadline->at);
        connection->handleTimeout(now);
        settle(*connection, now);
    }
    require(!connection->isEstablished(), "nobody gets in without a handshake");
}

} // namespace

// | 0: as it is, otherwise: filled up to a first flight | packet |
void run(BytesView input) {
    Input script(input);
    const bool isFilled = script.u8() != 0;
    Bytes packet = toBytes(script.rest());
    if (isFilled)
        packet.resize(std::max(packet.size(), kFirstFlight));
    offer(packet);
}

} // namespace culvert::fuzz
