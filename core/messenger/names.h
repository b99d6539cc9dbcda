// Names: the words that scripts see for each enumerator. They are a contract (JSON-RPC, reports); people see ui's
// words.
#pragma once

#include "core/messenger/connection_info.h"
#include "core/messenger/message.h"
#include "core/messenger/network_status.h"
#include "core/messenger/settings.h"
#include "core/messenger/storage.h"

namespace culvert {

inline const char* nameOf(ContactState state) {
    switch (state) {
    case ContactState::Requested:
        return "requested";
    case ContactState::Pending:
        return "pending";
    case ContactState::Accepted:
        return "accepted";
    case ContactState::Blocked:
        break;
    }
    return "blocked";
}

inline const char* nameOf(KeySource source) {
    switch (source) {
    case KeySource::Passphrase:
        return "passphrase";
    case KeySource::Keyring:
        return "keyring";
    case KeySource::BesideStore:
        break;
    }
    return "beside_store";
}

inline const char* nameOf(StoreProblem::Kind kind) {
    return kind == StoreProblem::Kind::Salvaged ? "salvaged" : "damaged_rows";
}

inline const char* nameOf(HardPunching setting) {
    switch (setting) {
    case HardPunching::Automatic:
        return "auto";
    case HardPunching::On:
        return "on";
    case HardPunching::Off:
        break;
    }
    return "off";
}

/// The setting with this name.
inline std::optional<HardPunching> hardPunchingOf(std::string_view name) {
    for (const HardPunching setting : {HardPunching::Automatic, HardPunching::On, HardPunching::Off})
        if (name == nameOf(setting))
            return setting;
    return std::nullopt;
}

inline const char* nameOf(PathKind kind) {
    switch (kind) {
    case PathKind::Lan:
        return "lan";
    case PathKind::Native6:
        return "native6";
    case PathKind::Mapped4:
        return "mapped4";
    case PathKind::Teredo:
        return "teredo";
    case PathKind::Punched4:
        return "punched4";
    case PathKind::Ordinary:
        return "ordinary";
    case PathKind::Tcp:
        return "tcp";
    case PathKind::None:
        break;
    }
    return "none";
}

inline const char* nameOf(MessageState state) {
    switch (state) {
    case MessageState::Queued:
        return "queued";
    case MessageState::Sent:
        return "sent";
    case MessageState::Delivered:
        return "delivered";
    case MessageState::Read:
        return "read";
    case MessageState::Failed:
        break;
    }
    return "failed";
}

inline const char* nameOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Connecting:
        return "connecting";
    case Verdict::NoAddress:
        return "no_address";
    case Verdict::NoAnswer:
        return "no_answer";
    case Verdict::CannotConnect:
        return "cannot_connect";
    case Verdict::NoNetwork:
        return "no_network";
    case Verdict::None:
        break;
    }
    return "none";
}

/// Why a contact cannot be reached and what would change that, in English sentences for scripts and logs.
inline std::string adviceFor(const Presence& presence) {
    std::string remedy = sentenceOf(presence.outlook.remedy, presence.outlook.side);
    if (presence.outlook.thenExchange)
        remedy += std::string(" ") + sentenceAfter(presence.outlook);
    switch (presence.verdict) {
    case Verdict::Connecting:
        return "Their addresses are being tried.";
    case Verdict::NoAddress:
        return "No address of theirs is known. Ask them for a fresh address string and add it.";
    case Verdict::NoAnswer:
        return "Nothing answers: they are offline, or their address changed. Ask them for a fresh address string." +
               (remedy.empty() ? remedy : " If they are online: " + remedy);
    case Verdict::CannotConnect:
        return sentenceOf(presence.outlook.obstacle) + (remedy.empty() ? remedy : " " + remedy);
    case Verdict::NoNetwork:
        return "This computer has no network. Connect it first.";
    case Verdict::None:
        break;
    }
    return {};
}

