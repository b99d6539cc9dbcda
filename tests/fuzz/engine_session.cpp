// An engine in a session with a contact who says what the script says: octets and frames on the streams, and packets
// whose contents were changed before they were sealed.
#include "tests/fuzz/commands.h"
#include "tests/fuzz/tamper.h"

namespace culvert::fuzz {
namespace {

constexpr unsigned kOrdersMax = 48;
constexpr int kStepsToConnect = 20;
constexpr Duration kStep = 10ms;

class Contact {
public:
    explicit Contact(EngineWorld& world) : m_world(world) {}

    /// A stranger with our invitation says who it is.
    void introduce();
    /// Ten milliseconds: what the engine sent arrives, and what the contact answers.
    void step();
    void send();
    void write(std::uint64_t stream, BytesView octets) {
        if (m_connection)
            (void)m_connection->write(stream % 3, octets);
        send();
    }
    void tamper(Input& script) {
        const unsigned skip = script.u8() % 4;
        const std::uint16_t where = script.u16();
        m_skip = skip;
        m_where = where;
        m_tamper = toBytes(script.chunk());
    }
    void close() {
        if (m_connection)
            m_connection->close(m_world.now().monotonic);
        send();
    }
    void forget() { m_connection.reset(); }
    bool isEstablished() const { return m_connection && m_connection->isEstablished(); }

private:
    void receive(BytesView packet);
    void dial();

    EngineWorld& m_world;
    std::unique_ptr<QuicConnection> m_connection;
    Bytes m_tamper;
    unsigned m_skip = 0;
    std::size_t m_where = 0;
};

void Contact::introduce() {
    const Bytes probe = wire::encode(wire::ControlMessage(wire::Probe{1, 2, 3, 1000}));
    const wire::IntroductionPayload payload{m_world.contact().publicKey(), m_world.token(), probe};
    m_world.receiveIntroduction(Place::ContactV6, InnerSource::Mapped, m_world.contact(), wire::encode(payload));
}

void Contact::dial() {
    // The lower key dials.
    if (!m_connection && m_world.contact().publicKey() < m_world.own().publicKey())
        m_connection = openConnection(m_world.now().monotonic, {&m_world.contact(), &m_world.random()},
                                      m_world.own().dh().publicKey);
}

void Contact::receive(BytesView packet) {
    const Instant now = m_world.now().monotonic;
    const auto target = quicPacketTarget(packet);
    require(target.has_value(), "an engine sends sound packets");
    if (m_connection)
        m_connection->handlePacket(now, packet);
    else if (target->startsConnection)
        m_connection = acceptConnection(now, {&m_world.contact(), &m_world.random()}, packet,
                                        [](const DhPublicKey&) { return true; });
}

void Contact::send() {
    if (!m_connection)
        return;
    armTamper(m_skip, m_where, m_tamper);
    std::vector<QuicTransmit> transmits;
    while (auto transmit = m_connection->pollTransmit(m_world.now().monotonic))
        transmits.push_back(std::move(*transmit));
    while (m_connection->pollEvent()) {
    }
    disarmTamper();
    if (wasTampered())
        m_tamper.clear();
    for (const QuicTransmit& transmit : transmits) {
        Input packets(transmit.packets);
        while (!packets.empty())
            m_world.receive(Place::ContactV6, InnerSource::Mapped,
                            packets.take(std::max<std::size_t>(transmit.segmentSize, 1)));
    }
}

void Contact::step() {
    for (const Bytes& packet : m_world.contactAnswers())
        receive(packet);
    m_world.thirdPartyAnswers();
    dial();
    send();
    m_world.advance(kStep);
    if (m_connection)
        m_connection->handleTimeout(m_world.now().monotonic);
    send();
}

Bytes frame(std::uint8_t type, BytesView body) {
    Bytes out;
    ByteWriter writer(out);
    writer.u8(type).u32(static_cast<std::uint32_t>(body.size())).bytes(body);
    return out;
}

void obey(EngineWorld& world, Contact& contact, SessionOrder order, Input& script) {
    switch (order) {
    case SessionOrder::Octets: {
        const std::uint8_t stream = script.u8();
        return contact.write(stream, script.chunk());
    }
    case SessionOrder::Frame: {
        const std::uint8_t stream = script.u8(), type = script.u8();
        return contact.write(stream, frame(type, script.chunk()));
    }
    case SessionOrder::Run:
        for (int steps = script.u8() % 16; steps >= 0; --steps)
            contact.step();
        return;
    case SessionOrder::Pass:
        return world.advance(std::chrono::milliseconds(script.u16()));
    case SessionOrder::Commit:
        return world.commitOldest();
    case SessionOrder::Command: {
        const std::uint8_t which = script.u8();
        return command(world, which, script.chunk());
    }
    case SessionOrder::Tamper:
        return contact.tamper(script);
    case SessionOrder::Close:
        return contact.close();
    case SessionOrder::Reopen:
        return contact.forget();
    case SessionOrder::Count:
        break;
    }
}

} // namespace

// | shape (1); bit 7: the script begins before the session | orders |
void run(BytesView input) {
    armTamper(0, 0, {});
    Input script(input);
    const std::uint8_t octet = script.u8();
    Shape shape = Shape::of(octet & 0x7f);
    shape.hasV6 = true; // The contact's session comes over IPv6; other ways are the engine target's.
    EngineWorld world(shape);
    Contact contact(world);
    if (!shape.hasContact)
        contact.introduce();
    for (int steps = 0; (octet & 0x80) == 0 && steps < kStepsToConnect && !contact.isEstablished(); ++steps)
        contact.step();
    for (unsigned orders = 0; orders < kOrdersMax && !script.empty(); ++orders) {
        const auto order = static_cast<SessionOrder>(script.u8() % static_cast<std::uint8_t>(SessionOrder::Count));
        obey(world, contact, order, script);
    }
    contact.step();
    world.finish();
}

} // namespace culvert::fuzz
