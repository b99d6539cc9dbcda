// Engine, third part: what this computer's network is, does, and what others see of it.
#include "core/engine/engine.h"

#include "core/wire/mapped_address.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::size_t kObservedMax = 64;
constexpr std::size_t kUnexpectedMax = 16;
constexpr Duration kUnexpectedFor = 5s; // for an answer to a probe of ours
constexpr Duration kObservedEvery = 30s;
// Whoever makes our network seem to change (a router that names another outer address with each answer, a neighbour
// that announces prefixes) costs us, our third parties and contacts this many beginnings at once, and one every so
// often.
constexpr int kStartOversAtOnce = 6;
constexpr Duration kStartOverEvery = 10s;
// A third party that has not answered by then most likely will not: tests do not wait for it.
constexpr Duration kThirdPartyWait = 3s;

bool isPublic(const SocketAddress& address) {
    return address.isV4() ? address.v4().isGlobal(true) : address.v6().isNativeGlobal();
}

bool shareOctets(BytesView a, BytesView b, std::size_t count) {
    return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(count), b.begin());
}

// Between it and us there may be no router and no firewall, so that it proves nothing of what strangers can do. No site
// gets more than a /48 (RFC 6177 §2), and no neighbour of an own IPv4 network is farther than a /24.
bool isOfOurSite(const EndpointInputs& inputs, const SocketAddress& address) {
    if (address.isV6())
        return std::ranges::any_of(inputs.local.native6, [&](const Ipv6Address& own) {
            return shareOctets(own.octets, address.v6().octets, 6);
        });
    // Our router's outer address: somebody else behind it came back in (RFC 4787 §6).
    if (inputs.mapping.external && inputs.mapping.external->v4() == address.v4())
        return true;
    return std::ranges::any_of(inputs.local.v4,
                               [&](const Ipv4Address& own) { return shareOctets(own.octets, address.v4().octets, 3); });
}

// Link-local addresses are no ways out; where there is nothing else they are all there is.
bool isLinkAlone(const LocalNetwork& local) {
    return local.native6.empty() && local.teredo6.empty() && std::ranges::all_of(local.v4, &Ipv4Address::isLoopback) &&
           std::ranges::all_of(local.lan6, &Ipv6Address::isLoopback);
}

} // namespace

// The user chose it. One that a contact named has a contact's word.
bool Engine::isOwnParty(const PublicKey& key) const {
    const auto found = m_parties.find(key);
    return found != m_parties.end() && found->second->isOwn;
}

void Engine::noteObserved(const Now& now, const SocketAddress& observed, const PublicKey& by) {
    if (observed.isV6() || !isPublic(observed))
        return;
    // A third party of ours (not one that a contact named) sees another address than before: the provider gave a new
    // one, and every NAT's memory of us is void. Some providers' NATs change it all the time; they must not keep us
    // starting over.
    const auto known = m_observed.find(by);
    // Every probe's reply says it again, dozens in a second while paths are compared.
    if (known != m_observed.end() && known->second == observed && m_context.inputs.observedV4 == observed.v4())
        return;
    if (known != m_observed.end() && known->second.v4() != observed.v4() && isOwnParty(by) &&
        now.monotonic >= m_networkSince + kObservedEvery)
        startOver(now);
    if (m_observed.size() < kObservedMax || m_observed.contains(by) || isOwnParty(by))
        m_observed[by] = observed;
    tellTeredo(now.monotonic);
    m_context.inputs.observedV4 = observed.v4();
    m_networkChanged = true;
}

// A contact comes in from an address that our socket has not sent to: no filter's memory let it in.
void Engine::noteArrival(Instant now, const ContactId& contact, const InnerDatagram& from) {
    if (from.remote.tcp)
        return; // Where TCP comes in UDP need not.
    const SocketAddress& outer = from.outer;
    // Forged sources never answer, and must not take the places of those who do.
    std::erase_if(m_unexpected, [&](const auto& item) { return item.second.at + kUnexpectedFor <= now; });
    const bool hasOurAddress = std::ranges::any_of(
        m_observed, [&](const auto& item) { return outer.isV4() && item.second.v4() == outer.v4(); });
    if (isPublic(outer) && !hasOurAddress && !isOfOurSite(m_context.inputs, outer) &&
        !m_context.contacted.mayContain(outer) && !(outer.isV4() && m_teredo.isRemembered(now, outer.v4())) &&
        m_unexpected.size() < kUnexpectedMax)
        m_unexpected[outer] = {contact, now};
}

