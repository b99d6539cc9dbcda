#include "core/engine/peer_session.h"

#include "core/wire/mapped_address.h"
#include "core/wire/teredo_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr Duration kRedial = 1s;
// A blackout longer than this leaves QUIC with a long back-off: a new connection is quicker.
constexpr Duration kReconnectAfter = 1500ms;
// A handoff costs a third party work: direct candidates get a head start, then pauses grow.
constexpr Duration kHandoffHeadStart = 100ms;
constexpr Duration kHandoffRetry = 50ms;
constexpr unsigned kUnreadyAtOnce = 60;
constexpr Duration kHandoffPauseMax = 60s;
// Of how many it is remembered that they were asked: theirs and ours.
constexpr std::size_t kHandoffPartiesMax = 32;
// A peer that seems to have restarted is looked for at once, but a replay must not make us probe without end.
constexpr Duration kKickPause = 5s;
constexpr Duration kHelloTimeout = 3s;
constexpr Duration kStalledAfter = 4s;
// Longer than a ring is on its way.
constexpr Duration kDoubtAfter = 1s;
constexpr unsigned kUnprovenPerSecondMax = 20;
// Who is not accepted gets little of our memory for data out of order.
constexpr std::uint64_t kWindowOfStrangers = 64 * 1024;

// Without native IPv6 of our own, their native address is reached through the tunnel (they are our relay).
PathKind announcedKind(const wire::EndpointRecord& endpoint, bool haveNative6) {
    switch (endpoint.kind) {
    case wire::EndpointKind::Native6:
        return haveNative6 && !endpoint.address.v6().isTeredo() ? PathKind::Native6 : PathKind::Teredo;
    case wire::EndpointKind::Mapped4:
        return PathKind::Mapped4;
    case wire::EndpointKind::Lan4:
    case wire::EndpointKind::Lan6:
        return PathKind::Lan;
    case wire::EndpointKind::Teredo:
        return PathKind::Teredo;
    }
    return PathKind::None;
}

// Between two Teredo clients there is no relay (RFC 4380 §5.2.4), also when the system is one of them.
PathKind ordinaryKind(const LocalNetwork& local, const Ipv6Address& theirs) {
    return theirs.isTeredo() && !local.teredo6.empty() ? PathKind::Teredo : PathKind::Ordinary;
}

// The kind of an address that was learnt from a packet. Whose relay a native host's came through only they know.
PathKind reflexiveKind(const LocalNetwork& local, const InnerDatagram& from, bool saysOrdinary) {
    const Ipv6Address& inner = from.remote.address.v6();
    if (from.remote.tcp)
        return PathKind::Tcp;
    if (from.remote.ordinary)
        return ordinaryKind(local, inner);
    if (from.remote.via && saysOrdinary)
        return PathKind::Ordinary;
    if (from.outer.isV4() && wire::isMapped(inner)) {
        const Ipv4Address& v4 = from.outer.v4();
        return v4.isPrivate() || v4.isLoopback() ? PathKind::Lan : PathKind::Punched4;
    }
    if (from.outer.isV4() || inner.isTeredo())
        return PathKind::Teredo;
    return inner.isNativeGlobal() ? PathKind::Native6 : PathKind::Lan;
}

SocketAddress innerOf(const wire::EndpointRecord& endpoint) {
    return endpoint.address.isV4() ? wire::toMapped(endpoint.address) : endpoint.address;
}

// Nobody may point us at this computer itself, at everybody, or at nothing.
bool mayBeProbed(const wire::EndpointRecord& endpoint) {
    if (endpoint.address.isV4()) {
        const Ipv4Address& v4 = endpoint.address.v4();
        // What is not of the internet is a LAN's, whatever it is called: mayShareNetwork() judges those.
        return v4.octets[0] != 0 && v4.octets[0] < 224 &&
               (v4.isGlobal(true) || endpoint.kind == wire::EndpointKind::Lan4);
    }
    const Ipv6Address& v6 = endpoint.address.v6();
    return endpoint.kind == wire::EndpointKind::Native6 ? v6.isNativeGlobal() || v6.isTeredo()
           : endpoint.kind == wire::EndpointKind::Teredo
               ? v6.isTeredo()
               : (v6.isUniqueLocal() || v6.isLoopback()) && !wire::isMapped(v6);
}

} // namespace

