#include "core/punch/port_search.h"

#include <algorithm>

namespace culvert {

namespace {

// RFC 4787 §4.2.1, REQ-3: NATs give ports of this range to what comes from this range.
constexpr std::uint16_t kPortMin = 1024;
constexpr std::uint32_t kPorts = 65536 - kPortMin;
// For the answer to the last probe.
constexpr Duration kLastWait = 1s;

} // namespace

std::optional<SearchProbe> PortSearch::pollProbe(Instant now) {
    if (!m_isRunning || m_sent >= kProbesMax || now < m_next)
        return std::nullopt;
    return m_role == SearchRole::Opener ? nextOpener(now) : nextSeeker(now);
}

SearchProbe PortSearch::nextOpener(Instant now) {
    const std::uint32_t socket = searchSocket(m_firstSocket + m_sent, 0);
    ++m_sent;
    if (sockets() >= kSocketsMax) {
        m_closed.push_back(m_open.front());
        m_open.pop_front();
    }
    m_open.push_back(socket);
    m_next = now + (m_sent < kSocketsMax ? kOpenerPause : kReopenPause);
    return {m_remote, socket};
}

SearchProbe PortSearch::nextSeeker(Instant now) {
    auto port = static_cast<std::uint16_t>(kPortMin + m_random.below(kPorts));
    while (!m_tried.insert(port).second)
        port = port == 65535 ? kPortMin : static_cast<std::uint16_t>(port + 1);
    ++m_sent;
    m_next = now + kSeekerPause;
    // However late the timers were: never more in any second.
    m_lastSecond.push_back(now);
    if (m_lastSecond.size() >= kProbesPerSecondMax) {
        m_next = std::max(m_next, m_lastSecond.front() + 1s);
        m_lastSecond.pop_front();
    }
    return {{m_remote.v4(), port}, 0};
}

Instant PortSearch::end() const {
    return m_role == SearchRole::Opener ? m_start + kOpenFor : m_next + kLastWait;
}

void PortSearch::handleTimeout(Instant now) {
    if (m_isRunning && m_sent >= kProbesMax && end() <= now)
        close();
}

void PortSearch::hear(std::uint32_t socket) {
    const auto found = std::ranges::find(m_open, socket);
    if (found == m_open.end() || m_heard.size() >= kHeardMax)
        return;
    m_open.erase(found);
    m_heard.push_back(socket);
}

void PortSearch::succeed(std::uint32_t socket) {
    m_isRunning = false;
    closeBut(socket);
}

void PortSearch::close() {
    m_isRunning = false;
    closeBut(0);
}

void PortSearch::closeBut(std::uint32_t kept) {
    for (std::deque<std::uint32_t>* sockets : {&m_open, &m_heard}) {
        std::ranges::copy_if(*sockets, std::back_inserter(m_closed), [kept](auto socket) { return socket != kept; });
        std::erase_if(*sockets, [kept](auto socket) { return socket != kept; });
    }
}

std::optional<std::uint32_t> PortSearch::pollClosedSocket() {
    if (m_closed.empty())
        return std::nullopt;
    const std::uint32_t socket = m_closed.front();
    m_closed.pop_front();
    return socket;
}

std::optional<Deadline> PortSearch::pollTimeout() const {
    if (!m_isRunning)
        return std::nullopt;
    if (m_sent < kProbesMax)
        return Deadline{m_next, "port search"};
    return Deadline{end(), "port search over"};
}

} // namespace culvert
