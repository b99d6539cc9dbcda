// Engine, second part: third parties and handoffs.
#include "core/engine/engine.h"

#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr Duration kGuestLifetime = 2min;
// A handoff through several third parties at once costs each of them, and finds the contact no better.
constexpr std::size_t kHandoffPartiesMax = 2;

bool isBehindNat(const EndpointInputs& inputs) {
    const auto leadsOut = [](const Ipv4Address& own) { return !own.isLoopback(); };
    return !publicV4(inputs) && std::ranges::any_of(inputs.local.v4, leadsOut);
}

} // namespace

// `isOwn`: the user named it. Where a contact did, it is treated as an address of the contact's.
std::vector<SocketAddress> Engine::remotesOf(const wire::ThirdPartyRecord& record, bool isOwn) const {
    const auto mayBeUsed = [&](const SocketAddress& address) {
        if (address.isV6())
            return address.v6().isNativeGlobal() || address.v6().isUniqueLocal();
        return address.v4().isGlobal(true) || mayShareNetwork(m_context.inputs, address.v4(), record.endpoints);
    };
    std::vector<SocketAddress> native, mapped;
    for (const wire::EndpointRecord& endpoint : record.endpoints) {
        if (!isOwn && !mayBeUsed(endpoint.address))
            continue;
        if (endpoint.address.isV4())
            mapped.push_back(wire::toMapped(endpoint.address));
        else if (endpoint.kind == wire::EndpointKind::Lan6 || !m_context.inputs.local.native6.empty())
            native.push_back(endpoint.address);
    }
    // Where a NAT stands, who hands over must see our IPv4 address: that is what the other end is told.
    if (isBehindNat(m_context.inputs))
        std::swap(native, mapped);
    native.insert(native.end(), mapped.begin(), mapped.end());
    return native;
}

ThirdParty* Engine::addParty(const Now& now, const wire::ThirdPartyRecord& record, bool isOwn) {
    if (const auto known = m_parties.find(record.key); known != m_parties.end()) {
        ThirdParty& party = *known->second;
        party.isOwn = party.isOwn || isOwn;
        party.guestUntil = now.monotonic + kGuestLifetime;
        return &party;
    }
    const auto keys = PairKeys::derive(m_context.identity, record.key);
    if (!keys || record.key == m_context.identity.publicKey())
        return nullptr;
    if (m_parties.size() >= kThirdPartiesMax) {
        // Ours always have room: a guest goes.
        const auto guest = std::ranges::find_if(m_parties, [](const auto& item) { return !item.second->isOwn; });
        if (!isOwn || guest == m_parties.end())
            return nullptr;
        m_partyKeys.erase(guest->second->keys.receivingId());
        m_context.links.forget(guest->first);
        m_parties.erase(guest);
    }
    auto party = std::make_unique<ThirdParty>(ThirdParty{
        record, *keys, RendezvousClient(m_context.random, now.monotonic), {}, isOwn, now.monotonic + kGuestLifetime});
    party->client.setRemotes(now.monotonic, remotesOf(record, isOwn));
    m_partyKeys[keys->receivingId()] = record.key;
    return (m_parties[record.key] = std::move(party)).get();
}

void Engine::driveThirdParties(const Now& now) {
    for (auto item = m_parties.begin(); item != m_parties.end();) {
        ThirdParty& party = *item->second;
        if (!party.isOwn && party.guestUntil <= now.monotonic) {
            m_partyKeys.erase(party.keys.receivingId());
            m_context.links.forget(party.record.key);
            item = m_parties.erase(item);
            continue;
        }
        wantLinks(now.monotonic, party);
        while (const auto request = party.client.pollRequest(now.monotonic)) {
            const Bytes sealed = request->cookie
                                     ? m_context.sealer.sealIntroduction(
                                           party.record.key, {}, *request->cookie,
                                           wire::Register{request->transaction, RendezvousClient::kLifetimeSeconds})
                                     : m_context.sealer.sealCookieRequest(party.record.key, request->transaction);
            m_context.send(now.monotonic, request->remote, sealed, {.isChosen = party.isOwn});
        }
        ++item;
    }
}

