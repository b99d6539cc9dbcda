// Engine: one state machine composed of tunnel, paths, sessions, registrations and the outbox of every contact.
//
// Contract: after each input (handle… or a command) drain pollTransmit(), pollEvent() and pollBatch(), until only the
// deadline of pollTimeout() is left, before the next input. What pollBatch() gives must be committed in order, and
// handleCommitted() called for each; only then are messages acknowledged, sent or shown.
// Thread safety: one thread. No clock, no socket, no allocation for strangers beyond the named limits.
#pragma once

#include "core/engine/datagram_machine.h"
#include "core/engine/peer_session.h"
#include "core/engine/session_schedule.h"
#include "core/engine/third_party.h"
#include "core/lan/lan_finder.h"
#include "core/messenger/network_history.h"
#include "core/nat/nat_prober.h"
#include "core/rendezvous/handoff_log.h"
#include "core/rendezvous/pair_budgets.h"
#include "core/teredo/local_discovery.h"
#include "core/teredo/refresh_search.h"
#include "core/teredo/teredo_client.h"

#include <set>

namespace culvert {

/// What an engine needs besides its profile.
struct EngineConfig {
    std::uint64_t instance = 0;      ///< random; another one after each start
    bool allowReserved = false;      ///< documentation addresses count as global, for test networks
    bool hearsErrors = false;        ///< handleError() is called for the main IPv6 socket
    bool allowOrdinaryRoute = false; ///< for this run, whatever the profile's settings say
    bool raisesMtu = true;           ///< the sockets heed Datagram::dontFragment
    bool allowTcp = true;            ///< false: not in this run, whatever the profile's settings say
    bool discoversLocally = false;   ///< handleDiscovery() is called for what the group of Teredo clients hears
    bool hearsBeacons = false;       ///< handleBeacon() is called for what comes to kLanGroup4 and kLanGroup6
    bool mayChangePort = false;      ///< NetworkStatus::mayChangePort
    bool mayMapPort = false;         ///< NetworkStatus::mayMapPort
};

/// The whole of Culvert without sockets, clock and disk.
class Engine final : public DatagramMachine {
public:
    static constexpr std::size_t kContactsMax = 10'000;
    static constexpr std::size_t kStrangersMax = 64;
    static constexpr std::size_t kThirdPartiesMax = 16;
    static constexpr std::size_t kRequestsMax = 100;
    /// Key agreements that others may cost us in a second, by what they claim to be: a flood of one kind does not stop
    /// the others.
    static constexpr unsigned kWorkPerSecondMax = 100;

    /// REQUIRES: snapshot.profile decodes (decodeProfile()); damaged contacts are skipped and logged.
    Engine(const Now& now, const EngineConfig& config, const ProfileRecord& profile, const ArchiveSnapshot& snapshot,
           Random& random);
    ~Engine() override;

    /// A new profile's record, to be stored before an engine starts from it.
    static ProfileRecord newProfile(const std::string& name, Random& random);

    void handleDatagram(const Now& now, const Datagram& datagram) override;
    void handleError(const Now& now, const QuotedError& error) override;
    /// A datagram that came to LocalDiscovery::group().
    void handleDiscovery(const Now& now, const Datagram& datagram);
    /// An ICMPv6 echo request that came to one of our native addresses.
    void handleNativeEcho(const Now& now, const wire::Ipv6Packet& request);
    /// The interfaces on which that group is to be heard now; none where nobody need listen.
    std::vector<std::uint32_t> discoveryInterfaces() const { return m_discovery.interfaces(); }
    /// A datagram that came to kLanGroup4 or kLanGroup6.
    void handleBeacon(const Now& now, const Datagram& datagram);
    /// The interfaces on which the group of a family is to be heard now.
    std::vector<std::uint32_t> beaconInterfaces(bool isV4) const { return m_lan.interfaces(isV4); }
    void handleTimeout(const Now& now) override;
    bool handleNetwork(const Now& now, const LocalNetwork& network) override;
    /// The computer was asleep: every path and registration is tried anew.
    void handleWake(const Now& now);
    /// Where the names of teredoServers() lead; names that are left out have no address yet.
    void setTeredoServers(const Now& now, const std::vector<TeredoServerName>& servers);
    /// What the routers did for us; states Claimed and Confirmed become Proven here.
    void handleGateway(const Now& now, const GatewayReport& report);
    void handleCommitted(const Now& now, std::uint64_t ticket);
    std::optional<TcpLinkId> acceptTcp(const Now& now, const SocketAddress& remote) override;
    void handleTcp(const Now& now, const TcpInput& input) override;
    std::optional<TcpOrder> pollTcp() override { return m_context.links.pollOrder(); }
    bool wantsTcp() const override { return m_context.links.isAllowed(); }
    /// Whether the user pays for what goes through this network.
    void handleMetered(const Now& now, bool isMetered);
    /// Whether our TCP port is open on this computer.
    void setTcpListens(bool listens);

