#include "core/teredo/teredo_client.h"

#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert {

void TeredoClient::setServers(Instant now, const std::vector<TeredoServerName>& names) {
    std::vector<TeredoServerRecord> servers;
    std::vector<std::string> known;
    for (const TeredoServerName& name : names) {
        if (known.size() == kNamesMax)
            break;
        known.push_back(name.name);
        std::vector<Ipv4Address> addresses = name.addresses;
        std::ranges::sort(addresses);
        std::size_t count = 0;
        for (const Ipv4Address& address : addresses) {
            // A name may lead to both addresses of one server: the second one is not another server.
            const bool isKnown = std::ranges::any_of(servers, [&](const TeredoServerRecord& server) {
                return server.address == address || (server.name == name.name && server.secondaryAddress() == address);
            });
            if (isKnown || count == kAddressesMax || !address.isGlobal(m_allowReserved))
                continue;
            ++count;
            const auto before = std::ranges::find(m_servers, address, &TeredoServerRecord::address);
            servers.push_back(before != m_servers.end() ? *before : TeredoServerRecord{});
            servers.back().name = name.name;
            servers.back().address = address;
        }
    }
    std::optional<Ipv4Address> current;
    if (m_state != TeredoState::Off) {
        const TeredoServerRecord& server = m_servers[m_current];
        current = server.address;
        // Names lead elsewhere each time they are asked; a server that works stays.
        if (m_state == TeredoState::Qualified && std::ranges::find(known, server.name) != known.end() &&
            std::ranges::find(servers, *current, &TeredoServerRecord::address) == servers.end())
            servers.push_back(server);
    }
    const bool isGrown = servers.size() > m_servers.size();
    m_serversChanged = m_serversChanged || known != m_names || servers.size() != m_servers.size();
    m_names = std::move(known);
    m_servers = std::move(servers);
    m_survey.reset();
    const auto found = current ? std::ranges::find(m_servers, *current, &TeredoServerRecord::address) : m_servers.end();
    if (found == m_servers.end())
        return begin(now);
    m_current = static_cast<std::size_t>(found - m_servers.begin());
    for (auto* question : {&m_question, &m_beside})
        if (*question)
            (*question)->server = m_current;
    if (isGrown && m_state == TeredoState::Offline)
        refresh(now);
    else if (isGrown)
        m_surveyAt = now;
}

void TeredoClient::setAllowed(Instant now, bool isAllowed) {
    if (isAllowed != std::exchange(m_isAllowed, isAllowed))
        restart(now);
}

void TeredoClient::restart(Instant now) {
    m_sentTo.clear();
    m_heardFrom.clear();
    m_seenByOthers.clear();
    for (TeredoServerRecord& server : m_servers)
        server.forgetMappings();
    m_refreshMax = m_refreshInterval = kRefreshInterval;
    m_refreshesSteady = 0;
    begin(now);
}

void TeredoClient::begin(Instant now) {
    stopAll();
    m_rest = kRestMin;
    m_isFirstRound = true;
    clearFailures();
    for (std::size_t i = 0; i < m_servers.size(); ++i)
        setHealth(i, TeredoServerHealth::NotAsked);
    if (m_isAllowed && !m_servers.empty())
        return start(now);
    m_current = 0;
    setState(TeredoState::Off);
}

// Nothing is asked and nothing is known.
void TeredoClient::stopAll() {
    m_question.reset();
    m_survey.reset();
    m_datagrams.clear();
    for (auto* timer : {&m_refreshAt, &m_coneAgainAt, &m_surveyAt, &m_restUntil})
        timer->reset();
    forgetResult();
}

void TeredoClient::refresh(Instant now) {
    if (m_restUntil) {
        clearFailures();
        start(now);
    } else if (m_state == TeredoState::Qualified && !m_question) {
        m_refreshAt.reset();
        ask(now, Purpose::Refresh);
    }
}

