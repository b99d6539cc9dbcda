#include "core/messenger/network_history.h"

#include "core/messenger/network_report.h"

#include <algorithm>
#include <set>

namespace culvert {

namespace {

using Texts = std::set<std::string>;

/// Collects what happened.
class Changes {
public:
    explicit Changes(WallTime at) : m_at(at) {}

    void add(NetworkEventKind kind, std::string detail = {}, bool isAddress = true) {
        m_events.push_back({m_at, kind, std::move(detail), isAddress});
    }
    void addWhere(bool isSo, NetworkEventKind kind, std::string detail = {}) {
        if (isSo)
            add(kind, std::move(detail));
    }
    // What only one of the two has.
    void addDifference(const Texts& before, const Texts& after, NetworkEventKind came, NetworkEventKind went) {
        for (const std::string& text : before)
            addWhere(!after.contains(text), went, text);
        for (const std::string& text : after)
            addWhere(!before.contains(text), came, text);
    }
    std::vector<NetworkEvent> take() { return std::move(m_events); }

private:
    WallTime m_at;
    std::vector<NetworkEvent> m_events;
};

bool hasNetwork(const LocalNetwork& local) {
    const bool has4 = std::ranges::any_of(local.v4, [](const Ipv4Address& own) { return !own.isLoopback(); });
    const bool has6 = std::ranges::any_of(local.lan6, [](const Ipv6Address& own) { return !own.isLoopback(); });
    return has4 || has6 || !local.native6.empty();
}

Texts addressesOf(const LocalNetwork& local) {
    Texts out;
    for (const Ipv4Address& own : local.v4)
        if (!own.isLoopback())
            out.insert(own.text());
    for (const Ipv6Address& own : local.native6)
        out.insert(own.text());
    return out;
}

// Ports vary from one witness to the next behind some NATs; addresses tell. A contact's word could be another one each
// time, until nothing else is remembered.
Texts seenAs(const NetworkStatus& status) {
    Texts out;
    for (const Observation& seen : status.observed)
        if (seen.witness != WitnessKind::Contact)
            out.insert(seen.address.hostText());
    return out;
}

Texts pinholesOf(const NetworkStatus& status) {
    Texts out;
    for (const PinholeStatus& pinhole : status.gateway.pinholes)
        if (isGranted(pinhole.state))
            out.insert(pinhole.address.text());
    return out;
}

Texts answeringParties(const NetworkStatus& status) {
    Texts out;
    for (const ThirdPartyStatus& party : status.thirdParties)
        if (party.registered)
            out.insert(party.key);
    return out;
}

void addMapping(const PortMappingStatus& before, const PortMappingStatus& after, Changes& out) {
    const bool isOther = before.external != after.external || !isGranted(before.state);
    const std::string external = after.external ? after.external->text() : std::string();
    if (isGranted(after.state) && isOther)
        out.add(NetworkEventKind::MappingMade, external);
    if (after.state == PortMappingState::Proven && (isOther || before.state != PortMappingState::Proven))
        out.add(NetworkEventKind::MappingProven, external);
    if (isGranted(before.state) && !isGranted(after.state) && after.state != PortMappingState::Trying)
        out.add(NetworkEventKind::MappingLost, before.external ? before.external->text() : std::string());
    if (after.state == PortMappingState::Failed && before.state != PortMappingState::Failed && !isGranted(before.state))
        out.add(NetworkEventKind::MappingFailed);
}

void addInbound(const InboundStatus& before, const InboundStatus& after, const char* family, Changes& out) {
    if (before.isOpen == after.isOpen || !after.isOpen)
        return;
    out.add(*after.isOpen ? NetworkEventKind::InboundOpen : NetworkEventKind::InboundShut, family, false);
}

} // namespace

std::vector<NetworkEvent> changesBetween(const NetworkStatus& before, const NetworkStatus& after, WallTime at) {
    Changes out(at);
    const bool had = hasNetwork(before.local), has = hasNetwork(after.local);
    if (had != has)
        out.add(has ? NetworkEventKind::NetworkBack : NetworkEventKind::NetworkGone);
    out.addDifference(addressesOf(before.local), addressesOf(after.local), NetworkEventKind::AddressCame,
                      NetworkEventKind::AddressWent);
    if (before.local.port != after.local.port && before.local.port != 0)
        out.add(NetworkEventKind::PortChanged, std::to_string(after.local.port), false);
    addMapping(before.gateway.udp, after.gateway.udp, out);
    out.addDifference(pinholesOf(before), pinholesOf(after), NetworkEventKind::PinholeMade,
                      NetworkEventKind::PinholeLost);
    const Texts seenBefore = seenAs(before);
    for (const std::string& address : seenAs(after))
        out.addWhere(!seenBefore.contains(address), NetworkEventKind::SeenAs, address);
    addInbound(before.inbound4, after.inbound4, "IPv4", out);
    addInbound(before.inbound6, after.inbound6, "IPv6", out);
    out.addDifference(answeringParties(before), answeringParties(after), NetworkEventKind::ThirdPartyAnswers,
                      NetworkEventKind::ThirdPartySilent);
    const bool wasQualified = before.teredo.state == TeredoState::Qualified;
    const bool isQualified = after.teredo.state == TeredoState::Qualified;
    if (isQualified && (!wasQualified || before.teredo.address != after.teredo.address))
        out.add(NetworkEventKind::TeredoQualified, after.teredo.address ? after.teredo.address->text() : std::string());
    out.addWhere(wasQualified && !isQualified, NetworkEventKind::TeredoLost);
    const bool wasBlocked = before.tcp.isUdpBlocked == true, isBlocked = after.tcp.isUdpBlocked == true;
    if (wasBlocked != isBlocked)
        out.add(isBlocked ? NetworkEventKind::UdpBlocked : NetworkEventKind::UdpPasses);
    out.addWhere(before.testsAreRunning && !after.testsAreRunning, NetworkEventKind::TestsDone);
    return out.take();
}

void NetworkHistory::note(const NetworkStatus& before, const NetworkStatus& after, WallTime at) {
    for (NetworkEvent& event : changesBetween(before, after, at)) {
        if (event.kind == NetworkEventKind::TestsDone)
            m_checkedAt = at;
        if (m_events.size() >= kEventsMax)
            m_events.erase(m_events.begin());
        m_events.push_back(std::move(event));
    }
    std::vector<FindingSince> since;
    for (const ReportItem& item : makeReport(after).items) {
        const auto known = std::ranges::find(m_since, item.code, &FindingSince::code);
        since.push_back(known == m_since.end() ? FindingSince{item.code, at} : *known);
    }
    m_since = std::move(since);
}

void NetworkHistory::addTo(NetworkStatus& status) const {
    status.events = m_events;
    status.since = m_since;
    status.checkedAt = m_checkedAt;
}

} // namespace culvert
