// Real sockets on loopback: the kernel's help and the plain fallback must do the same.
#include "core/io/udp_socket.h"

#include <gtest/gtest.h>

#ifdef __linux__
#include <netinet/in.h>
#include <sys/socket.h>
#endif

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

#ifdef __linux__
int optionOf(const UdpSocket& socket, int level, int name) {
    int value = -1;
    socklen_t size = sizeof(value);
    ::getsockopt(static_cast<int>(socket.handle()), level, name, &value, &size);
    return value;
}

// RFC 4380 §5.1.2: what every path carries may be cut up inside IPv4; what is larger may not (RFC 8899 §3).
TEST(UdpSocket, onlyLargeDatagramsMayNotBeCutUp) {
    auto socket = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE(socket);
    EXPECT_TRUE((*socket)->canForbidFragments());
    const auto discovery = [&] { return optionOf(**socket, IPPROTO_IP, IP_MTU_DISCOVER); };
    EXPECT_EQ(discovery(), IP_PMTUDISC_DONT);
    Datagram datagram;
    datagram.remote = (*socket)->local();
    for (const auto& [size, segment, isForbidden] : {std::tuple(1452U, 0U, true), std::tuple(1280U, 0U, false),
                                                     std::tuple(4356U, 1452U, true), std::tuple(2464U, 1232U, false)}) {
        datagram.payload = Bytes(size);
        datagram.segmentSize = segment;
        datagram.dontFragment = isForbidden;
        EXPECT_TRUE((*socket)->send(datagram));
        EXPECT_EQ(discovery(), isForbidden ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT) << size;
    }
    EXPECT_EQ(collect(**socket, 7).size(), 7U);
}

#ifdef __linux__
// RFC 3542 §6.3.
TEST(UdpSocket, oneDatagramMayGoLessFarThanOthers) {
    for (const SocketAddress& loopback : {kLoopback4, kLoopback6}) {
        auto sender = UdpSocket::bind(loopback), receiver = UdpSocket::bind(loopback);
        if (!sender || !receiver)
            continue; // This machine has no such family.
        const bool isV4 = loopback.isV4();
        const int fd = static_cast<int>((*receiver)->handle()), on = 1;
        setsockopt(fd, isV4 ? IPPROTO_IP : IPPROTO_IPV6, isV4 ? IP_RECVTTL : IPV6_RECVHOPLIMIT, &on, sizeof(on));
        for (const int limit : {3, 0}) {
            Datagram datagram;
            datagram.remote = (*receiver)->local();
            datagram.payload = {1};
            datagram.hopLimit = static_cast<std::uint8_t>(limit);
            ASSERT_TRUE((*sender)->send(datagram));
            waitForSockets({receiver->get()}, 1s);
            char octet = 0;
            alignas(cmsghdr) char control[256];
            iovec data{&octet, 1};
            msghdr message{};
            message.msg_iov = &data;
            message.msg_iovlen = 1;
            message.msg_control = control;
            message.msg_controllen = sizeof(control);
            ASSERT_EQ(recvmsg(fd, &message, 0), 1);
            int seen = 0;
            for (cmsghdr* item = CMSG_FIRSTHDR(&message); item != nullptr; item = CMSG_NXTHDR(&message, item))
                if (item->cmsg_type == (isV4 ? IP_TTL : IPV6_HOPLIMIT))
                    std::copy_n(CMSG_DATA(item), sizeof(seen), reinterpret_cast<unsigned char*>(&seen));
            EXPECT_TRUE(limit == 0 ? seen > 3 : seen == limit) << seen;
        }
    }
}
#endif

TEST(UdpSocket, nothingOfIpv6IsCutUpHere) {
    auto socket = UdpSocket::bind(kLoopback6);
    if (!socket)
        GTEST_SKIP() << "no IPv6";
    EXPECT_TRUE((*socket)->canForbidFragments());
    EXPECT_EQ(optionOf(**socket, IPPROTO_IPV6, IPV6_MTU_DISCOVER), IPV6_PMTUDISC_PROBE);
    EXPECT_EQ(optionOf(**socket, IPPROTO_IPV6, IPV6_DONTFRAG), 1);
}
#endif

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

#ifdef __linux__

// A socket that hears errors, and a port of this computer where nobody listens.
struct UdpErrors : testing::Test {
    std::unique_ptr<UdpSocket> socket;
    SocketAddress closed;
    Instant now{1h};
    struct Heard {
        Ipv6Address sender;
        SocketAddress destination;
        Bytes payload;
    };

