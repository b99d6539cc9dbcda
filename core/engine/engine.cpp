#include "core/engine/engine.h"

#include "core/engine/invitations.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kNameCharactersMax = 64;
// An Initial may name any contact whose address it comes from; more than a few never share one.
constexpr int kInitialTriesMax = 4;

std::uint64_t randomNumber(Random& random) {
    return random.below(UINT64_MAX);
}

} // namespace

ProfileRecord Engine::newProfile(const std::string& name, Random& random) {
    ProfileRecord profile;
    random.fillSecret(profile.seed.span());
    profile.name = name.substr(0, kNameCharactersMax * 4);
    random.fillSecret(profile.token);
    random.fillSecret(profile.mappingNonce);
    // RFC 6335 §6: the dynamic ports.
    profile.port = static_cast<std::uint16_t>(49152 + random.below(16384));
    return profile;
}

Engine::Engine(const Now& now, const EngineConfig& config, const ProfileRecord& profile,
               const ArchiveSnapshot& snapshot, Random& random)
    : m_context(profile, random, config.instance, config.allowReserved), m_carried(random), m_prober(random),
      m_teredo(random, config.allowReserved), m_discoversLocally(config.discoversLocally), m_discovery(random),
      m_hearsBeacons(config.hearsBeacons), m_lan(random, m_context.identity.publicKey(), profile.token),
      m_refreshSearch(random), m_doorbell(random), m_allowTcpThisRun(config.allowTcp),
      m_mayChangePort(config.mayChangePort), m_mayMapPort(config.mayMapPort) {
    m_lan.setOn(now, m_hearsBeacons && profile.settings.lanDiscovery);
    m_context.links.setAllowed(config.allowTcp && profile.settings.tcp);
    m_context.couriers.setOn(now.monotonic, profile.settings.couriers);
    m_context.inputs.hearsErrors = config.hearsErrors;
    m_context.inputs.teredoRandom = static_cast<std::uint16_t>(random.below(4096));
    m_context.allowOrdinaryThisRun = config.allowOrdinaryRoute;
    m_context.raisesMtu = config.raisesMtu;
    // The router most likely still forwards what it forwarded before; it is asked again at once.
    if (profile.lastMapping) {
        m_context.inputs.mapping.state = PortMappingState::Trying;
        m_context.inputs.mapping.external = profile.lastMapping;
    }
    m_context.endpointsSequence = static_cast<std::uint64_t>(std::max<std::int64_t>(now.wall.milliseconds, 1));
    m_context.find = [this](const ContactId& contact) {
        m_dirty.insert(contact);
        return find(contact);
    };
    m_context.observed = [this](const Now& at, const SocketAddress& observed, const ContactId& by) {
        noteObserved(at, observed, by.octets);
    };
    m_context.mayStoreRequest = [this] {
        const auto pending = std::ranges::count_if(m_sessions, [](const auto& item) {
            return item.second->isStored() && item.second->record().state == ContactState::Pending;
        });
        return static_cast<std::size_t>(pending) < kRequestsMax;
    };
    m_context.courierOffered = [this](const Now& at, const ContactId& by, wire::CourierOfferFrame frame) {
        courierOffered(at, by, std::move(frame));
    };
    m_context.carry = [this](const Now& at, const ContactId& from, const wire::CourierRequestFrame& frame) {
        carry(at, from, frame);
    };
    m_context.carried = [this](const Now& at, const ContactId& courier, BytesView sealed) {
        carried(at, courier, sealed);
    };
    m_context.helpFor = [this](Instant at, const ContactRecord& record) { return helpFor(at, record); };
    if (!snapshot.picture.empty())
        m_context.picture = {snapshot.picture, pictureIdOf(snapshot.picture)};
    for (const PutContact& stored : snapshot.contacts) {
        auto record = decodeContact(stored.blob);
        if (!record || record->id != stored.id) {
            m_context.log("a stored contact is damaged and was left out");
            continue;
        }
        addSession(now, std::move(*record), true);
    }
    for (auto& [id, session] : m_sessions)
        session->restore(snapshot);
    for (const auto& [id, position] : snapshot.lastPosition)
        if (!m_sessions.contains(id))
            m_context.strayPositions[id] = position;
    for (const wire::ThirdPartyRecord& party : profile.thirdParties)
        addParty(now, party, true);
    if (profile.mappingNonce == decltype(profile.mappingNonce){}) {
        random.fillSecret(m_context.profile.mappingNonce);
        m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    }
    // Nothing is sent yet: the first handleNetwork() says from where.
}

