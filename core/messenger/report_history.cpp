// Report, what happened and who is connected, as English text; and what the program can do about a finding.
#include "core/messenger/names.h"
#include "core/messenger/report_names.h"

#include <algorithm>
#include <cstdio>

namespace culvert {

namespace {

struct ActionOfCode {
    std::string_view code;
    ReportAction action;
};

constexpr ActionOfCode kActions[] = {
    {"network.none", ReportAction::CheckAgain},
    {"network.link_only", ReportAction::CheckAgain},
    {"port_mapping.no_router", ReportAction::CheckAgain},
    {"port_mapping.refused", ReportAction::CheckAgain},
    {"port_mapping.failed", ReportAction::CheckAgain},
    {"port_mapping.port_differs", ReportAction::AnotherPort},
    {"port_mapping.another_host", ReportAction::AnotherPort},
    {"port_mapping.off", ReportAction::TurnMappingOn},
    {"pinhole.refused", ReportAction::CheckAgain},
    {"pinhole.none", ReportAction::CheckAgain},
    {"third_party.none", ReportAction::AddThirdParty},
    {"third_party.no_answer", ReportAction::CheckAgain},
    {"teredo.no_server", ReportAction::AddTeredoServer},
    {"lan.off", ReportAction::TurnLanOn},
    {"udp.blocked", ReportAction::TurnTcpOn},
};

std::string timeText(WallTime at) {
    const std::int64_t seconds = at.milliseconds / 1000;
    const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u %02d:%02d:%02d UTC", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return out;
}

} // namespace

ReportAction actionFor(std::string_view code, const NetworkStatus& status) {
    const auto* row = std::ranges::find(kActions, code, &ActionOfCode::code);
    if (row == std::end(kActions))
        return ReportAction::None;
    if ((row->action == ReportAction::AnotherPort && !status.mayChangePort) ||
        (row->action == ReportAction::TurnMappingOn && !status.mayMapPort) ||
        (row->action == ReportAction::TurnTcpOn && status.tcp.isAllowed))
        return ReportAction::None;
    return row->action;
}

std::string toText(const std::vector<NetworkEvent>& events, bool masked) {
    std::string out;
    for (const NetworkEvent& event : events) {
        out += "  " + timeText(event.at) + "  " + nameOf(event.kind);
        if (!event.detail.empty())
            out += "  " + (masked && event.isAddress ? maskedAddress(event.detail) : event.detail);
        out += '\n';
    }
    return out.empty() ? out : "\nWhat happened\n" + out;
}

std::string toText(const std::vector<Contact>& contacts, bool masked) {
    std::string out;
    unsigned number = 0;
    for (const Contact& contact : contacts) {
        ++number;
        if (contact.state != ContactState::Accepted)
            continue;
        const Presence& presence = contact.presence;
        out += "  " + (masked ? "Contact " + std::to_string(number) : contact.name) + ": ";
        if (presence.online)
            out += std::string("connected, ") + nameOf(presence.path) + ", " +
                   std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(presence.roundTrip).count()) +
                   " ms\n";
        else
            out += std::string(nameOf(presence.verdict)) + ". " + adviceFor(presence) + '\n';
    }
    return out.empty() ? out : "\nContacts\n" + out;
}

} // namespace culvert
