#include "core/io/network_monitor.h"

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QNetworkInterface>
#include <algorithm>

namespace culvert {

namespace {

// Interfaces that lead to virtual machines and containers on this computer, or into tunnels that need no second one.
bool isForeign(const QString& name) {
    static const char* const prefixes[] = {"docker", "br-", "virbr", "vmnet", "vboxnet",
                                           "teredo", "sit", "6to4",  "isatap"};
    return std::ranges::any_of(prefixes, [&](const char* prefix) { return name.startsWith(QLatin1String(prefix)); });
}

Ipv6Address toV6(const QHostAddress& address) {
    const Q_IPV6ADDR raw = address.toIPv6Address();
    Ipv6Address out;
    std::copy(std::begin(raw.c), std::end(raw.c), out.octets.begin());
    return out;
}

Ipv4Address toV4(const QHostAddress& address) {
    const quint32 raw = address.toIPv4Address();
    return Ipv4Address::of(static_cast<std::uint8_t>(raw >> 24), static_cast<std::uint8_t>(raw >> 16 & 255),
                           static_cast<std::uint8_t>(raw >> 8 & 255), static_cast<std::uint8_t>(raw & 255));
}

bool isDeprecated(const QNetworkAddressEntry& entry) {
    return entry.isLifetimeKnown() && entry.preferredLifetime().hasExpired();
}

void addV6(LocalNetwork& network, const Ipv6Address& address) {
    if (address.isNativeGlobal())
        network.native6.push_back(address);
    else if (address.isUniqueLocal())
        network.lan6.push_back(address);
}

// Public addresses first: they are what others can reach.
void order(LocalNetwork& network) {
    std::ranges::stable_sort(network.v4, {}, [](const Ipv4Address& address) { return address.isPrivate(); });
}

} // namespace

LocalNetwork readLocalNetwork(std::uint16_t port, const std::vector<SocketAddress>& bound) {
    LocalNetwork network;
    network.port = port;
    for (const SocketAddress& address : bound) {
        if (address.isV4() && !address.v4().isUnspecified())
            network.v4.push_back(address.v4());
        else if (address.isV6() && !address.v6().isUnspecified()) {
            addV6(network, address.v6());
            if (address.v6().isLoopback())
                network.lan6.push_back(address.v6());
        }
    }
    if (!bound.empty() && (!network.v4.empty() || !network.native6.empty() || !network.lan6.empty()))
        return network;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        const auto flags = interface.flags();
        if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning) ||
            flags.testFlag(QNetworkInterface::IsLoopBack) || isForeign(interface.name()))
            continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry& entry : entries) {
            if (isDeprecated(entry))
                continue;
            const QHostAddress address = entry.ip();
            if (address.protocol() == QAbstractSocket::IPv6Protocol)
                addV6(network, toV6(address));
            else if (!toV4(address).isUnspecified() &&
                     !(toV4(address).octets[0] == 169 && toV4(address).octets[1] == 254))
                network.v4.push_back(toV4(address));
        }
    }
    if (network.v4.empty() && network.native6.empty() && network.lan6.empty()) {
        network.v4.push_back(Ipv4Address::of(127, 0, 0, 1));
        network.lan6.push_back(*Ipv6Address::fromText("::1"));
    }
    order(network);
    return network;
}

} // namespace culvert
