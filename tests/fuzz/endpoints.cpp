// Lists of endpoints and of third parties.
#include "core/wire/endpoint.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkEndpoints(BytesView input, std::size_t maximum) {
    ByteReader reader(input);
    const auto endpoints = wire::readEndpoints(reader, maximum);
    if (!endpoints || reader.failed())
        return;
    require(endpoints->size() <= maximum, "endpoints are bounded");
    Bytes bytes;
    ByteWriter writer(bytes);
    wire::writeEndpoints(writer, *endpoints, maximum);
    ByteReader second(bytes);
    const auto again = wire::readEndpoints(second, maximum);
    require(again && *again == *endpoints && second.finished(), "endpoints survive");
}

void checkThirdParties(BytesView input) {
    ByteReader reader(input);
    const auto parties = wire::readThirdParties(reader);
    if (!parties || reader.failed())
        return;
    require(parties->size() <= wire::kThirdPartiesMax, "third parties are bounded");
    Bytes bytes;
    ByteWriter writer(bytes);
    wire::writeThirdParties(writer, *parties);
    ByteReader second(bytes);
    const auto again = wire::readThirdParties(second);
    require(again && *again == *parties && second.finished(), "third parties survive");
}

void checkSocketAddress(BytesView input) {
    ByteReader reader(input);
    const SocketAddress address = wire::readSocketAddress(reader);
    Bytes bytes;
    ByteWriter writer(bytes);
    wire::writeSocketAddress(writer, address);
    ByteReader second(bytes);
    require(wire::readSocketAddress(second) == address && second.finished(), "a socket address survives");
}

} // namespace

// | what (1) | octets |
void run(BytesView input) {
    Input script(input);
    const std::uint8_t what = script.u8();
    const BytesView octets = script.rest();
    switch (what % 4) {
    case 0:
        return checkEndpoints(octets, wire::kEndpointsMax);
    case 1:
        return checkEndpoints(octets, wire::kThirdPartyEndpointsMax);
    case 2:
        return checkThirdParties(octets);
    default:
        return checkSocketAddress(octets);
    }
}

} // namespace culvert::fuzz
