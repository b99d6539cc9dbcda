// Real sockets on loopback: the kernel's help and the plain fallback must do the same.
#include "core/io/udp_socket.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

const SocketAddress kLoopback4(Ipv4Address::of(127, 0, 0, 1), 0);
const SocketAddress kLoopback6(*Ipv6Address::fromText("::1"), 0);

std::vector<Bytes> collect(UdpSocket& socket, std::size_t wanted) {
    std::vector<Bytes> out;
    for (int round = 0; round < 200 && out.size() < wanted; ++round) {
        waitForSockets({&socket}, 50ms);
        socket.receive(1000, [&](const Datagram& datagram) { out.push_back(datagram.payload); });
    }
    return out;
}

class UdpSocketTest : public testing::TestWithParam<std::tuple<SocketOffload, SocketOffload>> {};

TEST_P(UdpSocketTest, carriesSegmentsInOrderWhoeverHelps) {
    for (const SocketAddress& loopback : {kLoopback4, kLoopback6}) {
        auto sender = UdpSocket::bind(loopback, std::get<0>(GetParam()));
        auto receiver = UdpSocket::bind(loopback, std::get<1>(GetParam()));
        if (!sender || !receiver)
            continue; // This machine has no such family.
        Datagram datagram;
        datagram.remote = (*receiver)->local();
        datagram.segmentSize = 1000;
        for (std::size_t i = 0; i < 5300; ++i)
            datagram.payload.push_back(static_cast<std::uint8_t>(i / 1000));
        ASSERT_TRUE((*sender)->send(datagram));
        const auto received = collect(**receiver, 6);
        ASSERT_EQ(received.size(), 6U);
        for (std::size_t i = 0; i < 6; ++i) {
            EXPECT_EQ(received[i].size(), i < 5 ? 1000U : 300U);
            EXPECT_EQ(received[i].front(), i);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Offloads, UdpSocketTest,
                         testing::Combine(testing::Values(SocketOffload::Automatic, SocketOffload::None),
                                          testing::Values(SocketOffload::Automatic, SocketOffload::None)));

TEST(UdpSocket, aTakenPortIsTold) {
    auto first = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE(first);
    const auto second = UdpSocket::bind((*first)->local());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::AlreadyExists);
    EXPECT_NE(second.error().detail.find("another program"), std::string::npos);
}

TEST(UdpSocket, bothFamiliesShareAPort) {
    auto v4 = UdpSocket::bind(SocketAddress(Ipv4Address{}, 0));
    ASSERT_TRUE(v4);
    EXPECT_TRUE(UdpSocket::bind(SocketAddress(Ipv6Address{}, (*v4)->port())));
}

TEST(UdpSocket, anUnreachablePeerDoesNotStopIt) {
    auto socket = UdpSocket::bind(kLoopback4);
    auto other = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE(socket && other);
    const SocketAddress dead((*other)->local());
    other->reset();
    for (int i = 0; i < 5; ++i)
        (*socket)->send({{}, dead, Bytes{1}, 0}); // each brings an ICMP error
    auto alive = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE((*socket)->send({{}, (*alive)->local(), Bytes{7}, 0}));
    EXPECT_EQ(collect(**alive, 1), std::vector<Bytes>{Bytes{7}});
    ASSERT_TRUE((*alive)->send({{}, (*socket)->local(), Bytes{8}, 0}));
    EXPECT_EQ(collect(**socket, 1), std::vector<Bytes>{Bytes{8}});
}

std::vector<Datagram> collectWhole(UdpSocket& socket, std::size_t wanted) {
    std::vector<Datagram> out;
    for (int round = 0; round < 200 && out.size() < wanted; ++round) {
        waitForSockets({&socket}, 50ms);
        socket.receive(1000, [&](const Datagram& datagram) { out.push_back(datagram); });
    }
    return out;
}

#ifdef __linux__

SocketAddress loopback(std::uint8_t host, std::uint16_t port) {
    return {Ipv4Address::of(127, 0, 0, host), port};
}

class UdpSocketSourceTest : public testing::TestWithParam<SocketOffload> {};

TEST_P(UdpSocketSourceTest, answersFromTheAddressThatWasAsked) {
    auto server = UdpSocket::bind(SocketAddress(Ipv4Address{}, 0), GetParam());
    auto client = UdpSocket::bind(loopback(1, 0), GetParam());
    ASSERT_TRUE(server && client);
    for (const std::uint8_t host : {2, 3}) {
        const SocketAddress asked = loopback(host, (*server)->port());
        ASSERT_TRUE((*client)->send({{}, asked, Bytes{host}, 0}));
        const auto questions = collectWhole(**server, 1);
        ASSERT_EQ(questions.size(), 1U);
        EXPECT_EQ(questions[0].local, asked);
        // Three segments at once: source and segment size ride together.
        ASSERT_TRUE((*server)->send({questions[0].local, questions[0].remote, Bytes(2500, host), 1000}));
        const auto answers = collectWhole(**client, 3);
        ASSERT_EQ(answers.size(), 3U);
        for (const Datagram& answer : answers)
            EXPECT_EQ(answer.remote, asked);
        EXPECT_EQ(answers[2].payload.size(), 500U);
    }
}

TEST_P(UdpSocketSourceTest, aSourceThatIsNotOursIsNotInsistedOn) {
    for (const bool isV4 : {true, false}) {
        const SocketAddress any = isV4 ? SocketAddress(Ipv4Address{}, 0) : SocketAddress(Ipv6Address{}, 0);
        const SocketAddress stale = isV4 ? SocketAddress(Ipv4Address::of(192, 0, 2, 77), 0)
                                         : SocketAddress(*Ipv6Address::fromText("2001:db8::77"), 0);
        auto sender = UdpSocket::bind(any, GetParam());
        auto receiver = UdpSocket::bind(isV4 ? kLoopback4 : kLoopback6);
        if (!sender || !receiver)
            continue; // This machine has no such family.
        for (const std::size_t segmentSize : {std::size_t{0}, std::size_t{100}})
            EXPECT_TRUE((*sender)->send({stale, (*receiver)->local(), Bytes(100, 1), segmentSize}));
        EXPECT_EQ(collect(**receiver, 2).size(), 2U);
        // Of the other family: it says nothing about this one.
        EXPECT_TRUE((*sender)->send({isV4 ? kLoopback6 : kLoopback4, (*receiver)->local(), Bytes{1}, 0}));
        EXPECT_EQ(collect(**receiver, 1).size(), 1U);
    }
}

TEST_P(UdpSocketSourceTest, manyTogetherTellWhereTheyArrivedToo) {
    auto server = UdpSocket::bind(SocketAddress(Ipv6Address{}, 0), GetParam());
    auto client = UdpSocket::bind(kLoopback6);
    if (!server || !client)
        GTEST_SKIP() << "no IPv6 here";
    const SocketAddress asked(kLoopback6.v6(), (*server)->port());
    ASSERT_TRUE((*client)->send({{}, asked, Bytes(4000, 1), 1000}));
    const auto got = collectWhole(**server, 4);
    ASSERT_EQ(got.size(), 4U);
    for (const Datagram& datagram : got) {
        EXPECT_EQ(datagram.local, asked);
        EXPECT_EQ(datagram.payload.size(), 1000U);
    }
}

INSTANTIATE_TEST_SUITE_P(Offloads, UdpSocketSourceTest, testing::Values(SocketOffload::Automatic, SocketOffload::None));

#endif

TEST(UdpSocket, anEmptyDatagramIsNoEnd) {
    auto sender = UdpSocket::bind(kLoopback4), receiver = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE(sender && receiver);
    (*sender)->send({{}, (*receiver)->local(), {}, 0});
    (*sender)->send({{}, (*receiver)->local(), Bytes{5}, 0});
    EXPECT_EQ(collect(**receiver, 1), std::vector<Bytes>{Bytes{5}});
}

} // namespace
} // namespace culvert
