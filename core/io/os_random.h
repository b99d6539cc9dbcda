// OsRandom: the operating system's randomness, through libsodium.
#pragma once

#include "core/base/random.h"

namespace culvert {

/// For keys of real people. Thread safety: any thread.
class OsRandom final : public Random {
public:
    OsRandom();
    void fillPublic(MutableBytes out) override;
    void fillSecret(MutableBytes out) override;
};

} // namespace culvert
