// Script: writes scripts for the state machines, and what they often hold.
#pragma once

#include "core/wire/session_frame.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/places.h"

namespace culvert::fuzz {

/// Writes a script: orders and what stands beside them.
class Script {
public:
    explicit Script(std::uint8_t shape) { u8(shape); }

    Script& u8(std::uint8_t value) {
        m_octets.push_back(value);
        return *this;
    }
    Script& u16(std::uint16_t value) {
        ByteWriter(m_octets).u16(value);
        return *this;
    }
    Script& chunk(BytesView octets) {
        ByteWriter(m_octets).u16(static_cast<std::uint16_t>(octets.size())).bytes(octets);
        return *this;
    }
    template<typename Order> Script& order(Order order) { return u8(static_cast<std::uint8_t>(order)); }
    const Bytes& octets() const { return m_octets; }

private:
    Bytes m_octets;
};

inline const SocketAddress kV4 = addressOf(Place::ContactV4);

inline Bytes message(const wire::ControlMessage& value) {
    return wire::encode(value);
}

inline Bytes body(const wire::SessionFrame& frame) {
    const Bytes whole = wire::encode(frame);
    return toBytes(BytesView(whole).subspan(wire::kFrameHeaderSize));
}

// A list of endpoints as it stands in handoffs.
inline Bytes endpoints() {
    Bytes out;
    ByteWriter writer(out);
    wire::writeEndpoints(
        writer, {{wire::EndpointKind::Mapped4, kV4}, {wire::EndpointKind::Native6, addressOf(Place::ContactV6)}});
    return out;
}

inline std::uint8_t whence(Place place, InnerSource source = InnerSource::Mapped) {
    return static_cast<std::uint8_t>(static_cast<unsigned>(place) | static_cast<unsigned>(source) << 4);
}

} // namespace culvert::fuzz
