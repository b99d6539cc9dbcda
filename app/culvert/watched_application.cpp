#include "app/culvert/watched_application.h"

#include <QAbstractEventDispatcher>
#include <QMetaEnum>
#include <QThread>

#include <cstdio>

#ifdef __linux__
#include <fcntl.h>
#include <unistd.h>
#endif

namespace culvert {
namespace {

QByteArray nameOf(QEvent::Type type) {
    const char* name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    return name != nullptr ? QByteArray(name) : QByteArray::number(type);
}

} // namespace

WatchedApplication::WatchedApplication(int& argc, char** argv) : QApplication(argc, argv) {
    m_listener = [](const Stall& stall) {
        std::fprintf(stderr, "culvert: the window stood still for %.1f ms: %s\n",
                     static_cast<double>(stall.took.count()) / 1e6, stall.what.constData());
    };
#ifdef __linux__
    m_schedule = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
#endif
    QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
        endRound();
        m_round = now();
    });
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &WatchedApplication::endRound);
}

WatchedApplication::Begin WatchedApplication::now() const {
    std::chrono::nanoseconds waited{};
#ifdef __linux__
    char text[96]{};
    long long ran = 0, delay = 0;
    if (m_schedule >= 0 && ::pread(m_schedule, text, sizeof text - 1, 0) > 0 &&
        std::sscanf(text, "%lld %lld", &ran, &delay) == 2)
        waited = std::chrono::nanoseconds(delay);
#endif
    return {Clock::now(), waited};
}

std::chrono::nanoseconds WatchedApplication::since(const Begin& begin) const {
    const Begin end = now();
    return end.at - begin.at - (end.waited - begin.waited);
}

// A round that is long because of one event was told with it.
void WatchedApplication::endRound() {
    if (m_round && m_handled.empty() && !m_isToldInRound)
        if (const auto took = since(*m_round); took > kFrame)
            m_listener({took, QByteArray::number(m_events) + " events in one round"});
    m_round.reset();
    m_events = 0;
    m_isToldInRound = false;
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event) {
    if (QThread::currentThread() != thread())
        return QApplication::notify(receiver, event);
    const int loop = thread()->loopLevel();
    const bool isInner = !m_handled.empty() && m_handled.back().loop < loop;
    if (isInner)
        m_handled.back().hasLoop = true;
    const bool isOutermost = m_handled.empty() || isInner;
    // The receiver and the event may be gone afterwards.
    const char* const name = receiver->metaObject()->className();
    const QEvent::Type type = event->type();
    m_handled.push_back({loop, false});
    m_events += isOutermost;
    const Begin begin = now();
    const bool isHandled = QApplication::notify(receiver, event);
    const auto took = since(begin);
    const bool hasLoop = m_handled.back().hasLoop;
    m_handled.pop_back();
    if (hasLoop && !isOutermost)
        m_handled.back().hasLoop = true;
    if (took > kFrame && !hasLoop)
        m_what += (m_what.isEmpty() ? "" : " in ") + nameOf(type) + " of " + name;
    if (isOutermost)
        if (const QByteArray what = std::exchange(m_what, {}); !what.isEmpty()) {
            m_isToldInRound = true;
            m_listener({took, what});
        }
    return isHandled;
}

} // namespace culvert
