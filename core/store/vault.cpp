#include "core/store/vault.h"

#include "core/base/byte_io.h"

namespace culvert {

namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::string_view kContext = "culvert data key 1";
// A file that was tampered with must not make us spend unbounded memory.
constexpr std::uint64_t kMemoryMax = std::uint64_t{4} << 30;
constexpr std::uint64_t kOperationsMax = 64;

// A random secret needs no stretching; a passphrase does.
Result<Secret<32>> wrappingKey(KeySource source, std::string_view secret, const Salt& salt,
                               const PassphraseCost& cost) {
    if (source == KeySource::Passphrase)
        return keyFromPassphrase(secret, salt, cost);
    return Secret<32>(keyedHash(deriveKey(Secret<32>(), "culvert wrapping 1"), asBytes(secret)));
}

} // namespace

Result<Vault> Vault::wrap(KeySource source, std::string_view secret, const PassphraseCost& cost,
                          const Secret<32>& dataKey, Random& random) {
    Vault vault;
    vault.source = source;
    vault.cost = cost;
    random.fillPublic(vault.salt);
    TRY(key, wrappingKey(source, secret, vault.salt, cost));
    vault.sealedKey = sealValue(key, kContext, dataKey.view(), random);
    return vault;
}

Result<Secret<32>> Vault::unwrap(std::string_view secret) const {
    TRY(key, wrappingKey(source, secret, salt, cost));
    auto opened = openValue(key, kContext, sealedKey);
    if (!opened || opened->size() != 32)
        return fail(ErrorCode::WrongPassphrase, source == KeySource::Passphrase
                                                    ? "That is not the passphrase of this profile."
                                                    : "The stored key does not open this profile.");
    const Secret<32> dataKey{std::span<const std::uint8_t, 32>(*opened)};
    sodium_memzero(opened->data(), opened->size());
    return dataKey;
}

Bytes encode(const Vault& vault) {
    Bytes out = {kVersion, static_cast<std::uint8_t>(vault.source)};
    ByteWriter(out).bytes(vault.salt).u64(vault.cost.operations).u64(vault.cost.memoryOctets).bytes(vault.sealedKey);
    return out;
}

Result<Vault> decodeVault(BytesView bytes) {
    constexpr std::size_t header = 2 + sizeof(Salt) + 16;
    if (bytes.size() < header || bytes[0] != kVersion || bytes[1] > static_cast<std::uint8_t>(KeySource::BesideStore))
        return fail(ErrorCode::Corrupt, "The key file of the profile (vault) is damaged, or from a newer Culvert.");
    Vault vault;
    vault.source = static_cast<KeySource>(bytes[1]);
    ByteReader reader(bytes.subspan(2));
    vault.salt = reader.array<sizeof(Salt)>();
    vault.cost.operations = reader.u64();
    vault.cost.memoryOctets = reader.u64();
    if (vault.cost.operations > kOperationsMax || vault.cost.memoryOctets > kMemoryMax)
        return fail(ErrorCode::Corrupt, "The key file of the profile (vault) asks for too much memory.");
    vault.sealedKey = toBytes(reader.rest());
    return vault;
}

} // namespace culvert
