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

Script& advertise(Script& script, std::uint8_t form, std::uint16_t port, std::uint8_t which = 0) {
    return script.order(P::Advertise).u8(which).u8(form).u16(port);
}

Script& sleep(Script& script, std::uint16_t tenths) {
    return script.order(P::Sleep).u16(tenths);
}

} // namespace

// A NAT that counts its ports up.
void addPredictions(std::map<std::string, Bytes>& scripts) {
    constexpr std::uint8_t kCounting = 16 + 4;
    Script calling(kCounting);
    advertise(say(calling, 12), 0, 20000);
    bubble(advertise(calling, 3, 20002), 12, 12, 32 + 2);
    sleep(say(calling, 12), 310);
    for (const std::uint8_t form : {4, 8, 16, 1, 2})
        advertise(calling, form, 20000);
    say(calling, 13);
    for (int i = 0; i < 6; ++i)
        advertise(sleep(calling, 10), static_cast<std::uint8_t>(i % 2 * 3), 30000);
    scripts["predict-calling"] = say(calling, 13).octets();
    Script called(kCounting);
    for (int i = 0; i < 5; ++i) {
        bubble(called, 12, 0, 1 + 4 + (i == 2 ? 64 : 0));
        advertise(called, 0, static_cast<std::uint16_t>(20000 + 5 * i));
        sleep(advertise(called, 3, static_cast<std::uint16_t>(20003 + 5 * i)), 20);
    }
    scripts["predict-called"] = bubble(called, 12, 12, 32 + 2).octets();
    Script both(kCounting);
    bubble(say(both, 12), 12, 0, 1 + 4 + 64);
    advertise(advertise(both, 0, 20000), 3, 20002);
    bubble(sleep(both, 11), 12, 0, 1 + 4 + 64);
    scripts["predict-both"] = bubble(both, 12, 12, 2).order(P::Restart).octets();
    Script many(kCounting);
    for (std::uint8_t who = 0; who < 120; ++who) {
        bubble(who % 3 == 0 ? say(many, who) : many, who, 0, 1 + 4);
        advertise(many, 0, who + 20000, who);
        advertise(many, 3, who + 20002, who);
    }
    scripts["predict-many"] = sleep(many, 600).octets();
}

// Peers: 3 native, 5 cone, 6 and 12 restricted, 4 with a server in a private network. Places: 0 our server, 2 local.
void addTeredoPeersScripts(Corpus& corpus) {
    auto& scripts = corpus["teredo_peers"];
    addPredictions(scripts);
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
    Script asked(1);
    const auto ask = [&](std::uint8_t who, std::uint8_t whom, std::uint8_t size) {
        asked.order(P::NativeEcho).u8(who).u8(whom).u8(size);
    };
    ask(6, 0, 22);
    say(asked, 6);
    ask(6, 0, 22);
    bubble(asked, 6, 6);
    ask(6, 0, 22);
    say(asked, 6);
    ask(6, 3, 22);
    ask(12, 0, 80);
    sleep(asked, 3);
    ask(6, 0, 90);
    sleep(asked, 610);
    ask(6, 0, 4);
    scripts["asked"] = asked.octets();
    Script given(1);
    for (int i = 0; i < 6; ++i)
        sleep(say(say(given, 4), 6), 20);
    given.order(P::Restart);
    say(given, 6).order(P::Role).u8(0).order(P::Raw).u8(0).chunk(Bytes(60, 0x60));
    scripts["given-up"] = say(given, 6).octets();
}

} // namespace culvert::fuzz
