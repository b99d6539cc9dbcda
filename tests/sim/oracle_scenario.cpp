#include "tests/sim/oracle_scenario.h"

namespace culvert::sim {

namespace {

constexpr int kMessages = 3;
constexpr Duration kSettle = 8s;         // of third parties, NAT tests and Teredo servers
constexpr Duration kConnectWithin = 15s; // from the last one's adding
constexpr Duration kVerdictWithin = 15s;
// After the last accident. RFC 4380 §5.2.6: who slept through four bubbles gets no fifth one for 300 s.
constexpr Duration kDeliverWithin = 330s;
constexpr std::uint64_t kPacketsAtOnce = 2500, kPacketsPerSecond = 60;

PairFacts mirrored(const PairFacts& facts) {
    return {facts.theirs, facts.ours, facts.help};
}

PairOutlook outlookOf(const PairFacts& facts) {
    return predict(facts.ours, facts.theirs, facts.help);
}

std::string textOf(const PairOutlook& outlook) {
    return std::string("possible: ") + nameOf(outlook.possible) + ", obstacle: " + nameOf(outlook.obstacle) +
           ", remedy: " + nameOf(outlook.remedy) + " (" + nameOf(outlook.side) + ")";
}

/// One run.
class Run {
public:
    explicit Run(std::uint64_t seed) : m_world(seed), m_homes(randomHomes(m_world.random())) {}
    Run(std::uint64_t seed, const RandomHomes& homes) : m_world(seed), m_homes(homes) {}

    OracleResult judge() {
        begin();
        m_result.predicted = outlookOf(m_homes.truth).possible;
        if (m_result.predicted == Answer::Yes) {
            if (connects() && talks())
                suffers();
        } else if (m_result.predicted == Answer::No) {
            isToldWhy();
        } else {
            m_world.run(kVerdictWithin);
        }
        m_result.packets = m_world.packets();
        m_result.duration = m_world.now().monotonic - m_begun;
        checkBudgets();
        if (!m_result.complaint.empty())
            m_result.complaint +=
                "\n  " + m_homes.text() + "\n  " + textOf(outlookOf(m_homes.truth)) + "\n" + m_world.story();
        return m_result;
    }

private:
    struct End {
        SimHost* host = nullptr;
        SimHost* other = nullptr;
        Instant addedAt{};
        bool hasAdded = false;
        int sent = 0;
        std::size_t eventsSeen = 0;
    };

    void complain(const std::string& text) {
        if (m_result.complaint.empty())
            m_result.complaint = text;
    }
    bool isWell() const { return m_result.complaint.empty(); }

    void begin() {
        m_begun = m_world.now().monotonic;
        if (m_homes.hasTeredoServer)
            m_homes.bob.teredoServer = m_homes.alice.teredoServer = m_world.addTeredoServer();
        SimHost& bob = m_world.addHost(m_homes.bob);
        SimHost& alice = m_world.addHost(m_homes.alice);
        m_ends[0] = {&bob, &alice};
        m_ends[1] = {&alice, &bob};
        if (m_homes.hasThirdParty)
            m_third = &m_world.addThirdParty(thirdPartyHome());
        for (End& end : m_ends)
            start(*end.host);
        m_world.run(kSettle);
        // A lost answer costs a Teredo server's client up to a minute; the address is told once it has one.
        const auto isQualified = [&](SimHost& host, const EndFacts& truth) {
            const TeredoState state = host.engine().networkStatus(m_world.now().monotonic).teredo.state;
            return truth.teredo == TeredoReach::None || state == TeredoState::Qualified;
        };
        m_world.runUntil(
            [&] { return isQualified(bob, m_homes.truth.ours) && isQualified(alice, m_homes.truth.theirs); }, 120s);
        const std::array<std::string, 2> addresses = {bob.engine().ownAddress(), alice.engine().ownAddress()};
        const bool isBobFirst = m_homes.contact != FirstContact::AliceAlone;
        add(m_ends[isBobFirst ? 0 : 1], addresses[isBobFirst ? 1 : 0]);
        if (m_homes.contact != FirstContact::Both)
            return;
        m_world.run(Duration(1ms) * static_cast<std::int64_t>(m_world.random().below(3000)));
        add(m_ends[1], addresses[0]);
    }

