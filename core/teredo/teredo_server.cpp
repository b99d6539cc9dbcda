#include "core/teredo/teredo_server.h"

#include "core/crypto/sealing.h"
#include "core/teredo/teredo_bubbles.h"
#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"

#include <algorithm>
#include <bit>

namespace culvert {

namespace {

// What clients are known to take: an endless prefix for addresses, no default router that other links would use, and a
// retransmission timer of two seconds.
constexpr std::uint32_t kRetransTimer = 2000;
constexpr std::size_t kHopLimitAt = 7; // in an IPv6 header

bool isSmall(const wire::TeredoPacket& teredo) {
    return teredo.packet.payload.size() <= TeredoServer::kIcmpv6Max &&
           teredo.trailers.size() <= TeredoServer::kTrailersMax;
}

// RFC 4443: what finds a relay, and what rings (destination unreachable, too big, time exceeded, parameter problem).
bool isForNative(std::uint8_t type) {
    constexpr std::uint8_t firstError = 1, lastError = 4, echoRequest = 128;
    return type == echoRequest || (type >= firstError && type <= lastError);
}

// RFC 6890, RFC 9637: protocol assignments and documentation, in which no host of the internet has an address.
bool isReserved(const Ipv6Address& address) {
    const auto& octets = address.octets;
    const bool isAssigned = octets[0] == 0x20 && octets[1] == 0x01 && octets[2] < 2;
    const bool isDocumentation = (octets[0] == 0x20 && octets[1] == 0x01 && octets[2] == 0x0d && octets[3] == 0xb8) ||
                                 (octets[0] == 0x3f && octets[1] == 0xff && octets[2] < 0x10);
    return isAssigned || isDocumentation;
}

std::array<std::uint8_t, 8> siteOf(const Ipv6Address& address) {
    std::array<std::uint8_t, 8> out{};
    std::copy_n(address.octets.begin(), out.size(), out.begin());
    return out;
}

template<typename Key> unsigned countOf(const std::map<Key, unsigned>& counts, const Key& key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

} // namespace

TeredoServer::TeredoServer(const TeredoServerConfig& config, Random& random) : m_config(config), m_gains(kGainCells) {
    random.fillSecret(m_gainsKey.span());
}

std::optional<Datagram> TeredoServer::drop(TeredoServerDrop reason) {
    ++m_drops[static_cast<std::size_t>(reason)];
    return std::nullopt;
}

bool TeredoServer::isOurs(const Ipv4Address& address) const {
    return address == m_config.primary || address == m_config.secondary;
}

// RFC 4380 §5.2.4: where packets may go. Directed broadcasts are refused by the socket, which never asked for them.
bool TeredoServer::isReachable(const SocketAddress& v4) const {
    return v4.v4().isGlobal(m_config.allowReserved) && v4.port() != 0 && !isOurs(v4.v4());
}

bool TeredoServer::isNativeTarget(const Ipv6Address& address) const {
    return m_config.reachesNative && address.isNativeGlobal() && (m_config.allowReserved || !isReserved(address)) &&
           std::ranges::find(m_ownNative, address) == m_ownNative.end();
}

// Who has nothing left takes nothing from the others.
bool TeredoServer::spend(Instant now, const Ipv4Address& source, const Ipv6Address* nativeTarget) {
    if (m_second.begins(now)) {
        m_sent = 0;
        m_sources.clear();
        m_nativeSources.clear();
        m_nativeTargets.clear();
    }
    if (m_sent >= kPerSecondMax || countOf(m_sources, source) >= kPerSourceMax)
        return false;
    if (nativeTarget != nullptr) {
        const auto site = siteOf(*nativeTarget);
        if (countOf(m_nativeSources, source) >= kNativePerSourceMax ||
            countOf(m_nativeTargets, site) >= kNativePerTargetMax)
            return false;
        ++m_nativeSources[source];
        ++m_nativeTargets[site];
    }
    ++m_sources[source];
    ++m_sent;
    return true;
}

// What is answered may be somebody who never asked.
bool TeredoServer::spendGain(Instant now, const Ipv4Address& target, std::size_t question, std::size_t answer) {
    static_assert(std::has_single_bit(kGainCells) && kGainCells <= 1U << 16U);
    if (answer <= question)
        return true;
    const auto hash = keyedHash(m_gainsKey, target.octets);
    const std::size_t cell = (static_cast<std::size_t>(hash[0]) << 8U | hash[1]) % kGainCells;
    return m_gains[cell].spend(now, {kGainBurst, Duration(1s) / kGainPerSecond},
                               static_cast<std::int64_t>(answer - question));
}

std::optional<Datagram> TeredoServer::handleDatagram(Instant now, const Datagram& datagram) {
    m_native.reset();
    // RFC 4380 §5.3.1 rule 1
    const auto teredo = wire::decodeTeredoPacket(datagram.payload);
    if (!teredo)
        return drop(TeredoServerDrop::Malformed);
    const wire::Ipv6Packet& packet = teredo->packet;
    // RFC 4380 §5.3.1 rule 2
    if ((!isBubble(packet) && packet.nextHeader != wire::kNextHeaderIcmpv6) || !isSmall(*teredo))
        return drop(TeredoServerDrop::NotCarried);
    // RFC 4380 §5.3.1 rule 3
    if (!isReachable(datagram.remote))
        return drop(TeredoServerDrop::OuterSourceNotGlobal);
    if (const auto reason = checkSource(*teredo, datagram.remote))
        return drop(*reason);
    return packet.destination == wire::kAllRouters ? advertise(now, datagram, *teredo)
                                                   : forward(now, datagram, *teredo);
}

// RFC 4380 §5.3.1 rules 4 to 7
std::optional<TeredoServerDrop> TeredoServer::checkSource(const wire::TeredoPacket& teredo,
                                                          const SocketAddress& outer) const {
    const wire::Ipv6Packet& packet = teredo.packet;
    if (packet.source.isLinkLocal() && packet.destination == wire::kAllRouters)
        return std::nullopt;
    if (const auto source = wire::decodeTeredoAddress(packet.source))
        return source->mapped() == outer ? std::nullopt : std::optional(TeredoServerDrop::SourceMismatch);
    // Clients in use send bubbles by link-local addresses. ICMPv6 messages of those stay out: they would be
    // advertisements in our name, with any prefix.
    const bool mayWrite = isBubble(packet) ? packet.source.octets[0] != 0xff : isNativeHost(packet.source);
    const auto target = wire::decodeTeredoAddress(packet.destination);
    if (mayWrite && target && isOurs(target->server))
        return std::nullopt;
    return TeredoServerDrop::SourceMismatch;
}

// RFC 4380 §5.3.2
std::optional<Datagram> TeredoServer::advertise(Instant now, const Datagram& datagram,
                                                const wire::TeredoPacket& teredo) {
    const wire::Ipv6Packet& packet = teredo.packet;
    if (!wire::decodeRouterSolicitation(packet))
        return drop(TeredoServerDrop::BadSolicitation);
    const bool asksOther = wire::hasConeBit(packet.source);
    if (asksOther && !m_config.secondary)
        return drop(TeredoServerDrop::NoOtherAddress);
    Datagram out;
    out.remote = datagram.remote;
    out.local = datagram.local;
    if (asksOther)
        out.local = {datagram.local.v4() == m_config.primary ? *m_config.secondary : m_config.primary, kPort};
    // RFC 4380 §5.2.2: the nonce proves that who answers saw the question. Clients that we share a secret with do not
    // exist, so that neither identifier nor value comes back.
    if (teredo.authentication) {
        wire::TeredoAuthentication echo;
        echo.nonce = teredo.authentication->nonce;
        append(out.payload, wire::encodeAuthentication(echo));
    }
    append(out.payload, wire::encodeOriginIndication(datagram.remote));
    wire::RouterAdvertisement advertisement;
    advertisement.retransTimer = kRetransTimer;
    // The prefix names the primary address, whichever was asked: a client that asks both must get one address.
    Ipv6Address prefix = wire::encode(wire::TeredoAddress{m_config.primary, false, 0, {}, 0});
    std::fill(prefix.octets.begin() + 8, prefix.octets.end(), std::uint8_t{0});
    advertisement.prefixes = {{prefix, 64, false, true, wire::kInfiniteLifetime, wire::kInfiniteLifetime}};
    const Ipv6Address own = wire::teredoLinkLocal(true, SocketAddress(m_config.primary, kPort));
    append(out.payload, wire::encode(own, packet.source, advertisement));
    // Who has nothing left takes nothing from the others.
    if (!spendGain(now, out.remote.v4(), datagram.payload.size(), out.payload.size()))
        return drop(TeredoServerDrop::NoGain);
    if (!spend(now, datagram.remote.v4()))
        return drop(TeredoServerDrop::RateLimited);
    ++m_advertised;
    return out;
}

std::optional<Datagram> TeredoServer::forward(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo) {
    const wire::Ipv6Packet& packet = teredo.packet;
    if (!isBubble(packet) && !m_config.forwardsIcmpv6)
        return drop(TeredoServerDrop::NotCarried);
    if (isNativeTarget(packet.destination)) {
        forwardToNative(now, datagram, teredo);
        return std::nullopt;
    }
    const auto target = wire::decodeTeredoAddress(packet.destination);
    if (!target || !isOurs(target->server))
        return drop(TeredoServerDrop::NotOurClient);
    if (!isReachable(target->mapped()))
        return drop(TeredoServerDrop::TargetNotGlobal);
    // RFC 8200 §3: who forwards a packet counts its hop limit down; neighbour discovery does not survive that. Bubbles
    // end at the client's tunnel, and clients in use send them with a hop limit of zero. Neither can circle: a server
    // takes what names it as the client's server, and sends nothing to itself.
    if (!isBubble(packet) && packet.hopLimit <= 1)
        return drop(TeredoServerDrop::HopLimit);
    if (!spend(now, datagram.remote.v4()))
        return drop(TeredoServerDrop::RateLimited);
    const std::size_t size = wire::kIpv6HeaderSize + packet.payload.size() + teredo.trailers.size();
    Datagram out;
    out.remote = target->mapped();
    // From the address that the client keeps its NAT open for: the one in its prefix.
    out.local = {target->server, kPort};
    out.payload = wire::encodeOriginIndication(datagram.remote);
    const std::size_t start = out.payload.size();
    append(out.payload, BytesView(datagram.payload).last(size));
    if (!isBubble(packet))
        --out.payload[start + kHopLimitAt];
    ++m_forwarded;
    return out;
}

// RFC 4380 §5.3.1: "relayed to the IPv6 Internet". Whom checkSource() let through to here is a Teredo client that sends
// from where its address says (rule 5), so that the answers go to it. Trailers end with the tunnel (RFC 6081 §4).
void TeredoServer::forwardToNative(Instant now, const Datagram& datagram, const wire::TeredoPacket& teredo) {
    const wire::Ipv6Packet& packet = teredo.packet;
    const auto message = wire::decodeIcmpv6(packet);
    if (!message || !isForNative(message->type))
        drop(TeredoServerDrop::NotForNative);
    else if (packet.hopLimit <= 1)
        drop(TeredoServerDrop::HopLimit);
    else if (!spend(now, datagram.remote.v4(), &packet.destination))
        drop(TeredoServerDrop::RateLimited);
    else {
        const std::size_t size = wire::kIpv6HeaderSize + packet.payload.size();
        m_native = toBytes(BytesView(datagram.payload).last(size + teredo.trailers.size()).first(size));
        --m_native->at(kHopLimitAt);
        ++m_forwardedToNative;
    }
}

} // namespace culvert
