// Doorbell: the callee's side of rings. It knows which rings its contacts may send, tells genuine ones from everything
// else, and keeps the way for them open.
//
// Expecting   every accepted contact's ids of the present epoch and its neighbours stand in one table. Who is not in it
//             costs one look-up; who is, one keyed hash. Nothing that strangers send is kept.
// Spending    a ring counts once: its mac is remembered until its epoch is over, by the caller of this class also
//             across restarts (spent()). A contact has kSpentMax rings within that time, more are refused.
// Keeping     a stateful firewall lets in errors about flows that it knows (RFC 6092 §3.2.3, REC-18), so one octet goes
//             from each of our addresses to kDeadPlace before the firewall forgets the last one.
// It never sends anything because of a ring: it says who rang, and from where.
#pragma once

#include "core/base/datagram.h"
#include "core/base/drop_reason.h"
#include "core/base/random.h"
#include "core/doorbell/ring.h"

#include <deque>
#include <map>

namespace culvert {

/// A ring that must not count again.
struct SpentRing {
    RingMac mac{};
    std::int64_t epoch = 0;
    bool operator==(const SpentRing&) const = default;
};

/// Who rang.
struct Caller {
    PublicKey contact{};
    Ipv6Address address; ///< the Teredo address that the ring came from; it holds the caller's IPv4 address and port
};

/// Thread safety: one thread. Contract: drain pollTransmit() after each input.
class Doorbell {
public:
    /// Contacts who may ring; those beyond it are not expected.
    static constexpr std::size_t kContactsMax = 1000;
    /// Rings of one contact that are remembered, and so also how many count within three epochs.
    static constexpr std::size_t kSpentMax = 64;
    /// Linux forgets a UDP flow that nobody answers after 30 s, and other firewalls do not keep one for less
    /// (RFC 4787 §4.3 asks for 2 minutes). What is waited is 75 to 100 % of this.
    static constexpr Duration kKeepInterval = 28s;
    static constexpr std::size_t kPlacesMax = 2;

    explicit Doorbell(Random& random) : m_random(random) {}

    /// The contact may ring. `key` is PairKeys::receivingKeyFor(kRingKeyPurpose). Does nothing when it is known.
    void expect(const PublicKey& contact, const Secret<32>& key, std::vector<SpentRing> spent);
    void forget(const PublicKey& contact);
    bool hasContacts() const { return !m_contacts.empty(); }
    bool isExpected(const PublicKey& contact) const { return m_contacts.contains(contact); }
    /// What of the contact's must not count again, to be kept across restarts. REQUIRES: isExpected(contact)
    const std::vector<SpentRing>& spent(const PublicKey& contact) const { return m_contacts.at(contact).spent; }

    /// Who rang; nothing for everything else. `reason` is set when it was meant to be a ring.
    std::optional<Caller> handleQuote(WallTime now, const QuotedError& quote, std::optional<DropReason>& reason);

    /// From which of our addresses the way is kept open; none: it is not kept. More than kPlacesMax are left out.
    void keepFrom(Instant now, std::vector<SocketAddress> places);
    bool isKept() const { return !m_places.empty(); }
    /// The network is another one, or the computer slept: firewalls have forgotten us.
    void restart(Instant now);
    void handleTimeout(Instant now);
    std::optional<Datagram> pollTransmit();
    std::optional<Deadline> pollTimeout() const;

    std::size_t idCount() const { return m_ids.size(); }

private:
    struct Contact {
        Secret<32> key;
        std::vector<SpentRing> spent; ///< oldest first
    };
    struct Expected {
        PublicKey contact{};
        std::int64_t epoch = 0;
    };

    void moveTo(std::int64_t epoch);
    void addIds(const PublicKey& contact, const Contact& known, std::int64_t epoch);
    void keep(Instant now);

    Random& m_random;
    std::map<PublicKey, Contact> m_contacts;
    std::map<RingId, Expected> m_ids;
    std::optional<std::int64_t> m_epoch; ///< that m_ids is around
    std::vector<SocketAddress> m_places;
    Instant m_nextKeep{};
    std::deque<Datagram> m_datagrams;
};

} // namespace culvert