void TeredoClient::handleMapping(Instant now, bool isLost) {
    if (isLost) {
        // What came in through it may be let in for as long as what we sent to would be.
        for (const auto& [address, at] : std::exchange(m_heardFrom, {}))
            note(now, m_sentTo, address);
        if (m_kind == TeredoKind::Cone)
            startOver(now);
        return;
    }
    if (m_state == TeredoState::Off)
        return;
    if (m_restUntil)
        return refresh(now);
    const bool isFair = mayTestCone(now);
    m_wantsConeAgain = true;
    if (!m_question || m_question->purpose == Purpose::Refresh) {
        if (m_kind != TeredoKind::Cone)
            m_coneAgainAt = isFair ? now : now + kFilterMemory;
        return refresh(now);
    }
    if (m_question->purpose == Purpose::Cone || m_question->purpose == Purpose::ConeAgain)
        ask(now, m_question->purpose);
    else if (m_question->purpose == Purpose::Restricted && isFair)
        ask(now, Purpose::Cone);
}

void TeredoClient::handleTimeout(Instant now) {
    const auto isDue = [now](std::optional<Instant>& timer) {
        const bool due = timer && *timer <= now;
        if (due)
            timer.reset();
        return due;
    };
    if (isDue(m_restUntil)) {
        clearFailures();
        start(now);
    }
    if (isTestingCone() && m_question->next <= now) {
        tryCone(now);
    } else if (m_question && m_question->next <= now) {
        if (m_question->sent.size() < kTriesMax)
            send(now, *m_question);
        else
            unanswered(now);
    }
    if (!m_question && isDue(m_coneAgainAt)) {
        if (mayTestCone(now))
            ask(now, Purpose::ConeAgain);
        else
            m_coneAgainAt = now + kFilterMemory;
    }
    if (!m_question && isDue(m_refreshAt))
        ask(now, Purpose::Refresh);
    if (m_survey && m_survey->next <= now)
        surveyed(now, std::nullopt);
    if (!m_survey && isDue(m_surveyAt))
        survey(now);
}

std::optional<Deadline> TeredoClient::pollTimeout() const {
    std::optional<Deadline> next;
    const auto consider = [&next](Instant at, const char* reason) {
        if (!next || at < next->at)
            next = Deadline{at, reason};
    };
    if (m_question)
        consider(m_question->next, "Teredo server asked");
    if (m_survey)
        consider(m_survey->next, "Teredo server measured");
    if (m_restUntil)
        consider(*m_restUntil, "Teredo rests");
    // While a question is open these wait for its end.
    if (!m_question && m_refreshAt)
        consider(*m_refreshAt, "Teredo refresh");
    if (!m_question && m_coneAgainAt)
        consider(*m_coneAgainAt, "Teredo cone test");
    if (!m_survey && m_surveyAt)
        consider(*m_surveyAt, "Teredo survey");
    return next;
}

std::optional<std::size_t> TeredoClient::bestServer(Instant now) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < m_servers.size(); ++i)
        if (!m_servers[i].hasFailed && !m_servers[i].doubtedUntil(now) &&
            (!best || isBetterServer(m_servers[i], m_servers[*best])))
            best = i;
    return best;
}

void TeredoClient::start(Instant now) {
    if (const auto best = bestServer(now))
        return startWith(now, *best);
    rest(now);
}

void TeredoClient::startWith(Instant now, std::size_t server) {
    for (auto* timer : {&m_refreshAt, &m_coneAgainAt, &m_surveyAt, &m_restUntil})
        timer->reset();
    m_survey.reset();
    m_current = server;
    m_holdUntil = now + kGatewayWait;
    setState(TeredoState::Probing);
    setHealth(server, TeredoServerHealth::Asking);
    // RFC 4380 §5.2.1: with the cone flag first.
    m_wantsConeAgain = !mayTestCone(now);
    ask(now, m_wantsConeAgain ? Purpose::Restricted : Purpose::Cone);
}

// The mapping is another one: what was found is wrong, and the server is not to blame.
void TeredoClient::startOver(Instant now) {
    forgetResult();
    startWith(now, m_current);
}