// It answered a probe of ours from there, so that the first packet was not somebody else's under a false name.
void Engine::noteAnswer(const ContactId& contact, const InnerDatagram& from) {
    const SocketAddress& outer = from.outer;
    const auto found = m_unexpected.find(outer);
    if (found == m_unexpected.end() || found->second.contact != contact || from.remote.tcp)
        return;
    m_unexpected.erase(found);
    InboundStatus& status = outer.isV4() ? m_inbound4 : m_inbound6;
    status = {true, WitnessKind::Contact, true, std::nullopt};
    if (outer.isV4())
        status.target = publicV4(m_context.inputs);
    m_networkChanged = true;
}

// Where the contact can tell whether its packets reach us at all: it has a straight way to that address of ours. By a
// TCP connection, through a relay or inside our network, what does not come in would prove nothing.
std::vector<SocketAddress> Engine::ringTargets(const PeerSession& session) const {
    bool has4 = false, has6 = false;
    for (const SocketAddress& host : session.straightHosts())
        if (isPublic(host) && !isOfOurSite(m_context.inputs, host))
            (host.isV4() ? has4 : has6) = true;
    std::vector<SocketAddress> out;
    // The open port, where that is at the address which the contact sees; otherwise how it sees us.
    const auto& seen = session.observedFromThere();
    const auto open = publicV4(m_context.inputs);
    const auto target4 = open && (!seen || open->v4() == seen->v4()) ? open : seen;
    if (has4 && target4)
        out.push_back(*target4);
    const auto native = std::ranges::find_if(m_endpoints, [](const wire::EndpointRecord& own) {
        return own.kind == wire::EndpointKind::Native6 && !own.address.v6().isTeredo();
    });
    if (has6 && native != m_endpoints.end())
        out.push_back(native->address);
    return out;
}

Result<void> Engine::askToRing(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    if (!session->isConnected() || session->record().state != ContactState::Accepted)
        return fail(ErrorCode::WrongState, "This contact is not connected. Ask one who is.");
    if (!session->canRing())
        return fail(ErrorCode::WrongState, "This contact's Culvert is too old to ring. Ask another one.");
    const std::vector<SocketAddress> targets = ringTargets(*session);
    if (targets.empty())
        return fail(ErrorCode::WrongState, "This contact is in your network, or has no direct way to you by UDP: its "
                                           "ring would prove nothing. Ask another one.");
    if (m_context.trial.isWaiting() || !session->askToRing(now, targets))
        return fail(ErrorCode::LimitReached, "A contact was asked a moment ago. Wait some seconds and try again.");
    finish(now);
    return {};
}

// A port that we know may be one that we wrote to, and what comes from our own network was let in by nobody.
void Engine::noteRung(Instant now, const PeerSession& session, const InnerDatagram& from, const wire::Ring& ring) {
    const SocketAddress& outer = from.outer;
    if (from.remote.tcp || session.knowsRemote(from.remote) || !isPublic(outer) || isOfOurSite(m_context.inputs, outer))
        return drop(DropReason::SourceMismatch);
    const bool isNew =
        !m_context.contacted.mayContain(outer) && !(outer.isV4() && m_teredo.isRemembered(now, outer.v4()));
    const auto target = m_context.trial.handleRing(now, session.id(), ring.transaction, outer.isV4(), isNew);
    if (!target)
        return drop(DropReason::Replayed);
    // A new port of an address that we wrote to proves something only where the NAT looks at ports.
    const bool isProof = isNew || (outer.isV4() && natBehaviour().filtering == NatFiltering::AddressAndPortDependent);
    InboundStatus& status = outer.isV4() ? m_inbound4 : m_inbound6;
    if (isProof && !(status.isOpen == true && status.fromNewAddress))
        status = {true, WitnessKind::Contact, isNew, *target};
}

void Engine::addRung(NetworkStatus& status) const {
    for (const bool isV4 : {true, false}) {
        const auto& asked = m_context.trial.of(isV4);
        if (!asked)
            continue;
        ContactRing ring = asked->ring;
        if (const PeerSession* session = find(asked->by))
            ring.by = session->record().name;
        (isV4 ? status.rung4 : status.rung6) = std::move(ring);
    }
}

