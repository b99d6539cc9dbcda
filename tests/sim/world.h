// World: a virtual internet with whole engines in it, in virtual time, from a seed. The same seed gives the same run.
//
//   host (Engine + MemoryArchive) -- SimNat for IPv4, stateful firewall for IPv6 -- link (delay, jitter, loss,
//   duplication, MTU) -- internet -- link -- ... -- host
#pragma once

#include "core/engine/engine.h"
#include "core/engine/rendezvous_node.h"
#include "core/teredo/teredo_server.h"
#include "tests/sim/memory_archive.h"
#include "tests/sim/sim_nat.h"

namespace culvert::sim {

/// The way between a home and the middle of the internet.
struct LinkConfig {
    Duration delay = 10ms;
    Duration jitter = 0ms; ///< more than the gap between packets reorders them
    unsigned lossPercent = 0;
    unsigned duplicatePercent = 0;
    std::size_t mtu = 1500;
    Duration detourV4 = 0ms; ///< what IPv4 takes longer than IPv6
};

/// Somebody's Teredo relay, the ordinary route of RFC 4380 §2.6: between the IPv6 internet and every Teredo address
/// that says "cone".
struct RelayConfig {
    Ipv4Address address = Ipv4Address::of(45, 84, 0, 1);
    Duration delay = 5ms; ///< of each direction, besides the hosts' links
    unsigned lossPercent = 0;
};

/// How a host is connected.
struct HostConfig {
    std::string name;
    bool hasV4 = true;
    std::optional<NatConfig> nat;        ///< nothing: the host itself has a public IPv4 address
    std::optional<NatConfig> carrierNat; ///< a second NAT, beyond the first
    bool blocksUdp = false;              ///< nothing leaves the network
    bool hasV6 = false;
    bool v6Firewalled = false;
    bool v6PassesErrors = false; ///< the firewall lets in every ICMPv6 error (RFC 4890 §4.3.1)
    Duration v6Memory = 24h;     ///< how long the firewall remembers a flow
    bool hearsErrors = false;    ///< the system tells the engine of ICMPv6 errors
    std::optional<Ipv4Address> teredoServer;
    std::int64_t clockErrorMs = 0; ///< of the wall clock
    LinkConfig link;
    bool hasOtherAddresses = false; ///< two of each family: a third party that can ring from elsewhere
    bool hasSystemTeredo = false;   ///< its IPv6 is a Teredo tunnel of the operating system
    bool allowTcp = true;
    std::string sharesRouterWith; ///< the name of a host added before: same NAT and LAN
    std::string lan;              ///< hosts with the same word are on one switch, with link-local IPv6, and hear groups
    bool losesGroups = false;     ///< what it sends to groups gets lost
    bool isOnInternet = true;     ///< false: the switch is all there is, and no address but a link-local one
};

class World;

/// A computer that runs an engine, or a third party.
class SimHost {
public:
    SimHost(World& world, const HostConfig& config, std::size_t index);

    void start();                       ///< from what its archive holds
    void stop();                        ///< says goodbye
    void crash();                       ///< kill -9: nothing is said, what was not committed is lost
    void sleep() { m_isAsleep = true; } ///< the computer: nothing runs, nothing is heard
    void wake();
    /// A third party's program ends and starts anew: what it kept in memory is gone.
    void restartThirdParty() { becomeThirdParty(); }
    bool isRunning() const { return m_engine != nullptr; }
    Engine& engine() { return *m_engine; }
    RendezvousNode* node() { return m_node.get(); }
    MemoryArchive& archive() { return m_archive; }
    ContactId id() const;
    /// Sockets of searches (isSearchSocket()) that are open.
    std::size_t openSockets() const {
        return static_cast<std::size_t>(std::ranges::count_if(m_sockets, isSearchSocket));
    }
    const std::vector<MessengerEvent>& events() const { return m_events; }

    ContactId addContact(const std::string& address);
    void accept(const ContactId& contact);
    void send(const ContactId& contact, const std::string& text);
    bool isOnlineWith(const ContactId& contact);
    PathKind pathTo(const ContactId& contact);
    std::vector<std::string> receivedFrom(const ContactId& contact) const {
        return m_archive.texts(contact, MessageFrom::Them);
    }

    /// Sends and stores what the engine has put out. After every direct call of engine().
    void drain();
    /// The user changes a setting.
    void setSettings(const Settings& settings) {
        m_engine->setSettings(now(), settings);
        drain();
    }