void TeredoClient::answered(Instant now, const Answer& answer, bool wasContacted) {
    const Purpose purpose = m_question->purpose;
    TeredoServerRecord& server = m_servers[m_current];
    server.noteAnswer(answer.took);
    if (!answer.origin)
        return failServer(now, TeredoServerHealth::NoOrigin);
    if (purpose != Purpose::Secondary && !isCredible(now, m_current, *answer.origin))
        return failServer(now, TeredoServerHealth::Unsteady);
    if (m_question->hasConeFlag)
        server.secondary = answer.from.v4();
    m_question.reset();
    switch (purpose) {
    case Purpose::Cone:
    case Purpose::ConeAgain:
        return coneAnswered(now, answer, wasContacted);
    case Purpose::Restricted:
        m_firstMapped = *answer.origin;
        return ask(now, Purpose::Secondary);
    case Purpose::Secondary:
        return qualify(now, *answer.origin == m_firstMapped ? TeredoKind::Restricted : TeredoKind::Symmetric,
                       m_firstMapped);
    case Purpose::Refresh:
        // RFC 4380 §5.2.5: another mapping makes the old address invalid.
        noteRefresh(answer.origin == m_mapped);
        if (answer.origin != m_mapped)
            return startOver(now);
        if (m_kind == TeredoKind::Cone)
            note(now, m_heardFrom, answer.from.v4());
        return keep(now);
    case Purpose::Survey:
        break;
    }
}

void TeredoClient::coneAnswered(Instant now, const Answer& answer, bool wasContacted) {
    const bool isAgain = m_state == TeredoState::Qualified;
    if (wasContacted || isRemembered(now, answer.from.v4())) {
        // It came from where we sent to: a filter's memory may have let it in.
        m_wantsConeAgain = true;
        if (!isAgain)
            return ask(now, Purpose::Restricted);
        m_coneAgainAt = now + kFilterMemory;
        return keep(now);
    }
    note(now, m_heardFrom, answer.from.v4());
    if (isAgain && answer.origin != m_mapped)
        return startOver(now);
    qualify(now, TeredoKind::Cone, *answer.origin);
}

void TeredoClient::unanswered(Instant now) {
    const Purpose purpose = m_question->purpose;
    m_question.reset();
    switch (purpose) {
    case Purpose::Secondary:
        return failServer(now, TeredoServerHealth::NoSecondary);
    case Purpose::Refresh:
        if (m_kind != TeredoKind::Cone)
            return failServer(now, TeredoServerHealth::NoAnswer);
        // The server may be well, and only the way in from everywhere closed.
        m_wantsConeAgain = true;
        setState(TeredoState::Probing);
        return ask(now, Purpose::Restricted);
    case Purpose::ConeAgain:
        return keep(now);
    case Purpose::Cone: // tryCone()
    case Purpose::Restricted:
    case Purpose::Survey:
        break;
    }
    failServer(now, TeredoServerHealth::NoAnswer);
}

void TeredoClient::failServer(Instant now, TeredoServerHealth reason) {
    m_question.reset();
    TeredoServerRecord& server = m_servers[m_current];
    if (reason == TeredoServerHealth::NoAnswer)
        server.noteSilence();
    server.hasFailed = true;
    if (m_isProvisional)
        forgetResult();
    setHealth(m_current, reason);
    start(now);
}

// Every server failed. Those in doubt are not asked before that is over.
void TeredoClient::rest(Instant now) {
    stopAll();
    m_isFirstRound = false;
    setState(TeredoState::Offline);
    Instant until = Instant::max();
    for (const TeredoServerRecord& server : m_servers)
        until = std::min(until, server.doubtedUntil(now).value_or(now + m_rest));
    if (until == now + m_rest)
        m_rest = std::min(2 * m_rest, kRestMax);
    m_restUntil = until;
}

