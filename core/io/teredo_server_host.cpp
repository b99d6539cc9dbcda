#include "core/io/teredo_server_host.h"

#include "core/io/os_random.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kAddressesMax = 2; // RFC 4380 §5.3.2: one that is asked, and another one

std::uint32_t numberOf(const Ipv4Address& address) {
    std::uint32_t number = 0;
    for (const std::uint8_t octet : address.octets)
        number = number << 8 | octet;
    return number;
}

bool follows(const Ipv4Address& first, const Ipv4Address& second) {
    return numberOf(first) + 1 == numberOf(second);
}

std::string textOf(const Ipv4Address& address) {
    return SocketAddress(address, TeredoServer::kPort).text();
}

std::string praise(const std::vector<Ipv4Address>& addresses) {
    if (addresses.size() == 1)
        return "Teredo server at " + textOf(addresses[0]) +
               ". With a second public IPv4 address it could tell clients whether strangers reach them.";
    std::string text = "Teredo server at " + textOf(addresses[0]) + ", the other address is " + textOf(addresses[1]);
    if (!follows(addresses[0], addresses[1]))
        text += ", which clients have to be told, because it is not the next one";
    return text + ".";
}

std::vector<Ipv6Address> ownNativeOf(const LocalNetwork& network) {
    std::vector<Ipv6Address> out = network.native6;
    for (const LocalInterface& interface : network.interfaces)
        for (const LocalAddress& each : interface.addresses)
            if (each.address.isV6() && each.address.v6().isNativeGlobal())
                out.push_back(each.address.v6());
    return out;
}

} // namespace

std::vector<Ipv4Address> chooseTeredoAddresses(std::vector<Ipv4Address> v4, bool allowReserved) {
    std::erase_if(v4, [&](const Ipv4Address& address) { return !address.isGlobal(allowReserved); });
    std::ranges::sort(v4);
    v4.erase(std::ranges::unique(v4).begin(), v4.end());
    const auto pair = std::ranges::adjacent_find(v4, follows);
    if (pair != v4.end())
        return {pair[0], pair[1]};
    v4.resize(std::min(v4.size(), kAddressesMax));
    return v4;
}

TeredoServerHost::TeredoServerHost(const std::vector<SocketAddress>& bound, bool allowReserved, Say say,
                                   std::unique_ptr<NativeForwarder> native)
    : m_allowReserved(allowReserved), m_say(std::move(say)), m_native(std::move(native)) {
    for (const SocketAddress& address : bound)
        if (address.isV4() && m_bound.size() < kAddressesMax)
            m_bound.push_back(address.v4());
}

void TeredoServerHost::tell(const std::string& what) {
    if (what != m_said)
        m_say(what);
    m_said = what;
}

void TeredoServerHost::handleNetwork(const LocalNetwork& network) {
    std::vector<Ipv4Address> wanted = chooseTeredoAddresses(network.v4, m_allowReserved);
    if (!m_bound.empty()) {
        wanted = m_bound;
        std::erase_if(wanted, [&](const Ipv4Address& address) { return !address.isGlobal(m_allowReserved); });
    }
    m_ownNative = ownNativeOf(network);
    if (m_server)
        m_server->setOwnNative(m_ownNative);
    if (wanted == m_addresses && !wanted.empty())
        return tell(m_praise + nativePraise());
    m_server.reset();
    m_sockets.clear();
    m_addresses.clear();
    if (wanted.empty())
        return tell("No Teredo server: this computer has no public IPv4 address of its own.");
    m_praise = open(wanted);
    tell(m_praise + (m_addresses.empty() ? "" : nativePraise()));
}

// What becomes of packets to native hosts, where somebody asked for it.
std::string TeredoServerHost::nativePraise() const {
    if (!m_native)
        return "";
    return m_ownNative.empty() ? " It cannot reach native IPv6 hosts while this computer has no IPv6."
                               : " It forwards ICMPv6 of its clients to native IPv6 hosts.";
}

std::string TeredoServerHost::open(const std::vector<Ipv4Address>& addresses) {
    for (const Ipv4Address& address : addresses) {
        auto socket = UdpSocket::bind(SocketAddress(address, TeredoServer::kPort));
        if (!socket) {
            m_sockets.clear();
            return "No Teredo server: " + socket.error().detail;
        }
        m_sockets.push_back(std::move(*socket));
    }
    m_addresses = addresses;
    const auto secondary = addresses.size() > 1 ? std::optional(addresses[1]) : std::nullopt;
    OsRandom random;
    m_server.emplace(TeredoServerConfig{addresses[0], secondary, m_allowReserved, true, m_native != nullptr}, random);
    m_server->setOwnNative(m_ownNative);
    return praise(addresses);
}

void TeredoServerHost::round(Instant now, std::size_t maximum) {
    for (const auto& socket : m_sockets) {
        socket->receive(maximum, [&](const Datagram& datagram) {
            const auto out = m_server->handleDatagram(now, datagram);
            if (const auto packet = m_server->pollNative())
                m_native->send(*packet);
            if (!out)
                return;
            for (const auto& sender : m_sockets)
                if (sender->local() == out->local)
                    sender->send(*out);
        });
    }
}

std::vector<std::intptr_t> TeredoServerHost::handles() const {
    std::vector<std::intptr_t> out;
    for (const auto& socket : m_sockets)
        out.push_back(socket->handle());
    return out;
}

} // namespace culvert
