// SimNat: a NAT in the words of RFC 4787: mapping and filtering behave independently, bindings expire.
#pragma once

#include "core/base/instant.h"
#include "core/base/socket_address.h"
#include "tests/support/seeded_random.h"

#include <algorithm>
#include <map>
#include <set>

namespace culvert::sim {

/// RFC 4787 §4.1 and §5.
enum class NatBehaviour { EndpointIndependent, AddressDependent, AddressAndPortDependent };

/// How a NAT is built.
struct NatConfig {
    NatBehaviour mapping = NatBehaviour::EndpointIndependent;
    NatBehaviour filtering = NatBehaviour::AddressAndPortDependent;
    Duration timeout = 60s; ///< RFC 4787 REQ-5 asks for 2 minutes; many have less
    bool preservesPort = true;
    bool forwardsOnRequest = false; ///< speaks UPnP, in short
    bool hairpins = true;           ///< RFC 4787 REQ-9, as far as its filter lets the packet in
    bool isSequential = false;      ///< a new binding has the port after the one before it
    bool changesAddress = false;    ///< a new binding has another public address
    bool punishes = false;          ///< who comes to a port unexpected is shut out from it for a minute
    bool forwardsOneWay = false;    ///< what comes from a forwarded port leaves by a binding all the same
};

/// One NAT with one public IPv4 address.
class SimNat {
public:
    SimNat(const NatConfig& config, Ipv4Address address, test::SeededRandom& random)
        : m_config(config), m_address(address), m_random(random) {}

    const NatConfig& config() const { return m_config; }
    const Ipv4Address& address() const { return m_address; }
    bool owns(const Ipv4Address& address) const {
        return std::equal(address.octets.begin(), address.octets.end() - 1, m_address.octets.begin()) &&
               address.octets[3] >= m_address.octets[3] &&
               address.octets[3] < m_address.octets[3] + (m_config.changesAddress ? kAddresses : 1);
    }
    /// The provider gave another address: all bindings are gone, forwarded ports stay.
    void renumber(Ipv4Address address) {
        m_address = address;
        m_bindings.clear();
    }
    void forward(std::uint16_t port, const SocketAddress& inside) { m_forwarded[port] = inside; }
    void flush() { m_bindings.clear(); }

    /// The source that the internet sees.
    SocketAddress outbound(Instant now, const SocketAddress& inside, const SocketAddress& remote) {
        for (const auto& [port, target] : m_forwarded)
            if (target == inside && !m_config.forwardsOneWay)
                return {m_address, port};
        expire(now);
        Binding& binding = m_bindings[{inside, relevant(m_config.mapping, remote)}];
        if (binding.port == 0) {
            binding.port = freePort(inside.port());
            binding.address = m_address;
            if (m_config.changesAddress)
                binding.address.octets[3] = static_cast<std::uint8_t>(m_address.octets[3] + m_made++ % kAddresses);
        }
        binding.used = now;
        binding.contacted.insert(remote);
        return {binding.address, binding.port};
    }

    /// Who gets a packet from the internet; nothing when the filter drops it.
    std::optional<SocketAddress> inbound(Instant now, std::uint16_t port, const SocketAddress& remote) {
        if (const auto found = m_forwarded.find(port); found != m_forwarded.end())
            return found->second;
        expire(now);
        for (auto& [key, binding] : m_bindings) {
            if (binding.port != port || !passes(binding, remote) || isPunished(now, port, remote))
                continue;
            return key.first;
        }
        if (m_config.punishes)
            m_punished[{port, remote}] = now + 60s;
        return std::nullopt;
    }

private:
    struct Binding {
        std::uint16_t port = 0;
        Ipv4Address address;
        Instant used;
        std::set<SocketAddress> contacted;
    };

    static SocketAddress relevant(NatBehaviour behaviour, const SocketAddress& remote) {
        switch (behaviour) {
        case NatBehaviour::EndpointIndependent:
            return {};
        case NatBehaviour::AddressDependent:
            return {remote.v4(), 0};
        case NatBehaviour::AddressAndPortDependent:
            break;
        }
        return remote;
    }
    bool passes(const Binding& binding, const SocketAddress& remote) const {
        for (const SocketAddress& contacted : binding.contacted)
            if (relevant(m_config.filtering, contacted) == relevant(m_config.filtering, remote))
                return true;
        return false;
    }
    bool isPunished(Instant now, std::uint16_t port, const SocketAddress& remote) const {
        const auto found = m_punished.find({port, remote});
        return found != m_punished.end() && found->second > now;
    }
    void expire(Instant now) {
        std::erase_if(m_bindings, [&](const auto& item) { return now - item.second.used > m_config.timeout; });
    }
    bool isTaken(std::uint16_t port) const {
        for (const auto& [key, binding] : m_bindings)
            if (binding.port == port)
                return true;
        return m_forwarded.contains(port);
    }
    std::uint16_t freePort(std::uint16_t wanted) {
        if (m_config.isSequential)
            return m_next++;
        std::uint16_t port = m_config.preservesPort ? wanted : std::uint16_t{0};
        while (port == 0 || isTaken(port))
            port = static_cast<std::uint16_t>(1024 + m_random.below(64000));
        return port;
    }

    static constexpr int kAddresses = 4;

    NatConfig m_config;
    Ipv4Address m_address;
    int m_made = 0;
    std::uint16_t m_next = 20000;
    test::SeededRandom& m_random;
    std::map<std::pair<SocketAddress, SocketAddress>, Binding> m_bindings;
    std::map<std::uint16_t, SocketAddress> m_forwarded;
    std::map<std::pair<std::uint16_t, SocketAddress>, Instant> m_punished;
};

} // namespace culvert::sim