Engine::~Engine() = default;

PeerSession* Engine::find(const ContactId& contact) {
    const auto found = m_sessions.find(contact);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

const PeerSession* Engine::find(const ContactId& contact) const {
    const auto found = m_sessions.find(contact);
    return found == m_sessions.end() ? nullptr : found->second.get();
}

PeerSession* Engine::addSession(const Now& now, ContactRecord record, bool isStored) {
    const auto keys = PairKeys::derive(m_context.identity, record.id.octets);
    if (!keys || m_sessions.size() >= kContactsMax)
        return nullptr;
    const ContactId id = record.id;
    m_contactKeys[keys->receivingId()] = id;
    m_sessions[id] = std::make_unique<PeerSession>(m_context, now, std::move(record), *keys, isStored);
    if (!isStored)
        m_strangers.insert(id);
    m_dirty.insert(id);
    return m_sessions[id].get();
}

void Engine::eraseSession(const ContactId& contact) {
    const auto found = m_sessions.find(contact);
    if (found == m_sessions.end())
        return;
    m_contactKeys.erase(found->second->keys().receivingId());
    m_doorbell.forget(contact.octets);
    m_lan.forget(contact.octets);
    m_context.links.forget(contact.octets);
    std::erase_if(m_connectionIds, [&](const auto& item) { return item.second == contact; });
    m_strangers.erase(contact);
    m_schedule.set(contact, std::nullopt);
    m_sessions.erase(found);
}

void Engine::flush(const Now& now, PeerSession& session) {
    session.flush(now);
    updateLinks(now.monotonic, session);
    if (!session.hasSession())
        m_context.couriers.left(now.monotonic, session.id().octets);
    for (const QuicConnectionIdEvent& event : session.takeIdEvents()) {
        if (event.added)
            m_connectionIds[event.id] = session.id();
        else
            m_connectionIds.erase(event.id);
    }
    const PublicKey& key = session.id().octets;
    const bool mayRingUs = session.record().state == ContactState::Accepted;
    if (mayRingUs != m_doorbell.isExpected(key)) {
        if (mayRingUs)
            m_doorbell.expect(key, session.keys().receivingKeyFor(kRingKeyPurpose), session.record().spentRings);
        else
            m_doorbell.forget(key);
        m_callersChanged = mayRingUs == m_doorbell.isExpected(key) || m_callersChanged; // It may have no room.
    }
    updateLan(now, session);
    if (session.isStored())
        m_strangers.erase(session.id());
    const auto deadline = session.pollTimeout();
    m_schedule.set(session.id(), deadline ? std::optional(deadline->at) : std::nullopt);
}

void Engine::flushDirty(const Now& now) {
    while (!m_dirty.empty()) {
        const std::set<ContactId> dirty = std::exchange(m_dirty, {});
        for (const ContactId& contact : dirty)
            if (PeerSession* session = find(contact))
                flush(now, *session);
    }
}

// The end of every input: everything that it caused is in the output queues.
void Engine::finish(const Now& now) {
    driveTeredo(now);
    driveTcp(now);
    flushDirty(now);
    driveCouriers(now.monotonic);
    driveThirdParties(now);
    driveProber(now.monotonic);
    updateDoorbell(now);
    m_networkChanged = m_context.trial.takeChange() || m_networkChanged;
    announceNetwork(now);
    flushDirty(now);
    driveDoorbell();
    driveLan();
    m_context.drainTunnel();
    if (!m_context.out.writes.empty()) {
        m_batches.push_back(
            {m_nextTicket, std::exchange(m_context.out.writes, {}), !m_context.out.afterCommit.empty()});
        m_afterCommit[m_nextTicket] = std::exchange(m_context.out.afterCommit, {});
        ++m_nextTicket;
    }
}

void Engine::handleCommitted(const Now& now, std::uint64_t ticket) {
    const auto found = m_afterCommit.find(ticket);
    if (found == m_afterCommit.end())
        return;
    const auto actions = std::move(found->second);
    m_afterCommit.erase(found);
    for (const auto& action : actions)
        action(now);
    finish(now);
}

void Engine::handleDatagram(const Now& now, const Datagram& datagram) {
    if (datagram.socket == 0 &&
        m_teredo.handleDatagram(now.monotonic, datagram, m_context.contacted.mayContain(datagram.remote)))
        return finish(now);
    if (RefreshSearch::isOwnSocket(datagram.socket)) {
        m_refreshSearch.handleDatagram(now.monotonic, datagram);
        return finish(now);
    }
    DropReason reason = DropReason::Malformed;
    const auto inner = m_context.tunnel.receive(now.monotonic, datagram, reason);
    if (!inner && handleTunnelledError(now, datagram))
        return;
    if (!inner)
        return drop(reason);
    if (inner->payload.empty())
        return finish(now); // A bubble: the tunnel knows what to do.
    // A Teredo peer's own port (RFC 6081 §5.4) is the tunnel's alone: what comes in there is as good as at the main
    // one.
    const bool isTunnels = datagram.socket >= kSocketOfPort;
    const Arrival arrival{isTunnels ? 0 : datagram.socket, datagram.local.port()};
    handleInner(now, arrival, *inner);
    finish(now);
}

void Engine::handleInner(const Now& now, const Arrival& arrival, const InnerDatagram& inner) {
    if (arrival.socket != 0)
        handleOtherSocket(now, arrival, inner);
    else if (inner.payload.front() >= wire::kFirstQuicOctet)
        handleQuic(now, inner);
    else
        handleControl(now, arrival, inner);
}

void Engine::handleControl(const Now& now, const Arrival& arrival, const InnerDatagram& inner) {
    const auto envelope = wire::decodeEnvelope(inner.payload);
    if (!envelope)
        return drop(DropReason::Malformed);
    if (const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope))
        return handlePair(now, arrival, inner, *pair);
    if (const auto* introduction = std::get_if<wire::IntroductionEnvelope>(&*envelope))
        return handleIntroduction(now, inner, *introduction);
    if (const auto* cookie = std::get_if<wire::CookieReply>(&*envelope)) {
        for (auto& [key, party] : m_parties)
            party->client.handleCookie(now.monotonic, inner.remote, *cookie);
        return;
    }
    drop(DropReason::Malformed); // A cookie request: we are no third party.
}

