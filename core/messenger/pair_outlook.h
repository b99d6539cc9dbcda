// PairOutlook: whether two ends can meet at all, by which road, and what the one thing is that would change it. Values
// and their sentences; pair_prediction.h works them out.
#pragma once

namespace culvert {

enum class PathKind;

/// Three-valued, in this order: of several conditions the least counts, of several ways the greatest.
enum class Answer { No, Unknown, Yes };

/// What has to help until the two have met; after that nobody stands between.
enum class Helper {
    Nobody,       ///< one end calls the other
    TeredoServer, ///< bubbles go through it (RFC 4380 §5.3)
    Doorbell,     ///< one end rings the other through a Teredo server
    ThirdParty,   ///< a handoff tells each where the other is
};

/// Why two ends cannot meet. "Here" is the end that is told.
enum class Obstacle {
    None,
    UdpBlockedHere,
    UdpBlockedThere,
    UdpBlockedBoth,
    Ipv4HereIpv6There, ///< and nothing else
    Ipv6HereIpv4There,
    BothShut,       ///< neither can be called, and nobody tells them where the other is
    ShutAndUnknown, ///< the other end cannot be called, and has no address of ours
    BothHard,       ///< each NAT shows every peer another port
    HardHere,       ///< ours does, and theirs lets in only what it has written to
    HardThere,      ///< the reverse
};

/// What would change it.
enum class Remedy {
    None,
    ShareAddress,  ///< the other end adds our address string
    UseThirdParty, ///< one that both can reach
    MapPort,       ///< UPnP, NAT-PMP or PCP in the router, or a port forwarded by hand
    OpenIpv6,      ///< a pinhole in the firewall
    LetUdpOut,     ///< or another network
    GetIpv6,       ///< from the provider
    GetIpv4,       ///< from the provider
    GetPublicIpv4, ///< an address of one's own instead of a carrier's NAT
};

/// Whose move it is.
enum class Side { Ours, Theirs, Either, Both };

/// What is to be expected of two ends.
struct PairOutlook {
    Answer possible = Answer::Unknown;
    PathKind road{};                    ///< the best one that is certain; PathKind::None where none is
    Helper helper = Helper::Nobody;     ///< what that road needs
    Obstacle obstacle = Obstacle::None; ///< only where it is impossible
    Remedy remedy = Remedy::None;       ///< what would make it certain; none where it is
    Side side = Side::Either;           ///< of the remedy: the easier move
    bool thenExchange = false;          ///< after the remedy both have to exchange their addresses once more
    bool operator==(const PairOutlook&) const = default;
};

/// One sentence, translatable (context "PairOutlook"); empty for None.
const char* sentenceOf(Obstacle obstacle);
const char* sentenceOf(Remedy remedy, Side side);
/// What follows the remedy; empty where nothing does.
const char* sentenceAfter(const PairOutlook& outlook);

/// The words that scripts see.
const char* nameOf(Answer answer);
const char* nameOf(Helper helper);
const char* nameOf(Obstacle obstacle);
const char* nameOf(Remedy remedy);
const char* nameOf(Side side);

} // namespace culvert