void EngineContext::sendSegments(Instant now, const InnerAddress& remote, BytesView packets, std::size_t segmentSize) {
    if (remote.tcp) {
        links.send(tcpRemote(remote), packets, segmentSize);
        return;
    }
    std::optional<Datagram> whole;
    while (!packets.empty()) {
        const BytesView packet = packets.first(std::min(segmentSize, packets.size()));
        packets = packets.subspan(packet.size());
        auto one = tunnel.send(now, remote, packet);
        if (!one)
            continue; // It waits, or is lost.
        if (!whole) {
            whole = std::move(one);
            whole->segmentSize = whole->payload.size();
            whole->dontFragment = packet.size() > wire::kInnerPayloadMax;
        } else {
            append(whole->payload, one->payload);
        }
    }
    if (!whole)
        return;
    if (whole->segmentSize == whole->payload.size())
        whole->segmentSize = 0;
    transmit(std::move(*whole));
}

PeerSession::PeerSession(EngineContext& context, const Now& now, ContactRecord record, PairKeys keys, bool isStored)
    : m_context(context), m_record(std::move(record)), m_keys(std::move(keys)),
      m_dhKey(dhKeyOf(m_record.id.octets).value_or(DhPublicKey{})), m_isStored(isStored),
      m_isClient(context.identity.publicKey() < m_record.id.octets), m_createdAt(now.monotonic),
      m_paths(context.random, context.instance), m_ringer(context.random, m_keys.sendingKeyFor(kRingKeyPurpose)),
      m_receivedSequence(m_record.receiveSequence) {
    m_paths.setAllowOrdinary(now.monotonic, context.allowsOrdinary());
    m_paths.setRaisesMtu(context.raisesMtu);
    if (wantsSession())
        m_paths.setAnnounced(now.monotonic, announcedCandidates());
    m_nextHandoff = now.monotonic + kHandoffHeadStart;
    m_ringer.restart(now.monotonic);
    m_wasAnnounced = false;
}

// An endpoint may be reached by two roads: through our own tunnel, and by the ordinary route.
void PeerSession::addCandidates(std::vector<Candidate>& out, const wire::EndpointRecord& endpoint) const {
    const LocalNetwork& local = m_context.inputs.local;
    const SocketAddress inner = innerOf(endpoint);
    const bool haveNative6 = !local.native6.empty();
    out.push_back({announcedKind(endpoint, haveNative6), inner, CandidateOrigin::Announced});
    const bool isTheirTeredo = inner.v6().isTeredo();
    const bool isTheirNative = inner.v6().isNativeGlobal();
    const bool haveTeredo = !local.teredo6.empty() || m_context.tunnel.addresses().teredo;
    if (!(isTheirTeredo && (haveNative6 || !local.teredo6.empty())) && !(isTheirNative && !haveNative6 && haveTeredo))
        return;
    InnerAddress byOrdinaryRoute = inner;
    byOrdinaryRoute.ordinary = true;
    out.push_back({ordinaryKind(local, inner.v6()), byOrdinaryRoute, CandidateOrigin::Announced});
}

std::vector<Candidate> PeerSession::candidatesOf(const std::vector<wire::EndpointRecord>& endpoints,
                                                 PathSource source) const {
    std::vector<Candidate> out;
    for (const wire::EndpointRecord& endpoint : endpoints) {
        if (!mayBeProbed(endpoint))
            continue;
        if (endpoint.kind == wire::EndpointKind::Lan4 &&
            !mayShareNetwork(m_context.inputs, endpoint.address.v4(), endpoints))
            continue;
        addCandidates(out, endpoint);
    }
    for (Candidate& candidate : out)
        candidate.source = source;
    return out;
}

std::vector<Candidate> PeerSession::announcedCandidates() const {
    std::vector<Candidate> out = candidatesOf(m_record.endpoints, m_endpointsSource);
    for (const SocketAddress& remote : m_record.lastRemotes) {
        const auto v4 = wire::fromMapped(remote.v6());
        const InnerDatagram from{remote, v4.value_or(remote), {}};
        if (std::ranges::none_of(out, [&](const Candidate& known) { return known.remote.address == remote; }))
            out.push_back({reflexiveKind(m_context.inputs.local, from, false), remote, CandidateOrigin::Announced,
                           PathSource::LastTime});
    }
    return out;
}