void Engine::handlePair(const Now& now, const Arrival& arrival, const InnerDatagram& inner,
                        const wire::PairEnvelope& envelope) {
    const auto contact = m_contactKeys.find(envelope.keyId);
    if (contact != m_contactKeys.end() && arrival.socket == 0) {
        PeerSession& session = *m_sessions.at(contact->second);
        const auto message = m_context.sealer.openPair(session.keys(), envelope);
        if (!message)
            return drop(DropReason::Unauthenticated);
        m_dirty.insert(session.id());
        if (const auto* probe = std::get_if<wire::Probe>(&*message)) {
            noteArrival(now.monotonic, session.id(), inner);
            return session.handleProbe(now, inner, *probe);
        }
        if (const auto* reply = std::get_if<wire::ProbeReply>(&*message)) {
            if (session.handleReply(now, inner, *reply)) {
                noteAnswer(session.id(), inner);
                noteHeard(now.monotonic, inner);
                if (inner.remote.tcp)
                    m_context.links.prove(now.monotonic, inner.outer, session.id().octets);
            }
            return;
        }
        if (const auto* ring = std::get_if<wire::Ring>(&*message))
            return noteRung(now.monotonic, session, inner, *ring);
        return drop(DropReason::Malformed);
    }
    const auto party = m_partyKeys.find(envelope.keyId);
    if (party == m_partyKeys.end())
        return drop(DropReason::UnknownPeer);
    ThirdParty& known = *m_parties.at(party->second);
    const auto message = m_context.sealer.openPair(known.keys, envelope);
    if (!message)
        return drop(DropReason::Unauthenticated);
    fromThirdParty(now, arrival, known, inner, *message);
}

