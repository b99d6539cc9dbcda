#include "tests/sim/world.h"

#include "core/wire/quoted_udp.h"
#include "core/wire/teredo_address.h"
#include "core/wire/teredo_packet.h"

namespace culvert::sim {

namespace {

constexpr std::uint16_t kPort = 40000;
constexpr std::uint16_t kOtherPorts = 50000;
constexpr Duration kCommitTime = 2ms;
constexpr std::size_t kStoryLines = 60;
constexpr std::uint8_t kHopsMin = 6; // from one home to another
constexpr std::size_t kHeaders4 = 28, kHeaders6 = 48;
constexpr std::size_t kInnerHeaders = 48; // of IPv6 and UDP inside UDP

Ipv4Address publicAddress(std::size_t index) {
    return Ipv4Address::of(45, 83, static_cast<std::uint8_t>(index), 2);
}

Ipv6Address nativeAddress(std::size_t index) {
    Ipv6Address address = *Ipv6Address::fromText("2a0e:b107::1");
    address.octets[5] = static_cast<std::uint8_t>(index + 1);
    return address;
}

} // namespace

SimHost::SimHost(World& world, const HostConfig& hostConfig, std::size_t index) : config(hostConfig), m_world(world) {
    if (config.hasV6)
        v6 = SocketAddress(nativeAddress(index), kPort);
    Ipv4Address address = publicAddress(index);
    if (config.nat)
        address = Ipv4Address::of(192, 168, 1, static_cast<std::uint8_t>(10 + index));
    v4 = SocketAddress(address, static_cast<std::uint16_t>(kPort + index));
    if (config.hasV6)
        v6 = SocketAddress(v6.v6(), v4.port());
    if (config.hasSystemTeredo) { // Its mapped port is not our port.
        constexpr std::uint16_t tunnelPort = 51000;
        const Ipv4Address outer = publicAddress(200 + index);
        v6 = SocketAddress(wire::encode(wire::TeredoAddress{outer, false, 0, outer, tunnelPort}), v4.port());
    }
    m_other4 = v4.v4();
    m_other6 = v6.v6();
    if (config.hasOtherAddresses) {
        m_other4.octets[3] = 3;
        m_other6.octets[15] = 3;
    }
    const ProfileRecord profile = Engine::newProfile(config.name, world.m_random);
    m_seed = profile.seed;
    m_archive.setProfile(encode(profile));
}

Now SimHost::now() const {
    Now now = m_world.now();
    now.wall.milliseconds += config.clockErrorMs;
    return now;
}

LocalNetwork SimHost::network() const {
    LocalNetwork network;
    network.port = v4.port();
    if (!config.lan.empty()) {
        LocalInterface link{
            "eth0", linkLocal().zone(), InterfaceKind::Physical, {{linkLocal().withoutPort().inZone(0), 64}}};
        if (config.hasV4 && config.nat)
            link.addresses.push_back({v4.withoutPort(), 24});
        network.interfaces = {link};
    }
    if (!config.isOnInternet) { // What toLocalNetwork() makes of a computer without any other address.
        network.v4 = {Ipv4Address::of(127, 0, 0, 1)};
        network.lan6 = {*Ipv6Address::fromText("::1")};
        return network;
    }
    if (config.hasV4)
        network.v4 = {v4.v4()};
    if (config.hasV6)
        (config.hasSystemTeredo ? network.teredo6 : network.native6) = {v6.v6()};
    if (config.hasOtherAddresses) {
        network.v4.push_back(m_other4);
        network.native6.push_back(m_other6);
    }
    return network;
}

SocketAddress SimHost::linkLocal() const {
    Ipv6Address address = *Ipv6Address::fromText("fe80::");
    address.octets[13] = m_link;
    address.octets[14] = static_cast<std::uint8_t>(v4.port() >> 8);
    address.octets[15] = static_cast<std::uint8_t>(v4.port() & 255);
    // No two computers have the same number for one link.
    return SocketAddress(address, v4.port()).inZone(2U + m_link + v4.port() % 7U);
}

void SimHost::moveOnLink() {
    ++m_link;
    m_engine->setTcpListens(config.allowTcp);
    m_engine->handleNetwork(now(), network());
    drain();
}

SocketAddress SimHost::insideOf(const Datagram& datagram) const {
    const std::uint16_t port = portOf(datagram.socket);
    if (datagram.remote.isV4()) {
        const bool isOther = datagram.local.isV4() && datagram.local.v4() == m_other4;
        return {isOther ? m_other4 : v4.v4(), port};
    }
    const bool isOther = datagram.local.isV6() && datagram.local.v6() == m_other6;
    return {isOther ? m_other6 : v6.v6(), port};
}

std::uint16_t SimHost::portOf(std::uint32_t socket) const {
    if (socket == 0)
        return v4.port();
    if (isSearchSocket(socket) && (socket & 0xffffU) == 0)
        return static_cast<std::uint16_t>(20000 + (socket - kSearchSocket) / 0x10000U);
    if (socket >= kSocketOfPort)
        return static_cast<std::uint16_t>(socket & 0xffff);
    return static_cast<std::uint16_t>(m_node ? v4.port() + socket : kOtherPorts + socket);
}

std::optional<std::uint32_t> SimHost::socketAt(std::uint16_t port) const {
    if (port == v4.port())
        return 0;
    for (const std::uint32_t socket : m_sockets)
        if (portOf(socket) == port)
            return socket;
    return std::nullopt;
}

bool SimHost::hasAddress(const SocketAddress& address) const {
    if (!socketAt(address.port()))
        return false;
    if (address.isV4())
        return config.hasV4 && (address.v4() == v4.v4() || (config.hasOtherAddresses && address.v4() == m_other4));
    return config.hasV6 && (address.v6() == v6.v6() || (config.hasOtherAddresses && address.v6() == m_other6));
}

void SimHost::becomeThirdParty() {
    m_node = std::make_unique<RendezvousNode>(m_seed, m_world.m_random, false);
    m_node->handleNetwork(m_world.now(), network());
    m_sockets = {RendezvousNode::kAlternateSocket};
    m_node->setAlternatePort(portOf(RendezvousNode::kAlternateSocket));
}

void SimHost::start() {
    const ArchiveSnapshot snapshot = m_archive.snapshot();
    const ProfileRecord profile = *decodeProfile(snapshot.profile);
    EngineConfig engineConfig;
    engineConfig.instance = m_world.m_random.below(UINT64_MAX - 1) + 1;
    engineConfig.hearsErrors = config.hearsErrors;
    engineConfig.hearsBeacons = !config.lan.empty();
    engineConfig.allowTcp = config.allowTcp;
    m_engine = std::make_unique<Engine>(now(), engineConfig, profile, snapshot, m_world.m_random);
    m_engine->setTcpListens(config.allowTcp);
    m_engine->handleNetwork(now(), network());
    if (config.teredoServer)
        m_engine->setTeredoServers(now(), {{"server", {*config.teredoServer}}});
    if (config.nat && config.nat->forwardsOnRequest) {
        SimNat& nat = m_world.nat(*this);
        nat.forward(v4.port(), v4);
        m_world.m_tcpRouters[router]->forward(v4.port(), v4);
        GatewayReport report;
        report.udp.state = PortMappingState::Claimed;
        report.udp.external = SocketAddress(nat.address(), v4.port());
        report.isSettled = true;
        m_engine->handleGateway(now(), report);
    }
    drain();
}

void SimHost::stop() {
    m_engine->shutdown(now());
    drain();
    for (const auto& [at, batch] : m_committing)
        m_archive.apply(batch);
    m_committing.clear();
    m_engine.reset();
    m_world.tcpEnd(*this);
}

void SimHost::crash() {
    m_committing.clear();
    m_engine.reset();
    m_world.tcpEnd(*this);
}

void SimHost::wake() {
    m_isAsleep = false;
    m_engine->handleWake(now());
    drain();
}

ContactId SimHost::id() const {
    return ContactId{Identity::fromSeed(m_seed).publicKey()};
}

ContactId SimHost::addContact(const std::string& address) {
    const auto contact = m_engine->addContact(now(), {address, {}, "hello"});
    drain();
    return contact ? *contact : ContactId{};
}

void SimHost::accept(const ContactId& contact) {
    (void)m_engine->acceptContact(now(), contact);
    drain();
}

void SimHost::send(const ContactId& contact, const std::string& text) {
    (void)m_engine->sendMessage(now(), contact, text);
    drain();
}

bool SimHost::isOnlineWith(const ContactId& contact) {
    return pathTo(contact) != PathKind::None;
}

PathKind SimHost::pathTo(const ContactId& contact) {
    if (!m_engine)
        return PathKind::None;
    for (const Contact& known : m_engine->contacts(m_world.now()))
        if (known.id == contact && known.presence.online)
            return known.presence.path;
    return PathKind::None;
}

void SimHost::drain() {
    while (auto datagram = machine() != nullptr ? machine()->pollTransmit() : std::nullopt)
        m_world.transmit(*this, *datagram);
    while (auto order = machine() != nullptr ? machine()->pollTcp() : std::nullopt)
        m_world.tcpOrder(*this, *order);
    if (!m_engine)
        return;
    while (const auto closed = m_engine->pollClosedSocket())
        m_sockets.erase(*closed);
    while (auto batch = m_engine->pollBatch())
        m_committing.emplace_back(m_world.m_now + kCommitTime, std::move(*batch));
    while (auto event = m_engine->pollEvent())
        m_events.push_back(std::move(*event));
}

World::World(std::uint64_t seed) : m_seed(seed), m_random(seed) {}

SimHost& World::addHost(const HostConfig& config) {
    m_hosts.push_back(std::make_unique<SimHost>(*this, config, m_hosts.size()));
    SimHost& host = *m_hosts.back();
    if (config.nat) {
        for (const auto& other : m_hosts)
            if (!config.sharesRouterWith.empty() && other->config.name == config.sharesRouterWith) {
                host.router = other->router;
                return host;
            }
        host.router = m_routers.size();
        if (config.carrierNat) { // RFC 6598: what stands between the two.
            addRouter(*config.nat, Ipv4Address::of(100, 64, static_cast<std::uint8_t>(host.router), 2));
            m_uplinks[host.router] = m_routers.size();
            addRouter(*config.carrierNat, publicAddress(100 + m_routers.size()));
        } else {
            addRouter(*config.nat, publicAddress(100 + m_routers.size()));
        }
    }
    return host;
}

SimNat& World::addRouter(const NatConfig& config, const Ipv4Address& address) {
    m_routers.push_back(std::make_unique<SimNat>(config, address, m_random));
    m_tcpRouters.push_back(std::make_unique<SimNat>(config, address, m_random));
    return *m_routers.back();
}

SimNat& World::outerNat(const SimHost& host) {
    const auto uplink = m_uplinks.find(host.router);
    return *m_routers[uplink == m_uplinks.end() ? host.router : uplink->second];
}

SimNat* World::routerAt(const Ipv4Address& address) {
    const auto found =
        std::ranges::find_if(m_routers, [&](const auto& router) { return router->address() == address; });
    return found == m_routers.end() ? nullptr : found->get();
}

SocketAddress World::sourceOutside(const SimHost& from, const SocketAddress& inside, const SocketAddress& remote) {
    const SocketAddress source = m_routers[from.router]->outbound(m_now, inside, remote);
    const auto uplink = m_uplinks.find(from.router);
    return uplink == m_uplinks.end() ? source : m_routers[uplink->second]->outbound(m_now, source, remote);
}

SimHost& World::addThirdParty(const HostConfig& config) {
    SimHost& host = addHost(config);
    host.becomeThirdParty();
    return host;
}

Duration World::travel(const SimHost& host) {
    const auto jitter = host.config.link.jitter.count();
    return host.config.link.delay +
           Duration(jitter > 0 ? static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(jitter))) : 0);
}

