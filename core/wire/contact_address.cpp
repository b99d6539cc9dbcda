#include "core/wire/contact_address.h"

#include <cctype>

namespace culvert::wire {

namespace {

constexpr std::size_t kHeaderSize = 2;
constexpr std::size_t kChecksumSize = 4;
constexpr std::size_t kSizeMin = kHeaderSize + 32 + 8 + 1 + 1 + kChecksumSize;
constexpr std::size_t kSizeMax = 255;

// CRC-32 (ISO 3309): it finds damage, not malice; the sender's identity is proven by the handshake.
std::uint32_t crc32(BytesView bytes) {
    std::uint32_t crc = 0xffffffff;
    for (const std::uint8_t octet : bytes) {
        crc ^= octet;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (0xedb88320 & (0 - (crc & 1)));
    }
    return ~crc;
}

std::size_t charactersFor(std::size_t octets) {
    return (octets * 8 + 4) / 5;
}

std::size_t findScheme(std::string_view text) {
    const auto lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
    const auto found = std::search(text.begin(), text.end(), kAddressScheme.begin(), kAddressScheme.end(),
                                   [&](char a, char b) { return lower(a) == b; });
    return found == text.end() ? std::string_view::npos : static_cast<std::size_t>(found - text.begin());
}

bool isBase32(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
}

// Octets that mailers, terminals and chat programs put between the characters: white space, quote marks, soft breaks,
// and the UTF-8 octets of zero-width and no-break spaces.
bool isFiller(char c) {
    const auto octet = static_cast<unsigned char>(c);
    return std::isspace(octet) != 0 || c == '>' || c == '|' || c == '"' || c == '\'' || c == '`' || c == '*' ||
           c == '=' || c == '-' || c == '_' || octet >= 0x80;
}

struct Collected {
    std::string characters;
    char foreign = 0; // the character that ended it, if there was one
};

Collected collect(std::string_view text, std::size_t wanted) {
    Collected out;
    for (const char c : text) {
        if (out.characters.size() == wanted)
            break;
        if (isBase32(c)) {
            out.characters.push_back(c);
        } else if (!isFiller(c)) {
            out.foreign = c;
            break;
        }
    }
    return out;
}

// REQUIRES: `characters` holds base32 characters only.
Bytes decodeCharacters(std::string_view characters, std::size_t octets) {
    Bytes bytes;
    std::uint32_t pending = 0;
    int bits = 0;
    for (const char c : characters) {
        const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        const int value = lower >= 'a' ? lower - 'a' : lower - '2' + 26;
        pending = pending << 5 | static_cast<std::uint32_t>(value);
        bits += 5;
        if (bits >= 8 && bytes.size() < octets) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(pending >> bits & 255));
        }
    }
    return bytes;
}

// A character that one can see, or its name.
std::string shown(char c) {
    if (std::isprint(static_cast<unsigned char>(c)) != 0)
        return "\"" + std::string(1, c) + "\"";
    return "a control character";
}

Unexpected incomplete(const Collected& collected, std::size_t wanted) {
    const std::string count =
        std::to_string(collected.characters.size()) + " of " + std::to_string(wanted) + " characters are there";
    if (collected.foreign != 0)
        return fail(ErrorCode::Malformed, "The address contains " + shown(collected.foreign) +
                                              ", which no Culvert address has (" + count +
                                              "). Copy it again from where it was shown.");
    return fail(ErrorCode::Truncated, "The address is cut off: " + count + ". Copy the whole of it.");
}

Result<ContactAddress> parseBody(BytesView body) {
    ByteReader reader(body);
    ContactAddress address;
    address.key = reader.array<32>();
    address.token = reader.array<8>();
    TRY(endpoints, readEndpoints(reader));
    TRY(thirdParties, readThirdParties(reader));
    if (!reader.finished())
        return fail(ErrorCode::Malformed, "fields and length do not agree");
    address.endpoints = std::move(endpoints);
    address.thirdParties = std::move(thirdParties);
    return address;
}

Bytes encodeBody(const ContactAddress& address) {
    Bytes out;
    ByteWriter writer(out);
    writer.u8(kAddressVersion).u8(0).bytes(address.key).bytes(address.token);
    writeEndpoints(writer, address.endpoints);
    writeThirdParties(writer, address.thirdParties);
    return out;
}

} // namespace

std::string encodeContactAddress(const ContactAddress& address) {
    ContactAddress fitting = address;
    Bytes out = encodeBody(fitting);
    while (out.size() + kChecksumSize > kSizeMax) {
        if (fitting.thirdParties.size() > 1)
            fitting.thirdParties.pop_back();
        else
            fitting.endpoints.pop_back();
        out = encodeBody(fitting);
    }
    out[1] = static_cast<std::uint8_t>(out.size() + kChecksumSize);
    ByteWriter(out).u32(crc32(out));
    return std::string(kAddressScheme) + toBase32(out);
}

Result<ContactAddress> decodeContactAddress(std::string_view text) {
    const std::size_t scheme = findScheme(text);
    if (scheme == std::string_view::npos)
        return fail(ErrorCode::NotFound,
                    "There is no Culvert address in this text. It starts with \"culvert:\"; copy it whole.");
    const std::string_view rest = text.substr(scheme + kAddressScheme.size());

    const Collected head = collect(rest, charactersFor(kHeaderSize));
    if (head.characters.size() < charactersFor(kHeaderSize))
        return incomplete(head, charactersFor(kSizeMin));
    const Bytes header = decodeCharacters(head.characters, kHeaderSize);
    if (header[0] > kAddressVersion)
        return fail(
            ErrorCode::Unsupported,
            "This address was made by a newer Culvert, or its beginning is damaged. Update Culvert, or copy it again.");
    if (header[0] != kAddressVersion || header[1] < kSizeMin)
        return fail(ErrorCode::Malformed, "The beginning of the address is damaged. Copy it again.");

    const std::size_t wanted = charactersFor(header[1]);
    const Collected all = collect(rest, wanted);
    if (all.characters.size() < wanted)
        return incomplete(all, wanted);
    const Bytes bytes = decodeCharacters(all.characters, header[1]);
    const BytesView covered = BytesView(bytes).first(bytes.size() - kChecksumSize);
    if (ByteReader(BytesView(bytes).last(kChecksumSize)).u32() != crc32(covered))
        return fail(ErrorCode::Unauthenticated,
                    "The address is damaged: a character was changed, lost or doubled. Copy it again.");
    auto address = parseBody(covered.subspan(kHeaderSize));
    if (!address)
        return fail(ErrorCode::Unsupported, "This address uses something that this Culvert does not know (" +
                                                address.error().detail + "). Update Culvert.");
    return address;
}

} // namespace culvert::wire