    void add(End& end, const std::string& address) {
        end.host->addContact(address);
        end.addedAt = m_lastAdded = m_world.now().monotonic;
        end.hasAdded = true;
    }

    void start(SimHost& host) {
        host.start();
        tellGateway(host);
        const bool namesIt = &host == m_ends[0].host ? m_homes.bobNamesIt : m_homes.aliceNamesIt;
        if (namesIt)
            (void)host.engine().addThirdParty(m_world.now(), m_third->node()->ownAddress());
        host.drain();
    }

    // What its router says, as it is now.
    void tellGateway(SimHost& host) {
        GatewayReport report;
        report.isSettled = true;
        report.udp.state = PortMappingState::Failed;
        if (host.config.carrierNat)
            report.udp.routerAddress = m_world.nat(host).address();
        else if (host.config.nat && host.config.nat->forwardsOnRequest) {
            report.udp.state = PortMappingState::Claimed;
            report.udp.external = SocketAddress(m_world.nat(host).address(), host.v4.port());
        }
        host.engine().handleGateway(m_world.now(), report);
        host.drain();
    }

    bool areOnline() {
        acceptRequests();
        return m_ends[0].host->isOnlineWith(m_ends[1].host->id()) && m_ends[1].host->isOnlineWith(m_ends[0].host->id());
    }

    // Whoever is asked says yes.
    void acceptRequests() {
        for (End& end : m_ends)
            for (const auto& events = end.host->events(); end.eventsSeen < events.size();) {
                const MessengerEvent event = events[end.eventsSeen++];
                if (const auto* request = std::get_if<ContactRequestEvent>(&event))
                    end.host->accept(request->contact.id);
                if (const auto* changed = std::get_if<ContactChangedEvent>(&event))
                    notePresence(end, changed->contact.presence);
            }
    }

    void notePresence(const End& end, const Presence& presence) {
        if (presence.verdict == Verdict::CannotConnect && m_result.predicted == Answer::Yes && !m_isDamaged)
            complain(end.host->config.name + " was told that they cannot meet: " + textOf(presence.outlook));
    }

    bool connects() {
        const bool isUp = m_world.runUntil([this] { return areOnline(); }, kConnectWithin);
        m_result.connectedAfter = m_world.now().monotonic - m_lastAdded;
        if (!isUp)
            complain("they did not connect");
        checkRoad();
        return isWell();
    }

    // The oracle's best road is there in the end; which one is taken then is a matter of round trips.
    void checkRoad() {
        const PathKind expected = outlookOf(m_homes.truth).road;
        if (!isWell() || (expected != PathKind::Lan && expected != PathKind::Native6))
            return;
        const auto hasAnswered = [&](const End& end) {
            const auto paths = end.host->engine().paths(end.other->id());
            return paths && std::ranges::any_of(
                                *paths, [&](const PathInfo& path) { return path.kind == expected && path.answered; });
        };
        const auto isThere = [&] {
            acceptRequests();
            return std::ranges::all_of(m_ends, hasAnswered);
        };
        if (!m_world.runUntil(isThere, 60s))
            complain("they never found the better road");
    }

    void send(End& end) {
        const bool isKnown = std::ranges::any_of(end.host->engine().contacts(m_world.now()), [&](const Contact& known) {
            return known.id == end.other->id() && known.state != ContactState::Pending;
        });
        if (isKnown)
            end.host->send(end.other->id(), end.host->config.name + std::to_string(end.sent++));
        // Only what sendMessage() has answered for must survive; it answers after the commit.
        m_world.run(5ms);
    }

    bool isEverythingThere() {
        acceptRequests();
        return std::ranges::all_of(m_ends, [](const End& end) {
            return end.other->receivedFrom(end.host->id()).size() >= static_cast<std::size_t>(end.sent) &&
                   end.host->archive().undelivered() == 0;
        });
    }