void Engine::fromThirdParty(const Now& now, const Arrival& arrival, ThirdParty& party, const InnerDatagram& inner,
                            const wire::ControlMessage& message) {
    if (const auto* reply = std::get_if<wire::ProbeReply>(&message); reply != nullptr && inner.remote.socket != 0)
        return handleLook(now, party, *reply);
    if (const auto* reply = std::get_if<wire::ProbeReply>(&message))
        return m_prober.handleReply(now.monotonic, party.record.key, arrival.socket, arrival.localPort, *reply);
    if (const auto* ring = std::get_if<wire::Ring>(&message))
        return m_prober.handleRing(now.monotonic, arrival.socket, inner.outer,
                                   m_context.contacted.mayContain(inner.outer), *ring);
    if (const auto* result = std::get_if<wire::RingResult>(&message))
        return m_prober.handleRingResult(now.monotonic, *result);
    if (arrival.socket != 0)
        return drop(DropReason::NotForUs); // The other sockets are for tests alone.
    if (const auto* registered = std::get_if<wire::Registered>(&message)) {
        const bool wasRegistered = party.client.isRegistered(now.monotonic);
        const auto before = party.client.observed();
        if (!party.client.handleRegistered(now.monotonic, inner.remote, *registered))
            return drop(DropReason::Unauthenticated);
        party.alternatePort = registered->alternatePort;
        party.other4 = registered->other4;
        party.other6 = registered->other6;
        noteHeard(now.monotonic, inner);
        if (inner.remote.tcp)
            m_context.links.prove(now.monotonic, inner.outer, party.record.key);
        else
            noteObserved(now, registered->observed, party.record.key);
        m_networkChanged = m_networkChanged || !wasRegistered;
        // What was handed over before came from where we are no more, and its answers went there.
        const bool isElsewhere = wasRegistered && before && *before != registered->observed && party.isOwn;
        if (wasRegistered && !isElsewhere)
            return;
        std::set<ContactId> everybody; // Whoever waited for this.
        for (const auto& [id, session] : m_sessions) {
            everybody.insert(id);
            if (isElsewhere)
                session->moved(now.monotonic);
        }
        sendHandoffs(now, everybody);
    } else if (const auto* result = std::get_if<wire::HandoffResult>(&message)) {
        handleHandoffResult(now, party, *result);
    } else if (const auto* delivery = std::get_if<wire::HandoffDelivery>(&message)) {
        m_thirdPartyOctets += inner.payload.size();
        handleDelivery(now, party, *delivery);
    }
}

void Engine::handleDelivery(const Now& now, ThirdParty& party, const wire::HandoffDelivery& delivery) {
    if (!spend(now.monotonic, Work::Handoff))
        return drop(DropReason::RateLimited);
    const auto content = m_context.sealer.openHandoff(delivery.sealed);
    if (!content)
        return drop(DropReason::Unauthenticated);
    PeerSession* session = stranger(now, content->key, content->token);
    if (session == nullptr)
        return drop(DropReason::UnknownPeer);
    m_dirty.insert(session->id());
    m_context.links.retry(session->id().octets); // They are there now.
    session->handleHandoff(now, *content, party.client.roundTrip());
    if (session->takeAnswer(now.monotonic))
        (void)sendHandoffBy(now, *session, party, true);
}

// Theirs that answers us hands over to them. Whether they know ours is not certain.
Help Engine::helpFor(Instant now, const ContactRecord& contact) const {
    Help out{Answer::No, Answer::No, Answer::No};
    for (const auto* list : {&contact.thirdParties, &m_context.profile.thirdParties})
        for (const wire::ThirdPartyRecord& record : *list) {
            const auto party = m_parties.find(record.key);
            const bool isReady = party != m_parties.end() && party->second->client.isRegistered(now);
            const bool isTheirs = list == &contact.thirdParties;
            out.thirdParty = std::max(out.thirdParty, isReady && isTheirs ? Answer::Yes : Answer::Unknown);
        }
    if (m_caller && !m_ringServers.empty())
        out.teredoServer = Answer::Yes;
    else if (m_caller || !m_context.profile.teredoServers.empty())
        out.teredoServer = Answer::Unknown;
    if (!m_context.couriers.couriersTo(contact.id.octets).empty())
        out.thirdParty = std::max(out.thirdParty, Answer::Unknown); // They may be there just now, or not.
    // A neighbour would have answered by the time that anybody asks for a verdict.
    return out;
}

