// GuiQueue: what core told and the GUI thread has not handled yet.
//
// A burst is handled in slices, between which the window paints and hears its user; Qt by itself would handle
// everything that was posted before it looks at the keyboard again.
//
// Thread safety: post() is any thread's; the work is done on the GUI thread.
// Invariant: work is begun in the order in which it was posted, also in the event loop of a dialog that some of it
// opened.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace culvert {

/// Shared by whoever posts. It is as long as what core tells: the engine bounds what others can make it tell.
class GuiQueue : public std::enable_shared_from_this<GuiQueue> {
public:
    /// Half a frame of a screen of 60 Hz: the other half is for painting.
    static constexpr std::chrono::milliseconds kSlice{8};
    /// Handled in a slice however late it is, so that a computer that is busy with others gets on, too. Some of it
    /// takes milliseconds: a message that comes into a long conversation.
    static constexpr int kWorkMin = 1;

    /// Does nothing where there is no application any more.
    void post(std::function<void()> work);

private:
    void handleSlice();

    std::mutex m_mutex;
    std::deque<std::function<void()>> m_waiting;
    bool m_isScheduled = false; ///< handleSlice() will be called
};

} // namespace culvert
