// ControlSealer: control messages in their envelopes, sealed as us.
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"
#include "core/wire/control_envelope.h"
#include "core/wire/control_message.h"

namespace culvert {

/// An introduction that opened: who sent it is proven.
struct OpenedIntroduction {
    PublicKey key{};
    wire::Token token{};
    wire::ControlMessage message;
};

/// Seals and opens. The identity and the random source must outlive it.
class ControlSealer {
public:
    ControlSealer(const Identity& own, Random& random) : m_own(own), m_random(random) {}

    Bytes sealPair(const PairKeys& keys, const wire::ControlMessage& message) const;
    Result<wire::ControlMessage> openPair(const PairKeys& keys, const wire::PairEnvelope& envelope) const;

    /// Empty when the receiver's key is none.
    Bytes sealIntroduction(const PublicKey& receiver, const wire::Token& token, const wire::Cookie& cookie,
                           const wire::ControlMessage& message) const;
    /// One keyed hash: whether the sender knew whom it was talking to.
    bool isForUs(const wire::IntroductionEnvelope& envelope) const;
    /// Two key agreements. REQUIRES: isForUs()
    Result<OpenedIntroduction> openIntroduction(const wire::IntroductionEnvelope& envelope) const;

    Bytes sealCookieRequest(const PublicKey& receiver, std::uint64_t transaction) const;
    bool isForUs(const wire::CookieRequest& request) const;

    /// Empty when the recipient's key is none or the content too large.
    Bytes sealHandoff(const PublicKey& recipient, const wire::HandoffContent& content) const;
    /// The content's key is proven to be the sender's.
    Result<wire::HandoffContent> openHandoff(BytesView sealed) const;

private:
    const Identity& m_own;
    Random& m_random;
};

} // namespace culvert
