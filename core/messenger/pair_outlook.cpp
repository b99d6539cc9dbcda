#include "core/messenger/pair_outlook.h"

#include "core/messenger/report_parts.h"

namespace culvert {

const char* sentenceOf(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::UdpBlockedHere:
        return QT_TRANSLATE_NOOP("PairOutlook", "Your network lets no UDP packets through.");
    case Obstacle::UdpBlockedThere:
        return QT_TRANSLATE_NOOP("PairOutlook", "Their network lets no UDP packets through.");
    case Obstacle::UdpBlockedBoth:
        return QT_TRANSLATE_NOOP("PairOutlook", "Neither your network nor theirs lets UDP packets through.");
    case Obstacle::Ipv4HereIpv6There:
        return QT_TRANSLATE_NOOP("PairOutlook", "You have only IPv4, and they have only IPv6.");
    case Obstacle::Ipv6HereIpv4There:
        return QT_TRANSLATE_NOOP("PairOutlook", "You have only IPv6, and they have only IPv4.");
    case Obstacle::BothShut:
        return QT_TRANSLATE_NOOP(
            "PairOutlook",
            "Neither of you can be called from outside, and nobody tells the two of you where the other one is.");
    case Obstacle::ShutAndUnknown:
        return QT_TRANSLATE_NOOP(
            "PairOutlook",
            "They cannot be called from outside, and do not have your address, so they cannot call you either.");
    case Obstacle::BothHard:
        return QT_TRANSLATE_NOOP("PairOutlook", "Their router gives every contact another port, and so does yours.");
    case Obstacle::HardHere:
        return QT_TRANSLATE_NOOP("PairOutlook", "Your router gives every contact another port, and theirs lets in only "
                                                "the ports that they have written to.");
    case Obstacle::HardThere:
        return QT_TRANSLATE_NOOP("PairOutlook", "Their router gives every contact another port, and yours lets in only "
                                                "the ports that you have written to.");
    case Obstacle::None:
        break;
    }
    return "";
}

namespace {

/// A remedy in words, by whose move it is.
struct RemedyWords {
    const char* ours;
    const char* theirs;
    const char* either;
    const char* both;
};

RemedyWords wordsOf(Remedy remedy) {
    switch (remedy) {
    case Remedy::ShareAddress: {
        constexpr const char* text =
            QT_TRANSLATE_NOOP("PairOutlook", "Send them your address: it works when they add it.");
        return {text, text, text, text};
    }
    case Remedy::UseThirdParty: {
        constexpr const char* text =
            QT_TRANSLATE_NOOP("PairOutlook", "It works if one of you enters a third party that both of you can reach.");
        return {text, text, text, text};
    }
    case Remedy::MapPort:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if you switch on UPnP in your router."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if they switch on UPnP in their router."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if one of you switches on UPnP in the router."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if both of you switch on UPnP in the router.")};
    case Remedy::OpenIpv6:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if your router lets IPv6 in to Culvert."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if their router lets IPv6 in to Culvert."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the router of one of you lets IPv6 in to Culvert."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the routers of both of you let IPv6 in to Culvert.")};
    case Remedy::LetUdpOut:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if you change to a network that lets UDP through."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if they change to a network that lets UDP through."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if one of you changes to a network that lets UDP through."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if both of you change to networks that let UDP through.")};
    case Remedy::GetIpv6:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if your provider gives you IPv6."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if their provider gives them IPv6."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the provider of one of you gives you IPv6."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the providers of both of you give you IPv6.")};
    case Remedy::GetIpv4:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if your provider gives you IPv4."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if their provider gives them IPv4."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the provider of one of you gives you IPv4."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the providers of both of you give you IPv4.")};
    case Remedy::GetPublicIpv4:
        return {QT_TRANSLATE_NOOP("PairOutlook", "It works if your router gets a public IPv4 address: from your "
                                                 "provider, or from the other router where there are two."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if their router gets a public IPv4 address: from their "
                                                 "provider, or from the other router where there are two."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if the router of one of you gets a public IPv4 address: "
                                                 "from the provider, or from the other router where there are two."),
                QT_TRANSLATE_NOOP("PairOutlook", "It works if both your routers get public IPv4 addresses: from the "
                                                 "provider, or from the other router where there are two.")};
    case Remedy::None:
        break;
    }
    return {"", "", "", ""};
}

} // namespace

const char* sentenceOf(Remedy remedy, Side side) {
    const RemedyWords words = wordsOf(remedy);
    switch (side) {
    case Side::Ours:
        return words.ours;
    case Side::Theirs:
        return words.theirs;
    case Side::Either:
        return words.either;
    case Side::Both:
        break;
    }
    return words.both;
}

const char* sentenceAfter(const PairOutlook& outlook) {
    return outlook.thenExchange ? QT_TRANSLATE_NOOP("PairOutlook", "Then send each other your addresses once more.")
                                : "";
}

const char* nameOf(Answer answer) {
    switch (answer) {
    case Answer::No:
        return "no";
    case Answer::Yes:
        return "yes";
    case Answer::Unknown:
        break;
    }
    return "unknown";
}

const char* nameOf(Helper helper) {
    switch (helper) {
    case Helper::TeredoServer:
        return "teredo_server";
    case Helper::Doorbell:
        return "doorbell";
    case Helper::ThirdParty:
        return "third_party";
    case Helper::Nobody:
        break;
    }
    return "none";
}

const char* nameOf(Obstacle obstacle) {
    switch (obstacle) {
    case Obstacle::UdpBlockedHere:
        return "udp_blocked_here";
    case Obstacle::UdpBlockedThere:
        return "udp_blocked_there";
    case Obstacle::UdpBlockedBoth:
        return "udp_blocked_both";
    case Obstacle::Ipv4HereIpv6There:
        return "ipv4_here_ipv6_there";
    case Obstacle::Ipv6HereIpv4There:
        return "ipv6_here_ipv4_there";
    case Obstacle::BothShut:
        return "both_shut";
    case Obstacle::ShutAndUnknown:
        return "shut_and_unknown";
    case Obstacle::BothHard:
        return "both_hard";
    case Obstacle::HardHere:
        return "hard_here";
    case Obstacle::HardThere:
        return "hard_there";
    case Obstacle::None:
        break;
    }
    return "none";
}

const char* nameOf(Remedy remedy) {
    switch (remedy) {
    case Remedy::ShareAddress:
        return "share_address";
    case Remedy::UseThirdParty:
        return "use_third_party";
    case Remedy::MapPort:
        return "map_port";
    case Remedy::OpenIpv6:
        return "open_ipv6";
    case Remedy::LetUdpOut:
        return "let_udp_out";
    case Remedy::GetIpv6:
        return "get_ipv6";
    case Remedy::GetIpv4:
        return "get_ipv4";
    case Remedy::GetPublicIpv4:
        return "get_public_ipv4";
    case Remedy::None:
        break;
    }
    return "none";
}

const char* nameOf(Side side) {
    switch (side) {
    case Side::Ours:
        return "ours";
    case Side::Theirs:
        return "theirs";
    case Side::Both:
        return "both";
    case Side::Either:
        break;
    }
    return "either";
}

} // namespace culvert
