// RefreshSearch: how long the NAT keeps a mapping (RFC 4380 §5.2.7), found with a second port that does nothing else,
// so that the main one need not be refreshed more often than it must. Sans-I/O, beside TeredoClient.
//
// One step: the second port asks the server how it looks from outside (Asking), keeps silent for the candidate interval
// (Silent), and is then sent a bubble from the main port through the server (Calling). The bubble comes in: the mapping
// lived. Four in a row that do not come prove nothing before the server has answered the second port again (Judging).
//
// The first step has no silence: where bubbles do not come in at once, there is nothing to be measured. Then 60 s, as
// RFC 4380 says: doubled or halved until one interval is known to be safe and one not to be, or a bound is reached, and
// between the two after that. RFC 4380 takes 30 s for safe; shorter ones are tried here too.
//
// What it never believes: an answer without our nonce, or from anywhere but the server; a bubble without our nonce, or
// from or to other addresses than ours.
#pragma once

#include "core/base/datagram.h"
#include "core/base/instant.h"
#include "core/base/random.h"
#include "core/wire/teredo_packet.h"

#include <deque>
#include <optional>
#include <vector>

namespace culvert {

/// What the search needs of a qualified client.
struct RefreshSearchTarget {
    Ipv4Address server;  ///< its primary address
    Ipv6Address address; ///< the main port's Teredo address
    Ipv4Address mapped;  ///< our public address: another one is another NAT
    bool operator==(const RefreshSearchTarget&) const = default;
};

/// Thread safety: one thread. Contract: after each input drain pollTransmit(), then pollClosedSocket().
class RefreshSearch {
public:
    /// Sockets of the search have numbers (Datagram::socket) from here on, below kSocketOfPort.
    static constexpr std::uint32_t kFirstSocket = 0x4000'0000;
    /// A qualification that has just ended may begin again soon.
    static constexpr Duration kSettle = 10s;
    static constexpr Duration kTryEvery = 2s; ///< RFC 4380 §5.2.7
    static constexpr unsigned kQuestionsMax = 3;
    static constexpr unsigned kBubblesMax = 4; ///< one, and "at most three" again
    /// RFC 4380 §5.2.7: the interval without a search, the first candidate, and what is never exceeded.
    static constexpr Duration kDefault = 30s;
    static constexpr Duration kFirstCandidate = 60s;
    static constexpr Duration kLongest = 120s;
    static constexpr Duration kShortest = 7500ms;
    /// After a step without a result.
    static constexpr Duration kAgain = 10min;
    static constexpr std::size_t kPacketsPerHour = 40;

    explicit RefreshSearch(Random& random) : m_random(random) {}

    /// What to measure with; nothing: not qualified, or nothing is translated. Another public address begins anew.
    void setTarget(Instant now, const std::optional<RefreshSearchTarget>& target);
    /// The network is another one: everything that was found is void.
    void restart();

    static bool isOwnSocket(std::uint32_t socket) { return socket >= kFirstSocket && socket < kSocketOfPort; }
    /// REQUIRES: isOwnSocket(datagram.socket)
    void handleDatagram(Instant now, const Datagram& datagram);
    void handleTimeout(Instant now);

    std::optional<Datagram> pollTransmit();
    /// See DatagramMachine. Poll after pollTransmit().
    std::optional<std::uint32_t> pollClosedSocket();
    std::optional<Deadline> pollTimeout() const;

    /// The longest interval that is safe, as far as is known.
    Duration interval() const;
    /// Whether nothing is left to find in this network.
    bool isOver() const { return m_stage == Stage::Over; }

private:
    enum class Stage { Off, Waiting, Asking, Silent, Calling, Judging, Over };

    void handleAnswer(Instant now, const wire::TeredoPacket& packet);
    void handleBubble(Instant now, const wire::TeredoPacket& packet);
    bool isFromServer(const wire::TeredoPacket& packet) const;
    void beginStep(Instant now);
    void ask(Instant now, Stage stage);
    void sendQuestion(Instant now);
    void sendBubble(Instant now);
    void send(Instant now, std::uint32_t socket, Bytes payload);
    void judge(bool survived);
    void conclude();
    void postpone(Instant until);
    void closeSocket();
    std::optional<Instant> budgetAt(Instant now);

    Random& m_random;
    std::optional<RefreshSearchTarget> m_target;
    std::optional<Ipv4Address> m_measured; ///< the public address that all below is of
    Stage m_stage = Stage::Off;
    Instant m_next{};
    unsigned m_tries = 0;

    bool m_isProven = false;                   ///< bubbles come in at once
    std::optional<Duration> m_safe, m_tooLong; ///< what the mapping survived, and what it did not
    Duration m_candidate{};

    std::uint32_t m_socket = 0; ///< 0: none is open
    std::uint32_t m_lastSocket = kFirstSocket;
    std::vector<std::uint32_t> m_closed;
    Ipv6Address m_linkLocal;                          ///< ours, of the present questions
    std::vector<std::array<std::uint8_t, 8>> m_asked; ///< the nonces of this step's questions
    Ipv6Address m_secondary;                          ///< the second port's Teredo address
    std::uint32_t m_bubbleNonce = 0;

    std::deque<Instant> m_sent; ///< in the last hour
    std::deque<Datagram> m_datagrams;
};

} // namespace culvert