void World::transmit(SimHost& from, const Datagram& datagram) {
    const std::size_t segment = datagram.segmentSize > 0 ? datagram.segmentSize : datagram.payload.size();
    BytesView rest = datagram.payload;
    while (!rest.empty()) {
        const Bytes payload = toBytes(rest.first(std::min(segment, rest.size())));
        rest = rest.subspan(payload.size());
        if (transmitOnLink(from, datagram.remote, payload))
            continue;
        const bool isV4 = datagram.remote.isV4();
        const std::size_t size = payload.size() + (isV4 ? kHeaders4 : kHeaders6);
        if (from.isCut || size > from.config.link.mtu || !(isV4 ? from.config.hasV4 : from.config.hasV6))
            continue;
        if (datagram.socket != 0)
            from.m_sockets.insert(datagram.socket);
        const SocketAddress inside = from.insideOf(datagram);
        SocketAddress source = inside;
        const bool isLan = isV4 && datagram.remote.v4().isPrivate();
        if (from.config.blocksUdp && !isLan)
            continue;
        if (isV4 && from.config.nat && !isLan)
            source = sourceOutside(from, inside, datagram.remote);
        if (!isV4 && from.config.v6Firewalled)
            from.m_v6Flows[{inside, datagram.remote}] = m_now;
        if (isLan) {
            SimHost* neighbour = hostAt(datagram.remote);
            if (neighbour != nullptr && from.config.nat && neighbour->config.nat && neighbour->router == from.router)
                m_flying.emplace(m_now + 1ms, Flying{inside, datagram.remote, payload});
            continue;
        }
        if (datagram.hopLimit > 0 && datagram.hopLimit < kHopsMin)
            note(from.config.name + ": " + source.text() + " -> " + datagram.remote.text() + " goes nowhere");
        else
            launch(from, source, datagram.remote, payload);
    }
}

