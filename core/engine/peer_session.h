// PeerSession: everything between us and one contact: paths, the QUIC connection, frames, the outbox.
//
// Who dials: the lower public key is QUIC's client, always. Both sides probe paths; as soon as one works in the eyes of
// the client it opens the connection. So two who dial at once end in one session, by construction.
// A session is replaced when the peer answers as another instance (it restarted), or when all paths were gone for a
// while (QUIC's back-off would delay recovery). Messages live in the outbox until they are acknowledged, and every
// session starts with all of them again, so that replacing a session loses nothing.
// An acknowledgement goes out only after our store has committed the message.
#pragma once

#include "core/base/rate_limit.h"
#include "core/crypto/replay_window.h"
#include "core/doorbell/ringer.h"
#include "core/engine/engine_context.h"
#include "core/engine/message_expiry.h"
#include "core/engine/outbox.h"
#include "core/engine/path_journal.h"
#include "core/engine/picture_exchange.h"
#include "core/path/path_manager.h"
#include "core/punch/port_search.h"
#include "core/quic/quic_connection.h"
#include "core/wire/session_frame.h"

#include <memory>

namespace culvert {

/// One contact, or a stranger whose invitation is valid. Thread safety: the engine's thread.
class PeerSession {
public:
    static constexpr std::uint64_t kControlStream = 0;
    static constexpr std::uint64_t kChatStream = 1;
    /// A stranger that sends no request goes after this time, much sooner while it has shown no way back.
    static constexpr Duration kStrangerLifetime = 60s;
    static constexpr Duration kUnreachableStrangerLifetime = 10s;
    /// Octets of their messages that may wait for our store; beyond that QUIC's flow control holds them back.
    static constexpr std::size_t kUncommittedMax = 1024 * 1024;
    /// After this long without an answer we say so: within 15 s everybody has read why.
    static constexpr Duration kVerdictAfter = 14s;
    static constexpr Duration kKeyUpdateEvery = 10min;
    /// UDP is tried alone for this long.
    static constexpr Duration kTcpHeadStart = 1500ms;
    /// Who writes says so again after kTypingPause, and counts as writing for kTypingLifetime.
    static constexpr Duration kTypingPause = 3s;
    static constexpr Duration kTypingLifetime = 6s;
    /// More often than this nobody begins to write.
    static constexpr Duration kTypingQuiet = 1s;
    /// A contact is rung so often at most, for each address family, and asked to ring a little less often.
    static constexpr Duration kRungPause = 10s;
    static constexpr Duration kAskToRingPause = 12s;

    /// REQUIRES: keys belong to record.id
    PeerSession(EngineContext& context, const Now& now, ContactRecord record, PairKeys keys, bool isStored);
    ~PeerSession() {
        closeSearch({});
        closeFreshSocket({}, 0);
    }
    PeerSession(const PeerSession&) = delete;
    PeerSession& operator=(const PeerSession&) = delete;

    const ContactId& id() const { return m_record.id; }
    const ContactRecord& record() const { return m_record; }
    const PairKeys& keys() const { return m_keys; }
    const DhPublicKey& dhKey() const { return m_dhKey; }
    bool isStored() const { return m_isStored; }
    Instant createdAt() const { return m_createdAt; }
    /// A stranger that never asked for anything.
    bool isExpired(Instant now) const { return !m_isStored && now >= expiresAt(); }
    Instant expiresAt() const {
        return m_createdAt + (isReachable() ? kStrangerLifetime : kUnreachableStrangerLifetime);
    }
    /// An address of theirs has answered us.
    bool isReachable() const { return m_paths.isUp(); }
    /// Whether a packet that opens a connection may be theirs at all.
    bool mayAccept() const { return !m_isClient && wantsSession(); }

