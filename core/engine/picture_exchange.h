// PictureExchange: which profile pictures one contact's sessions carry, and when.
//
// Each side tells the name of its picture at the beginning of a session and when it changes. Who has another one asks
// for it, so that a picture crosses once, whatever restarts there are. What a contact can make us send, ask and store
// is bounded by kRate; what has to wait for that is asked or sent later, as it is then.
//
// Thread safety: the engine's thread.
#pragma once

#include "core/base/rate_limit.h"
#include "core/crypto/sealing.h"
#include "core/messenger/ids.h"

#include <algorithm>

namespace culvert {

/// Names a picture by its octets.
inline PictureId pictureIdOf(BytesView octets) {
    static const Secret<32> key = deriveKey(Secret<32>(), "culvert picture 1");
    const auto hash = keyedHash(key, octets);
    return *PictureId::fromView(BytesView(hash).first(PictureId::kSize));
}

/// Our own picture, as contacts get it.
struct OwnPicture {
    Bytes octets;
    std::optional<PictureId> id; ///< nothing: there is none
};

/// One contact's.
class PictureExchange {
public:
    /// Somebody may try a few pictures in a row; 24 KiB in half a minute is next to nothing.
    static constexpr TokenBucket::Rate kRate{4, std::chrono::seconds(30)};

    /// A new session: what was asked for in the last one does not come any more.
    void restart() {
        m_missing.reset();
        m_asked.reset();
        m_isWanted = false;
    }

    /// They have this picture, and we have `stored`.
    void told(const PictureId& id, const std::optional<PictureId>& stored) {
        const auto missing = stored == id ? std::nullopt : std::optional(id);
        if (missing != m_missing)
            m_asked.reset(); // What was asked for before may have been gone when they heard it.
        m_missing = missing;
    }
    void toldNone() {
        m_missing.reset();
        m_asked.reset();
    }
    /// What to ask for now.
    std::optional<PictureId> takeQuestion(Instant now) {
        if (!m_missing || m_missing == m_asked || !m_asking.spend(now, kRate))
            return std::nullopt;
        m_asked = m_missing;
        return m_asked;
    }
    /// A picture came in: whether it is the one that we asked for, and still want. Whatever becomes of it, it is not
    /// asked for again before they tell of it again.
    bool take(const PictureId& id) {
        if (m_asked != id || m_missing != id)
            return false;
        toldNone();
        return true;
    }

    /// They want ours.
    void wanted() { m_isWanted = true; }
    /// Whether ours is to be sent now.
    bool takeAnswer(Instant now) {
        if (!m_isWanted || !m_sending.spend(now, kRate))
            return false;
        m_isWanted = false;
        return true;
    }

    /// When there is something to do.
    std::optional<Instant> next() const {
        std::optional<Instant> next;
        if (m_missing && m_missing != m_asked)
            next = m_asking.next({}, kRate);
        if (m_isWanted)
            next = std::min(next.value_or(Instant::max()), m_sending.next({}, kRate));
        return next;
    }

private:
    std::optional<PictureId> m_missing; // theirs, that we do not have
    std::optional<PictureId> m_asked;
    bool m_isWanted = false; // ours, by them
    TokenBucket m_asking, m_sending;
};

} // namespace culvert