void Engine::failOverdueHandoffs(const Now& now) {
    while (const auto overdue = m_handoffs.pollOverdue(now.monotonic)) {
        if (const auto party = m_parties.find(overdue->party); party != m_parties.end()) {
            party->second->health.add(false);
            party->second->client.doubt(now.monotonic);
        }
        handoffFailed(now, *overdue);
    }
}

void Engine::sendHandoffs(const Now& now, const std::set<ContactId>& contacts) {
    for (const ContactId& contact : contacts) {
        PeerSession* session = find(contact);
        if (session == nullptr || !session->wantsHandoff(now.monotonic))
            continue;
        sendHandoff(now, *session);
        m_dirty.insert(contact);
    }
}

void Engine::handleHandoffResult(const Now& now, ThirdParty& party, const wire::HandoffResult& result) {
    const auto sent = m_handoffs.answered(result.transaction, party.record.key);
    if (!sent)
        return drop(DropReason::Unauthenticated);
    party.health.add(true);
    if (result.status != wire::HandoffStatus::Forwarded)
        handoffFailed(now, *sent);
}

// Another third party is asked at once, but each one only once: what none of them can do, time must.
void Engine::handoffFailed(const Now& now, const SentHandoff& sent) {
    PeerSession* session = find(ContactId{sent.recipient});
    if (session == nullptr)
        return;
    const std::vector<ThirdParty*> others = partiesFor(now, *session);
    if (others.empty() || session->handoffsThrough(others.front()->record.key) > 0)
        return;
    session->handoffFailed(now.monotonic);
    m_dirty.insert(session->id());
}

// Those that can be asked now, the best first: theirs before ours, each in its owner's order, where nothing else
// decides.
std::vector<ThirdParty*> Engine::partiesFor(const Now& now, const PeerSession& session) {
    std::vector<std::pair<PartyRank, ThirdParty*>> ranked;
    for (const std::vector<wire::ThirdPartyRecord>* records :
         {&session.record().thirdParties, &std::as_const(m_context.profile).thirdParties})
        for (const wire::ThirdPartyRecord& record : *records) {
            ThirdParty* party = addParty(now, record, false);
            if (party == nullptr || !party->client.isRegistered(now.monotonic) ||
                std::ranges::any_of(ranked, [&](const auto& known) { return known.second == party; }))
                continue;
            const PartyRank rank{session.handoffsThrough(record.key),
                                 party->health.isSilent() || !party->client.isAnswering(), party->health.missed(),
                                 slownessOf(party->client.roundTrip())};
            ranked.emplace_back(rank, party);
        }
    std::ranges::stable_sort(ranked, {}, [](const auto& item) { return item.first; });
    std::vector<ThirdParty*> out;
    for (const auto& item : ranked)
        out.push_back(item.second);
    return out;
}

void Engine::sendHandoff(const Now& now, PeerSession& session) {
    std::vector<PublicKey> through;
    for (ThirdParty* party : partiesFor(now, session)) {
        if (through.size() >= kHandoffPartiesMax)
            break;
        if (sendHandoffBy(now, session, *party, false))
            through.push_back(party->record.key);
    }
    if (const auto courier = sendHandoffByCourier(now, session))
        through.push_back(*courier);
    // Without any third party there is nothing to wait for.
    const bool mayComeSoon = !session.record().thirdParties.empty() || !m_context.profile.thirdParties.empty();
    session.handoffSent(now, through, mayComeSoon);
}

