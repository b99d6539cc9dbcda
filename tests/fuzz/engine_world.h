// EngineWorld: an engine with one contact and one third party around it, in virtual time.
#pragma once

#include "core/engine/engine.h"
#include "core/engine/rendezvous_node.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/keys.h"
#include "tests/fuzz/places.h"

namespace culvert::fuzz {

/// What the world is like; read from one octet.
struct Shape {
    bool hasV6 = true;
    bool hasPublicV4 = true;
    bool contactHasHigherKey = false; ///< then the engine is the one who dials
    bool hasContact = true;           ///< otherwise the contact is a stranger with our invitation
    ContactState state = ContactState::Accepted;

    static Shape of(std::uint8_t octet);
};

/// The engine and what it sent. The contact's secrets are known, so that its seals can be made.
class EngineWorld {
public:
    explicit EngineWorld(const Shape& shape);

    Engine& engine() { return *m_engine; }
    const Identity& own() const { return m_own; }
    const Identity& contact() const { return m_contact; }
    ContactId contactId() const { return ContactId{m_contact.publicKey()}; }
    const wire::Token& token() const { return m_profile.token; }
    Random& random() { return m_random; }
    Now now() const { return {m_now, WallTime{1'700'000'000'000 + m_now.time_since_epoch() / 1ms}}; }

    void receive(Place place, InnerSource source, BytesView payload);
    void receiveRaw(const Datagram& datagram);
    /// From the contact or the third party, sealed.
    void receiveFromContact(Place place, InnerSource source, BytesView plaintext);
    void receiveFromThirdParty(BytesView plaintext);
    /// A handoff whose content is `content`, through the third party.
    void receiveHandoff(const Identity& from, BytesView content);
    /// An introduction whose payload is `payload`.
    void receiveIntroduction(Place place, InnerSource source, const Identity& from, BytesView payload);

    /// The third party answers everything that it was sent.
    void thirdPartyAnswers();
    /// The contact answers every probe that it was sent. What is QUIC stays and is returned.
    std::vector<Bytes> contactAnswers();

    void advance(Duration duration);
    void commitOldest();
    void settle();
    /// Told of everything that the engine says and wants stored, when set.
    std::function<void(const MessengerEvent&)> onEvent;
    std::function<void(const ArchiveWrite&)> onWrite;
    std::function<void(const Datagram&)> onSend;
    /// Everything is committed, a minute passes, goodbye.
    void finish();

private:
    void answerProbe(const Datagram& sent, BytesView payload);
    std::vector<Datagram> takeSentTo(Place v4, Place v6);

    test::SeededRandom m_random{7};
    Shape m_shape;
    Identity m_own, m_contact, m_thirdPartyKeys;
    ProfileRecord m_profile;
    ControlSealer m_contactSealer, m_thirdPartySealer;
    std::optional<PairKeys> m_contactKeys, m_thirdPartyPair;
    std::unique_ptr<RendezvousNode> m_node;
    std::unique_ptr<Engine> m_engine;
    std::deque<Datagram> m_sent;
    std::deque<std::uint64_t> m_tickets;
    Instant m_now{1s};
    bool m_isFinishing = false;
};

} // namespace culvert::fuzz
