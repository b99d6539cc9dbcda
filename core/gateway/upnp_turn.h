// UpnpTurn: whether UPnP is to open the same port as PCP and NAT-PMP.
//
// The two get into each other's way in a router's one table. So UPnP waits until the others have failed, or had a head
// start; and once it mapped it goes on until theirs has stood for a while, so that nothing flips back and forth.
#pragma once

#include "core/gateway/gateway_outbox.h"

namespace culvert {

/// One mapping's or pinhole's turn. Call update() after each input.
class UpnpTurn {
public:
    /// PCP and NAT-PMP answer within a round trip on the local network; a second try needs 250 ms more.
    static constexpr Duration kHeadStart = 600ms;
    /// How long the others' mapping has to stand until UPnP's is taken back.
    static constexpr Duration kHandover = 10s;

    explicit UpnpTurn(Instant now) : m_headStartUntil(now + kHeadStart) {}

    /// `isGranted`: by the others. `isOver`: nothing is to be expected of them soon. Returns whether it is UPnP's turn.
    bool update(Instant now, bool isGranted, bool isOver) {
        if (isDue(m_headStartUntil, now))
            m_headStartUntil.reset();
        if (!isGranted) {
            m_handoverAt.reset();
            m_isOn = m_isOn || isOver || !m_headStartUntil;
        } else if (m_isOn) {
            if (!m_handoverAt)
                m_handoverAt = now + kHandover;
            if (isDue(m_handoverAt, now)) {
                m_handoverAt.reset();
                m_isOn = false;
            }
        }
        return m_isOn;
    }
    bool isOn() const { return m_isOn; }
    std::optional<Instant> nextTime() const { return earlier(m_headStartUntil, m_handoverAt); }

private:
    bool m_isOn = false;
    std::optional<Instant> m_headStartUntil; // When the others have had their time.
    std::optional<Instant> m_handoverAt;     // When the others' has stood long enough.
};

} // namespace culvert
