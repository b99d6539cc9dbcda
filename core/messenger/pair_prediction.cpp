#include "core/messenger/pair_prediction.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace culvert {

namespace {

Answer all(std::initializer_list<Answer> conditions) {
    return std::min(conditions);
}

Answer any(std::initializer_list<Answer> ways) {
    return std::max(ways);
}

Answer inverse(Answer answer) {
    return answer == Answer::Unknown ? answer : answer == Answer::Yes ? Answer::No : Answer::Yes;
}

Answer answer(bool isSo) {
    return isSo ? Answer::Yes : Answer::No;
}

template<typename T> Answer is(const std::optional<T>& known, T wanted) {
    return known ? answer(*known == wanted) : Answer::Unknown;
}

Answer hasIpv6(const EndFacts& end) {
    return end.ipv6 == Ipv6Reach::Unknown ? Answer::Unknown : answer(end.ipv6 != Ipv6Reach::None);
}

Answer hasIpv4(const EndFacts& end) {
    return end.ipv4 == Ipv4Reach::Unknown ? Answer::Unknown : answer(end.ipv4 != Ipv4Reach::None);
}

Answer isTeredo(const EndFacts& end) {
    return end.teredo == TeredoReach::Unknown ? Answer::Unknown : answer(end.teredo != TeredoReach::None);
}

// Whether strangers' packets come in.
Answer isOpen6(const EndFacts& end) {
    if (end.ipv6 == Ipv6Reach::Unknown || end.ipv6 == Ipv6Reach::Present)
        return Answer::Unknown;
    return answer(end.ipv6 == Ipv6Reach::Open);
}

Answer isPublic4(const EndFacts& end) {
    return end.ipv4 == Ipv4Reach::Unknown ? Answer::Unknown
                                          : answer(end.ipv4 == Ipv4Reach::Public || end.ipv4 == Ipv4Reach::Mapped);
}

Answer isOpen4(const EndFacts& end) {
    const Answer isCone =
        end.teredo == TeredoReach::Unknown ? Answer::Unknown : answer(end.teredo == TeredoReach::Cone);
    return any({isPublic4(end), isCone});
}

// Whether strangers' TCP connections come in: a router that forwards a port does so for both protocols.
Answer listens4(const EndFacts& end) {
    return all({isPublic4(end), end.takesTcp});
}

Answer listens6(const EndFacts& end) {
    return all({isOpen6(end), end.takesTcp});
}

Answer isTranslated(const EndFacts& end) {
    return end.ipv4 == Ipv4Reach::Unknown ? Answer::Unknown
                                          : answer(end.ipv4 == Ipv4Reach::Nat || end.ipv4 == Ipv4Reach::CarrierNat);
}

// RFC 4787 §4.1: one port for everybody.
Answer isEasy(const EndFacts& end) {
    return any({inverse(isTranslated(end)), is(end.mapping, NatMapping::EndpointIndependent)});
}

// RFC 4787 §5: whoever may come in from a port that nothing was sent to.
Answer isLoose(const EndFacts& end) {
    return any({inverse(isTranslated(end)), inverse(is(end.filtering, NatFiltering::AddressAndPortDependent))});
}

Answer letsAllIn(const EndFacts& end) {
    return any({inverse(isTranslated(end)), is(end.filtering, NatFiltering::EndpointIndependent)});
}

Answer isNested(const EndFacts& end) {
    return end.ipv4 == Ipv4Reach::Unknown ? Answer::Unknown : answer(end.ipv4 == Ipv4Reach::CarrierNat);
}

// Whether the port that another end will see can be said before (RFC 6081 §5.4, §5.5).
Answer isForetold(const EndFacts& end) {
    return any({isEasy(end), end.preservesPort, end.isSequential});
}

// Both send to where a third party (or server) sees the other: whether they meet.
Answer punches(const EndFacts& x, const EndFacts& y, const Abilities& abilities) {
    const Answer ways = any({
        all({isEasy(x), isEasy(y)}),
        // A hard one comes from another port than the one that was told.
        all({isEasy(x), isLoose(x)}),
        all({isEasy(y), isLoose(y)}),
    });
    // Two hard ones: the one that lets all in is found at the mapping it has towards the third party, and answers from
    // yet another port. That settles as long as not each answer makes a new port on both sides.
    const Answer chases =
        all({is(x.mapping, NatMapping::AddressAndPortDependent), is(y.mapping, NatMapping::AddressAndPortDependent)});
    const Answer hard = all({any({all({letsAllIn(x), isLoose(y)}), all({letsAllIn(y), isLoose(x)})}), inverse(chases)});
    // A search may find nothing, and needs to know that one end is hard; a port that is foretold may go to another
    // flow.
    const Answer guessed = all({answer(abilities.birthday), any({isEasy(x), isEasy(y)}), Answer::Unknown});
    const Answer foretold =
        all({answer(abilities.nextPort), Answer::Unknown,
             any({all({isForetold(x), any({isForetold(y), isLoose(x)})}), all({isForetold(y), isLoose(y)})})});
    return any({ways, hard, guessed, foretold});
}

// RFC 6081 §5.4: a port that nobody was written to from is shown as it is. Where the other end is hard as well, it
// depends on whose first packet comes first.
Answer meetsOnNewPort(const EndFacts& hard, const EndFacts& other) {
    const Answer byLuck = all({Answer::Unknown, any({other.preservesPort, isLoose(hard)})});
    return all({hard.preservesPort, any({isEasy(other), byLuck})});
}

// RFC 6081 §5.5.
Answer meetsOnNextPort(const EndFacts& hard, const EndFacts& other, const Abilities& abilities) {
    return all({answer(abilities.nextPort), hard.isSequential,
                any({isEasy(other), all({any({other.preservesPort, isLoose(hard)}), Answer::Unknown})})});
}

/// One road between the two.
struct Road {
    PathKind kind = PathKind::None;
    Helper helper = Helper::Nobody;
    Answer isThere = Answer::Unknown;
};

/// All roads, worked out for one pair.
class Roads {
public:
    Roads(const EndFacts& ours, const EndFacts& theirs, const Help& help, const Abilities& abilities)
        : m_ours(ours), m_theirs(theirs), m_help(help), m_abilities(abilities) {}

