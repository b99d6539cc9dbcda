// WatchedApplication: an application that knows when its window stood still.
//
// What takes longer than a frame of a screen of 60 Hz is told: the handling of one event, or all that one round of the
// event loop handles before it looks at the keyboard again. Time in which others had the processor does not count
// (Linux; elsewhere it does).
//
// Development builds (CULVERT_RECORD_STALLS) and tests/window/stall_bench.cpp. Thread: the GUI's.
#pragma once

#include <QApplication>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace culvert {

/// A time in which nothing else was handled.
struct Stall {
    std::chrono::nanoseconds took{};
    QByteArray what; ///< the events, the innermost first, as "Paint of culvert::MessageList in Timer of QObject"
};

/// A QApplication that measures what it handles.
class WatchedApplication : public QApplication {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kFrame{16};

    /// Stalls are written to standard error until somebody listens.
    WatchedApplication(int& argc, char** argv);

    void setListener(std::function<void(const Stall&)> listener) { m_listener = std::move(listener); }
    bool notify(QObject* receiver, QEvent* event) override;

private:
    using Clock = std::chrono::steady_clock;

    /// When something began, and how long this thread had waited for a processor until then.
    struct Begin {
        Clock::time_point at;
        std::chrono::nanoseconds waited;
    };

    /// An event that is being handled. With a loop of its own in it, as a dialog has, it stops nothing.
    struct Handled {
        int loop = 0; ///< in how many loops it is
        bool hasLoop = false;
    };

    Begin now() const;
    std::chrono::nanoseconds since(const Begin& begin) const;
    void endRound();

    std::function<void(const Stall&)> m_listener;
    int m_schedule = -1;            ///< the kernel's figures of this thread
    std::vector<Handled> m_handled; ///< events within events
    QByteArray m_what;              ///< the events that took too long within the one that is handled
    bool m_isToldInRound = false;
    std::optional<Begin> m_round;
    int m_events = 0; ///< of the round
};

} // namespace culvert
