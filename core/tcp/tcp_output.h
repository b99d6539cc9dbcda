// TcpOutput: what waits to be written to one TCP connection. Whoever reads slowly loses whole datagrams, as on a full
// link; QUIC sends them again.
#pragma once

#include "core/base/bytes.h"

#include <deque>

namespace culvert {

/// Bounded, in order. Thread safety: one thread.
class TcpOutput {
public:
    static constexpr std::size_t kMax = 256 * 1024;

    /// All of `frames`, or nothing and false where there is no room.
    bool push(Bytes frames) {
        if (m_size + frames.size() > kMax)
            return false;
        m_size += frames.size();
        m_waiting.push_back(std::move(frames));
        return true;
    }
    bool isEmpty() const { return m_waiting.empty(); }
    std::size_t size() const { return m_size; }
    /// What should be written next. REQUIRES: !isEmpty()
    BytesView front() const { return BytesView(m_waiting.front()).subspan(m_written); }
    /// That much of front() was written.
    void written(std::size_t octets) {
        m_written += octets;
        m_size -= octets;
        if (m_written < m_waiting.front().size())
            return;
        m_waiting.pop_front();
        m_written = 0;
    }

private:
    std::deque<Bytes> m_waiting;
    std::size_t m_written = 0; // of the first
    std::size_t m_size = 0;
};

} // namespace culvert
