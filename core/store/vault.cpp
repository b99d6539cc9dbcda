#include "core/store/vault.h"

#include "core/base/byte_io.h"

#include <fstream>

#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

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

Result<Bytes> readFile(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(ErrorCode::NotFound, "Cannot read " + path.string() + ".");
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

#ifdef _WIN32
namespace {

// The user's own folder is closed to others there.
bool writeWhole(const std::filesystem::path& path, BytesView bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.flush();
    return file.good();
}

void syncFolder(const std::filesystem::path&) {}

} // namespace
#else
namespace {

// Never readable by others, not even for a moment; on the disk before it is renamed.
bool writeWhole(const std::filesystem::path& path, BytesView bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file < 0)
        return false;
    bool isWritten = true;
    while (isWritten && !bytes.empty()) {
        const ssize_t size = ::write(file, bytes.data(), bytes.size());
        isWritten = size > 0;
        bytes = bytes.subspan(isWritten ? static_cast<std::size_t>(size) : 0);
    }
    isWritten = isWritten && ::fsync(file) == 0;
    return ::close(file) == 0 && isWritten;
}

// A new name is on the disk only when its folder is.
void syncFolder(const std::filesystem::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return;
    ::fsync(handle);
    ::close(handle);
}

} // namespace
#endif

Result<void> writeFileAtomically(const std::filesystem::path& path, BytesView bytes) {
    const std::filesystem::path temporary = path.string() + ".new";
    std::error_code error;
    std::filesystem::remove(temporary, error);
    if (!writeWhole(temporary, bytes))
        return fail(ErrorCode::IoFailure, "Cannot write " + temporary.string() + ".");
    std::filesystem::rename(temporary, path, error);
    if (error)
        return fail(ErrorCode::IoFailure, "Cannot write " + path.string() + ": " + error.message() + ".");
    syncFolder(path.parent_path());
    return {};
}

} // namespace culvert
