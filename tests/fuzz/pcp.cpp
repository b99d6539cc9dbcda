// PCP responses, and refusals of a version.
#include "core/wire/pcp.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/router_codec.h"

namespace culvert::fuzz {

void run(BytesView input) {
    if (const auto version = wire::unsupportedVersionAnswer(input))
        require(*version == input[0], "a refusal names the version of its sender");
    const auto response = wire::decodePcpResponse(input);
    if (!response)
        return;
    require(input.size() % 4 == 0 && input.size() <= wire::kPcpSizeMax, "no response has another length");
    const Bytes bytes = test::pcpResponse(*response);
    require(bytes.size() <= input.size(), "only options are left out");
    const auto again = wire::decodePcpResponse(bytes);
    require(again.has_value(), "an encoded response decodes");
    require(again->opcode == response->opcode && again->result == response->result, "opcode and result survive");
    require(again->lifetime == response->lifetime && again->epoch == response->epoch, "times survive");
    require(again->map == response->map, "the mapping survives");
    require(!wire::pcpResultName(response->result).empty(), "every result has a name");
}

} // namespace culvert::fuzz
