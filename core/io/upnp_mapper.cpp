#include "core/io/upnp_mapper.h"

#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>
#include <miniupnpc/upnperrors.h>

#include <algorithm>
#include <memory>

namespace culvert {

namespace {

constexpr int kDiscoverMilliseconds = 1000;
constexpr int kOnlyPermanentLeases = 725;
constexpr auto kLease = std::chrono::seconds(3600);
constexpr auto kRetryAfterFailure = std::chrono::seconds(60);

struct Gateway {
    UPNPUrls urls{};
    IGDdatas data{};
    std::string lanAddress;
    ~Gateway() { FreeUPNPUrls(&urls); }
};

PortMappingStatus failed(PortMappingFailure failure, std::string detail) {
    PortMappingStatus out;
    out.state = PortMappingState::Failed;
    out.failure = failure;
    out.detail = std::move(detail);
    return out;
}

std::string routerWords(int error) {
    const char* words = strupnperror(error);
    return "UPnP error " + std::to_string(error) + (words != nullptr ? std::string(" (") + words + ")" : "");
}

// A gateway that is connected; nullptr when none answered.
std::unique_ptr<Gateway> findGateway() {
    int error = 0;
    UPNPDev* devices = upnpDiscover(kDiscoverMilliseconds, nullptr, nullptr, UPNP_LOCAL_PORT_ANY, 0, 2, &error);
    if (devices == nullptr)
        return nullptr;
    auto gateway = std::make_unique<Gateway>();
    char lan[64] = {};
#if MINIUPNPC_API_VERSION >= 18
    char wan[64] = {};
    const int found = UPNP_GetValidIGD(devices, &gateway->urls, &gateway->data, lan, sizeof(lan), wan, sizeof(wan));
#else
    const int found = UPNP_GetValidIGD(devices, &gateway->urls, &gateway->data, lan, sizeof(lan));
#endif
    freeUPNPDevlist(devices);
    gateway->lanAddress = lan;
    // 2 and above: not connected, or no gateway device. It may still forward, so only "nothing" is a failure.
    return found == 0 || found == 3 ? nullptr : std::move(gateway);
}

int addMapping(const Gateway& gateway, const std::string& port, bool& isPermanent) {
    const auto add = [&](const std::string& lease) {
        return UPNP_AddPortMapping(gateway.urls.controlURL, gateway.data.first.servicetype, port.c_str(), port.c_str(),
                                   gateway.lanAddress.c_str(), "Culvert", "UDP", nullptr, lease.c_str());
    };
    const int result = add(std::to_string(kLease.count()));
    isPermanent = result == kOnlyPermanentLeases;
    return isPermanent ? add("0") : result;
}

// Whether the router says that the port leads to us: another program's mapping can stand in the way of ours.
bool readsBack(const Gateway& gateway, const std::string& port) {
    char client[40] = {}, internalPort[8] = {}, description[80] = {}, enabled[8] = {}, lease[16] = {};
    const int result =
        UPNP_GetSpecificPortMappingEntry(gateway.urls.controlURL, gateway.data.first.servicetype, port.c_str(), "UDP",
                                         nullptr, client, internalPort, description, enabled, lease);
    return result != UPNPCOMMAND_SUCCESS || (gateway.lanAddress == client && port == internalPort);
}

} // namespace

UpnpMapper::UpnpMapper(std::uint16_t port, bool keep, Listener listener)
    : m_port(port), m_keep(keep), m_listener(std::move(listener)), m_thread([this] { run(); }) {}

UpnpMapper::~UpnpMapper() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void UpnpMapper::refresh() {
    {
        const std::lock_guard lock(m_mutex);
        m_refresh = true;
    }
    m_changed.notify_all();
}

void UpnpMapper::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        m_refresh = false;
        lock.unlock();
        const PortMappingStatus result = ask();
        lock.lock();
        if (m_stop)
            break;
        lock.unlock();
        m_listener(result);
        lock.lock();
        const auto pause = result.external ? kLease / 2 : kRetryAfterFailure;
        m_changed.wait_for(lock, pause, [this] { return m_stop || m_refresh; });
    }
    if (m_isMapped && (m_isPermanent || !m_keep))
        takeBack();
}

void UpnpMapper::takeBack() const {
    if (const auto gateway = findGateway())
        UPNP_DeletePortMapping(gateway->urls.controlURL, gateway->data.first.servicetype,
                               std::to_string(m_port).c_str(), "UDP", nullptr);
}

PortMappingStatus UpnpMapper::ask() {
    const auto gateway = findGateway();
    if (!gateway)
        return failed(PortMappingFailure::NoRouter, "No router answered the search for UPnP devices.");
    char external[40] = {};
    const int asked = UPNP_GetExternalIPAddress(gateway->urls.controlURL, gateway->data.first.servicetype, external);
    const auto address = Ipv4Address::fromText(external);
    if (asked != UPNPCOMMAND_SUCCESS || !address)
        return failed(PortMappingFailure::Refused,
                      "The router does not know its own address: " + routerWords(asked) + ".");
    if (!address->isGlobal(true)) // Documentation ranges occur in test networks alone.
        return failed(PortMappingFailure::PrivateExternal, "The router's own address is " + address->text() + ".");
    const std::string port = std::to_string(m_port);
    if (const int added = addMapping(*gateway, port, m_isPermanent); added != UPNPCOMMAND_SUCCESS)
        return failed(PortMappingFailure::Refused, routerWords(added) + ".");
    m_isMapped = true;
    if (!readsBack(*gateway, port))
        return failed(PortMappingFailure::PortDiffers, "The router forwards port " + port + " to another computer.");
    PortMappingStatus out;
    out.state = PortMappingState::Claimed;
    out.external = SocketAddress(*address, m_port);
    return out;
}

} // namespace culvert
