// Settings: what the user decided once for the whole profile.
#pragma once

namespace culvert {

/// Kept with the profile.
struct Settings {
    /// Messages may go by the ordinary route between a Teredo address and the IPv6 internet: through a relay that
    /// neither end chose. It sees who talks to whom and when, and nothing of what is said.
    bool allowOrdinaryRoute = false;
    /// Contacts are looked for on the local network, by datagrams that tell strangers nothing but that Culvert is here.
    bool lanDiscovery = true;
    bool operator==(const Settings&) const = default;
};

} // namespace culvert
