// A packet on its way through the rules of TeredoPeers: of its own parts alone.
#pragma once

#include "core/teredo/teredo_peers.h"

namespace culvert {

/// A packet on its way through the rules.
struct TeredoPeers::Arrived {
    const SocketAddress& from;
    std::uint32_t socket; ///< of ours, where it came in
    std::size_t size;     ///< of the datagram: what leaves because of it is not larger
    const wire::TeredoPacket& teredo;
    wire::TeredoTrailers trailers;
    bool isBubble;
    std::optional<wire::TeredoAddress> sender; ///< when its source is a Teredo address
    DropReason& reason;

    const Ipv6Address& source() const { return teredo.packet.source; }
    TeredoArrival arrival() const { return isBubble ? TeredoArrival::Handled : TeredoArrival::Direct; }
    std::nullopt_t refuse(DropReason why) const {
        reason = why;
        return std::nullopt;
    }
};

} // namespace culvert
