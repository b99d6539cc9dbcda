// The raw socket that hears echo requests of Teredo clients, in a network namespace of its own.
#include "core/io/native_echo_socket.h"
#include "core/io/raw_socket.h"
#include "core/io/udp_socket.h"
#include "tests/support/own_namespace.h"

#include <gtest/gtest.h>

#ifdef __linux__
#include <netinet/in.h>
#include <sys/socket.h>

namespace culvert {
namespace {

const Ipv6Address kHost = *Ipv6Address::fromText("2a0e:b107:7::7");
const Ipv6Address kOther = *Ipv6Address::fromText("2a0e:b107:7::8");
const Ipv6Address kClient = *Ipv6Address::fromText("2001:0:2d5a:1:8000:3344:d2a6:fefd");
const Ipv6Address kNative = *Ipv6Address::fromText("2001:db8::1");

// A whole packet with any source, as a router hands it over.
bool send(const Ipv6Address& from, const Ipv6Address& to, std::uint8_t type, std::size_t size = 12) {
    static const int handle = ::socket(AF_INET6, SOCK_RAW, IPPROTO_RAW);
    const Bytes packet = wire::encodeIcmpv6(from, to, {type, 0, Bytes(size, 0x5a)});
    sockaddr_in6 target{};
    target.sin6_family = AF_INET6;
    std::copy(to.octets.begin(), to.octets.end(), target.sin6_addr.s6_addr);
    return ::sendto(handle, packet.data(), packet.size(), 0, reinterpret_cast<sockaddr*>(&target), sizeof target) ==
           static_cast<std::ptrdiff_t>(packet.size());
}

TEST(NativeEchoSocketTest, hearsEchoRequestsOfTeredoClientsAndNothingElse) {
    const bool isAllowed = test::inOwnNamespace([] {
        ASSERT_TRUE(test::ip("link set lo up"));
        for (const Ipv6Address& address : {kHost, kOther, kClient, kNative})
            ASSERT_TRUE(test::ip("addr add " + address.text() + "/128 dev lo nodad"));
        auto opened = NativeEchoSocket::open();
        ASSERT_TRUE(opened) << opened.error().detail;
        NativeEchoSocket& socket = **opened;
        ASSERT_TRUE(send(kNative, kHost, 128));                                // no Teredo client
        ASSERT_TRUE(send(kClient, kHost, 1));                                  // an error
        ASSERT_TRUE(send(kClient, kHost, 129));                                // a reply
        ASSERT_TRUE(send(kClient, kHost, 128, NativeEchoSocket::kMessageMax)); // too long
        ASSERT_TRUE(send(kClient, kHost, 128));
        ASSERT_TRUE(send(kClient, kOther, 128));
        std::vector<Ipv6Address> asked;
        for (int round = 0; round < 100 && asked.size() < 2; ++round) {
            waitForHandles({socket.handle()}, 50ms);
            socket.receive(10, [&](const wire::Ipv6Packet& packet) {
                asked.push_back(packet.destination);
                EXPECT_EQ(packet.source, kClient);
                const auto message = wire::decodeIcmpv6(packet);
                ASSERT_TRUE(message);
                EXPECT_EQ(message->type, 128);
                EXPECT_EQ(toBytes(message->body), Bytes(12, 0x5a));
            });
        }
        EXPECT_EQ(asked, (std::vector<Ipv6Address>{kHost, kOther}));
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

TEST(NativeEchoSocketTest, withoutTheRightItSaysWhatToDo) {
    const bool isAllowed = test::inOwnNamespace([] {
        auto before = NativeEchoSocket::open();
        EXPECT_TRUE(before);
        dropRawSocketRight();
        const auto after = NativeEchoSocket::open();
        ASSERT_FALSE(after);
        EXPECT_NE(after.error().detail.find("setcap cap_net_raw+ep"), std::string::npos) << after.error().detail;
    });
    if (!isAllowed)
        GTEST_SKIP() << "no network namespace for this user";
}

} // namespace
} // namespace culvert
#endif
