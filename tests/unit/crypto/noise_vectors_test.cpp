// Published vectors: tests/vectors/noise_cacophony.json (its source is named in the file).
#include "core/crypto/handshake_state.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace culvert {
namespace {

struct Vector {
    std::map<std::string, std::string> fields;
    std::vector<std::pair<Bytes, Bytes>> messages; // payload, ciphertext
    Bytes hex(const std::string& name) const { return *fromHex(fields.at(name)); }
};

// Enough of JSON for that file: string members in order; "payload" and "ciphertext" come in pairs.
Vector loadVector(const std::string& protocol) {
    std::ifstream file(CULVERT_SOURCE_DIR "/tests/vectors/noise_cacophony.json");
    std::stringstream buffer;
    buffer << file.rdbuf();
    const std::string text = buffer.str();
    Vector vector;
    Bytes payload;
    std::size_t at = text.find("\"" + protocol + "\"");
    const std::size_t end = std::min(text.find("protocol_name", at), text.size());
    at = text.find('\n', at);
    while ((at = text.find('"', at)) < end) {
        const std::size_t nameEnd = text.find('"', at + 1);
        const std::string name = text.substr(at + 1, nameEnd - at - 1);
        const std::size_t next = text.find_first_not_of(": ", nameEnd + 1);
        at = next;
        if (text[next] != '"')
            continue;
        const std::size_t valueEnd = text.find('"', next + 1);
        const std::string value = text.substr(next + 1, valueEnd - next - 1);
        at = valueEnd + 1;
        if (name == "payload")
            payload = *fromHex(value);
        else if (name == "ciphertext")
            vector.messages.emplace_back(payload, *fromHex(value));
        else
            vector.fields[name] = value;
    }
    return vector;
}

DhKeyPair keyPair(const Bytes& secret) {
    return DhKeyPair::fromSecret(Secret<32>(std::span<const std::uint8_t, 32>(secret)));
}

class NoiseVectors : public testing::TestWithParam<std::pair<const char*, NoiseHash>> {};

TEST_P(NoiseVectors, handshakeAndTransportMatch) {
    const auto& [protocol, hash] = GetParam();
    const Vector vector = loadVector(protocol);
    ASSERT_EQ(vector.messages.size(), 6U);
    const Bytes prologue = vector.hex("init_prologue");
    test::ScriptedRandom initiatorRandom(vector.hex("init_ephemeral"));
    test::ScriptedRandom responderRandom(vector.hex("resp_ephemeral"));
    const DhKeyPair responderKey = keyPair(vector.hex("resp_static"));
    EXPECT_EQ(toHex(responderKey.publicKey), vector.fields.at("init_remote_static"));

    auto initiator = HandshakeState::initiator(
        {NoisePattern::IK, hash, prologue, keyPair(vector.hex("init_static")), &initiatorRandom},
        responderKey.publicKey);
    auto responder = HandshakeState::responder({NoisePattern::IK, hash, prologue, responderKey, &responderRandom});

    const auto first = initiator.writeFirst(vector.messages[0].first);
    ASSERT_TRUE(first);
    EXPECT_EQ(toHex(*first), toHex(vector.messages[0].second));
    EXPECT_EQ(*responder.readFirst(*first), vector.messages[0].first);

    Bytes second = *responder.writeSecondTokens();
    append(second, responder.writeSecondPayload(vector.messages[1].first));
    EXPECT_EQ(toHex(second), toHex(vector.messages[1].second));
    EXPECT_EQ(*initiator.readSecond(second), vector.messages[1].first);
    EXPECT_EQ(toHex(initiator.handshakeHash()), vector.fields.at("handshake_hash"));
    EXPECT_EQ(initiator.handshakeHash(), responder.handshakeHash());

    CipherState fromInitiator, fromResponder;
    fromInitiator.initializeKey(initiator.split().first);
    fromResponder.initializeKey(responder.split().second);
    for (std::size_t i = 2; i < vector.messages.size(); ++i) {
        CipherState& cipher = i % 2 == 0 ? fromInitiator : fromResponder;
        EXPECT_EQ(toHex(cipher.encryptWithAd({}, vector.messages[i].first)), toHex(vector.messages[i].second)) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(Cacophony, NoiseVectors,
                         testing::Values(std::pair{"Noise_IK_25519_ChaChaPoly_SHA512", NoiseHash::Sha512},
                                         std::pair{"Noise_IK_25519_ChaChaPoly_BLAKE2b", NoiseHash::Blake2b}));

struct Pair {
    test::SeededRandom random{7};
    DhKeyPair alice = DhKeyPair::generate(random), bob = DhKeyPair::generate(random);
    HandshakeState initiator =
        HandshakeState::initiator({NoisePattern::IK, NoiseHash::Blake2b, {}, alice, &random}, bob.publicKey);
    HandshakeState responder = HandshakeState::responder({NoisePattern::IK, NoiseHash::Blake2b, {}, bob, &random});
};

TEST(HandshakeState, aBadMessageLeavesTheHandshakeAlive) {
    Pair pair;
    const Bytes first = *pair.initiator.writeFirst(asBytes("hello"));
    for (std::size_t i = 0; i < first.size(); ++i) {
        Bytes damaged = first;
        damaged[i] ^= 1;
        EXPECT_FALSE(pair.responder.readFirst(damaged)) << "octet " << i;
    }
    EXPECT_EQ(asText(*pair.responder.readFirst(first)), "hello");
    EXPECT_EQ(pair.responder.remoteStatic(), pair.alice.publicKey);

    Bytes second = *pair.responder.writeSecondTokens();
    append(second, pair.responder.writeSecondPayload(asBytes("welcome")));
    for (std::size_t size = 0; size < second.size(); ++size)
        EXPECT_FALSE(pair.initiator.readSecond(BytesView(second).first(size)));
    EXPECT_EQ(asText(*pair.initiator.readSecond(second)), "welcome");
}

TEST(HandshakeState, refusesAKeyOfSmallOrder) {
    Pair pair;
    Bytes first = *pair.initiator.writeFirst({});
    std::fill_n(first.begin(), 32, std::uint8_t{0});
    EXPECT_FALSE(pair.responder.readFirst(first));
}

TEST(HandshakeState, anotherPrologueFails) {
    Pair pair;
    auto other =
        HandshakeState::responder({NoisePattern::IK, NoiseHash::Blake2b, asBytes("other"), pair.bob, &pair.random});
    EXPECT_FALSE(other.readFirst(*pair.initiator.writeFirst({})));
}

} // namespace
} // namespace culvert
