#include "core/store/profile_file.h"

#include "core/base/byte_io.h"
#include "core/crypto/numbered_seal.h"

namespace culvert {

namespace {

constexpr std::string_view kMagic = "culvert profile\n";
constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kChunk = 65536;
constexpr std::size_t kSealedKeySize = 32 + kNumberedSealOverhead;
// A file that was tampered with must not make us spend unbounded memory.
constexpr std::uint64_t kMemoryMax = std::uint64_t{4} << 30;
constexpr std::uint64_t kOperationsMax = 64;

Bytes readSome(std::istream& file, std::size_t size) {
    Bytes out(size);
    file.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(size));
    out.resize(static_cast<std::size_t>(file.gcount()));
    return out;
}

} // namespace

Bytes encode(const ProfileFileHeader& header) {
    Bytes out = toBytes(asBytes(kMagic));
    ByteWriter(out).u8(kVersion).bytes(header.salt).u64(header.cost.operations).u64(header.cost.memoryOctets);
    return out;
}

Result<ProfileFileHeader> decodeProfileFileHeader(BytesView bytes) {
    ByteReader reader(bytes);
    if (asText(reader.take(kMagic.size())) != kMagic)
        return fail(ErrorCode::Malformed, "This file is no exported profile of Culvert.");
    if (reader.u8() != kVersion)
        return fail(ErrorCode::Unsupported, "This file was written by a newer Culvert. Update Culvert to open it.");
    ProfileFileHeader header;
    header.salt = reader.array<sizeof(Salt)>();
    header.cost.operations = reader.u64();
    header.cost.memoryOctets = reader.u64();
    if (!reader.finished() || header.cost.operations > kOperationsMax || header.cost.memoryOctets > kMemoryMax)
        return fail(ErrorCode::Corrupt, "The file is damaged at its beginning. Copy it again.");
    return header;
}

Result<ProfileFileWriter> ProfileFileWriter::begin(std::string_view passphrase, const PassphraseCost& cost,
                                                   const Secret<32>& dataKey, Random& random, Sink sink) {
    ProfileFileHeader header;
    random.fillPublic(header.salt);
    header.cost = cost;
    TRY(key, keyFromPassphrase(passphrase, header.salt, cost));
    ProfileFileWriter writer;
    writer.m_key = key;
    writer.m_header = encode(header);
    writer.m_sink = std::move(sink);
    TRY_VOID(writer.m_sink(writer.m_header));
    TRY_VOID(writer.m_sink(sealNumbered(key, 0, writer.m_header, dataKey.view())));
    return writer;
}

Result<void> ProfileFileWriter::write(BytesView octets) {
    while (!octets.empty()) {
        // One that is full is the last one, until something comes after it.
        if (m_waiting.size() == kChunk)
            TRY_VOID(writeChunk(false));
        const BytesView some = octets.first(std::min(octets.size(), kChunk - m_waiting.size()));
        append(m_waiting, some);
        octets = octets.subspan(some.size());
    }
    return {};
}

Result<void> ProfileFileWriter::finish() {
    return writeChunk(true);
}

Result<void> ProfileFileWriter::writeChunk(bool isLast) {
    const Bytes sealed = sealNumbered(m_key, 2 * m_chunk++ + (isLast ? 1 : 0), m_header, m_waiting);
    m_waiting.clear();
    return m_sink(sealed);
}

Result<ProfileFileReader> ProfileFileReader::begin(std::istream& file, std::string_view passphrase) {
    ProfileFileReader reader(file);
    reader.m_header = readSome(file, kProfileHeaderSize);
    TRY(header, decodeProfileFileHeader(reader.m_header));
    TRY(key, keyFromPassphrase(passphrase, header.salt, header.cost));
    reader.m_key = key;
    auto dataKey = openNumbered(key, 0, reader.m_header, readSome(file, kSealedKeySize));
    if (!dataKey || dataKey->size() != 32)
        return fail(ErrorCode::WrongPassphrase, "That is not the passphrase of this file.");
    reader.m_dataKey = Secret<32>(std::span<const std::uint8_t, 32>(*dataKey));
    sodium_memzero(dataKey->data(), dataKey->size());
    return reader;
}

Result<Bytes> ProfileFileReader::next() {
    if (m_isAtEnd)
        return Bytes();
    const Bytes sealed = readSome(*m_file, kChunk + kNumberedSealOverhead);
    m_isAtEnd = m_file->peek() == std::istream::traits_type::eof();
    auto opened = openNumbered(m_key, 2 * m_chunk++ + (m_isAtEnd ? 1 : 0), m_header, sealed);
    if (!opened)
        return fail(ErrorCode::Corrupt, "The file is damaged or cut off. Copy it again.");
    return opened;
}

} // namespace culvert
