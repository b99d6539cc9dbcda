// Noise messages, foreign ones and ones of our own that were damaged.
#include "core/crypto/handshake_state.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"

namespace culvert::fuzz {
namespace {

struct Ends {
    Identity initiatorKeys = person(kFirstPerson), responderKeys = person(kSecondPerson);
    test::SeededRandom random{7};

    HandshakeState initiator(NoisePattern pattern, NoiseHash hash) {
        return HandshakeState::initiator({pattern, hash, asBytes("fuzz"), initiatorKeys.dh(), &random},
                                         responderKeys.dh().publicKey);
    }
    HandshakeState responder(NoisePattern pattern, NoiseHash hash) {
        return HandshakeState::responder({pattern, hash, asBytes("fuzz"), responderKeys.dh(), &random});
    }
};

void expectFirst(HandshakeState& responder, const Ends& ends, const Bytes& message, BytesView payload) {
    const auto read = responder.readFirst(message);
    require(read && std::ranges::equal(*read, payload), "message 1 is read, whatever came before it");
    require(responder.remoteStatic() == ends.initiatorKeys.dh().publicKey, "message 1 names its sender");
}

void expectSecond(HandshakeState& initiator, const Bytes& message, BytesView payload) {
    const auto read = initiator.readSecond(message);
    require(read && std::ranges::equal(*read, payload), "message 2 is read, whatever came before it");
}

} // namespace

// | bit 0: X, bit 1: SHA-512 | damage: where (2), how (1) | chunk: payload | foreign message |
void run(BytesView input) {
    Input script(input);
    const std::uint8_t kind = script.u8();
    const NoisePattern pattern = (kind & 1) != 0 ? NoisePattern::X : NoisePattern::IK;
    const NoiseHash hash = (kind & 2) != 0 ? NoiseHash::Sha512 : NoiseHash::Blake2b;
    const std::uint16_t at = script.u16();
    const std::uint8_t by = script.u8();
    const BytesView payload = script.chunk();
    const BytesView foreign = script.rest();
    Ends ends;
    HandshakeState initiator = ends.initiator(pattern, hash);
    HandshakeState responder = ends.responder(pattern, hash);

    const Bytes first = *initiator.writeFirst(payload);
    require(!responder.readFirst(foreign), "a foreign message 1 is refused");
    require(!responder.readFirst(damaged(first, at, by)), "a damaged message 1 is refused");
    expectFirst(responder, ends, first, payload);
    if (pattern == NoisePattern::X)
        return;
    Bytes second = *responder.writeSecondTokens();
    append(second, responder.writeSecondPayload(payload));
    require(!initiator.readSecond(foreign), "a foreign message 2 is refused");
    require(!initiator.readSecond(damaged(second, at, by)), "a damaged message 2 is refused");
    expectSecond(initiator, second, payload);
    require(initiator.handshakeHash() == responder.handshakeHash(), "both saw the same handshake");
}

} // namespace culvert::fuzz
