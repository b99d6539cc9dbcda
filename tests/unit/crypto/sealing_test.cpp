#include "core/crypto/numbered_seal.h"
#include "core/crypto/replay_window.h"
#include "core/crypto/sealing.h"
#include "tests/support/seeded_random.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct Sealing : testing::Test {
    test::SeededRandom random{1};
    Identity alice = Identity::generate(random), bob = Identity::generate(random), eve = Identity::generate(random);
};

TEST_F(Sealing, pairKeysOpenInOneDirectionOnly) {
    const auto ours = PairKeys::derive(alice, bob.publicKey());
    const auto theirs = PairKeys::derive(bob, alice.publicKey());
    ASSERT_TRUE(ours && theirs);
    const PairNonceOctets nonce{1, 2, 3};
    const Bytes sealed = ours->seal(nonce, asBytes("probe"));
    EXPECT_EQ(ours->sendingId(), theirs->receivingId());
    EXPECT_EQ(asText(*theirs->open(nonce, sealed)), "probe");
    EXPECT_FALSE(ours->open(nonce, sealed)) << "a reflected message must not open";
    EXPECT_FALSE(theirs->open(PairNonceOctets{}, sealed));
    EXPECT_FALSE(PairKeys::derive(eve, alice.publicKey())->open(nonce, sealed));
}

TEST_F(Sealing, aSealOpensForItsReceiverAndNamesItsSender) {
    const Bytes sealed = *sealTo(bob.publicKey(), alice, "test", asBytes("come"), random);
    const auto opened = openSealed(bob, "test", sealed, random);
    ASSERT_TRUE(opened);
    EXPECT_EQ(asText(opened->plaintext), "come");
    EXPECT_EQ(opened->sender, alice.dh().publicKey);
    EXPECT_FALSE(openSealed(eve, "test", sealed, random));
    EXPECT_FALSE(openSealed(bob, "other", sealed, random));
    for (std::size_t size = 0; size < sealed.size(); ++size)
        EXPECT_FALSE(openSealed(bob, "test", BytesView(sealed).first(size), random));
}

TEST_F(Sealing, theIntroductionMacNeedsTheReceiversKey) {
    const MacOctets mac = introductionMac(bob.publicKey(), asBytes("body"));
    EXPECT_TRUE(introductionMacMatches(bob.publicKey(), asBytes("body"), mac));
    EXPECT_FALSE(introductionMacMatches(alice.publicKey(), asBytes("body"), mac));
    EXPECT_FALSE(introductionMacMatches(bob.publicKey(), asBytes("bodY"), mac));
}

TEST_F(Sealing, cookiesLiveOneToTwoPeriodsAndBindTheAddress) {
    CookieJar jar(random);
    const MacOctets cookie = jar.cookieFor(1000, asBytes("a"));
    EXPECT_TRUE(jar.matches(1000, asBytes("a"), cookie));
    EXPECT_FALSE(jar.matches(1000, asBytes("b"), cookie));
    EXPECT_TRUE(jar.matches(1119, asBytes("a"), cookie));
    EXPECT_FALSE(jar.matches(1200, asBytes("a"), cookie)) << "two periods on";
    EXPECT_FALSE(CookieJar(random).matches(1000, asBytes("a"), MacOctets{}));
}

TEST_F(Sealing, storedValuesBindTheirContext) {
    const Secret<32> key = alice.seed();
    const Bytes sealed = sealValue(key, "message 1", asBytes("text"), random);
    EXPECT_EQ(asText(*openValue(key, "message 1", sealed)), "text");
    EXPECT_FALSE(openValue(key, "message 2", sealed));
    EXPECT_FALSE(openValue(bob.seed(), "message 1", sealed));
    EXPECT_FALSE(openValue(key, "message 1", BytesView(sealed).first(10)));
}

TEST_F(Sealing, safetyNumbersAreTheSameOnBothSides) {
    const std::string number = safetyNumber(alice.publicKey(), bob.publicKey());
    EXPECT_EQ(number, safetyNumber(bob.publicKey(), alice.publicKey()));
    EXPECT_NE(number, safetyNumber(alice.publicKey(), eve.publicKey()));
    EXPECT_EQ(number.size(), 12 * 5 + 11U);
}

TEST_F(Sealing, identityComesBackFromItsSeed) {
    EXPECT_EQ(Identity::fromSeed(alice.seed()).publicKey(), alice.publicKey());
    EXPECT_EQ(dhKeyOf(alice.publicKey()), alice.dh().publicKey);
    EXPECT_FALSE(dhKeyOf(PublicKey{})) << "a point of small order";
}

TEST_F(Sealing, passphraseKeysDependOnPassphraseAndSalt) {
    const PassphraseCost cheap{crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
    const auto key = keyFromPassphrase("water", Salt{1}, cheap);
    const auto same = keyFromPassphrase("water", Salt{1}, cheap);
    const auto other = keyFromPassphrase("water", Salt{2}, cheap);
    ASSERT_TRUE(key && same && other);
    EXPECT_TRUE(std::ranges::equal(key->view(), same->view()));
    EXPECT_FALSE(std::ranges::equal(key->view(), other->view()));
}

TEST(NumberedSeal, aValueOpensUnderItsNumberAndContextAlone) {
    const Secret<32> key = deriveKey(Secret<32>(), "a"), other = deriveKey(Secret<32>(), "b");
    const Bytes sealed = sealNumbered(key, 7, asBytes("here"), asBytes("value"));
    EXPECT_EQ(sealed.size(), 5 + kNumberedSealOverhead);
    const auto opened = openNumbered(key, 7, asBytes("here"), sealed);
    ASSERT_TRUE(opened);
    EXPECT_EQ(asText(*opened), "value");
    EXPECT_FALSE(openNumbered(key, 8, asBytes("here"), sealed));
    EXPECT_FALSE(openNumbered(key, 7, asBytes("there"), sealed));
    EXPECT_FALSE(openNumbered(other, 7, asBytes("here"), sealed));
    EXPECT_FALSE(openNumbered(key, 7, asBytes("here"), BytesView(sealed).first(15)));
}

// RFC 6479: each counter once, in a window behind the highest.
TEST(ReplayWindow, acceptsEachCounterOnce) {
    ReplayWindow window;
    EXPECT_TRUE(window.accept(5));
    EXPECT_FALSE(window.accept(5));
    EXPECT_TRUE(window.accept(3));
    EXPECT_FALSE(window.accept(3));
    EXPECT_TRUE(window.accept(1000));
    EXPECT_FALSE(window.accept(1000 - ReplayWindow::kWindow)) << "just outside the window";
    EXPECT_TRUE(window.accept(1001 - ReplayWindow::kWindow)) << "its last place";
    EXPECT_FALSE(window.accept(5));
}

} // namespace
} // namespace culvert
