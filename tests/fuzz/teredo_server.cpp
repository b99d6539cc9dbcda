// The Teredo server and datagrams from everywhere: what goes out, where to, and how much.
#include "core/teredo/teredo_server.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/teredo_server_script.h"
#include "tests/support/seeded_random.h"

#include <map>

namespace culvert::fuzz {
namespace {

constexpr unsigned kDatagramsMax = 256;
constexpr std::size_t kOriginSize = 8;
// What an advertisement has more than its solicitation: its own options, and the origin.
constexpr std::size_t kAdvertisementExcess = TeredoServer::kGain;

void checkAnswer(const TeredoServerConfig& config, const Datagram& in, const Datagram& out) {
    require(out.local == SocketAddress(config.primary, TeredoServer::kPort) ||
                (config.secondary && out.local == SocketAddress(*config.secondary, TeredoServer::kPort)),
            "everything leaves from port 3544 of an address of ours");
    require(out.remote.isV4() && out.remote.v4().isGlobal(config.allowReserved) && out.remote.port() != 0,
            "everything goes to a global unicast address");
    require(out.remote.v4() != config.primary && out.remote.v4() != config.secondary, "nothing goes to ourselves");
    const auto teredo = wire::decodeTeredoPacket(out.payload);
    require(teredo.has_value(), "what goes out is well-formed");
    require(teredo->origin == in.remote, "the origin is where the datagram came from");
    const wire::Ipv6Packet& packet = teredo->packet;
    if (const auto advertisement = wire::decodeRouterAdvertisement(packet)) {
        require(out.remote == in.remote, "an advertisement goes to who asked");
        require(out.payload.size() <= in.payload.size() + kAdvertisementExcess, "it is no larger than it must be");
        require(advertisement->prefixes.size() == 1, "it has one prefix");
        const bool isOther = out.local != in.local;
        require(isOther == wire::hasConeBit(packet.destination), "the cone bit chooses who answers");
        return;
    }
    const auto target = wire::decodeTeredoAddress(packet.destination);
    require(target && target->mapped() == out.remote, "a packet goes to whom it names");
    require(out.payload.size() <= in.payload.size() + kOriginSize, "it grows by its origin alone");
    require(packet.nextHeader == wire::kNextHeaderNone
                ? packet.payload.empty()
                : packet.nextHeader == wire::kNextHeaderIcmpv6 && config.forwardsIcmpv6,
            "bubbles and ICMPv6 alone are forwarded");
    require(packet.payload.size() <= TeredoServer::kIcmpv6Max && teredo->trailers.size() <= TeredoServer::kTrailersMax,
            "and no conversation");
}

void checkNative(const TeredoServerConfig& config, const Datagram& in, const Bytes& out) {
    require(config.reachesNative, "somebody asked for it");
    const auto packet = wire::decodeIpv6(out);
    require(packet.has_value(), "what goes out is one packet");
    require(out.size() <= in.payload.size(), "it does not grow");
    const auto source = wire::decodeTeredoAddress(packet->source);
    require(source && source->mapped() == in.remote, "its source is who sent it");
    require(packet->destination.isNativeGlobal() && packet->destination != kServerNative, "it goes to another host");
    const auto message = wire::decodeIcmpv6(*packet);
    require(message && (message->type == 128 || (message->type >= 1 && message->type <= 4)), "it asks, or is an error");
    require(packet->payload.size() <= TeredoServer::kIcmpv6Max && packet->hopLimit > 0, "and no conversation");
}

} // namespace

void run(BytesView input) {
    Input script(input);
    const std::uint8_t shape = script.u8();
    TeredoServerConfig config{kServerPrimary,
                              {},
                              (shape & kAllowsReserved) != 0,
                              (shape & kForwardsIcmpv6) != 0,
                              (shape & kReachesNative) != 0};
    if ((shape & kHasSecondary) != 0)
        config.secondary = kServerSecondary;
    test::SeededRandom random(1);
    TeredoServer server(config, random);
    server.setOwnNative({kServerNative});
    Instant now{1s};
    std::map<Ipv4Address, std::int64_t> gains; // what advertisements had more than their solicitations
    std::uint64_t drops = 0, sent = 0;
    unsigned count = 0;
    for (; !script.empty() && count < kDatagramsMax; ++count) {
        const std::uint8_t whence = script.u8();
        now += std::chrono::seconds(script.u8());
        Datagram in;
        const bool asksOther = (whence & kAsksSecondary) != 0 && config.secondary;
        in.local = {asksOther ? *config.secondary : config.primary, TeredoServer::kPort};
        in.remote = teredoSource(whence);
        in.payload = toBytes(script.chunk());
        const std::uint64_t advertised = server.advertised();
        if (const auto out = server.handleDatagram(now, in)) {
            checkAnswer(config, in, *out);
            if (server.advertised() > advertised && out->payload.size() > in.payload.size())
                gains[in.remote.v4()] += static_cast<std::int64_t>(out->payload.size() - in.payload.size());
            require(gains[in.remote.v4()] <=
                        TeredoServer::kGainBurst + TeredoServer::kGainPerSecond * ((now - Instant{1s}) / 1s),
                    "nobody gets more than came from there, beyond a burst and a rate");
            ++sent;
            require(!server.pollNative(), "a datagram causes one packet at most");
        } else if (const auto native = server.pollNative()) {
            checkNative(config, in, *native);
            ++sent;
        }
    }
    for (std::size_t reason = 0; reason < static_cast<std::size_t>(TeredoServerDrop::Count); ++reason)
        drops += server.dropped(static_cast<TeredoServerDrop>(reason));
    require(drops + sent == count, "each datagram is answered or counted");
    require(server.advertised() + server.forwarded() + server.forwardedToNative() == sent, "and so is what goes out");
}

} // namespace culvert::fuzz
