#include "core/teredo/refresh_search.h"

#include "core/teredo/teredo_bubbles.h"
#include "core/teredo/teredo_server_record.h"
#include "core/teredo/teredo_solicitation.h"
#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr Duration kHour = 1h;
// What one step may send, questions twice.
constexpr std::size_t kStepMax = 2 * RefreshSearch::kQuestionsMax + RefreshSearch::kBubblesMax;
static_assert(kStepMax <= RefreshSearch::kPacketsPerHour);

} // namespace

void RefreshSearch::setTarget(Instant now, const std::optional<RefreshSearchTarget>& target) {
    if (target == m_target)
        return;
    if (target && m_measured && m_measured != target->mapped)
        restart();
    m_target = target;
    if (m_stage == Stage::Over)
        return;
    closeSocket();
    m_stage = Stage::Off;
    if (!target)
        return;
    m_measured = target->mapped;
    postpone(now + kSettle);
}

void RefreshSearch::restart() {
    closeSocket();
    m_stage = Stage::Off;
    m_target.reset();
    m_measured.reset();
    m_isProven = false;
    m_safe.reset();
    m_tooLong.reset();
    m_candidate = {};
}

Duration RefreshSearch::interval() const {
    if (m_safe)
        return *m_safe;
    if (m_tooLong && *m_tooLong <= kDefault)
        return std::max(*m_tooLong / 2, kShortest);
    return kDefault;
}

void RefreshSearch::closeSocket() {
    // Whoever sends from a socket opens it: what still waits would leave it open for good.
    m_datagrams.clear();
    if (m_socket != 0)
        m_closed.push_back(std::exchange(m_socket, 0));
}

// Nothing is open meanwhile.
void RefreshSearch::postpone(Instant until) {
    closeSocket();
    m_stage = Stage::Waiting;
    m_next = until;
}

// When there is room for a whole step; nothing: there is now.
std::optional<Instant> RefreshSearch::budgetAt(Instant now) {
    while (!m_sent.empty() && m_sent.front() + kHour <= now)
        m_sent.pop_front();
    if (m_sent.size() + kStepMax <= kPacketsPerHour)
        return std::nullopt;
    return m_sent[m_sent.size() + kStepMax - kPacketsPerHour - 1] + kHour;
}

void RefreshSearch::beginStep(Instant now) {
    if (const auto until = budgetAt(now))
        return postpone(*until);
    if (m_socket == 0)
        m_socket = m_lastSocket = m_lastSocket + 1 < kSocketOfPort ? m_lastSocket + 1 : kFirstSocket;
    ask(now, Stage::Asking);
}

// RFC 4380 §5.2.1, and §5.2.2 with the nonce alone: the qualification of the second port, and its maintenance.
void RefreshSearch::ask(Instant now, Stage stage) {
    m_stage = stage;
    m_tries = 0;
    m_asked.clear();
    m_linkLocal = makeLinkLocal(m_random, false);
    sendQuestion(now);
}

void RefreshSearch::sendQuestion(Instant now) {
    ++m_tries;
    SolicitationNonce nonce{};
    m_random.fillSecret(nonce);
    m_asked.push_back(nonce);
    send(now, m_socket, makeSolicitation(m_linkLocal, nonce));
}

void RefreshSearch::sendBubble(Instant now) {
    ++m_tries;
    wire::TeredoTrailers trailers;
    trailers.nonce = m_bubbleNonce; // RFC 6081 §4.2
    send(now, 0, makeBubble(m_target->address, m_secondary, trailers));
}

void RefreshSearch::send(Instant now, std::uint32_t socket, Bytes payload) {
    m_sent.push_back(now);
    m_next = now + kTryEvery;
    Datagram datagram;
    datagram.remote = SocketAddress(m_target->server, kTeredoPort);
    datagram.payload = std::move(payload);
    datagram.socket = socket;
    m_datagrams.push_back(std::move(datagram));
}

void RefreshSearch::handleTimeout(Instant now) {
    if (m_stage == Stage::Off || m_stage == Stage::Over || now < m_next)
        return;
    switch (m_stage) {
    case Stage::Waiting:
        return beginStep(now);
    case Stage::Silent: {
        std::array<std::uint8_t, 4> nonce{};
        m_random.fillSecret(nonce);
        m_bubbleNonce = 0;
        for (const std::uint8_t octet : nonce)
            m_bubbleNonce = m_bubbleNonce << 8 | octet;
        m_stage = Stage::Calling;
        m_tries = 0;
        return sendBubble(now);
    }
    case Stage::Calling:
        return m_tries < kBubblesMax ? sendBubble(now) : ask(now, Stage::Judging);
    case Stage::Asking:
    case Stage::Judging:
        // A server that is gone says nothing of the NAT.
        return m_tries < kQuestionsMax ? sendQuestion(now) : postpone(now + kAgain);
    case Stage::Off:
    case Stage::Over:
        return;
    }
}

