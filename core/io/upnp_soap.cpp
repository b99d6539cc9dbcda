#include "core/io/upnp_soap.h"

#include "core/io/socket_compat.h"
#include "core/io/upnp_location.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>

namespace culvert::upnp {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kLimit = std::chrono::seconds(4);
constexpr std::string_view kServices = "urn:schemas-upnp-org:service:";
#ifdef MSG_NOSIGNAL
constexpr int kSendFlags = MSG_NOSIGNAL;
#else
constexpr int kSendFlags = 0;
#endif

bool isNameLetter(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           letter == ':' || letter == '-' || letter == '_' || letter == '.';
}

std::uint32_t zoneOf(std::string_view url) {
    const std::size_t zone = url.find('%');
    std::uint32_t out = 0;
    if (zone != std::string_view::npos)
        std::from_chars(url.data() + zone + 1, url.data() + url.size(), out);
    return out;
}

sockaddr_in6 rawAddress(const Ipv6Address& address, std::uint16_t port, std::uint32_t zone) {
    sockaddr_in6 out{};
    out.sin6_family = AF_INET6;
    out.sin6_port = htons(port);
    out.sin6_scope_id = zone;
    std::memcpy(&out.sin6_addr, address.octets.data(), address.octets.size());
    return out;
}

/// A TCP connection with one deadline for all that happens on it.
class Connection {
public:
    Connection() : m_until(Clock::now() + kLimit) { sockets::startup(); }
    ~Connection() {
        if (m_handle != sockets::kNone)
            sockets::close(m_handle);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    bool open(const Ipv6Address& from, const sockaddr_in6& to) {
        m_handle = ::socket(AF_INET6, SOCK_STREAM, 0);
        const sockaddr_in6 local = rawAddress(from, 0, 0);
        if (m_handle == sockets::kNone || !sockets::makeOurs(m_handle) ||
            ::bind(m_handle, reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0)
            return false;
        if (::connect(m_handle, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0)
            return true;
        int error = 0;
        socklen_t length = sizeof error;
        return wait(POLLOUT) &&
               ::getsockopt(m_handle, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&error), &length) == 0 &&
               error == 0;
    }

    bool send(std::string_view text) {
        while (!text.empty() && wait(POLLOUT)) {
            const auto count = ::send(m_handle, text.data(), static_cast<int>(text.size()), kSendFlags);
            if (count <= 0)
                return false;
            text.remove_prefix(static_cast<std::size_t>(count));
        }
        return text.empty();
    }

    /// All until the other side closes, or kSoapReplyMax octets.
    std::string receive() {
        std::string out;
        char buffer[2048];
        while (out.size() < kSoapReplyMax && wait(POLLIN)) {
            const auto count = ::recv(m_handle, buffer, static_cast<int>(sizeof buffer), 0);
            if (count <= 0)
                break;
            out.append(buffer, static_cast<std::size_t>(count));
        }
        return out;
    }

private:
    bool wait(short events) {
        sockets::PollItem item{m_handle, events, 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - Clock::now()).count();
        return left > 0 && sockets::poll(&item, 1, static_cast<int>(left)) > 0;
    }

    Clock::time_point m_until;
    sockets::Handle m_handle = sockets::kNone;
};

} // namespace

SoapReply callAction(const SoapCall& call) {
    const auto host = hostOf(call.url);
    const auto request = soapRequest(call);
    if (!host || !host->isV6() || !request)
        return {kSoapFailed, {}};
    Connection connection;
    if (!connection.open(call.from, rawAddress(host->v6(), host->port(), zoneOf(call.url))) ||
        !connection.send(*request))
        return {kSoapFailed, {}};
    SoapReply out;
    out.text = connection.receive();
    out.error = soapError(out.text);
    return out;
}

std::optional<std::string> soapRequest(const SoapCall& call) {
    const auto host = hostOf(call.url);
    if (!host || !call.service.starts_with(kServices) || !std::ranges::all_of(call.service, isNameLetter))
        return std::nullopt;
    std::string body = "<?xml version=\"1.0\"?>\r\n<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
                       "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:" +
                       call.action + " xmlns:u=\"" + call.service + "\">";
    for (const auto& [name, value] : call.arguments)
        body += '<' + name + '>' + value + "</" + name + '>';
    body += "</u:" + call.action + "></s:Body></s:Envelope>\r\n";
    const std::size_t path = call.url.find('/', std::string_view("http://").size());
    return "POST " + call.url.substr(path) + " HTTP/1.1\r\nHost: " + host->text() +
           "\r\nContent-Type: text/xml; charset=\"utf-8\"\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nSOAPAction: \"" + call.service + '#' + call.action + "\"\r\nConnection: close\r\n\r\n" + body;
}

int soapError(std::string_view reply) {
    if (reply.starts_with("HTTP/1.1 200") || reply.starts_with("HTTP/1.0 200"))
        return 0;
    const auto code = elementOf(reply, "errorCode");
    int out = 0;
    if (!code || std::from_chars(code->data(), code->data() + code->size(), out).ec != std::errc{} || out <= 0)
        return kSoapFailed;
    return out;
}

std::optional<std::string_view> elementOf(std::string_view xml, std::string_view name) {
    for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        const std::size_t end = xml.find_first_of("> \t\r\n", at);
        std::string_view tag = xml.substr(at + 1, end - at - 1);
        tag.remove_prefix(std::min(tag.find(':') + 1, tag.size()));
        if (end == std::string_view::npos || tag != name)
            continue;
        const std::size_t begin = xml.find('>', end);
        const std::size_t close = begin == std::string_view::npos ? begin : xml.find('<', begin);
        if (close == std::string_view::npos)
            return std::nullopt;
        return xml.substr(begin + 1, close - begin - 1);
    }
    return std::nullopt;
}

} // namespace culvert::upnp