    // What came in. Addresses are inner ones.
    void handleProbe(const Now& now, const InnerDatagram& from, const wire::Probe& probe);
    /// True when it answers a probe of ours.
    bool handleReply(const Now& now, const InnerDatagram& from, const wire::ProbeReply& reply);
    void handleQuic(const Now& now, const InnerAddress& remote, const QuicConnectionId& id, BytesView packet);
    /// A packet that opens a connection from this contact; false when we are the one who dials, or it is not theirs.
    bool handleInitial(const Now& now, const InnerAddress& remote, BytesView packet);
    /// `roundTrip`: ours to the third party that handed it over.
    void handleHandoff(const Now& now, const wire::HandoffContent& content, Duration roundTrip);
    /// They rang: they are at this Teredo address, and at the IPv4 address and port in it.
    void handleCaller(const Now& now, const Ipv6Address& caller);
    /// A beacon of theirs came from this address of the local network, or one that somebody repeats.
    void handleBeacon(const Now& now, const SocketAddress& at);
    void handleTimeout(const Now& now);
    /// Drains everything into the context. After each input.
    void flush(const Now& now);
    std::optional<Deadline> pollTimeout() const;

    // What the user wants.
    /// Goes on where the conversation of a contact ended whose record was damaged, and whose place this one takes.
    void adoptHistory();
    void restore(const ArchiveSnapshot& snapshot);
    MessageId sendMessage(const Now& now, std::string text, std::optional<MessageRef> replyTo);
    /// REQUIRES: isAllowed(amendment), by us
    void amend(const Now& now, Amendment amendment);
    /// From here alone, without a trace; what waits of it is not sent.
    void erase(const MessageRef& target);
    void setTyping(const Now& now, bool isTyping);
    void mute(std::optional<WallTime> until);
    void setDraft(std::string text);
    void setDisappearing(const Now& now, std::uint32_t seconds);
    void updateAddress(const Now& now, const wire::ContactAddress& address);
    /// A stranger becomes somebody whom we ask, with the session that there may be. REQUIRES: not stored
    void ask(const Now& now, const wire::ContactAddress& address);
    void accept(const Now& now);
    void block(const Now& now);
    void verify();
    void rename(const std::string& name);
    /// Which picture of ours there is, to who may see it.
    void tellPicture();
    /// Theirs is not stored, or not to be: it is asked for in the next session.
    void forgetPicture();
    void setGreeting(std::string greeting) { m_record.greeting = std::move(greeting); }
    void markRead(const Now& now);
    void networkChanged(const Now& now);
    void endpointsChanged(const Now& now);
    void settingsChanged(const Now& now);
    void kick(const Now& now) {
        m_journal.note(now, MomentKind::TriedAnew);
        m_paths.tryAnew(now.monotonic);
        restartHandoffs(now.monotonic);
        m_peerKnowsUs = false;
        m_ringer.restart(now.monotonic);
    }
    /// We have another address: who was lost with the old one is asked for again at once. Whoever has been away for
    /// longer is not, since each pair has a budget at its third parties.
    void moved(Instant now) {
        if (m_handoffs <= kLostLately)
            handoffFailed(now);
    }
    /// Says goodbye and stops.
    void close(const Now& now);

