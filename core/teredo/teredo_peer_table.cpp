#include "core/teredo/teredo_peer_table.h"

#include <algorithm>

namespace culvert {

namespace {

// Who goes first: the lowest rank, and of it the one that was used the longest time ago.
std::pair<int, Instant> worth(const TeredoPeer& peer) {
    return {(peer.isSought ? 2 : 0) + (peer.isTrusted ? 1 : 0), peer.used};
}

} // namespace

// RFC 4380 §4: the last 32 bits of a Teredo address are its IPv4 address. RFC 6177 §2: no site gets more than a /48.
Ipv6Address TeredoPeerTable::hostOf(const Ipv6Address& address) {
    Ipv6Address out = address;
    const auto rest = address.isTeredo() ? std::pair(4, 12) : std::pair(6, 16);
    std::fill(out.octets.begin() + rest.first, out.octets.begin() + rest.second, std::uint8_t{0});
    return out;
}

TeredoPeer* TeredoPeerTable::find(const Ipv6Address& address) {
    const auto found = m_peers.find(address);
    return found == m_peers.end() ? nullptr : &found->second;
}

const TeredoPeer* TeredoPeerTable::find(const Ipv6Address& address) const {
    const auto found = m_peers.find(address);
    return found == m_peers.end() ? nullptr : &found->second;
}

bool TeredoPeerTable::makeRoomAtHost(const Ipv6Address& address, bool forSought) {
    std::size_t count = 0;
    auto worst = m_peers.end();
    for (auto peer = m_peers.begin(); peer != m_peers.end(); ++peer) {
        if (hostOf(peer->first) != hostOf(address))
            continue;
        ++count;
        if (worst == m_peers.end() || worth(peer->second) < worth(worst->second))
            worst = peer;
    }
    if (count < kPerHostMax)
        return true;
    if (!forSought && worst->second.isSought)
        return false;
    m_peers.erase(worst);
    return true;
}

bool TeredoPeerTable::makeRoom(const Ipv6Address& address, bool forSought) {
    if (!makeRoomAtHost(address, forSought))
        return false;
    const auto unsought = static_cast<std::size_t>(
        std::ranges::count_if(m_peers, [](const auto& item) { return !item.second.isSought; }));
    if (m_peers.size() < kPeersMax && (forSought || unsought < kUnsoughtMax))
        return true;
    if (!forSought && unsought == 0)
        return false;
    m_peers.erase(
        std::ranges::min_element(m_peers, {}, [](const Peers::value_type& item) { return worth(item.second); }));
    return true;
}

TeredoPeer& TeredoPeerTable::seek(Instant now, const Ipv6Address& address) {
    if (!m_peers.contains(address))
        makeRoom(address, true);
    TeredoPeer& peer = m_peers[address];
    peer.isSought = true;
    peer.used = now;
    return peer;
}

TeredoPeer* TeredoPeerTable::note(Instant now, const Ipv6Address& address) {
    if (!m_peers.contains(address) && !makeRoom(address, false))
        return nullptr;
    TeredoPeer& peer = m_peers[address];
    peer.used = now;
    return &peer;
}

std::size_t TeredoPeerTable::queued() const {
    std::size_t out = 0;
    for (const auto& [address, peer] : m_peers)
        out += peer.queue.size();
    return out;
}

void TeredoPeerTable::dropQueued() {
    std::ranges::max_element(m_peers, {}, [](const Peers::value_type& item) {
        return item.second.queue.size();
    })->second.queue.pop_front();
}

} // namespace culvert