    std::optional<Datagram> pollTransmit() override;
    std::optional<std::uint32_t> pollClosedSocket() override {
        auto closed = m_prober.pollClosedSocket();
        if (!closed)
            closed = m_refreshSearch.pollClosedSocket();
        if (!closed && !m_context.closedSockets.empty()) {
            closed = m_context.closedSockets.front();
            m_context.closedSockets.pop_front();
        }
        return closed ? closed : m_context.tunnel.pollClosedSocket();
    }
    std::optional<MessengerEvent> pollEvent();
    std::optional<ArchiveBatch> pollBatch();
    std::optional<Deadline> pollTimeout() const override;

    // Commands. Each answers at once; what it writes is durable when the last batch so far is committed.
    std::string ownAddress() const;
    std::vector<Invitation> invitations() const;
    Result<Invitation> createInvitation(const Now& now, const std::string& label);
    Result<void> revokeInvitation(const Now& now, const InvitationId& id);
    /// What ties router mappings to this profile (RFC 6887 §11.2).
    const std::array<std::uint8_t, 12>& mappingNonce() const { return m_context.profile.mappingNonce; }
    const std::string& ownName() const { return m_context.profile.name; }
    /// REQUIRES: checked by the caller.
    void setOwnName(const Now& now, const std::string& name);
    const Bytes& ownPicture() const { return m_context.picture.octets; }
    Result<void> setOwnPicture(const Now& now, Bytes octets);
    /// NotFound when the contact has none.
    Result<PictureId> pictureOf(const ContactId& contact) const;
    /// What the archive had when it was asked for `wanted`, as that is named. What is not there is asked for again.
    Result<Bytes> checkPicture(const Now& now, const ContactId& contact, const PictureId& wanted, Result<Bytes> stored);
    Result<ContactId> addContact(const Now& now, const AddContactRequest& request);
    std::vector<Contact> contacts(const Now& now) const;
    Result<void> acceptContact(const Now& now, const ContactId& contact);
    Result<void> removeContact(const Now& now, const ContactId& contact);
    Result<void> blockContact(const Now& now, const ContactId& contact);
    Result<void> verifyContact(const Now& now, const ContactId& contact);
    Result<MessageId> sendMessage(const Now& now, const ContactId& contact, const std::string& text,
                                  const std::optional<MessageRef>& replyTo = {});
    /// A change by the user. Whether the message is there, and is ours, is for the caller to know.
    Result<void> amend(const Now& now, const ContactId& contact, const Amendment& amendment);
    Result<void> eraseMessage(const Now& now, const ContactId& contact, const MessageRef& target);
    Result<void> setTyping(const Now& now, const ContactId& contact, bool isTyping);
    Result<void> muteContact(const Now& now, const ContactId& contact, std::optional<WallTime> until);
    Result<void> setDraft(const Now& now, const ContactId& contact, std::string text);
    Result<void> setDisappearing(const Now& now, const ContactId& contact, std::uint32_t seconds);
    Result<void> markRead(const Now& now, const ContactId& contact);
    Result<std::vector<PathInfo>> paths(const ContactId& contact) const;
    Result<ConnectionInfo> connection(const Now& now, const ContactId& contact, Watch watch);
    Result<void> retryContact(const Now& now, const ContactId& contact);
    Result<void> askToRing(const Now& now, const ContactId& contact);
    /// The main sockets are on another port, which is kept; handleNetwork() follows.
    void portChanged(std::uint16_t port);
    /// What a contact said of its network in this run of the program; nothing when it never did.
    std::optional<wire::NatHint> peerHint(const ContactId& contact) const;
    bool hasContact(const ContactId& contact) const { return m_sessions.contains(contact); }
    NetworkStatus networkStatus(Instant now) const;
    void retryConnections(const Now& now);
    const Settings& settings() const { return m_context.profile.settings; }
    void setSettings(const Now& now, const Settings& settings);
    Result<void> addThirdParty(const Now& now, const std::string& address);
    Result<void> removeThirdParty(const Now& now, const std::string& key);
    Result<void> moveThirdParty(const Now& now, const std::string& key, const std::string& before);
    Result<void> addTeredoServer(const Now& now, const std::string& host);
    Result<void> removeTeredoServer(const Now& now, const std::string& host);
    /// Whether Teredo servers are of use here; otherwise nobody need look up their names.
    bool mayUseTeredo() const { return m_teredo.isAllowed() || m_caller; }
    const std::vector<std::string>& teredoServers() const { return m_context.profile.teredoServers; }
    /// Says goodbye to everyone.
    void shutdown(const Now& now);

