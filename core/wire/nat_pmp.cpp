#include "core/wire/nat_pmp.h"

#include "core/base/byte_io.h"

namespace culvert::wire {

namespace {

constexpr std::uint8_t kResponseBit = 0x80;
constexpr std::size_t kSizeMax = 1100; // Longer ones are PCP's at best, RFC 6887 §7.

constexpr std::array<std::string_view, 6> kResultNames = {
    "Success",         "Unsupported Version", "Not Authorized/Refused",
    "Network Failure", "Out of resources",    "Unsupported opcode",
};

} // namespace

std::string_view natPmpResultName(std::uint16_t result) {
    return result < kResultNames.size() ? kResultNames[result] : "unknown";
}

Bytes encodeNatPmpAddressRequest() {
    return {kNatPmpVersion, static_cast<std::uint8_t>(NatPmpOpcode::ExternalAddress)};
}

Bytes encode(const NatPmpMapRequest& request) {
    Bytes out;
    ByteWriter(out)
        .u8(kNatPmpVersion)
        .u8(static_cast<std::uint8_t>(request.opcode))
        .u16(0)
        .u16(request.internalPort)
        .u16(request.externalPort)
        .u32(request.lifetime);
    return out;
}

Result<NatPmpResponse> decodeNatPmpResponse(BytesView payload) {
    if (payload.size() > kSizeMax)
        return fail(ErrorCode::Malformed, "no NAT-PMP response has this length");
    ByteReader reader(payload);
    if (reader.u8() != kNatPmpVersion)
        return fail(ErrorCode::Unsupported, "another version than NAT-PMP's 0");
    const std::uint8_t opcode = reader.u8();
    if ((opcode & kResponseBit) == 0)
        return fail(ErrorCode::Malformed, "a NAT-PMP request where a response is due");
    if (opcode > (kResponseBit | static_cast<std::uint8_t>(NatPmpOpcode::MapTcp)))
        return fail(ErrorCode::Unsupported, "an opcode that is never asked for");
    NatPmpResponse response;
    response.opcode = static_cast<NatPmpOpcode>(opcode & ~kResponseBit & 255);
    response.result = reader.u16();
    response.epoch = reader.u32();
    if (reader.failed())
        return fail(ErrorCode::Truncated, "a NAT-PMP response is cut off");
    if (response.opcode == NatPmpOpcode::ExternalAddress) {
        response.externalAddress.octets = reader.array<4>();
    } else {
        response.internalPort = reader.u16();
        response.externalPort = reader.u16();
        response.lifetime = reader.u32();
    }
    if (reader.failed() && (response.result == 0 || response.opcode != NatPmpOpcode::ExternalAddress))
        return fail(ErrorCode::Truncated, "a NAT-PMP response is cut off");
    return response;
}

} // namespace culvert::wire
