#include "core/wire/pcp.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::uint8_t kResponseBit = 0x80;
constexpr std::size_t kHeaderSize = 24;
constexpr std::size_t kShortestAnswer = 4;
constexpr std::array<std::uint8_t, 12> kMappedPrefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

constexpr std::array<std::string_view, 14> kResultNames = {
    "SUCCESS",       "UNSUPP_VERSION",          "NOT_AUTHORIZED",   "MALFORMED_REQUEST",      "UNSUPP_OPCODE",
    "UNSUPP_OPTION", "MALFORMED_OPTION",        "NETWORK_FAILURE",  "NO_RESOURCES",           "UNSUPP_PROTOCOL",
    "USER_EX_QUOTA", "CANNOT_PROVIDE_EXTERNAL", "ADDRESS_MISMATCH", "EXCESSIVE_REMOTE_PEERS",
};

// RFC 6887 §5: the all-zeros IPv4 address, too, is written as a mapped one.
void writeAddress(ByteWriter& writer, const SocketAddress& address) {
    if (address.isV4())
        writer.bytes(kMappedPrefix).bytes(address.v4().octets);
    else
        writer.bytes(address.v6().octets);
}

SocketAddress readAddress(ByteReader& reader, std::uint16_t port) {
    const auto octets = reader.array<16>();
    if (!std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), octets.begin()))
        return {Ipv6Address{octets}, port};
    Ipv4Address v4;
    std::copy(octets.begin() + kMappedPrefix.size(), octets.end(), v4.octets.begin());
    return {v4, port};
}

void writeHeader(ByteWriter& writer, PcpOpcode opcode, std::uint32_t lifetime, const SocketAddress& client) {
    writer.u8(kPcpVersion).u8(static_cast<std::uint8_t>(opcode)).u16(0).u32(lifetime);
    writeAddress(writer, client);
}

PcpMapFields readMap(ByteReader& reader) {
    PcpMapFields map;
    map.nonce = reader.array<12>();
    map.protocol = reader.u8();
    reader.take(3);
    map.internalPort = reader.u16();
    const std::uint16_t port = reader.u16();
    map.external = readAddress(reader, port);
    return map;
}

// RFC 6887 §7.3: none of them is known here, and a client must ignore what it does not know; but they must be whole.
bool skipOptions(ByteReader& reader) {
    while (reader.remaining() > 0) {
        reader.u16();
        const std::size_t size = reader.u16();
        reader.take((size + 3) / 4 * 4);
    }
    return !reader.failed();
}

} // namespace

std::string_view pcpResultName(std::uint8_t result) {
    return result < kResultNames.size() ? kResultNames[result] : "UNKNOWN";
}

Bytes encode(const PcpMapRequest& request) {
    Bytes out;
    ByteWriter writer(out);
    writeHeader(writer, PcpOpcode::Map, request.lifetime, request.client);
    writer.bytes(request.map.nonce).u8(request.map.protocol).zeros(3);
    writer.u16(request.map.internalPort).u16(request.map.external.port());
    writeAddress(writer, request.map.external);
    return out;
}

Bytes encodePcpAnnounceRequest(const SocketAddress& client) {
    Bytes out;
    ByteWriter writer(out);
    writeHeader(writer, PcpOpcode::Announce, 0, client);
    return out;
}

Result<PcpResponse> decodePcpResponse(BytesView payload) {
    if (payload.size() < kHeaderSize)
        return fail(ErrorCode::Truncated, "a PCP response is cut off");
    if (payload.size() > kPcpSizeMax || payload.size() % 4 != 0)
        return fail(ErrorCode::Malformed, "no PCP response has this length");
    ByteReader reader(payload);
    if (reader.u8() != kPcpVersion)
        return fail(ErrorCode::Unsupported, "another version than PCP's 2");
    const std::uint8_t opcode = reader.u8();
    if ((opcode & kResponseBit) == 0)
        return fail(ErrorCode::Malformed, "a PCP request where a response is due");
    PcpResponse response;
    response.opcode = static_cast<PcpOpcode>(opcode & ~kResponseBit & 255);
    if (response.opcode != PcpOpcode::Announce && response.opcode != PcpOpcode::Map)
        return fail(ErrorCode::Unsupported, "an opcode that is never asked for");
    reader.u8();
    response.result = reader.u8();
    response.lifetime = reader.u32();
    response.epoch = reader.u32();
    reader.take(12);
    if (response.opcode == PcpOpcode::Map)
        response.map = readMap(reader);
    if (!skipOptions(reader))
        return fail(ErrorCode::Truncated, "a field or an option of a PCP response is cut off");
    return response;
}

std::optional<std::uint8_t> unsupportedVersionAnswer(BytesView payload) {
    constexpr auto kRefused = static_cast<std::uint8_t>(PcpResult::UnsuppVersion);
    if (payload.size() < kShortestAnswer || payload.size() > kPcpSizeMax)
        return std::nullopt;
    const std::uint8_t version = payload[0];
    const bool isResponse = (payload[1] & kResponseBit) != 0;
    // RFC 6886 §3.5 draws this one answer with the opcode 0, without the top bit of a response.
    const bool isNatPmp = version == 0 && payload[2] == 0 && (isResponse || payload[1] == 0);
    const bool isPcp = version != 0 && isResponse;
    return payload[3] == kRefused && (isNatPmp || isPcp) ? std::optional(version) : std::nullopt;
}

} // namespace culvert::wire
