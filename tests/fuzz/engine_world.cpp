#include "tests/fuzz/engine_world.h"

namespace culvert::fuzz {
namespace {

constexpr std::size_t kSentMax = 512;
constexpr unsigned kOutputsMax = 20'000;
constexpr unsigned kTimeoutsMax = 20'000;
// What a script may let pass in all; finish() comes on top.
constexpr Instant kScriptEnd{5min};

LocalNetwork network(const Shape& shape) {
    LocalNetwork out;
    out.port = kOwnPort;
    if (shape.hasV6)
        out.native6 = {*Ipv6Address::fromText("2001:db8::1")};
    out.v4 = {shape.hasPublicV4 ? Ipv4Address::of(203, 0, 113, 1) : Ipv4Address::of(10, 0, 0, 1)};
    return out;
}

wire::ThirdPartyRecord thirdPartyRecord(const Identity& keys) {
    return {keys.publicKey(),
            {{wire::EndpointKind::Native6, addressOf(Place::ThirdPartyV6)},
             {wire::EndpointKind::Mapped4, addressOf(Place::ThirdPartyV4)}}};
}

ContactRecord contactRecord(const Shape& shape, const Identity& keys, const Identity& thirdParty) {
    ContactRecord record;
    record.id.octets = keys.publicKey();
    record.name = "Contact";
    record.state = shape.state;
    record.endpoints = {{wire::EndpointKind::Native6, addressOf(Place::ContactV6)},
                        {wire::EndpointKind::Mapped4, addressOf(Place::ContactV4)}};
    record.thirdParties = {thirdPartyRecord(thirdParty)};
    record.sendEpoch = 11;
    record.sendSequence = 1;
    record.receiveEpoch = 12;
    return record;
}

Message waiting(const ContactId& contact) {
    Message message;
    message.contact = contact;
    message.id.octets = {1};
    message.position = 1;
    message.text = "waiting";
    return message;
}

// The lower key dials.
Identity ownKeys(bool contactHasHigherKey) {
    const Identity one = person(kFirstPerson), other = person(kSecondPerson);
    return (one.publicKey() < other.publicKey()) == contactHasHigherKey ? one : other;
}

Identity contactKeys(bool contactHasHigherKey) {
    return ownKeys(!contactHasHigherKey);
}

} // namespace

Shape Shape::of(std::uint8_t octet) {
    Shape shape;
    shape.hasV6 = (octet & 1) == 0;
    shape.hasPublicV4 = (octet & 2) == 0;
    shape.contactHasHigherKey = (octet & 4) != 0;
    shape.hasContact = (octet & 8) == 0;
    shape.state = static_cast<ContactState>((octet >> 4 & 3) ^ static_cast<int>(ContactState::Accepted));
    return shape;
}

EngineWorld::EngineWorld(const Shape& shape)
    : m_shape(shape), m_own(ownKeys(shape.contactHasHigherKey)), m_contact(contactKeys(shape.contactHasHigherKey)),
      m_thirdPartyKeys(person(kThirdParty)), m_contactSealer(m_contact, m_random),
      m_thirdPartySealer(m_thirdPartyKeys, m_random) {
    m_profile.seed = m_own.seed();
    m_profile.name = "Own";
    m_profile.token = {1, 2, 3};
    m_profile.port = kOwnPort;
    m_profile.thirdParties = {thirdPartyRecord(m_thirdPartyKeys)};
    m_contactKeys = PairKeys::derive(m_contact, m_own.publicKey());
    m_thirdPartyPair = PairKeys::derive(m_thirdPartyKeys, m_own.publicKey());
    m_node = std::make_unique<RendezvousNode>(m_thirdPartyKeys.seed(), m_random, true);
    LocalNetwork theirs;
    theirs.native6 = {addressOf(Place::ThirdPartyV6).v6()};
    theirs.v4 = {addressOf(Place::ThirdPartyV4).v4()};
    theirs.port = 4100;
    m_node->handleNetwork(now(), theirs);

    ArchiveSnapshot snapshot;
    snapshot.profile = encode(m_profile);
    if (shape.hasContact) {
        snapshot.contacts = {{contactId(), encode(contactRecord(shape, m_contact, m_thirdPartyKeys))}};
        snapshot.undelivered = {{waiting(contactId()), 1}};
    }
    m_engine = std::make_unique<Engine>(now(), EngineConfig{99, true}, m_profile, snapshot, m_random);
    m_engine->handleNetwork(now(), network(shape));
    settle();
}

void EngineWorld::settle() {
    unsigned outputs = 0;
    while (auto datagram = m_engine->pollTransmit()) {
        require(++outputs < kOutputsMax, "an engine runs dry");
        require(!datagram->payload.empty(), "nothing empty is sent");
        if (onSend)
            onSend(*datagram);
        if (m_sent.size() < kSentMax)
            m_sent.push_back(std::move(*datagram));
    }
    while (const auto event = m_engine->pollEvent()) {
        require(++outputs < kOutputsMax, "an engine runs dry");
        if (onEvent)
            onEvent(*event);
    }
    while (auto batch = m_engine->pollBatch()) {
        require(m_tickets.empty() || batch->ticket > m_tickets.back(), "tickets grow");
        m_tickets.push_back(batch->ticket);
        for (const ArchiveWrite& write : batch->writes)
            if (onWrite)
                onWrite(write);
    }
}

void EngineWorld::receiveRaw(const Datagram& datagram) {
    m_engine->handleDatagram(now(), datagram);
    settle();
}

void EngineWorld::receive(Place place, InnerSource source, BytesView payload) {
    if (payload.size() <= wire::kInnerPayloadMax)
        receiveRaw(arriving(place, source, payload));
}

void EngineWorld::receiveFromContact(Place place, InnerSource source, BytesView plaintext) {
    wire::PairEnvelope envelope;
    envelope.keyId = m_contactKeys->sendingId();
    m_random.fillPublic(envelope.nonce);
    const Bytes sealed = m_contactKeys->seal(envelope.nonce, plaintext);
    envelope.ciphertext = sealed;
    receive(place, source, wire::encode(envelope));
}

void EngineWorld::receiveFromThirdParty(BytesView plaintext) {
    wire::PairEnvelope envelope;
    envelope.keyId = m_thirdPartyPair->sendingId();
    m_random.fillPublic(envelope.nonce);
    const Bytes sealed = m_thirdPartyPair->seal(envelope.nonce, plaintext);
    envelope.ciphertext = sealed;
    receive(m_shape.hasV6 ? Place::ThirdPartyV6 : Place::ThirdPartyV4, InnerSource::Mapped, wire::encode(envelope));
}

void EngineWorld::receiveHandoff(const Identity& from, BytesView content) {
    const auto sealed = sealTo(m_own.publicKey(), from, "culvert handoff 1", content, m_random);
    receiveFromThirdParty(wire::encode(wire::ControlMessage(wire::HandoffDelivery{*sealed})));
}

void EngineWorld::receiveIntroduction(Place place, InnerSource source, const Identity& from, BytesView payload) {
    const auto sealed = sealTo(m_own.publicKey(), from, "culvert introduction 1", payload, m_random);
    wire::IntroductionEnvelope envelope;
    Bytes authenticated = toBytes(envelope.cookie);
    append(authenticated, *sealed);
    envelope.mac = introductionMac(m_own.publicKey(), authenticated);
    envelope.noise = *sealed;
    receive(place, source, wire::encode(envelope));
}

std::vector<Datagram> EngineWorld::takeSentTo(Place v4, Place v6) {
    std::vector<Datagram> out;
    std::deque<Datagram> others;
    for (Datagram& datagram : m_sent) {
        const bool isTheirs = datagram.remote == addressOf(v4) || datagram.remote == addressOf(v6);
        if (isTheirs)
            out.push_back(std::move(datagram));
        else
            others.push_back(std::move(datagram));
    }
    m_sent = std::move(others);
    return out;
}

void EngineWorld::thirdPartyAnswers() {
    for (const Datagram& sent : takeSentTo(Place::ThirdPartyV4, Place::ThirdPartyV6)) {
        // From the engine's outer address; over IPv4 the encapsulation stays as it is.
        Datagram arrives = sent;
        arrives.remote = *SocketAddress::fromText(sent.remote.isV4() ? "203.0.113.1:5000" : "[2001:db8::1]:5000");
        m_node->handleDatagram(now(), arrives);
        while (auto answer = m_node->pollTransmit()) {
            answer->remote = sent.remote;
            receiveRaw(*answer);
        }
    }
}

void EngineWorld::answerProbe(const Datagram& sent, BytesView payload) {
    const auto envelope = wire::decodeEnvelope(payload);
    require(envelope.has_value(), "an engine sends sound envelopes");
    std::optional<wire::ControlMessage> message;
    if (const auto* pair = std::get_if<wire::PairEnvelope>(&*envelope)) {
        if (auto opened = m_contactSealer.openPair(*m_contactKeys, *pair))
            message = std::move(*opened);
    } else if (const auto* introduction = std::get_if<wire::IntroductionEnvelope>(&*envelope)) {
        if (auto opened = m_contactSealer.openIntroduction(*introduction))
            message = std::move(opened->message);
    }
    const auto* probe = message ? std::get_if<wire::Probe>(&*message) : nullptr;
    if (probe == nullptr)
        return;
    const SocketAddress observed = addressOf(Place::StrangerV4);
    const Place place = sent.remote.isV4() ? Place::ContactV4 : Place::ContactV6;
    receiveFromContact(place, InnerSource::Mapped,
                       wire::encode(wire::ControlMessage(wire::ProbeReply{probe->transaction, 5, observed})));
}

std::vector<Bytes> EngineWorld::contactAnswers() {
    std::vector<Bytes> quic;
    for (const Datagram& sent : takeSentTo(Place::ContactV4, Place::ContactV6)) {
        for (Bytes& payload : payloadsOf(sent)) {
            if (payload[0] < wire::kFirstQuicOctet)
                answerProbe(sent, payload);
            else
                quic.push_back(std::move(payload));
        }
    }
    return quic;
}

void EngineWorld::advance(Duration duration) {
    const Instant until = m_isFinishing ? m_now + duration : std::max(m_now, std::min(m_now + duration, kScriptEnd));
    for (unsigned timeouts = 0;; ++timeouts) {
        require(timeouts < kTimeoutsMax, "deadlines pass");
        const auto deadline = m_engine->pollTimeout();
        if (!deadline || deadline->at > until)
            break;
        m_now = std::max(m_now, deadline->at);
        m_engine->handleTimeout(now());
        settle();
    }
    m_now = until;
}

void EngineWorld::commitOldest() {
    if (m_tickets.empty())
        return;
    const std::uint64_t ticket = m_tickets.front();
    m_tickets.pop_front();
    m_engine->handleCommitted(now(), ticket);
    settle();
}

void EngineWorld::finish() {
    for (int i = 0; i < 256 && !m_tickets.empty(); ++i)
        commitOldest();
    (void)m_engine->contacts(now());
    (void)m_engine->paths(contactId());
    (void)m_engine->ownAddress();
    m_isFinishing = true;
    advance(61s);
    m_engine->shutdown(now());
    settle();
}

} // namespace culvert::fuzz
