// A UPnP action over IPv6 from an address of our choice, for the helper process.
//
// A router opens pinholes only for who asks (miniupnpd says 606 otherwise), so each of our addresses must ask for
// itself; miniupnpc leaves the choice to the system, which takes the temporary address. Only what the actions on
// pinholes need is here.
#pragma once

#include "core/base/socket_address.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace culvert::upnp {

/// An action to be called.
struct SoapCall {
    std::string url; ///< where; its host is an IPv6 address, with a numeric zone where it is link-local
    Ipv6Address from;
    std::string service;
    std::string action;
    std::vector<std::pair<std::string, std::string>> arguments; ///< values that need no escaping: numbers, addresses
};

/// What came of it.
struct SoapReply {
    int error = 0; ///< as UpnpMapping::error
    std::string text;
};

inline constexpr int kSoapFailed = -3; ///< no answer, or none that makes sense; as miniupnpc has it
inline constexpr std::size_t kSoapReplyMax = 16 * 1024;

/// Calls it and waits, at most 4 s.
SoapReply callAction(const SoapCall& call);

/// The HTTP request; nothing where the service's name, which a router chose, is not fit to be part of it.
std::optional<std::string> soapRequest(const SoapCall& call);
/// Of a whole HTTP answer: 0 for success, a UPnP error code, or kSoapFailed.
int soapError(std::string_view reply);
/// The text of the first element of that name, whatever its namespace; nothing where there is none.
std::optional<std::string_view> elementOf(std::string_view xml, std::string_view name);

} // namespace culvert::upnp