// Notes where a server's primary address sees us; false when it has said too many things.
bool TeredoClient::isCredible(Instant now, std::size_t server, const SocketAddress& mapped) {
    bool isConfirmed = std::ranges::find(m_seenByOthers, mapped) != m_seenByOthers.end();
    for (std::size_t i = 0; i < m_servers.size(); ++i)
        isConfirmed = isConfirmed || (i != server && m_servers[i].shown() == mapped);
    m_servers[server].noteMapping(now, mapped, isConfirmed);
    return !m_servers[server].doubtedUntil(now);
}

void TeredoClient::setSeenByOthers(Instant now, std::vector<SocketAddress> seen) {
    m_seenByOthers = std::move(seen);
    bool isCleared = false;
    for (TeredoServerRecord& server : m_servers)
        for (const SocketAddress& each : m_seenByOthers)
            isCleared = server.confirm(now, each) || isCleared;
    if (isCleared && m_restUntil)
        refresh(now);
}

void TeredoClient::setResult(TeredoKind kind, const SocketAddress& mapped) {
    const TeredoServerRecord& server = m_servers[m_current];
    m_kind = kind;
    m_mapped = mapped;
    m_resultServer = server.address;
    m_resultName = server.name;
    m_resultChanged = true;
    // RFC 5991 §3.1: other random bits for another address, the same as long as it is the same.
    if (m_flagsFor != std::pair(mapped, server.address)) {
        m_flagsFor = {mapped, server.address};
        m_flags = static_cast<std::uint16_t>(m_random.below(4096));
    }
}

void TeredoClient::qualify(Instant now, TeredoKind kind, const SocketAddress& mapped) {
    setResult(kind, mapped);
    m_isProvisional = false;
    clearFailures();
    m_rest = kRestMin;
    m_isFirstRound = false;
    setState(TeredoState::Qualified);
    for (std::size_t i = 0; i < m_servers.size(); ++i)
        if (m_servers[i].health == TeredoServerHealth::Qualified && i != m_current)
            setHealth(i, TeredoServerHealth::Answers);
    setHealth(m_current, TeredoServerHealth::Qualified);
    if (kind != TeredoKind::Cone && m_wantsConeAgain)
        m_coneAgainAt = now + kFilterMemory;
    if (!m_surveyAt && m_servers.size() > 1)
        m_surveyAt = now + kTryEvery;
    keep(now);
}

void TeredoClient::keep(Instant now) {
    // RFC 4380 §5.2: 75 to 100 % of the refresh interval. It runs from what held the mapping, not from the end of the
    // qualification: behind a symmetric NAT the questions after that went out through other mappings.
    const auto least = m_refreshInterval * 3 / 4;
    const auto rest = static_cast<std::uint64_t>((m_refreshInterval - least) / 1ms);
    m_refreshAt = std::max(now, m_heldAt + least + 1ms * static_cast<std::int64_t>(m_random.below(rest + 1)));
    setState(TeredoState::Qualified);
}

// A NAT that forgets sooner than we refresh gives another mapping each time.
void TeredoClient::noteRefresh(bool isSameMapping) {
    if (isSameMapping && ++m_refreshesSteady < kRefreshesSteady)
        return;
    m_refreshesSteady = 0;
    m_refreshInterval =
        isSameMapping ? std::min(2 * m_refreshInterval, m_refreshMax) : std::max(m_refreshInterval / 2, kRefreshMin);
}

void TeredoClient::setRefreshMax(Instant now, Duration interval) {
    if (interval == m_refreshMax)
        return;
    // What was halved because a mapping was lost grows with time alone.
    const bool wasHalved = m_refreshInterval < m_refreshMax;
    m_refreshInterval = wasHalved ? std::min(m_refreshInterval, interval) : interval;
    m_refreshMax = interval;
    if (m_refreshAt)
        m_refreshAt = std::min(*m_refreshAt, now + interval);
    m_serversChanged = true;
}

