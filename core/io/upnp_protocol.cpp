#include "core/io/upnp_protocol.h"

#include <algorithm>
#include <charconv>

namespace culvert::upnp {

namespace {

constexpr std::uint32_t kSecondsMax = 0xffffffff; // ui4 in every action that has a lease

bool isPrintable(char letter) {
    return letter >= ' ' && letter <= '~';
}

/// Takes words off a line. After a failure it gives nothing more.
class Words {
public:
    explicit Words(std::string_view line) : m_rest(line) {}

    bool failed() const { return m_failed; }
    bool isAtEnd() const { return m_isAtEnd; }

    /// The next word; never an empty one.
    std::string_view word() {
        const std::size_t space = m_rest.find(' ');
        const std::string_view out = take(space);
        if (out.empty())
            m_failed = true;
        return out;
    }

    bool truth() {
        const std::string_view text = word();
        if (text != "0" && text != "1")
            m_failed = true;
        return text == "1";
    }

    template<typename T> T number(T minimum, T maximum) {
        const std::string_view text = word();
        T out{};
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), out);
        if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || out < minimum || out > maximum ||
            std::to_string(out) != text)
            m_failed = true;
        return out;
    }

    template<typename T, typename Read> std::optional<T> optional(Read read) {
        if (m_rest != "-" && !m_rest.starts_with("- "))
            return read();
        word();
        return std::nullopt;
    }

    std::string url() {
        const std::string_view text = word();
        if (!text.starts_with("http://") || text.size() > kUrlMax || !std::ranges::all_of(text, isPrintable))
            m_failed = true;
        return std::string(text);
    }

    template<typename Address> Address address() {
        const std::string_view text = word();
        const auto out = Address::fromText(text);
        if (!out || out->text() != text)
            m_failed = true;
        return out.value_or(Address{});
    }

    SocketAddress anyAddress() {
        if (m_rest.substr(0, m_rest.find(' ')).find(':') == std::string_view::npos)
            return {address<Ipv4Address>(), 0};
        return {address<Ipv6Address>(), 0};
    }

    int error() { return number<int>(-kErrorMax, kErrorMax); }
    std::uint16_t id() { return number<std::uint16_t>(0, 0xffff); }
    std::uint16_t port() { return number<std::uint16_t>(1, 0xffff); }
    Duration seconds() { return std::chrono::seconds(number<std::uint32_t>(0, kSecondsMax)); }

    /// All that is left, which may be nothing.
    std::string rest() {
        const std::string_view out = take(std::string_view::npos);
        if (cleanWords(out) != out)
            m_failed = true;
        return std::string(out);
    }

private:
    std::string_view take(std::size_t end) {
        const std::string_view out = m_isAtEnd ? std::string_view{} : m_rest.substr(0, end);
        m_isAtEnd = m_isAtEnd || end == std::string_view::npos;
        m_rest = m_isAtEnd ? std::string_view{} : m_rest.substr(end + 1);
        return out;
    }

    std::string_view m_rest;
    bool m_isAtEnd = false;
    bool m_failed = false;
};

std::string truth(bool holds) {
    return holds ? "1" : "0";
}

std::string truth(const std::optional<bool>& holds) {
    return holds ? truth(*holds) : "-";
}

std::string number(const std::optional<std::uint16_t>& id) {
    return id ? std::to_string(*id) : "-";
}

std::string addressText(const std::optional<Ipv4Address>& address) {
    return address ? address->text() : "-";
}

std::string seconds(Duration duration) {
    const auto count = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    return std::to_string(std::clamp<std::int64_t>(count, 0, kSecondsMax));
}

std::string outcome(int error, const std::string& words) {
    return std::to_string(std::clamp(error, -kErrorMax, kErrorMax)) + ' ' + cleanWords(words);
}