// Link-local addresses, and groups. True when it was for the link, whether it arrives or not.
bool World::transmitOnLink(SimHost& from, const SocketAddress& remote, const Bytes& payload) {
    const bool isGroup = remote.isV4() ? remote.v4().isMulticast() : remote.v6().isMulticast();
    if (!isGroup && !(remote.isV6() && remote.v6().isLinkLocal()))
        return !from.config.isOnInternet;
    const bool isHere =
        !from.config.lan.empty() && !from.isCut && !(isGroup && from.config.losesGroups) &&
        (remote.isV4() ? from.config.hasV4 && from.config.nat : remote.zone() == from.linkLocal().zone());
    const SocketAddress source = remote.isV4() ? from.v4 : from.linkLocal();
    for (const auto& host : m_hosts) {
        if (!isHere || host.get() == &from || host->config.lan != from.config.lan || host->isCut)
            continue;
        const SocketAddress seen = remote.isV4() ? source : source.inZone(host->linkLocal().zone());
        const SocketAddress to = remote.isV4() ? remote : remote.inZone(host->linkLocal().zone());
        if (isGroup || to == host->linkLocal())
            m_flying.emplace(m_now + 1ms, Flying{seen, to, payload, false, host.get()});
    }
    if (tap && isHere)
        tap(source, remote, payload);
    return true;
}

