#include "core/io/upnp_device.h"

#include "core/io/upnp_location.h"
#include "core/io/upnp_search.h"
#include "core/io/upnp_soap.h"

#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/miniwget.h>
#include <miniupnpc/upnpcommands.h>
#include <miniupnpc/upnperrors.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

namespace culvert::upnp {

namespace {

constexpr int kDescriptionMax = 256 * 1024; // Real ones have a few KiB.
constexpr int kHttpOk = 200;
constexpr int kNoSuchEntryInArray = 714; // WANIPConnection:1 §2.4
constexpr int kConflictInMappingEntry = 718;
constexpr int kOnlyPermanentLeases = 725;
constexpr int kNoSuchEntry = 704; // WANIPv6FirewallControl:1 §2.6
constexpr auto kLease = std::chrono::seconds(3600);
constexpr auto kUdp = "17"; // WANIPv6FirewallControl:1 names protocols by their IANA numbers.
constexpr auto kName = "Culvert";

std::string wordsOf(int error) {
    if (error == UPNPCOMMAND_SUCCESS)
        return {};
    const char* const words = strupnperror(error);
    return words != nullptr ? cleanWords(words) : std::string{};
}

template<typename T> std::optional<T> numberOf(std::string_view text) {
    T out{};
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size())
        return std::nullopt;
    return out;
}

/// Room for what miniupnpc writes: more than it needs, so that each text ends.
using Field = std::array<char, 128>;

class MiniDevice final : public UpnpDevice {
public:
    MiniDevice(IGDdatas data, const std::string& url, std::string_view lanAddress)
        : m_data(data), m_url(url), m_lanAddress(lanAddress.substr(0, lanAddress.find('%'))) {
        GetUPNPUrls(&m_urls, &m_data, m_url.c_str(), 0);
    }
    ~MiniDevice() override { FreeUPNPUrls(&m_urls); }
    MiniDevice(const MiniDevice&) = delete;
    MiniDevice& operator=(const MiniDevice&) = delete;

    /// Whether all that we would talk to lies on the description's own host.
    bool staysAtHome() const {
        const auto home = hostOf(m_url);
        for (const char* const url : {m_urls.controlURL, m_urls.controlURL_CIF, m_urls.controlURL_6FC}) {
            if (url == nullptr || *url == '\0')
                continue;
            const auto host = hostOf(url);
            if (!home || !host || host->isV4() != home->isV4() ||
                (host->isV4() ? host->v4() != home->v4() : host->v6() != home->v6()))
                return false;
        }
        return true;
    }

    Answer describe(bool isV6) override {
        DeviceAnswer out;
        const auto host = hostOf(m_url);
        out.gateway = host->isV4() ? SocketAddress(host->v4(), 0) : SocketAddress(host->v6(), 0);
        if (isV6)
            return out;
        out.isConnected = UPNPIGD_IsConnected(&m_urls, &m_data) == 1;
        if (!out.isConnected && m_data.second.servicetype[0] != '\0')
            out.isConnected = triesSecondService();
        const StatusAnswer now = outerAddress();
        out.external = now.external;
        out.error = now.error;
        out.words = now.words;
        return out;
    }

    Answer status() override { return outerAddress(); }

    Answer mapping(const MappingCommand& command) override {
        const Entry entry{std::to_string(command.external), std::to_string(command.port),
                          command.isTcp ? "TCP" : "UDP"};
        if (command.verb == MappingVerb::Read)
            return MappingAnswer{withPort(read(entry), command.external)};
        if (command.verb == MappingVerb::Map)
            return MappingAnswer{withPort(map(entry), command.external)};
        const int error = remove(entry);
        return DoneAnswer{error, wordsOf(error)};
    }

    Answer firewall() override {
        int isOn = 0, isAllowed = 0;
        if (!hasFirewallControl() || UPNP_GetFirewallStatus(m_urls.controlURL_6FC, m_data.IPv6FC.servicetype, &isOn,
                                                            &isAllowed) != UPNPCOMMAND_SUCCESS)
            return FirewallAnswer{};
        return FirewallAnswer{isOn != 0, isAllowed != 0};
    }

