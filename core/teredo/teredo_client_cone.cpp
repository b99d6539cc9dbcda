// TeredoClient, third part: the cone test, and what is asked beside it (RFC 4380 §5.2.1).
#include "core/teredo/teredo_client.h"

#include <algorithm>

namespace culvert {

namespace {

// So many answers of the primary address say that the link was well while the cone flag stayed without one.
constexpr unsigned kBesideAnswersEnough = 2;

} // namespace

void TeredoClient::askCone(Instant now) {
    m_isHeld = false;
    m_besideAnswers = 0;
    m_besideRoundTrip = {};
    m_beside = makeQuestion(Purpose::Restricted, m_current);
    m_question = makeQuestion(Purpose::Cone, m_current);
    send(now, *m_question);
}

// A silence is over.
void TeredoClient::tryCone(Instant now) {
    const std::size_t rounds = m_question->sent.size();
    // A link that lost answers gets one round more.
    if (rounds < kTriesMax || (rounds == kTriesMax && m_besideAnswers < kBesideAnswersEnough)) {
        send(now, *m_question);
        return send(now, *m_beside);
    }
    if (m_besideAnswers > 0)
        return coneIsSilent(now);
    failServer(now, TeredoServerHealth::NoAnswer);
}

Duration TeredoClient::coneWait() const {
    const std::size_t rounds = m_question->sent.size();
    if (rounds < kTriesMax)
        return kSoon;
    if (m_besideAnswers > 0)
        return std::clamp(4 * m_besideRoundTrip, kSoon, kLastWait);
    return rounds == kTriesMax ? kSoon : kLastWait;
}

void TeredoClient::besideAnswered(Instant now, const Answer& answer) {
    m_servers[m_current].noteAnswer(answer.took);
    if (!answer.origin)
        return failServer(now, TeredoServerHealth::NoOrigin);
    if (!isCredible(now, m_current, *answer.origin))
        return failServer(now, TeredoServerHealth::Unsteady);
    // The network may double a packet: each question counts once.
    std::erase_if(m_beside->sent, [&](const Sent& sent) { return sent.at == now - answer.took; });
    ++m_besideAnswers;
    m_besideRoundTrip = std::max(m_besideRoundTrip, answer.took);
    m_firstMapped = *answer.origin;
    if (m_question->sent.size() >= kTriesMax && !m_isHeld)
        m_question->next = std::max(now, m_question->sent.back().at + coneWait());
}

// Who asks the secondary address now can make no cone test for minutes: a filter may remember it.
void TeredoClient::coneIsSilent(Instant now) {
    if (m_isGatewaySettled || now >= m_holdUntil) {
        m_question.reset();
        return ask(now, Purpose::Secondary);
    }
    setResult(TeredoKind::Restricted, m_firstMapped);
    m_isProvisional = true;
    m_isHeld = true;
    m_question->next = m_holdUntil;
}

std::vector<Ipv4Address> TeredoClient::coneAnswerers() const {
    std::vector<Ipv4Address> out;
    if (m_state == TeredoState::Off)
        return out;
    for (const TeredoServerRecord& server : m_servers)
        // Who has no other address is not to keep us from somebody who has the next one.
        if (server.secondary || server.health != TeredoServerHealth::NoSecondary)
            out.push_back(server.secondaryAddress());
    return out;
}

void TeredoClient::setGatewaySettled(Instant now, bool isSettled) {
    m_isGatewaySettled = isSettled;
    if (isSettled && isTestingCone() && m_isHeld)
        m_question->next = now;
}

} // namespace culvert