    /// Of a host with a `lan`; the computer's own number of the link is the zone.
    SocketAddress linkLocal() const;
    /// Another interface, and so another link-local address.
    void moveOnLink();
    /// The time as this computer knows it.
    Now now() const;

    bool isCut = false; ///< the link is down
    HostConfig config;
    SocketAddress v4, v6;
    std::size_t router = 0; ///< index into World's routers, when config.nat is set

private:
    friend class World;
    DatagramMachine* machine() { return m_node ? static_cast<DatagramMachine*>(m_node.get()) : m_engine.get(); }
    void becomeThirdParty();
    LocalNetwork network() const;
    // Each socket (Datagram::socket) has a port of its own.
    SocketAddress insideOf(const Datagram& datagram) const;
    std::uint16_t portOf(std::uint32_t socket) const;
    std::optional<std::uint32_t> socketAt(std::uint16_t port) const;
    bool hasAddress(const SocketAddress& address) const;

    World& m_world;
    bool m_isAsleep = false;
    MemoryArchive m_archive;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<RendezvousNode> m_node;
    Secret<32> m_seed;
    std::deque<std::pair<Instant, ArchiveBatch>> m_committing;
    // (our port's address, remote), and when it was used last: the firewall's state
    std::map<std::pair<SocketAddress, SocketAddress>, Instant> m_v6Flows;
    bool passesFirewall(const SocketAddress& local, const SocketAddress& remote) const;
    std::map<std::pair<SocketAddress, SocketAddress>, Instant> m_tcpFlows; // the same of IPv6, for SYNs that went out
    std::vector<MessengerEvent> m_events;
    std::set<std::uint32_t> m_sockets; // that are open besides the main one
    std::uint8_t m_link = 0;           ///< how often it has moved
    Ipv4Address m_other4;
    Ipv6Address m_other6;
};

/// The internet and everything on it.
class World {
public:
    explicit World(std::uint64_t seed);

    SimHost& addHost(const HostConfig& config);
    SimHost& addThirdParty(const HostConfig& config);
    /// A Teredo server that forwards small ICMPv6 messages to native hosts as well (RFC 4380 §5.3.1); its first
    /// address.
    Ipv4Address addTeredoServer();
    /// Puts the relay onto the internet; it may change while the world runs.
    std::optional<RelayConfig> relay;
    SimNat& nat(const SimHost& host) { return *m_routers[host.router]; }
    /// The NAT that the internet sees: the carrier's, where there is one.
    SimNat& outerNat(const SimHost& host);

    Now now() const { return {m_now, WallTime{1'700'000'000'000 + m_now.time_since_epoch() / 1ms}}; }
    void run(Duration duration);
    /// False when `condition` is not true after `limit`.
    bool runUntil(const std::function<bool()>& condition, Duration limit);

    test::SeededRandom& random() { return m_random; }
    std::uint64_t seed() const { return m_seed; }
    std::uint64_t packets() const { return m_packets; }
    /// Datagrams of sessions that went to or came from a third party or a Teredo server.
    std::uint64_t payloadAtThirdParties() const { return m_payloadAtThirdParties; }
    /// A packet that some stranger puts on the internet, with any source.
    void inject(const SocketAddress& source, const SocketAddress& destination, const Bytes& payload) {
        m_flying.emplace(m_now + 20ms, Flying{source, destination, payload});
    }
    /// A datagram that some neighbour sends to a group, or to a host of the link, with any source.
    void injectOnLink(SimHost& to, const SocketAddress& source, const SocketAddress& destination,
                      const Bytes& payload) {
        m_flying.emplace(m_now + 1ms, Flying{source, destination, payload, false, &to});
    }
    /// Every packet as it crosses the internet or a link: source, destination (outer), payload.
    std::function<void(const SocketAddress&, const SocketAddress&, const Bytes&)> tap;
    /// TCP connections that were asked for, and octets that went on them.
    std::uint64_t tcpConnects() const { return m_pipes.size(); }
    std::uint64_t tcpOctets() const { return m_tcpOctets; }
    /// Of them that became one with another one's (RFC 9293 §3.5).
    std::uint64_t tcpCrossings() const { return m_tcpCrossings; }
    /// That exist now.
    std::size_t tcpOpen() const;
    /// A stranger's connection to `to`, which says `octets` and listens; how much it heard is in tcpHeard().
    void connectStranger(SimHost& to, const SocketAddress& from, const Bytes& octets);
    std::uint64_t tcpHeard() const { return m_tcpHeard; }
    bool losesBubbles = false; ///< Teredo servers forward no bubbles
    /// The last packets in words, for a failure's report.
    std::string story() const;

private:
    friend class SimHost;
    struct Flying {
        SocketAddress source, destination;
        Bytes payload;
        bool isIpv6Packet = false; ///< not UDP: the payload is the whole packet
        SimHost* onLink = nullptr; ///< it leaves no link, and this host gets it
    };

