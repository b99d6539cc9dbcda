// NAT-PMP responses.
#include "core/wire/nat_pmp.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/router_codec.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto response = wire::decodeNatPmpResponse(input);
    if (!response)
        return;
    const Bytes bytes = test::natPmpResponse(*response);
    const auto again = wire::decodeNatPmpResponse(bytes);
    require(again.has_value(), "an encoded response decodes");
    require(again->opcode == response->opcode && again->result == response->result, "opcode and result survive");
    require(again->epoch == response->epoch && again->lifetime == response->lifetime, "times survive");
    require(again->externalAddress == response->externalAddress, "the address survives");
    require(again->internalPort == response->internalPort && again->externalPort == response->externalPort,
            "ports survive");
    require(!wire::natPmpResultName(response->result).empty(), "every result has a name");
}

} // namespace culvert::fuzz