// Straight to a host of the link.
void World::arriveOnLink(const Flying& packet) {
    SimHost& host = *packet.onLink;
    if (!host.m_engine || host.isCut)
        return;
    const bool isGroup = packet.destination.isV4() || packet.destination.v6().isMulticast();
    if (!isGroup)
        return deliver(host, packet.destination, packet.source, packet.payload);
    host.m_engine->handleBeacon(host.now(), {packet.destination.inZone(0), packet.source, packet.payload});
    host.drain();
}

void World::launch(SimHost& from, const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
    ++m_packets;
    watchThirdParties(from, destination, payload);
    if (tap)
        tap(source, destination, payload);
    const bool isLost = m_random.below(100) < from.config.link.lossPercent;
    note(from.config.name + ": " + source.text() + " -> " + destination.text() + " " + std::to_string(payload.size()) +
         (isLost ? " lost" : ""));
    if (isLost)
        return;
    const Duration detour = destination.isV4() ? from.config.link.detourV4 : Duration::zero();
    m_flying.emplace(m_now + travel(from) + detour, Flying{source, destination, payload});
    if (m_random.below(100) < from.config.link.duplicatePercent)
        m_flying.emplace(m_now + travel(from), Flying{source, destination, payload});
}

// Where IPv4 carries Teredo encapsulation the inner UDP payload is what counts.
void World::watchThirdParties(const SimHost& from, const SocketAddress& destination, const Bytes& payload) {
    const std::size_t begin = destination.isV4() ? kInnerHeaders : 0;
    if (payload.size() <= begin || payload[begin] < wire::kFirstQuicOctet)
        return;
    if (destination.isV4() && (payload[0] >> 4U != 6 || payload[6] != wire::kNextHeaderUdp))
        return;
    const auto isThere = [&](const auto& host) { return host->m_node && host->hasAddress(destination); };
    const bool isServer = destination.isV4() && m_servers.contains(destination.v4());
    if (from.m_node || isServer || std::ranges::any_of(m_hosts, isThere))
        ++m_payloadAtThirdParties;
}

SimHost* World::hostAt(const SocketAddress& address) {
    for (const auto& host : m_hosts)
        if (host->hasAddress(address))
            return host.get();
    return nullptr;
}

SimHost* World::targetOf(const Flying& packet, SocketAddress& local) {
    local = packet.destination;
    if (packet.destination.isV4()) {
        while (SimNat* router = routerAt(local.v4())) {
            if (packet.source.isV4() && packet.source.v4() == router->address() && !router->config().hairpins)
                return nullptr;
            const auto inside = router->inbound(m_now, local.port(), packet.source);
            if (!inside)
                return nullptr;
            local = *inside;
        }
        return hostAt(local);
    }
    SimHost* host = hostAt(packet.destination);
    if (host == nullptr || !packet.destination.isV6())
        return host;
    return host->passesFirewall(packet.destination, packet.source) ? host : nullptr;
}

