// The contact address string: what people exchange to become contacts.
//
//  "culvert:" then lower-case base32 of
//  | version (1) | length of all (1) | Ed25519 key (32) | token (8) | endpoints | third parties | CRC-32 (4) |
//
// The length makes it find its own end, so that it survives line wraps, quotes, upper case and text around it.
#pragma once

#include "core/wire/control_message.h"

namespace culvert::wire {

/// Everything that a contact address string says.
struct ContactAddress {
    PublicKeyBytes key{};
    Token token{}; ///< the invitation: lets a stranger's first contact request in
    std::vector<EndpointRecord> endpoints;
    std::vector<ThirdPartyRecord> thirdParties;
    bool operator==(const ContactAddress&) const = default;
};

inline constexpr std::string_view kAddressScheme = "culvert:";
inline constexpr std::uint8_t kAddressVersion = 1;

/// The string. Endpoints beyond what 255 octets hold are left out, last first.
std::string encodeContactAddress(const ContactAddress& address);
/// Finds the first address string in `text` and decodes it. The error's detail says what is wrong and what to do.
Result<ContactAddress> decodeContactAddress(std::string_view text);

} // namespace culvert::wire
