// TCP frames: how datagrams follow each other on a TCP connection.
//
//  | length (2) | payload: what the inner UDP datagram would have carried (1 to kTcpFrameMax octets) |  ...
//
// Nothing here is secret or authenticated: what is inside is.
#pragma once

#include "core/base/bytes.h"

#include <optional>

namespace culvert::wire {

inline constexpr std::size_t kTcpFrameHeader = 2;
/// What a UDP datagram carries over IPv6 on Ethernet: a path over TCP takes no more than others.
inline constexpr std::size_t kTcpFrameMax = 1500 - 40 - 8;

/// Appends a frame. REQUIRES: 0 < payload.size() <= kTcpFrameMax
void appendTcpFrame(Bytes& out, BytesView payload);

/// Takes a stream apart. After a length that cannot be it gives nothing more: the rest has no beginning.
class TcpFrameReader {
public:
    void add(BytesView octets);
    /// The next whole frame's payload.
    std::optional<Bytes> next();
    bool isBroken() const { return m_isBroken; }
    /// Octets of a frame that is not complete. Never more than one frame after next() has given nothing.
    std::size_t waiting() const { return m_buffer.size() - m_taken; }

private:
    Bytes m_buffer;
    std::size_t m_taken = 0; // of m_buffer, by next()
    bool m_isBroken = false;
};

} // namespace culvert::wire
