// TeredoClient: the qualification of a Teredo client (RFC 4380 §5.2.1, §5.2.2, §5.2.5; RFC 5991 §3.1): asks a server
// how it sees our socket, and learns of it what kind of NAT stands between. Sans-I/O.
//
//   Cone        solicitations with the cone flag; the server answers from its other address. Who lets that in lets in
//               everybody. Beside them, from the second one on, others without the flag, answered from where they
//               were sent to.         the flag answered: qualified as Cone    the others: Secondary    none: next
//               server
//   Restricted  one without it alone, where a cone test would prove nothing. answered: Secondary    silent: next server
//   Secondary   the same to the server's secondary address.         same mapping: qualified as Restricted
//                                                                   another one: as Symmetric   silent: next server
//   Kept        qualified: the server is asked again within 30 s. No answer: the next server (as Cone: first, whether
//               only the cone flag's answer is missing). Another mapping: Cone again.
//   Resting     no server is left: everything again after a while, later each time.
//
// RFC 4380 §5.2.1 gives up behind a symmetric NAT; RFC 6081 §5.2 does not: its address is what the primary address
// saw, and bubbles with a nonce tell peers that do not filter by port where its packets really come from.
//
// The cone test may not wait: who is restricted would wait with it. RFC 4380 §5.2.1 takes the next step after three
// silences of 4 s; ours are 0.5 s, and silence counts when the server answered the other questions twice meanwhile, or
// once in four rounds. What the primary address answers does not spoil the test, since the cone flag is not answered
// from there; the secondary one is asked after it alone, and not before the router has had its time to map our port
// (setGatewaySettled()): until then who is taken for restricted stays Probing, with an address that can be used
// already.
//
// Other questions are sent up to three times. An address that we sent to proves nothing about strangers, for
// as long as a NAT may remember: the cone test then waits until its memory is over (kFilterMemory), also after a
// mapping that let the answers in is gone, because a NAT may keep open what came through it.
//
// A server that shows us at another address again and again would have us tell contacts of each. The first
// TeredoServerRecord::kChangesMax in ten minutes are followed at once; who goes on alone is left for another server,
// and without another one for a while, during which there is no address to tell.
//
// What it never believes: an answer without our nonce, from another address or port than the question allows, to
// another link-local address, with another prefix than the asked server's, or without an origin.
#pragma once

#include "core/base/datagram.h"
#include "core/base/random.h"
#include "core/messenger/teredo_status.h"
#include "core/teredo/teredo_server_record.h"
#include "core/wire/teredo_packet.h"

#include <deque>
#include <map>

namespace culvert {

/// A server as the user named it, and where that name leads.
struct TeredoServerName {
    std::string name;
    std::vector<Ipv4Address> addresses;
    bool operator==(const TeredoServerName&) const = default;
};

/// What became another.
enum class TeredoEvent {
    Result, ///< state, kind, server, mapping or address
    Servers ///< how the servers do
};

/// Thread safety: one thread. Contract: after each input drain pollTransmit() and pollEvent().
class TeredoClient {
public:
    static constexpr std::size_t kNamesMax = 8;
    static constexpr std::size_t kAddressesMax = 4; ///< of one name
    static constexpr unsigned kTriesMax = 3;
    /// RFC 4380 §5.2.1 waits 4 s by default; who waits for friends would rather know, and §5.2.9 waits 2 s.
    static constexpr Duration kTryEvery = 2s;
    /// The same while we have no result yet: far more than nearly all round trips. A late answer counts, too.
    static constexpr Duration kSoon = 500ms;
    /// After the last try of those: together a round trip of 2.5 s is still heard.
    static constexpr Duration kLastWait = 1500ms;
    /// How long the secondary address may be left alone for a router that has not said yet whether it maps our port.
    static constexpr Duration kGatewayWait = 3s;
    /// RFC 4380 §5.2: the refresh interval; what is waited is 75 to 100 % of it.
    static constexpr Duration kRefreshInterval = 30s;
    /// RefreshSearch measures how long a mapping lives. Whatever it found: a refresh that finds another mapping halves
    /// the interval, down to this ...
    static constexpr Duration kRefreshMin = 7500ms;
    /// ... and so many in a row that find the same double it.
    static constexpr unsigned kRefreshesSteady = 40;
    static constexpr Duration kRestMin = 10s;
    static constexpr Duration kRestMax = 5min;
    /// RFC 4787 §4.3 REQ-5: a NAT may keep a mapping for 5 minutes, and recommends to.
    static constexpr Duration kFilterMemory = 5min;
    /// Servers that are not in use are measured this often, one at a time.
    static constexpr Duration kSurveyEvery = 5min;