// Where our NAT counts its ports: the last one that it gave is worth knowing, and it is old in a moment. True when the
// handoff waits for that.
bool Engine::lookBefore(const Now& now, PeerSession& session, ThirdParty& party, bool isAnswer) {
    std::erase_if(m_looks, [&](const Look& look) {
        if (look.until > now.monotonic)
            return false;
        m_context.closedSockets.push_back(look.socket);
        return true;
    });
    InnerAddress way = party.client.remote();
    if (foretellingOf(m_context.hint) != Foretelling::NextPort || way.tcp || !wire::isMapped(way.address.v6()) ||
        m_looks.size() >= kLooksMax)
        return false;
    const Look look{session.id(), m_context.random.below(UINT64_MAX), m_context.newSearchSocket(0), isAnswer,
                    now.monotonic + kLookWait};
    way.socket = look.socket;
    m_context.send(now.monotonic, way,
                   m_context.sealer.sealPair(party.keys, wire::Probe{look.transaction, m_context.instance, 0, 0}));
    m_looks.push_back(look);
    return true;
}

void Engine::handleLook(const Now& now, ThirdParty& party, const wire::ProbeReply& reply) {
    const auto found = std::ranges::find(m_looks, reply.transaction, &Look::transaction);
    if (found == m_looks.end())
        return drop(DropReason::Unauthenticated);
    const Look look = *found;
    m_looks.erase(found);
    m_context.closedSockets.push_back(look.socket);
    PeerSession* session = find(look.contact);
    if (session == nullptr || session->isReachable() || !reply.observed.isV4())
        return;
    m_dirty.insert(look.contact);
    const wire::PortPrediction next{reply.observed.port(), static_cast<std::int8_t>(m_context.portStep)};
    (void)sendHandoffBy(now, *session, party, look.isAnswer, next);
}

bool Engine::sendHandoffBy(const Now& now, PeerSession& session, ThirdParty& party, bool isAnswer,
                           std::optional<wire::PortPrediction> prediction) {
    if (!prediction && lookBefore(now, session, party, isAnswer))
        return true;
    // How they see us by TCP counts too: its connections leave from one port.
    const HandoffWay way{party.client.roundTrip(), party.client.observed()};
    const Bytes sealed = makeHandoff(now, session, way, isAnswer, prediction);
    if (sealed.empty())
        return false;
    const PublicKey& recipient = session.id().octets;
    const wire::HandoffRequest request{m_context.random.below(UINT64_MAX), recipient, sealed};
    const Bytes message = m_context.sealer.sealPair(party.keys, request);
    m_thirdPartyOctets += message.size();
    m_context.send(now.monotonic, party.client.remote(), message, {.isChosen = party.isOwn});
    m_handoffs.sent(now.monotonic, request.transaction, party.record.key, recipient, way.roundTrip);
    return true;
}

// Empty where it cannot be made; else it is about to leave.
Bytes Engine::makeHandoff(const Now& now, PeerSession& session, const HandoffWay& way, bool isAnswer,
                          const std::optional<wire::PortPrediction>& prediction) {
    const ContactRecord& record = session.record();
    const Duration start = isAnswer ? Duration::zero() : punchStart(way.roundTrip);
    wire::HandoffContent content{m_context.identity.publicKey(), record.token, now.wall, m_context.endpoints(), {}};
    content.additions.hint = m_context.hint;
    content.additions.plan = wire::PunchPlan{isAnswer, start, way.roundTrip};
    content.additions.prediction = session.foretell(now.monotonic, prediction);
    // How whoever hands over sees us may be how the contact will: worth a try, nothing more.
    if (way.observed && way.observed->isV4())
        content.endpoints.insert(
            content.endpoints.begin(),
            {way.observed->v4().isGlobal(true) ? wire::EndpointKind::Mapped4 : wire::EndpointKind::Lan4,
             *way.observed});
    Bytes sealed = m_context.sealer.sealHandoff(record.id.octets, content);
    if (!sealed.empty())
        session.toldOfUs(now.monotonic, start);
    return sealed;
}

} // namespace culvert