bool SimHost::passesFirewall(const SocketAddress& local, const SocketAddress& remote) const {
    const auto flow = m_v6Flows.find({local, remote});
    return !config.v6Firewalled || (flow != m_v6Flows.end() && flow->second + config.v6Memory > m_world.m_now);
}

void World::arrive(const Flying& packet) {
    if (packet.onLink != nullptr)
        return arriveOnLink(packet);
    if (packet.isIpv6Packet)
        return arriveAsError(packet);
    if (packet.destination.isV4() && packet.destination.port() == TeredoServer::kPort)
        if (const auto server = m_servers.find(packet.destination.v4()); server != m_servers.end())
            return arriveAtServer(*server->second, packet);
    if (crossesRelay(packet))
        return;
    SocketAddress local;
    SimHost* host = targetOf(packet, local);
    const bool isLan = packet.source.isV4() && packet.source.v4().isPrivate();
    if (host == nullptr || host->isCut || host->m_isAsleep || host->machine() == nullptr ||
        (host->config.blocksUdp && !isLan))
        return;
    const std::size_t size = packet.payload.size() + (packet.source.isV4() ? kHeaders4 : kHeaders6);
    if (size > host->config.link.mtu)
        return;
    // The second half of the way: loss on the receiver's link; its delay was added when the packet took off.
    if (m_random.below(100) < host->config.link.lossPercent)
        return;
    deliver(*host, local, packet.source, packet.payload);
}

void World::deliver(SimHost& to, const SocketAddress& local, const SocketAddress& remote, const Bytes& payload) {
    Datagram datagram{local, remote, payload, 0};
    datagram.socket = to.socketAt(local.port()).value_or(0);
    to.machine()->handleDatagram(to.now(), datagram);
    to.drain();
}

bool World::step(Instant limit) {
    Instant next = limit;
    if (!m_flying.empty())
        next = std::min(next, m_flying.begin()->first);
    if (!m_tcpFlying.empty())
        next = std::min(next, m_tcpFlying.begin()->first);
    for (const auto& host : m_hosts) {
        if (host->m_isAsleep)
            continue;
        if (!host->m_committing.empty())
            next = std::min(next, host->m_committing.front().first);
        if (host->machine() != nullptr)
            if (const auto deadline = host->machine()->pollTimeout())
                next = std::min(next, deadline->at);
    }
    if (next >= limit) {
        m_now = limit;
        return false;
    }
    m_now = std::max(m_now, next);
    while (!m_flying.empty() && m_flying.begin()->first <= m_now) {
        const Flying packet = std::move(m_flying.begin()->second);
        m_flying.erase(m_flying.begin());
        arrive(packet);
    }
    while (!m_tcpFlying.empty() && m_tcpFlying.begin()->first <= m_now) {
        TcpFlight flight = std::move(m_tcpFlying.begin()->second);
        m_tcpFlying.erase(m_tcpFlying.begin());
        tcpArrive(std::move(flight));
    }
    for (const auto& host : m_hosts) {
        if (host->m_isAsleep)
            continue;
        while (!host->m_committing.empty() && host->m_committing.front().first <= m_now) {
            const ArchiveBatch batch = std::move(host->m_committing.front().second);
            host->m_committing.pop_front();
            host->m_archive.apply(batch);
            if (host->m_engine)
                host->m_engine->handleCommitted(host->now(), batch.ticket);
            host->drain();
        }
        if (host->machine() == nullptr)
            continue;
        if (const auto deadline = host->machine()->pollTimeout(); deadline && deadline->at <= m_now) {
            host->machine()->handleTimeout(host->now());
            host->drain();
        }
    }
    return true;
}

void World::run(Duration duration) {
    const Instant limit = m_now + duration;
    while (step(limit)) {
    }
}

bool World::runUntil(const std::function<bool()>& condition, Duration limit) {
    const Instant end = m_now + limit;
    while (!condition()) {
        if (!step(end))
            return condition();
    }
    return true;
}

void World::note(const std::string& line) {
    m_story.push_back(std::to_string(m_now.time_since_epoch() / 1ms) + " ms  " + line);
    if (m_story.size() > kStoryLines)
        m_story.pop_front();
}

std::string World::story() const {
    std::string out = "seed " + std::to_string(m_seed) + ", the last packets:\n";
    for (const std::string& line : m_story)
        out += line + "\n";
    return out;
}

} // namespace culvert::sim
