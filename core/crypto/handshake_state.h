// HandshakeState of the Noise Protocol Framework (revision 34, §5.3) for the two patterns that Culvert uses.
//
//  IK:  <- s   ...   -> e, es, s, ss   <- e, ee, se      sessions: mutual authentication in one round trip
//  X:   <- s   ...   -> e, es, s, ss                     sealed messages: one way, the sender authenticated
//
// After an error the state is what it was before the call: one bad packet never kills a handshake.
#pragma once

#include "core/crypto/cipher_state.h"
#include "core/crypto/identity.h"

namespace culvert {

/// Noise §7.4 and §7.5.
enum class NoisePattern { IK, X };

/// One side of one handshake.
class HandshakeState {
public:
    /// What a handshake is made of. The random source gives the ephemeral key.
    struct Setup {
        NoisePattern pattern = NoisePattern::IK;
        NoiseHash hash = NoiseHash::Blake2b;
        BytesView prologue;
        DhKeyPair local;
        Random* random = nullptr;
    };

    static HandshakeState initiator(const Setup& setup, const DhPublicKey& remote);
    static HandshakeState responder(const Setup& setup);

    /// Message 1 of either pattern. REQUIRES: initiator, not written before. Fails when the remote key is of small
    /// order.
    Result<Bytes> writeFirst(BytesView payload);
    /// Reads message 1; afterwards remoteStatic() is authenticated. REQUIRES: responder
    Result<Bytes> readFirst(BytesView message);

    /// The key tokens of IK's message 2; split() is final afterwards, though the payload is not written yet.
    Result<Bytes> writeSecondTokens();
    /// The payload of IK's message 2, to be appended to the tokens.
    Bytes writeSecondPayload(BytesView payload) { return m_symmetric.encryptAndHash(payload); }
    /// Reads IK's message 2. REQUIRES: initiator
    Result<Bytes> readSecond(BytesView message);

    std::pair<Secret<32>, Secret<32>> split() const { return m_symmetric.split(); }
    const DhPublicKey& remoteStatic() const { return m_remoteStatic; }
    const std::array<std::uint8_t, kNoiseHashSize>& handshakeHash() const { return m_symmetric.handshakeHash(); }

private:
    HandshakeState(const Setup& setup, const DhPublicKey& responderKey);
    Result<void> mixDh(const Secret<32>& secret, const DhPublicKey& theirs);
    Result<Bytes> readFirstTokens(BytesView message);
    Result<Bytes> readSecondTokens(BytesView message);

    SymmetricState m_symmetric;
    DhKeyPair m_local;
    DhKeyPair m_ephemeral;
    DhPublicKey m_remoteStatic{};
    DhPublicKey m_remoteEphemeral{};
    Random* m_random;
};

} // namespace culvert
