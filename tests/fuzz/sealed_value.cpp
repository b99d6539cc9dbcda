// Values as they lie in the store.
#include "core/crypto/sealing.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"

namespace culvert::fuzz {

// | damage: where (2), how (1) | chunk: plaintext | foreign |
void run(BytesView input) {
    Input script(input);
    const std::uint16_t at = script.u16();
    const std::uint8_t by = script.u8();
    const BytesView plaintext = script.chunk();
    const BytesView foreign = script.rest();
    test::SeededRandom random(7);
    const Secret<32> key = deriveKey(Secret<32>(), "fuzz");
    require(!openValue(key, "fuzz", foreign), "a foreign value does not open");
    const Bytes sealed = sealValue(key, "fuzz", plaintext, random);
    const auto opened = openValue(key, "fuzz", sealed);
    require(opened && std::ranges::equal(*opened, plaintext), "a sealed value opens");
    require(!openValue(key, "fuzz", damaged(sealed, at, by)), "a damaged value does not open");
    require(!openValue(key, "other", sealed), "a value of another place does not open");
}

} // namespace culvert::fuzz