    Contact contact(const Now& now) const;
    /// What they said of their network last, in this run of the program; nothing when they never did.
    const std::optional<wire::NatHint>& peerHint() const { return m_peerHint; }
    std::vector<PathInfo> paths() const { return m_paths.describe(); }
    ConnectionInfo connection(const Now& now) const;
    /// Somebody looks at how the path in use does.
    void look(Instant now) { m_paths.look(now); }
    bool knowsRemote(const InnerAddress& remote) const { return m_paths.knows(remote); }
    /// Whether a handoff should go out now; the answer schedules the next one.
    bool wantsHandoff(Instant now) const;
    /// How often this third party was asked since the paths went down: the next handoff goes through others.
    unsigned handoffsThrough(const PublicKey& party) const {
        const auto found = m_handoffsThrough.find(party);
        return found == m_handoffsThrough.end() ? 0 : found->second;
    }
    /// What became of wantsHandoff(): through whom it went. `mayComeSoon`: nobody was ready, and somebody may be.
    void handoffSent(const Now& now, const std::vector<PublicKey>& through, bool mayComeSoon);
    /// A third party did not pass it on, and there is another one: the next goes at once.
    void handoffFailed(Instant now);
    /// Whether a handoff of theirs is to be answered with one of ours, now.
    bool takeAnswer(Instant now);
    /// A handoff of ours is about to leave: which port of ours it may foretell, for a socket that has sent nothing yet.
    /// `next`: what a look found, where our NAT counts.
    std::optional<wire::PortPrediction> foretell(Instant now, const std::optional<wire::PortPrediction>& next);
    /// A handoff of ours left; what is known of them is tried again after `start`.
    void toldOfUs(Instant now, Duration start);
    /// Only who accepted us knows our rings.
    bool mayRing() const { return m_record.state == ContactState::Accepted && !m_paths.isUp(); }
    bool wantsRing(Instant now) const { return mayRing() && m_ringer.isDue(now); }
    /// How we look from outside, or the servers, may have changed.
    void ringWaysChanged(Instant now, const std::vector<RingWay>& ways) { m_ringer.handleChange(now, ways); }
    void postponeRing(Instant until) { m_ringer.postpone(until); }
    /// The packets to send now; the answer schedules the next ones. REQUIRES: wantsRing(now.monotonic)
    std::vector<Datagram> ring(const Now& now, const std::vector<RingWay>& ways);
    void setSpentRings(const std::vector<SpentRing>& rings) {
        m_record.spentRings = rings;
        save();
    }
    /// Whether TCP connections to tcpPlaces() should be tried; `isUdpShut`: there is nothing to wait for.
    bool wantsTcp(Instant now, bool isUdpShut) const {
        return wantsSession() && m_withoutPathSince && (isUdpShut || *m_withoutPathSince + kTcpHeadStart <= now);
    }
    std::vector<SocketAddress> tcpPlaces() const;
    /// A TCP connection that we opened is there, or any of theirs is gone.
    void linkChanged(const Now& now, const InnerAddress& remote, bool isUp);
    bool needsLinks(Instant now) const { return wantsSession() && m_paths.needsTcp(now); }
    /// A session is up, whether or not a path is just now.
    bool hasSession() const { return m_sessionStarted; }
    bool isConnected() const { return m_connection && m_connection->isEstablished() && m_paths.isUp(); }
    Duration roundTrip() const { return m_paths.activeRoundTrip(); }
    /// Our IPv4 address as this contact saw it last; nothing when the packet took another way.
    const std::optional<SocketAddress>& observedFromThere() const { return m_observedFromThere; }
    bool canRing() const {
        return isConnected() && m_record.state == ContactState::Accepted && (m_features & wire::kRings) != 0;
    }
    /// As PathManager::straightHosts().
    std::vector<SocketAddress> straightHosts() const { return m_paths.straightHosts(); }
    /// Asks for rings at these addresses of ours; false where it was asked a moment ago. REQUIRES: canRing()
    bool askToRing(const Now& now, const std::vector<SocketAddress>& targets);
    /// What we have to say to a courier, or as one. REQUIRES: hasSession()
    void tellCourier(const wire::SessionFrame& frame) { write(frame); }
    /// The record is stored at the end of this input, when it differs from what is stored.
    void save() { m_needsSave = true; }
    /// Tells listeners when presence, state or name changed.
    void announce(const Now& now);

    /// Connection ids of ours that came and went since the last call.
    std::vector<QuicConnectionIdEvent> takeIdEvents() { return std::exchange(m_idEvents, {}); }

private:
    bool wantsSession() const { return m_record.state != ContactState::Blocked; }
    void dial(const Now& now);
    void drop(Instant now, std::unique_ptr<QuicConnection>& connection);
    QuicConfig quicConfig() const;
    void connectionIsNew(Instant now);
    void sendPackets(Instant now, QuicConnection& connection);
    void drain(const Now& now, std::unique_ptr<QuicConnection>& connection);
    void handleEvent(const Now& now, QuicConnection& from, const QuicEvent& event);
    bool isWithAnother(Instant now, std::uint64_t instance) const;
    bool hasUnacknowledged() const;
    void endStalled(const Now& now);
    void promote(const Now& now);
    void sessionStarted(const Now& now);
    void sendProbes(const Now& now);
    void handlePathEvents(const Now& now);
    void noteWhetherUp(Instant now);
    std::optional<Instant> nextTcp() const;

