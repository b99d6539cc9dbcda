// Scripts for Teredo peers.
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/teredo_peers_script.h"

namespace culvert::fuzz {

namespace {

using P = PeersOrder;

Script& say(Script& script, std::uint8_t who) {
    return script.order(P::Say).u8(who);
}

Script& bubble(Script& script, std::uint8_t who, std::uint8_t from, std::uint8_t form = 0) {
    return script.order(P::Bubble).u8(who).u8(from).u8(form);
}

Script& sleep(Script& script, std::uint16_t tenths) {
    return script.order(P::Sleep).u16(tenths);
}

} // namespace

// Peers: 3 native, 5 cone, 6 and 12 restricted, 4 with a server in a private network. Places: 0 our server, 2 local.
void addTeredoPeersScripts(Corpus& corpus) {
    auto& scripts = corpus["teredo_peers"];
    for (std::uint8_t role = 0; role < 6; ++role) {
        Script script(role);
        say(script, 6);
        sleep(script, 20);
        bubble(script, 6, 6);
        say(script, 6).order(P::Packet).u8(6).u8(6).u8(0);
        say(sleep(script, 301), 6);
        scripts["restricted-" + std::to_string(role)] = say(script, 5).octets();
        Script symmetric(role);
        say(symmetric, 6);
        bubble(symmetric, 6, 13, 2).order(P::Packet).u8(6).u8(13).u8(0);
        say(bubble(symmetric, 6, 6), 6);
        scripts["nonce-" + std::to_string(role)] = bubble(symmetric, 6, 13, 8).octets();
    }
    Script called(0);
    for (int i = 0; i < 6; ++i)
        sleep(bubble(bubble(bubble(called, 12, 0, 5), 3, 0, 1), 6, 0, 17), 20);
    scripts["by-server"] = called.octets();
    Script echo(0);
    say(echo, 3).order(P::Echo).u8(3).u8(13).u8(1);
    echo.order(P::Echo).u8(3).u8(13).u8(0);
    echo.order(P::Packet).u8(3).u8(13).u8(0);
    scripts["echo"] = say(echo, 3).octets();
    Script local(0);
    local.order(P::Local).u8(6);
    scripts["local"] = say(bubble(say(local, 6), 6, 2), 6).octets();
    Script discovered(0);
    const auto discover = [&](std::uint8_t from, std::uint8_t to, std::uint8_t who) {
        discovered.order(P::Discovery).u8(from).u8(to).u8(who).chunk({});
    };
    for (std::uint8_t who = 0; who < 40; ++who)
        discover(who % 3, who % 5, who);
    discover(2, 0, 6);
    sleep(say(bubble(say(discovered, 6), 6, 2), 6), 3100);
    discover(2, 0, 14);
    discovered.order(P::Discovery).u8(2).u8(0).u8(6).chunk(Bytes(40, 0x60)).order(P::Role).u8(1);
    discover(2, 0, 6);
    scripts["discovered"] = discovered.octets();
    Script many(0);
    for (std::uint8_t who = 0; who < 200; ++who)
        bubble(say(many, who), who, who);
    scripts["many"] = sleep(many, 600).octets();
    Script given(1);
    for (int i = 0; i < 6; ++i)
        sleep(say(say(given, 4), 6), 20);
    given.order(P::Restart);
    say(given, 6).order(P::Role).u8(0).order(P::Raw).u8(0).chunk(Bytes(60, 0x60));
    scripts["given-up"] = say(given, 6).octets();
}

} // namespace culvert::fuzz
