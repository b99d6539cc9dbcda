// TeredoPeers::Arrived: what the parts of TeredoPeers, and nobody else, know of a packet that came in.
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
