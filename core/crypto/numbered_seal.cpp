#include "core/crypto/numbered_seal.h"

#include "core/base/byte_io.h"

namespace culvert {

namespace {

Bytes nonceOf(std::uint64_t number) {
    Bytes nonce;
    ByteWriter(nonce).zeros(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES - sizeof number).u64(number);
    return nonce;
}

} // namespace

Bytes sealNumbered(const Secret<32>& key, std::uint64_t number, BytesView context, BytesView plaintext) {
    Bytes out(plaintext.size() + kNumberedSealOverhead);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(), plaintext.size(), context.data(),
                                               context.size(), nullptr, nonceOf(number).data(), key.data());
    return out;
}

Result<Bytes> openNumbered(const Secret<32>& key, std::uint64_t number, BytesView context, BytesView sealed) {
    if (sealed.size() < kNumberedSealOverhead)
        return fail(ErrorCode::Truncated, "sealed value is too short");
    Bytes out(sealed.size() - kNumberedSealOverhead);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out.data(), nullptr, nullptr, sealed.data(), sealed.size(),
                                                   context.data(), context.size(), nonceOf(number).data(),
                                                   key.data()) != 0)
        return fail(ErrorCode::Unauthenticated, "sealed value does not open");
    return out;
}

} // namespace culvert
