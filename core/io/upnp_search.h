// The search for UPnP routers (SSDP), for the helper process: it blocks.
//
// miniupnpc has one too. Ours knows who answered, so that a device cannot send us elsewhere; it asks on every
// interface, and it ends as soon as a router answered.
#pragma once

#include "core/base/local_network.h"

namespace culvert::upnp {

/// This computer's own addresses, those of loopback and of interfaces that are down left out.
std::vector<LocalAddress> ownAddresses();

/// The descriptions of the routers that answer over one IP version, at most kDevicesMax. Takes 1.6 s where none does;
/// the question is asked again after 400 ms, because multicast on Wi-Fi gets lost.
std::vector<std::string> searchDevices(bool isV6);

} // namespace culvert::upnp