    /// `allowReserved`: documentation addresses count as global, for test networks.
    TeredoClient(Random& random, bool allowReserved) : m_random(random), m_allowReserved(allowReserved) {}

    /// More names or addresses than the limits allow are left out, like addresses that are not global.
    void setServers(Instant now, const std::vector<TeredoServerName>& names);
    /// Whether we may be a client at all: IPv4, and no native IPv6 (RFC 4380 §5.5).
    void setAllowed(Instant now, bool isAllowed);
    bool isAllowed() const { return m_isAllowed; }
    /// The network is another one: everything that was found is void.
    void restart(Instant now);
    /// Somebody wants to know, or may have lost the mapping: the server is asked at once.
    void refresh(Instant now);
    /// The router's port mapping appeared, changed, or is gone (`isLost`).
    void handleMapping(Instant now, bool isLost);
    /// The refresh interval while no mapping is lost (RFC 4380 §5.2.7); kRefreshInterval until told otherwise.
    void setRefreshMax(Instant now, Duration interval);
    /// Whether no mapping of the router's is to be expected soon. True until told otherwise.
    void setGatewaySettled(Instant now, bool isSettled);
    /// How third parties that the user chose see our socket: a server that says the same is not in doubt.
    void setSeenByOthers(Instant now, std::vector<SocketAddress> seen);

    /// False when it is no router advertisement, and somebody else's matter. `wasContacted`: our socket sent to its
    /// source before, apart from what this client sends. REQUIRES: it came to the main socket
    bool handleDatagram(Instant now, const Datagram& datagram, bool wasContacted);
    void handleTimeout(Instant now);

    std::optional<Datagram> pollTransmit();
    std::optional<TeredoEvent> pollEvent();
    std::optional<Deadline> pollTimeout() const;

    /// `since` is left out.
    TeredoStatus status() const;
    /// Whether the first answer since the network is as it is may still come.
    bool isFirstRound() const { return m_isFirstRound && m_state == TeredoState::Probing; }
    /// Whether a NAT's filter may let `address` in because we sent there.
    bool isRemembered(Instant now, const Ipv4Address& address) const;
    /// Where cone tests are answered from, as far as is known. Nothing else should be sent there.
    std::vector<Ipv4Address> coneAnswerers() const;
    /// Packets that looked like answers and were none.
    std::uint64_t refused() const { return m_refused; }

private:
    enum class Purpose { Cone, Restricted, Secondary, Refresh, ConeAgain, Survey };
    struct Sent {
        std::array<std::uint8_t, 8> nonce{};
        Instant at{};
    };
    /// What is being asked, and when that is asked again.
    struct Question {
        Purpose purpose = Purpose::Cone;
        std::size_t server = 0;
        Ipv4Address remote;
        bool hasConeFlag = false;
        Ipv6Address linkLocal; ///< ours, for this question alone
        std::vector<Sent> sent;
        Instant next{};
    };
    struct Answer {
        SocketAddress from;
        std::optional<SocketAddress> origin;
        Duration took{};
    };

