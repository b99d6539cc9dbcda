#include "core/base/socket_address.h"

#include <charconv>

namespace culvert {

namespace {

std::optional<unsigned> parseNumber(std::string_view text, int base, unsigned maximum) {
    unsigned value = 0;
    if (text.empty() || text.front() == '+' || text.front() == '-')
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || value > maximum)
        return std::nullopt;
    return value;
}

// The 16-bit groups of one side of "::"; a dotted IPv4 address may stand for the last two.
bool parseGroups(std::string_view text, std::vector<std::uint16_t>& groups) {
    while (!text.empty()) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        if (colon == std::string_view::npos && part.find('.') != std::string_view::npos) {
            const auto v4 = Ipv4Address::fromText(part);
            if (!v4)
                return false;
            groups.push_back(static_cast<std::uint16_t>(v4->octets[0] << 8 | v4->octets[1]));
            groups.push_back(static_cast<std::uint16_t>(v4->octets[2] << 8 | v4->octets[3]));
            return true;
        }
        const auto value = part.size() <= 4 ? parseNumber(part, 16, 0xffff) : std::nullopt;
        if (!value || groups.size() > 8)
            return false;
        groups.push_back(static_cast<std::uint16_t>(*value));
        if (colon == std::string_view::npos)
            return true;
        text.remove_prefix(colon + 1);
        if (text.empty())
            return false;
    }
    return true;
}

struct ZeroRun {
    int start = -1;
    int length = 0;
};

ZeroRun longestZeroRun(const std::array<std::uint16_t, 8>& groups) {
    ZeroRun best;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t length = 0;
        while (i + length < 8 && groups[i + length] == 0)
            ++length;
        if (static_cast<int>(length) > best.length)
            best = {static_cast<int>(i), static_cast<int>(length)};
        i += length;
    }
    return best.length >= 2 ? best : ZeroRun{};
}

} // namespace

std::string Ipv4Address::text() const {
    std::string text;
    for (const std::uint8_t octet : octets) {
        if (!text.empty())
            text.push_back('.');
        text += std::to_string(octet);
    }
    return text;
}

std::optional<Ipv4Address> Ipv4Address::fromText(std::string_view text) {
    Ipv4Address address;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto dot = i < 3 ? text.find('.') : text.size();
        if (dot == std::string_view::npos)
            return std::nullopt;
        const auto value = parseNumber(text.substr(0, dot), 10, 255);
        if (!value)
            return std::nullopt;
        address.octets[i] = static_cast<std::uint8_t>(*value);
        text.remove_prefix(std::min(dot + 1, text.size()));
    }
    return address;
}

bool Ipv4Address::isPrivate() const {
    const auto a = octets[0], b = octets[1];
    return a == 10 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) || isLinkLocal() || isShared();
}

bool Ipv4Address::isGlobal(bool allowReserved) const {
    const auto a = octets[0], b = octets[1], c = octets[2];
    if (a == 0 || a == 127 || a >= 224 || isPrivate())
        return false;
    const bool reserved = (a == 192 && b == 0 && (c == 0 || c == 2)) || (a == 198 && (b == 18 || b == 19)) ||
                          (a == 198 && b == 51 && c == 100) || (a == 203 && b == 0 && c == 113) ||
                          (a == 192 && b == 88 && c == 99);
    return allowReserved || !reserved;
}

std::string Ipv6Address::text() const {
    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i)
        groups[i] = static_cast<std::uint16_t>(octets[2 * i] << 8 | octets[2 * i + 1]);
    const ZeroRun run = longestZeroRun(groups);
    std::string text;
    for (int i = 0; i < 8; ++i) {
        if (i == run.start) {
            text += "::";
            i += run.length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':')
            text.push_back(':');
        char digits[5] = {};
        const auto end = std::to_chars(digits, digits + 4, groups[static_cast<std::size_t>(i)], 16).ptr;
        text.append(digits, end);
    }
    return text;
}

std::optional<Ipv6Address> Ipv6Address::fromText(std::string_view text) {
    const auto gap = text.find("::");
    std::vector<std::uint16_t> head, tail;
    if (text.size() > 45)
        return std::nullopt;
    if (gap == std::string_view::npos) {
        if (!parseGroups(text, head) || head.size() != 8)
            return std::nullopt;
    } else if (!parseGroups(text.substr(0, gap), head) || !parseGroups(text.substr(gap + 2), tail) ||
               head.size() + tail.size() > 7) {
        return std::nullopt;
    }
    Ipv6Address address;
    for (std::size_t i = 0; i < head.size(); ++i) {
        address.octets[2 * i] = static_cast<std::uint8_t>(head[i] >> 8);
        address.octets[2 * i + 1] = static_cast<std::uint8_t>(head[i] & 255);
    }
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const std::size_t at = 16 - 2 * (tail.size() - i);
        address.octets[at] = static_cast<std::uint8_t>(tail[i] >> 8);
        address.octets[at + 1] = static_cast<std::uint8_t>(tail[i] & 255);
    }
    return address;
}

bool Ipv6Address::isLoopback() const {
    Ipv6Address loopback;
    loopback.octets[15] = 1;
    return *this == loopback;
}

std::string SocketAddress::text() const {
    const std::string port = std::to_string(m_port);
    if (m_isV4)
        return m_v4.text() + ":" + port;
    return "[" + m_v6.text() + (m_zone != 0 ? "%" + std::to_string(m_zone) : "") + "]:" + port;
}

std::optional<SocketAddress> SocketAddress::fromText(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return std::nullopt;
    const auto port = parseNumber(text.substr(colon + 1), 10, 65535);
    auto host = text.substr(0, colon);
    if (!port)
        return std::nullopt;
    const auto portNumber = static_cast<std::uint16_t>(*port);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
        const auto v6 = Ipv6Address::fromText(host.substr(1, host.size() - 2));
        return v6 ? std::optional(SocketAddress(*v6, portNumber)) : std::nullopt;
    }
    const auto v4 = Ipv4Address::fromText(host);
    return v4 ? std::optional(SocketAddress(*v4, portNumber)) : std::nullopt;
}

} // namespace culvert
