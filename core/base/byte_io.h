// ByteReader and ByteWriter: bounds-checked access to octets in network byte order.
#pragma once

#include "core/base/bytes.h"

#include <algorithm>

namespace culvert {

/// Reads fields from the front of a view. After the first read past the end, failed() stays true and every
/// further read gives zeros, so that a decoder checks once, at its end.
class ByteReader {
public:
    explicit ByteReader(BytesView bytes) : m_rest(bytes) {}

    std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    std::uint64_t u64() { return number(8); }

    BytesView take(std::size_t count) {
        if (count > m_rest.size()) {
            m_failed = true;
            m_rest = {};
            return {};
        }
        const BytesView head = m_rest.first(count);
        m_rest = m_rest.subspan(count);
        return head;
    }
    template<std::size_t Size> std::array<std::uint8_t, Size> array() {
        std::array<std::uint8_t, Size> out{};
        const BytesView head = take(Size);
        std::copy(head.begin(), head.end(), out.begin());
        return out;
    }
    BytesView rest() const { return m_rest; }
    std::size_t remaining() const { return m_rest.size(); }
    bool failed() const { return m_failed; }
    bool finished() const { return !m_failed && m_rest.empty(); }

private:
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const std::uint8_t octet : take(size))
            value = value << 8 | octet;
        return value;
    }

    BytesView m_rest;
    bool m_failed = false;
};

/// Appends fields to a buffer.
class ByteWriter {
public:
    explicit ByteWriter(Bytes& out) : m_out(out) {}

    ByteWriter& u8(std::uint8_t value) { return number(value, 1); }
    ByteWriter& u16(std::uint16_t value) { return number(value, 2); }
    ByteWriter& u32(std::uint32_t value) { return number(value, 4); }
    ByteWriter& u64(std::uint64_t value) { return number(value, 8); }
    ByteWriter& bytes(BytesView view) {
        append(m_out, view);
        return *this;
    }
    ByteWriter& zeros(std::size_t count) {
        m_out.resize(m_out.size() + count);
        return *this;
    }

private:
    ByteWriter& number(std::uint64_t value, std::size_t size) {
        for (std::size_t i = size; i-- > 0;)
            m_out.push_back(static_cast<std::uint8_t>(value >> (8 * i) & 255));
        return *this;
    }

    Bytes& m_out;
};

} // namespace culvert
