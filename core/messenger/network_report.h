// NetworkReport: what follows from the facts of NetworkStatus, for people and for scripts. Pure functions.
//
// Every sentence is a literal that the window translates (context "NetworkReport"); what varies (addresses, codes,
// times) stands in the evidence. Nothing here is guessed: what was not tested says so.
#pragma once

#include "core/messenger/contact.h"
#include "core/messenger/network_status.h"

#include <string_view>

namespace culvert {

/// Yes, no, or not tested.
enum class Tested { NotTested, Yes, No };

/// How bad something is.
enum class ReportSeverity { Good, Information, Warning, Problem };

/// The card of the diagnostics panel that an item belongs to.
enum class ReportArea { Families, LocalNetwork, PortMapping, Nat, Firewall, Teredo, ThirdParties };

/// What a finding rests on.
struct ReportEvidence {
    const char* label = ""; ///< translatable
    std::string value;      ///< data, except where `isText`
    bool isText = false;    ///< `value` is translatable as well
    bool isAddress = false; ///< masked in a report for others
    bool operator==(const ReportEvidence&) const = default;
};

/// What the program itself can do about a finding.
enum class ReportAction {
    None,
    CheckAgain, ///< asks routers, third parties and contacts again
    AnotherPort,
    AddThirdParty,
    AddTeredoServer,
    TurnMappingOn,
    TurnLanOn,
    TurnTcpOn,
};

/// One finding.
struct ReportItem {
    const char* code = ""; ///< stable, for scripts: "port_mapping.refused"
    ReportArea area = ReportArea::Families;
    ReportSeverity severity = ReportSeverity::Information;
    const char* title = "";      ///< translatable, one sentence
    const char* dependents = ""; ///< translatable: what depends on it
    const char* fix = "";        ///< translatable: the one thing to do; empty where there is nothing to do
    std::vector<ReportEvidence> evidence{};
    ReportAction action = ReportAction::None;
    std::optional<WallTime> since{};
};

/// A way to carry IPv6 (and so us) that people ask about.
enum class TransitionMechanism { Native, SixToFour, SixRd, SixInFour, Teredo, CulvertTunnel };

/// What a mechanism is worth on this computer.
struct TransitionVerdict {
    TransitionMechanism mechanism = TransitionMechanism::Native;
    Tested isPresent = Tested::NotTested;
    Tested isUsable = Tested::NotTested; ///< for reaching peers from here
    const char* reason = "";             ///< translatable
};

/// The conclusions in the fewest words, for tables and scripts.
struct NetworkVerdict {
    Tested inbound4 = Tested::NotTested; ///< strangers' packets reach our port over IPv4
    Tested inbound6 = Tested::NotTested;
    bool has4 = false;
    bool has6 = false; ///< native, global
    NatBehaviour nat;
    std::optional<MappingProtocol> mappedBy;
    std::optional<MappingProtocol> pinholeBy;
};

/// Everything, ready to be shown.
struct NetworkReport {
    const char* summary = ""; ///< translatable: whether friends can start a call
    const char* brief = "";   ///< translatable: the same in so few words that they fit beside a name
    ReportSeverity severity = ReportSeverity::Information;
    NetworkVerdict verdict;
    std::vector<ReportItem> items; ///< problems first
    std::vector<TransitionVerdict> mechanisms;
    bool isComplete = false; ///< nothing is being tested any more
};

NetworkReport makeReport(const NetworkStatus& status);

/// What the program can do about the finding with this code.
ReportAction actionFor(std::string_view code, const NetworkStatus& status);

/// Each mechanism judged for this computer, or for reaching one peer from it.
std::vector<TransitionVerdict> judgeMechanisms(const NetworkStatus& status, const std::optional<PeerFamilies>& peer);

/// The family and the provider stay; what names the computer goes. Text that is no address becomes "…".
std::string maskedAddress(std::string_view address);

/// For people, in English: one finding a paragraph. With `masked` every address is.
std::string toText(const NetworkReport& report, bool masked);
/// The same of what happened, and of contacts: who is connected by which way, or why not. `masked`: without names.
std::string toText(const std::vector<NetworkEvent>& events, bool masked);
std::string toText(const std::vector<Contact>& contacts, bool masked);

} // namespace culvert
