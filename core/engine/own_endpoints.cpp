#include "core/engine/own_endpoints.h"

#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert {

namespace {

// An address string stays short: more addresses of one kind help little.
constexpr std::size_t kNativeMax = 2;
constexpr std::size_t kLanMax = 2;

bool isTemporary(const LocalNetwork& local, const Ipv6Address& address) {
    return std::ranges::any_of(local.interfaces, [&](const LocalInterface& holder) {
        return std::ranges::any_of(holder.addresses, [&](const LocalAddress& held) {
            return held.isTemporary && held.address.isV6() && held.address.v6() == address;
        });
    });
}

// An address string outlives temporary addresses (RFC 8981 §3.5: a day), so they are told only where there is no other.
std::vector<Ipv6Address> lastingNative6(const LocalNetwork& local) {
    std::vector<Ipv6Address> out = local.native6;
    std::erase_if(out, [&](const Ipv6Address& address) { return isTemporary(local, address); });
    return out.empty() ? local.native6 : out;
}

} // namespace

std::optional<SocketAddress> publicV4(const EndpointInputs& inputs) {
    if (inputs.mapping.external)
        return inputs.mapping.external;
    const auto found = std::ranges::find_if(inputs.local.v4, [&](const Ipv4Address& address) {
        return address.isGlobal(true); // Whoever has a documentation address has it in a test network.
    });
    if (found == inputs.local.v4.end())
        return std::nullopt;
    return SocketAddress(*found, inputs.local.port);
}

std::optional<Ipv6Address> ownTeredoAddress(const EndpointInputs& inputs) {
    if (!inputs.local.native6.empty())
        return std::nullopt;
    const bool isQualified = inputs.teredo.state == TeredoState::Qualified;
    if (isQualified && inputs.teredo.address)
        return inputs.teredo.address;
    const auto v4 = publicV4(inputs);
    if (!v4 || v4->port() != inputs.local.port || !v4->v4().isGlobal(inputs.allowReserved))
        return std::nullopt;
    return wire::encode(wire::TeredoAddress{v4->v4(), true, inputs.teredoRandom, v4->v4(), v4->port()});
}

std::optional<Ipv6Address> ringTeredoAddress(const EndpointInputs& inputs) {
    const bool isQualified = inputs.teredo.state == TeredoState::Qualified && inputs.local.native6.empty();
    return isQualified ? inputs.teredo.address : std::nullopt;
}

std::vector<wire::EndpointRecord> ownEndpoints(const EndpointInputs& inputs) {
    using wire::EndpointKind;
    std::vector<wire::EndpointRecord> out;
    const std::uint16_t port = inputs.local.port;
    const std::vector<Ipv6Address> native = lastingNative6(inputs.local);
    for (std::size_t i = 0; i < std::min(kNativeMax, native.size()); ++i)
        out.push_back({EndpointKind::Native6, SocketAddress(native[i], port), inputs.hearsErrors});
    const auto v4 = publicV4(inputs);
    if (v4)
        out.push_back({EndpointKind::Mapped4, *v4});
    if (const auto teredo = ownTeredoAddress(inputs))
        out.push_back({EndpointKind::Teredo, SocketAddress(*teredo, wire::decodeTeredoAddress(*teredo)->port)});
    // Our packets to and from it are the system's to wrap. Its inner port is ours, while a Teredo record means the
    // outer one, so that it is told as an address of IPv6. RFC 4380 §5.5: only where there is no native one.
    if (native.empty() && !inputs.local.teredo6.empty())
        out.push_back({EndpointKind::Native6, SocketAddress(inputs.local.teredo6.front(), port)});
    std::size_t lan = 0;
    for (const Ipv4Address& address : inputs.local.v4)
        if (!(v4 && v4->v4() == address) && lan++ < kLanMax)
            out.push_back({EndpointKind::Lan4, SocketAddress(address, port)});
    for (const Ipv6Address& address : inputs.local.lan6)
        if (lan++ < kLanMax)
            out.push_back({EndpointKind::Lan6, SocketAddress(address, port)});
    if (out.size() > wire::kEndpointsMax)
        out.resize(wire::kEndpointsMax);
    return out;
}

bool mayShareNetwork(const EndpointInputs& inputs, const Ipv4Address& theirs,
                     const std::vector<wire::EndpointRecord>& allOfTheirs) {
    const auto inOurs = [&](const Ipv4Address& own) {
        return std::equal(own.octets.begin(), own.octets.begin() + 3, theirs.octets.begin());
    };
    if (std::ranges::any_of(inputs.local.v4, inOurs))
        return true;
    if (theirs.isLoopback())
        return false; // Our own services are not there to be tried.
    const auto mapped = publicV4(inputs);
    bool haveOther = false;
    for (const wire::EndpointRecord& endpoint : allOfTheirs) {
        haveOther =
            haveOther || (endpoint.kind != wire::EndpointKind::Lan4 && endpoint.kind != wire::EndpointKind::Lan6);
        if (endpoint.kind != wire::EndpointKind::Mapped4)
            continue;
        const Ipv4Address& address = endpoint.address.v4();
        if ((mapped && mapped->v4() == address) || inputs.observedV4 == address)
            return true;
    }
    return !haveOther;
}

TunnelAddresses tunnelAddresses(const EndpointInputs& inputs) {
    TunnelAddresses out;
    if (!inputs.local.native6.empty())
        out.native = inputs.local.native6.front();
    out.teredo = ownTeredoAddress(inputs);
    if (!inputs.local.teredo6.empty())
        out.systemTeredo = inputs.local.teredo6.front();
    if (!inputs.local.v4.empty())
        out.localV4 = inputs.local.v4.front();
    out.port = inputs.local.port;
    out.kind = inputs.teredo.kind.value_or(TeredoKind::Restricted);
    out.forwarded = inputs.mapping.external;
    out.mapped = inputs.teredo.mapped ? inputs.teredo.mapped : publicV4(inputs);
    out.secondaryServer = inputs.teredo.secondaryAddress;
    return out;
}

} // namespace culvert
