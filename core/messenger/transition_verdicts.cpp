// Each way to carry IPv6, judged: whether it is there, whether it helps, and why, as one would explain it to a friend.
#include "core/messenger/report_parts.h"

#include <algorithm>

namespace culvert {

namespace {

/// What the verdicts rest on.
struct Ways {
    const NetworkStatus& status;
    bool has4 = false;
    bool hasPublic4 = false;   ///< on an interface: protocol 41 reaches it
    bool isReachable4 = false; ///< a public or mapped IPv4 address of ours leads to our port
    bool has6 = false;
};

bool hasInterface(const LocalNetwork& local, InterfaceKind kind) {
    return std::ranges::find(local.interfaces, kind, &LocalInterface::kind) != local.interfaces.end();
}

template<typename Predicate> bool hasAddress6(const LocalNetwork& local, Predicate wanted) {
    return std::ranges::any_of(local.interfaces, [&](const LocalInterface& holder) {
        return std::ranges::any_of(holder.addresses, [&](const LocalAddress& held) {
            return held.address.isV6() && wanted(holder, held.address.v6());
        });
    });
}

Tested tested(bool value) {
    return value ? Tested::Yes : Tested::No;
}

TransitionVerdict judgeNative(const Ways& ways, const PeerFamilies* peer) {
    TransitionVerdict out{TransitionMechanism::Native, tested(ways.has6), tested(ways.has6)};
    if (!ways.has6) {
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "This computer has no IPv6 of its own. Where a provider gives "
                                                        "it, it is the best way.");
        return out;
    }
    out.reason = QT_TRANSLATE_NOOP("NetworkReport", "The best way: packets go straight to every peer that has IPv6.");
    if (peer == nullptr)
        return out;
    out.isUsable = tested(peer->hasNative6);
    out.reason = peer->hasNative6 ? QT_TRANSLATE_NOOP("NetworkReport",
                                                      "The best way: both of you have IPv6, and packets go straight.")
                                  : QT_TRANSLATE_NOOP("NetworkReport", "This peer has no IPv6 of its own.");
    return out;
}

// Towards a peer nothing changes: what stops 6to4 lies here, and in the relays that are gone.
TransitionVerdict judgeSixToFour(const Ways& ways) {
    const bool isPresent =
        hasAddress6(ways.status.local, [](const auto&, const Ipv6Address& a) { return a.isSixToFour(); });
    // A router that does 6to4 itself, with its own public address, gives out such addresses as any other.
    const bool isRouters = hasAddress6(ways.status.local, [](const LocalInterface& holder, const Ipv6Address& a) {
        return holder.kind == InterfaceKind::Physical && a.isSixToFour();
    });
    TransitionVerdict out{TransitionMechanism::SixToFour, tested(isPresent), Tested::No};
    if (!ways.hasPublic4 && !isRouters)
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "It needs a public IPv4 address on this computer: its packets "
                                                        "(IP protocol 41) don't get through a NAT. Its public relays "
                                                        "were given up as well (RFC 7526).");
    else if (isPresent)
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "It is set up, but the public relays that led to ordinary IPv6 "
                                                        "were given up (RFC 7526), so hardly any peer can be reached.");
    else
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "It would need administrator rights, and the public relays that "
                                               "led to ordinary IPv6 were given up (RFC 7526).");
    return out;
}

TransitionVerdict judgeSixRd(const Ways& ways) {
    if (ways.has6)
        return {TransitionMechanism::SixRd, Tested::NotTested, Tested::NotTested,
                QT_TRANSLATE_NOOP("NetworkReport", "Only the provider's router does it. If it does, this computer sees "
                                                   "ordinary IPv6: see there.")};
    return {TransitionMechanism::SixRd, Tested::No, Tested::No,
            QT_TRANSLATE_NOOP("NetworkReport", "Only the provider can switch it on, in the router it gave you (RFC "
                                               "5969). No IPv6 comes out of yours.")};
}

