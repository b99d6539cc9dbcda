// The world of the Teredo client's tests: virtual time, servers that do as scripted, and a NAT between.
#pragma once

#include "core/teredo/teredo_client.h"
#include "tests/support/seeded_random.h"
#include "tests/support/teredo_server_double.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace culvert::test {

inline constexpr std::uint16_t kPort = 41000;
inline const Ipv4Address kPublic = Ipv4Address::of(45, 83, 1, 2);

/// What stands between. Ports are kept where the mapping does not depend on the destination.
struct Nat {
    bool isSymmetric = false;
    bool letsAllIn = false;            ///< endpoint-independent filtering, or a router's mapping
    bool looksAtAddressesAlone = true; ///< the laxest filter that is not open
    std::uint16_t port = kPort;
    std::set<SocketAddress> sentTo;

    SocketAddress outer(const SocketAddress& remote) const {
        const std::uint16_t extra = isSymmetric ? remote.v4().octets[3] : 0;
        return {kPublic, static_cast<std::uint16_t>(port + extra)};
    }
    bool letsIn(const SocketAddress& from, const SocketAddress& to) const {
        return std::any_of(sentTo.begin(), sentTo.end(), [&](const SocketAddress& remote) {
            const bool isKnown = remote.v4() == from.v4() && (looksAtAddressesAlone || remote.port() == from.port());
            return to == outer(remote) && (letsAllIn || isKnown);
        });
    }
};

/// A client, its servers, and what flies between them. `delay` is the whole round trip.
struct TeredoClientWorld : testing::Test {
    Instant now{1s};
    SeededRandom random{3};
    TeredoClient client{random, false};
    Nat nat;
    std::vector<TeredoServerDouble> servers{{Ipv4Address::of(83, 170, 6, 76), Ipv4Address::of(83, 170, 6, 77)}};
    std::multimap<Instant, std::pair<SocketAddress, Bytes>> flying;
    Duration delay = 20ms;
    std::vector<std::pair<Instant, SocketAddress>> sent;
    bool wasContacted = false;
    bool isCut = false, doubles = false;
    std::set<std::size_t> lost;       ///< which of the questions, in the order they are sent, from 1
    std::size_t mayAnswer = SIZE_MAX; ///< octets: of the packet that came in

    void start() {
        client.setAllowed(now, true);
        use(servers.size());
    }
    void use(std::size_t count) {
        std::vector<TeredoServerName> names;
        for (std::size_t i = 0; i < count; ++i)
            names.push_back({"server" + std::to_string(i), {servers[i].primary}});
        client.setServers(now, names);
    }
    TeredoServerDouble& addServer() {
        const auto net = static_cast<std::uint8_t>(servers.size());
        servers.push_back({Ipv4Address::of(94, 245, net, 10), Ipv4Address::of(94, 245, net, 11)});
        return servers.back();
    }
    void drain() {
        std::size_t octets = 0;
        while (const auto datagram = client.pollTransmit()) {
            octets += datagram->payload.size();
            EXPECT_LE(octets, mayAnswer) << "a packet that came in makes no larger ones go out";
            sent.emplace_back(now, datagram->remote);
            nat.sentTo.insert(datagram->remote);
            if (isCut || lost.contains(sent.size()))
                continue;
            for (TeredoServerDouble& server : servers)
                for (const Ipv4Address& address : {server.primary, server.secondary})
                    if (address == datagram->remote.v4())
                        if (auto answer = server.answer(nat.outer(datagram->remote), address, datagram->payload))
                            fly(*answer);
        }
    }
    void fly(const Datagram& answer) {
        for (int i = 0; i < (doubles ? 2 : 1) && nat.letsIn(answer.local, answer.remote); ++i)
            flying.emplace(now + delay, std::pair(answer.local, answer.payload));
    }
    void run(Duration duration) {
        const Instant end = now + duration;
        for (drain();; drain()) {
            const auto deadline = client.pollTimeout();
            const bool isArrival = !flying.empty() && (!deadline || flying.begin()->first <= deadline->at);
            const Instant next = isArrival ? flying.begin()->first : deadline ? deadline->at : end + 1s;
            if (next > end)
                break;
            EXPECT_GE(next, now);
            now = next;
            if (isArrival) {
                const auto [from, payload] = flying.begin()->second;
                flying.erase(flying.begin());
                client.handleDatagram(now, Datagram{{}, from, payload, 0}, wasContacted);
                mayAnswer = payload.size();
                drain();
                mayAnswer = SIZE_MAX;
            } else {
                client.handleTimeout(now);
            }
        }
        now = end;
    }
    std::size_t sentTo(const Ipv4Address& address) const {
        return static_cast<std::size_t>(
            std::count_if(sent.begin(), sent.end(), [&](const auto& item) { return item.second.v4() == address; }));
    }
    wire::TeredoAddress address() const { return *wire::decodeTeredoAddress(*client.status().address); }
    TeredoServerHealth health(std::size_t server = 0) const { return client.status().servers.at(server).health; }
};

} // namespace culvert::test