NetworkStatus Engine::networkStatus(Instant now) const {
    NetworkStatus out;
    const EndpointInputs& inputs = m_context.inputs;
    out.local = inputs.local;
    out.gateway = m_gateway;
    out.gateway.udp = inputs.mapping;
    out.nat = natBehaviour();
    const NatFindings& findings = m_prober.findings();
    out.teredo = m_teredo.status();
    out.teredo.since = m_teredoSince;
    out.inbound4 = m_inbound4.isOpen ? m_inbound4 : findings.inbound4;
    // Its answer to the cone flag comes from an address that nothing was sent to (RFC 4380 §5.2.1).
    if (out.inbound4.isOpen != true && out.teredo.kind == TeredoKind::Cone)
        out.inbound4 = {true, WitnessKind::TeredoServer, true, out.teredo.mapped};
    out.inbound6 = m_inbound6.isOpen ? m_inbound6 : findings.inbound6;
    addRung(out);
    markProven(out);
    out.teredoAddress = ownTeredoAddress(inputs);
    out.doorbell = m_doorbellCounts;
    out.doorbell.hearsErrors = inputs.hearsErrors;
    out.doorbell.hasContacts = m_doorbell.hasContacts();
    out.doorbell.isKept = m_doorbell.isKept();
    out.doorbell.byServer = ringTeredoAddress(inputs);
    out.lan = lanStatus();
    out.tcp = tcpStatus(now);
    out.allowReserved = inputs.allowReserved;
    for (const wire::ThirdPartyRecord& record : m_context.profile.thirdParties) {
        const auto found = m_parties.find(record.key);
        if (found == m_parties.end())
            continue;
        const auto& party = found->second;
        ThirdPartyStatus status;
        status.address = wire::encodeContactAddress({record.key, {}, record.endpoints, {}});
        status.key = ContactId{record.key}.text();
        status.registered = party->client.isRegistered(now) && party->client.isAnswering();
        status.roundTrip = party->client.roundTrip();
        if (const auto& observed = party->client.observed())
            status.observed = observed->text();
        out.thirdParties.push_back(status);
    }
    for (const auto& [by, observed] : m_observed)
        out.observed.push_back({observed, isOwnParty(by) ? WitnessKind::ThirdParty : WitnessKind::Contact});
    const bool waits = std::ranges::any_of(
        m_parties, [&](const auto& item) { return item.second->isOwn && !item.second->client.isRegistered(now); });
    out.testsAreRunning =
        m_prober.isRunning() || m_teredo.isFirstRound() || (waits && now < m_networkSince + kThirdPartyWait);
    out.bytesThroughThirdParties = m_thirdPartyOctets;
    out.isMetered = m_isMetered;
    out.mayChangePort = m_mayChangePort;
    out.mayMapPort = m_mayMapPort;
    m_history.addTo(out);
    return out;
}

// What the tests found, and where they are silent what contacts and third parties happened to tell.
NatBehaviour Engine::natBehaviour() const {
    NatBehaviour out = m_prober.findings().nat;
    std::set<SocketAddress> distinct;
    for (const auto& [by, observed] : m_observed)
        distinct.insert(observed);
    // RFC 4787 §4.1: one answer says nothing; two different peers tell.
    if (!out.varies && m_observed.size() >= 2)
        out.varies = distinct.size() > 1;
    if (const auto outer = outerAddress(); outer && !out.isTranslated)
        out.isTranslated = std::ranges::find(m_context.inputs.local.v4, *outer) == m_context.inputs.local.v4.end();
    out.isNested = isNested();
    addTeredo(out);
    return out;
}

// Our outer IPv4 address, from whom the user chose to ask; a contact's word counts when another one says the same.
std::optional<Ipv4Address> Engine::outerAddress() const {
    if (const auto& tested = m_prober.findings().outer4)
        return tested->v4();
    std::map<Ipv4Address, int> words;
    for (const auto& [by, observed] : m_observed)
        if (isOwnParty(by) || ++words[observed.v4()] >= 2)
            return observed.v4();
    return std::nullopt;
}

// The router's own outer address is not the one that the internet sees.
std::optional<bool> Engine::isNested() const {
    const auto& router = m_context.inputs.mapping.routerAddress;
    if (!router)
        return std::nullopt;
    if (!router->isGlobal(true))
        return true;
    const auto outer = outerAddress();
    if (!outer)
        return std::nullopt;
    const auto& own = m_context.inputs.local.v4;
    return *outer != *router && std::ranges::find(own, *outer) == own.end();
}

