// Router solicitations and advertisements inside IPv6 packets.
#include "core/wire/router_discovery.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto packet = wire::decodeIpv6(input);
    if (!packet)
        return;
    const bool isSolicitation = wire::decodeRouterSolicitation(*packet).has_value();
    const auto advertisement = wire::decodeRouterAdvertisement(*packet);
    require(!isSolicitation || !advertisement, "no message is both");
    if (isSolicitation) {
        const Bytes bytes = wire::encodeRouterSolicitation(packet->source);
        require(bytes.size() <= input.size(), "only options are left out");
        const auto again = wire::decodeIpv6(bytes);
        require(again && wire::decodeRouterSolicitation(*again), "an encoded solicitation decodes");
    }
    if (advertisement) {
        require(advertisement->prefixes.size() <= wire::kAdvertisedPrefixesMax, "prefixes have a bound");
        const Bytes bytes = wire::encode(packet->source, packet->destination, *advertisement);
        require(bytes.size() <= input.size(), "only what is unknown is left out");
        const auto again = wire::decodeIpv6(bytes);
        require(again.has_value(), "an encoded advertisement is an IPv6 packet");
        const auto same = wire::decodeRouterAdvertisement(*again);
        require(same && *same == *advertisement, "an advertisement survives");
    }
}

} // namespace culvert::fuzz
