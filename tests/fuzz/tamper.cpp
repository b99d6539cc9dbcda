#include "tests/fuzz/tamper.h"

#include <algorithm>

namespace culvert::fuzz {
namespace {

struct Tamper {
    bool armed = false;
    bool done = false;
    unsigned skip = 0;
    std::size_t offset = 0;
    Bytes octets;
};
Tamper g_tamper;

} // namespace

void armTamper(unsigned skip, std::size_t offset, BytesView octets) {
    g_tamper = {!octets.empty(), false, skip, offset, toBytes(octets)};
}

void disarmTamper() {
    g_tamper.armed = false;
}

bool wasTampered() {
    return g_tamper.done;
}

#ifdef CULVERT_FUZZ_TAMPER

namespace {

// The plaintext as it shall be encrypted.
Bytes tampered(BytesView plaintext) {
    Bytes out = toBytes(plaintext);
    if (!g_tamper.armed)
        return out;
    if (g_tamper.skip > 0) {
        --g_tamper.skip;
        return out;
    }
    if (g_tamper.offset >= out.size())
        return out;
    const std::size_t count = std::min(g_tamper.octets.size(), out.size() - g_tamper.offset);
    std::copy_n(g_tamper.octets.begin(), count, out.begin() + static_cast<std::ptrdiff_t>(g_tamper.offset));
    g_tamper.armed = false;
    g_tamper.done = true;
    return out;
}

} // namespace

#endif

} // namespace culvert::fuzz

#ifdef CULVERT_FUZZ_TAMPER

// The linker's --wrap gives these names: calls to the function come to the first, and the second is the function.
extern "C" int __real_crypto_aead_chacha20poly1305_ietf_encrypt(unsigned char*, unsigned long long*,
                                                                const unsigned char*, unsigned long long,
                                                                const unsigned char*, unsigned long long,
                                                                const unsigned char*, const unsigned char*,
                                                                const unsigned char*);

extern "C" int __wrap_crypto_aead_chacha20poly1305_ietf_encrypt(unsigned char* out, unsigned long long* outSize,
                                                                const unsigned char* plaintext, unsigned long long size,
                                                                const unsigned char* context,
                                                                unsigned long long contextSize,
                                                                const unsigned char* unused, const unsigned char* nonce,
                                                                const unsigned char* key) {
    const culvert::Bytes changed = culvert::fuzz::tampered({plaintext, static_cast<std::size_t>(size)});
    return __real_crypto_aead_chacha20poly1305_ietf_encrypt(out, outSize, changed.data(), size, context, contextSize,
                                                            unused, nonce, key);
}

#endif
