// Real TCP connections on loopback: that octets arrive whole and in order, that ends are told, and who reads slowly.
#include "core/io/tcp_sockets.h"

#include "core/io/system_clock.h"

#include <gtest/gtest.h>
#if defined(__linux__)
#include <linux/filter.h>
#include <sys/socket.h>
#endif

namespace culvert {
namespace {

const SocketAddress kLoopback4(Ipv4Address::of(127, 0, 0, 1), 0);

/// A node that takes every connection and remembers what it hears.
struct End {
    explicit End(const SocketAddress& local = kLoopback4) : udp(std::move(*SocketPair::open(0, {local}, false))) {
        tcp.open(udp);
    }
    SocketPair udp;
    TcpSockets tcp;
    TcpLinkId next = 1000;
    bool refuses = false;
    std::vector<std::pair<TcpLinkId, SocketAddress>> accepted;
    std::vector<TcpLinkId> connected, closed;
    std::map<TcpLinkId, Bytes> heard;
    std::function<void(const TcpInput&)> also = [](const TcpInput&) {};
    std::function<void()> onAccept = [] {};

    SocketAddress address() const { return udp.v4 ? udp.v4->local() : udp.v6->local(); }
    void round() {
        const TcpSockets::Callbacks callbacks{[&](const SocketAddress& remote) -> std::optional<TcpLinkId> {
                                                  if (refuses)
                                                      return std::nullopt;
                                                  accepted.emplace_back(++next, remote);
                                                  onAccept();
                                                  return next;
                                              },
                                              [&](const TcpInput& input) {
                                                  if (input.what == TcpInput::What::Connected)
                                                      connected.push_back(input.link);
                                                  else if (input.what == TcpInput::What::Closed)
                                                      closed.push_back(input.link);
                                                  else
                                                      append(heard[input.link], input.octets);
                                                  also(input);
                                              }};
        tcp.receive(systemNow().monotonic, callbacks);
    }
};

/// Runs the ends until `condition` holds; false when nothing comes of it.
bool until(const std::vector<End*>& ends, const std::function<bool()>& condition) {
    for (int round = 0; round < 400; ++round) {
        bool hasNews = false;
        std::vector<std::intptr_t> readers, writers;
        for (End* end : ends) {
            end->round();
            hasNews = hasNews || end->tcp.hasNews();
            end->tcp.watch(systemNow().monotonic, readers, writers);
        }
        if (condition())
            return true;
        waitForHandles(readers, hasNews ? Duration::zero() : Duration(25ms), writers);
    }
    return false;
}

void connect(End& from, TcpLinkId link, const SocketAddress& to) {
    from.tcp.handle({TcpOrder::What::Connect, link, to, {}});
}

TEST(TcpSockets, CarryOctetsBothWaysAndTellTheEnd) {
    End a, b;
    ASSERT_TRUE(b.tcp.isListening());
    connect(a, 1, b.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.accepted.empty(); }));
    EXPECT_EQ(b.accepted[0].second.v4(), Ipv4Address::of(127, 0, 0, 1));
    a.tcp.handle({TcpOrder::What::Send, 1, {}, {1, 2, 3}});
    a.tcp.handle({TcpOrder::What::Send, 1, {}, {4}});
    b.tcp.handle({TcpOrder::What::Send, b.next, {}, {9}});
    ASSERT_TRUE(until({&a, &b}, [&] { return b.heard[b.next].size() == 4 && a.heard[1].size() == 1; }));
    EXPECT_EQ(b.heard[b.next], (Bytes{1, 2, 3, 4}));
    b.tcp.handle({TcpOrder::What::Close, b.next, {}, {}});
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.closed.empty(); }));
    EXPECT_EQ(a.closed, std::vector<TcpLinkId>{1});
    EXPECT_TRUE(b.closed.empty()) << "who closed knows";
    EXPECT_EQ(a.tcp.connections() + b.tcp.connections(), 0U);
}

TEST(TcpSockets, Ipv6) {
    const SocketAddress loopback(*Ipv6Address::fromText("::1"), 0);
    if (!UdpSocket::bind(loopback))
        GTEST_SKIP() << "no IPv6 here";
    End a(loopback), b(loopback);
    connect(a, 1, b.address());
    EXPECT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.accepted.empty(); }));
}

#if defined(__linux__)
// Whoever comes to the listener is not heard, as behind a firewall.
void dropSynsAtListeners(const End& end) {
    std::vector<std::intptr_t> listeners, writers;
    end.tcp.watch(systemNow().monotonic, listeners, writers);
    sock_filter drop = {BPF_RET | BPF_K, 0, 0, 0};
    const sock_fprog program = {1, &drop};
    for (const std::intptr_t listener : listeners)
        ASSERT_EQ(setsockopt(static_cast<int>(listener), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)), 0);
}

// RFC 9293 §3.5, figure 7: two SYNs, one connection.
TEST(TcpSockets, WhoConnectToEachOtherMeetThroughTwoFilters) {
    End a, b;
    dropSynsAtListeners(a);
    dropSynsAtListeners(b);
    connect(a, 1, b.address());
    connect(b, 2, a.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.connected.empty(); }));
    EXPECT_TRUE(a.accepted.empty() && b.accepted.empty());
    EXPECT_TRUE(a.closed.empty() && b.closed.empty());
    a.tcp.handle({TcpOrder::What::Send, 1, {}, {1, 2}});
    b.tcp.handle({TcpOrder::What::Send, 2, {}, {3}});
    EXPECT_TRUE(until({&a, &b}, [&] { return b.heard[2].size() == 2 && a.heard[1].size() == 1; }));
}
#endif

