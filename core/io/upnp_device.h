// UpnpDevice: one router, spoken to by miniupnpc, for the helper process: every function blocks until the router has
// answered or miniupnpc has given up, which may be never. What is limited here is whom we talk to, not for how long.
#pragma once

#include "core/io/upnp_protocol.h"

#include <memory>

namespace culvert::upnp {

/// Thread safety: one thread.
class UpnpDevice {
public:
    virtual ~UpnpDevice() = default;

    /// Connected or not, and its outer address. Of a device used for IPv6 nothing is asked.
    virtual Answer describe(bool isV6) = 0;
    virtual Answer status() = 0;
    virtual Answer mapping(const MappingCommand& command) = 0;
    virtual Answer firewall() = 0;
    virtual Answer open(const OpenCommand& command) = 0;
    virtual Answer pinhole(const PinholeCommand& command) = 0;
};

/// A device, or why there is none.
struct OpenedDevice {
    std::unique_ptr<UpnpDevice> device;
    Answer reason; ///< NoneAnswer or BrokenAnswer where there is no device
};

/// Reads the description at `url`. Refused: hosts that are not neighbours, redirects, descriptions that are huge or
/// name no service of a router, and those whose services lie on another host than the description itself.
OpenedDevice openDevice(const std::string& url);

} // namespace culvert::upnp