    const DropCounters& drops() const { return m_drops; }
    std::uint64_t lastTicket() const { return m_nextTicket - 1; }

private:
    PeerSession* find(const ContactId& contact);
    const PeerSession* find(const ContactId& contact) const;
    Result<PeerSession*> named(const ContactId& contact);
    PeerSession* addSession(const Now& now, ContactRecord record, bool isStored);
    void eraseSession(const ContactId& contact);
    void flush(const Now& now, PeerSession& session);
    void flushDirty(const Now& now);
    void finish(const Now& now);
    std::string addressWith(const wire::Token& token) const;
    void profileChanged(const Now& now);

    /// On which of our sockets something came in.
    struct Arrival {
        std::uint32_t socket = 0;
        std::uint16_t localPort = 0;
    };
    void handleControl(const Now& now, const Arrival& arrival, const InnerDatagram& inner);
    void handlePair(const Now& now, const Arrival& arrival, const InnerDatagram& inner,
                    const wire::PairEnvelope& envelope);
    void handleOtherSocket(const Now& now, const Arrival& arrival, const InnerDatagram& inner);
    void handleIntroduction(const Now& now, const InnerDatagram& inner, const wire::IntroductionEnvelope& envelope);
    void handleQuic(const Now& now, const InnerDatagram& inner);
    void handleInitial(const Now& now, const InnerDatagram& inner);
    PeerSession* stranger(const Now& now, const PublicKey& key, const wire::Token& token);
    enum class Work : std::size_t { Introduction, ContactsInitial, StrangersInitial, Handoff, Count };
    bool spend(Instant now, Work work);
    bool makeRoomForStranger();
    void expireStrangers(Instant now);
    void drop(DropReason reason) { m_drops.add(reason); }

