// A table of cases: which two homes can meet, how, and what would change it.
#include "core/messenger/pair_prediction.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

namespace culvert {
namespace {

// What is the same of all homes here: UDP passes, no Teredo server, no doorbell, and the other's address is known.
EndFacts home(Ipv4Reach ipv4, Ipv6Reach ipv6 = Ipv6Reach::None) {
    EndFacts out;
    out.ipv4 = ipv4;
    out.ipv6 = ipv6;
    out.preservesPort = out.isSequential = out.takesTcp = out.hasDoorbell = Answer::No;
    out.udpPasses = out.knowsOther = Answer::Yes;
    out.teredo = TeredoReach::None;
    return out;
}

EndFacts behind(NatMapping mapping, NatFiltering filtering, Ipv4Reach kind = Ipv4Reach::Nat) {
    EndFacts out = home(kind);
    out.mapping = mapping;
    out.filtering = filtering;
    return out;
}

EndFacts without(Answer EndFacts::*fact, EndFacts end) {
    end.*fact = Answer::No;
    return end;
}

EndFacts with(Answer EndFacts::*fact, EndFacts end) {
    end.*fact = Answer::Yes;
    return end;
}

EndFacts with(TeredoReach teredo, EndFacts end) {
    end.teredo = teredo;
    return end;
}

using enum NatMapping;
const EndFacts kOpen = home(Ipv4Reach::Public);
const EndFacts kMapped = home(Ipv4Reach::Mapped);
const EndFacts kFull = behind(NatMapping::EndpointIndependent, NatFiltering::EndpointIndependent);
const EndFacts kLoose = behind(NatMapping::EndpointIndependent, NatFiltering::AddressDependent);
const EndFacts kStrict = behind(NatMapping::EndpointIndependent, NatFiltering::AddressAndPortDependent);
const EndFacts kHard = behind(NatMapping::AddressAndPortDependent, NatFiltering::AddressAndPortDependent);
const EndFacts kHardByAddress = behind(NatMapping::AddressDependent, NatFiltering::AddressDependent);
const EndFacts kHardFull = behind(NatMapping::AddressAndPortDependent, NatFiltering::EndpointIndependent);
const EndFacts kCarrier =
    behind(NatMapping::AddressAndPortDependent, NatFiltering::AddressAndPortDependent, Ipv4Reach::CarrierNat);
const EndFacts kOnly6 = home(Ipv4Reach::None, Ipv6Reach::Firewalled);
const EndFacts kOnlyOpen6 = home(Ipv4Reach::None, Ipv6Reach::Open);
const EndFacts kUnknown;
EndFacts dual(EndFacts end, Ipv6Reach ipv6) {
    end.ipv6 = ipv6;
    return end;
}

constexpr Answer kNo = Answer::No, kYes = Answer::Yes;
constexpr Help kAlone{kNo, kNo, kNo};
constexpr Help kHanded{kYes, kNo, kNo};
constexpr Help kServer{kNo, kYes, kNo};
constexpr Help kOneLan{kNo, kNo, kYes};

/// What is expected, in the order of PairOutlook.
struct Case {
    const char* name;
    EndFacts ours, theirs;
    Help help;
    Answer possible;
    PathKind road = PathKind::None;
    Helper helper = Helper::Nobody;
    Obstacle obstacle = Obstacle::None;
    Remedy remedy = Remedy::None;
    Side side = Side::Either;
    Abilities abilities = {};
};

void check(const Case& row) {
    const PairOutlook out = predict(row.ours, row.theirs, row.help, row.abilities);
    EXPECT_EQ(out.possible, row.possible) << row.name << ": " << nameOf(out.possible);
    EXPECT_EQ(out.road, row.road) << row.name;
    EXPECT_EQ(out.helper, row.helper) << row.name << ": " << nameOf(out.helper);
    EXPECT_EQ(out.obstacle, row.obstacle) << row.name << ": " << nameOf(out.obstacle);
    EXPECT_EQ(out.remedy, row.remedy) << row.name << ": " << nameOf(out.remedy);
    EXPECT_EQ(out.side, row.side) << row.name << ": " << nameOf(out.side);
    // Both ends are told the same, each from its own view.
    const PairOutlook mirrored = predict(row.theirs, row.ours, row.help, row.abilities);
    EXPECT_EQ(mirrored.possible, row.possible) << row.name << ", mirrored";
    EXPECT_EQ(mirrored.road, row.road) << row.name << ", mirrored";
    EXPECT_EQ(mirrored.helper, row.helper) << row.name << ", mirrored";
    EXPECT_EQ(mirrored.remedy == Remedy::None, row.remedy == Remedy::None) << row.name << ", mirrored";
    if (out.remedy == Remedy::None)
        return;
    const PairFacts then = withRemedy({row.ours, row.theirs, row.help}, out.remedy, out.side);
    EXPECT_EQ(predict(then.ours, then.theirs, then.help, row.abilities).possible, kYes) << row.name << ": no remedy";
}

using enum PathKind;

TEST(PairPrediction, whoCanMeet) {
    using S = Helper;
    const EndFacts away = without(&EndFacts::knowsOther, kStrict);
    const EndFacts ringable = with(&EndFacts::hasDoorbell, dual(away, Ipv6Reach::Firewalled));
    const Case table[] = {
        {"one network", kHard, kHard, kOneLan, kYes, Lan},
        {"IPv6, open", kOnlyOpen6, kOnly6, kAlone, kYes, Native6},
        {"IPv6, two firewalls, both call", kOnly6, kOnly6, kAlone, kYes, Native6},
        {"IPv6, two firewalls, one calls", kOnly6, without(&EndFacts::knowsOther, kOnly6), kHanded, kYes, Native6,
         S::ThirdParty},
        {"IPv6 is the better one", dual(kMapped, Ipv6Reach::Open), dual(kStrict, Ipv6Reach::Firewalled), kAlone, kYes,
         Native6},
        {"to a forwarded port", kMapped, kHard, kAlone, kYes, Mapped4},
        {"to a public address", kOpen, kCarrier, kAlone, kYes, Mapped4},
        {"to a cone Teredo address", with(TeredoReach::Cone, kFull), kHard, kServer, kYes, Mapped4},
        {"the open one calls who does not know it", kMapped, away, kHanded, kYes, Mapped4, S::ThirdParty},
        {"the open one rings", kMapped, ringable, kServer, kYes, Mapped4, S::Doorbell},
        {"two easy NATs", kStrict, kStrict, kHanded, kYes, Punched4, S::ThirdParty},
        {"hard, and one that looks at addresses", kHard, kLoose, kHanded, kYes, Punched4, S::ThirdParty},
        {"hard, and one that lets all in", kHard, kFull, kHanded, kYes, Punched4, S::ThirdParty},
        {"two hard ones that look at addresses: nobody is let in first", kHardByAddress, kHardByAddress, kHanded, kNo,
         None, S::Nobody, Obstacle::BothHard, Remedy::MapPort, Side::Either},
        {"hard by address, and hard but all come in", kHardByAddress, kHardFull, kHanded, kYes, Punched4,
         S::ThirdParty},
        {"two hard ones that let all in chase each other", kHardFull, kHardFull, kHanded, kNo, None, S::Nobody,
         Obstacle::BothHard, Remedy::MapPort, Side::Either},
        {"two Teredo clients", with(TeredoReach::Qualified, kStrict), with(TeredoReach::Qualified, kStrict), kServer,
         kYes, Teredo, S::TeredoServer},
        {"two Teredo clients, a new port", with(TeredoReach::Qualified, with(&EndFacts::preservesPort, kHard)),
         with(TeredoReach::Qualified, kStrict), kServer, kYes, Teredo, S::TeredoServer},
        {"a Teredo client and a relay", with(TeredoReach::Qualified, kStrict), dual(kStrict, Ipv6Reach::Firewalled),
         kServer, kYes, Teredo, S::TeredoServer},
    };
    for (const Case& row : table)
        check(row);
}

TEST(PairPrediction, whoCannotAndWhatWouldChangeIt) {
    using S = Helper;
    using O = Obstacle;
    using R = Remedy;
    const EndFacts away = without(&EndFacts::knowsOther, kStrict);
    const EndFacts mute = without(&EndFacts::udpPasses, kStrict);
    const Case table[] = {
        {"both hard", kHard, kHard, kHanded, kNo, None, S::Nobody, O::BothHard, R::MapPort, Side::Either},
        {"ours is a carrier's", kCarrier, kHard, kHanded, kNo, None, S::Nobody, O::BothHard, R::MapPort, Side::Theirs},
        {"theirs is a carrier's", kHard, kCarrier, kHanded, kNo, None, S::Nobody, O::BothHard, R::MapPort, Side::Ours},
        {"two carriers'", kCarrier, kCarrier, kHanded, kNo, None, S::Nobody, O::BothHard, R::GetPublicIpv4,
         Side::Either},
        {"two carriers', one with IPv6", kCarrier, dual(kCarrier, Ipv6Reach::Firewalled), kHanded, kNo, None, S::Nobody,
         O::BothHard, R::GetIpv6, Side::Ours},
        {"hard here", kHard, kStrict, kHanded, kNo, None, S::Nobody, O::HardHere, R::MapPort, Side::Either},
        {"hard there", kStrict, kHard, kHanded, kNo, None, S::Nobody, O::HardThere, R::MapPort, Side::Either},
        {"nobody tells", kStrict, kFull, kAlone, kNo, None, S::Nobody, O::BothShut, R::MapPort, Side::Either},
        {"nobody tells two carriers' NATs that would let them in",
         behind(EndpointIndependent, {}, Ipv4Reach::CarrierNat), behind(EndpointIndependent, {}, Ipv4Reach::CarrierNat),
         kAlone, kNo, None, S::Nobody, O::BothShut, R::UseThirdParty, Side::Either},
        {"an open one that they do not know", kMapped, away, kAlone, kNo, None, S::Nobody, O::ShutAndUnknown,
         R::ShareAddress, Side::Theirs},
        {"no family in common", kHard, kOnlyOpen6, kHanded, kNo, None, S::Nobody, O::Ipv4HereIpv6There, R::GetIpv6,
         Side::Ours},
        {"the same, from the other end", kOnlyOpen6, kHard, kHanded, kNo, None, S::Nobody, O::Ipv6HereIpv4There,
         R::GetIpv6, Side::Theirs},
        {"no UDP here", mute, kMapped, kHanded, kNo, None, S::Nobody, O::UdpBlockedHere, R::LetUdpOut, Side::Ours},
        {"no UDP there", kMapped, mute, kHanded, kNo, None, S::Nobody, O::UdpBlockedThere, R::LetUdpOut, Side::Theirs},
        {"no UDP at all", mute, mute, kHanded, kNo, None, S::Nobody, O::UdpBlockedBoth, R::LetUdpOut, Side::Both},
    };
    for (const Case& row : table)
        check(row);
}

TEST(PairPrediction, whatAnAbilityChanges) {
    using S = Helper;
    using O = Obstacle;
    using R = Remedy;
    Abilities birthday, tcp, nextPort, beacons;
    birthday.birthday = tcp.tcp = nextPort.nextPort = beacons.lanBeacons = true;
    const EndFacts mute = without(&EndFacts::udpPasses, kStrict);
    const EndFacts server = with(&EndFacts::takesTcp, kMapped);
    const EndFacts listening = with(&EndFacts::takesTcp, kStrict), shut = without(&EndFacts::udpPasses, listening);
    const EndFacts listening6 = with(&EndFacts::takesTcp, kOnly6);
    const EndFacts shut6 = dual(shut, Ipv6Reach::Firewalled);
    const EndFacts counting = with(TeredoReach::Qualified, with(&EndFacts::isSequential, kHard));
    const EndFacts silent = without(&EndFacts::knowsOther, kHard);
    const Case table[] = {
        {"one hard side: a search may find it, or not", kHard, kStrict, kHanded, Answer::Unknown, None, S::Nobody,
         O::None, R::MapPort, Side::Either, birthday},
        {"two hard sides stay hard", kHard, kHard, kHanded, kNo, None, S::Nobody, O::BothHard, R::MapPort, Side::Either,
         birthday},
        {"no UDP, but who listens", mute, server, kAlone, kYes, PathKind::Tcp, S::Nobody, O::None, R::None,
         Side::Either, tcp},
        {"no UDP, two IPv6 firewalls, one calls", shut6, without(&EndFacts::knowsOther, listening6), kHanded, kYes,
         PathKind::Tcp, S::ThirdParty, O::None, R::None, Side::Either, tcp},
        {"no UDP, two IPv6 firewalls, both call, at one time or not", shut6, listening6, kAlone, Answer::Unknown, None,
         S::Nobody, O::None, R::UseThirdParty, Side::Either, tcp},
        {"no UDP, two NATs that may keep ports for TCP or not", shut, listening, kHanded, Answer::Unknown, None,
         S::Nobody, O::None, R::MapPort, Side::Either, tcp},
        {"no UDP, two IPv6 firewalls, one calls and nobody hands over", shut6,
         without(&EndFacts::knowsOther, listening6), kAlone, kNo, None, S::Nobody, O::UdpBlockedHere, R::UseThirdParty,
         Side::Either, tcp},
        {"no UDP, and no family in common", shut, listening6, kHanded, kNo, None, S::Nobody, O::Ipv4HereIpv6There,
         R::GetIpv6, Side::Ours, tcp},
        {"the same, from the other end", listening6, shut, kHanded, kNo, None, S::Nobody, O::Ipv6HereIpv4There,
         R::GetIpv6, Side::Theirs, tcp},
        {"sequential", counting, with(TeredoReach::Qualified, kStrict), kServer, kYes, Teredo, S::TeredoServer, O::None,
         R::None, Side::Either, nextPort},
        {"neither has an address", silent, silent, kOneLan, kYes, Lan, S::Nobody, O::None, R::None, Side::Either,
         beacons},
    };
    for (const Case& row : table) {
        check(row);
        const bool needsAbility = row.possible != kNo;
        EXPECT_EQ(predict(row.ours, row.theirs, row.help, {}).possible == kNo, needsAbility || row.possible == kNo)
            << row.name << ", without the ability";
    }
}

// What is not known must never be claimed: whatever fact is taken away, "yes" may become "unknown" and never "no".
TEST(PairPrediction, ignoranceClaimsNothing) {
    const EndFacts ends[] = {kOpen,
                             kMapped,
                             kFull,
                             kLoose,
                             kStrict,
                             kHard,
                             kHardByAddress,
                             kHardFull,
                             kCarrier,
                             kOnly6,
                             kOnlyOpen6,
                             dual(kStrict, Ipv6Reach::Open),
                             with(TeredoReach::Qualified, kStrict),
                             without(&EndFacts::knowsOther, kStrict)};
    const auto forgotten = [](EndFacts end) {
        std::vector<EndFacts> out(9, end);
        out[0].ipv6 = Ipv6Reach::Unknown;
        out[1].ipv4 = Ipv4Reach::Unknown;
        out[2].mapping.reset();
        out[3].filtering.reset();
        out[4].preservesPort = Answer::Unknown;
        out[5].udpPasses = Answer::Unknown;
        out[6].teredo = TeredoReach::Unknown;
        out[7].knowsOther = Answer::Unknown;
        out[8] = kUnknown;
        return out;
    };
    for (const EndFacts& ours : ends)
        for (const EndFacts& theirs : ends)
            for (const Help& help : {kAlone, kHanded, kServer}) {
                const Answer known = predict(ours, theirs, help).possible;
                for (const EndFacts& less : forgotten(theirs)) {
                    const Answer guessed = predict(ours, less, help).possible;
                    EXPECT_TRUE(guessed == known || guessed == Answer::Unknown);
                }
            }
    EXPECT_EQ(predict(kHard, kUnknown, kHanded).possible, Answer::Unknown);
    EXPECT_EQ(predict(without(&EndFacts::udpPasses, kHard), kUnknown, {}).possible, Answer::Unknown)
        << "it may be on our network";
}

TEST(PairPrediction, eachObstacleAndRemedyHasItsSentence) {
    for (int i = 1; i <= static_cast<int>(Obstacle::HardThere); ++i) {
        EXPECT_FALSE(std::string_view(sentenceOf(static_cast<Obstacle>(i))).empty()) << i;
        EXPECT_STRNE(nameOf(static_cast<Obstacle>(i)), "none") << i;
    }
    for (int i = 1; i <= static_cast<int>(Remedy::GetPublicIpv4); ++i) {
        for (const Side side : {Side::Ours, Side::Theirs, Side::Either, Side::Both})
            EXPECT_FALSE(std::string_view(sentenceOf(static_cast<Remedy>(i), side)).empty()) << i;
        EXPECT_STRNE(nameOf(static_cast<Remedy>(i)), "none") << i;
    }
}

} // namespace
} // namespace culvert
