// LineReader: lines from standard input, of bounded length, until the end or a signal.
#pragma once

#include "core/base/bytes.h"

#include <atomic>
#include <string>
#include <utility>

namespace culvert {

/// What came.
enum class LineResult { Line, TooLong, End };

/// Reads on the caller's thread.
class LineReader {
public:
    /// `stop` is set by signal handlers.
    LineReader(const std::atomic<bool>& stop, std::size_t lineMax) : m_stop(stop), m_lineMax(lineMax) {}
    LineResult next(std::string& line);

private:
    bool fill();

    const std::atomic<bool>& m_stop;
    std::size_t m_lineMax;
    std::string m_buffer;
    bool m_skipping = false;
};

} // namespace culvert
