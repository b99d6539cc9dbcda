// The search for UPnP routers (SSDP), for the helper process: it blocks.
//
// miniupnpc has one too. Ours knows who answered, so that a device cannot send us elsewhere; it asks on every
// interface, and it ends as soon as a router answered.
#pragma once

#include "core/base/local_network.h"

namespace culvert::upnp {

/// This computer's own addresses, those of loopback and of interfaces that are down left out.
std::vector<LocalAddress> ownAddresses();

/// The descriptions of the routers that answer over one IP version, at most kDevicesMax. Takes 1.6 s where none does,
/// and where `isFull`: a device may take a second for its answer, and the first one may be of no use. The question is
/// asked again after 400 ms, because multicast on Wi-Fi gets lost.
std::vector<std::string> searchDevices(bool isV6, bool isFull);

} // namespace culvert::upnp