struct CommandFormatter {
    std::string operator()(const SearchCommand& c) const {
        return std::string(c.isV6 ? "search 6 " : "search 4 ") + (c.isFull ? "full" : "quick");
    }
    std::string operator()(const UseCommand& c) const { return (c.isV6 ? "use 6 " : "use 4 ") + c.url; }
    std::string operator()(const StatusCommand&) const { return "status"; }
    std::string operator()(const FirewallCommand&) const { return "firewall"; }
    std::string operator()(const MappingCommand& c) const {
        const char* const verb = c.verb == MappingVerb::Map ? "map" : c.verb == MappingVerb::Read ? "read" : "unmap";
        return std::string(verb) + (c.isTcp ? " tcp " : " udp ") + std::to_string(c.port) + ' ' +
               std::to_string(c.external);
    }
    std::string operator()(const OpenCommand& c) const {
        return "open " + c.address.text() + ' ' + std::to_string(c.port) + ' ' + number(c.id);
    }
    std::string operator()(const PinholeCommand& c) const {
        return (c.closes ? "close " : "check ") + c.address.text() + ' ' + std::to_string(c.id);
    }
};

struct AnswerFormatter {
    std::string operator()(const DevicesAnswer& a) const {
        std::string out = "devices";
        for (const std::string& url : a.urls)
            out += ' ' + url;
        return out;
    }
    std::string operator()(const DeviceAnswer& a) const {
        return "device " + truth(a.isConnected) + ' ' + a.gateway.hostText() + ' ' + addressText(a.external) + ' ' +
               outcome(a.error, a.words);
    }
    std::string operator()(const NoneAnswer&) const { return "none"; }
    std::string operator()(const BrokenAnswer& a) const { return "broken " + cleanWords(a.words); }
    std::string operator()(const StatusAnswer& a) const {
        return "status " + addressText(a.external) + ' ' + outcome(a.error, a.words);
    }
    std::string operator()(const MappingAnswer& a) const {
        const UpnpMapping& m = a.mapping;
        return "mapping " + truth(m.isMapped) + ' ' + truth(m.isConfirmed) + ' ' + truth(m.isForAnother) + ' ' +
               std::to_string(m.external) + ' ' + seconds(m.lifetime) + ' ' + outcome(m.error, m.words);
    }
    std::string operator()(const FirewallAnswer& a) const {
        return "firewall " + truth(a.isOn) + ' ' + truth(a.isAllowed);
    }
    std::string operator()(const PinholeAnswer& a) const {
        return "pinhole " + truth(a.isOpen) + ' ' + number(a.id) + ' ' + seconds(a.lifetime) + ' ' +
               outcome(a.error, a.words);
    }
    std::string operator()(const DoneAnswer& a) const { return "done " + outcome(a.error, a.words); }
};

bool version6(Words& line) {
    return line.number<int>(4, 6) == 6;
}

std::optional<Command> readMapping(std::string_view verb, Words& line) {
    const std::string_view protocol = line.word();
    if (protocol != "udp" && protocol != "tcp")
        return std::nullopt;
    const auto what = verb == "map" ? MappingVerb::Map : verb == "read" ? MappingVerb::Read : MappingVerb::Unmap;
    const std::uint16_t port = line.port();
    return MappingCommand{what, protocol == "tcp", port, line.port()};
}

std::optional<Command> readCommand(Words& line) {
    const std::string_view verb = line.word();
    const auto id = [&] { return line.id(); };
    if (verb == "search") {
        const bool isV6 = version6(line);
        return SearchCommand{isV6, line.word() == "full"};
    }
    if (verb == "use") {
        const bool isV6 = version6(line);
        return UseCommand{isV6, line.url()};
    }
    if (verb == "status")
        return StatusCommand{};
    if (verb == "map" || verb == "read" || verb == "unmap")
        return readMapping(verb, line);
    if (verb == "firewall")
        return FirewallCommand{};
    if (verb == "check" || verb == "close") {
        const auto address = line.address<Ipv6Address>();
        return PinholeCommand{verb == "close", address, line.id()};
    }
    if (verb != "open")
        return std::nullopt;
    OpenCommand out;
    out.address = line.address<Ipv6Address>();
    out.port = line.port();
    out.id = line.optional<std::uint16_t>(id);
    return out;
}

