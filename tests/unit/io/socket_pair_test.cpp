// Extra sockets beside the main ones, on loopback.
#include "core/io/socket_pair.h"

#include <gtest/gtest.h>

#include <map>

#ifndef _WIN32
#include <sys/resource.h>
#endif

namespace culvert {
namespace {

const SocketAddress kLoopback(Ipv4Address::of(127, 0, 0, 1), 0);
#ifdef __linux__
const SocketAddress kBound(Ipv4Address::of(127, 0, 0, 2), 0); // not what the system would choose by itself
#else
const SocketAddress kBound = kLoopback;
#endif

Datagram from(std::uint32_t socket, const SocketAddress& remote, std::uint8_t octet) {
    Datagram datagram;
    datagram.remote = remote;
    datagram.payload = {octet};
    datagram.socket = socket;
    return datagram;
}

struct SocketPairTest : testing::Test {
    SocketPair pair = std::move(*SocketPair::open(0, {kBound}, false));
    std::unique_ptr<UdpSocket> peer = std::move(*UdpSocket::bind(kLoopback));

    std::vector<Datagram> atPeer(std::size_t wanted) {
        std::vector<Datagram> out;
        for (int round = 0; round < 100 && out.size() < wanted; ++round) {
            waitForSockets({peer.get()}, 50ms);
            peer->receive(100, [&](const Datagram& datagram) { out.push_back(datagram); });
        }
        return out;
    }
    std::vector<Datagram> atPair(
        std::size_t wanted, const std::function<void()>& also = [] {}) {
        std::vector<Datagram> out;
        for (int round = 0; round < 100 && out.size() < wanted; ++round) {
            waitForHandles(pair.handles(), 50ms);
            pair.receive(100, [&](const Datagram& datagram) {
                out.push_back(datagram);
                also();
            });
        }
        return out;
    }
};

TEST_F(SocketPairTest, aSocketsNumberMayTellItsPort) {
    const std::uint16_t wanted = (*UdpSocket::bind(kBound))->port(); // free again
    pair.send(from(kSocketOfPort + wanted, peer->local(), 1));
    const auto got = atPeer(1);
    ASSERT_EQ(got.size(), 1U);
    EXPECT_EQ(got[0].remote, SocketAddress(kBound.v4(), wanted));
    peer->send(from(0, got[0].remote, 2));
    const auto back = atPair(1);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].socket, kSocketOfPort + wanted);
    pair.send(from(kSocketOfPort + pair.port(), peer->local(), 3));
    EXPECT_EQ(pair.extraSockets(), 1U) << "that port is taken";
}

TEST_F(SocketPairTest, anExtraSocketHasItsOwnPortAndKeepsIt) {
    pair.send(from(0, peer->local(), 1));
    pair.send(from(5, peer->local(), 2));
    pair.send(from(5, peer->local(), 3));
    pair.send(from(6, peer->local(), 4));
    const auto got = atPeer(4);
    ASSERT_EQ(got.size(), 4U);
    std::map<std::uint8_t, SocketAddress> source;
    for (const Datagram& datagram : got)
        source[datagram.payload.at(0)] = datagram.remote;
    EXPECT_EQ(source[1].port(), pair.port());
    EXPECT_NE(source[2].port(), pair.port());
    EXPECT_EQ(source[2], source[3]);
    EXPECT_NE(source[2], source[4]);
    EXPECT_EQ(source[2].v4(), kBound.v4()) << "on the bound address";
    EXPECT_EQ(pair.extraSockets(), 2U);

    peer->send(from(0, source[2], 7));
    peer->send(from(0, source[1], 8));
    std::map<std::uint8_t, std::uint32_t> socketOf;
    for (const Datagram& datagram : atPair(2))
        socketOf[datagram.payload.at(0)] = datagram.socket;
    EXPECT_EQ(socketOf, (std::map<std::uint8_t, std::uint32_t>{{7, 5}, {8, 0}}));
}

