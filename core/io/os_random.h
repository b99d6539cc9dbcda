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

/// From here on files are made for their owner alone, where the system has such modes. At the start of a program.
void restrictFileModes();

} // namespace culvert
