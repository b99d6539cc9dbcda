// The vault file beside a store.
#include "core/store/vault.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto vault = decodeVault(input);
    if (!vault)
        return;
    const Bytes bytes = encode(*vault);
    require(std::ranges::equal(bytes, input), "a vault encodes to the octets it was decoded from");
    // Stretching a passphrase costs what it should; the other sources are free to try.
    if (vault->source != KeySource::Passphrase)
        (void)vault->unwrap("a secret of the keyring");
}

} // namespace culvert::fuzz