void Engine::markProven(NetworkStatus& status) const {
    // A NAT that filters by address alone lets another port of a known address in without any mapping.
    const InboundStatus& inbound = status.inbound4;
    const bool proves = inbound.fromNewAddress || status.nat.filtering == NatFiltering::AddressAndPortDependent;
    PortMappingStatus& udp = status.gateway.udp;
    // A contact may have come in by the NAT's own mapping instead, where anybody may use that.
    const InboundStatus& rung = m_prober.findings().inbound4;
    const bool isRefuted = rung.target == udp.external && rung.isOpen == std::optional(false);
    if (isGranted(udp.state) && inbound.isOpen == std::optional(true) && proves && !isRefuted &&
        inbound.target == udp.external)
        udp.state = PortMappingState::Proven;
    // RFC 6092 §3.2.3: so may a firewall of IPv6, whose filter nothing tells.
    const InboundStatus& inbound6 = status.inbound6;
    for (PinholeStatus& pinhole : status.gateway.pinholes)
        if (isGranted(pinhole.state) && inbound6.isOpen == std::optional(true) && inbound6.fromNewAddress &&
            inbound6.target && inbound6.target->v6() == pinhole.address)
            pinhole.state = PortMappingState::Proven;
}

void Engine::updateProber(Instant now) {
    std::vector<NatWitness> witnesses;
    bool isAll = true;
    for (const auto& [key, party] : m_parties) {
        if (!party->isOwn)
            continue;
        isAll = isAll && (party->client.isRegistered(now) || now >= m_networkSince + kThirdPartyWait);
        if (!party->client.isRegistered(now) || witnesses.size() >= NatProber::kWitnessesMax)
            continue;
        NatWitness witness{key, {}, {}, party->alternatePort, party->other4, party->other6};
        // One in our own network sees nothing of the internet; and none makes us send into private networks.
        for (const wire::EndpointRecord& endpoint : party->record.endpoints)
            if (isPublic(endpoint.address) && !isOfOurSite(m_context.inputs, endpoint.address))
                (endpoint.address.isV4() ? witness.v4 : witness.v6) = endpoint.address;
        for (auto& [other, known] : {std::tie(witness.other4, witness.v4), std::tie(witness.other6, witness.v6)})
            if (other && (other == known || !isPublic(*other) || isOfOurSite(m_context.inputs, *other)))
                other.reset();
        if (witness.v4 || witness.v6)
            witnesses.push_back(witness);
    }
    const EndpointInputs& inputs = m_context.inputs;
    NatProberInputs own;
    own.local4 = inputs.local.v4;
    if (inputs.mapping.state != PortMappingState::Trying)
        own.mapped4 = inputs.mapping.external;
    if (!inputs.local.native6.empty())
        own.native6 = SocketAddress(inputs.local.native6.front(), inputs.local.port);
    own.hasPinhole = std::ranges::any_of(m_gateway.pinholes, [&](const PinholeStatus& pinhole) {
        return own.native6 && pinhole.address == own.native6->v6() && isGranted(pinhole.state);
    });
    own.gatewayIsSettled = gatewayIsSettled();
    m_prober.setInputs(now, own);
    m_prober.setWitnesses(now, std::move(witnesses), isAll);
}

bool Engine::gatewayIsSettled() const {
    return m_gateway.isSettled || m_gateway.udp.state == PortMappingState::Off;
}

void Engine::driveProber(Instant now) {
    if (m_networkChanged)
        updateProber(now);
    while (const auto request = m_prober.pollRequest())
        sendRequest(now, *request);
    if (m_prober.findings() == m_lastFindings && m_prober.isRunning() == m_proberWasRunning)
        return;
    m_lastFindings = m_prober.findings();
    m_proberWasRunning = m_prober.isRunning();
    m_networkChanged = true;
}