bool Engine::spend(Instant now, Work work) {
    return m_work[static_cast<std::size_t>(work)].spend(now, kWorkPerSecondMax);
}

void Engine::handleIntroduction(const Now& now, const InnerDatagram& inner,
                                const wire::IntroductionEnvelope& envelope) {
    if (!m_context.sealer.isForUs(envelope))
        return drop(DropReason::Unauthenticated);
    if (!spend(now.monotonic, Work::Introduction))
        return drop(DropReason::RateLimited);
    const auto opened = m_context.sealer.openIntroduction(envelope);
    if (!opened)
        return drop(DropReason::Unauthenticated);
    const auto* probe = std::get_if<wire::Probe>(&opened->message);
    if (probe == nullptr)
        return drop(DropReason::Malformed);
    PeerSession* session = stranger(now, opened->key, opened->token);
    if (session == nullptr)
        return drop(DropReason::UnknownPeer);
    m_dirty.insert(session->id());
    noteArrival(now.monotonic, session->id(), inner);
    session->handleProbe(now, inner, *probe);
}

// The session of a key: a contact's, or a new one when the invitation is ours.
PeerSession* Engine::stranger(const Now& now, const PublicKey& key, const wire::Token& token) {
    const ContactId id{key};
    if (PeerSession* known = find(id))
        return known;
    if (!isInvited(m_context.profile, token) || key == m_context.identity.publicKey())
        return nullptr;
    if (!makeRoomForStranger())
        return nullptr;
    ContactRecord record;
    record.id = id;
    record.state = ContactState::Pending;
    record.sendEpoch = randomNumber(m_context.random);
    return addSession(now, std::move(record), false);
}

// Where all places are taken the oldest stranger goes who has not shown a way back: an introduction alone costs its
// sender one packet from any address.
bool Engine::makeRoomForStranger() {
    std::size_t strangers = 0;
    const PeerSession* oldest = nullptr;
    for (const ContactId& stranger : m_strangers) {
        const PeerSession* session = find(stranger);
        if (session == nullptr || session->isStored())
            continue;
        ++strangers;
        if (!session->isReachable() && (oldest == nullptr || session->createdAt() < oldest->createdAt()))
            oldest = session;
    }
    if (strangers < kStrangersMax)
        return true;
    if (oldest == nullptr)
        return false;
    eraseSession(ContactId(oldest->id()));
    return true;
}

void Engine::expireStrangers(Instant now) {
    std::vector<ContactId> expired;
    for (const ContactId& stranger : m_strangers)
        if (m_sessions.at(stranger)->isExpired(now))
            expired.push_back(stranger);
    for (const ContactId& contact : expired) {
        m_sessions.at(contact)->close({now, {}});
        eraseSession(contact);
    }
}

void Engine::handleQuic(const Now& now, const InnerDatagram& inner) {
    const auto target = quicPacketTarget(inner.payload);
    if (!target)
        return drop(DropReason::Malformed);
    const auto found = m_connectionIds.find(target->destination);
    if (found != m_connectionIds.end()) {
        m_dirty.insert(found->second);
        return m_sessions.at(found->second)->handleQuic(now, inner.remote, target->destination, inner.payload);
    }
    if (!target->startsConnection)
        return drop(DropReason::UnknownPeer);
    handleInitial(now, inner);
}

