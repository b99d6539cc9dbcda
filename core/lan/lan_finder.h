// LanFinder: contacts on the local network find each other there, without internet, router or address. Sans-I/O.
//
// Seeking     a beacon (beacon.h) with a tag for each contact that no path leads to, and one by which who holds our
//             address string knows us. At once at the start, on another network, for a new contact and when a path
//             died; then after 1 s, 2 s, 4 s and so on, every five minutes in the end, as long as somebody is missing.
//             Nobody missing: kGreetings beacons after a start or change, and then silence without any deadline.
// Hearing     tags of contacts are expected in a table. Whose it is, is said with the beacon's source, where the
//             session probes; what a probe proves counts, a beacon alone never does.
// Answering   with one small beacon, for who cannot know us from a probe: it has our address string and we have not
//             its own. Answers are not answered.
//
// Neighbours can send what they like, and what was heard again: a source counts where it is on a link of ours, so many
// beacons a second are looked at, so many answered, and a contact is told of at so many places in a while. Whatever was
// not of a contact leaves no trace but a count.
#pragma once

#include "core/base/datagram.h"
#include "core/base/local_network.h"
#include "core/lan/beacon.h"

#include <deque>
#include <map>

namespace culvert {

/// A contact was heard.
struct LanFound {
    PublicKey contact{};
    SocketAddress at; ///< where the beacon came from; of a link-local address with its zone
    bool operator==(const LanFound&) const = default;
};

/// Why a datagram of the groups was thrown away.
enum class LanDiscard : std::size_t {
    NoBeacon,    ///< another size or form
    Own,         ///< ours, which came back
    OtherLink,   ///< its source is on no link of ours
    RateLimited, ///< more than kHeardPerSecondMax
    Stranger,    ///< no tag that we expect
    Count
};

/// How a contact is told from strangers.
struct LanKeys {
    Secret<32> sending, receiving; ///< PairKeys' for kLanKeyPurpose
    wire::Token invitation{};      ///< of theirs, while they do not know us; zeros where there is none
};

/// Thread safety: one thread. Contract: after each input drain pollTransmit().
class LanFinder {
public:
    static constexpr Duration kPauseMin = 1s, kPauseMax = 5min;
    /// Between two rounds, whatever happens.
    static constexpr Duration kGap = 250ms;
    /// Rounds after a start or change that go out though nobody is missing: one may be lost.
    static constexpr unsigned kGreetings = 2;
    /// Contacts who are expected; those beyond it are not.
    static constexpr std::size_t kContactsMax = 1000;
    static constexpr std::size_t kLinksMax = 4, kAddressesMax = 8;
    /// Packets of a round on each link and family, of kLanTagsMax tags. Who has more contacts seeks them in turns.
    static constexpr std::size_t kPacketsPerRound = 4;
    static constexpr unsigned kPacketsPerSecondMax = 64;
    static constexpr unsigned kHeardPerSecondMax = 4000;
    static constexpr unsigned kAnswersPerSecondMax = 4;
    /// Places at which one contact is told of within kPlacesFor, each once in kAgainAfter.
    static constexpr std::size_t kPlacesMax = 4;
    static constexpr Duration kPlacesFor = 10s, kAgainAfter = 5s;

    LanFinder(Random& random, const PublicKey& own, const wire::Token& invitation);

    /// Off: nothing is sent or heard.
    void setOn(const Now& now, bool isOn);
    /// The links to seek on: every interface that is no tunnel. True when they are others than before.
    bool setNetwork(const Now& now, const LocalNetwork& network);
    bool isOn() const { return m_isOn && !m_links.empty(); }
    /// The system's numbers of the interfaces on which a family's group is to be heard: those with such an address, for
    /// others cannot be joined yet. None while it is off.
    std::vector<std::uint32_t> interfaces(bool isV4) const;

