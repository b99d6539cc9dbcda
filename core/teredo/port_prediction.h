// PortPrediction: which public port a NAT that counts them up will give a peer (RFC 6081 §5.5; "Echo Test" there).
// Sans-I/O; TeredoPeers sends what is to be sent.
//
// Three packets leave one new port of ours, in this order: a solicitation to our Teredo server, a bubble to the peer, a
// solicitation to the server's secondary address. The answers tell the public ports of the first and the third, and
// the peer's lies between the two. Where somebody else uses the NAT in that moment the guess is wrong, so that each try
// takes another port and guesses anew.
//
// What it never believes: an answer without the nonce of its question, from another address than was asked, to another
// link-local address, with another prefix than the server's, without a public origin, or a second one.
#pragma once

#include "core/teredo/teredo_solicitation.h"

namespace culvert {

/// One guess. A new one is over: nothing is asked.
class PortPrediction {
public:
    /// Which of the server's addresses is asked.
    enum class Side { Primary, Secondary };
    /// Both of one server's addresses.
    struct Servers {
        SocketAddress primary, secondary;
        bool operator==(const Servers&) const = default;
    };
    /// Public ports further apart come from a NAT that draws them, or from one with too many users to guess.
    static constexpr unsigned kSpanMax = 16;

    /// A new guess, for `place`: what was known is void.
    void begin(Random& random, const SocketAddress& place);
    /// What to ask there. REQUIRES: begin()
    Bytes question(Side side) const;
    /// Takes an answer; false: it is none. `allowReserved`: documentation addresses count as global, for test networks.
    bool handleAnswer(const SocketAddress& from, const wire::TeredoPacket& packet, const Servers& servers,
                      bool allowReserved);

    /// The place that the port is for.
    const SocketAddress& place() const { return m_place; }
    /// Whether both answers are here.
    bool isComplete() const { return m_seen[0] && m_seen[1]; }
    /// The guess, when both answers are here and make sense together with our public address.
    std::optional<std::uint16_t> port(const Ipv4Address& ownPublic) const;

private:
    SocketAddress m_place;
    Ipv6Address m_linkLocal;
    std::array<SolicitationNonce, 2> m_nonces{};          ///< EchoTestNonce1 and 2
    std::array<std::optional<SocketAddress>, 2> m_seen{}; ///< EchoTestLowerPort and UpperPort, and their addresses
};

} // namespace culvert
