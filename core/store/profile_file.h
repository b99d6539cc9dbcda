// The file that exportProfile() writes: a whole profile under a passphrase of its own.
//
//  | "culvert profile\n" (16) | version (1) | salt (16) | operations (8) | memory (8) |   header, as in the vault
//  | sealed data key (48) |
//  | sealed chunk (65536 + 16) | … | sealed last chunk (16 to 65536 + 16) |
//
// The chunks are the octets of the database, whose values the data key opens. Chunk n from 1 on is sealed under number
// 2n, the last one under 2n + 1, and each with the header as context: none can be left out, moved, or be the last but
// the last (the construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
//
// Thread safety: one thread.
#pragma once

#include "core/base/random.h"
#include "core/crypto/sealing.h"

#include <functional>
#include <istream>

namespace culvert {

/// How the file's key is made from its passphrase.
struct ProfileFileHeader {
    Salt salt{};
    PassphraseCost cost;
};
inline constexpr std::size_t kProfileHeaderSize = 16 + 1 + 16 + 8 + 8;
Bytes encode(const ProfileFileHeader& header);
/// Malformed when it is something else, Unsupported when it is from a newer Culvert.
Result<ProfileFileHeader> decodeProfileFileHeader(BytesView bytes);

/// Makes such a file, some octets at a time.
class ProfileFileWriter {
public:
    using Sink = std::function<Result<void>(BytesView)>;

    /// Writes the beginning.
    static Result<ProfileFileWriter> begin(std::string_view passphrase, const PassphraseCost& cost,
                                           const Secret<32>& dataKey, Random& random, Sink sink);
    Result<void> write(BytesView octets);
    /// REQUIRES: nothing is called after it
    Result<void> finish();

private:
    ProfileFileWriter() = default;
    Result<void> writeChunk(bool isLast);

    Secret<32> m_key;
    Bytes m_header, m_waiting;
    std::uint64_t m_chunk = 1;
    Sink m_sink;
};

/// Reads such a file.
class ProfileFileReader {
public:
    /// WrongPassphrase, or what decodeProfileFileHeader() says. `file` must outlive it.
    static Result<ProfileFileReader> begin(std::istream& file, std::string_view passphrase);

    const Secret<32>& dataKey() const { return m_dataKey; }
    /// The next octets, none at the end. Corrupt where the file is damaged or cut off.
    Result<Bytes> next();

private:
    explicit ProfileFileReader(std::istream& file) : m_file(&file) {}

    std::istream* m_file;
    Secret<32> m_key, m_dataKey;
    Bytes m_header;
    std::uint64_t m_chunk = 1;
    bool m_isAtEnd = false;
};

} // namespace culvert