    void feed(const Now& now, std::uint64_t stream, BytesView data);
    void handle(const Now& now, const wire::HelloFrame& frame);
    void handle(const Now& now, const wire::ContactRequestFrame& frame);
    void handle(const Now& now, const wire::ContactAcceptedFrame& frame);
    void handle(const Now& now, const wire::EndpointsFrame& frame);
    void handle(const Now& now, const wire::MessageFrame& frame);
    void handle(const Now& now, const wire::AckFrame& frame);
    void handle(const Now& now, const wire::ReadFrame& frame);
    void handle(const Now& now, const wire::CourierOfferFrame& frame);
    void handle(const Now& now, const wire::CourierRequestFrame& frame);
    void handle(const Now& now, const wire::CourierDeliveryFrame& frame);
    void handle(const Now& now, const wire::AmendmentFrame& frame);
    void handle(const Now& now, const wire::TypingFrame& frame);
    void handle(const Now& now, const wire::FeaturesFrame& frame);
    void handle(const Now& now, const wire::PictureToldFrame& frame);
    void handle(const Now& now, const wire::PictureWantedFrame& frame);
    void handle(const Now& now, const wire::PictureFrame& frame);
    void handle(const Now& now, const wire::RingWantedFrame& frame);
    void handle(const Now& now, const wire::RingAnswerFrame& frame);
    wire::RingStatus ringAsStranger(Instant now, const wire::RingWantedFrame& frame);
    bool sharesPictures() const;
    void drivePictures(Instant now);
    std::optional<Instant> nextPicture() const;
    bool admit(const Now& now, std::uint64_t epoch, std::uint64_t sequence, std::size_t textSize);
    void acknowledgeWhenCommitted(const wire::AckFrame& ack, std::size_t textSize,
                                  const std::function<void(PeerSession&)>& then);
    void enqueue(const Now& now, Message message);
    void writeEntry(const OutboxEntry& entry);
    void giveUp(const OutboxEntry& entry, FailReason reason);
    void theyStoppedTyping();
    void expire(const Now& now);
    bool knowsAmendments() const { return (m_record.features.value_or(0) & wire::kAmendments) != 0; }
    void becomeAccepted(const Now& now);
    void takeName(const std::string& name);
    void write(const wire::SessionFrame& frame);
    void sendEndpoints();
    void sendReadMark();
    void fillSession(const Now& now);
    bool mayAnswerUnproven(Instant now);
    void writeRecord();
    void giveBack();
    void settle(const Now& now, std::uint64_t sequence, MessageState state);

    void addCandidates(std::vector<Candidate>& out, const wire::EndpointRecord& endpoint) const;
    std::vector<Candidate> candidatesOf(const std::vector<wire::EndpointRecord>& endpoints, PathSource source) const;
    std::vector<Candidate> announcedCandidates() const;
    void rememberRemote();
    bool wantsHandoffs() const {
        return m_record.state == ContactState::Accepted || m_record.state == ContactState::Requested;
    }
    void meet(const Now& now, const wire::HandoffContent& content, Duration roundTrip);
    void addIntroduced(Instant now, const wire::HandoffContent& content, const wire::PunchPlan& plan,
                       Duration roundTrip);
    void tryForetold(Instant now, const wire::HandoffContent& content);
    void tryFreshSocket(Instant now);
    void closeFreshSocket(Instant now, std::uint32_t kept);
    void planSearch(Instant now, const wire::HandoffContent& content, Duration roundTrip);
    void drivePunch(const Now& now);
    void startSearch(const Now& now);
    void sendSearchProbes(Instant now);
    void endSearch(Instant now);
    void closeSearch(Instant now);
    void drainSearch();
    void considerPunch(const std::function<void(const std::optional<Deadline>&)>& consider) const;
    void takeHint(const wire::Additions& additions) {
        // Who has just started knows nothing yet; what they said before is the better guess.
        if (additions.hint && (!m_peerHint || additions.hint->filtering || additions.hint->mapping))
            m_peerHint = additions.hint;
    }
    void note(const Now& now, const PathChangedEvent& event);
    Presence presence(Instant now) const;
    PairOutlook outlook(Instant now) const;
    PeerFamilies families(Instant now) const;

    EngineContext& m_context;
    ContactRecord m_record;
    PairKeys m_keys;
    DhPublicKey m_dhKey{};
    bool m_isStored;
    bool m_isClient;
    Instant m_createdAt;

