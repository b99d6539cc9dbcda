// LineWriter: lines to standard output from any thread, without ever holding up who writes.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace culvert {

/// A reader that does not read must not stop the network: lines wait in a bounded queue. When it is full,
/// notifications are dropped (messages stay in the store and in message.list); answers always go.
class LineWriter {
public:
    LineWriter();
    /// Writes what waits, then ends.
    ~LineWriter();
    void write(std::string line, bool mayBeDropped);

private:
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::string> m_lines;
    std::size_t m_waitingOctets = 0;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace culvert