    bool talks() {
        for (int i = 0; i < kMessages; ++i)
            for (End& end : m_ends)
                send(end);
        if (!m_world.runUntil([this] { return isEverythingThere(); }, kDeliverWithin))
            complain("not everything arrived");
        checkTexts();
        return isWell();
    }

    void checkTexts() {
        for (const End& end : m_ends) {
            std::vector<std::string> expected;
            for (int i = 0; i < end.sent; ++i)
                expected.push_back(end.host->config.name + std::to_string(i));
            if (isWell() && end.other->receivedFrom(end.host->id()) != expected)
                complain("lost, doubled or out of order");
        }
    }

    void suffers() {
        PairFacts truth = m_homes.truth;
        // Both are contacts now, and told each other where they are.
        truth.ours.knowsOther = truth.theirs.knowsOther = Answer::Yes;
        m_isDamaged = true;
        const std::uint64_t accidents = m_world.random().below(3);
        for (std::uint64_t i = 0; i < accidents; ++i) {
            const std::size_t which = m_world.random().below(2);
            accident(m_ends[which], which == 0 ? truth.theirs : truth.ours);
            for (End& end : m_ends)
                send(end);
        }
        if (m_third != nullptr)
            m_third->isCut = false;
        const bool mustWork = outlookOf(truth).possible == Answer::Yes;
        const bool isThere = m_world.runUntil([this] { return isEverythingThere(); }, kDeliverWithin);
        if (mustWork && !isThere)
            complain("not everything arrived after the accidents");
        if (isThere)
            checkTexts();
    }

    // `witness` is the other end's truth: it may not know any more where this one is.
    void accident(End& end, EndFacts& witness) {
        SimHost& host = *end.host;
        const auto seconds = [&](std::uint64_t most) {
            return Duration(1s) * static_cast<std::int64_t>(1 + m_world.random().below(most));
        };
        switch (m_world.random().below(6)) {
        case 0:
            if (host.config.nat) {
                m_world.nat(host).flush();
                m_world.outerNat(host).flush();
            }
            forgetTeredo(end, witness);
            return;
        case 1:
            return renumber(end, witness);
        case 2:
            host.sleep();
            m_world.run(seconds(90));
            host.wake();
            return;
        case 3:
            host.isCut = true;
            m_world.run(seconds(60));
            host.isCut = false;
            return;
        case 4:
            host.config.clockErrorMs += static_cast<std::int64_t>(m_world.random().below(2 * 86'400'000)) - 86'400'000;
            return;
        default:
            if (m_third != nullptr) {
                m_third->isCut = true;
                m_world.run(seconds(10));
                m_third->restartThirdParty();
                m_third->isCut = false;
            }
        }
    }

    // A new mapping is a new Teredo address.
    void forgetTeredo(const End& end, EndFacts& witness) {
        const EndFacts& truth = &end == &m_ends[0] ? m_homes.truth.ours : m_homes.truth.theirs;
        if (truth.teredo != TeredoReach::None && truth.ipv4 != Ipv4Reach::Mapped && truth.ipv4 != Ipv4Reach::Public)
            witness.knowsOther = Answer::No;
    }

    void renumber(End& end, EndFacts& witness) {
        SimHost& host = *end.host;
        if (!host.config.nat)
            return;
        m_world.outerNat(host).renumber(Ipv4Address::of(45, 99, 1, static_cast<std::uint8_t>(1 + m_renumbered++)));
        if (host.config.carrierNat)
            m_world.nat(host).flush();
        tellGateway(host);
        if (!host.config.hasV6 || m_homes.truth.theirs.ipv6 == Ipv6Reach::None ||
            m_homes.truth.ours.ipv6 == Ipv6Reach::None)
            witness.knowsOther = Answer::No;
    }

    void isToldWhy() {
        for (const End& end : m_ends)
            if (end.hasAdded)
                m_world.run(std::max(Duration(0), end.addedAt + kVerdictWithin - m_world.now().monotonic));
        acceptRequests();
        if (areOnline())
            return complain("they connected, against the oracle");
        for (const End& end : m_ends)
            if (end.hasAdded)
                checkVerdict(end);
    }

