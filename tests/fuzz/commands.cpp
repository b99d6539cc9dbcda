#include "tests/fuzz/commands.h"

#include "tests/support/picture_octets.h"

namespace culvert::fuzz {
namespace {

LocalNetwork otherNetwork(BytesView text) {
    LocalNetwork network;
    network.port = kOwnPort;
    for (const std::uint8_t octet : text.first(std::min<std::size_t>(text.size(), 4)))
        if ((octet & 1) != 0)
            network.v4.push_back(Ipv4Address::of(203, 0, 113, octet));
        else
            network.native6.push_back(Ipv6Address{{0x20, 1, 0xd, 0xb8, octet}});
    return network;
}

GatewayReport gateway(BytesView text) {
    GatewayReport report;
    report.udp.state = text.empty() ? PortMappingState::Off : PortMappingState::Claimed;
    if (!text.empty())
        report.udp.external = SocketAddress(Ipv4Address::of(203, 0, 113, text[0]), kOwnPort);
    return report;
}

// The text: whose message (its first octet's lowest bit), then what is put there; every message is meant in turn.
void amend(EngineWorld& world, Command which, BytesView text) {
    Amendment amendment;
    amendment.kind = which == Command::Edit     ? AmendmentKind::Edit
                     : which == Command::Delete ? AmendmentKind::Deletion
                                                : AmendmentKind::Reaction;
    amendment.target.from = !text.empty() && (text[0] & 1) != 0 ? MessageFrom::Them : MessageFrom::Me;
    amendment.target.id.octets = {3};
    amendment.text = std::string(asText(text.empty() ? text : text.subspan(1)));
    (void)world.engine().amend(world.now(), world.contactId(), amendment);
}

} // namespace

void command(EngineWorld& world, std::uint8_t which, BytesView text) {
    Engine& engine = world.engine();
    const Now now = world.now();
    const ContactId contact = world.contactId();
    switch (static_cast<Command>(which % static_cast<std::uint8_t>(Command::Count))) {
    case Command::Send:
        (void)engine.sendMessage(now, contact, std::string(asText(text)));
        break;
    case Command::Accept:
        (void)engine.acceptContact(now, contact);
        break;
    case Command::Read:
        (void)engine.markRead(now, contact);
        break;
    case Command::Retry:
        engine.retryConnections(now);
        break;
    case Command::Block:
        (void)engine.blockContact(now, contact);
        break;
    case Command::Remove:
        (void)engine.removeContact(now, contact);
        break;
    case Command::Verify:
        (void)engine.verifyContact(now, contact);
        break;
    case Command::Network:
        engine.handleNetwork(now, otherNetwork(text));
        break;
    case Command::Mapping:
        engine.handleGateway(now, gateway(text));
        break;
    case Command::Add:
        (void)engine.addContact(now, {std::string(asText(text)), "Name", "hello"});
        break;
    case Command::Edit:
    case Command::Delete:
    case Command::React:
        amend(world, static_cast<Command>(which % static_cast<std::uint8_t>(Command::Count)), text);
        break;
    case Command::Typing:
        (void)engine.setTyping(now, contact, text.empty());
        break;
    case Command::Disappear:
        (void)engine.setDisappearing(now, contact, text.empty() ? 0 : std::uint32_t{text[0]} * 60);
        break;
    case Command::Picture:
        (void)engine.setOwnPicture(now, text.empty() ? Bytes{} : test::pictureOctets(text[0]));
        break;
    case Command::AskToRing:
        (void)engine.askToRing(now, contact);
        break;
    case Command::Count:
        break;
    }
    world.settle();
}

} // namespace culvert::fuzz
