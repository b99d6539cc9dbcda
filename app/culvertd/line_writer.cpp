#include "app/culvertd/line_writer.h"

#include <cstdio>

namespace culvert {

namespace {

constexpr std::size_t kWaitingOctetsMax = 16 * 1024 * 1024;

} // namespace

LineWriter::LineWriter() : m_thread([this] { run(); }) {}

LineWriter::~LineWriter() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void LineWriter::write(std::string line, bool mayBeDropped) {
    {
        const std::lock_guard lock(m_mutex);
        if (mayBeDropped && m_waitingOctets + line.size() > kWaitingOctetsMax)
            return;
        m_waitingOctets += line.size();
        m_lines.push_back(std::move(line));
    }
    m_changed.notify_all();
}

void LineWriter::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stop || !m_lines.empty(); });
        if (m_lines.empty())
            return;
        const std::deque<std::string> lines = std::exchange(m_lines, {});
        m_waitingOctets = 0;
        lock.unlock();
        for (const std::string& line : lines) {
            std::fwrite(line.data(), 1, line.size(), stdout);
            std::fputc('\n', stdout);
        }
        std::fflush(stdout);
        lock.lock();
    }
}

} // namespace culvert
