#include "core/base/bytes.h"
#include "core/base/result.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

struct Base32Case {
    const char* hex;
    const char* text;
};

// RFC 4648 §10, in lower case and without padding.
constexpr Base32Case kBase32Cases[] = {
    {"", ""},
    {"66", "my"},
    {"666f", "mzxq"},
    {"666f6f", "mzxw6"},
    {"666f6f62", "mzxw6yq"},
    {"666f6f626172", "mzxw6ytboi"},
};

TEST(Bytes, base32AgreesWithRfc4648) {
    for (const auto& [hex, text] : kBase32Cases) {
        EXPECT_EQ(toBase32(*fromHex(hex)), text);
        EXPECT_EQ(toHex(*fromBase32(text)), hex);
    }
    EXPECT_EQ(fromBase32("MZXW6"), fromBase32("mzxw6"));
}

TEST(Bytes, base32RefusesForeignCharactersAndImpossibleLengths) {
    for (const char* text : {"m", "mzx", "mzxw6y", "mz1q", "mz=q", "mz q", "mz8q", "mzxr"})
        EXPECT_FALSE(fromBase32(text)) << text;
}

TEST(Bytes, hexRefusesOddLengthsAndForeignCharacters) {
    EXPECT_FALSE(fromHex("abc"));
    EXPECT_FALSE(fromHex("0g"));
    EXPECT_EQ(toHex(*fromHex("00FFa5")), "00ffa5");
}

Result<int> doubled(Result<int> input) {
    TRY(value, std::move(input));
    return value * 2;
}

TEST(Result, tryPassesErrorsOn) {
    EXPECT_EQ(*doubled(21), 42);
    const auto failed = doubled(fail(ErrorCode::NotFound, "gone"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::NotFound);
    EXPECT_EQ(failed.error().detail, "gone");
}

} // namespace
} // namespace culvert