// Where they answered is the best guess for the next start, whatever they announce until then. Of a stranger it is
// kept in memory (save()), because the way is found before they ask, and there is no other event when they are
// accepted.
void PeerSession::rememberRemote() {
    const auto active = m_paths.activeRemote();
    // Which interface a link-local address is found on is another one tomorrow, and a search's socket is closed.
    if (!active || active->via || active->ordinary || active->tcp || active->socket != 0 ||
        active->address.v6().isLinkLocal() ||
        (!m_record.lastRemotes.empty() && m_record.lastRemotes.front() == active->address))
        return;
    std::erase(m_record.lastRemotes, active->address);
    m_record.lastRemotes.insert(m_record.lastRemotes.begin(), active->address);
    if (m_record.lastRemotes.size() > kLastRemotesMax)
        m_record.lastRemotes.pop_back();
    save();
}

void PeerSession::handleProbe(const Now& now, const InnerDatagram& from, const wire::Probe& probe) {
    if (m_record.state == ContactState::Blocked)
        return;
    if (probe.instance == m_provenInstance) {
        if (!m_probeWindow.accept(probe.counter))
            return;
    } else if (!mayAnswerUnproven(now.monotonic)) {
        return; // A restart, or a replay of another instance: only a reply to a probe of ours tells.
    }
    const PathKind kind = reflexiveKind(m_context.inputs.local, from, probe.byOrdinaryRoute);
    if (!m_paths.handleProbe(now.monotonic, from.remote, kind, from.payload.size()))
        return;
    if (m_search)
        m_search->hear(from.remote.socket);
    const wire::ProbeReply reply{probe.transaction, m_context.instance, from.outer};
    m_context.send(now.monotonic, from.remote, m_context.sealer.sealPair(m_keys, reply));
}

bool PeerSession::mayAnswerUnproven(Instant now) {
    if (m_record.state == ContactState::Accepted && now >= m_nextKick) {
        m_nextKick = now + kKickPause;
        m_paths.kick(now);
    }
    return m_unprovenProbes.spend(now, kUnprovenPerSecondMax);
}

bool PeerSession::handleReply(const Now& now, const InnerDatagram& from, const wire::ProbeReply& reply) {
    m_peerKnowsUs = true;
    if (!m_paths.handleReply(now.monotonic, from.remote, reply))
        return false;
    if (reply.instance != m_provenInstance) {
        m_provenInstance = reply.instance;
        m_probeWindow = {};
    }
    if (m_context.observed && from.remote.socket == 0 && !from.remote.tcp) { // Other sockets look otherwise.
        if (reply.observed.isV4() && reply.observed.v4().isGlobal(m_context.inputs.allowReserved))
            m_observedFromThere = reply.observed;
        m_context.observed(now, reply.observed, id());
    }
    handlePathEvents(now);
    return true;
}

void PeerSession::handlePathEvents(const Now& now) {
    while (const auto event = m_paths.pollEvent()) {
        const auto* changed = std::get_if<PathChangedEvent>(&*event);
        rememberRemote();
        if (changed != nullptr)
            note(now, *changed);
        if (const auto* restarted = std::get_if<PeerRestartedEvent>(&*event)) {
            m_journal.note(now, MomentKind::PeerRestarted);
            if (isWithAnother(now.monotonic, restarted->instance)) {
                drop(now.monotonic, m_connection);
                m_nextDial = now.monotonic;
            }
        } else if (m_isClient && changed->up && changed->downFor > kReconnectAfter &&
                   now.monotonic - m_connectedAt > kReconnectAfter) {
            // The session sleeps in QUIC's back-off. One that was dialled just now, on the way that came up, does not.
            drop(now.monotonic, m_connection);
            m_nextDial = now.monotonic;
        }
        if (changed != nullptr && !changed->up) {
            m_peerKnowsUs = false; // They may have forgotten a request that they had not stored.
            restartHandoffs(now.monotonic + kHandoffHeadStart);
            m_ringer.restart(now.monotonic);
        }
        if (changed != nullptr && changed->up)
            endSearch(now.monotonic);
    }
}

// Whether the session is with an instance that is gone. Without their hello it is either on its way up, or old.
bool PeerSession::isWithAnother(Instant now, std::uint64_t instance) const {
    if (m_connectedInstance != 0)
        return m_connectedInstance != instance;
    return m_connection && now - m_connectedAt > kHelloTimeout;
}