void Engine::sendRequest(Instant now, const NatProberRequest& request) {
    const auto send = [this, now](std::uint32_t socket, const SocketAddress& remote, BytesView payload,
                                  const SocketAddress& local = {}) {
        auto datagram = m_context.tunnel.send(now, remote.isV4() ? wire::toMapped(remote) : remote, payload);
        if (!datagram)
            return;
        datagram->socket = socket;
        datagram->local = local;
        if (socket == 0)
            m_context.contacted.add(datagram->remote);
        m_context.out.datagrams.push_back(std::move(*datagram));
    };
    if (const auto* hairpin = std::get_if<HairpinPacket>(&request))
        return send(hairpin->socket, hairpin->remote, hairpin->token);
    const auto* view = std::get_if<ObserveRequest>(&request);
    const auto* call = std::get_if<RingCall>(&request);
    const auto party = m_parties.find(view != nullptr ? view->witness : call->witness);
    if (party == m_parties.end())
        return;
    const PairKeys& keys = party->second->keys;
    if (view != nullptr)
        return send(view->socket, view->remote,
                    m_context.sealer.sealPair(keys, wire::Probe{view->transaction, m_context.instance, 0, 0}));
    // IPv6 hosts have several addresses, and a witness rings none but the one that asks.
    const SocketAddress local = call->request.target.isV6() ? call->request.target : SocketAddress();
    send(0, call->remote, m_context.sealer.sealPair(keys, call->request), local);
}

void Engine::handleOtherSocket(const Now& now, const Arrival& arrival, const InnerDatagram& inner) {
    const auto envelope = wire::decodeEnvelope(inner.payload);
    if (!envelope)
        return m_prober.handleHairpin(now.monotonic, arrival.socket, inner.payload);
    if (const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope))
        return handlePair(now, arrival, inner, *pair);
    drop(DropReason::NotForUs);
}

void Engine::handleMetered(const Now& now, bool isMetered) {
    m_networkChanged = m_networkChanged || m_isMetered != isMetered;
    m_isMetered = isMetered;
    finish(now);
}

// Who is connected hears of it when the tests are over: each of them changes a word or two.
void Engine::updateHint(const Now& now, const NetworkStatus& status) {
    m_context.hint = natHintOf(status);
    m_context.portStep = status.nat.portStep.value_or(0);
    m_context.hint.searchesPorts = maySearchPorts(m_context.profile.settings.hardPunching, status);
    if (status.testsAreRunning || m_context.hint == m_toldHint)
        return;
    m_toldHint = m_context.hint;
    announceEndpoints(now);
}

// What is said of those who cannot be reached depends on it.
void Engine::updateFacts(const NetworkStatus& status) {
    const EndFacts facts = ownFacts(status, isUdpSilent(status));
    if (facts == m_context.facts)
        return;
    m_context.facts = facts;
    for (const auto& [id, session] : m_sessions)
        m_dirty.insert(id);
}

void Engine::announceNetwork(const Now& now) {
    if (!std::exchange(m_networkChanged, false))
        return;
    NetworkStatus status = networkStatus(now.monotonic);
    updateHint(now, status);
    updateFacts(status);
    // Round trips and byte counts never stand still; they are told with the next real change.
    status.bytesThroughThirdParties = m_announcedNetwork.bytesThroughThirdParties;
    status.doorbell.heard = m_announcedNetwork.doorbell.heard;
    status.doorbell.sent = m_announcedNetwork.doorbell.sent;
    status.lan.heard = m_announcedNetwork.lan.heard;
    status.lan.sent = m_announcedNetwork.lan.sent;
    status.teredo.roundTrip = m_announcedNetwork.teredo.roundTrip;
    for (std::size_t i = 0; i < std::min(status.teredo.servers.size(), m_announcedNetwork.teredo.servers.size()); ++i)
        status.teredo.servers[i].roundTrip = m_announcedNetwork.teredo.servers[i].roundTrip;
    for (std::size_t i = 0; i < std::min(status.thirdParties.size(), m_announcedNetwork.thirdParties.size()); ++i)
        status.thirdParties[i].roundTrip = m_announcedNetwork.thirdParties[i].roundTrip;
    if (status == m_announcedNetwork)
        return;
    m_history.note(m_announcedNetwork, status, now.wall);
    m_announcedNetwork = networkStatus(now.monotonic);
    m_context.out.events.push_back(NetworkChangedEvent{m_announcedNetwork});
}

void Engine::updateEndpoints(const Now& now) {
    m_context.tunnel.setAddresses(tunnelAddresses(m_context.inputs));
    updateDiscovery(now);
    auto endpoints = m_context.endpoints();
    if (endpoints == m_endpoints)
        return;
    const bool isFirst = m_endpoints.empty();
    m_endpoints = std::move(endpoints);
    if (!isFirst) // The first address is told by ReadyEvent.
        m_context.out.events.push_back(AddressChangedEvent{ownAddress()});
    announceEndpoints(now);
}

