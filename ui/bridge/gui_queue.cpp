#include "ui/bridge/gui_queue.h"

#include <QCoreApplication>
#include <QTimer>

namespace culvert {

void GuiQueue::post(std::function<void()> work) {
    auto* application = QCoreApplication::instance();
    const std::lock_guard lock(m_mutex);
    if (application == nullptr)
        return;
    m_waiting.push_back(std::move(work));
    if (!std::exchange(m_isScheduled, true))
        QMetaObject::invokeMethod(
            application, [self = shared_from_this()] { self->handleSlice(); }, Qt::QueuedConnection);
}

void GuiQueue::handleSlice() {
    using Clock = std::chrono::steady_clock;
    const auto begin = Clock::now();
    {
        const std::lock_guard lock(m_mutex);
        m_isScheduled = false;
    }
    for (int done = 0;; ++done) {
        std::function<void()> work;
        {
            const std::lock_guard lock(m_mutex);
            const bool isOver = done >= kWorkMin && Clock::now() - begin >= kSlice;
            if (!m_waiting.empty() && !isOver) {
                work = std::move(m_waiting.front());
                m_waiting.pop_front();
            }
            // Before the work, which may open a dialog and come back much later. A timer: what is posted is handled
            // before anything else gets its turn.
            if (!m_waiting.empty() && !std::exchange(m_isScheduled, true))
                QTimer::singleShot(1, QCoreApplication::instance(),
                                   [self = shared_from_this()] { self->handleSlice(); });
        }
        if (!work)
            return;
        work();
    }
}

} // namespace culvert
