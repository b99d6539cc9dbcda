#include "core/nat/nat_prober.h"

#include <algorithm>

namespace culvert {

namespace {

constexpr std::uint32_t kMainSocket = 0;
// A witness that flaps must not keep us testing.
constexpr Duration kRunEvery = 30s;

bool isPastTries(unsigned tries) {
    return tries >= NatProber::kTriesMax;
}

} // namespace

std::optional<NatMapping> classifyMapping(const std::optional<SocketAddress>& main,
                                          const std::optional<SocketAddress>& port,
                                          const std::optional<SocketAddress>& address) {
    if (!main)
        return std::nullopt;
    if (port && *port != *main)
        return NatMapping::AddressAndPortDependent;
    if (!address)
        return std::nullopt;
    if (*address == *main)
        return NatMapping::EndpointIndependent;
    // Another address gets another mapping; only another port of the same one tells the last two apart.
    return port ? std::optional(NatMapping::AddressDependent) : std::nullopt;
}

std::optional<NatFiltering> classifyFiltering(std::optional<bool> fromPort, std::optional<bool> fromAddress) {
    if (fromAddress == true)
        return NatFiltering::EndpointIndependent;
    if (fromPort == false) // Whoever is refused for another port is refused for another address.
        return NatFiltering::AddressAndPortDependent;
    if (fromPort == true && fromAddress == false)
        return NatFiltering::AddressDependent;
    return std::nullopt;
}

void NatProber::setWitnesses(Instant now, std::vector<NatWitness> witnesses, bool isAll) {
    if (witnesses.size() > kWitnessesMax)
        witnesses.resize(kWitnessesMax);
    // The one that can tell most comes first.
    std::stable_sort(witnesses.begin(), witnesses.end(), [](const NatWitness& a, const NatWitness& b) {
        const auto worth = [](const NatWitness& w) {
            return (w.v4 ? 4 : 0) + (w.other4 ? 2 : 0) + (w.alternatePort != 0 ? 1 : 0);
        };
        return worth(a) > worth(b);
    });
    const bool isNew = witnesses != m_witnesses;
    if (m_stage == Stage::Running || (m_stage == Stage::Resting && !isNew))
        return;
    m_witnesses = std::move(witnesses);
    if (m_witnesses.empty()) {
        m_stage = m_stage == Stage::Gathering ? Stage::Idle : m_stage;
        return;
    }
    if (m_stage == Stage::Resting) {
        // What is under way would be driven by nobody until the next run.
        closeSocket(m_lifetimeSocket);
        m_observations.erase(View::Lifetime);
        m_rings.erase(RingTest::Lifetime);
        m_stage = Stage::Gathering;
        m_gatherUntil = std::max(now, m_startedAt + kRunEvery);
    } else if (m_stage == Stage::Idle) {
        m_stage = Stage::Gathering;
        m_gatherUntil = now + kWitnessWait;
        m_startedAt = {};
    }
    if (isAll && m_startedAt == Instant{})
        m_gatherUntil = now;
    advance(now);
}

void NatProber::setInputs(Instant now, const NatProberInputs& inputs) {
    if (inputs == m_inputs)
        return;
    m_inputs = inputs;
    if (m_stage == Stage::Running || m_stage == Stage::Resting) {
        startInbound4(now);
        startInbound6(now);
        advance(now);
    }
}

void NatProber::restart(Instant now) {
    for (std::uint32_t* socket : {&m_filterSocket, &m_mappingSocket, &m_lifetimeSocket})
        closeSocket(*socket);
    m_stage = Stage::Idle;
    m_findings = {};
    m_observations.clear();
    m_rings.clear();
    m_requests.clear();
    m_lifetimeStep = 0;
    m_lifetimeNext = {};
    setWitnesses(now, std::exchange(m_witnesses, {}), false);
}

void NatProber::closeSocket(std::uint32_t& socket) {
    if (socket == 0)
        return;
    // Whoever sends from a socket opens it: what still waits would leave it open for good.
    std::erase_if(m_requests, [&](const NatProberRequest& request) {
        const auto* view = std::get_if<ObserveRequest>(&request);
        const auto* hairpin = std::get_if<HairpinPacket>(&request);
        return (view != nullptr && view->socket == socket) || (hairpin != nullptr && hairpin->socket == socket);
    });
    m_closed.push_back(socket);
    socket = 0;
}

// A run: every question that depends on no other is asked at once.
void NatProber::start(Instant now) {
    m_stage = Stage::Running;
    m_startedAt = now;
    closeSocket(m_lifetimeSocket);
    m_observations.clear();
    m_rings.clear();
    m_hairpinTries = 0;
    m_hairpinIsOver = false;
    m_hairpinNext = now;
    m_token.resize(kHairpinTokenSize);
    m_random.fillPublic(m_token);
    m_token.front() = 0; // No envelope begins so.
    const NatWitness& witness = m_witnesses.front();
    if (witness.v4) {
        m_filterSocket = openSocket();
        m_mappingSocket = openSocket();
        observe(now, View::Main, kMainSocket, witness, *witness.v4);
        observe(now, View::Filter, m_filterSocket, witness, *witness.v4);
        observe(now, View::MappingMain, m_mappingSocket, witness, *witness.v4);
        if (witness.alternatePort != 0)
            observe(now, View::MappingPort, m_mappingSocket, witness, {witness.v4->v4(), witness.alternatePort});
        if (witness.other4)
            observe(now, View::MappingAddress, m_mappingSocket, witness, *witness.other4);
        else if (const NatWitness* second = secondWitness())
            observe(now, View::MappingAddress, m_mappingSocket, *second, *second->v4);
    }
    startInbound6(now);
}

const NatWitness* NatProber::secondWitness() const {
    const auto found = std::find_if(m_witnesses.begin() + 1, m_witnesses.end(), [&](const NatWitness& other) {
        return other.v4 && other.v4->v4() != m_witnesses.front().v4->v4();
    });
    return found == m_witnesses.end() ? nullptr : &*found;
}

void NatProber::observe(Instant now, View view, std::uint32_t socket, const NatWitness& witness,
                        const SocketAddress& remote) {
    Observation observation;
    observation.socket = socket;
    observation.witness = witness.key;
    observation.remote = remote;
    observation.transaction = m_random.below(UINT64_MAX);
    observation.next = now;
    m_observations[view] = observation;
}

void NatProber::watchRing(Instant now, RingTest test, std::uint32_t socket, const NatWitness& witness,
                          const SocketAddress& remote, const SocketAddress& target, wire::RingFrom from) {
    RingWatch watch;
    watch.socket = socket;
    watch.witness = witness.key;
    watch.remote = remote;
    watch.request = {m_random.below(UINT64_MAX), target, from};
    watch.next = now;
    m_rings[test] = watch;
}

void NatProber::handleReply(Instant now, const wire::PublicKeyBytes& witness, std::uint32_t socket,
                            std::uint16_t localPort, const wire::ProbeReply& reply) {
    for (auto& [view, observation] : m_observations) {
        if (observation.isOver || observation.transaction != reply.transaction || observation.witness != witness ||
            observation.socket != socket || !reply.observed.isV4() || !reply.observed.v4().isGlobal(true))
            continue;
        observation.seen = reply.observed;
        observation.localPort = localPort;
        observation.isOver = true;
        if (view == View::Filter)
            startFilterTests(now);
        if (view == View::Main) {
            m_findings.outer4 = reply.observed;
            startInbound4(now);
        }
        break;
    }
    advance(now);
}

void NatProber::startFilterTests(Instant now) {
    const NatWitness& witness = m_witnesses.front();
    const SocketAddress target = *seenBy(View::Filter);
    if (witness.alternatePort != 0)
        watchRing(now, RingTest::FilterPort, m_filterSocket, witness, *witness.v4, target, wire::RingFrom::AnotherPort);
    if (witness.other4)
        watchRing(now, RingTest::FilterAddress, m_filterSocket, witness, *witness.v4, target,
                  wire::RingFrom::AnotherAddress);
    else if (const NatWitness* second = secondWitness()) // The filter socket has never spoken to it.
        watchRing(now, RingTest::FilterAddress, m_filterSocket, *second, *second->v4, target, wire::RingFrom::SamePort);
}

// Where strangers would send to: the router's mapping, or the address that others see. A closed port is tried again
// when the router has opened it.
void NatProber::startInbound4(Instant now) {
    const std::optional<SocketAddress> target = m_inputs.mapped4 ? m_inputs.mapped4 : m_findings.outer4;
    if (!target || !m_findings.outer4 || m_witnesses.empty() || !m_witnesses.front().v4)
        return;
    const auto known = m_rings.find(RingTest::Inbound4);
    const bool isSame = known != m_rings.end() && known->second.request.target == *target;
    if (isSame && (m_tested4.mapped4 == m_inputs.mapped4 || known->second.came == std::optional(true)))
        return;
    m_tested4 = m_inputs;
    m_rings.erase(RingTest::Inbound4);
    m_findings.inbound4 = {};
    const NatWitness& witness = m_witnesses.front();
    // A witness rings only the address that the request comes from; another one is a second router's.
    if (target->v4() != m_findings.outer4->v4() || (!witness.other4 && witness.alternatePort == 0))
        return;
    watchRing(now, RingTest::Inbound4, kMainSocket, witness, *witness.v4, *target,
              witness.other4 ? wire::RingFrom::AnotherAddress : wire::RingFrom::AnotherPort);
}

void NatProber::startInbound6(Instant now) {
    const auto witness =
        std::ranges::find_if(m_witnesses, [](const NatWitness& w) { return w.v6 && (w.other6 || w.alternatePort); });
    if (!m_inputs.native6 || witness == m_witnesses.end())
        return;
    const auto known = m_rings.find(RingTest::Inbound6);
    const bool isSame = known != m_rings.end() && known->second.request.target == *m_inputs.native6;
    if (isSame && (m_tested6.hasPinhole == m_inputs.hasPinhole || known->second.came == std::optional(true)))
        return;
    m_tested6 = m_inputs;
    watchRing(now, RingTest::Inbound6, kMainSocket, *witness, *witness->v6, *m_inputs.native6,
              witness->other6 ? wire::RingFrom::AnotherAddress : wire::RingFrom::AnotherPort);
}

void NatProber::handleRing(Instant now, std::uint32_t socket, const SocketAddress& from, bool isContacted,
                           const wire::Ring& ring) {
    for (auto& [test, watch] : m_rings) {
        if (watch.isOver || watch.request.transaction != ring.transaction || watch.socket != socket)
            continue;
        // One that came the way that is open anyhow tells nothing, and its witness nothing that counts.
        if (isUnexpected(test, from, isContacted))
            watch.came = true;
        watch.isOver = true;
    }
    advance(now);
}

// Whether a ring from there had no filter's memory to let it in.
bool NatProber::isUnexpected(RingTest test, const SocketAddress& from, bool isContacted) const {
    const auto isAtAddressOf = [&](const SocketAddress& other) {
        return from.isV4() == other.isV4() && (from.isV4() ? from.v4() == other.v4() : from.v6() == other.v6());
    };
    const RingWatch& watch = m_rings.at(test);
    switch (test) {
    case RingTest::Lifetime:
        return true;
    case RingTest::FilterPort:
        return from != watch.remote;
    case RingTest::FilterAddress: // The socket has spoken to the first witness's address, whoever rings it.
        return !isAtAddressOf(m_observations.at(View::Filter).remote);
    case RingTest::Inbound4:
    case RingTest::Inbound6:
        if (watch.request.from == wire::RingFrom::AnotherAddress)
            return !isContacted && !isAtAddressOf(watch.remote);
        return from != watch.remote;
    }
    return false;
}

void NatProber::handleRingResult(Instant now, const wire::RingResult& result) {
    for (auto& [test, watch] : m_rings) {
        // One answer for each question: with more the end of the test could be put off for ever.
        if (watch.isOver || watch.request.transaction != result.transaction || watch.answers >= watch.tries)
            continue;
        ++watch.answers;
        if (result.status == wire::RingStatus::Rung)
            ++watch.rung;
        else if (result.status != wire::RingStatus::RateLimited)
            watch.isOver = true;
        watch.next = std::max(watch.next, now + (isPastTries(watch.tries) ? kRingWait : Duration::zero()));
    }
    advance(now);
}

void NatProber::handleHairpin(Instant now, std::uint32_t socket, BytesView payload) {
    const bool isOurs = socket == m_filterSocket || socket == m_mappingSocket;
    if (!isOurs || m_token.empty() || !std::equal(payload.begin(), payload.end(), m_token.begin(), m_token.end()))
        return;
    m_findings.nat.hairpins = true;
    m_hairpinIsOver = true;
    advance(now);
}

void NatProber::handleTimeout(Instant now) {
    advance(now);
}

// What follows from the present state and time; idempotent.
void NatProber::advance(Instant now) {
    if (m_stage == Stage::Gathering && m_gatherUntil <= now && !m_witnesses.empty())
        start(now);
    if (!drives())
        return;
    driveObservations(now);
    driveRings(now);
    driveHairpin(now);
    conclude(now);
    if (m_stage == Stage::Resting)
        driveLifetime(now);
}

void NatProber::driveObservations(Instant now) {
    for (auto& [view, observation] : m_observations) {
        if (observation.isOver || observation.next > now)
            continue;
        if (isPastTries(observation.tries)) {
            observation.isOver = true;
            continue;
        }
        ++observation.tries;
        observation.next = now + kTryEvery * (isPastTries(observation.tries) ? 3 : 1);
        m_requests.push_back(
            ObserveRequest{observation.socket, observation.witness, observation.remote, observation.transaction});
    }
}

void NatProber::driveRings(Instant now) {
    for (auto& [test, watch] : m_rings) {
        if (watch.isOver || watch.next > now)
            continue;
        if (isPastTries(watch.tries)) {
            // One packet may be lost; that several are, and nothing else, is less likely than a filter.
            if (watch.rung >= 2)
                watch.came = false;
            watch.isOver = true;
            continue;
        }
        ++watch.tries;
        watch.next = now + (isPastTries(watch.tries) ? kRingWait * 2 : kTryEvery);
        m_requests.push_back(RingCall{watch.witness, watch.remote, watch.request});
    }
}

void NatProber::driveHairpin(Instant now) {
    const auto filter = seenBy(View::Filter), mapping = seenBy(View::MappingMain);
    if (m_stage != Stage::Running || m_hairpinIsOver || !filter || !mapping || m_hairpinNext > now)
        return;
    if (isPastTries(m_hairpinTries)) {
        // Silence means a NAT that does not hairpin; without a NAT there is nothing to hairpin.
        if (std::ranges::find(m_inputs.local4, filter->v4()) == m_inputs.local4.end())
            m_findings.nat.hairpins = false;
        m_hairpinIsOver = true;
        return;
    }
    ++m_hairpinTries;
    m_hairpinNext = now + kTryEvery;
    m_requests.push_back(HairpinPacket{m_filterSocket, *mapping, m_token});
    m_requests.push_back(HairpinPacket{m_mappingSocket, *filter, m_token});
}

std::optional<int> classifyPortStep(const std::vector<std::optional<SocketAddress>>& views) {
    constexpr int stepMax = 8; // Others make mappings, too: a larger one is most likely chance.
    std::optional<int> step;
    const SocketAddress* before = nullptr;
    for (const auto& view : views) {
        if (!view)
            continue;
        const int between = before == nullptr ? 0 : view->port() - before->port();
        if (before != nullptr && (between == 0 || std::abs(between) > stepMax || (step && *step != between)))
            return std::nullopt;
        if (before != nullptr)
            step = between;
        before = &*view;
    }
    return step;
}

std::optional<SocketAddress> NatProber::seenBy(View view) const {
    const auto found = m_observations.find(view);
    return found == m_observations.end() ? std::nullopt : found->second.seen;
}

std::optional<bool> NatProber::ringOf(RingTest test) const {
    const auto found = m_rings.find(test);
    return found == m_rings.end() ? std::nullopt : found->second.came;
}

void NatProber::conclude(Instant now) {
    concludeNat();
    concludeInbound(RingTest::Inbound4, m_inputs.mapped4.has_value(), m_findings.inbound4);
    concludeInbound(RingTest::Inbound6, m_inputs.hasPinhole, m_findings.inbound6);
    if (m_stage != Stage::Running || !isDone())
        return;
    m_stage = Stage::Resting;
    closeSocket(m_filterSocket);
    closeSocket(m_mappingSocket);
    m_lifetimeNext = now;
}

bool NatProber::isDone() const {
    const auto isOver = [](const auto& item) { return item.second.isOver; };
    const bool mayHairpin = seenBy(View::Filter) && seenBy(View::MappingMain);
    const bool waitsForGateway = !m_inputs.gatewayIsSettled && ((m_findings.outer4 && !m_inputs.mapped4) ||
                                                                (m_inputs.native6 && !m_inputs.hasPinhole));
    return std::ranges::all_of(m_observations, isOver) && std::ranges::all_of(m_rings, isOver) && !waitsForGateway &&
           (!mayHairpin || m_hairpinIsOver);
}

void NatProber::concludeNat() {
    NatBehaviour& nat = m_findings.nat;
    const auto main = seenBy(View::MappingMain), port = seenBy(View::MappingPort),
               address = seenBy(View::MappingAddress);
    if (const auto mapping = classifyMapping(main, port, address))
        nat.mapping = mapping;
    if (main && ((port && *port != *main) || address))
        nat.varies = (port && *port != *main) || (address && *address != *main);
    if (const auto filtering = classifyFiltering(ringOf(RingTest::FilterPort), ringOf(RingTest::FilterAddress)))
        nat.filtering = filtering;
    if (main) {
        nat.isTranslated = std::ranges::find(m_inputs.local4, main->v4()) == m_inputs.local4.end();
        if (nat.mapping && *nat.mapping != NatMapping::EndpointIndependent)
            nat.portStep = classifyPortStep({seenBy(View::Filter), main, port, address});
        nat.preservesPort = main->port() == m_observations.at(View::MappingMain).localPort;
    }
}

// `isOpened`: a router has opened the way. While one may still do so, a ring that did not come says nothing.
void NatProber::concludeInbound(RingTest test, bool isOpened, InboundStatus& status) const {
    const auto found = m_rings.find(test);
    const bool isEarly = !m_inputs.gatewayIsSettled && !isOpened;
    if (found == m_rings.end() || (isEarly && found->second.came == std::optional(false)))
        return;
    const RingWatch& watch = found->second;
    status.target = watch.request.target;
    status.fromNewAddress = watch.request.from == wire::RingFrom::AnotherAddress;
    status.isOpen = watch.came;
    status.witness = watch.came ? std::optional(WitnessKind::ThirdParty) : std::nullopt;
}

bool NatProber::isRunning() const {
    const auto isOver = [this](RingTest test) {
        const auto found = m_rings.find(test);
        return found == m_rings.end() || found->second.isOver;
    };
    return m_stage == Stage::Gathering || m_stage == Stage::Running ||
           (drives() && (!isOver(RingTest::Inbound4) || !isOver(RingTest::Inbound6)));
}

std::optional<NatProberRequest> NatProber::pollRequest() {
    if (m_requests.empty())
        return std::nullopt;
    NatProberRequest request = std::move(m_requests.front());
    m_requests.erase(m_requests.begin());
    return request;
}

std::optional<std::uint32_t> NatProber::pollClosedSocket() {
    if (m_closed.empty())
        return std::nullopt;
    const std::uint32_t socket = m_closed.back();
    m_closed.pop_back();
    return socket;
}

std::optional<Deadline> NatProber::pollTimeout() const {
    std::optional<Deadline> next;
    const auto consider = [&next](Instant at, const char* reason) {
        if (!next || at < next->at)
            next = Deadline{at, reason};
    };
    if (m_stage == Stage::Gathering)
        consider(m_gatherUntil, "NAT test: witnesses");
    for (const auto& [view, observation] : m_observations)
        if (drives() && !observation.isOver)
            consider(observation.next, "NAT test: view");
    for (const auto& [test, watch] : m_rings)
        if (drives() && !watch.isOver)
            consider(watch.next, "NAT test: ring");
    if (m_stage == Stage::Running && !m_hairpinIsOver && seenBy(View::Filter) && seenBy(View::MappingMain))
        consider(m_hairpinNext, "NAT test: hairpin");
    if (m_stage == Stage::Resting && m_lifetimeNext != Instant::max())
        consider(m_lifetimeNext, "NAT test: lifetime");
    return next;
}

} // namespace culvert