bool PeerSession::hasUnacknowledged() const {
    return m_connection->unacknowledged(kControlStream) + m_connection->unacknowledged(kChatStream) > 0;
}

// The path works, and yet QUIC hears nothing of what it sends: the other end has forgotten this connection.
void PeerSession::endStalled(const Now& now) {
    if (!m_connection || !m_connection->isEstablished() || !m_paths.isUp())
        return;
    if (!hasUnacknowledged() || now.monotonic - std::max(m_lastQuic, m_lastWrite) < kStalledAfter)
        return;
    drop(now.monotonic, m_connection);
    m_nextDial = now.monotonic;
}

void PeerSession::handleQuic(const Now& now, const InnerAddress& remote, const QuicConnectionId& id, BytesView packet) {
    const auto found = m_ids.find(id);
    if (found == m_ids.end())
        return;
    m_paths.noteReceived(now.monotonic, remote, packet.size());
    m_lastPacket = now.monotonic;
    if (found->second == m_connection.get())
        m_lastQuic = now.monotonic;
    found->second->handlePacket(now.monotonic, packet);
}

QuicConfig PeerSession::quicConfig() const {
    return {&m_context.identity, &m_context.random, CongestionControl::Bbr,
            std::max<Duration>(m_paths.activeRoundTrip(), 20ms),
            m_record.state == ContactState::Accepted ? QuicConfig{}.streamWindow : kWindowOfStrangers};
}

void PeerSession::connectionIsNew(Instant now) {
    m_connectedAt = m_lastQuic = now;
    m_connectedInstance = 0;
}

bool PeerSession::handleInitial(const Now& now, const InnerAddress& remote, BytesView packet) {
    if (m_isClient || !wantsSession())
        return false;
    auto connection = acceptConnection(now.monotonic, quicConfig(), packet,
                                       [this](const DhPublicKey& key) { return key == m_dhKey; });
    if (!connection)
        return false;
    m_paths.noteReceived(now.monotonic, remote, packet.size());
    if (connection->isClosed())
        return false; // Another contact's, perhaps: nothing is sent for it.
    drop(now.monotonic, m_accepting);
    m_accepting = std::move(connection);
    return true;
}

void PeerSession::handleCaller(const Now& now, const Ipv6Address& caller) {
    const auto teredo = wire::decodeTeredoAddress(caller);
    if (!teredo || m_record.state != ContactState::Accepted)
        return;
    m_journal.note(now, MomentKind::RingHeard);
    // Nobody rings while there is a way; what was heard in the last moments, though, may be newer than the ring.
    if (now.monotonic - m_lastPacket > kDoubtAfter) {
        // A ring that a server held back, or one that crossed a path on its way up, must not end what is only idle.
        const bool isIdle = m_connection && m_connection->isEstablished() && !hasUnacknowledged();
        m_paths.doubt(now.monotonic, kDoubtAfter, isIdle ? PathDoubt::OnTrial : PathDoubt::Dead);
        handlePathEvents(now);
        const bool sleeps = m_connection && (!m_connection->isEstablished() || hasUnacknowledged());
        if (m_isClient && !m_paths.isUp() && sleeps) {
            // What it sent went nowhere, and QUIC's back-off would delay the next.
            drop(now.monotonic, m_connection);
            m_nextDial = now.monotonic;
        }
    }
    meet(now, {id().octets, {}, now.wall, {{wire::EndpointKind::Mapped4, teredo->mapped()}}}, {});
}

void PeerSession::handleBeacon(const Now& now, const SocketAddress& at) {
    if (!wantsSession())
        return;
    m_journal.note(now, MomentKind::BeaconHeard);
    m_paths.hear(now.monotonic, at.isV4() ? wire::toMapped(at) : at);
}

std::vector<Datagram> PeerSession::ring(const Now& now, const std::vector<RingWay>& ways) {
    // Our NAT must let in whoever calls back: what opens it goes out at the same time.
    if (!ways.empty()) {
        m_paths.probeOnce(now.monotonic);
        m_journal.note(now, MomentKind::RingSent);
    }
    return m_ringer.ring(now, ways);
}

