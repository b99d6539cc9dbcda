#include "core/wire/tcp_frame.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

void appendTcpFrame(Bytes& out, BytesView payload) {
    ByteWriter(out).u16(static_cast<std::uint16_t>(payload.size())).bytes(payload);
}

void TcpFrameReader::add(BytesView octets) {
    if (m_isBroken)
        return;
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_taken));
    m_taken = 0;
    append(m_buffer, octets);
}

std::optional<Bytes> TcpFrameReader::next() {
    const BytesView rest = BytesView(m_buffer).subspan(m_taken);
    if (m_isBroken || rest.size() < kTcpFrameHeader)
        return std::nullopt;
    const std::size_t length = ByteReader(rest).u16();
    if (length == 0 || length > kTcpFrameMax) {
        m_isBroken = true;
        m_buffer.clear();
        m_taken = 0;
        return std::nullopt;
    }
    if (rest.size() < kTcpFrameHeader + length)
        return std::nullopt;
    m_taken += kTcpFrameHeader + length;
    return toBytes(rest.subspan(kTcpFrameHeader, length));
}

} // namespace culvert::wire
