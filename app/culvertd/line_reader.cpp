#include "app/culvertd/line_reader.h"

#include <array>

#ifdef _WIN32
#include <io.h>
#else
#include <cerrno>
#include <unistd.h>
#endif

namespace culvert {

bool LineReader::fill() {
    std::array<char, 65536> chunk{};
    for (;;) {
        if (m_stop)
            return false;
#ifdef _WIN32
        const int size = _read(0, chunk.data(), static_cast<unsigned>(chunk.size()));
        if (size <= 0)
            return false;
#else
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