void PeerSession::handleTimeout(const Now& now) {
    if (m_typingUntil && *m_typingUntil <= now.monotonic)
        theyStoppedTyping();
    m_paths.handleTimeout(now.monotonic);
    drivePunch(now);
    handlePathEvents(now);
    endStalled(now);
    for (auto* connection : {m_connection.get(), m_accepting.get()})
        if (connection != nullptr)
            connection->handleTimeout(now.monotonic);
    if (m_connection && m_connection->isEstablished() && now.monotonic >= m_nextKeyUpdate) {
        // Only one side starts updates, so that the two do not meet.
        if (m_isClient)
            (void)m_connection->updateKeys(now.monotonic);
        m_nextKeyUpdate = now.monotonic + kKeyUpdateEvery;
    }
}

void PeerSession::dial(const Now& now) {
    if (!m_isClient || m_connection || !wantsSession() || m_nextDial > now.monotonic)
        return;
    // The handshake's first flight is one full datagram.
    if (!m_paths.isUp() && !m_paths.mayRoute(QuicConnection::kDatagramSize))
        return;
    m_connection = openConnection(now.monotonic, quicConfig(), m_dhKey);
    connectionIsNew(now.monotonic);
    m_nextDial = now.monotonic + kRedial;
}

void PeerSession::drop(Instant now, std::unique_ptr<QuicConnection>& connection) {
    if (!connection)
        return;
    const QuicConnection* gone = connection.get();
    if (!connection->isClosed()) {
        connection->close(now);
        sendPackets(now, *connection); // The goodbye, or the other end would believe in it for minutes.
    }
    for (auto id = m_ids.begin(); id != m_ids.end();) {
        if (id->second != gone) {
            ++id;
            continue;
        }
        m_idEvents.push_back({id->first, false});
        id = m_ids.erase(id);
    }
    if (&connection == &m_connection)
        m_sessionStarted = false;
    connection.reset();
}

void PeerSession::sendPackets(Instant now, QuicConnection& connection) {
    if (std::exchange(m_hasWritten, false))
        m_lastWrite = now;
    connection.setDatagramSize(m_paths.datagramSize());
    while (auto transmit = connection.pollTransmit(now)) {
        const auto remote = m_paths.route(transmit->packets.size());
        if (!remote)
            continue; // Lost, as far as QUIC can tell; it comes again when there is a path.
        m_context.sendSegments(now, *remote, transmit->packets, transmit->segmentSize);
        m_paths.noteSent(now, transmit->segmentSize);
    }
}

void PeerSession::drain(const Now& now, std::unique_ptr<QuicConnection>& connection) {
    while (connection) {
        sendPackets(now.monotonic, *connection);
        const auto event = connection->pollEvent();
        if (!event)
            return;
        handleEvent(now, *connection, *event);
    }
}

void PeerSession::handleEvent(const Now& now, QuicConnection& from, const QuicEvent& event) {
    if (const auto* id = std::get_if<QuicConnectionIdEvent>(&event)) {
        if (id->added)
            m_ids[id->id] = &from;
        else
            m_ids.erase(id->id);
        m_idEvents.push_back(*id);
    } else if (std::holds_alternative<QuicEstablishedEvent>(event)) {
        if (&from == m_accepting.get())
            promote(now);
        else
            sessionStarted(now);
    } else if (const auto* data = std::get_if<QuicStreamDataEvent>(&event)) {
        if (&from == m_connection.get())
            feed(now, data->stream, data->data);
    } else if (std::holds_alternative<QuicClosedEvent>(event)) {
        drop(now.monotonic, &from == m_accepting.get() ? m_accepting : m_connection);
        m_peerKnowsUs = false;
        m_nextDial = std::max(m_nextDial, now.monotonic + kRedial / 4);
    }
}

void PeerSession::promote(const Now& now) {
    drop(now.monotonic, m_connection);
    m_connection = std::move(m_accepting);
    connectionIsNew(now.monotonic);
    sessionStarted(now);
}

void PeerSession::sendProbes(const Now& now) {
    if (!wantsSession())
        return;
    while (auto outgoing = m_paths.pollProbe(now.monotonic)) {
        if (!m_context.reaches(outgoing->remote))
            continue;
        // Who does not know us needs an introduction; who does can open a pair message for the price of one lookup.
        const bool introduce = m_record.state == ContactState::Requested && !m_peerKnowsUs;
        const std::size_t overhead = introduce ? wire::kIntroductionHeader + 32 + 48 + 16 + 40 : wire::kPairOverhead;
        if (outgoing->size > 0)
            outgoing->probe.paddedSize = outgoing->size - overhead;
        const Bytes sealed =
            introduce ? m_context.sealer.sealIntroduction(m_record.id.octets, m_record.token, {}, outgoing->probe)
                      : m_context.sealer.sealPair(m_keys, outgoing->probe);
        m_context.send(now.monotonic, outgoing->remote, sealed, {.hopLimit = outgoing->hopLimit});
    }
}

