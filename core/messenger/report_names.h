// Report names: the words that scripts see for the enumerators of the network and its report. A contract, as names.h
// is.
#pragma once

#include "core/messenger/network_report.h"

namespace culvert {

inline const char* nameOf(Tested tested) {
    switch (tested) {
    case Tested::Yes:
        return "yes";
    case Tested::No:
        return "no";
    case Tested::NotTested:
        break;
    }
    return "not_tested";
}

inline const char* nameOf(ReportSeverity severity) {
    switch (severity) {
    case ReportSeverity::Good:
        return "good";
    case ReportSeverity::Information:
        return "information";
    case ReportSeverity::Warning:
        return "warning";
    case ReportSeverity::Problem:
        break;
    }
    return "problem";
}

inline const char* nameOf(ReportArea area) {
    switch (area) {
    case ReportArea::Families:
        return "families";
    case ReportArea::LocalNetwork:
        return "local_network";
    case ReportArea::PortMapping:
        return "port_mapping";
    case ReportArea::Nat:
        return "nat";
    case ReportArea::Firewall:
        return "firewall";
    case ReportArea::Teredo:
        return "teredo";
    case ReportArea::ThirdParties:
        break;
    }
    return "third_parties";
}

inline const char* nameOf(RingOutcome outcome) {
    switch (outcome) {
    case RingOutcome::Waiting:
        return "waiting";
    case RingOutcome::CameIn:
        return "came_in";
    case RingOutcome::NothingCame:
        return "nothing_came";
    case RingOutcome::TooSoon:
        return "too_soon";
    case RingOutcome::NoWay:
        return "no_way";
    case RingOutcome::NoAnswer:
        break;
    }
    return "no_answer";
}

inline const char* nameOf(TransitionMechanism mechanism) {
    switch (mechanism) {
    case TransitionMechanism::Native:
        return "native";
    case TransitionMechanism::SixToFour:
        return "6to4";
    case TransitionMechanism::SixRd:
        return "6rd";
    case TransitionMechanism::SixInFour:
        return "6in4";
    case TransitionMechanism::Teredo:
        return "teredo";
    case TransitionMechanism::CulvertTunnel:
        break;
    }
    return "culvert_tunnel";
}

inline const char* nameOf(NatMapping mapping) {
    switch (mapping) {
    case NatMapping::EndpointIndependent:
        return "endpoint_independent";
    case NatMapping::AddressDependent:
        return "address_dependent";
    case NatMapping::AddressAndPortDependent:
        break;
    }
    return "address_and_port_dependent";
}

inline const char* nameOf(NatFiltering filtering) {
    switch (filtering) {
    case NatFiltering::EndpointIndependent:
        return "endpoint_independent";
    case NatFiltering::AddressDependent:
        return "address_dependent";
    case NatFiltering::AddressAndPortDependent:
        break;
    }
    return "address_and_port_dependent";
}

inline const char* nameOf(MappingProtocol protocol) {
    switch (protocol) {
    case MappingProtocol::Pcp:
        return "pcp";
    case MappingProtocol::NatPmp:
        return "nat_pmp";
    case MappingProtocol::Upnp:
        break;
    }
    return "upnp";
}

inline const char* nameOf(ProtocolAnswer answer) {
    switch (answer) {
    case ProtocolAnswer::NotAsked:
        return "not_asked";
    case ProtocolAnswer::Asking:
        return "asking";
    case ProtocolAnswer::Speaks:
        return "speaks";
    case ProtocolAnswer::Silent:
        return "silent";
    case ProtocolAnswer::Broken:
        break;
    }
    return "broken";
}

inline const char* nameOf(InterfaceKind kind) {
    switch (kind) {
    case InterfaceKind::Physical:
        return "physical";
    case InterfaceKind::Container:
        return "container";
    case InterfaceKind::Vpn:
        return "vpn";
    case InterfaceKind::Teredo:
        return "teredo";
    case InterfaceKind::Tunnel6:
        return "tunnel6";
    case InterfaceKind::Loopback:
        break;
    }
    return "loopback";
}

inline const char* nameOf(WitnessKind witness) {
    switch (witness) {
    case WitnessKind::Contact:
        return "contact";
    case WitnessKind::ThirdParty:
        return "third_party";
    case WitnessKind::TeredoServer:
        return "teredo_server";
    case WitnessKind::Router:
        break;
    }
    return "router";
}

inline const char* nameOf(TeredoState state) {
    switch (state) {
    case TeredoState::Offline:
        return "offline";
    case TeredoState::Probing:
        return "probing";
    case TeredoState::Qualified:
        return "qualified";
    case TeredoState::Off:
        break;
    }
    return "off";
}

inline const char* nameOf(TeredoKind kind) {
    switch (kind) {
    case TeredoKind::Cone:
        return "cone";
    case TeredoKind::Restricted:
        return "restricted";
    case TeredoKind::Symmetric:
        break;
    }
    return "symmetric";
}

inline const char* nameOf(TeredoServerHealth health) {
    switch (health) {
    case TeredoServerHealth::Unresolved:
        return "unresolved";
    case TeredoServerHealth::NotAsked:
        return "not_asked";
    case TeredoServerHealth::Asking:
        return "asking";
    case TeredoServerHealth::Answers:
        return "answers";
    case TeredoServerHealth::Qualified:
        return "qualified";
    case TeredoServerHealth::NoAnswer:
        return "no_answer";
    case TeredoServerHealth::NoOrigin:
        return "no_origin";
    case TeredoServerHealth::NoSecondary:
        return "no_secondary";
    case TeredoServerHealth::Unsteady:
        return "unsteady";
    case TeredoServerHealth::NotUsed:
        break;
    }
    return "not_used";
}

inline const char* nameOf(NetworkEventKind kind) {
    switch (kind) {
    case NetworkEventKind::NetworkGone:
        return "network_gone";
    case NetworkEventKind::NetworkBack:
        return "network_back";
    case NetworkEventKind::AddressCame:
        return "address_came";
    case NetworkEventKind::AddressWent:
        return "address_went";
    case NetworkEventKind::PortChanged:
        return "port_changed";
    case NetworkEventKind::MappingMade:
        return "mapping_made";
    case NetworkEventKind::MappingProven:
        return "mapping_proven";
    case NetworkEventKind::MappingLost:
        return "mapping_lost";
    case NetworkEventKind::MappingFailed:
        return "mapping_failed";
    case NetworkEventKind::PinholeMade:
        return "pinhole_made";
    case NetworkEventKind::PinholeLost:
        return "pinhole_lost";
    case NetworkEventKind::SeenAs:
        return "seen_as";
    case NetworkEventKind::InboundOpen:
        return "inbound_open";
    case NetworkEventKind::InboundShut:
        return "inbound_shut";
    case NetworkEventKind::ThirdPartyAnswers:
        return "third_party_answers";
    case NetworkEventKind::ThirdPartySilent:
        return "third_party_silent";
    case NetworkEventKind::TeredoQualified:
        return "teredo_qualified";
    case NetworkEventKind::TeredoLost:
        return "teredo_lost";
    case NetworkEventKind::UdpBlocked:
        return "udp_blocked";
    case NetworkEventKind::UdpPasses:
        return "udp_passes";
    case NetworkEventKind::TestsDone:
        break;
    }
    return "tests_done";
}

inline const char* nameOf(ReportAction action) {
    switch (action) {
    case ReportAction::CheckAgain:
        return "check_again";
    case ReportAction::AnotherPort:
        return "another_port";
    case ReportAction::AddThirdParty:
        return "add_third_party";
    case ReportAction::AddTeredoServer:
        return "add_teredo_server";
    case ReportAction::TurnMappingOn:
        return "turn_mapping_on";
    case ReportAction::TurnLanOn:
        return "turn_lan_on";
    case ReportAction::TurnTcpOn:
        return "turn_tcp_on";
    case ReportAction::None:
        break;
    }
    return "none";
}

} // namespace culvert
