// EngineContext: what the engine and its sessions share: who we are, the tunnel, and the queues of what comes out.
#pragma once

#include "core/courier/courier_desk.h"
#include "core/engine/control_sealer.h"
#include "core/engine/own_endpoints.h"
#include "core/engine/own_hint.h"
#include "core/engine/pair_facts.h"
#include "core/engine/picture_exchange.h"
#include "core/engine/records.h"
#include "core/messenger/archive.h"
#include "core/nat/inbound_trial.h"
#include "core/tcp/tcp_links.h"
#include "core/wire/ip_packet.h"
#include "core/wire/mapped_address.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <set>

namespace culvert {

class PeerSession;

/// What comes out of the engine until it is drained.
struct EngineOutputs {
    std::deque<Datagram> datagrams;
    std::deque<MessengerEvent> events;
    std::vector<ArchiveWrite> writes;
    /// Run when the writes above are committed, in order.
    std::vector<std::function<void(const Now&)>> afterCommit;
};

/// The IP addresses that our main socket has sent to: whoever else comes in was not let in by a filter's memory.
class ContactedAddresses {
public:
    void add(const SocketAddress& remote) {
        // When it is full everybody counts as contacted: then nothing is proven, and nothing is claimed.
        if (m_addresses.size() < kMax)
            m_addresses.insert(remote.withoutPort());
    }
    bool mayContain(const SocketAddress& remote) const {
        return m_addresses.size() >= kMax || m_addresses.contains(remote.withoutPort()) ||
               m_before.contains(remote.withoutPort());
    }
    /// We start over; routers and firewalls may remember all the same, but not for longer than kMemory.
    void age(Instant now) {
        if (now < m_agedAt + kMemory && m_addresses.size() < kMax / 2)
            return;
        m_agedAt = now;
        m_before = std::exchange(m_addresses, {});
    }

private:
    static constexpr std::size_t kMax = 4096;
    static constexpr Duration kMemory = 10min;
    std::set<SocketAddress> m_addresses, m_before;
    Instant m_agedAt{};
};

/// What is special about a datagram to be sent.
struct SendMarks {
    std::uint8_t hopLimit = 0; ///< as Datagram::hopLimit
    bool isChosen = false;     ///< to whom the user chose to ask, wherever that is
};

/// Shared by one engine's parts. Thread safety: the engine's thread.
struct EngineContext {
    EngineContext(const ProfileRecord& record, Random& source, std::uint64_t ownInstance, bool allowReserved)
        : profile(record), identity(Identity::fromSeed(record.seed)), random(source), instance(ownInstance),
          sealer(identity, source), tunnel(source, allowReserved), couriers(identity.publicKey()), trial(source) {
        inputs.allowReserved = allowReserved;
    }
    /// Whether paths by the ordinary route may carry messages.
    bool allowsOrdinary() const { return profile.settings.allowOrdinaryRoute || allowOrdinaryThisRun; }

    EngineContext(const EngineContext&) = delete;
    EngineContext& operator=(const EngineContext&) = delete;

    /// Puts `payload` on its way to an inner address, at once or when the way is proven; silently not when there is
    /// none.
    void send(Instant now, const InnerAddress& remote, BytesView payload, SendMarks marks = {}) {
        if (remote.tcp) {
            links.send(tcpRemote(remote), payload);
            return;
        }
        if (auto datagram = tunnel.send(now, remote, payload)) {
            datagram->dontFragment = payload.size() > wire::kInnerPayloadMax;
            datagram->hopLimit = marks.hopLimit;
            transmit(std::move(*datagram), marks.isChosen);
        }
    }
    /// The one way out for what others may have caused.
    void transmit(Datagram&& datagram, bool isChosen = false) {
        if (!isChosen && datagram.socket == 0 && datagram.remote.isV4() &&
            std::ranges::find(untouched, datagram.remote.v4()) != untouched.end())
            return;
        contacted.add(datagram.remote);
        out.datagrams.push_back(std::move(datagram));
    }
    /// The other end of a TCP connection as the system knows it.
    static SocketAddress tcpRemote(const InnerAddress& remote) {
        return wire::fromMapped(remote.address.v6()).value_or(remote.address);
    }
    /// Whether there may be a way to `remote`.
    bool reaches(const InnerAddress& remote) const {
        return remote.tcp ? links.reaches(tcpRemote(remote)) : tunnel.reaches(remote);
    }
    /// The same for several datagrams of `segmentSize` octets, as one Datagram for the kernel to cut (UDP GSO).
    void sendSegments(Instant now, const InnerAddress& remote, BytesView packets, std::size_t segmentSize);
    /// What waited in the tunnel for its way to be proven, and what the tunnel itself has to say.
    void drainTunnel() {
        while (auto datagram = tunnel.pollTransmit())
            transmit(std::move(*datagram));
    }

    std::vector<wire::EndpointRecord> endpoints() const { return ownEndpoints(inputs); }
    void log(std::string line) { out.events.push_back(LogEvent{std::move(line)}); }

    ProfileRecord profile;
    Identity identity;
    Random& random;
    std::uint64_t instance;
    bool allowOrdinaryThisRun = false;
    bool raisesMtu = true; ///< the system can forbid that a datagram is fragmented
    ControlSealer sealer;
    Tunnel tunnel;
    TcpLinks links;
    CourierDesk couriers;
    InboundTrial trial;
    RatePerSecond rung; ///< what contacts asked for, at kRungPerSecondMax
    EndpointInputs inputs;
    wire::NatHint hint; ///< what contacts are told of our network
    OwnPicture picture;
    EndFacts facts; ///< what bears on whether contacts can be met
    ContactedAddresses contacted;
    /// Where our Teredo servers answer cone tests from: nobody may have the main socket send there, since a NAT that
    /// then lets the answer in would be taken for one that lets in only whom we sent to.
    std::vector<Ipv4Address> untouched;
    /// Contacts who are looked for among many ports now, and where the numbers of the next search's sockets begin.
    std::set<ContactId> searching;
    std::uint32_t nextSearchSocket = 0;
    std::uint32_t newSearchSocket(std::uint16_t port) { return searchSocket(nextSearchSocket++, port); }
    /// Single packets from new sockets that all contacts together may ask for.
    static constexpr std::size_t kRungPerSecondMax = 10;
    int portStep = 0; ///< from one new mapping to the next, where our NAT counts
    std::deque<std::uint32_t> closedSockets;
    /// Where conversations end whose contact was damaged: whoever takes its place goes on from there.
    std::map<ContactId, std::uint64_t> strayPositions;
    /// Of our endpoint updates: it grows with each change, also across restarts.
    std::uint64_t endpointsSequence = 0;
    EngineOutputs out;
    /// The session of a contact, or nullptr: what runs after a commit asks again, because the contact may be gone.
    std::function<PeerSession*(const ContactId&)> find;
    /// Who could help us to meet a contact.
    std::function<Help(Instant now, const ContactRecord&)> helpFor;
    /// Whether one more request of a stranger may be stored.
    std::function<bool()> mayStoreRequest;
    /// A probe's answer told where we look from outside.
    std::function<void(const Now&, const SocketAddress& observed, const ContactId& by)> observed;
    /// A contact said what it does as a courier.
    std::function<void(const Now&, const ContactId& by, wire::CourierOfferFrame)> courierOffered;
    /// A contact asks us to pass something on.
    std::function<void(const Now&, const ContactId& from, const wire::CourierRequestFrame&)> carry;
    /// A contact passed something on to us.
    std::function<void(const Now&, const ContactId& courier, BytesView sealed)> carried;
};

} // namespace culvert