void PeerSession::flush(const Now& now) {
    sendProbes(now);
    sendSearchProbes(now.monotonic);
    dial(now);
    drain(now, m_connection);
    drain(now, m_accepting);
    if (m_sessionStarted) {
        fillSession(now);
        drivePictures(now.monotonic);
        drain(now, m_connection);
    }
    noteWhetherUp(now.monotonic);
    expire(now);
    writeRecord();
    announce(now);
}

std::optional<Deadline> PeerSession::pollTimeout() const {
    std::optional<Deadline> next;
    const std::function<void(const std::optional<Deadline>&)> consider = [&next](const auto& deadline) {
        if (deadline && (!next || deadline->at < next->at))
            next = deadline;
    };
    if (m_nextExpiry)
        consider(Deadline{*m_nextExpiry, "expiry"});
    if (!wantsSession())
        return next;
    if (m_typingUntil)
        consider(Deadline{*m_typingUntil, "typing"});
    if (const auto at = nextPicture())
        consider(Deadline{*at, "picture"});
    consider(m_paths.pollTimeout());
    for (const auto* connection : {m_connection.get(), m_accepting.get()})
        if (connection != nullptr)
            consider(connection->pollTimeout());
    if (m_isClient && !m_connection && m_paths.isUp())
        consider(Deadline{m_nextDial, "dial"});
    if (m_paths.tryingSince() && presence(*m_paths.tryingSince()).verdict == Verdict::Connecting &&
        m_announced.presence.verdict == Verdict::Connecting)
        consider(Deadline{*m_paths.tryingSince() + kVerdictAfter, "verdict"});
    if (m_record.state != ContactState::Pending && !m_paths.isUp())
        consider(Deadline{m_nextHandoff, "handoff"});
    considerPunch(consider);
    if (const auto at = nextTcp())
        consider(Deadline{*at, "TCP"});
    if (mayRing() && m_ringer.nextRing())
        consider(Deadline{*m_ringer.nextRing(), "ring"});
    return next;
}

bool PeerSession::wantsHandoff(Instant now) const {
    return wantsHandoffs() && !m_paths.isUp() && m_nextHandoff <= now;
}

void PeerSession::handoffSent(const Now& at, const std::vector<PublicKey>& through, bool mayComeSoon) {
    const Instant now = at.monotonic;
    if (through.empty() && mayComeSoon) {
        ++m_handoffsUnready;
        m_nextHandoff = now + (m_handoffsUnready < kUnreadyAtOnce ? kHandoffRetry : 5s);
        return;
    }
    if (!through.empty())
        m_journal.note(at, MomentKind::HandoffSent);
    for (const PublicKey& party : through)
        if (m_handoffsThrough.contains(party) || m_handoffsThrough.size() < kHandoffPartiesMax)
            ++m_handoffsThrough[party];
    const unsigned step = std::min(m_handoffs++, 7U);
    m_nextHandoff = now + std::min<Duration>(Duration(500ms) * (1U << step), kHandoffPauseMax);
}

void PeerSession::handoffFailed(Instant now) {
    if (!m_paths.isUp())
        m_nextHandoff = std::min(m_nextHandoff, now);
}

void PeerSession::networkChanged(const Now& now) {
    m_journal.note(now, MomentKind::TriedAnew);
    m_paths.setAnnounced(now.monotonic, announcedCandidates());
    closeSearch(now.monotonic);
    closeFreshSocket(now.monotonic, 0);
    m_observedFromThere.reset();
    m_paths.networkChanged(now.monotonic);
    m_withoutPathSince.reset();
    handlePathEvents(now);
    m_ringer.restart(now.monotonic);
}

void PeerSession::settingsChanged(const Now& now) {
    m_paths.setAllowOrdinary(now.monotonic, m_context.allowsOrdinary());
    handlePathEvents(now);
}

void PeerSession::close(const Now& now) {
    drop(now.monotonic, m_accepting);
    if (m_connection && !m_connection->isClosed()) {
        m_connection->close(now.monotonic);
        drain(now, m_connection);
    }
}

} // namespace culvert
