// The plain source, on every system: QNetworkInterface, and guesses for what it does not say.
#include "core/io/network_source.h"
#include "core/io/qt_address.h"

#include <QDeadlineTimer>
#include <QNetworkInterface>
#include <algorithm>

namespace culvert {

namespace {

// Windows calls its interfaces by numbers; there the name that people see says more.
QString nameOf(const QNetworkInterface& interface) {
#ifdef Q_OS_WIN
    return interface.humanReadableName();
#else
    return interface.name();
#endif
}

HardwareType hardwareOf(const QNetworkInterface& interface) {
    switch (interface.type()) {
    case QNetworkInterface::Loopback:
        return HardwareType::Loopback;
    case QNetworkInterface::Ppp:
    case QNetworkInterface::Slip:
        return HardwareType::Ppp;
    default:
        return HardwareType::Ether; // Virtual covers tunnels and ordinary cards alike: the name decides.
    }
}

InterfaceFact toFact(const QNetworkInterface& interface) {
    const auto flags = interface.flags();
    InterfaceFact fact;
    fact.name = nameOf(interface).toStdString();
    fact.index = static_cast<std::uint32_t>(std::max(interface.index(), 0));
    fact.hardware = hardwareOf(interface);
    // The other end of a container's cable. Inside the container it has the name of a real card.
    if (fact.name.starts_with("veth"))
        fact.linkKind = "veth";
    fact.isUp = flags.testFlag(QNetworkInterface::IsUp) && flags.testFlag(QNetworkInterface::IsRunning);
    fact.isLoopback = flags.testFlag(QNetworkInterface::IsLoopBack);
    return fact;
}

AddressFact toFact(const QNetworkAddressEntry& entry, std::uint32_t interfaceIndex) {
    AddressFact fact;
    fact.interfaceIndex = interfaceIndex;
    fact.address = fromQt(entry.ip());
    fact.prefixLength = static_cast<unsigned>(std::max(entry.prefixLength(), 0));
    fact.isDeprecated = entry.isLifetimeKnown() && entry.preferredLifetime().hasExpired();
    return fact;
}

Ipv4Address firstHostOf(const Ipv4Address& address, unsigned prefixLength) {
    Ipv4Address first;
    for (unsigned bit = 0; bit < prefixLength; ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> bit % 8);
        first.octets[bit / 8] = static_cast<std::uint8_t>(first.octets[bit / 8] | (address.octets[bit / 8] & mask));
    }
    first.octets[3] |= 1;
    return first;
}

// Most home routers hold the first address of their network. Who else does is asked and says nothing.
void guessRoutes(NetworkFacts& facts) {
    constexpr unsigned prefixMax = 30;
    for (const AddressFact& own : facts.addresses) {
        if (!own.address.isV4() || !own.address.v4().isPrivate() || own.prefixLength == 0 ||
            own.prefixLength > prefixMax || facts.routes.size() >= NetworkFacts::kRoutesMax)
            continue;
        const auto interface = std::ranges::find(facts.interfaces, own.interfaceIndex, &InterfaceFact::index);
        if (interface == facts.interfaces.end() || !interface->isUp ||
            kindOf(facts, *interface) != InterfaceKind::Physical)
            continue;
        const Ipv4Address router = firstHostOf(own.address.v4(), own.prefixLength);
        if (router != own.address.v4() && !router.isLinkLocal())
            facts.routes.push_back({SocketAddress(router, 0), own.interfaceIndex, 0});
    }
}

class PlainSource final : public NetworkSource {
public:
    std::optional<NetworkFacts> read() override {
        NetworkFacts facts;
        const auto interfaces = QNetworkInterface::allInterfaces();
        for (const QNetworkInterface& interface : interfaces) {
            if (facts.interfaces.size() >= NetworkFacts::kInterfacesMax)
                break;
            facts.interfaces.push_back(toFact(interface));
            const auto entries = interface.addressEntries();
            for (const QNetworkAddressEntry& entry : entries)
                if (facts.addresses.size() < NetworkFacts::kAddressesMax)
                    facts.addresses.push_back(toFact(entry, facts.interfaces.back().index));
        }
        guessRoutes(facts);
        return facts;
    }
};

} // namespace

std::unique_ptr<NetworkSource> makePlainSource() {
    return std::make_unique<PlainSource>();
}

} // namespace culvert
