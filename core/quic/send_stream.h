// SendStream: the octets of one outgoing stream from write() until the peer has acknowledged them.
#pragma once

#include "core/base/bytes.h"

#include <deque>

namespace culvert::quic {

/// A queue of chunks whose octets stay in place until they are acknowledged, as ngtcp2 requires.
class SendStream {
public:
    std::int64_t id = -1; ///< QUIC stream id; -1 until it is opened
    bool blocked = false; ///< flow control: tried again when something came in

    void write(BytesView data) {
        m_end += data.size();
        m_chunks.push_back(toBytes(data));
    }
    std::size_t unacknowledged() const { return static_cast<std::size_t>(m_end - m_begin); }
    bool hasUnsent() const { return m_sent < m_end; }

    /// The first run of unsent octets; they stay valid until acknowledged() passes them.
    BytesView unsent() const {
        std::uint64_t start = m_begin;
        for (const Bytes& chunk : m_chunks) {
            if (m_sent < start + chunk.size())
                return BytesView(chunk).subspan(static_cast<std::size_t>(m_sent - start));
            start += chunk.size();
        }
        return {};
    }
    void sent(std::size_t count) { m_sent += count; }
    /// Everything below `offset` is with the peer.
    void acknowledged(std::uint64_t offset) {
        while (!m_chunks.empty() && m_begin + m_chunks.front().size() <= offset) {
            m_begin += m_chunks.front().size();
            m_chunks.pop_front();
        }
    }

private:
    std::deque<Bytes> m_chunks;
    std::uint64_t m_begin = 0; // offset of the first octet of m_chunks
    std::uint64_t m_sent = 0;
    std::uint64_t m_end = 0;
};

} // namespace culvert::quic
