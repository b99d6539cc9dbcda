// Which answer counts when several routers and protocols gave one. Pure functions.
#pragma once

#include "core/gateway/upnp_values.h"

#include <span>

namespace culvert {

/// The best of `candidates`: Confirmed, then Claimed, then being tried, then the failure that says most. Of equals the
/// first. Without candidates: Failed, NoRouter.
PortMappingStatus chooseMapping(std::span<const PortMappingStatus> candidates);

/// What UPnP's share is worth by itself.
struct UpnpQuestion {
    std::uint16_t port = 0; ///< ours
    bool isAskedToMap = false;
    bool isTimeUp = false;                    ///< no answer means that there is none
    bool allowReserved = false;               ///< see PortMapperConfig
    std::optional<Ipv4Address> routerAddress; ///< as another protocol learnt it from the same router
};
PortMappingStatus upnpStatus(const UpnpState& upnp, const UpnpMapping& mapping, const UpnpQuestion& question);

/// Whether UPnP's table holds the mapping that PCP or NAT-PMP made.
bool isConfirmedByUpnp(const PortMappingStatus& status, const UpnpState& upnp, const UpnpMapping& mapping);

/// "UPnP error 501 (ActionFailed)."
std::string upnpErrorText(int error, const std::string& words);

} // namespace culvert
