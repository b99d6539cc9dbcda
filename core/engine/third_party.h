// ThirdParty: one rendezvous that we use, with our registration there.
#pragma once

#include "core/crypto/sealing.h"
#include "core/rendezvous/party_health.h"
#include "core/rendezvous/rendezvous_client.h"

namespace culvert {

/// A third party of ours, or one of a contact's that we use as a guest while we need it.
struct ThirdParty {
    wire::ThirdPartyRecord record;
    PairKeys keys;
    RendezvousClient client;
    PartyHealth health{}; ///< of handoffs; registrations are the client's
    bool isOwn = false;
    Instant guestUntil{};            ///< when it is not ours: forgotten then
    std::uint16_t alternatePort = 0; ///< as its last answer said, like the two below
    std::optional<SocketAddress> other4 = std::nullopt;
    std::optional<SocketAddress> other6 = std::nullopt;
};

} // namespace culvert