    // A TCP connection: a reliable pipe, in order, once the NATs have let its first packet through.
    struct Pipe {
        std::array<SimHost*, 2> ends{}; // who connected, and who listens; nothing: a stranger
        std::array<TcpLinkId, 2> links{};
        std::array<Instant, 2> last{};         // when what was sent to this end last arrives
        std::array<SocketAddress, 2> local{};  // as each end sees it
        std::array<SocketAddress, 2> remote{}; // the same
        unsigned syns = 0;                     // that were sent
        bool isOpen = false, isClosed = false;
    };
    struct TcpFlight {
        enum class What { Syn, SynTimer, Accepted, Data, Closed } what = What::Syn;
        std::size_t pipe = 0;
        std::size_t side = 0; // that it goes to
        SocketAddress source, destination;
        Bytes octets;
    };
    void tcpOrder(SimHost& from, const TcpOrder& order);
    void tcpConnect(SimHost& from, const TcpOrder& order);
    void tcpSyn(std::size_t pipe);
    void tcpSynArrives(const TcpFlight& syn);
    Pipe* tcpCrossing(const SimHost& host, const SocketAddress& local, const SocketAddress& remote);
    bool hasTcp(const SimHost& host, const SocketAddress& local, const SocketAddress& remote) const;
    void tcpSend(std::size_t pipe, std::size_t side, TcpFlight::What what, Bytes octets = {});
    void tcpArrive(TcpFlight flight);
    SimNat& tcpRouter(std::size_t index);
    SimHost* tcpListener(const TcpFlight& syn, SocketAddress& local);
    void tcpEnd(SimHost& host);

    void transmit(SimHost& from, const Datagram& datagram);
    bool transmitOnLink(SimHost& from, const SocketAddress& remote, const Bytes& payload);
    void launch(SimHost& from, const SocketAddress& source, const SocketAddress& destination, const Bytes& payload);
    void arrive(const Flying& packet);
    void arriveAtServer(TeredoServer& server, const Flying& packet);
    void arriveAsError(const Flying& packet);
    void arriveOnLink(const Flying& packet);
    bool crossesRelay(const Flying& packet);
    void deliver(SimHost& to, const SocketAddress& local, const SocketAddress& remote, const Bytes& payload);
    SimHost* hostAt(const SocketAddress& address);
    SimHost* targetOf(const Flying& packet, SocketAddress& local);
    SocketAddress sourceOutside(const SimHost& from, const SocketAddress& inside, const SocketAddress& remote);
    SimNat* routerAt(const Ipv4Address& address);
    void watchThirdParties(const SimHost& from, const SocketAddress& destination, const Bytes& payload);
    SimNat& addRouter(const NatConfig& config, const Ipv4Address& address);
    Duration travel(const SimHost& host);
    bool step(Instant limit);
    void note(const std::string& line);

    std::uint64_t m_seed;
    test::SeededRandom m_random;
    Instant m_now{1s};
    std::vector<std::unique_ptr<SimHost>> m_hosts;
    std::vector<std::unique_ptr<SimNat>> m_routers;
    std::map<std::size_t, std::size_t> m_uplinks;                   // router -> the carrier's NAT beyond it
    std::map<Ipv4Address, std::shared_ptr<TeredoServer>> m_servers; // each under both of its addresses
    std::multimap<Instant, Flying> m_flying;
    std::vector<std::unique_ptr<SimNat>> m_tcpRouters; // as m_routers: the same NATs, for the other protocol
    std::vector<Pipe> m_pipes;
    std::multimap<Instant, TcpFlight> m_tcpFlying;
    std::uint16_t m_tcpPort = 30000;
    std::uint64_t m_tcpOctets = 0, m_tcpHeard = 0, m_tcpCrossings = 0;
    std::deque<std::string> m_story;
    std::uint64_t m_packets = 0;
    std::uint64_t m_payloadAtThirdParties = 0;
};

} // namespace culvert::sim
