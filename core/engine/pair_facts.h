// Pair facts: what is known of both ends of a pair, as predict() wants it. Pure functions of what was observed here and
// of what the other end says of itself.
//
// A network is taken to pass UDP until something says otherwise, and whoever has a contact to try its addresses.
#pragma once

#include "core/messenger/network_status.h"
#include "core/messenger/pair_prediction.h"
#include "core/wire/endpoint.h"
#include "core/wire/nat_hint.h"

namespace culvert {

/// Our own end. `isUdpSilent`: whoever was asked for an answer over UDP gave none.
EndFacts ownFacts(const NetworkStatus& status, bool isUdpSilent);

/// Whether several third parties and Teredo servers were asked, and none answers, or one answers over TCP alone: then it
/// is our network that is mute.
bool isUdpSilent(const NetworkStatus& status);

/// The other end, from the addresses that it told and, where there is one, its hint. What `ours` lacks bears on what
/// an address that is missing may mean.
EndFacts peerFacts(const std::vector<wire::EndpointRecord>& endpoints, const std::optional<wire::NatHint>& hint,
                   const EndFacts& ours);

} // namespace culvert
