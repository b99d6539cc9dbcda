#include "core/io/driver.h"

#include <algorithm>

namespace culvert {

namespace {

// One round of the loop takes at most this many datagrams, so that timers and tasks are never starved by a flood.
constexpr std::size_t kDatagramsPerRound = 256;
constexpr Duration kWaitMax = 60s;
// The wait itself stands still in sleep on most systems, so that a long one would not end soon after it.
constexpr Duration kSuspendPollEvery = 2s;
// A shorter sleep outlives neither a NAT's binding nor a peer's patience.
constexpr Duration kSleepMin = 3s;

} // namespace

Driver::Driver(DriverConfig config, std::unique_ptr<Archive> archive)
    : m_config(std::move(config)), m_resolver([this] { wake(); }), m_monitor(m_config.bind) {
    m_wakeSocket = makeWakeSocket();
    m_worker = std::make_unique<ArchiveWorker>(
        std::move(archive), [this](std::uint64_t ticket, Result<void> result) { committed(ticket, std::move(result)); },
        [this](const StoreProblem& problem) {
            post([this, problem](const Now&) { tell(StoreProblemEvent{problem}); });
        });
}

Driver::~Driver() {
    stop();
    m_worker.reset(); // Commits what was queued; its answers find nobody.
}

void Driver::stop() {
    m_stop = true;
    wake();
    if (m_thread.joinable())
        m_thread.join();
}

void Driver::start() {
    m_thread = std::thread([this] { loop(); });
    if (profileState() == ProfileState::Opening)
        unlockProfile({}, [this](Result<std::string> opened) {
            if (!opened && m_fatal)
                m_fatal(opened.error());
        });
}

ProfileState Driver::profileState() const {
    const ProfileState state = m_worker->state();
    return state == ProfileState::Open && !m_isLaunched ? ProfileState::Opening : state;
}

void Driver::addListener(Listener listener) {
    m_listeners.push_back(std::move(listener));
}

// A UDP socket on loopback that is bound to itself: the one way to end a wait that every system has.
std::unique_ptr<UdpSocket> Driver::makeWakeSocket() {
    for (const SocketAddress& loopback :
         {SocketAddress(Ipv4Address::of(127, 0, 0, 1), 0), SocketAddress(*Ipv6Address::fromText("::1"), 0)})
        if (auto socket = UdpSocket::bind(loopback, SocketOffload::None))
            return std::move(*socket);
    return nullptr;
}

void Driver::wake() {
    if (m_wakeSocket)
        m_wakeSocket->send({m_wakeSocket->local(), m_wakeSocket->local(), Bytes{0}, 0});
}

void Driver::post(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    wake();
}

void Driver::runTasks(const Now& now) {
    std::vector<Task> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (const Task& task : tasks)
        task(now);
}

void Driver::loop() {
    while (!m_stop) {
        Now now = systemNow();
        runTasks(now);
        if (m_engine) {
            receive();
            driveTcp();
            now = systemNow();
            pollSuspend(now);
            pollNetwork(now);
            driveGateway(now);
            driveResolver(now);
            m_discovery.listen(m_engine->discoveryInterfaces());
            m_beacons4.listen(m_engine->beaconInterfaces(true));
            m_beacons6.listen(m_engine->beaconInterfaces(false));
            if (const auto deadline = m_engine->pollTimeout(); deadline && deadline->at <= now.monotonic) {
                m_engine->handleTimeout(now);
                drain(now);
            }
        }
        waitForInput(now);
    }
    leave(systemNow());
}

void Driver::leave(const Now& now) {
    runTasks(now); // What was asked for before: a draft of what was just being written, say.
    if (!m_engine)
        return;
    m_engine->shutdown(now);
    drain(now);
    if (m_gateway) // Last: a router may keep it waiting.
        m_gateway->leave(now.monotonic);
}

void Driver::waitForInput(const Now& now) {
    Duration wait = m_wakeSocket ? kWaitMax : Duration(10ms);
    auto watched = m_sockets.handles();
    std::vector<std::intptr_t> writers;
    if (m_engine) {
        m_tcp.watch(now.monotonic, watched, writers);
        if (m_tcp.hasNews())
            wait = Duration::zero();
        wait = std::min<Duration>({wait, kSuspendPollEvery, m_schedule.next() - now.monotonic});
        if (const auto deadline = m_engine->pollTimeout())
            wait = std::min<Duration>(wait, deadline->at - now.monotonic);
        if (const auto due = m_resolver.pollTimeout(); due && m_engine->mayUseTeredo())
            wait = std::min<Duration>(wait, *due - now.monotonic);
        if (const auto handle = m_monitor.handle())
            watched.push_back(*handle);
        for (const DiscoverySocket* group : {&m_discovery, &m_beacons4, &m_beacons6})
            if (const auto handle = group->handle())
                watched.push_back(*handle);
        if (m_config.nativeEcho)
            watched.push_back(m_config.nativeEcho->handle());
        if (m_gateway) {
            std::ranges::copy(m_gateway->handles(), std::back_inserter(watched));
            if (const auto deadline = m_gateway->pollTimeout())
                wait = std::min<Duration>(wait, deadline->at - now.monotonic);
        }
    }
    if (m_wakeSocket)
        watched.push_back(m_wakeSocket->handle());
    waitForHandles(watched, std::max(wait, Duration::zero()), writers);
    if (m_wakeSocket)
        m_wakeSocket->receive(kDatagramsPerRound, [](const Datagram&) {});
}

void Driver::receive() {
    const Now now = systemNow();
    m_sockets.receive(kDatagramsPerRound, [&](const Datagram& datagram) {
        m_engine->handleDatagram(now, datagram);
        drain(now);
    });
    m_sockets.receiveErrors(now.monotonic, kDatagramsPerRound, [&](const QuotedError& error) {
        m_engine->handleError(now, error);
        drain(now);
    });
    m_discovery.receive(kDatagramsPerRound, [&](const Datagram& datagram) {
        m_engine->handleDiscovery(now, datagram);
        drain(now);
    });
    if (m_config.nativeEcho)
        m_config.nativeEcho->receive(kDatagramsPerRound, [&](const wire::Ipv6Packet& request) {
            m_engine->handleNativeEcho(now, request);
            drain(now);
        });
    for (DiscoverySocket* beacons : {&m_beacons4, &m_beacons6})
        beacons->receive(kDatagramsPerRound, [&](const Datagram& datagram) {
            m_engine->handleBeacon(now, datagram);
            drain(now);
        });
}

// Beside the UDP sockets and on the same port, for as long as the user lets it.
void Driver::driveTcp() {
    const Now now = systemNow();
    if (m_engine->wantsTcp() != m_tcp.isOpen()) {
        if (m_tcp.isOpen())
            m_tcp.close();
        else
            m_tcp.open(m_sockets);
        m_engine->setTcpListens(m_tcp.isListening());
    }
    m_tcp.receive(now.monotonic, {[&](const SocketAddress& remote) {
                                      const auto link = m_engine->acceptTcp(now, remote);
                                      drain(now);
                                      return link;
                                  },
                                  [&](const TcpInput& input) {
                                      m_engine->handleTcp(now, input);
                                      drain(now);
                                  }});
}

void Driver::pollSuspend(const Now& now) {
    if (m_suspendWatch.slept().value_or(Duration::zero()) < kSleepMin)
        return;
    m_schedule.readAtOnce();
    m_engine->handleWake(now);
    drain(now);
    if (m_gateway)
        m_gateway->refresh(now.monotonic);
}

void Driver::pollNetwork(const Now& now) {
    if (m_monitor.changed())
        m_schedule.handleChange(now.monotonic);
    if (!m_schedule.isDue(now.monotonic))
        return;
    m_schedule.handleRead(now.monotonic, m_monitor.handle().has_value());
    const LocalNetwork network = m_monitor.read(m_sockets.port());
    const bool isChanged = m_engine->handleNetwork(now, network);
    drain(now);
    if (isChanged)
        m_resolver.refresh(now.monotonic);
    if (isChanged && m_gateway)
        m_gateway->handleNetwork(now.monotonic, network);
}

void Driver::driveGateway(const Now& now) {
    if (!m_gateway)
        return;
    m_gateway->drive(now.monotonic);
    while (const auto report = m_gateway->pollReport()) {
        m_engine->handleGateway(now, *report);
        drain(now);
    }
}

void Driver::driveResolver(const Now& now) {
    if (m_engine->mayUseTeredo())
        m_resolver.drive(now.monotonic);
    if (const auto servers = m_resolver.poll(now.monotonic)) {
        m_engine->setTeredoServers(now, *servers);
        drain(now);
    }
}

void Driver::drain(const Now&) {
    while (auto datagram = m_engine->pollTransmit())
        m_sockets.send(*datagram);
    while (const auto order = m_engine->pollTcp())
        m_tcp.handle(*order);
    while (const auto closed = m_engine->pollClosedSocket())
        m_sockets.closeExtra(*closed);
    while (auto batch = m_engine->pollBatch())
        m_worker->commit(std::move(*batch));
    while (auto event = m_engine->pollEvent())
        tell(*event);
}

void Driver::tell(const MessengerEvent& event) {
    for (const Listener& listener : m_listeners)
        listener(event);
}

void Driver::committed(std::uint64_t ticket, Result<void> result) {
    post([this, ticket, result = std::move(result)](const Now& now) {
        if (!result)
            return tell(LogEvent{"cannot save: " + result.error().detail + " (trying again)"});
        Engine& engine = m_engine ? *m_engine : *m_leaving;
        for (std::uint64_t done = m_committedTicket + 1; done <= ticket; ++done)
            engine.handleCommitted(now, done);
        m_committedTicket = std::max(m_committedTicket, ticket);
        const auto end = m_heldReplies.upper_bound(ticket);
        for (auto held = m_heldReplies.begin(); held != end; ++held)
            held->second();
        m_heldReplies.erase(m_heldReplies.begin(), end);
        if (m_engine)
            drain(now);
    });
}

void Driver::loadAndLaunch(Archive& archive, Reply<std::string> reply) {
    auto snapshot = archive.load();
    post([this, snapshot = std::move(snapshot), reply = std::move(reply)](const Now&) {
        if (!snapshot)
            return reply(Unexpected(snapshot.error()));
        launch(reply, *snapshot);
    });
}

// On the engine's thread: opens the sockets and starts the engine.
void Driver::launch(Reply<std::string> reply, const ArchiveSnapshot& snapshot) {
    if (m_engine)
        return reply(fail(ErrorCode::WrongState, "The profile is open already."));
    auto profile = decodeProfile(snapshot.profile);
    if (!profile)
        return reply(Unexpected(profile.error()));
    const bool isChosen = m_config.port != 0;
    auto sockets = SocketPair::open(isChosen ? m_config.port : profile->port, m_config.bind, !isChosen);
    if (!sockets)
        return reply(Unexpected(sockets.error()));
    m_sockets = std::move(*sockets);
    const Now now = systemNow();
    EngineConfig config;
    config.instance = m_random.below(UINT64_MAX - 1) + 1;
    config.allowReserved = m_config.allowReserved;
    config.hearsErrors = m_sockets.listenForErrors();
    config.allowOrdinaryRoute = m_config.allowOrdinaryRoute;
    config.allowTcp = m_config.allowTcp;
    config.raisesMtu = m_sockets.canForbidFragments();
    config.discoversLocally = DiscoverySocket::isPossible() && m_sockets.v4 && m_config.bind.empty();
    config.hearsBeacons = m_config.findsOnLan && m_config.bind.empty();
    config.mayChangePort = mayChangePort();
    config.mayMapPort = mayMapPort() && m_sockets.v4;
    m_engine = std::make_unique<Engine>(now, config, *profile, snapshot, m_random);
    m_schedule.handleRead(now.monotonic, m_monitor.handle().has_value());
    m_engine->handleNetwork(now, m_monitor.read(m_sockets.port()));
    if (m_isMetered)
        m_engine->handleMetered(now, *m_isMetered);
    for (const std::string& address : m_config.thirdParties)
        if (const auto added = m_engine->addThirdParty(now, address); !added)
            tell(LogEvent{"third party not used: " + added.error().detail});
    for (const std::string& host : m_config.teredoServers)
        if (const auto added = m_engine->addTeredoServer(now, host); !added)
            tell(LogEvent{"Teredo server not used: " + added.error().detail});
    m_resolver.setNames(now.monotonic, m_engine->teredoServers());
    m_isLaunched = true;
    tell(ReadyEvent{m_engine->ownAddress()});
    reply(m_engine->ownAddress());
    drain(now);
    startGateway(now);
}

// After everything else: nobody waits for a router.
void Driver::startGateway(const Now& now) {
    if (!mayMapPort() || !m_sockets.v4 || !m_engine->settings().mapPort)
        return;
    PortMapperConfig config;
    config.port = m_sockets.port();
    config.nonce = m_engine->mappingNonce();
    config.allowReserved = m_config.allowReserved;
    m_gateway = std::make_unique<GatewayKeeper>(config, m_random, [this] { wake(); });
    m_gateway->handleNetwork(now.monotonic, m_monitor.read(m_sockets.port()));
    driveGateway(now);
}

// What it mapped is given back; a router that is slow to take it holds us up for a second at most.
void Driver::endGateway(const Now& now) {
    if (!m_gateway)
        return;
    m_gateway->leave(now.monotonic);
    m_gateway.reset();
    m_engine->handleGateway(now, {});
}

void Driver::keepGatewayAsWanted(const Now& now) {
    if (!m_engine->settings().mapPort)
        endGateway(now);
    else if (!m_gateway)
        startGateway(now);
}

// The old sockets live until the new ones are there, so that a failure leaves everything as it was.
Result<std::uint16_t> Driver::moveToAnotherPort(const Now& now) {
    if (!mayChangePort())
        return fail(ErrorCode::WrongState, "The port was chosen when Culvert was started, with --port or --bind.");
    // RFC 6335 §6: the dynamic ports, which no service is registered for.
    constexpr std::uint16_t portMin = 49152, ports = 16384;
    std::uint16_t wanted = m_sockets.port();
    while (wanted == m_sockets.port())
        wanted = static_cast<std::uint16_t>(portMin + m_random.below(ports));
    auto sockets = SocketPair::open(wanted, m_config.bind, true);
    if (!sockets)
        return Unexpected(sockets.error());
    endGateway(now);
    m_tcp.close();
    m_sockets = std::move(*sockets);
    m_sockets.listenForErrors();
    m_engine->setTcpListens(false); // driveTcp() opens it anew beside these.
    m_engine->portChanged(m_sockets.port());
    m_engine->handleNetwork(now, m_monitor.read(m_sockets.port()));
    drain(now);
    startGateway(now);
    return m_sockets.port();
}

} // namespace culvert