    // Questions and answers (teredo_client_exchange.cpp)
    void ask(Instant now, Purpose purpose);
    Question makeQuestion(Purpose purpose, std::size_t server);
    void send(Instant now, Question& question);
    std::optional<Answer> answerTo(Instant now, const Question& question, const SocketAddress& from,
                                   const wire::TeredoPacket& packet) const;
    bool mayTestCone(Instant now) const;
    void note(Instant now, std::map<Ipv4Address, Instant>& memory, const Ipv4Address& address) const;
    Duration waitAfter(const Question& question) const;

    // Cone, and what is asked beside it (teredo_client_cone.cpp)
    bool isTestingCone() const { return m_question && m_question->purpose == Purpose::Cone; }
    void askCone(Instant now);
    void tryCone(Instant now);
    Duration coneWait() const;
    void besideAnswered(Instant now, const Answer& answer);
    void coneIsSilent(Instant now);

    void begin(Instant now);
    void start(Instant now);
    void startWith(Instant now, std::size_t server);
    void startOver(Instant now);
    void answered(Instant now, const Answer& answer, bool wasContacted);
    void coneAnswered(Instant now, const Answer& answer, bool wasContacted);
    void unanswered(Instant now);
    void failServer(Instant now, TeredoServerHealth reason);
    void rest(Instant now);
    bool isCredible(Instant now, std::size_t server, const SocketAddress& mapped);
    void setResult(TeredoKind kind, const SocketAddress& mapped);
    void qualify(Instant now, TeredoKind kind, const SocketAddress& mapped);
    void keep(Instant now);
    void noteRefresh(bool isSameMapping);
    void survey(Instant now);
    void surveyed(Instant now, const std::optional<Answer>& answer);
    void setState(TeredoState state);
    void setHealth(std::size_t server, TeredoServerHealth health);
    void forgetResult();
    void stopAll();
    void clearFailures();
    std::optional<std::size_t> bestServer(Instant now) const;

    Random& m_random;
    const bool m_allowReserved;
    bool m_isAllowed = false;
    std::vector<std::string> m_names;
    std::vector<TeredoServerRecord> m_servers; ///< in the user's order
    std::vector<SocketAddress> m_seenByOthers;
    std::size_t m_current = 0;
    std::optional<Question> m_question, m_survey;
    std::size_t m_surveyed = 0; ///< the server after the one asked last
    std::optional<Instant> m_refreshAt, m_coneAgainAt, m_surveyAt, m_restUntil;
    Duration m_rest = kRestMin;
    Instant m_heldAt{}; ///< when the present server's primary address was asked last
    Duration m_refreshMax = kRefreshInterval;
    Duration m_refreshInterval = kRefreshInterval;
    unsigned m_refreshesSteady = 0;
    bool m_isFirstRound = true;
    bool m_wantsConeAgain = false;    ///< the cone test could not be made fairly
    SocketAddress m_firstMapped;      ///< as the primary address saw it, while the secondary one is asked
    std::optional<Question> m_beside; ///< of use while isTestingCone()
    unsigned m_besideAnswers = 0;
    Duration m_besideRoundTrip{}; ///< the longest; what was measured in another network says nothing
    bool m_isHeld = false;        ///< the cone test is over, and the secondary address waits for the router
    bool m_isGatewaySettled = true;
    Instant m_holdUntil{};
    bool m_isProvisional = false;               ///< the result rests on the cone test alone
    std::map<Ipv4Address, Instant> m_sentTo;    ///< whom a NAT may let in because of us
    std::map<Ipv4Address, Instant> m_heardFrom; ///< who came in though we had not sent to them

    TeredoState m_state = TeredoState::Off;
    std::optional<TeredoKind> m_kind;
    std::optional<SocketAddress> m_mapped;
    std::optional<Ipv4Address> m_resultServer;
    std::string m_resultName;
    std::uint16_t m_flags = 0; ///< RFC 5991 §3.1: 12 random bits, of the mapping and server below
    std::optional<std::pair<SocketAddress, Ipv4Address>> m_flagsFor;

    std::deque<Datagram> m_datagrams;
    bool m_resultChanged = false, m_serversChanged = false;
    std::uint64_t m_refused = 0;
};

} // namespace culvert