TransitionVerdict judgeSixInFour(const Ways& ways, const PeerFamilies* peer) {
    const bool isPresent = hasAddress6(ways.status.local, [](const LocalInterface& holder, const Ipv6Address& a) {
        return holder.kind == InterfaceKind::Tunnel6 && a.isNativeGlobal();
    });
    TransitionVerdict out{TransitionMechanism::SixInFour, tested(isPresent), tested(isPresent)};
    if (isPresent && peer != nullptr && !peer->hasNative6) {
        out.isUsable = Tested::No;
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "This peer has no IPv6 of its own.");
    } else if (isPresent) {
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "The system carries IPv6 inside IPv4 (IP protocol 41), which "
                                                        "counts as ordinary IPv6; everything takes the way over "
                                                        "the tunnel's other end, mostly a broker.");
    } else if (!ways.hasPublic4) {
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "It needs a tunnel broker, administrator rights, and a router "
                                                        "that lets IP protocol 41 through; not every one does.");
    } else {
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "It needs a tunnel broker and administrator rights; none is set "
                                               "up here.");
    }
    return out;
}

// Behind a restricted NAT a server's address leads here too, but only whoever we call back gets in.
bool isTunnelOpen(const NetworkStatus& status) {
    return status.teredoAddress &&
           (status.teredoAddress != status.teredo.address || status.teredo.kind == TeredoKind::Cone);
}

TransitionVerdict judgeTeredo(const Ways& ways) {
    const bool isPresent =
        hasInterface(ways.status.local, InterfaceKind::Teredo) ||
        hasAddress6(ways.status.local, [](const auto&, const Ipv6Address& a) { return a.isTeredo(); });
    if (isPresent)
        return {TransitionMechanism::Teredo, Tested::Yes, Tested::NotTested,
                QT_TRANSLATE_NOOP("NetworkReport", "The system's own Teredo is on. It lives on other people's servers "
                                                   "and relays, of which few are left, so nothing here relies on it.")};
    return {TransitionMechanism::Teredo, Tested::No, Tested::No,
            QT_TRANSLATE_NOOP("NetworkReport",
                              "The system has none, and none is needed: between friends Culvert's tunnel does the same "
                              "without servers and administrator rights.")};
}

void judgeTunnelTo(const PeerFamilies& peer, const Ways& ways, TransitionVerdict& out) {
    out.isUsable = Tested::Yes;
    if (peer.isOnOurNetwork) {
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "Not needed: you are both in the same network.");
    } else if (peer.hasPublic4 || peer.hasTeredo) {
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "This peer's port can be reached over IPv4, so the tunnel leads "
                                               "there.");
    } else if (ways.isReachable4) {
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "This peer has no open port, but you have: the peer starts, and "
                                               "the tunnel leads here.");
    } else {
        out.isUsable = Tested::NotTested;
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "Neither of you has an open port. It works only if both start at "
                                               "once and both routers let that through.");
    }
}

TransitionVerdict judgeTunnel(const Ways& ways, const PeerFamilies* peer) {
    TransitionVerdict out{TransitionMechanism::CulvertTunnel, tested(ways.status.local.port != 0), Tested::No};
    if (out.isPresent == Tested::No) {
        out.reason = QT_TRANSLATE_NOOP("NetworkReport", "Culvert has no port at the moment.");
    } else if (!ways.has4) {
        out.reason =
            QT_TRANSLATE_NOOP("NetworkReport", "It carries IPv6 inside UDP over IPv4, and this computer has no "
                                               "IPv4.");
    } else if (peer != nullptr) {
        judgeTunnelTo(*peer, ways, out);
    } else {
        out.isUsable = Tested::Yes;
        out.reason =
            ways.isReachable4
                ? QT_TRANSLATE_NOOP("NetworkReport", "IPv6 inside UDP over IPv4, made by Culvert itself. Peers "
                                                     "can start to your open port, and you to theirs.")
                : QT_TRANSLATE_NOOP("NetworkReport", "IPv6 inside UDP over IPv4, made by Culvert itself. It leads "
                                                     "to every peer with an open port; yours is not open.");
    }
    return out;
}

} // namespace

std::vector<TransitionVerdict> judgeMechanisms(const NetworkStatus& status, const std::optional<PeerFamilies>& peer) {
    const ReportFacts facts = factsOf(status);
    const bool isOpen = facts.verdict.inbound4 != Tested::No;
    const Ways ways{status, facts.verdict.has4, facts.hasPublic4,
                    isTunnelOpen(status) || facts.verdict.inbound4 == Tested::Yes ||
                        (isOpen && (facts.isMapped || facts.hasPublic4)),
                    facts.verdict.has6};
    const PeerFamilies* families = peer ? &*peer : nullptr;
    return {judgeNative(ways, families),    judgeSixToFour(ways), judgeSixRd(ways),
            judgeSixInFour(ways, families), judgeTeredo(ways),    judgeTunnel(ways, families)};
}

} // namespace culvert