// Asks the next of those that are not in use, so that there is something to choose by when the present one fails. Whose
// address another server may answer from is left alone: its cone test would prove nothing after that.
void TeredoClient::survey(Instant now) {
    for (; m_surveyed < m_servers.size(); ++m_surveyed) {
        const Ipv4Address& address = m_servers[m_surveyed].address;
        const bool isSecondary = std::ranges::any_of(
            m_servers, [&](const TeredoServerRecord& other) { return other.secondaryAddress() == address; });
        if (m_surveyed == m_current || isSecondary || m_servers[m_surveyed].doubtedUntil(now))
            continue;
        m_survey = makeQuestion(Purpose::Survey, m_surveyed++);
        return send(now, *m_survey);
    }
    m_surveyed = 0;
    m_surveyAt = now + kSurveyEvery;
}

void TeredoClient::surveyed(Instant now, const std::optional<Answer>& answer) {
    TeredoServerRecord& server = m_servers[m_survey->server];
    if (answer)
        server.noteAnswer(answer->took);
    else
        server.noteSilence();
    TeredoServerHealth health = TeredoServerHealth::NoAnswer;
    if (answer && !answer->origin)
        health = TeredoServerHealth::NoOrigin;
    else if (answer)
        health = isCredible(now, m_survey->server, *answer->origin) ? TeredoServerHealth::Answers
                                                                    : TeredoServerHealth::Unsteady;
    setHealth(m_survey->server, health);
    m_survey.reset();
    m_surveyAt = now + kTryEvery;
}

void TeredoClient::setState(TeredoState state) {
    m_resultChanged = m_resultChanged || state != m_state;
    m_state = state;
}

void TeredoClient::setHealth(std::size_t server, TeredoServerHealth health) {
    m_serversChanged = m_serversChanged || m_servers[server].health != health;
    m_servers[server].health = health;
}

void TeredoClient::forgetResult() {
    m_resultChanged = m_resultChanged || m_kind;
    m_isProvisional = false;
    m_kind.reset();
    m_mapped.reset();
    m_resultServer.reset();
    m_resultName.clear();
}

void TeredoClient::clearFailures() {
    for (TeredoServerRecord& server : m_servers)
        server.hasFailed = false;
}

TeredoStatus TeredoClient::status() const {
    TeredoStatus out;
    out.state = m_state;
    out.kind = m_kind;
    out.server = m_resultName;
    out.serverAddress = m_resultServer;
    out.mapped = m_mapped;
    if (m_kind)
        out.refreshInterval = m_refreshInterval;
    if (m_mapped && m_resultServer)
        out.address = wire::encode(wire::TeredoAddress{*m_resultServer, m_kind == TeredoKind::Cone, m_flags,
                                                       m_mapped->v4(), m_mapped->port()});
    for (const std::string& name : m_names) {
        TeredoServerStatus one{name, TeredoServerHealth::Unresolved, std::nullopt};
        // Of a name's addresses the one that is best off stands for all.
        const auto rank = [](TeredoServerHealth health) {
            using H = TeredoServerHealth;
            constexpr std::array kOrder = {H::Qualified,   H::Answers,  H::Asking,   H::NotAsked,   H::NoOrigin,
                                           H::NoSecondary, H::Unsteady, H::NoAnswer, H::Unresolved, H::NotUsed};
            return std::ranges::find(kOrder, health) - kOrder.begin();
        };
        for (const TeredoServerRecord& server : m_servers) {
            if (server.address == m_resultServer) {
                out.roundTrip = server.roundTrip;
                if (m_kind == TeredoKind::Symmetric)
                    out.secondaryAddress = server.secondaryAddress();
            }
            if (server.name == name && rank(server.health) < rank(one.health))
                one = {name, server.health, server.roundTrip};
        }
        if (m_state == TeredoState::Off && one.health != TeredoServerHealth::Unresolved)
            one.health = TeredoServerHealth::NotUsed;
        if (!m_isAllowed)
            one = {name, TeredoServerHealth::NotUsed, std::nullopt};
        out.servers.push_back(std::move(one));
    }
    return out;
}

} // namespace culvert