void Engine::announceEndpoints(const Now& now) {
    m_context.endpointsSequence = std::max(
        m_context.endpointsSequence + 1, static_cast<std::uint64_t>(std::max<std::int64_t>(now.wall.milliseconds, 0)));
    for (auto& [id, session] : m_sessions) {
        session->endpointsChanged(now);
        m_dirty.insert(id);
    }
}

bool Engine::handleNetwork(const Now& now, const LocalNetwork& network) {
    if (network == m_context.inputs.local)
        return false;
    const bool isSame = network.hasSameWaysAs(m_context.inputs.local);
    m_context.inputs.local = network;
    m_networkChanged = true;
    // RFC 4380 §5.5: whoever has native IPv6 is no client.
    m_teredo.setAllowed(now.monotonic, network.native6.empty() && std::ranges::any_of(network.v4, [](const auto& own) {
                                           return !own.isLoopback();
                                       }));
    if (!isSame) {
        m_teredo.restart(now.monotonic);
        m_refreshSearch.restart();
        updateEndpoints(now);
        startOver(now);
    }
    updateDiscovery(now); // An interface may have changed that is no way out.
    const bool isLinkNew = m_lan.setNetwork(now, network);
    if (isSame && isLinkNew && isLinkAlone(network))
        startOver(now);
    finish(now);
    return !isSame;
}

void Engine::handleWake(const Now& now) {
    waysChanged(now);
    finish(now);
}

void Engine::startOver(const Now& now) {
    const Instant used = std::max(m_startOversUsed, now.monotonic);
    const Instant earliest = used - kStartOverEvery * (kStartOversAtOnce - 1);
    if (earliest > now.monotonic) {
        m_startOverAt = earliest;
        return;
    }
    m_startOversUsed = used + kStartOverEvery;
    waysChanged(now);
}

// Everything that was learnt about the way out is void, and everybody is tried again.
void Engine::waysChanged(const Now& now) {
    m_networkChanged = true;
    m_startOverAt.reset();
    m_networkSince = now.monotonic;
    m_waitUntil = now.monotonic + kThirdPartyWait;
    m_observed.clear();
    m_unexpected.clear();
    m_inbound4 = m_inbound6 = {};
    m_context.trial.restart();
    m_context.contacted.age(now.monotonic);
    m_context.tunnel.restart();
    m_context.links.restart();
    m_udpHeard.reset();
    m_tcpHeard.reset();
    m_prober.restart(now.monotonic);
    m_teredo.refresh(now.monotonic);
    m_doorbell.restart(now.monotonic);
    m_lan.restart(now);
    for (auto& [key, party] : m_parties) {
        party->client.setRemotes(now.monotonic, remotesOf(party->record, party->isOwn));
        party->client.restart(now.monotonic);
    }
    for (auto& [id, session] : m_sessions) {
        session->networkChanged(now);
        m_dirty.insert(id);
    }
}

void Engine::handleGateway(const Now& now, const GatewayReport& report) {
    const auto before = m_context.inputs.mapping.external;
    const bool wasGranted = isGranted(m_context.inputs.mapping.state);
    m_gateway = report;
    if (report.udp.external != before) {
        m_inbound4 = {};
        m_context.trial.restart();
    }
    m_context.inputs.mapping = report.udp;
    m_networkChanged = true;
    if (report.udp.state == PortMappingState::Trying)
        m_context.inputs.mapping.external = before;
    if (report.udp.state != PortMappingState::Trying && m_context.profile.lastMapping != report.udp.external) {
        m_context.profile.lastMapping = report.udp.external;
        m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    }
    updateEndpoints(now);
    const auto& after = m_context.inputs.mapping.external;
    if (before && before != after)
        m_teredo.handleMapping(now.monotonic, true);
    if (isGranted(report.udp.state) && (!wasGranted || before != after))
        m_teredo.handleMapping(now.monotonic, false);
    m_teredo.setGatewaySettled(now.monotonic, gatewayIsSettled());
    if (before && after && before->v4() != after->v4())
        startOver(now); // A new public address: contacts' and third parties' routers do not know it.
    finish(now);
}

} // namespace culvert
