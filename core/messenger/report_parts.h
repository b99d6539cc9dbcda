// Report parts: what the files that make the network report share. Nobody else includes it.
#pragma once

#include "core/messenger/network_report.h"

// The mark by which lupdate finds what the window translates; the same macro that Qt has, since core is without Qt.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

namespace culvert {

/// What several findings rest on, worked out once.
struct ReportFacts {
    const NetworkStatus& status;
    NetworkVerdict verdict{};
    bool isComplete = false;
    bool hasNetwork = false;      ///< any address that leads off this computer
    bool hasPublic4 = false;      ///< an interface of ours holds a global IPv4 address
    bool isTranslated = false;    ///< seen by others, or certain because no address of ours is public
    bool isMapped = false;        ///< a router says, at least, that it forwards our port
    bool isCarrierShared = false; ///< an address of RFC 6598 stands between us and the internet
    /// How bad it is that nobody can start over IPv4.
    ReportSeverity lack4 = ReportSeverity::Problem;
};

using ReportItems = std::vector<ReportItem>;

ReportFacts factsOf(const NetworkStatus& status);

void addFamilies(const ReportFacts& facts, ReportItems& out);
void addPortMapping(const ReportFacts& facts, ReportItems& out);
void addPinholes(const ReportFacts& facts, ReportItems& out);
void addNat(const ReportFacts& facts, ReportItems& out);
void addFirewall(const ReportFacts& facts, ReportItems& out);
void addRung(const ReportFacts& facts, ReportItems& out);
void addTcp(const ReportFacts& facts, ReportItems& out);
void addTeredo(const ReportFacts& facts, ReportItems& out);
void addDoorbell(const ReportFacts& facts, ReportItems& out);
void addLan(const ReportFacts& facts, ReportItems& out);
void addThirdParties(const ReportFacts& facts, ReportItems& out);

/// The interface that holds `address`; nothing where the system told of none.
const LocalInterface* interfaceOf(const LocalNetwork& local, const SocketAddress& address);
/// Another NAT stands between our router and the internet: nothing that our router opens leads there.
bool isBehindAnother(const ReportFacts& facts);
/// The one thing to do about that.
const char* behindAnotherFix(const ReportFacts& facts);
/// The one thing to do where nobody can start over IPv4 because of the router.
const char* openPortFix(const ReportFacts& facts);

ReportEvidence dataRow(const char* label, std::string value);
ReportEvidence textRow(const char* label, const char* value);
/// For everything that names this computer, a peer or a router, and for their words.
ReportEvidence addressRow(const char* label, std::string value);
/// "an address that nothing was sent to before", or what is less.
ReportEvidence sentFromRow(bool fromNewAddress);
ReportEvidence yesNoRow(const char* label, const std::optional<bool>& value);
ReportEvidence protocolRow(const std::optional<MappingProtocol>& protocol);
/// How a protocol is called by people who know it.
const char* spelled(MappingProtocol protocol);
/// Seconds, minutes or hours: the largest unit that leaves no rest.
std::string spelled(Duration duration);

} // namespace culvert
