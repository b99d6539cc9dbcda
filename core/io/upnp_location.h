// Where a UPnP device says it can be read, and whether it may be believed. Pure functions of what strangers sent.
#pragma once

#include "core/base/local_network.h"

#include <string>
#include <string_view>

namespace culvert::upnp {

inline constexpr std::size_t kSsdpAnswerMax = 1536; ///< octets that are looked at: one datagram of Ethernet

/// The host of `http://<address>[:port]/<path>`, where it is an address and not a name, with its port (80 where none
/// is said). A link-local IPv6 address may have a zone, which is passed over. Nothing for every other URL.
std::optional<SocketAddress> hostOf(std::string_view url);

/// The LOCATION of an answer to M-SEARCH that a router gave; nothing for other devices' and for what is no answer.
std::optional<std::string> locationOf(std::string_view ssdpAnswer);

/// Whether `host` is on this computer's own networks, in view of its own addresses `own`; their ports do not matter.
bool isNeighbour(const SocketAddress& host, const std::vector<LocalAddress>& own);

/// Whether an answer that came from `source` may send us to `host`: a device speaks for itself alone. Over IPv6 a
/// device has several addresses and may answer from another one than it names, so that both need only be neighbours.
bool maySpeakFor(const SocketAddress& source, const SocketAddress& host, const std::vector<LocalAddress>& own);

/// `url` with the zone of a link-local IPv6 host, so that it can be connected to; others as they are.
std::string withZone(const std::string& url, std::uint32_t interfaceIndex);

} // namespace culvert::upnp