Answer readDevices(Words& line) {
    DevicesAnswer out;
    while (!line.isAtEnd() && !line.failed() && out.urls.size() < kDevicesMax)
        out.urls.push_back(line.url());
    return out;
}

Answer readMappingAnswer(Words& line) {
    UpnpMapping out;
    out.isMapped = line.truth();
    out.isConfirmed = line.truth();
    out.isForAnother = line.truth();
    out.external = line.port();
    out.lifetime = line.seconds();
    out.error = line.error();
    out.words = line.rest();
    return MappingAnswer{out};
}

Answer readDevice(Words& line) {
    DeviceAnswer out;
    out.isConnected = line.truth();
    out.gateway = line.anyAddress();
    out.external = line.optional<Ipv4Address>([&] { return line.address<Ipv4Address>(); });
    out.error = line.error();
    out.words = line.rest();
    return out;
}

Answer readPinhole(Words& line) {
    PinholeAnswer out;
    out.isOpen = line.truth();
    out.id = line.optional<std::uint16_t>([&] { return line.id(); });
    out.lifetime = line.seconds();
    out.error = line.error();
    out.words = line.rest();
    return out;
}

Answer readFirewall(Words& line) {
    FirewallAnswer out;
    out.isOn = line.optional<bool>([&] { return line.truth(); });
    out.isAllowed = line.optional<bool>([&] { return line.truth(); });
    return out;
}

std::optional<Answer> readAnswer(Words& line) {
    const std::string_view kind = line.word();
    if (kind == "devices")
        return readDevices(line);
    if (kind == "device")
        return readDevice(line);
    if (kind == "none")
        return NoneAnswer{};
    if (kind == "broken")
        return BrokenAnswer{line.rest()};
    if (kind == "mapping")
        return readMappingAnswer(line);
    if (kind == "firewall")
        return readFirewall(line);
    if (kind == "pinhole")
        return readPinhole(line);
    if (kind == "status") {
        StatusAnswer out;
        out.external = line.optional<Ipv4Address>([&] { return line.address<Ipv4Address>(); });
        out.error = line.error();
        out.words = line.rest();
        return out;
    }
    if (kind != "done")
        return std::nullopt;
    const int error = line.error();
    return DoneAnswer{error, line.rest()};
}

} // namespace

std::string cleanWords(std::string_view words) {
    std::string out(words.substr(0, kWordsMax));
    std::ranges::replace_if(
        out, [](char letter) { return !isPrintable(letter); }, '?');
    out.erase(0, std::min(out.find_first_not_of(' '), out.size()));
    out.erase(out.find_last_not_of(' ') + 1);
    return out;
}

std::string formatCommand(const Command& command) {
    return std::visit(CommandFormatter{}, command);
}

std::string formatAnswer(const Answer& answer) {
    return std::visit(AnswerFormatter{}, answer);
}

Result<Command> parseCommand(std::string_view line) {
    Words words(line);
    const auto out = line.size() <= kCommandMax ? readCommand(words) : std::nullopt;
    // Writing it again finds what the reader let pass, such as a fifth version of IP.
    if (!out || words.failed() || formatCommand(*out) != line)
        return fail(ErrorCode::Malformed, "This is no command.");
    return *out;
}

Result<Answer> parseAnswer(std::string_view line) {
    Words words(line);
    const auto out = line.size() <= kAnswerMax ? readAnswer(words) : std::nullopt;
    if (!out || words.failed() || formatAnswer(*out) != line)
        return fail(ErrorCode::Malformed, "The helper's answer makes no sense.");
    return *out;
}

} // namespace culvert::upnp
