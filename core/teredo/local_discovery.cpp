#include "core/teredo/local_discovery.h"

#include "core/teredo/teredo_bubbles.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

#include <algorithm>

namespace culvert {

namespace {

// A network of nobody but us and a router has no neighbours, and none is as large as half the internet.
constexpr unsigned kPrefixMin = 8, kPrefixMax = 30;

const Ipv6Address kAllNodes{{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

// RFC 1918 alone: at the end of a provider's shared range (RFC 6598) the neighbours are strangers.
bool isHome(const Ipv4Address& address) {
    return address.isPrivate() && !address.isShared() && !address.isLinkLocal();
}

bool sharesPrefix(const Ipv4Address& a, const Ipv4Address& b, unsigned length) {
    for (unsigned bit = 0; bit < length; ++bit)
        if (((a.octets[bit / 8] ^ b.octets[bit / 8]) >> (7 - bit % 8) & 1) != 0)
            return false;
    return true;
}

Bytes announcement(const Ipv6Address& source) {
    wire::Ipv6Packet packet;
    packet.source = source;
    packet.destination = kAllNodes;
    packet.hopLimit = 1;
    return wire::encode(packet);
}

} // namespace

/// What a bubble said that counts.
struct LocalDiscovery::Heard {
    Ipv6Address source;
    const Network* network = nullptr;
};

std::vector<LocalDiscovery::Network> LocalDiscovery::networksOf(const LocalNetwork& network) {
    std::vector<Network> out;
    for (const LocalInterface& interface : network.interfaces) {
        if (interface.kind != InterfaceKind::Physical)
            continue;
        for (const LocalAddress& own : interface.addresses)
            if (own.address.isV4() && isHome(own.address.v4()) && own.prefixLength >= kPrefixMin &&
                own.prefixLength <= kPrefixMax && out.size() < kNetworksMax)
                out.push_back({own.address.v4(), own.prefixLength, interface.index});
    }
    return out;
}

void LocalDiscovery::setOwn(Instant now, const std::optional<Ipv6Address>& teredo, const LocalNetwork& network) {
    std::vector<Network> networks = networksOf(network);
    if (teredo == m_teredo && networks == m_networks)
        return;
    m_teredo = teredo;
    m_networks = std::move(networks);
    m_known.clear();
    m_out.clear();
    m_announceAt.reset();
    if (isOn())
        m_announceAt = now + within(kSoon);
}

std::vector<std::uint32_t> LocalDiscovery::interfaces() const {
    std::vector<std::uint32_t> out;
    if (!isOn())
        return out;
    for (const Network& network : m_networks)
        out.push_back(network.interfaceIndex);
    std::ranges::sort(out);
    out.erase(std::ranges::unique(out).begin(), out.end());
    return out;
}

const LocalDiscovery::Network* LocalDiscovery::networkOf(const SocketAddress& v4) const {
    if (!v4.isV4() || v4.port() == 0)
        return nullptr;
    const auto found = std::ranges::find_if(
        m_networks, [&](const Network& network) { return sharesPrefix(network.own, v4.v4(), network.prefixLength); });
    return found == m_networks.end() ? nullptr : &*found;
}

// RFC 4380 §5.2.8: what is discarded silently. Which mapped address it has, we MAY look at, and do.
std::optional<DiscoveryDiscard> LocalDiscovery::judge(const Datagram& datagram, Heard& out) const {
    if (datagram.local != group())
        return DiscoveryDiscard::Unicast;
    const auto decoded = wire::decodeTeredoPacket(datagram.payload);
    if (!decoded || decoded->authentication || decoded->origin || !isBubble(decoded->packet) ||
        decoded->packet.destination != kAllNodes)
        return DiscoveryDiscard::NoBubble;
    out.source = decoded->packet.source;
    const auto sender = wire::decodeTeredoAddress(out.source);
    if (!sender || sender->port == 0)
        return DiscoveryDiscard::NoTeredoAddress;
    if (out.source == m_teredo)
        return DiscoveryDiscard::Own;
    out.network = networkOf(datagram.remote);
    if (out.network == nullptr)
        return DiscoveryDiscard::OtherNetwork;
    if (sender->client != wire::decodeTeredoAddress(*m_teredo)->client)
        return DiscoveryDiscard::OtherNat;
    return std::nullopt;
}

std::optional<DiscoveredPeer> LocalDiscovery::handleDatagram(Instant now, const Datagram& datagram) {
    if (!isOn())
        return std::nullopt;
    Heard heard;
    auto discard = judge(datagram, heard);
    if (!discard && !m_heard.spend(now, kHeardPerSecondMax))
        discard = DiscoveryDiscard::RateLimited;
    if (discard) {
        ++m_discarded[static_cast<std::size_t>(*discard)];
        return std::nullopt;
    }
    note(now, heard.source);
    m_out.push_back({{heard.network->own, 0}, datagram.remote, makeBubble(*m_teredo, heard.source, {})});
    return DiscoveredPeer{heard.source, datagram.remote};
}

// Who is new does not know us yet, and takes nothing from our local address before it does. RFC 4380 §5.2.4 case 3 has
// us say it when we write; here it is said once.
void LocalDiscovery::note(Instant now, const Ipv6Address& peer) {
    std::erase_if(m_known, [&](const auto& item) { return now - item.second >= kKnownFor; });
    const auto known = m_known.find(peer);
    if (known != m_known.end()) {
        known->second = now;
        return;
    }
    if (m_known.size() >= kKnownMax)
        return;
    m_known.emplace(peer, now);
    const Instant earliest = m_announcedAt ? std::max(now, *m_announcedAt + kAnnounceEvery) : now;
    m_announceAt = std::min(*m_announceAt, earliest + within(kSoon));
}

void LocalDiscovery::handleTimeout(Instant now) {
    if (!m_announceAt || now < *m_announceAt)
        return;
    for (const Network& network : m_networks)
        m_out.push_back({{network.own, 0}, group(), announcement(*m_teredo)});
    m_announcedAt = now;
    m_announceAt = now + kIntervalMin + within(kIntervalMax - kIntervalMin);
}

Duration LocalDiscovery::within(Duration time) {
    return Duration(static_cast<Duration::rep>(m_random.below(static_cast<std::uint64_t>(time.count()) + 1)));
}

std::optional<Datagram> LocalDiscovery::pollTransmit() {
    if (m_out.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_out.front());
    m_out.pop_front();
    return datagram;
}

std::optional<Deadline> LocalDiscovery::pollTimeout() const {
    return m_announceAt ? std::optional(Deadline{*m_announceAt, "local discovery"}) : std::nullopt;
}

} // namespace culvert
