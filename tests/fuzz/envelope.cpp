// The outer form of control messages.
#include "core/wire/control_envelope.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto envelope = wire::decodeEnvelope(input);
    if (!envelope)
        return;
    require(input[0] < wire::kFirstQuicOctet, "an envelope is no QUIC packet");
    const Bytes bytes = std::visit([](const auto& value) { return wire::encode(value); }, *envelope);
    const auto again = wire::decodeEnvelope(bytes);
    require(again && again->index() == envelope->index(), "an encoded envelope decodes to its type");
    if (const auto* request = std::get_if<wire::CookieRequest>(&*envelope)) {
        // What follows the transaction is padding, which the mac covers and the struct does not keep.
        const auto& same = std::get<wire::CookieRequest>(*again);
        require(same.mac == request->mac && same.transaction == request->transaction, "a cookie request survives");
        require(request->authenticated.size() == input.size() - 17, "the mac covers everything after it");
        return;
    }
    require(std::ranges::equal(bytes, input), "an envelope encodes to the octets it was decoded from");
}

} // namespace culvert::fuzz