    Answer shareUdp() const { return all({m_ours.udpPasses, m_theirs.udpPasses}); }
    Answer share6() const { return all({hasIpv6(m_ours), hasIpv6(m_theirs)}); }
    Answer share4() const { return all({hasIpv4(m_ours), hasIpv4(m_theirs)}); }
    Answer someoneKnows() const { return any({m_ours.knowsOther, m_theirs.knowsOther}); }
    Answer bothKnow() const { return all({m_ours.knowsOther, m_theirs.knowsOther}); }
    // A handoff tells the one who is called where the caller is.
    Answer isHanded() const { return all({m_help.thirdParty, someoneKnows()}); }

    /// The best kind first.
    std::array<Road, 11> list() const {
        const Answer tcp = answer(m_abilities.tcp);
        const Answer isListening = any({all({share4(), any({listens4(m_ours), listens4(m_theirs)})}),
                                        all({share6(), any({listens6(m_ours), listens6(m_theirs)})})});
        const Answer six = all({share6(), shareUdp()}), four = all({share4(), shareUdp()});
        const Answer knowsOnLan = any({someoneKnows(), answer(m_abilities.lanBeacons)});
        const Answer rings = any({ringsFrom(m_ours, m_theirs), ringsFrom(m_theirs, m_ours)});
        const Answer anyOpen = any({isOpen4(m_ours), isOpen4(m_theirs)});
        return {{
            {PathKind::Lan, Helper::Nobody, all({m_help.sameLan, knowsOnLan})},
            {PathKind::Native6, Helper::Nobody, all({six, any({calls(isOpen6), bothKnow()})})},
            {PathKind::Native6, Helper::ThirdParty, all({six, isHanded()})},
            {PathKind::Mapped4, Helper::Nobody,
             all({four, any({calls(isPublic4), all({calls(isOpen4), areSeenRight()})})})},
            {PathKind::Mapped4, Helper::Doorbell, all({four, rings})},
            {PathKind::Mapped4, Helper::ThirdParty, all({four, anyOpen, isHanded()})},
            {PathKind::Teredo, Helper::TeredoServer, all({four, bubbles()})},
            {PathKind::Punched4, Helper::ThirdParty, all({four, punchesHanded()})},
            {PathKind::Tcp, Helper::Nobody,
             all({tcp, any({all({share4(), calls(listens4)}), all({share6(), calls(listens6)})})})},
            {PathKind::Tcp, Helper::ThirdParty, all({tcp, isListening, isHanded()})},
            {PathKind::Tcp, Helper::ThirdParty, all({tcp, crosses()})},
        }};
    }

private:
    // RFC 4380 §5.2.1 takes a hard NAT that lets all in for a cone, and then nobody answers where it seems to be.
    static Answer isSeenRight(const EndFacts& end) {
        const Answer isMistaken = all({isTeredo(end), inverse(isEasy(end)), letsAllIn(end)});
        return isMistaken == Answer::No ? Answer::Yes : Answer::Unknown;
    }
    Answer areSeenRight() const { return all({isSeenRight(m_ours), isSeenRight(m_theirs)}); }
    Answer punchesHanded() const {
        const Answer areTold = any({bothKnow(), answer(m_abilities.answersHandoffs)});
        return all({isHanded(), areSeenRight(),
                    any({all({areTold, punches(m_ours, m_theirs, m_abilities)}), isCalledBack(m_ours, m_theirs),
                         isCalledBack(m_theirs, m_ours)})});
    }
    // The caller alone is told of. It has sent nothing to the one who calls it back, unless a Teredo address said
    // where.
    Answer isCalledBack(const EndFacts& caller, const EndFacts& called) const {
        const Answer isLetIn = any({letsAllIn(caller), all({isEasy(caller), isLoose(caller), isTeredo(called)})});
        return all({caller.knowsOther, isLetIn, punches(caller, called, {})});
    }
    // RFC 9293 §3.5: both connect from the port that they listen at, so that each one's SYN opens its own firewall for
    // the other one's. Without a handoff they may try at different times, and nobody knows where a NAT shows the other
    // end. A NAT may also give TCP another port than the one that is known, or answer a SYN with a reset (RFC 5382
    // REQ-4 says that it must not): that is luck. NATs of which nothing is known are not counted on at all: luck comes
    // within seconds or never, and who waits longer is better told what stands between the two.
    Answer crosses() const {
        const Answer atOnce = any({isHanded(), all({bothKnow(), Answer::Unknown})});
        const Answer ourPort = isForetold(m_ours), theirPort = isForetold(m_theirs);
        // All connections leave from one port, and what comes in there is answered on the same flow. Of two NATs in a
        // row one may do as much.
        const Answer letsIn = any({letsAllIn(m_ours), letsAllIn(m_theirs), isNested(m_ours), isNested(m_theirs)});
        const Answer shown =
            any({letsIn, all({ourPort, any({theirPort, isLoose(m_ours)})}), all({theirPort, isLoose(m_theirs)})});
        const bool isMade = any({shown, punches(m_ours, m_theirs, {})}) == Answer::Yes;
        const Answer byLuck = all({share4(), isHanded(), isMade ? Answer::Unknown : Answer::No});
        return all({m_ours.takesTcp, m_theirs.takesTcp, any({all({share6(), atOnce}), byLuck})});
    }
    // One end is open, and the other one knows where it is.
    Answer calls(Answer (*isOpen)(const EndFacts&)) const {
        return any({all({isOpen(m_ours), m_theirs.knowsOther}), all({isOpen(m_theirs), m_ours.knowsOther})});
    }
    Answer ringsFrom(const EndFacts& caller, const EndFacts& called) const {
        return all({isOpen4(caller), caller.knowsOther, called.hasDoorbell, m_help.teredoServer});
    }
    // RFC 4380 §5.2.4: the bubble through the server of a client has it answer; RFC 6081 §3 says behind which NATs.
    Answer bubbles() const {
        const Answer clients = all({isTeredo(m_ours), isTeredo(m_theirs), someoneKnows()});
        // Our relay asks for no nonce, so that a client must come from the port in its address; and the client answers
        // where its server saw the relay. A handoff tells of the client.
        const auto isRelayed = [this](const EndFacts& client, const EndFacts& relay) {
            const Answer isKnown = any({relay.knowsOther, all({client.knowsOther, m_help.thirdParty})});
            return all(
                {isTeredo(client), isEasy(client), any({isEasy(relay), Answer::Unknown}), hasIpv6(relay), isKnown});
        };
        const Answer meets = any({punches(m_ours, m_theirs, {}),
                                  all({clients, any({meetsOnNewPort(m_ours, m_theirs), meetsOnNewPort(m_theirs, m_ours),
                                                     meetsOnNextPort(m_ours, m_theirs, m_abilities),
                                                     meetsOnNextPort(m_theirs, m_ours, m_abilities)})})});
        return all({any({clients, isRelayed(m_ours, m_theirs), isRelayed(m_theirs, m_ours)}), meets, areSeenRight()});
    }

