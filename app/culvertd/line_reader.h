// LineReader: lines from standard input, of bounded length, until the end or stopReading().
#pragma once

#include "core/base/bytes.h"

#include <atomic>
#include <string>
#include <utility>

namespace culvert {

/// What came.
enum class LineResult { Line, TooLong, End };

/// Ends every wait for a line, now and later. Any thread, signal handlers too.
void stopReading();
/// Whether stopReading() was called.
const std::atomic<bool>& readingStopped();

/// Reads on the caller's thread.
class LineReader {
public:
    explicit LineReader(std::size_t lineMax) : m_lineMax(lineMax) {}
    LineResult next(std::string& line);

private:
    bool fill();

    std::size_t m_lineMax;
    std::string m_buffer;
    bool m_skipping = false;
};

} // namespace culvert
