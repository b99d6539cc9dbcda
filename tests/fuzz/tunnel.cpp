// The tunnel: datagrams from either socket, and where an answer to them would go.
#include "core/teredo/tunnel.h"
#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/seeded_random.h"

namespace culvert::fuzz {
namespace {

constexpr std::uint16_t kPort = 5000;
constexpr Instant kNow{1s};
const Ipv4Address kOwnV4 = Ipv4Address::of(198, 51, 100, 1);

TunnelAddresses addresses(std::uint8_t shape) {
    TunnelAddresses out;
    out.localV4 = kOwnV4;
    out.port = kPort;
    if ((shape & 1) != 0)
        out.native = Ipv6Address::fromText("2001:db8::1");
    if ((shape & 2) != 0)
        out.teredo = wire::encode(wire::TeredoAddress{kOwnV4, true, 0, kOwnV4, kPort});
    return out;
}

SocketAddress source(Input& script, bool isV4) {
    const std::uint16_t port = script.u16();
    if (isV4)
        return {Ipv4Address{{script.u8(), script.u8(), script.u8(), script.u8()}}, port};
    Ipv6Address address;
    for (std::uint8_t& octet : address.octets)
        octet = script.u8();
    return {address, port};
}

void checkAnswer(Tunnel& tunnel, const InnerDatagram& inner, bool allowReserved) {
    const Bytes answer(64);
    const auto sent = tunnel.send(kNow, inner.remote, answer);
    require(!sent || tunnel.reaches(inner.remote), "reaches() says where send() finds a way");
    if (!sent || inner.outer.isV6())
        return;
    if (inner.remote.address.v6().isTeredo())
        require(sent->remote.v4().isGlobal(allowReserved), "an embedded address that is not global gets nothing");
    require(sent->remote == inner.outer, "the answer goes where the question came from");
}

} // namespace

// | shape (1) | source: port (2), address (4 or 16) | payload |
void run(BytesView input) {
    Input script(input);
    const std::uint8_t shape = script.u8();
    const bool allowReserved = (shape & 4) != 0;
    const bool isV4 = (shape & 8) != 0;
    test::SeededRandom random(1);
    Tunnel tunnel(random, allowReserved);
    tunnel.setAddresses(addresses(shape));
    const SocketAddress from = source(script, isV4);
    const Datagram datagram{SocketAddress(), from, toBytes(script.rest()), 0};
    DropReason reason = DropReason::Malformed;
    const auto inner = tunnel.receive(kNow, datagram, reason);
    if (!inner)
        return require(isV4 || wire::isMapped(from.v6()), "native datagrams are all taken");
    require(inner->remote.address.isV6() && inner->outer == from, "above the tunnel everything is IPv6");
    require(inner->payload.size() <= datagram.payload.size(), "the payload lies inside the datagram");
    if (!inner->payload.empty()) // Nobody answers a bubble.
        checkAnswer(tunnel, *inner, allowReserved);
}

} // namespace culvert::fuzz
