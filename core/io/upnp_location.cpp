#include "core/io/upnp_location.h"

#include <algorithm>
#include <charconv>

namespace culvert::upnp {

namespace {

constexpr std::string_view kScheme = "http://";

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool isSameWord(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

std::optional<std::uint16_t> portOf(std::string_view text) {
    std::uint16_t port = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || port == 0)
        return std::nullopt;
    return port;
}

/// The host with its brackets, and what follows it up to the path.
struct Authority {
    std::string_view host;
    std::string_view port; ///< with its colon, or empty
};

std::optional<Authority> authorityOf(std::string_view url) {
    if (!url.starts_with(kScheme))
        return std::nullopt;
    url.remove_prefix(kScheme.size());
    const std::size_t path = url.find('/');
    if (path == std::string_view::npos)
        return std::nullopt;
    const std::string_view authority = url.substr(0, path);
    const std::size_t hostEnd = authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
    if (hostEnd == 0)
        return std::nullopt;
    return Authority{authority.substr(0, hostEnd),
                     hostEnd < authority.size() ? authority.substr(hostEnd) : std::string_view{}};
}

bool isRouterType(std::string_view type) {
    for (const char* const known : {":InternetGatewayDevice:", ":WANIPConnection:", ":WANPPPConnection:"})
        if (type.find(known) != std::string_view::npos)
            return true;
    return false;
}

bool sharesPrefix(BytesView a, BytesView b, unsigned bits) {
    for (std::size_t at = 0; at < a.size() && bits > 0; at++) {
        const unsigned taken = std::min(bits, 8u);
        if ((a[at] ^ b[at]) >> (8 - taken) != 0)
            return false;
        bits -= taken;
    }
    return true;
}

} // namespace

std::optional<SocketAddress> hostOf(std::string_view url) {
    if (!std::ranges::all_of(url, [](char letter) { return letter > ' ' && letter <= '~'; }))
        return std::nullopt;
    const auto authority = authorityOf(url);
    if (!authority)
        return std::nullopt;
    std::uint16_t port = 80;
    if (!authority->port.empty()) {
        const auto said = authority->port.starts_with(':') ? portOf(authority->port.substr(1)) : std::nullopt;
        if (!said)
            return std::nullopt;
        port = *said;
    }
    std::string_view host = authority->host;
    if (const auto v4 = Ipv4Address::fromText(host))
        return SocketAddress(*v4, port);
    if (!host.starts_with('['))
        return std::nullopt;
    host = host.substr(1, host.size() - 2);
    const auto v6 = Ipv6Address::fromText(host.substr(0, host.find('%')));
    if (!v6 || (host.find('%') != std::string_view::npos && !v6->isLinkLocal()))
        return std::nullopt;
    return SocketAddress(*v6, port);
}

std::optional<std::string> locationOf(std::string_view ssdpAnswer) {
    if (ssdpAnswer.size() > kSsdpAnswerMax || !ssdpAnswer.starts_with("HTTP/1.1 200"))
        return std::nullopt;
    std::string_view location, type;
    while (!ssdpAnswer.empty()) {
        const std::size_t end = std::min(ssdpAnswer.find('\n'), ssdpAnswer.size());
        std::string_view line = ssdpAnswer.substr(0, end);
        ssdpAnswer.remove_prefix(std::min(end + 1, ssdpAnswer.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            continue;
        if (isSameWord(line.substr(0, colon), "location"))
            location = trimmed(line.substr(colon + 1));
        else if (isSameWord(line.substr(0, colon), "st"))
            type = trimmed(line.substr(colon + 1));
    }
    if (!isRouterType(type) || !hostOf(location))
        return std::nullopt;
    return std::string(location);
}

bool isNeighbour(const SocketAddress& host, const std::vector<LocalAddress>& own) {
    if (host.isV4() ? host.v4().isLoopback() || host.v4().isUnspecified()
                    : host.v6().isLoopback() || host.v6().isUnspecified())
        return false;
    if (host.isV4() ? host.v4().isPrivate() : host.v6().isLinkLocal())
        return true;
    return std::ranges::any_of(own, [&](const LocalAddress& address) {
        if (address.address.isV4() != host.isV4() || address.prefixLength == 0)
            return false;
        return host.isV4() ? sharesPrefix(host.v4().octets, address.address.v4().octets, address.prefixLength)
                           : sharesPrefix(host.v6().octets, address.address.v6().octets, address.prefixLength);
    });
}

bool maySpeakFor(const SocketAddress& source, const SocketAddress& host, const std::vector<LocalAddress>& own) {
    if (source.isV4() != host.isV4() || !isNeighbour(host, own))
        return false;
    return host.isV4() ? source.v4() == host.v4() : isNeighbour(source, own);
}

std::string withZone(const std::string& url, std::uint32_t interfaceIndex) {
    const auto host = hostOf(url);
    if (!host || host->isV4() || !host->v6().isLinkLocal())
        return url;
    const std::size_t end = url.find(']');
    const std::size_t zone = std::min(url.find('%'), end);
    return url.substr(0, zone) + '%' + std::to_string(interfaceIndex) + url.substr(end);
}

} // namespace culvert::upnp
