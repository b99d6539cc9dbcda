// UpnpKeeper: keeps a UpnpWish true, by rounds of commands to the helper process. What happens in which order and when
// again is decided here; time and the helper's answers are arguments, so that tests need neither.
//
// A round: find the router (the one of before, else by searching), ask for its outer address, make or read back the
// two mappings, tell; then the same for pinholes over IPv6, tell. The next round is due in 6 s while we hold something
// (a router that forgot it is made to remember within 10 s) or lost a router lately, otherwise in a minute.
// Where the router has our port for another computer, which may be ourselves at an address of before, others are tried:
// a few in a round. The one that is granted stays until we move or it is lost; TCP is asked for with UDP's number.
// An answer that does not come costs the helper its life; the round ends, unless other routers are left to be tried.
#pragma once

#include "core/base/random.h"
#include "core/io/upnp_protocol.h"

#include <array>
#include <functional>
#include <map>

namespace culvert {

/// Thread safety: one thread.
class UpnpKeeper {
public:
    /// Puts a command to the helper, which may take that long. An Error means that the helper was ended, but for
    /// WrongState: the program is leaving, nothing was asked.
    using Ask = std::function<Result<upnp::Answer>(const upnp::Command& command, Duration limit)>;
    using Tell = std::function<void(const UpnpState& state)>;

    /// Random outer ports that are tried in one round when ours is taken.
    static constexpr std::size_t kOtherPortsTried = 4;

    /// `random` is used in rounds.
    UpnpKeeper(Ask ask, Tell tell, Random& random) : m_ask(std::move(ask)), m_tell(std::move(tell)), m_random(random) {}

    /// One round; returns how long after its beginning the next is due. `isAfresh`: the network may be another one, so
    /// nothing of before is taken for granted.
    Duration round(Instant now, const UpnpWish& wish, bool isAfresh);

    /// Our own IPv4 address or router is another one: what was told is void, and mappings are asked for again.
    void moved();

    /// The helper was ended between two rounds: the next one has nothing open.
    void helperEnded();

    /// Gives every mapping and pinhole that we asked for back, in as many commands.
    void takeBack();

    const UpnpState& state() const { return m_state; }
    /// Whether there is something to give back.
    bool holdsAnything() const;

private:
    /// The mapping of one transport protocol.
    struct HeldMapping {
        bool isOurs = false;        ///< we asked for it and got it
        std::uint16_t external = 0; ///< the outer port that we have, or ask for first; zero: as our own
        Instant nextRequest{};      ///< when to renew it, or to ask again after a refusal
    };
    /// A pinhole of ours.
    struct HeldPinhole {
        std::optional<std::uint16_t> id;
        Instant nextRequest{};
        UpnpPinhole told;
    };

    template<typename T> std::optional<T> ask(const upnp::Command& command, Duration limit);
    void tell(const UpnpState& state);
    void dropUnwished();

    void keepIpv4(UpnpState& next);
    bool findRouter(UpnpState& next);
    bool search(UpnpState& next);
    std::optional<upnp::DeviceAnswer> useBest(const std::vector<std::string>& urls);
    std::optional<upnp::DeviceAnswer> use(bool isV6, const std::string& url);
    void take(UpnpState& next, const upnp::DeviceAnswer& device);
    bool updateAddress(UpnpState& next);
    void keepMapping(UpnpMapping& mapping, bool isTcp);
    void followUdp();
    std::optional<UpnpMapping> ask(upnp::MappingVerb verb, bool isTcp, std::uint16_t external);
    std::optional<UpnpMapping> map(bool isTcp, std::uint16_t lost);
    std::vector<std::uint16_t> portsToTry(std::uint16_t first);
    std::uint16_t externalPort(bool isTcp) const;
    void forgetRouter(UpnpState& next);

    void keepIpv6(UpnpState& next);
    bool findFirewall();
    bool updateFirewall(UpnpState& next);
    UpnpPinhole keepPinhole(const Ipv6Address& address);
    void closePinhole(const Ipv6Address& address, std::uint16_t id);
    void unmap(bool isTcp);

    Duration pause() const;

    Ask m_ask;
    Tell m_tell;
    Random& m_random;
    UpnpState m_state;
    UpnpWish m_wish;
    Instant m_now{};
    bool m_isAfresh = false;
    bool m_isLeaving = false; // in the middle of a round
    bool m_isCut = false;     // the helper was ended in this round
    std::string m_reason;     // why something was of no use in this round, in our words

    bool m_hasRouter = false; // the helper has it open
    std::string m_routerUrl;  // of the last one
    std::optional<Instant> m_lastSpoke;
    std::uint16_t m_mappedPort = 0;
    std::uint16_t m_otherPort = 0;         // the last that was granted in place of it, or 0
    std::array<HeldMapping, 2> m_mappings; // UDP, TCP

    bool m_hasFirewall = false;
    std::string m_firewallUrl;
    Instant m_nextFirewallLook{};
    std::map<Ipv6Address, HeldPinhole> m_pinholes; // at most kPinholesMax
};

} // namespace culvert
