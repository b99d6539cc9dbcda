// Settings: what the user decided once for the whole profile.
#pragma once

namespace culvert {

/// Whether a contact behind a NAT that shows a new random port to everybody is looked for with hundreds of sockets or a
/// thousand packets.
enum class HardPunching {
    Automatic, ///< not behind a provider's NAT, which many share, nor in a network that is paid for by the octet
    On,
    Off,
};

/// Kept with the profile.
struct Settings {
    /// Messages may go by the ordinary route between a Teredo address and the IPv6 internet: through a relay that
    /// neither end chose. It sees who talks to whom and when, and nothing of what is said.
    bool allowOrdinaryRoute = false;
    /// Contacts are looked for on the local network, by datagrams that tell strangers nothing but that Culvert is here.
    bool lanDiscovery = true;
    HardPunching hardPunching = HardPunching::Automatic;
    /// TCP connections may be opened and taken where UDP does not get through.
    bool tcp = true;
    /// Handoffs between contacts who both take part are passed on through us, and ours through them. Who takes part
    /// shows it to the contacts of his contacts who know him already.
    bool couriers = false;
    /// Routers are asked to forward our port.
    bool mapPort = true;
    /// Contacts are told which of their messages were read, and we are shown what they read of ours.
    bool readReceipts = true;
    /// Contacts are told while something is being written to them.
    bool typingHints = true;
    bool operator==(const Settings&) const = default;
};

} // namespace culvert
