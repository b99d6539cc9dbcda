// An engine and datagrams from everywhere: foreign ones, and ones that open because they were sealed with the right
// keys around what the script says.
#include "tests/fuzz/commands.h"

namespace culvert::fuzz {
namespace {

constexpr unsigned kOrdersMax = 48;

const Identity& who(const EngineWorld& world, std::uint8_t octet) {
    static const Identity stranger = person(kStranger);
    return (octet & 1) != 0 ? world.contact() : stranger;
}

wire::Token tokenOf(const EngineWorld& world, std::uint8_t octet) {
    return (octet & 2) != 0 ? wire::Token{} : world.token();
}

void introduce(EngineWorld& world, Input& script) {
    const std::uint8_t whence = script.u8(), whom = script.u8();
    const Identity& from = who(world, whom);
    const Bytes payload =
        wire::encode(wire::IntroductionPayload{from.publicKey(), tokenOf(world, whom), script.chunk()});
    world.receiveIntroduction(placeOf(whence), innerSourceOf(whence), from, payload);
}

void handOff(EngineWorld& world, Input& script) {
    const std::uint8_t whom = script.u8();
    const Identity& from = who(world, whom);
    Bytes content;
    ByteWriter writer(content);
    writer.bytes(from.publicKey()).bytes(tokenOf(world, whom));
    writer.u64(static_cast<std::uint64_t>(world.now().wall.milliseconds)).bytes(script.chunk());
    world.receiveHandoff(from, content);
}

void receive(EngineWorld& world, EngineOrder order, Input& script) {
    const std::uint8_t whence = script.u8();
    const Place place = placeOf(whence);
    const InnerSource source = innerSourceOf(whence);
    if (order == EngineOrder::Raw)
        world.receiveRaw({SocketAddress(), addressOf(place), toBytes(script.chunk()), 0});
    else if (order == EngineOrder::Inner)
        world.receive(place, source, script.chunk());
    else if (order == EngineOrder::Pair)
        world.receiveFromContact(place, source, script.chunk());
    else {
        const Identity& from = who(world, script.u8());
        world.receiveIntroduction(place, source, from, script.chunk());
    }
}

void obey(EngineWorld& world, EngineOrder order, Input& script) {
    switch (order) {
    case EngineOrder::Raw:
    case EngineOrder::Inner:
    case EngineOrder::Pair:
    case EngineOrder::Payload:
        return receive(world, order, script);
    case EngineOrder::ThirdParty:
        return world.receiveFromThirdParty(script.chunk());
    case EngineOrder::Introduction:
        return introduce(world, script);
    case EngineOrder::Handoff:
        return handOff(world, script);
    case EngineOrder::Content: {
        const Identity& from = who(world, script.u8());
        return world.receiveHandoff(from, script.chunk());
    }
    case EngineOrder::Answer:
        world.thirdPartyAnswers();
        world.contactAnswers();
        return;
    case EngineOrder::Pass:
        return world.advance(std::chrono::milliseconds(script.u16()));
    case EngineOrder::Commit:
        return world.commitOldest();
    case EngineOrder::Command: {
        const std::uint8_t which = script.u8();
        return command(world, which, script.chunk());
    }
    case EngineOrder::Count:
        break;
    }
}

} // namespace

// | shape (1) | orders |
void run(BytesView input) {
    Input script(input);
    EngineWorld world(Shape::of(script.u8()));
    for (unsigned orders = 0; orders < kOrdersMax && !script.empty(); ++orders) {
        const auto order = static_cast<EngineOrder>(script.u8() % static_cast<std::uint8_t>(EngineOrder::Count));
        obey(world, order, script);
    }
    world.finish();
}

} // namespace culvert::fuzz
