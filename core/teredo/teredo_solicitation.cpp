#include "core/teredo/teredo_solicitation.h"

#include "core/wire/router_discovery.h"
#include "core/wire/teredo_address.h"

namespace culvert {

Ipv6Address makeLinkLocal(Random& random, bool hasConeFlag) {
    Ipv6Address out;
    out.octets = {0xfe, 0x80};
    random.fillPublic(MutableBytes(out.octets).subspan(9));
    out.octets[8] = hasConeFlag ? 0x80 : 0;
    return out;
}

Bytes makeSolicitation(const Ipv6Address& linkLocal, const SolicitationNonce& nonce) {
    Bytes out = wire::encodeAuthentication({{}, {}, nonce, 0});
    append(out, wire::encodeRouterSolicitation(linkLocal));
    return out;
}

// RFC 4380 §5.2.1: exactly one prefix, the Teredo prefix followed by the server's IPv4 address.
bool isAdvertisement(const wire::TeredoPacket& packet, const Ipv6Address& linkLocal, const Ipv4Address& server) {
    if (packet.packet.destination != linkLocal)
        return false;
    const auto advertisement = wire::decodeRouterAdvertisement(packet.packet);
    if (!advertisement || advertisement->prefixes.size() != 1 || advertisement->prefixes[0].length != 64)
        return false;
    const auto prefix = wire::decodeTeredoAddress(advertisement->prefixes[0].prefix);
    return prefix && prefix->server == server;
}

} // namespace culvert
