#include "core/io/upnp_search.h"

#include "core/io/qt_address.h"
#include "core/io/system_address.h"
#include "core/io/upnp_location.h"
#include "core/io/upnp_protocol.h"

#include <QNetworkInterface>
#include <algorithm>

namespace culvert::upnp {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint16_t kSsdpPort = 1900;
constexpr auto kFirstWait = std::chrono::milliseconds(400);
constexpr auto kSecondWait = std::chrono::milliseconds(1200);
constexpr auto kGraceForOthers = std::chrono::milliseconds(60); // after the first answer, for a second router
constexpr std::size_t kInterfacesMax = 8;
constexpr int kAnswersMax = 64; // datagrams that are looked at in one search
constexpr int kHops = 2;        // UPnP Device Architecture 1.1 §1.3.2

const char* const kTypes[] = {
    "urn:schemas-upnp-org:device:InternetGatewayDevice:1",
    "urn:schemas-upnp-org:device:InternetGatewayDevice:2",
    "urn:schemas-upnp-org:service:WANIPConnection:1",
    "urn:schemas-upnp-org:service:WANPPPConnection:1",
};
const char* const kGroups4[] = {"239.255.255.250"};
const char* const kGroups6[] = {"ff02::c", "ff05::c"}; // The second makes us ask from a global address.

/// One way out, and the socket that asks there.
struct Asker {
    std::uint32_t index = 0;
    Ipv4Address address; ///< of IPv4 alone
    sockets::Handle handle = sockets::kNone;
};

LocalAddress localAddress(const QNetworkAddressEntry& entry) {
    LocalAddress out;
    out.address = fromQt(entry.ip());
    out.prefixLength = static_cast<unsigned>(std::max(entry.prefixLength(), 0));
    return out;
}

bool isUsable(const QNetworkInterface& interface) {
    return interface.flags().testFlag(QNetworkInterface::IsUp) &&
           interface.flags().testFlag(QNetworkInterface::IsRunning) &&
           !interface.flags().testFlag(QNetworkInterface::IsLoopBack);
}

std::vector<Asker> waysOut(bool isV6) {
    std::vector<Asker> out;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        if (!isUsable(interface) || !interface.flags().testFlag(QNetworkInterface::CanMulticast))
            continue;
        const auto entries = interface.addressEntries();
        const auto found = std::ranges::find_if(
            entries, [&](const auto& entry) { return localAddress(entry).address.isV6() == isV6; });
        if (found == entries.end() || out.size() == kInterfacesMax)
            continue;
        Asker asker;
        asker.index = static_cast<std::uint32_t>(interface.index());
        if (!isV6)
            asker.address = localAddress(*found).address.v4();
        out.push_back(asker);
    }
    return out;
}

template<typename T> bool setOption(sockets::Handle handle, int level, int name, const T& value) {
    return ::setsockopt(handle, level, name, reinterpret_cast<const char*>(&value), sizeof value) == 0;
}