inline const char* nameOf(FailReason reason) {
    switch (reason) {
    case FailReason::ContactRemoved:
        return "contact_removed";
    case FailReason::NotUnderstood:
        return "not_understood";
    case FailReason::None:
        break;
    }
    return "none";
}

inline const char* nameOf(MessageFrom from) {
    return from == MessageFrom::Me ? "me" : "them";
}

inline const char* nameOf(AmendmentKind kind) {
    switch (kind) {
    case AmendmentKind::Edit:
        return "edited";
    case AmendmentKind::Deletion:
        return "deleted";
    case AmendmentKind::Reaction:
        break;
    }
    return "reacted";
}

inline const char* nameOf(PortMappingState state) {
    switch (state) {
    case PortMappingState::Trying:
        return "trying";
    case PortMappingState::Claimed:
        return "claimed";
    case PortMappingState::Confirmed:
        return "confirmed";
    case PortMappingState::Proven:
        return "proven";
    case PortMappingState::Failed:
        return "failed";
    case PortMappingState::Off:
        break;
    }
    return "off";
}

inline const char* nameOf(PortMappingFailure failure) {
    switch (failure) {
    case PortMappingFailure::NoRouter:
        return "no_router";
    case PortMappingFailure::Refused:
        return "refused";
    case PortMappingFailure::PrivateExternal:
        return "private_external";
    case PortMappingFailure::PortDiffers:
        return "port_differs";
    case PortMappingFailure::AnotherHost:
        return "another_host";
    case PortMappingFailure::None:
        break;
    }
    return "none";
}

inline const char* nameOf(PathSource source) {
    switch (source) {
    case PathSource::Address:
        return "address";
    case PathSource::Session:
        return "session";
    case PathSource::LastTime:
        return "last_time";
    case PathSource::Handoff:
        return "handoff";
    case PathSource::Packet:
        return "packet";
    case PathSource::Beacon:
        return "beacon";
    case PathSource::Foretold:
        return "foretold";
    case PathSource::Link:
        return "link";
    case PathSource::Stored:
        break;
    }
    return "stored";
}

inline const char* nameOf(ProbeResult result) {
    switch (result) {
    case ProbeResult::NotTried:
        return "not_tried";
    case ProbeResult::Waiting:
        return "waiting";
    case ProbeResult::Answered:
        return "answered";
    case ProbeResult::Silent:
        return "silent";
    case ProbeResult::NoWay:
        break;
    }
    return "no_way";
}

inline const char* nameOf(PathReason reason) {
    switch (reason) {
    case PathReason::OnlyOne:
        return "only_one";
    case PathReason::OnlyAllowed:
        return "only_allowed";
    case PathReason::MoreReliable:
        return "more_reliable";
    case PathReason::Faster:
        return "faster";
    case PathReason::BetterKind:
        return "better_kind";
    case PathReason::BeforeTcp:
        return "before_tcp";
    case PathReason::BeforeRelay:
        return "before_relay";
    case PathReason::OtherOnTrial:
        return "other_on_trial";
    case PathReason::NotWorthIt:
        return "not_worth_it";
    case PathReason::OtherSilent:
        return "other_silent";
    case PathReason::None:
        break;
    }
    return "none";
}

inline const char* nameOf(MomentKind kind) {
    switch (kind) {
    case MomentKind::Up:
        return "up";
    case MomentKind::Switched:
        return "switched";
    case MomentKind::Down:
        return "down";
    case MomentKind::PeerRestarted:
        return "peer_restarted";
    case MomentKind::HandoffSent:
        return "handoff_sent";
    case MomentKind::HandoffHeard:
        return "handoff_heard";
    case MomentKind::RingSent:
        return "ring_sent";
    case MomentKind::RingHeard:
        return "ring_heard";
    case MomentKind::BeaconHeard:
        return "beacon_heard";
    case MomentKind::SearchBegan:
        return "search_began";
    case MomentKind::TriedAnew:
        break;
    }
    return "tried_anew";
}

} // namespace culvert
