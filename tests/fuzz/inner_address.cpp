// Teredo and mapped addresses, and the text forms of all addresses.
#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkForms(const Ipv6Address& address) {
    if (const auto teredo = wire::decodeTeredoAddress(address)) {
        require(teredo->random < 4096, "twelve random bits");
        const Ipv6Address encoded = wire::encode(*teredo);
        require(wire::decodeTeredoAddress(encoded) == teredo, "a Teredo address survives");
        require(!wire::isMapped(address), "a Teredo address is no mapped address");
    }
    if (const auto v4 = wire::fromMapped(address)) {
        const SocketAddress mapped = wire::toMapped(*v4);
        require(mapped.v6() == address && mapped.port() == v4->port(), "a mapped address survives");
    }
}

void checkText(const Ipv6Address& address, std::uint16_t port) {
    require(Ipv6Address::fromText(address.text()) == address, "the text of an IPv6 address reads back");
    const SocketAddress socket(address, port);
    require(SocketAddress::fromText(socket.text()) == socket, "the text of a socket address reads back");
    const Ipv4Address v4{{address.octets[0], address.octets[1], address.octets[2], address.octets[3]}};
    require(Ipv4Address::fromText(v4.text()) == v4, "the text of an IPv4 address reads back");
    (void)v4.isGlobal();
    (void)address.isNativeGlobal();
}

} // namespace

// | port (2) | address (16) | text |
void run(BytesView input) {
    Input script(input);
    const std::uint16_t port = script.u16();
    Ipv6Address address;
    for (std::uint8_t& octet : address.octets)
        octet = script.u8();
    checkForms(address);
    checkText(address, port);
    const BytesView text = script.rest();
    if (const auto parsed = SocketAddress::fromText(asText(text)))
        require(SocketAddress::fromText(parsed->text()) == parsed, "a parsed socket address has a text");
    if (const auto parsed = Ipv6Address::fromText(asText(text)))
        checkText(*parsed, port);
    (void)Ipv4Address::fromText(asText(text));
}

} // namespace culvert::fuzz
