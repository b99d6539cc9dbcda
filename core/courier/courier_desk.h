// CourierDesk: contacts who hand over calls between their common contacts, us among them. Sans-I/O.
//
// Who takes part says so in each session, by an offer, and lists in it who else of its contacts takes part. The list
// holds tags, which only who knows all three keys can work out: it tells the reader which of his own contacts are
// there, and nothing of the others. Whom a courier lists can be called through it: it is asked to pass on one sealed
// handoff, and does so where both take part and the budget of the pair allows it (Engine::carry()).
// An offer goes out when the list has changed: a few at once to each contact, then one every kOfferPause. Who has left
// stays on the list for kLinger, so that short absences cost nothing.
#pragma once

#include "core/base/instant.h"
#include "core/base/rate_limit.h"
#include "core/crypto/identity.h"
#include "core/wire/session_frame.h"

#include <map>
#include <optional>
#include <vector>

namespace culvert {

/// What stands for `wanted` on the list that `courier` gives to `asker`.
wire::CourierTag courierTag(const PublicKey& courier, const PublicKey& asker, const PublicKey& wanted);

/// An offer that is due.
struct DueOffer {
    PublicKey to{};
    wire::CourierOfferFrame frame;
};

/// Thread safety: the engine's thread. Every contact is one whom we accepted; strangers never get here.
class CourierDesk {
public:
    static constexpr Duration kOfferPause = 10s;
    static constexpr int kOffersAtOnce = 4;
    static constexpr Duration kLinger = 10min;

    explicit CourierDesk(const PublicKey& own) : m_own(own) {}

    /// Whether the user takes part.
    void setOn(Instant now, bool isOn);
    bool isOn() const { return m_isOn; }
    /// A session with a contact began, or they became a contact within it.
    void joined(Instant now, const PublicKey& contact);
    /// The session is over.
    void left(Instant now, const PublicKey& contact);
    bool isHere(const PublicKey& contact) const;
    /// They are no contact any more.
    void forget(Instant now, const PublicKey& contact);
    /// What a contact offers from now on; false where it says so too often, and is not heard.
    bool handleOffer(Instant now, const PublicKey& contact, wire::CourierOfferFrame offer);

    /// Contacts with whom there is a session, who list `wanted`.
    std::vector<PublicKey> couriersTo(const PublicKey& wanted) const;
    bool lists(const PublicKey& courier, const PublicKey& wanted) const;
    /// Whether we pass on handoffs from one to the other, where both are there.
    bool mayCarry(const PublicKey& from, const PublicKey& to) const;

    /// The next offer to be sent.
    std::optional<DueOffer> pollOffer(Instant now);
    std::optional<Deadline> pollTimeout() const;

private:
    struct Member {
        bool isHere = false;
        bool takesPart = false;
        Instant leftAt{};
        std::vector<wire::CourierTag> listed; // by them, in order
        std::optional<Instant> offerAt;       // when our list goes to them
        TokenBucket sent;                     // offers of ours
        TokenBucket heard;                    // and of theirs
    };
    bool isListed(Instant now, const Member& member) const;
    void offerTo(Instant now, Member& member);
    void listChanged(Instant now, const PublicKey& by);

    PublicKey m_own;
    bool m_isOn = false;
    std::map<PublicKey, Member> m_members; // who was here in this run; as many as there are contacts at most
};

} // namespace culvert