    const EndFacts& m_ours;
    const EndFacts& m_theirs;
    const Help& m_help;
    const Abilities& m_abilities;
};

Obstacle obstacleOf(const EndFacts& ours, const EndFacts& theirs, const Help& help, const Roads& roads) {
    // Without a family in common it does not matter what else is in the way.
    if (roads.share4() == Answer::No && roads.share6() == Answer::No)
        return hasIpv6(ours) == Answer::No ? Obstacle::Ipv4HereIpv6There : Obstacle::Ipv6HereIpv4There;
    if (roads.shareUdp() == Answer::No) {
        if (ours.udpPasses == theirs.udpPasses)
            return Obstacle::UdpBlockedBoth;
        return ours.udpPasses == Answer::No ? Obstacle::UdpBlockedHere : Obstacle::UdpBlockedThere;
    }
    const bool isHanded = roads.isHanded() != Answer::No;
    if (!isHanded && theirs.knowsOther == Answer::No &&
        (isOpen4(ours) == Answer::Yes || isOpen6(ours) == Answer::Yes || roads.share6() == Answer::Yes))
        return Obstacle::ShutAndUnknown;
    if (!isHanded || help.thirdParty == Answer::No)
        return Obstacle::BothShut;
    if (isEasy(ours) == Answer::No && isEasy(theirs) == Answer::No)
        return Obstacle::BothHard;
    return isEasy(ours) == Answer::No ? Obstacle::HardHere : Obstacle::HardThere;
}

/// A remedy and whose it is.
struct Move {
    Remedy remedy;
    Side side;
};

// The easier first: what needs no router and no provider, and what we can do ourselves.
constexpr Move kMoves[] = {
    {Remedy::ShareAddress, Side::Theirs}, {Remedy::MapPort, Side::Either},       {Remedy::MapPort, Side::Ours},
    {Remedy::MapPort, Side::Theirs},      {Remedy::UseThirdParty, Side::Either}, {Remedy::OpenIpv6, Side::Either},
    {Remedy::OpenIpv6, Side::Ours},       {Remedy::OpenIpv6, Side::Theirs},      {Remedy::LetUdpOut, Side::Ours},
    {Remedy::LetUdpOut, Side::Theirs},    {Remedy::LetUdpOut, Side::Both},       {Remedy::GetIpv6, Side::Either},
    {Remedy::GetIpv6, Side::Ours},        {Remedy::GetIpv6, Side::Theirs},       {Remedy::GetPublicIpv4, Side::Either},
    {Remedy::GetPublicIpv4, Side::Ours},  {Remedy::GetPublicIpv4, Side::Theirs}, {Remedy::GetIpv4, Side::Ours},
    {Remedy::GetIpv4, Side::Theirs},      {Remedy::MapPort, Side::Both},         {Remedy::GetPublicIpv4, Side::Both},
    {Remedy::GetIpv6, Side::Both},
};

void apply(EndFacts& end, Remedy remedy) {
    const bool hasNat = end.ipv4 == Ipv4Reach::Nat || end.ipv4 == Ipv4Reach::CarrierNat;
    switch (remedy) {
    case Remedy::MapPort: // A carrier's NAT does not ask us.
        end.ipv4 = end.ipv4 == Ipv4Reach::Nat ? Ipv4Reach::Mapped : end.ipv4;
        return;
    case Remedy::GetPublicIpv4:
        end.ipv4 = hasNat ? Ipv4Reach::Mapped : end.ipv4;
        return;
    case Remedy::OpenIpv6:
        end.ipv6 = hasIpv6(end) == Answer::Yes ? Ipv6Reach::Open : end.ipv6;
        return;
    case Remedy::LetUdpOut:
        end.udpPasses = Answer::Yes;
        return;
    case Remedy::GetIpv6:
        end.ipv6 = end.ipv6 == Ipv6Reach::None ? Ipv6Reach::Firewalled : end.ipv6;
        return;
    case Remedy::GetIpv4:
        end.ipv4 = end.ipv4 == Ipv4Reach::None ? Ipv4Reach::Public : end.ipv4;
        return;
    case Remedy::ShareAddress:
        end.knowsOther = Answer::Yes;
        return;
    case Remedy::None:
    case Remedy::UseThirdParty:
        return;
    }
}

PairOutlook withoutRemedy(const EndFacts& ours, const EndFacts& theirs, const Help& help, const Abilities& abilities) {
    const Roads roads(ours, theirs, help, abilities);
    PairOutlook out;
    out.possible = Answer::No;
    std::optional<Road> cheapest;
    for (const Road& road : roads.list()) {
        out.possible = std::max(out.possible, road.isThere);
        if (road.isThere != Answer::Yes)
            continue;
        if (out.road == PathKind::None)
            out.road = road.kind;
        if (!cheapest || road.helper < cheapest->helper)
            cheapest = road;
    }
    if (cheapest)
        out.helper = cheapest->helper;
    if (out.possible == Answer::No)
        out.obstacle = obstacleOf(ours, theirs, help, roads);
    return out;
}

bool givesAddress(Remedy remedy) {
    return remedy == Remedy::MapPort || remedy == Remedy::OpenIpv6 || remedy == Remedy::GetPublicIpv4 ||
           remedy == Remedy::GetIpv4 || remedy == Remedy::GetIpv6;
}

} // namespace