bool bindAsker(const Asker& asker, bool isV6) {
    sockets::SystemAddress local{};
    const socklen_t size =
        sockets::toSystem(isV6 ? SocketAddress(Ipv6Address{}, 0) : SocketAddress(asker.address, 0), local);
    const bool isSet = isV6 ? setOption(asker.handle, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
                                  setOption(asker.handle, IPPROTO_IPV6, IPV6_MULTICAST_IF, asker.index) &&
                                  setOption(asker.handle, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, kHops)
                            : setOption(asker.handle, IPPROTO_IP, IP_MULTICAST_IF, local.v4.sin_addr) &&
                                  setOption(asker.handle, IPPROTO_IP, IP_MULTICAST_TTL, kHops);
    return isSet && ::bind(asker.handle, &local.any, size) == 0;
}

/// The sockets of a search; they close with it.
class Askers {
public:
    explicit Askers(bool isV6) : m_isV6(isV6), m_askers(waysOut(isV6)) {
        sockets::startup();
        for (Asker& asker : m_askers) {
            asker.handle = ::socket(isV6 ? AF_INET6 : AF_INET, SOCK_DGRAM, 0);
            if (asker.handle != sockets::kNone && bindAsker(asker, isV6) && sockets::makeOurs(asker.handle))
                continue;
            if (asker.handle != sockets::kNone)
                sockets::close(asker.handle);
            asker.handle = sockets::kNone;
        }
        std::erase_if(m_askers, [](const Asker& asker) { return asker.handle == sockets::kNone; });
    }
    ~Askers() {
        for (const Asker& asker : m_askers)
            sockets::close(asker.handle);
    }
    Askers(const Askers&) = delete;
    Askers& operator=(const Askers&) = delete;

    const std::vector<Asker>& all() const { return m_askers; }

    void ask() const {
        for (const Asker& asker : m_askers)
            for (const char* const type : kTypes)
                if (m_isV6)
                    for (const char* const group : kGroups6)
                        send(asker, group, type);
                else
                    send(asker, kGroups4[0], type);
    }

private:
    void send(const Asker& asker, const char* group, const char* type) const {
        const std::string host = m_isV6 ? '[' + std::string(group) + ']' : group;
        const std::string text = "M-SEARCH * HTTP/1.1\r\nHOST: " + host + ":" + std::to_string(kSsdpPort) +
                                 "\r\nMAN: \"ssdp:discover\"\r\nMX: 1\r\nST: " + type + "\r\n\r\n";
        sockaddr_in6 to6{};
        sockaddr_in to4{};
        to6.sin6_family = AF_INET6;
        to6.sin6_port = to4.sin_port = htons(kSsdpPort);
        to6.sin6_scope_id = asker.index;
        to4.sin_family = AF_INET;
        ::inet_pton(m_isV6 ? AF_INET6 : AF_INET, group,
                    m_isV6 ? static_cast<void*>(&to6.sin6_addr) : static_cast<void*>(&to4.sin_addr));
        const auto* const to = m_isV6 ? reinterpret_cast<const sockaddr*>(&to6) : reinterpret_cast<sockaddr*>(&to4);
        // A datagram that cannot go is lost like any other: the question is asked twice.
        (void)::sendto(asker.handle, text.data(), static_cast<int>(text.size()), 0, to,
                       m_isV6 ? sizeof to6 : sizeof to4);
    }

    bool m_isV6;
    std::vector<Asker> m_askers;
};

/// What answered so far.
class Finds {
public:
    Finds() : m_own(ownAddresses()) {}

    std::vector<std::string> urls;

    bool mayTakeMore() const { return urls.size() < kDevicesMax && m_answers < kAnswersMax; }

    void receive(const Asker& asker) {
        char buffer[kSsdpAnswerMax + 1];
        sockets::SystemAddress from{};
        socklen_t length = sizeof from;
        const auto count = ::recvfrom(asker.handle, buffer, sizeof buffer, 0, &from.any, &length);
        m_answers++; // Errors too: the loop has an end.
        if (count <= 0)
            return;
        const auto location = locationOf({buffer, static_cast<std::size_t>(count)});
        if (!location || !maySpeakFor(sockets::fromSystem(from), *hostOf(*location), m_own))
            return;
        const std::string url = withZone(*location, asker.index);
        if (url.size() <= kUrlMax && std::ranges::find(urls, url) == urls.end())
            urls.push_back(url);
    }

private:
    std::vector<LocalAddress> m_own;
    int m_answers = 0;
};

void collect(const Askers& askers, Finds& finds, Clock::time_point until, bool isFull) {
    std::vector<sockets::PollItem> items;
    for (const Asker& asker : askers.all())
        items.push_back({asker.handle, POLLIN, 0});
    while (finds.mayTakeMore()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
        if (left <= 0 || sockets::poll(items.data(), static_cast<unsigned>(items.size()), static_cast<int>(left)) <= 0)
            return;
        for (std::size_t at = 0; at < items.size(); at++)
            if (items[at].revents != 0)
                finds.receive(askers.all()[at]);
        if (!finds.urls.empty() && !isFull)
            until = std::min(until, Clock::now() + kGraceForOthers);
    }
}

// Where a request goes decides where it comes from: a pinhole is asked for from a global address, so a device that
// names one of its own comes first.
bool isLinkLocal(const std::string& url) {
    const auto host = hostOf(url);
    return host && host->isV6() && host->v6().isLinkLocal();
}

} // namespace

std::vector<LocalAddress> ownAddresses() {
    std::vector<LocalAddress> out;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& interface : interfaces) {
        if (!isUsable(interface))
            continue;
        const auto entries = interface.addressEntries();
        for (const QNetworkAddressEntry& entry : entries)
            out.push_back(localAddress(entry));
    }
    return out;
}

std::vector<std::string> searchDevices(bool isV6, bool isFull) {
    const Askers askers(isV6);
    Finds finds;
    for (const auto wait : {kFirstWait, kSecondWait}) {
        if (askers.all().empty() || (!finds.urls.empty() && !isFull))
            break;
        askers.ask();
        collect(askers, finds, Clock::now() + wait, isFull);
    }
    std::ranges::stable_sort(finds.urls, {}, isLinkLocal);
    return finds.urls;
}

} // namespace culvert::upnp