    PathManager m_paths;
    PathJournal m_journal;
    PathSource m_endpointsSource = PathSource::Stored; // of those in the record
    bool m_peerKnowsUs = false;         // a pair message of theirs opened: introductions are not needed any more
    std::uint64_t m_provenInstance = 0; // their instance, as a reply proved it
    ReplayWindow m_probeWindow;         // of that instance
    RatePerSecond m_unprovenProbes;     // those of other instances may be replays: few are answered
    Instant m_nextKick{};
    void restartHandoffs(Instant next) {
        m_nextHandoff = next;
        m_handoffs = m_handoffsUnready = 0;
        m_handoffsThrough.clear();
    }

    static constexpr unsigned kLostLately = 3; // handoffs ago

    unsigned m_handoffs = 0;                         // sent since the paths went down
    std::map<PublicKey, unsigned> m_handoffsThrough; // of them, by third party
    unsigned m_handoffsUnready = 0;                  // wanted while no third party was ready
    std::optional<wire::NatHint> m_peerHint;
    /// A search that both ends agreed on, before it begins.
    struct PlannedSearch {
        SearchRole role = SearchRole::None;
        SocketAddress remote;
        Instant at{};
    };
    std::optional<PlannedSearch> m_plannedSearch;
    std::optional<PortSearch> m_search; // also when it is over: it holds the socket that it won
    Instant m_nextSearch = Instant::min();
    std::uint32_t m_freshSocket = 0;           // whose outer port a handoff of ours foretold
    std::optional<SocketAddress> m_theirOuter; // as their last handoff said
    std::optional<SocketAddress> m_observedFromThere;
    std::optional<Instant> m_punchAt;         // when everything is tried again, as agreed
    bool m_wantsAnswer = false;               // a handoff came in that nobody has answered
    Instant m_toldOfUs = Instant::min() + 1h; // when a handoff of ours left last
    Instant m_nextHandoff{};
    Ringer m_ringer;
    // When we may ring again because they asked, over IPv6 and IPv4; and when they may be asked.
    std::array<Instant, 2> m_nextRung{Instant::min(), Instant::min()};
    Instant m_nextAskToRing = Instant::min();
    std::optional<Instant> m_withoutPathSince; // while there is something to try
    bool m_isTcpDue = false;                   // the head start is over, and the engine knows

    std::unique_ptr<QuicConnection> m_connection; // the session, or the client's attempt at one
    std::unique_ptr<QuicConnection> m_accepting;  // the server's side of an attempt
    std::map<QuicConnectionId, QuicConnection*> m_ids;
    std::vector<QuicConnectionIdEvent> m_idEvents;
    bool m_sessionStarted = false;
    Instant m_connectedAt{};               // when m_connection came to be
    bool m_hasWritten = false;             // since packets were last asked for
    Instant m_lastWrite{};                 // when something was written to it last
    Instant m_lastQuic{};                  // when a packet of it came in last
    Instant m_lastPacket{};                // when one of any connection of theirs did
    std::uint64_t m_connectedInstance = 0; // which run of their program it is with; 0 until their hello
    bool m_helloSeen = false;              // in this session
    std::uint32_t m_features = 0;          // as this session says
    bool m_hasRefused = false;             // a message of this session was not taken
    bool m_requestSeen = false;            // in this session
    bool m_endpointsSeen = false;          // in this session
    Instant m_endpointsPaid = Instant::min();
    std::size_t m_uncommitted = 0;  // octets of messages on their way to the store
    std::uint64_t m_unconsumed = 0; // octets of the chat stream that flow control has not given back
    bool m_needsSave = false;
    Bytes m_saved;
    Instant m_nextDial{};
    Instant m_nextKeyUpdate{};
    std::map<std::uint64_t, wire::FrameReader> m_readers;

    Outbox m_outbox;
    std::map<std::uint64_t, MessageId> m_delivered; // sequence -> id, until it was read
    std::uint64_t m_lastPosition = 0;
    std::uint64_t m_receivedSequence = 0; // accepted, perhaps not committed yet
    std::uint32_t m_unread = 0;
    PictureExchange m_pictures;
    MessageExpiry m_expiry;
    std::optional<Instant> m_nextExpiry;   // as the wall clock said last
    Instant m_nextTyping = Instant::min(); // they may begin to write
    std::optional<Instant> m_typingUntil;  // they write
    std::optional<Instant> m_toldTypingAt; // we write, and they know
    Contact m_announced;
    bool m_wasAnnounced = false;
};

} // namespace culvert