PairFacts withRemedy(PairFacts facts, Remedy remedy, Side side) {
    // Where either end could, ours does: predict() has asked for both.
    if (side == Side::Ours || side == Side::Both || side == Side::Either)
        apply(facts.ours, remedy);
    if (side == Side::Theirs || side == Side::Both)
        apply(facts.theirs, remedy);
    if (remedy == Remedy::UseThirdParty)
        facts.help.thirdParty = Answer::Yes;
    // Who has another address says so, or the remedy is none.
    if (givesAddress(remedy))
        facts.ours.knowsOther = facts.theirs.knowsOther = Answer::Yes;
    return facts;
}

PairOutlook predict(const EndFacts& ours, const EndFacts& theirs, const Help& help, const Abilities& abilities) {
    PairOutlook out = withoutRemedy(ours, theirs, help, abilities);
    if (out.possible == Answer::Yes)
        return out;
    const auto helps = [&](Remedy remedy, Side side) {
        const PairFacts then = withRemedy({ours, theirs, help}, remedy, side);
        return withoutRemedy(then.ours, then.theirs, then.help, abilities).possible == Answer::Yes;
    };
    for (const Move& move : kMoves) {
        if (!helps(move.remedy, move.side))
            continue;
        if (move.side == Side::Either && move.remedy != Remedy::UseThirdParty && !helps(move.remedy, Side::Theirs))
            continue;
        out.remedy = move.remedy;
        out.side = move.side;
        out.thenExchange = givesAddress(move.remedy) && help.thirdParty != Answer::Yes;
        break;
    }
    return out;
}

} // namespace culvert
