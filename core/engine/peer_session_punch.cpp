// PeerSession, third part: two ends that a handoff introduced begin at the same time.
//
// Whoever hands over says when it begins to send; the recipient begins so that the packets cross, and hands over what
// it knows of itself, because the caller may not know where its NAT lets it out. Where one end is hard to meet both
// begin a PortSearch: each knows from the two hints that the other one does.
#include "core/engine/peer_session.h"

#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

// A contact that hands over all the time makes us start over this often.
constexpr Duration kPunchPause = 1s;
// An own handoff that left in this time is answer enough.
constexpr Duration kAnswerPause = 1s;
// What a search may cost the networks on the way: one for a contact in this time, and so many at once.
constexpr Duration kSearchPause = 60s;
constexpr std::size_t kSearchesMax = 2;
constexpr Duration kOpenerWaitMax = 500ms;
// An address of the same network, if there is one, answers earlier.
constexpr Duration kHairpinAfter = 50ms;
constexpr std::uint16_t kDynamicPortMin = 49152, kDynamicPorts = 16384;

// Where the third party sees them stands first.
std::optional<SocketAddress> outerOf(const std::vector<wire::EndpointRecord>& endpoints, bool allowReserved) {
    const auto found = std::ranges::find_if(endpoints, [&](const wire::EndpointRecord& endpoint) {
        return endpoint.kind == wire::EndpointKind::Mapped4 && endpoint.address.v4().isGlobal(allowReserved) &&
               endpoint.address.port() >= 1024;
    });
    return found == endpoints.end() ? std::nullopt : std::optional(found->address);
}

} // namespace

void PeerSession::handleHandoff(const Now& now, const wire::HandoffContent& content, Duration roundTrip) {
    m_journal.note(now, MomentKind::HandoffHeard);
    meet(now, content, roundTrip);
}

void PeerSession::meet(const Now& now, const wire::HandoffContent& content, Duration roundTrip) {
    m_peerKnowsUs = m_peerKnowsUs || m_record.state == ContactState::Accepted;
    takeHint(content.additions);
    const wire::PunchPlan plan = content.additions.plan.value_or(wire::PunchPlan{true, {}, {}});
    addIntroduced(now.monotonic, content, plan, roundTrip);
    if (m_paths.isUp())
        return;
    if (now.monotonic >= m_nextKick) {
        m_nextKick = now.monotonic + kPunchPause;
        m_punchAt = now.monotonic + punchWait(plan, roundTrip);
        m_wantsAnswer = !plan.isAnswer && now.monotonic >= m_toldOfUs + kAnswerPause;
    }
    tryForetold(now.monotonic, content);
    planSearch(now.monotonic, content, roundTrip);
    drivePunch(now);
}

// Who handed over may not have sent to us yet: it waits for our answer. Who answered has.
void PeerSession::addIntroduced(Instant now, const wire::HandoffContent& content, const wire::PunchPlan& plan,
                                Duration roundTrip) {
    const std::vector<Candidate> candidates = candidatesOf(content.endpoints, PathSource::Handoff);
    const std::uint8_t hops = plan.isAnswer || m_paths.isUp()
                                  ? std::uint8_t{0}
                                  : openerHops(m_context.hint, m_peerHint.value_or(wire::NatHint{}));
    const Duration answerTakes = std::min<Duration>(plan.roundTrip / 2 + roundTrip / 2, kOpenerWaitMax);
    for (const Candidate& candidate : candidates) {
        const auto outer = wire::fromMapped(candidate.remote.address.v6());
        const bool isOurs = outer && outer->v4() == m_context.inputs.observedV4;
        if (isOurs && candidate.kind == PathKind::Mapped4) // RFC 4787 §6: back in at our own NAT, if that can.
            m_paths.open(now, candidate, 0, now + kHairpinAfter);
        else if (hops > 0 && candidate.kind == PathKind::Mapped4)
            m_paths.open(now, candidate, hops, now + answerTakes);
        else
            m_paths.add(now, {candidate});
    }
}

bool PeerSession::takeAnswer(Instant) {
    return std::exchange(m_wantsAnswer, false) && m_record.state != ContactState::Blocked && !m_paths.isUp();
}

void PeerSession::toldOfUs(Instant now, Duration start) {
    m_toldOfUs = now;
    if (!m_paths.isUp() && start > Duration::zero())
        m_punchAt = now + start;
}

std::optional<wire::PortPrediction> PeerSession::foretell(Instant now,
                                                          const std::optional<wire::PortPrediction>& next) {
    const Foretelling how = foretellingOf(m_context.hint);
    if (how == Foretelling::None || (how == Foretelling::NextPort && !next))
        return std::nullopt;
    closeFreshSocket(now, 0);
    // RFC 6335 §6: the dynamic ports.
    const auto port = static_cast<std::uint16_t>(
        how == Foretelling::KeepPort ? kDynamicPortMin + m_context.random.below(kDynamicPorts) : 0);
    m_freshSocket = m_context.newSearchSocket(port);
    tryFreshSocket(now);
    return how == Foretelling::KeepPort ? wire::PortPrediction{port, 0} : next;
}

