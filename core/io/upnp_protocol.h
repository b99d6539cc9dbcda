// The words between Culvert and its UPnP helper process (upnp_helper.h): lines of ASCII, one command, one answer.
//
//   command                                    answer
//   search 4|6 quick|full                      devices <url> …            descriptions of routers, perhaps none
//   use 4|6 <url>                              device <connected> <address> <external|-> <error> <words>
//                                              none                       nothing could be fetched there
//                                              broken <words>             what was fetched makes no sense
//   status                                     status <external|-> <error> <words>
//   map|read|unmap udp|tcp <port> <external>   mapping <mapped> <confirmed> <another> <external> <seconds> <error>
//                                              <words>        (unmap: done)
//   firewall                                   firewall <on|-> <allowed|->
//   open <address> <port> <id|->               pinhole <open> <id|-> <seconds> <error> <words>
//   check|close <address> <id>                 done <error> <words>
//
// 4 and 6 are the IP versions: what the router does for IPv4 is asked of the device used last with 4, pinholes of the
// one used last with 6. Truth is 0 or 1, <words> is the rest of the line. Both ends parse strictly: one space between
// words, no leading zeros, named limits. The helper is as hostile as the routers that speak through it.
#pragma once

#include "core/base/result.h"
#include "core/gateway/upnp_values.h"

#include <variant>

namespace culvert::upnp {

inline constexpr std::size_t kCommandMax = 512;      ///< octets of a command, without its end
inline constexpr std::size_t kAnswerMax = 64 * 1024; ///< octets of an answer, without its end
inline constexpr std::size_t kUrlMax = 200;
inline constexpr std::size_t kDevicesMax = 8;
inline constexpr std::size_t kWordsMax = 200;
inline constexpr int kErrorMax = 9999; ///< of the magnitude of an error code

/// Look for routers that speak UPnP over this IP version.
struct SearchCommand {
    bool isV6 = false;
    bool isFull = false; ///< wait for all of them, not only for the quickest
    bool operator==(const SearchCommand&) const = default;
};

/// Read this description, and use the device from now on.
struct UseCommand {
    bool isV6 = false;
    std::string url;
    bool operator==(const UseCommand&) const = default;
};

/// Ask for the router's outer address.
struct StatusCommand {
    bool operator==(const StatusCommand&) const = default;
};

/// What is to be done with an entry of the router's table.
enum class MappingVerb { Map, Read, Unmap };

/// Something about one entry of the router's table.
struct MappingCommand {
    MappingVerb verb = MappingVerb::Read;
    bool isTcp = false;
    std::uint16_t port = 0;     ///< ours; never 0 on the wire: a router would forward every port
    std::uint16_t external = 0; ///< the router's; never 0 on the wire
    bool operator==(const MappingCommand&) const = default;
};

/// Ask whether there is an IPv6 firewall that lets itself be opened.
struct FirewallCommand {
    bool operator==(const FirewallCommand&) const = default;
};

/// Open a pinhole for UDP, or lengthen the life of the one with this id.
struct OpenCommand {
    Ipv6Address address;
    std::uint16_t port = 0; ///< never 0 on the wire
    std::optional<std::uint16_t> id;
    bool operator==(const OpenCommand&) const = default;
};

/// Ask for a pinhole, or close it.
struct PinholeCommand {
    bool closes = false;
    Ipv6Address address; ///< for which it is
    std::uint16_t id = 0;
    bool operator==(const PinholeCommand&) const = default;
};

using Command = std::variant<SearchCommand, UseCommand, StatusCommand, MappingCommand, FirewallCommand, OpenCommand,
                             PinholeCommand>;

/// The descriptions of devices that answered the search, each once.
struct DevicesAnswer {
    std::vector<std::string> urls;
    bool operator==(const DevicesAnswer&) const = default;
};

/// The device is in use.
struct DeviceAnswer {
    bool isConnected = false;
    SocketAddress gateway; ///< its port is 0
    std::optional<Ipv4Address> external;
    int error = 0;
    std::string words;
    bool operator==(const DeviceAnswer&) const = default;
};

/// Nothing could be fetched.
struct NoneAnswer {
    bool operator==(const NoneAnswer&) const = default;
};

/// What came makes no sense, or must not be used.
struct BrokenAnswer {
    std::string words;
    bool operator==(const BrokenAnswer&) const = default;
};

/// The router's outer address.
struct StatusAnswer {
    std::optional<Ipv4Address> external;
    int error = 0;
    std::string words;
    bool operator==(const StatusAnswer&) const = default;
};

/// An entry of the router's table.
struct MappingAnswer {
    UpnpMapping mapping; ///< its lifetime is in whole seconds, its outer port is never 0 on the wire
    bool operator==(const MappingAnswer&) const = default;
};

/// The IPv6 firewall; nothing where the router does not say.
struct FirewallAnswer {
    std::optional<bool> isOn;
    std::optional<bool> isAllowed;
    bool operator==(const FirewallAnswer&) const = default;
};

/// A pinhole.
struct PinholeAnswer {
    bool isOpen = false;
    std::optional<std::uint16_t> id;
    Duration lifetime{}; ///< in whole seconds
    int error = 0;
    std::string words;
    bool operator==(const PinholeAnswer&) const = default;
};

/// What was to be done is done, or could not be.
struct DoneAnswer {
    int error = 0;
    std::string words;
    bool operator==(const DoneAnswer&) const = default;
};

using Answer = std::variant<DevicesAnswer, DeviceAnswer, NoneAnswer, BrokenAnswer, StatusAnswer, MappingAnswer,
                            FirewallAnswer, PinholeAnswer, DoneAnswer>;

/// The line, without its end.
std::string formatCommand(const Command& command);
/// The line, without its end. Words are cleaned: what is not printable ASCII becomes '?', the rest is cut.
std::string formatAnswer(const Answer& answer);
/// Malformed when it is not exactly what formatCommand() makes.
Result<Command> parseCommand(std::string_view line);
/// Malformed when it is not exactly what formatAnswer() makes.
Result<Answer> parseAnswer(std::string_view line);

/// At most kWordsMax characters, all printable ASCII, no space at either end.
std::string cleanWords(std::string_view words);

} // namespace culvert::upnp