    /// Another address string of our own counts; who holds the one before calls in vain.
    void setInvitation(const Now& now, const wire::Token& invitation);
    /// The contact may be found, and is sought until seek() says otherwise. Replaces other keys of before.
    void expect(const Now& now, const PublicKey& contact, const LanKeys& keys);
    bool isExpected(const PublicKey& contact, const wire::Token& invitation) const;
    void forget(const PublicKey& contact);
    /// Whether a path to the contact is missing. Does nothing for who is not expected.
    void seek(const Now& now, const PublicKey& contact, bool isMissing);
    /// Everybody is greeted and who is missing is sought from the beginning: the network is another, or the user asks.
    void restart(const Now& now);

    /// A datagram of one of the groups; `datagram.local` is the group. Whom it tells of.
    std::vector<LanFound> handleDatagram(const Now& now, const Datagram& datagram);
    void handleTimeout(const Now& now);
    std::optional<Datagram> pollTransmit();
    std::optional<Deadline> pollTimeout() const;

    std::uint64_t heard() const { return m_heard; } ///< beacons that told of contacts, or called us
    std::uint64_t sent() const { return m_sent; }   ///< datagrams
    std::uint64_t discarded(LanDiscard reason) const { return m_discarded[static_cast<std::size_t>(reason)]; }
    std::size_t tagCount() const { return m_tags.size(); }

private:
    struct Link {
        std::uint32_t index = 0;
        bool hasV6 = false;
        std::vector<LocalAddress> addresses;
        bool operator==(const Link&) const = default;
    };
    struct Place {
        SocketAddress at;
        Instant toldAt{};
    };
    struct Contact {
        LanKeys keys;
        std::optional<LanInvitationKeys> invitation;
        bool isMissing = true;
        std::vector<Place> places;
    };
    /// Whose tag; the contact is our own key where somebody calls us by our address string.
    struct Expected {
        PublicKey contact{};
        std::int64_t epoch = 0;
    };
    /// At most so many in a second.
    struct Allowance {
        Instant second{};
        unsigned used = 0;
        bool spend(Instant now, unsigned maximum);
    };

    static std::vector<Link> linksOf(const LocalNetwork& network);
    std::optional<LanDiscard> judge(const Datagram& datagram) const;
    bool isOnLink(const SocketAddress& remote) const;
    bool isOwn(const SocketAddress& remote) const;
    void moveTo(std::int64_t epoch);
    void addTags(const PublicKey& contact, const Secret<32>& key, std::int64_t epoch);
    void addTags(const PublicKey& contact, const Contact& known, std::int64_t epoch);
    bool mayTell(Instant now, Contact& contact, const SocketAddress& at);
    void answer(const Now& now, const Datagram& to, std::vector<LanTag> tags);
    bool isAnyMissing() const;
    void hasten(Instant now);
    void sendRound(const Now& now);
    std::vector<LanTag> nextTags(std::int64_t epoch, unsigned round);
    void send(Instant now, const Link& link, const Bytes& beacon);
    void push(Instant now, const SocketAddress& local, const SocketAddress& group, const Bytes& beacon);

    Random& m_random;
    PublicKey m_own;
    LanInvitationKeys m_invitation; ///< of our own address string
    bool m_isOn = true;
    std::uint16_t m_port = 0;
    std::vector<Link> m_links;
    std::map<PublicKey, Contact> m_contacts;
    std::map<LanTag, Expected> m_tags;
    std::optional<std::int64_t> m_epoch; ///< that m_tags is around
    PublicKey m_turn{};                  ///< the contact with whom the next round begins
    unsigned m_round = 0;
    unsigned m_greetings = 0; ///< that are due
    Duration m_pause = kPauseMin;
    std::optional<Instant> m_lastRound, m_next;
    Allowance m_packets, m_looks, m_answers;
    std::deque<Datagram> m_out;
    std::uint64_t m_heard = 0, m_sent = 0;
    std::array<std::uint64_t, static_cast<std::size_t>(LanDiscard::Count)> m_discarded{};
};

} // namespace culvert
