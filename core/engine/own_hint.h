// Own hint: what contacts are told of our network in two octets. A pure function of observed facts.
#pragma once

#include "core/messenger/network_status.h"
#include "core/messenger/settings.h"
#include "core/wire/nat_hint.h"

namespace culvert {

/// The facts that have a word in wire::NatHint; what was not observed stays unknown. `searchesPorts` is the user's
/// decision, and stays false here.
wire::NatHint natHintOf(const NetworkStatus& status);

/// Whether an address of RFC 6598 stands between this computer and the internet: a provider's NAT, shared by many.
bool isBehindCarrier(const NetworkStatus& status);
/// Whether contacts may be looked for among many ports: what `wanted` leaves open, the network decides.
bool maySearchPorts(HardPunching wanted, const NetworkStatus& status);

} // namespace culvert
