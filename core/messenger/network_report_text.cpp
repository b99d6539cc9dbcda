// The network report as plain text, and what is left of an address when it is shown to others.
#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kTextWidth = 96;
// As wide as the widest word for a severity, and a space.
constexpr std::size_t kIndent = 9;
constexpr std::string_view kEllipsis = "…";

const char* wordOf(ReportSeverity severity) {
    switch (severity) {
    case ReportSeverity::Good:
        return "Good";
    case ReportSeverity::Information:
        return "Note";
    case ReportSeverity::Warning:
        return "Warning";
    case ReportSeverity::Problem:
        break;
    }
    return "Problem";
}

const char* wordOf(Tested tested) {
    switch (tested) {
    case Tested::Yes:
        return "yes";
    case Tested::No:
        return "no";
    case Tested::NotTested:
        break;
    }
    return "not tested";
}

const char* wordOf(TransitionMechanism mechanism) {
    switch (mechanism) {
    case TransitionMechanism::Native:
        return "Native IPv6";
    case TransitionMechanism::SixToFour:
        return "6to4";
    case TransitionMechanism::SixRd:
        return "6rd";
    case TransitionMechanism::SixInFour:
        return "6in4 (a tunnel broker)";
    case TransitionMechanism::Teredo:
        return "Teredo of the system";
    case TransitionMechanism::CulvertTunnel:
        break;
    }
    return "Culvert's tunnel";
}

// Columns that `text` takes: octets that continue a character take none.
std::size_t columnsOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
    const std::size_t columns = columnsOf(text);
    return columns < width ? text + std::string(width - columns, ' ') : text + ' ';
}

// `first` and then the words of `text`, in lines that go on below its beginning.
void appendWrapped(std::string& out, std::string first, std::string_view text) {
    const std::size_t indent = columnsOf(first);
    std::size_t column = indent;
    bool isFirst = true;
    out += first;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!isFirst && column + 1 + columnsOf(word) > kTextWidth) {
            out += '\n' + std::string(indent, ' ');
            column = indent;
        } else if (!isFirst) {
            out += ' ';
            ++column;
        }
        out += word;
        column += columnsOf(word);
        isFirst = false;
    }
    out += '\n';
}

std::string valueOf(const ReportEvidence& row, bool masked) {
    return row.isAddress && masked ? maskedAddress(row.value) : row.value;
}

void appendItem(std::string& out, const ReportItem& item, bool masked) {
    const std::string blank(kIndent, ' ');
    appendWrapped(out, padded(wordOf(item.severity), kIndent), item.title);
    if (*item.dependents != 0)
        appendWrapped(out, blank, item.dependents);
    if (*item.fix != 0)
        appendWrapped(out, blank + "What helps: ", item.fix);
    std::size_t width = 0;
    for (const ReportEvidence& row : item.evidence)
        width = std::max(width, columnsOf(row.label) + 2);
    for (const ReportEvidence& row : item.evidence)
        appendWrapped(out, blank + "  " + padded(row.label, width), valueOf(row, masked));
    out += '\n';
}

void appendVerdict(std::string& out, const TransitionVerdict& verdict) {
    constexpr std::size_t kNameWidth = 24, kAnswerWidth = 22;
    out += "  " + padded(wordOf(verdict.mechanism), kNameWidth) +
           padded(std::string("present: ") + wordOf(verdict.isPresent), kAnswerWidth) +
           "usable: " + wordOf(verdict.isUsable) + "\n";
    appendWrapped(out, "    ", verdict.reason);
}

std::string hexGroup(std::uint8_t high, std::uint8_t low) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const int digit : {high >> 4, high & 15, low >> 4, low & 15})
        if (!out.empty() || digit != 0)
            out += kDigits[static_cast<std::size_t>(digit)];
    return out.empty() ? "0" : out;
}

std::string masked(const Ipv4Address& address) {
    return std::to_string(address.octets[0]) + "." + std::to_string(address.octets[1]) + ".x.x";
}

// The first 32 bits: what a registry gives to a provider. Of a unique local address they are as random as a name of
// the network (RFC 4193 §3.2.1).
std::string masked(const Ipv6Address& address) {
    const auto& octets = address.octets;
    if (address.isUniqueLocal())
        return hexGroup(0, octets[0]) + std::string(kEllipsis);
    return hexGroup(octets[0], octets[1]) + ":" + hexGroup(octets[2], octets[3]) + ":" + std::string(kEllipsis);
}

} // namespace

std::string maskedAddress(std::string_view address) {
    if (const auto v4 = Ipv4Address::fromText(address))
        return masked(*v4);
    if (const auto v6 = Ipv6Address::fromText(address))
        return masked(*v6);
    if (const auto socket = SocketAddress::fromText(std::string(address)))
        return (socket->isV4() ? masked(socket->v4()) : "[" + masked(socket->v6()) + "]") + ":" +
               std::to_string(socket->port());
    return std::string(kEllipsis);
}

std::string toText(const NetworkReport& report, bool masked) {
    std::string out = std::string(report.summary) + ".\n";
    if (!report.isComplete)
        out += "Some tests are still running.\n";
    out += '\n';
    for (const ReportItem& item : report.items)
        appendItem(out, item, masked);
    out += "Ways considered\n";
    for (const TransitionVerdict& verdict : report.mechanisms)
        appendVerdict(out, verdict);
    return out;
}

} // namespace culvert
