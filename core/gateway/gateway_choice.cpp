#include "core/gateway/gateway_choice.h"

namespace culvert {

namespace {

int rankOfFailure(PortMappingFailure failure) {
    switch (failure) {
    case PortMappingFailure::PrivateExternal:
        return 4;
    case PortMappingFailure::AnotherHost:
        return 3;
    case PortMappingFailure::Refused:
    case PortMappingFailure::PortDiffers:
        return 2;
    case PortMappingFailure::NoRouter:
    case PortMappingFailure::None:
        break;
    }
    return 1;
}

int rankOf(const PortMappingStatus& status) {
    switch (status.state) {
    case PortMappingState::Proven:
        return 13;
    case PortMappingState::Confirmed:
        return 12;
    case PortMappingState::Claimed:
        return 11;
    case PortMappingState::Trying:
        return 10;
    case PortMappingState::Failed:
        return rankOfFailure(status.failure);
    case PortMappingState::Off:
        break;
    }
    return 0;
}

} // namespace

PortMappingStatus chooseMapping(std::span<const PortMappingStatus> candidates) {
    PortMappingStatus best;
    best.state = PortMappingState::Failed;
    best.failure = PortMappingFailure::NoRouter;
    int rank = 0;
    for (const PortMappingStatus& candidate : candidates) {
        if (rankOf(candidate) <= rank)
            continue;
        rank = rankOf(candidate);
        best = candidate;
    }
    // Who did not answer has no name, and its words are none.
    if (best.state == PortMappingState::Failed && best.failure == PortMappingFailure::NoRouter) {
        best.protocol.reset();
        best.gateway.reset();
    }
    return best;
}

PortMappingStatus upnpStatus(const UpnpState& upnp, const UpnpMapping& mapping, const UpnpQuestion& question) {
    PortMappingStatus status;
    status.protocol = MappingProtocol::Upnp;
    status.gateway = upnp.gateway;
    status.routerAddress = upnp.routerAddress ? upnp.routerAddress : question.routerAddress;
    status.state = PortMappingState::Failed;
    const bool isMapped = mapping.isMapped || mapping.isConfirmed;
    if (upnp.answer != ProtocolAnswer::Speaks) {
        status.failure = PortMappingFailure::NoRouter;
        if (upnp.answer == ProtocolAnswer::Asking && !question.isTimeUp)
            status.state = PortMappingState::Trying, status.failure = PortMappingFailure::None;
    } else if (mapping.isForAnother) {
        status.failure = PortMappingFailure::AnotherHost;
    } else if (isMapped && status.routerAddress && !status.routerAddress->isGlobal(question.allowReserved)) {
        status.failure = PortMappingFailure::PrivateExternal;
    } else if (isMapped) {
        status.state = mapping.isConfirmed ? PortMappingState::Confirmed : PortMappingState::Claimed;
        status.lifetime = mapping.lifetime;
        if (status.routerAddress)
            status.external = SocketAddress(*status.routerAddress, mapping.external);
        else
            status.detail = upnp.words;
        if (mapping.external != question.port)
            status.failure = PortMappingFailure::PortDiffers;
    } else if (mapping.error != 0) {
        status.failure = PortMappingFailure::Refused;
        status.detail = upnpErrorText(mapping.error, mapping.words);
    } else {
        const bool isTried = question.isAskedToMap && !question.isTimeUp;
        status.state = isTried ? PortMappingState::Trying : PortMappingState::Failed;
        status.failure = isTried ? PortMappingFailure::None : PortMappingFailure::NoRouter;
    }
    return status;
}

bool isConfirmedByUpnp(const PortMappingStatus& status, const UpnpState& upnp, const UpnpMapping& mapping) {
    const bool isSameTable = !upnp.gateway || upnp.gateway == status.gateway;
    return status.state == PortMappingState::Claimed && upnp.answer == ProtocolAnswer::Speaks && isSameTable &&
           mapping.isConfirmed && !mapping.isForAnother && status.external &&
           status.external->port() == mapping.external;
}

std::string upnpErrorText(int error, const std::string& words) {
    if (error < 0)
        return words.empty() ? "The router did not answer UPnP properly." : words;
    return "UPnP error " + std::to_string(error) + (words.empty() ? "." : " (" + words + ").");
}

} // namespace culvert