    Answer open(const OpenCommand& command) override {
        if (!hasFirewallControl())
            return BrokenAnswer{"no control of the IPv6 firewall"};
        const std::string lease = std::to_string(kLease.count());
        PinholeAnswer out;
        out.id = command.id;
        // Whatever stands in the way of the old one, a new one may do: miniupnpd 2.3.1 says 402 where 704 is meant.
        out.error = command.id ? call(command.address, "UpdatePinhole",
                                      {{"UniqueID", std::to_string(*command.id)}, {"NewLeaseTime", lease}})
                                     .error
                               : kNoSuchEntry;
        if (out.error > 0) {
            const SoapReply added = call(command.address, "AddPinhole",
                                         {{"RemoteHost", ""},
                                          {"RemotePort", "0"},
                                          {"InternalClient", command.address.text()},
                                          {"InternalPort", std::to_string(command.port)},
                                          {"Protocol", kUdp},
                                          {"LeaseTime", lease}});
            out.error = added.error;
            out.id = numberOf<std::uint16_t>(elementOf(added.text, "UniqueID").value_or(""));
        }
        if (out.error == UPNPCOMMAND_SUCCESS && !out.id)
            out.error = UPNPCOMMAND_INVALID_RESPONSE;
        out.isOpen = out.error == UPNPCOMMAND_SUCCESS;
        if (!out.isOpen)
            out.id.reset();
        out.lifetime = out.isOpen ? Duration(kLease) : Duration{};
        out.words = wordsOf(out.error);
        return out;
    }

    Answer pinhole(const PinholeCommand& command) override {
        if (!hasFirewallControl())
            return BrokenAnswer{"no control of the IPv6 firewall"};
        const int error = call(command.address, command.closes ? "DeletePinhole" : "GetPinholePackets",
                               {{"UniqueID", std::to_string(command.id)}})
                              .error;
        return DoneAnswer{error, wordsOf(error)};
    }

private:
    struct Entry {
        std::string external;
        std::string port;
        const char* protocol;
    };

    bool hasFirewallControl() const { return m_data.IPv6FC.servicetype[0] != '\0' && m_urls.controlURL_6FC != nullptr; }

    SoapReply call(const Ipv6Address& from, const char* action,
                   std::vector<std::pair<std::string, std::string>> arguments) const {
        return callAction({m_urls.controlURL_6FC, from, m_data.IPv6FC.servicetype, action, std::move(arguments)});
    }

    // A modem may list WANIPConnection and WANPPPConnection, of which one is connected.
    bool triesSecondService() {
        std::swap(m_data.first, m_data.second);
        FreeUPNPUrls(&m_urls);
        m_urls = {};
        GetUPNPUrls(&m_urls, &m_data, m_url.c_str(), 0);
        return staysAtHome() && UPNPIGD_IsConnected(&m_urls, &m_data) == 1;
    }

    StatusAnswer outerAddress() {
        Field text{};
        StatusAnswer out;
        out.error = UPNP_GetExternalIPAddress(m_urls.controlURL, m_data.first.servicetype, text.data());
        out.words = wordsOf(out.error);
        if (out.error == UPNPCOMMAND_SUCCESS)
            out.external = Ipv4Address::fromText(text.data());
        if (out.external && out.external->isUnspecified())
            out.external.reset(); // What routers say while they are offline.
        if (!out.external && out.words.empty())
            out.words = "the router knows no address of its own";
        return out;
    }

    int add(const Entry& entry, const std::string& lease) {
        return UPNP_AddPortMapping(m_urls.controlURL, m_data.first.servicetype, entry.external.c_str(),
                                   entry.port.c_str(), m_lanAddress.c_str(), kName, entry.protocol, nullptr,
                                   lease.c_str());
    }

