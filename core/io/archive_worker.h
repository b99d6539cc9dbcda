// ArchiveWorker: the store's thread, with a queue of jobs.
#pragma once

#include "core/messenger/archive.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace culvert {

/// Runs jobs on an Archive one after another, and lets it tidy up when there are none. Batches that wait together are
/// committed together, which is what makes many messages cheap. Thread safety: any thread may post; jobs and listeners
/// run on the worker's thread.
class ArchiveWorker {
public:
    using Job = std::function<void(Archive&)>;
    /// Everything up to `ticket` is committed, or an error says why it is not yet; it is tried again every second.
    using CommitListener = std::function<void(std::uint64_t ticket, Result<void> result)>;

    using ProblemListener = std::function<void(const StoreProblem& problem)>;

    /// `linger`: for how long a batch that nobody waits for may wait for others.
    ArchiveWorker(std::unique_ptr<Archive> archive, CommitListener listener, ProblemListener problems,
                  std::chrono::milliseconds linger = kLinger);
    /// Runs what was posted before, then ends.
    ~ArchiveWorker();

    void post(Job job);
    /// In order. Unless the batch says that it is awaited, or hurry() is called, it may be a moment late.
    void commit(ArchiveBatch batch);
    /// Somebody waits for what was given to commit().
    void hurry();
    /// Any thread.
    ProfileState state() const { return m_archive->state(); }

private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds kLinger{20};

    void run();
    bool isDue() const;
    void waitForWork(std::unique_lock<std::mutex>& lock);
    void commitUntilDone(const std::vector<ArchiveBatch>& batches);

    const std::chrono::milliseconds m_linger;
    std::unique_ptr<Archive> m_archive;
    CommitListener m_listener;
    ProblemListener m_problems;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::variant<Job, ArchiveBatch>> m_queue;
    Clock::time_point m_lingerUntil{}; ///< of what is in the queue and not awaited
    bool m_isAwaited = false;          ///< something in the queue is
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace culvert
