#include "core/io/upnp_agent.h"

#include "core/io/system_clock.h"
#include "core/io/upnp_helper.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace culvert {

namespace {

constexpr auto kTakeBackLimit = std::chrono::milliseconds(900); // and a little for the helper's end
constexpr auto kRestMin = std::chrono::seconds(1);              // after a round that took longer than its pause
constexpr auto kRestMax = std::chrono::seconds(10);             // of the helper; a longer one costs more than a start

bool makesSomething(const upnp::Command& command) {
    const auto* const mapping = std::get_if<upnp::MappingCommand>(&command);
    return std::holds_alternative<upnp::OpenCommand>(command) ||
           (mapping != nullptr && mapping->verb == upnp::MappingVerb::Map);
}

} // namespace

UpnpAgent::UpnpAgent(Listener listener, UpnpHelperProgram program)
    : m_listener(std::move(listener)), m_process(std::move(program)),
      m_keeper([this](const upnp::Command& command, Duration limit) { return ask(command, limit); }, m_listener,
               m_random),
      m_thread([this] { run(); }) {}

UpnpAgent::~UpnpAgent() {
    {
        const std::lock_guard lock(m_mutex);
        m_isStopped = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

UpnpHelperProgram UpnpAgent::ownProgram() {
    return {QCoreApplication::applicationFilePath().toStdString(), {kUpnpHelperOption}};
}

void UpnpAgent::setWish(UpnpWish wish) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_wish == wish)
            return;
        m_wish = std::move(wish);
        m_isDue = true;
    }
    m_changed.notify_all();
}

void UpnpAgent::refresh() {
    {
        const std::lock_guard lock(m_mutex);
        m_isDue = m_isAfresh = true;
    }
    m_changed.notify_all();
}

void UpnpAgent::moved() {
    {
        const std::lock_guard lock(m_mutex);
        m_isDue = m_isAfresh = m_hasMoved = true;
    }
    m_changed.notify_all();
}

void UpnpAgent::takeBack() {
    std::unique_lock lock(m_mutex);
    if (!m_takeBackUntil)
        m_takeBackUntil = Clock::now() + kTakeBackLimit;
    m_changed.notify_all();
    m_changed.wait_until(lock, *m_takeBackUntil, [this] { return m_isDone; });
}

void UpnpAgent::run() {
    std::unique_lock lock(m_mutex);
    Clock::time_point next = Clock::time_point::max();
    const auto isEnding = [this] { return m_isStopped || m_takeBackUntil.has_value(); };
    const auto isWoken = [&] { return isEnding() || (m_isDue && m_wish); };
    while (true) {
        if (next == Clock::time_point::max())
            m_changed.wait(lock, isWoken);
        else
            m_changed.wait_until(lock, next, isWoken);
        if (isEnding())
            break;
        const UpnpWish wish = *m_wish;
        const bool isAfresh = m_isAfresh;
        m_isDue = m_isAfresh = false;
        const bool hasMoved = std::exchange(m_hasMoved, false);
        lock.unlock();
        const auto begun = Clock::now();
        if (hasMoved)
            m_keeper.moved();
        const Duration pause = m_keeper.round(systemNow().monotonic, wish, isAfresh);
        if (pause > kRestMax) {
            m_process.kill();
            m_keeper.helperEnded();
        }
        lock.lock();
        next = std::max(begun + std::chrono::duration_cast<Clock::duration>(pause), Clock::now() + kRestMin);
    }
    m_isTakingBack = m_takeBackUntil.has_value() && !m_isStopped;
    lock.unlock();
    if (m_isTakingBack)
        m_keeper.takeBack();
    m_process.kill();
    lock.lock();
    m_isDone = true;
    m_changed.notify_all();
}

Result<upnp::Answer> UpnpAgent::ask(const upnp::Command& command, Duration limit) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopped || (m_takeBackUntil && !m_isTakingBack))
            return fail(ErrorCode::WrongState, "The program is leaving.");
    }
    const auto patience = Clock::now() + std::chrono::duration_cast<Clock::duration>(limit);
    const bool isWorthWaiting = m_keeper.holdsAnything() || makesSomething(command);
    return m_process.ask(command, [=, this] { return std::min(patience, latest(isWorthWaiting)); });
}

// When the helper must have answered in view of our own end. Where there is nothing to give back, nothing is awaited.
UpnpAgent::Clock::time_point UpnpAgent::latest(bool isWorthWaiting) const {
    const std::lock_guard lock(m_mutex);
    if (m_isStopped || (m_takeBackUntil && !isWorthWaiting))
        return {}; // long ago
    return m_takeBackUntil.value_or(Clock::time_point::max());
}

} // namespace culvert