    void fromThirdParty(const Now& now, const Arrival& arrival, ThirdParty& party, const InnerDatagram& inner,
                        const wire::ControlMessage& message);
    void handleDelivery(const Now& now, ThirdParty& party, const wire::HandoffDelivery& delivery);
    ThirdParty* addParty(const Now& now, const wire::ThirdPartyRecord& record, bool isOwn);
    void driveThirdParties(const Now& now);
    void failOverdueHandoffs(const Now& now);
    void sendHandoffs(const Now& now, const std::set<ContactId>& contacts);
    void sendHandoff(const Now& now, PeerSession& session);
    /// By whom a handoff goes, as far as its content depends on that.
    struct HandoffWay {
        Duration roundTrip{};                  ///< ours to them
        std::optional<SocketAddress> observed; ///< how they see us
    };
    Bytes makeHandoff(const Now& now, PeerSession& session, const HandoffWay& way, bool isAnswer,
                      const std::optional<wire::PortPrediction>& prediction);
    bool sendHandoffBy(const Now& now, PeerSession& session, ThirdParty& party, bool isAnswer,
                       std::optional<wire::PortPrediction> prediction = std::nullopt);
    bool lookBefore(const Now& now, PeerSession& session, ThirdParty& party, bool isAnswer);
    void handleLook(const Now& now, ThirdParty& party, const wire::ProbeReply& reply);
    std::vector<ThirdParty*> partiesFor(const Now& now, const PeerSession& session);
    void handleHandoffResult(const Now& now, ThirdParty& party, const wire::HandoffResult& result);
    void handoffFailed(const Now& now, const SentHandoff& sent);
    void courierOffered(const Now& now, const ContactId& by, wire::CourierOfferFrame frame);
    void carry(const Now& now, const ContactId& from, const wire::CourierRequestFrame& frame);
    void carried(const Now& now, const ContactId& courier, BytesView sealed);
    std::optional<PublicKey> sendHandoffByCourier(const Now& now, PeerSession& session);
    bool sendHandoffBy(const Now& now, PeerSession& session, PeerSession& courier, bool isAnswer);
    void driveCouriers(Instant now);
    std::vector<SocketAddress> remotesOf(const wire::ThirdPartyRecord& record, bool isOwn) const;
    bool isOwnParty(const PublicKey& key) const;
    void noteObserved(const Now& now, const SocketAddress& observed, const PublicKey& by);
    void noteArrival(Instant now, const ContactId& contact, const InnerDatagram& from);
    void noteAnswer(const ContactId& contact, const InnerDatagram& from);
    void noteRung(Instant now, const PeerSession& session, const InnerDatagram& from, const wire::Ring& ring);
    std::vector<SocketAddress> ringTargets(const PeerSession& session) const;
    void addRung(NetworkStatus& status) const;
    NatBehaviour natBehaviour() const;
    std::optional<Ipv4Address> outerAddress() const;
    void addTeredo(NatBehaviour& nat) const;
    std::optional<bool> isNested() const;
    void markProven(NetworkStatus& status) const;
    void driveTeredo(const Now& now);
    void tellTeredo(Instant now);
    void updateDiscovery(const Now& now);
    void updateLan(const Now& now, const PeerSession& session);
    void driveLan();
    LanStatus lanStatus() const;
    void driveRefreshSearch(Instant now);

    bool handleTunnelledError(const Now& now, const Datagram& datagram);
    void updateDoorbell(const Now& now);
    void driveDoorbell();
    std::vector<SocketAddress> doorbellPlaces(const NetworkStatus& status) const;
    std::optional<Ipv6Address> callerAddress() const;
    std::vector<RingWay> ringWays(const PeerSession& session) const;
    void ringContacts(const Now& now, const std::set<ContactId>& contacts);
    void updateProber(Instant now);
    bool gatewayIsSettled() const;
    void driveProber(Instant now);
    void sendRequest(Instant now, const NatProberRequest& request);

    void handleInner(const Now& now, const Arrival& arrival, const InnerDatagram& inner);
    void driveTcp(const Now& now);
    void linkChanged(const Now& now, const TcpLinkEvent& event);
    void updateLinks(Instant now, const PeerSession& session);
    void wantLinks(Instant now, ThirdParty& party);
    void noteHeard(Instant now, const InnerDatagram& from);
    bool isUdpShut(Instant now) const;
    TcpStatus tcpStatus(Instant now) const;

    void startOver(const Now& now);
    void waysChanged(const Now& now);
    void updateEndpoints(const Now& now);
    void announceNetwork(const Now& now);
    void addLocal(std::vector<PathInfo>& paths) const;
    void updateHint(const Now& now, const NetworkStatus& status);
    void updateFacts(const NetworkStatus& status);
    Help helpFor(Instant now, const ContactRecord& contact) const;
    void announceEndpoints(const Now& now);