// An Initial does not say whose it is, so the sessions that know its source try it: contacts first, and strangers only
// a few times, or they could keep contacts out by claiming their addresses.
void Engine::handleInitial(const Now& now, const InnerDatagram& inner) {
    for (const bool wantContacts : {true, false}) {
        int tries = 0;
        for (auto& [id, session] : m_sessions) {
            const ContactState state = session->record().state;
            const bool isContact = state == ContactState::Accepted || state == ContactState::Requested;
            if (isContact != wantContacts || !session->mayAccept() || !session->knowsRemote(inner.remote))
                continue;
            if (!wantContacts && ++tries > kInitialTriesMax)
                break;
            if (!spend(now.monotonic, wantContacts ? Work::ContactsInitial : Work::StrangersInitial))
                return drop(DropReason::RateLimited);
            m_dirty.insert(id);
            if (session->handleInitial(now, inner.remote, inner.payload))
                return;
        }
    }
    drop(DropReason::UnknownPeer);
}

void Engine::handleTimeout(const Now& now) {
    expireStrangers(now.monotonic);
    for (const ContactId& contact : m_schedule.due(now.monotonic))
        m_dirty.insert(contact);
    for (const ContactId& contact : m_dirty)
        if (PeerSession* session = find(contact))
            session->handleTimeout(now);
    failOverdueHandoffs(now);
    const std::set<ContactId> due = m_dirty;
    sendHandoffs(now, due);
    ringContacts(now, due);
    m_doorbell.handleTimeout(now.monotonic);
    m_prober.handleTimeout(now.monotonic);
    m_context.trial.handleTimeout(now.monotonic);
    if (m_startOverAt && *m_startOverAt <= now.monotonic)
        startOver(now);
    m_teredo.handleTimeout(now.monotonic);
    m_discovery.handleTimeout(now.monotonic);
    m_refreshSearch.handleTimeout(now.monotonic);
    m_lan.handleTimeout(now);
    m_context.tunnel.handleTimeout(now.monotonic);
    m_context.links.handleTimeout(now.monotonic);
    if (m_waitUntil && *m_waitUntil <= now.monotonic) {
        m_waitUntil.reset();
        m_networkChanged = true;
    }
    finish(now);
}

std::optional<Datagram> Engine::pollTransmit() {
    if (m_context.out.datagrams.empty())
        return std::nullopt;
    Datagram datagram = std::move(m_context.out.datagrams.front());
    m_context.out.datagrams.pop_front();
    return datagram;
}

std::optional<MessengerEvent> Engine::pollEvent() {
    if (m_context.out.events.empty())
        return std::nullopt;
    MessengerEvent event = std::move(m_context.out.events.front());
    m_context.out.events.pop_front();
    return event;
}

std::optional<ArchiveBatch> Engine::pollBatch() {
    if (m_batches.empty())
        return std::nullopt;
    ArchiveBatch batch = std::move(m_batches.front());
    m_batches.pop_front();
    return batch;
}

std::optional<Deadline> Engine::pollTimeout() const {
    std::optional<Deadline> next;
    const auto consider = [&next](const Deadline& deadline) {
        if (!next || deadline.at < next->at)
            next = deadline;
    };
    if (const auto at = m_schedule.next())
        consider({*at, "session"});
    if (const auto deadline = m_prober.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_context.trial.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_teredo.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_discovery.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_refreshSearch.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_lan.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_context.tunnel.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_context.links.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_context.couriers.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_doorbell.pollTimeout())
        consider(*deadline);
    if (const auto deadline = m_handoffs.pollTimeout())
        consider(*deadline);
    if (m_waitUntil)
        consider({*m_waitUntil, "third parties waited for"});
    if (m_startOverAt)
        consider({*m_startOverAt, "start over"});
    for (const auto& [key, party] : m_parties) {
        if (const auto deadline = party->client.pollTimeout())
            consider(*deadline);
        if (!party->isOwn)
            consider({party->guestUntil, "guest registration"});
    }
    for (const ContactId& stranger : m_strangers)
        if (const PeerSession* session = find(stranger); session != nullptr && !session->isStored())
            consider({session->expiresAt(), "stranger"});
    return next;
}

} // namespace culvert
