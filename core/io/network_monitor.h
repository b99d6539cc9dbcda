// NetworkMonitor: the addresses of this computer, as the system lists them.
#pragma once

#include "core/engine/own_endpoints.h"

namespace culvert {

/// Reads the interfaces. With `bound` addresses only those count. Own tunnels, containers' bridges and addresses that
/// cannot be used (link-local, deprecated) are left out; loopback counts only where there is nothing else.
/// Takes about a millisecond.
LocalNetwork readLocalNetwork(std::uint16_t port, const std::vector<SocketAddress>& bound);

} // namespace culvert
