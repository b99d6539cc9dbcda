// Contact address strings, as people paste them.
#include "core/wire/contact_address.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkRoundTrip(const wire::ContactAddress& address) {
    const std::string text = wire::encodeContactAddress(address);
    const auto again = wire::decodeContactAddress(text);
    require(again.has_value(), "an encoded address decodes");
    require(*again == address, "an address survives");
    require(wire::decodeContactAddress("> said:\n> " + text + "\n").has_value(), "text around an address does no harm");
}

// Random text has no valid checksum: the second half of the octets' ways leads through a body with the right one.
void checkBody(BytesView body) {
    ByteReader reader(body);
    wire::ContactAddress address;
    address.key = reader.array<32>();
    address.token = reader.array<8>();
    auto endpoints = wire::readEndpoints(reader);
    if (!endpoints)
        return;
    auto thirdParties = wire::readThirdParties(reader);
    if (!thirdParties || reader.failed())
        return;
    address.endpoints = std::move(*endpoints);
    address.thirdParties = std::move(*thirdParties);
    const auto fitting = wire::decodeContactAddress(wire::encodeContactAddress(address));
    require(fitting.has_value(), "an address that was cut to its size decodes");
    require(fitting->key == address.key && fitting->token == address.token, "key and token are never cut");
    checkRoundTrip(*fitting);
}

} // namespace

// | 0: text, otherwise: a body | octets |
void run(BytesView input) {
    Input script(input);
    const bool isText = script.u8() == 0;
    const BytesView octets = script.rest();
    if (!isText)
        return checkBody(octets);
    const auto address = wire::decodeContactAddress(asText(octets));
    if (address)
        checkRoundTrip(*address);
    else
        require(!address.error().detail.empty(), "a refusal says why");
}

} // namespace culvert::fuzz