// The one way to keep the promise: nothing but what leaves from there now gets the port that was foretold.
void PeerSession::tryFreshSocket(Instant now) {
    if (m_freshSocket == 0 || !m_theirOuter || m_paths.isUp())
        return;
    InnerAddress remote = wire::toMapped(*m_theirOuter);
    remote.socket = m_freshSocket;
    m_paths.add(now, {{PathKind::Punched4, remote, CandidateOrigin::Announced, PathSource::Foretold}});
}

void PeerSession::closeFreshSocket(Instant now, std::uint32_t kept) {
    if (m_freshSocket == 0 || m_freshSocket == kept)
        return;
    m_context.closedSockets.push_back(std::exchange(m_freshSocket, 0));
    m_paths.keepSearchSocket(now, kept);
}

// Both may be in one handoff: theirs that is foretold, and where ours is to be.
void PeerSession::tryForetold(Instant now, const wire::HandoffContent& content) {
    const auto outer = outerOf(content.endpoints, m_context.inputs.allowReserved);
    if (!outer)
        return;
    m_theirOuter = outer;
    tryFreshSocket(now);
    if (!content.additions.prediction || !wantsHandoffs())
        return;
    std::vector<Candidate> foretold;
    for (const std::uint16_t port : predictedPorts(*content.additions.prediction))
        foretold.push_back({PathKind::Punched4, wire::toMapped(SocketAddress(outer->v4(), port)),
                            CandidateOrigin::PeerReflexive, PathSource::Foretold});
    m_paths.add(now, foretold);
}

// Strangers are not searched for: an invitation is no licence to send thousands of packets.
void PeerSession::planSearch(Instant now, const wire::HandoffContent& content, Duration roundTrip) {
    const auto& hint = content.additions.hint;
    const auto& plan = content.additions.plan;
    const auto outer = outerOf(content.endpoints, m_context.inputs.allowReserved);
    if (!hint || !plan || !outer || !wantsHandoffs() || m_plannedSearch || now < m_nextSearch)
        return;
    const SearchRole role = searchRole(m_context.hint, *hint);
    if (role == SearchRole::None || outer->v4() == m_context.inputs.observedV4)
        return; // Behind one NAT there are other ways.
    Instant at = now + punchWait(*plan, roundTrip) + searchDelay(m_context.hint, *hint);
    // Our answer is still on its way to whoever opens.
    if (role == SearchRole::Seeker && !plan->isAnswer)
        at += plan->roundTrip / 2 + roundTrip / 2;
    m_plannedSearch = PlannedSearch{role, *outer, std::min(at, now + wire::kPunchTimeMax)};
}

void PeerSession::drivePunch(const Now& at) {
    const Instant now = at.monotonic;
    if (m_punchAt && *m_punchAt <= now) {
        m_punchAt.reset();
        if (!m_paths.isUp())
            m_paths.kick(now);
    }
    if (m_plannedSearch && m_plannedSearch->at <= now)
        startSearch(at);
    if (!m_search || !m_search->isRunning())
        return;
    m_search->handleTimeout(now);
    if (!m_search->isRunning())
        closeSearch(now);
}

void PeerSession::startSearch(const Now& at) {
    const Instant now = at.monotonic;
    const PlannedSearch planned = *std::exchange(m_plannedSearch, std::nullopt);
    if (m_paths.isUp() || m_context.searching.size() >= kSearchesMax)
        return;
    closeSearch(now);
    m_journal.note(at, MomentKind::SearchBegan);
    m_nextSearch = now + kSearchPause;
    m_context.searching.insert(id());
    m_search.emplace(m_context.random, planned.role, planned.remote, now, m_context.nextSearchSocket);
    if (planned.role == SearchRole::Opener)
        m_context.nextSearchSocket += PortSearch::kProbesMax;
}

void PeerSession::sendSearchProbes(Instant now) {
    while (auto outgoing = m_search ? m_search->pollProbe(now) : std::nullopt) {
        InnerAddress remote = wire::toMapped(outgoing->remote);
        remote.socket = outgoing->socket;
        m_context.send(now, remote, m_context.sealer.sealPair(m_keys, m_paths.strayProbe()));
    }
    if (m_search)
        drainSearch();
}

// A path is up, by the search or not: what it opened is closed, but for the socket that the path goes through.
void PeerSession::endSearch(Instant now) {
    m_plannedSearch.reset();
    m_punchAt.reset();
    const std::uint32_t won = m_paths.activeRemote().value_or(InnerAddress()).socket;
    closeFreshSocket(now, won);
    if (!m_search || !m_search->isRunning())
        return;
    m_search->succeed(won);
    m_context.searching.erase(id());
    m_paths.keepSearchSocket(now, won);
    drainSearch();
}

void PeerSession::closeSearch(Instant now) {
    m_plannedSearch.reset();
    if (!m_search)
        return;
    m_search->close();
    m_context.searching.erase(id());
    m_paths.keepSearchSocket(now, m_freshSocket);
    drainSearch();
    m_search.reset();
}

void PeerSession::drainSearch() {
    while (const auto socket = m_search->pollClosedSocket())
        m_context.closedSockets.push_back(*socket);
}

void PeerSession::considerPunch(const std::function<void(const std::optional<Deadline>&)>& consider) const {
    if (m_punchAt)
        consider(Deadline{*m_punchAt, "punch"});
    if (m_plannedSearch)
        consider(Deadline{m_plannedSearch->at, "port search planned"});
    if (m_search)
        consider(m_search->pollTimeout());
}

} // namespace culvert
