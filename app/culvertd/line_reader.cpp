#include "app/culvertd/line_reader.h"

#include <array>

#ifdef _WIN32
#include <io.h>
#else
#include <cerrno>
#include <poll.h>
#include <unistd.h>
#endif

namespace culvert {

namespace {

std::atomic<bool> g_stopped = false;

#ifndef _WIN32
// A pipe to oneself: a flag alone would be missed between looking at it and waiting for input.
struct SelfPipe {
    std::array<int, 2> ends{-1, -1};
    SelfPipe() { (void)!::pipe(ends.data()); }
};
SelfPipe g_pipe;

// Whether standard input has something, or has ended; false when reading was stopped.
bool waitForInput() {
    std::array<pollfd, 2> items{pollfd{0, POLLIN, 0}, pollfd{g_pipe.ends[0], POLLIN, 0}};
    while (::poll(items.data(), items.size(), -1) < 0 && errno == EINTR) {
    }
    return !g_stopped && items[1].revents == 0;
}
#endif

} // namespace

void stopReading() {
    g_stopped = true;
#ifndef _WIN32
    const char octet = 0;
    (void)!::write(g_pipe.ends[1], &octet, 1);
#endif
}

const std::atomic<bool>& readingStopped() {
    return g_stopped;
}

bool LineReader::fill() {
    std::array<char, 65536> chunk{};
    for (;;) {
#ifdef _WIN32
        if (g_stopped)
            return false;
        const int size = _read(0, chunk.data(), static_cast<unsigned>(chunk.size()));
        if (size <= 0)
            return false;
#else
        if (!waitForInput())
            return false;
        const ssize_t size = ::read(0, chunk.data(), chunk.size());
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            return false;
#endif
        m_buffer.append(chunk.data(), static_cast<std::size_t>(size));
        return true;
    }
}

LineResult LineReader::next(std::string& line) {
    for (;;) {
        const auto end = m_buffer.find('\n');
        if (end != std::string::npos) {
            line = m_buffer.substr(0, end);
            m_buffer.erase(0, end + 1);
            const bool wasTooLong = std::exchange(m_skipping, false) || line.size() > m_lineMax;
            return wasTooLong ? LineResult::TooLong : LineResult::Line;
        }
        if (m_buffer.size() > m_lineMax) {
            m_skipping = true;
            m_buffer.clear();
        }
        if (!fill())
            return LineResult::End;
    }
}

} // namespace culvert