TEST_F(SocketPairTest, aClosedOneIsGoneEvenFromWithinItsOwnDatagram) {
    pair.send(from(5, peer->local(), 1));
    const auto first = atPeer(1);
    ASSERT_EQ(first.size(), 1U);
    const SocketAddress extra = first[0].remote;
    for (const std::uint8_t octet : {1, 2, 3})
        peer->send(from(0, extra, octet));
    const auto got = atPair(1, [&] { pair.closeExtra(5); });
    EXPECT_EQ(got.size(), 1U) << "what came after the first is not handed on";
    EXPECT_EQ(pair.extraSockets(), 0U);
    EXPECT_EQ(pair.handles().size(), 1U);
    EXPECT_TRUE(UdpSocket::bind(extra)) << "its port is free again";
    pair.closeExtra(5); // Of a socket that is not there: nothing.
}

TEST_F(SocketPairTest, thereIsALimit) {
    for (std::uint32_t number = 1; number <= SocketPair::kExtraSocketsMax + 4; ++number)
        pair.send(from(number, peer->local(), static_cast<std::uint8_t>(number)));
    EXPECT_EQ(atPeer(SocketPair::kExtraSocketsMax).size(), SocketPair::kExtraSocketsMax);
    EXPECT_EQ(pair.extraSockets(), SocketPair::kExtraSocketsMax);
    pair.closeExtra(3);
    pair.send(from(99, peer->local(), 99));
    EXPECT_EQ(atPeer(1).at(0).payload, Bytes{99});
}

TEST_F(SocketPairTest, aSearchOpensHundredsAndHearsTheOneThatIsAnswered) {
    constexpr std::uint32_t kCount = 256;
    std::map<SocketAddress, std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < kCount; ++i) {
        pair.send(from(searchSocket(i, 0), peer->local(), static_cast<std::uint8_t>(i)));
        for (const Datagram& got : atPeer(1))
            numbers[got.remote] = searchSocket(got.payload.front(), 0);
    }
    ASSERT_EQ(numbers.size(), kCount) << "each has a port of its own";
    EXPECT_EQ(pair.extraSockets(), kCount);
    for (const auto& [remote, number] : numbers) {
        peer->send(from(0, remote, 7));
        const auto back = atPair(1);
        ASSERT_EQ(back.size(), 1U);
        EXPECT_EQ(back[0].socket, number);
    }
    for (const auto& [remote, number] : numbers)
        pair.closeExtra(number);
    EXPECT_EQ(pair.extraSockets(), 0U);
}

TEST_F(SocketPairTest, searchesTakeNoPlacesFromOthersAndHaveALimit) {
    for (std::uint32_t i = 0; i <= SocketPair::kSearchSocketsMax; ++i)
        pair.send(from(searchSocket(i, 0), peer->local(), 1));
    EXPECT_EQ(pair.extraSockets(), SocketPair::kSearchSocketsMax);
    for (std::uint32_t i = 1; i <= SocketPair::kExtraSocketsMax + 1; ++i)
        pair.send(from(i, peer->local(), 1));
    EXPECT_EQ(pair.extraSockets(), SocketPair::kSearchSocketsMax + SocketPair::kExtraSocketsMax);
}

#ifndef _WIN32
TEST_F(SocketPairTest, searchesLeaveDescriptorsToTheRestOfTheProgram) {
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
    rlimit few = before;
    few.rlim_cur = 160;
    ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    for (std::uint32_t i = 0; i < 256; ++i)
        pair.send(from(searchSocket(i, 0), peer->local(), 1));
    const bool canOpen = UdpSocket::bind(kLoopback).has_value();
    setrlimit(RLIMIT_NOFILE, &before);
    EXPECT_TRUE(canOpen);
    EXPECT_GT(pair.extraSockets(), 20U);
    EXPECT_LT(pair.extraSockets(), 100U);
}
#endif

TEST_F(SocketPairTest, aFamilyThatIsNotBoundOpensNothing) {
    pair.send(from(1, SocketAddress(*Ipv6Address::fromText("::1"), 9), 1));
    EXPECT_EQ(pair.extraSockets(), 0U);
}

} // namespace
} // namespace culvert
