// Messages sealed to a public key, and messages between two who know each other.
#include "core/crypto/sealing.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"

namespace culvert::fuzz {
namespace {

void checkSealed(BytesView plaintext, BytesView foreign, std::size_t at, std::uint8_t by) {
    test::SeededRandom random(7);
    const Identity sender = person(kFirstPerson), receiver = person(kSecondPerson);
    require(!openSealed(receiver, "fuzz", foreign, random), "a foreign seal does not open");
    const auto sealed = sealTo(receiver.publicKey(), sender, "fuzz", plaintext, random);
    require(sealed.has_value(), "sealing to a person works");
    const auto opened = openSealed(receiver, "fuzz", *sealed, random);
    require(opened && std::ranges::equal(opened->plaintext, plaintext), "what was sealed opens");
    require(opened->sender == sender.dh().publicKey, "a seal names its sender");
    require(!openSealed(receiver, "fuzz", damaged(*sealed, at, by), random), "a damaged seal does not open");
    require(!openSealed(receiver, "other", *sealed, random), "a seal for another use does not open");
}

void checkPair(BytesView plaintext, BytesView foreign, std::size_t at, std::uint8_t by) {
    const Identity one = person(kFirstPerson), other = person(kSecondPerson);
    const auto ours = PairKeys::derive(one, other.publicKey());
    const auto theirs = PairKeys::derive(other, one.publicKey());
    require(ours && theirs && ours->sendingId() == theirs->receivingId(), "both derive the same keys");
    const PairNonceOctets nonce{1};
    const Bytes sealed = ours->seal(nonce, plaintext);
    const auto opened = theirs->open(nonce, sealed);
    require(opened && std::ranges::equal(*opened, plaintext), "what was sealed for a pair opens");
    require(!theirs->open(nonce, foreign), "foreign octets do not open");
    require(!theirs->open(nonce, damaged(sealed, at, by)), "damaged octets do not open");
    require(!ours->open(nonce, sealed), "the directions have keys of their own");
}

// Any 32 octets may claim to be a key.
void checkKey(BytesView octets) {
    PublicKey key{};
    std::copy_n(octets.begin(), std::min(octets.size(), key.size()), key.begin());
    test::SeededRandom random(7);
    const Identity own = person(kFirstPerson);
    const bool isKey = dhKeyOf(key).has_value();
    require(isKey || !PairKeys::derive(own, key), "what is no key has no pair keys");
    require(isKey || !sealTo(key, own, "fuzz", octets, random), "nothing is sealed to what is no key");
    (void)sealTo(key, own, "fuzz", octets, random);
    (void)safetyNumber(own.publicKey(), key);
}

} // namespace

// | damage: where (2), how (1) | chunk: plaintext | foreign |
void run(BytesView input) {
    Input script(input);
    const std::uint16_t at = script.u16();
    const std::uint8_t by = script.u8();
    const BytesView plaintext = script.chunk();
    const BytesView foreign = script.rest();
    checkSealed(plaintext, foreign, at, by);
    checkPair(plaintext, foreign, at, by);
    checkKey(foreign);
}

} // namespace culvert::fuzz