    EngineContext m_context;
    std::map<ContactId, std::unique_ptr<PeerSession>> m_sessions;
    std::set<ContactId> m_strangers; ///< whose sessions are not stored
    SessionSchedule m_schedule;
    std::set<ContactId> m_dirty;
    std::map<KeyIdOctets, ContactId> m_contactKeys;
    std::map<KeyIdOctets, PublicKey> m_partyKeys;
    std::map<QuicConnectionId, ContactId> m_connectionIds;
    std::map<PublicKey, std::unique_ptr<ThirdParty>> m_parties;
    HandoffLog m_handoffs;
    PairBudgets m_carried;                         ///< as a courier
    std::map<PublicKey, TokenBucket> m_carriedFor; ///< by who asks: recipients
    std::map<PublicKey, SocketAddress> m_observed; // who said it -> our IPv4 address as they see it
    std::vector<wire::EndpointRecord> m_endpoints;
    wire::NatHint m_toldHint; ///< as sessions were told last
    // A handoff that waits for how a new socket of ours looks to the third party: our NAT counts its ports.
    struct Look {
        ContactId contact;
        std::uint64_t transaction = 0;
        std::uint32_t socket = 0;
        bool isAnswer = false;
        Instant until{};
    };
    static constexpr std::size_t kLooksMax = 8;
    static constexpr Duration kLookWait = 400ms;
    std::vector<Look> m_looks;
    NatProber m_prober;
    NatFindings m_lastFindings;
    TeredoClient m_teredo;
    const bool m_discoversLocally;
    LocalDiscovery m_discovery;
    const bool m_hearsBeacons;
    LanFinder m_lan;
    RefreshSearch m_refreshSearch;
    static constexpr std::size_t kRingServersMax = 8;
    static constexpr unsigned kRingsPerSecondMax = 10; ///< contacts, of up to Ringer::kWaysMax packets each
    RatePerSecond m_rings;
    std::vector<Ipv4Address> m_ringServers; ///< addresses of the user's Teredo servers
    std::optional<Ipv6Address> m_caller;    ///< from which we ring, where that can be
    Doorbell m_doorbell;
    DoorbellStatus m_doorbellCounts;
    bool m_callersChanged = false;         ///< who may ring us
    TeredoStatus m_teredoKnown;            ///< its result as it was told last
    std::optional<WallTime> m_teredoSince; ///< of that
    bool m_proberWasRunning = false;
    // Who came in from an address that we had not sent to; proof once the same contact answers us from there.
    struct UnexpectedArrival {
        ContactId contact;
        Instant at{};
    };
    std::map<SocketAddress, UnexpectedArrival> m_unexpected;
    InboundStatus m_inbound4, m_inbound6; ///< by contacts
    const bool m_allowTcpThisRun;
    bool m_tcpListens = false;
    std::optional<bool> m_isMetered;
    std::optional<Instant> m_udpHeard, m_tcpHeard; ///< an answer from beyond our network, since the ways out changed
    bool m_wasUdpShut = false;
    DropCounters m_drops;
    std::deque<ArchiveBatch> m_batches;
    std::map<std::uint64_t, std::vector<std::function<void(const Now&)>>> m_afterCommit;
    std::uint64_t m_nextTicket = 1;
    std::array<RatePerSecond, static_cast<std::size_t>(Work::Count)> m_work;
    bool m_networkChanged = true;
    Instant m_networkSince{};           ///< of the present ways out
    std::optional<Instant> m_waitUntil; ///< for third parties that have not answered
    std::optional<Instant> m_startOverAt;
    Instant m_startOversUsed{}; ///< grows by kStartOverEvery each time; what lies in the future is used up
    std::uint64_t m_thirdPartyOctets = 0;
    GatewayReport m_gateway;
    NetworkStatus m_announcedNetwork;
    NetworkHistory m_history;
    const bool m_mayChangePort, m_mayMapPort;
};

/// Whether `text` holds a sound address string, and whose. Pure; any thread.
AddressCheck checkAddress(const std::string& text);

} // namespace culvert
