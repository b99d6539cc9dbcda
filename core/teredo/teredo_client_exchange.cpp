// TeredoClient, second part: what is sent, and what counts as an answer to it.
#include "core/teredo/teredo_client.h"

#include "core/teredo/teredo_solicitation.h"

#include <algorithm>

namespace culvert {

namespace {

// Whoever names more servers than that in five minutes makes us careful, not forgetful.
constexpr std::size_t kMemoryMax = 256;

} // namespace

void TeredoClient::note(Instant now, std::map<Ipv4Address, Instant>& memory, const Ipv4Address& address) const {
    std::erase_if(memory, [&](const auto& item) { return item.second + kFilterMemory <= now; });
    if (memory.size() < kMemoryMax || memory.contains(address))
        memory[address] = now;
}

// Whether a filter may let `address` in because we sent to it.
bool TeredoClient::isRemembered(Instant now, const Ipv4Address& address) const {
    const auto found = m_sentTo.find(address);
    return m_sentTo.size() >= kMemoryMax || (found != m_sentTo.end() && now < found->second + kFilterMemory);
}

bool TeredoClient::mayTestCone(Instant now) const {
    return !isRemembered(now, m_servers[m_current].secondaryAddress());
}

TeredoClient::Question TeredoClient::makeQuestion(Purpose purpose, std::size_t server) {
    Question question;
    question.purpose = purpose;
    question.server = server;
    const TeredoServerRecord& record = m_servers[server];
    question.remote = purpose == Purpose::Secondary ? record.secondaryAddress() : record.address;
    question.hasConeFlag = purpose == Purpose::Cone || purpose == Purpose::ConeAgain ||
                           (purpose == Purpose::Refresh && m_kind == TeredoKind::Cone);
    question.linkLocal = makeLinkLocal(m_random, question.hasConeFlag);
    return question;
}

void TeredoClient::ask(Instant now, Purpose purpose) {
    if (purpose == Purpose::Cone)
        return askCone(now);
    m_question = makeQuestion(purpose, m_current);
    send(now, *m_question);
}

void TeredoClient::send(Instant now, Question& question) {
    Sent sent{{}, now};
    m_random.fillSecret(sent.nonce);
    question.sent.push_back(sent);
    question.next = now + waitAfter(question);
    note(now, m_sentTo, question.remote);
    if (question.remote == m_servers[m_current].address)
        m_heldAt = now;
    Datagram datagram;
    datagram.remote = SocketAddress(question.remote, kTeredoPort);
    datagram.payload = makeSolicitation(question.linkLocal, sent.nonce);
    m_datagrams.push_back(std::move(datagram));
}

Duration TeredoClient::waitAfter(const Question& question) const {
    switch (question.purpose) {
    case Purpose::Cone:
        return coneWait();
    case Purpose::Restricted:
    case Purpose::Secondary:
        return question.sent.size() < kTriesMax ? kSoon : kLastWait;
    case Purpose::Refresh:
    case Purpose::ConeAgain:
    case Purpose::Survey:
        break;
    }
    return kTryEvery;
}

std::optional<TeredoClient::Answer> TeredoClient::answerTo(Instant now, const Question& question,
                                                           const SocketAddress& from,
                                                           const wire::TeredoPacket& packet) const {
    // RFC 4380 §5.2.2: without our nonce it MUST be discarded.
    if (!packet.authentication)
        return std::nullopt;
    const auto sent = std::ranges::find(question.sent, packet.authentication->nonce, &Sent::nonce);
    if (sent == question.sent.end() || !isAdvertisement(packet, question.linkLocal, m_servers[question.server].address))
        return std::nullopt;
    // A cone flag is answered from another address than was asked, everything else from the same.
    const bool isSame = from.v4() == question.remote;
    if (isSame == question.hasConeFlag || !from.v4().isGlobal(m_allowReserved))
        return std::nullopt;
    Answer answer{from, packet.origin, now - sent->at};
    if (answer.origin && (!answer.origin->v4().isGlobal(m_allowReserved) || answer.origin->port() == 0))
        answer.origin.reset(); // The server stands in our own network, and sees nothing of the internet.
    return answer;
}

bool TeredoClient::handleDatagram(Instant now, const Datagram& datagram, bool wasContacted) {
    if (m_state == TeredoState::Off || !datagram.remote.isV4() || datagram.remote.port() != kTeredoPort)
        return false;
    const auto packet = wire::decodeTeredoPacket(datagram.payload);
    // The server's own words are ICMPv6 from a link-local address. Of what it forwards bubbles may have such a source:
    // relays send them.
    if (!packet || !packet->packet.source.isLinkLocal() || packet->packet.nextHeader != wire::kNextHeaderIcmpv6)
        return false;
    if (m_question)
        if (const auto answer = answerTo(now, *m_question, datagram.remote, *packet)) {
            answered(now, *answer, wasContacted);
            return true;
        }
    if (isTestingCone() && m_beside)
        if (const auto answer = answerTo(now, *m_beside, datagram.remote, *packet)) {
            besideAnswered(now, *answer);
            return true;
        }
    if (m_survey)
        if (const auto answer = answerTo(now, *m_survey, datagram.remote, *packet)) {
            surveyed(now, answer);
            return true;
        }
    ++m_refused;
    return true;
}

std::optional<Datagram> TeredoClient::pollTransmit() {
    if (m_datagrams.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_datagrams.front());
    m_datagrams.pop_front();
    return datagram;
}

std::optional<TeredoEvent> TeredoClient::pollEvent() {
    if (std::exchange(m_resultChanged, false))
        return TeredoEvent::Result;
    if (std::exchange(m_serversChanged, false))
        return TeredoEvent::Servers;
    return std::nullopt;
}

} // namespace culvert
