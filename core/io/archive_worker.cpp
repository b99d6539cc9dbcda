#include "core/io/archive_worker.h"

namespace culvert {

namespace {

constexpr auto kRetryAfter = std::chrono::seconds(1);

} // namespace

ArchiveWorker::ArchiveWorker(std::unique_ptr<Archive> archive, CommitListener listener, ProblemListener problems,
                             std::chrono::milliseconds linger)
    : m_linger(linger), m_archive(std::move(archive)), m_listener(std::move(listener)), m_problems(std::move(problems)),
      m_thread([this] { run(); }) {}

ArchiveWorker::~ArchiveWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void ArchiveWorker::post(Job job) {
    {
        const std::lock_guard lock(m_mutex);
        m_queue.emplace_back(std::move(job));
        m_isAwaited = true;
    }
    m_changed.notify_all();
}

void ArchiveWorker::commit(ArchiveBatch batch) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_queue.empty())
            m_lingerUntil = Clock::now() + m_linger;
        m_isAwaited = m_isAwaited || batch.isAwaited;
        m_queue.emplace_back(std::move(batch));
    }
    m_changed.notify_all();
}

void ArchiveWorker::hurry() {
    {
        const std::lock_guard lock(m_mutex);
        m_isAwaited = m_isAwaited || !m_queue.empty();
    }
    m_changed.notify_all();
}

// A full disk is a reason to wait, not to lose anything: nothing is acknowledged or shown as sent meanwhile.
void ArchiveWorker::commitUntilDone(const std::vector<ArchiveBatch>& batches) {
    const std::uint64_t ticket = batches.back().ticket;
    for (;;) {
        auto result = m_archive->apply(batches);
        const bool isDone = result.has_value();
        m_listener(ticket, std::move(result));
        if (isDone)
            return;
        std::unique_lock lock(m_mutex);
        if (m_changed.wait_for(lock, kRetryAfter, [this] { return m_stop; })) {
            m_queue.clear(); // What comes later must not be committed without what came before.
            return;
        }
    }
}

// A commit takes the disk a millisecond or more. One that nobody waits for is not to be in the way of one that somebody
// does: the state "delivered" of a message, say, of the next message.
bool ArchiveWorker::isDue() const {
    return m_isAwaited || (!m_queue.empty() && (m_stop || Clock::now() >= m_lingerUntil));
}

void ArchiveWorker::waitForWork(std::unique_lock<std::mutex>& lock) {
    m_changed.wait(lock, [this] { return m_stop || !m_queue.empty(); });
    m_changed.wait_until(lock, m_lingerUntil, [this] { return m_stop || m_isAwaited; });
}

void ArchiveWorker::run() {
    std::unique_lock lock(m_mutex);
    bool hasMore = true; // for tidy()
    for (;;) {
        if (!hasMore)
            waitForWork(lock);
        if (m_queue.empty() && m_stop)
            return;
        const bool isNow = isDue(); // otherwise there is something to tidy up
        std::vector<ArchiveBatch> batches;
        while (isNow && !m_queue.empty() && std::holds_alternative<ArchiveBatch>(m_queue.front())) {
            batches.push_back(std::move(std::get<ArchiveBatch>(m_queue.front())));
            m_queue.pop_front();
        }
        std::optional<Job> job;
        if (isNow && batches.empty()) {
            job = std::move(std::get<Job>(m_queue.front()));
            m_queue.pop_front();
        }
        m_isAwaited = m_isAwaited && !m_queue.empty();
        lock.unlock();
        const bool isIdle = !job && batches.empty();
        if (isIdle)
            hasMore = m_archive->tidy();
        else if (job)
            (*job)(*m_archive);
        else
            commitUntilDone(batches);
        hasMore = hasMore || !isIdle;
        while (const auto problem = m_archive->pollProblem())
            m_problems(*problem);
        lock.lock();
    }
}

} // namespace culvert