    void checkVerdict(const End& end) {
        const PairFacts facts = &end == &m_ends[0] ? m_homes.truth : mirrored(m_homes.truth);
        const auto contacts = end.host->engine().contacts(m_world.now());
        const Presence told = contacts.empty() ? Presence{} : contacts.front().presence;
        const std::string who = end.host->config.name;
        if (told.verdict != Verdict::CannotConnect && told.verdict != Verdict::NoAnswer)
            return complain(who + " was told no verdict in time");
        const bool isSure = told.verdict == Verdict::CannotConnect;
        m_result.wasUnsure = m_result.wasUnsure || !isSure;
        if (!isSure && isKnowable(facts))
            return complain(who + " was not told that it is impossible: " + textOf(told.outlook));
        const PairOutlook truth = outlookOf(facts);
        if (truth.remedy == Remedy::None || hidesSomething(facts, told.outlook))
            return; // Two things are in the way, or one that this end cannot know.
        if (told.outlook.remedy == Remedy::None)
            return complain(who + " was told no remedy");
        const PairFacts then = withRemedy(facts, told.outlook.remedy, told.outlook.side);
        if (outlookOf(then).possible != Answer::Yes)
            complain(who + " was told a remedy that is none: " + textOf(told.outlook));
    }

    // What an end cannot see: that its own network is mute where fewer than two are asked, that the other one's is,
    // and that the other one's router has another before it.
    bool hidesSomething(const PairFacts& facts, const PairOutlook& told) const {
        const bool isMute = facts.ours.udpPasses == Answer::No || facts.theirs.udpPasses == Answer::No;
        const bool isCarriers = facts.theirs.ipv4 == Ipv4Reach::CarrierNat && told.remedy == Remedy::MapPort;
        // RFC 4380 §5.2.1 takes it for a cone.
        const auto seemsOpen = [](const EndFacts& end) {
            return end.mapping && end.mapping != NatMapping::EndpointIndependent &&
                   end.filtering == NatFiltering::EndpointIndependent && end.teredo != TeredoReach::None;
        };
        return isMute || (isCarriers && told.side == Side::Theirs) || seemsOpen(facts.ours) || seemsOpen(facts.theirs);
    }

    // Whether an end sees enough to be sure: a family is missing, both are shut and nobody hands over, or both had
    // their NATs looked at, or found UDP blocked by asking over TCP, and told each other.
    bool isKnowable(const PairFacts& facts) const {
        const bool haveTold = m_homes.bobNamesIt && m_homes.aliceNamesIt && !m_homes.hasTeredoServer &&
                              m_homes.contact == FirstContact::Both;
        if (facts.ours.udpPasses == Answer::No || facts.theirs.udpPasses == Answer::No)
            return haveTold;
        switch (outlookOf(facts).obstacle) {
        case Obstacle::Ipv4HereIpv6There:
        case Obstacle::Ipv6HereIpv4There:
            return true;
        case Obstacle::BothShut:
            return !m_homes.hasThirdParty && !m_homes.hasTeredoServer;
        case Obstacle::BothHard:
        case Obstacle::HardHere:
        case Obstacle::HardThere:
            return haveTold;
        default:
            return false;
        }
    }

    void checkBudgets() {
        if (m_world.payloadAtThirdParties() > 0)
            complain("payload went through a third party");
        const auto seconds = static_cast<std::uint64_t>(m_result.duration / 1s);
        if (m_result.packets > kPacketsAtOnce + seconds * kPacketsPerSecond)
            complain(std::to_string(m_result.packets) + " packets in " + std::to_string(seconds) + " s");
    }

    World m_world;
    RandomHomes m_homes;
    std::array<End, 2> m_ends;
    SimHost* m_third = nullptr;
    Instant m_begun, m_lastAdded{};
    bool m_isDamaged = false;
    int m_renumbered = 0;
    OracleResult m_result;
};

} // namespace

OracleResult runOracleScenario(std::uint64_t seed) {
    return Run(seed).judge();
}

OracleResult runOracleScenario(std::uint64_t seed, const RandomHomes& homes) {
    return Run(seed, homes).judge();
}

} // namespace culvert::sim
