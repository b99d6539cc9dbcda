// The question that everything here asks of a Teredo server, and what counts as its answer (RFC 4380 §5.2.1, §5.2.2).
#pragma once

#include "core/base/random.h"
#include "core/wire/teredo_packet.h"

namespace culvert {

/// RFC 4380 §5.2.2: what only the asked server can know. New for each question.
using SolicitationNonce = std::array<std::uint8_t, 8>;

/// Who asks. RFC 4380 §5.2.1: any link-local address, its cone bit as in §4. Ours say nothing of this computer.
Ipv6Address makeLinkLocal(Random& random, bool hasConeFlag);
/// A router solicitation with the nonce alone; identifier and authentication value stay empty.
Bytes makeSolicitation(const Ipv6Address& linkLocal, const SolicitationNonce& nonce);

/// Whether it is an advertisement to `linkLocal` with exactly one prefix, that of `server`. Nonce, outer source and
/// origin are for the caller to judge.
bool isAdvertisement(const wire::TeredoPacket& packet, const Ipv6Address& linkLocal, const Ipv4Address& server);

} // namespace culvert