    void SetUp() override {
        auto bound = UdpSocket::bind(kLoopback6);
        auto gone = UdpSocket::bind(kLoopback6);
        if (!bound || !gone)
            GTEST_SKIP() << "this machine has no IPv6";
        socket = std::move(*bound);
        closed = (*gone)->local();
    }
    bool send(std::size_t size) { return socket->send({{}, closed, Bytes(size, 7), 0}); }
    std::vector<Heard> hear(std::size_t maximum = 1000) {
        std::vector<Heard> out;
        socket->receiveErrors(now, maximum, [&](const QuotedError& error) {
            out.push_back({error.sender, error.destination, toBytes(error.payload)});
        });
        return out;
    }
    bool isReady() {
        const auto begin = std::chrono::steady_clock::now();
        waitForSockets({socket.get()}, 100ms);
        return std::chrono::steady_clock::now() - begin < 90ms;
    }
};

// RFC 4443 §3.1: the system itself answers for a closed port, with code 4.
TEST_F(UdpErrors, tellsWhoSaidSoAndQuotesWhatWasSent) {
    ASSERT_TRUE(socket->listenForErrors());
    ASSERT_TRUE(send(32));
    const auto heard = hear();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].sender, kLoopback6.v6());
    EXPECT_EQ(heard[0].destination, closed);
    EXPECT_EQ(heard[0].payload, Bytes(32, 7));
    EXPECT_TRUE(hear().empty());
}

TEST_F(UdpErrors, aLongQuoteIsCutOffAndAnEmptyOneIsNot) {
    ASSERT_TRUE(socket->listenForErrors());
    ASSERT_TRUE(send(1000));
    ASSERT_TRUE(send(0));
    const auto heard = hear();
    ASSERT_EQ(heard.size(), 2U);
    EXPECT_EQ(heard[0].payload, Bytes(UdpSocket::kQuotedMax, 7));
    EXPECT_EQ(heard[1].payload, Bytes());
}

TEST_F(UdpErrors, noErrorMakesASendOrAReceptionFail) {
    ASSERT_TRUE(socket->listenForErrors());
    auto other = UdpSocket::bind(kLoopback6);
    ASSERT_TRUE(other);
    for (int round = 0; round < 50; ++round) {
        ASSERT_TRUE(send(8));
        ASSERT_TRUE(send(8));
        if (round % 2 == 0)
            (void)hear(1); // What is left takes the next call's place.
        ASSERT_TRUE(socket->send({{}, (*other)->local(), Bytes{1}, 0})) << round;
        ASSERT_EQ(collect(**other, 1).size(), 1U) << round;
        ASSERT_TRUE((*other)->send({{}, socket->local(), Bytes{2}, 0}));
        ASSERT_EQ(collect(*socket, 1).size(), 1U) << round;
    }
}

TEST_F(UdpErrors, errorsEndAWaitUntilTheyAreTaken) {
    ASSERT_TRUE(socket->listenForErrors());
    EXPECT_FALSE(isReady());
    ASSERT_TRUE(send(8));
    ASSERT_TRUE(send(8));
    EXPECT_TRUE(isReady());
    EXPECT_EQ(hear(1).size(), 1U);
    EXPECT_TRUE(isReady()) << "one is left";
    EXPECT_EQ(hear().size(), 1U);
    (void)collect(*socket, 0);
    socket->receive(1, [](const Datagram&) {});
    EXPECT_FALSE(isReady());
}

TEST_F(UdpErrors, aFloodIsNotListenedToForTheRestOfItsSecond) {
    ASSERT_TRUE(socket->listenForErrors());
    std::size_t heard = 0;
    for (std::size_t sent = 0; sent < UdpSocket::kErrorsPerSecondMax + 1000; sent += 50) {
        for (int i = 0; i < 50; ++i)
            ASSERT_TRUE(send(8));
        heard += hear().size();
    }
    EXPECT_EQ(heard, UdpSocket::kErrorsPerSecondMax);
    socket->receive(1, [](const Datagram&) {});
    EXPECT_FALSE(isReady()) << "what nobody takes must not keep us awake";
    now += 1s;
    (void)hear(); // It listens again from here on.
    ASSERT_TRUE(send(8));
    EXPECT_EQ(hear().size(), 1U);
}

TEST_F(UdpErrors, areNotHeardBeforeSomebodyAsksForThem) {
    ASSERT_TRUE(send(8));
    EXPECT_TRUE(hear().empty());
    EXPECT_FALSE(isReady());
    auto v4 = UdpSocket::bind(kLoopback4);
    ASSERT_TRUE(v4);
    EXPECT_FALSE((*v4)->listenForErrors());
}

#endif

} // namespace
} // namespace culvert