    int addWithLease(const Entry& entry) {
        const int error = add(entry, std::to_string(kLease.count()));
        return error == kOnlyPermanentLeases ? add(entry, "0") : error;
    }

    int remove(const Entry& entry) {
        return UPNP_DeletePortMapping(m_urls.controlURL, m_data.first.servicetype, entry.external.c_str(),
                                      entry.protocol, nullptr);
    }

    UpnpMapping map(const Entry& entry) {
        int error = addWithLease(entry);
        if (error > 0) { // Some say 718, some 501 or 606, where the port is taken: the table tells.
            const UpnpMapping present = read(entry);
            if (present.isForAnother || !present.isMapped)
                return withError(present, error);
            if (error != kConflictInMappingEntry)
                return withError({}, error);
            remove(entry); // Ours, from before, which this router does not let us renew.
            error = addWithLease(entry);
        }
        if (error != UPNPCOMMAND_SUCCESS)
            return withError({}, error);
        UpnpMapping out = read(entry);
        out.isMapped = !out.isForAnother;
        // A router that cannot be asked for an entry has said yes all the same.
        if (!out.isConfirmed)
            out.lifetime = kLease;
        return out;
    }

    UpnpMapping read(const Entry& entry) {
        Field client{}, port{}, description{}, isEnabled{}, lease{};
        const int error = UPNP_GetSpecificPortMappingEntry(
            m_urls.controlURL, m_data.first.servicetype, entry.external.c_str(), entry.protocol, nullptr, client.data(),
            port.data(), description.data(), isEnabled.data(), lease.data());
        if (error == kNoSuchEntryInArray)
            return {};
        if (error != UPNPCOMMAND_SUCCESS)
            return withError({}, error);
        UpnpMapping out;
        const bool isOurs = m_lanAddress == client.data() && entry.port == port.data();
        out.isForAnother = !isOurs;
        out.isMapped = isOurs;
        out.isConfirmed = isOurs && std::string_view(isEnabled.data()) != "0";
        out.lifetime = isOurs ? std::chrono::seconds(numberOf<std::uint32_t>(lease.data()).value_or(0)) : Duration{};
        return out;
    }

    static UpnpMapping withPort(UpnpMapping mapping, std::uint16_t external) {
        mapping.external = external;
        return mapping;
    }

    static UpnpMapping withError(UpnpMapping mapping, int error) {
        mapping.error = error;
        mapping.words = wordsOf(error);
        return mapping;
    }

    IGDdatas m_data;
    UPNPUrls m_urls{};
    std::string m_url;
    std::string m_lanAddress;
};

OpenedDevice refused(Answer reason) {
    return {nullptr, std::move(reason)};
}

} // namespace

OpenedDevice openDevice(const std::string& url) {
    const auto host = hostOf(url);
    if (!host || !isNeighbour(*host, ownAddresses()))
        return refused(BrokenAnswer{"foreign address"});
    int size = 0, status = 0;
    Field lanAddress{};
    const std::unique_ptr<char, decltype(&std::free)> text(
        static_cast<char*>(miniwget_getaddr(url.c_str(), &size, lanAddress.data(), lanAddress.size() - 1, 0, &status)),
        &std::free);
    // Redirects are not followed: they would lead away from the device.
    if (status > 0 && status != kHttpOk)
        return refused(BrokenAnswer{"HTTP status " + std::to_string(status)});
    if (!text || size <= 0)
        return refused(NoneAnswer{});
    if (size > kDescriptionMax)
        return refused(BrokenAnswer{"the description is too long"});
    IGDdatas data{};
    parserootdesc(text.get(), size, &data);
    if (data.first.servicetype[0] == '\0' && data.IPv6FC.servicetype[0] == '\0')
        return refused(BrokenAnswer{"the description names no service of a router"});
    auto device = std::make_unique<MiniDevice>(data, url, lanAddress.data());
    if (!device->staysAtHome())
        return refused(BrokenAnswer{"foreign address"});
    return {std::move(device), NoneAnswer{}};
}

} // namespace culvert::upnp