void RefreshSearch::handleDatagram(Instant now, const Datagram& datagram) {
    if (m_socket == 0 || datagram.socket != m_socket || !m_target ||
        datagram.remote != SocketAddress(m_target->server, kTeredoPort))
        return;
    const auto packet = wire::decodeTeredoPacket(datagram.payload);
    if (!packet)
        return;
    if (isBubble(packet->packet))
        handleBubble(now, *packet);
    else
        handleAnswer(now, *packet);
}

bool RefreshSearch::isFromServer(const wire::TeredoPacket& packet) const {
    return packet.authentication && std::ranges::find(m_asked, packet.authentication->nonce) != m_asked.end() &&
           isAdvertisement(packet, m_linkLocal, m_target->server);
}

void RefreshSearch::handleAnswer(Instant now, const wire::TeredoPacket& packet) {
    // A late answer to a second try has refreshed the mapping: the silence begins again.
    const bool isExpected = m_stage == Stage::Asking || m_stage == Stage::Silent || m_stage == Stage::Judging;
    if (!isExpected || !isFromServer(packet) || !packet.origin || packet.origin->port() == 0)
        return;
    if (m_stage == Stage::Judging) {
        judge(false);
        if (m_stage == Stage::Over)
            return;
        if (const auto until = budgetAt(now))
            return postpone(*until);
    }
    // RFC 4380 §5.2.7 step 6: this is the maintenance of the second port, too. Its address may be another one now.
    // RFC 5991 §3.1: the random bits tell our bubbles from forged ones.
    m_secondary =
        wire::encode(wire::TeredoAddress{m_target->server, false, static_cast<std::uint16_t>(m_random.below(4096)),
                                         packet.origin->v4(), packet.origin->port()});
    std::erase(m_asked, packet.authentication->nonce); // The same answer again does not count.
    m_stage = Stage::Silent;
    m_next = now + (m_isProven ? m_candidate : Duration{});
}

void RefreshSearch::handleBubble(Instant now, const wire::TeredoPacket& packet) {
    // A late one, after the question that may have made the mapping anew, proves nothing.
    if (m_stage != Stage::Calling || packet.packet.source != m_target->address ||
        packet.packet.destination != m_secondary)
        return;
    const auto trailers = wire::decodeTeredoTrailers(packet.trailers);
    if (!trailers || trailers->nonce != m_bubbleNonce)
        return;
    judge(true);
    if (m_stage != Stage::Over)
        beginStep(now);
}

// RFC 4380 §5.2.7 steps 4 and 5.
void RefreshSearch::judge(bool survived) {
    if (!m_isProven) {
        m_isProven = survived;
        m_candidate = kFirstCandidate;
        if (!survived)
            conclude();
        return;
    }
    (survived ? m_safe : m_tooLong) = m_candidate;
    const Duration longest = m_tooLong.value_or(kLongest);
    const bool isFound = m_safe ? *m_safe * 4 >= longest * 3 : longest <= kShortest;
    if (isFound)
        return conclude();
    m_candidate = m_safe ? std::min(2 * *m_safe, (*m_safe + longest) / 2) : std::max(longest / 2, kShortest);
}

void RefreshSearch::conclude() {
    closeSocket(); // RFC 4380 §5.2.7: it has no other purpose.
    m_stage = Stage::Over;
}

std::optional<Datagram> RefreshSearch::pollTransmit() {
    if (m_datagrams.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_datagrams.front());
    m_datagrams.pop_front();
    return datagram;
}

std::optional<std::uint32_t> RefreshSearch::pollClosedSocket() {
    if (m_closed.empty())
        return std::nullopt;
    const std::uint32_t socket = m_closed.back();
    m_closed.pop_back();
    return socket;
}

std::optional<Deadline> RefreshSearch::pollTimeout() const {
    if (m_stage == Stage::Off || m_stage == Stage::Over)
        return std::nullopt;
    return Deadline{m_next, "Teredo refresh search"};
}

} // namespace culvert