#ifndef _WIN32
TEST(TcpSockets, LeaveFromThePortThatIsListenedAt) {
    End a, b;
    connect(a, 1, b.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !b.accepted.empty(); }));
    EXPECT_EQ(b.accepted[0].second, a.address());
}
#endif

// Theirs is there already when ours is about to leave: the same two ends are one connection's at a time.
TEST(TcpSockets, WhereTheirsCameFirstOursLeavesFromAnotherPort) {
    End a, b;
    connect(a, 1, b.address());
    connect(b, 2, a.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !b.accepted.empty() && !a.accepted.empty() && !b.connected.empty(); }));
    EXPECT_NE(a.accepted[0].second, b.address());
    EXPECT_TRUE(a.closed.empty() && b.closed.empty());
}

// Who closed first keeps the two ends for a minute (RFC 9293 §3.6.1).
TEST(TcpSockets, WhatIsStillClosingStandsInNobodysWay) {
    End a, b;
    for (TcpLinkId link = 1; link <= 3; ++link) {
        connect(a, link, b.address());
        ASSERT_TRUE(until({&a, &b}, [&] { return a.connected.size() == link && b.accepted.size() == link; }));
        a.tcp.handle({TcpOrder::What::Close, link, {}, {}});
        ASSERT_TRUE(until({&a, &b}, [&] { return b.closed.size() == link; }));
    }
}

TEST(TcpSockets, WhereNobodyListensTheEndIsTold) {
    End a;
    SocketAddress nowhere;
    {
        End gone;
        nowhere = gone.address();
    }
    connect(a, 1, nowhere);
    EXPECT_TRUE(until({&a}, [&] { return !a.closed.empty(); }));
    EXPECT_TRUE(a.connected.empty());
    connect(a, 2, SocketAddress(*Ipv6Address::fromText("::1"), 1)); // a family that is not open
    EXPECT_TRUE(a.tcp.hasNews());
    EXPECT_TRUE(until({&a}, [&] { return a.closed.size() == 2; }));
    EXPECT_FALSE(a.tcp.hasNews());
}

TEST(TcpSockets, WhoIsRefusedIsClosed) {
    End a, b;
    b.refuses = true;
    connect(a, 1, b.address());
    EXPECT_TRUE(until({&a, &b}, [&] { return !a.closed.empty(); }));
    EXPECT_EQ(b.tcp.connections(), 0U);
}

TEST(TcpSockets, MuchArrivesInOrder) {
    End a, b;
    connect(a, 1, b.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.accepted.empty(); }));
    Bytes all;
    for (int i = 0; i < 200; ++i) {
        const Bytes part(1000, static_cast<std::uint8_t>(i));
        append(all, part);
        a.tcp.handle({TcpOrder::What::Send, 1, {}, part});
    }
    EXPECT_TRUE(until({&a, &b}, [&] { return b.heard[b.next].size() >= all.size(); }));
    EXPECT_EQ(b.heard[b.next], all);
}

// What does not fit is lost in whole orders, so that frames stay frames.
TEST(TcpSockets, WhoDoesNotReadLosesWholeOrders) {
    End a, b;
    connect(a, 1, b.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.accepted.empty(); }));
    constexpr std::size_t size = 1000, orders = 40'000; // more than the system buffers
    for (std::size_t i = 0; i < orders; ++i) {
        Bytes part(size, static_cast<std::uint8_t>(i % 251));
        a.tcp.handle({TcpOrder::What::Send, 1, {}, part});
    }
    std::size_t before = 1;
    ASSERT_TRUE(until({&a, &b}, [&] {
        return std::exchange(before, b.heard[b.next].size()) == b.heard[b.next].size() && before > 1;
    }));
    const Bytes& heard = b.heard[b.next];
    EXPECT_LT(heard.size(), size * orders) << "nothing was dropped: the test proves nothing";
    ASSERT_EQ(heard.size() % size, 0U);
    for (std::size_t i = 0; i < heard.size(); i += size)
        ASSERT_TRUE(std::all_of(heard.begin() + static_cast<std::ptrdiff_t>(i),
                                heard.begin() + static_cast<std::ptrdiff_t>(i + size),
                                [&](std::uint8_t octet) { return octet == heard[i]; }));
    EXPECT_TRUE(a.closed.empty());
}

TEST(TcpSockets, MayBeClosedFromWithin) {
    End a, b;
    connect(a, 1, b.address());
    ASSERT_TRUE(until({&a, &b}, [&] { return !a.connected.empty() && !b.accepted.empty(); }));
    b.also = [&](const TcpInput&) { b.tcp.close(); };
    a.tcp.handle({TcpOrder::What::Send, 1, {}, {1}});
    EXPECT_TRUE(until({&a, &b}, [&] { return !a.closed.empty(); }));
    EXPECT_FALSE(b.tcp.isListening());
    b.tcp.open(b.udp);
    b.also = [](const TcpInput&) {};
    EXPECT_TRUE(b.tcp.isListening()) << "connections of before do not keep the port";
    connect(a, 2, b.address());
    EXPECT_TRUE(until({&a, &b}, [&] { return a.connected.size() == 2; }));
    b.onAccept = [&] { b.tcp.close(); };
    connect(a, 3, b.address());
    EXPECT_TRUE(until({&a, &b}, [&] { return a.closed.size() == 3; }));
    EXPECT_EQ(b.tcp.connections(), 0U);
}

} // namespace
} // namespace culvert
