// Scripts for the Teredo client.
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/refresh_search_script.h"
#include "tests/fuzz/teredo_script.h"
#include "tests/support/teredo_server_double.h"

namespace culvert::fuzz {

namespace {

using T = TeredoOrder;
using test::ServerFault;

// A server at the first address; its second one is the next.
Script begin() {
    Script script(static_cast<std::uint8_t>(T::Servers));
    return script.u8(1).order(T::Allow).u8(0);
}

Script& answer(Script& script, std::uint8_t which = 0, ServerFault fault = ServerFault::None, std::uint8_t about = 1) {
    return script.order(T::Answer).u8(which).u8(static_cast<std::uint8_t>(fault)).u8(about);
}

Script& sleep(Script& script, std::uint16_t tenths) {
    return script.order(T::Sleep).u16(tenths);
}

Script restricted(std::uint8_t seenBySecondary) {
    Script script = begin();
    sleep(script, 60);
    answer(script);
    answer(script, 0, ServerFault::None, seenBySecondary);
    return script;
}

using S = SearchOrder;

Script searching() {
    Script script(static_cast<std::uint8_t>(S::Target));
    return script.u8(1).order(S::Sleep).u16(105);
}

Script& told(Script& script, ServerFault fault = ServerFault::None, std::uint8_t port = 0) {
    return script.order(S::Answer).u8(0).u8(static_cast<std::uint8_t>(fault)).u8(port);
}

// An answer, the silence after it, and the bubble that comes in: a step whose interval the mapping survived.
Script& survived(Script& script, std::uint16_t tenths) {
    return told(script).order(S::Sleep).u16(tenths).order(S::Bubble).u8(0);
}

void addSearchScripts(Corpus& corpus) {
    auto& scripts = corpus["refresh_search"];
    Script longest = searching();
    survived(longest, 1);
    survived(longest, 600);
    scripts["survives"] = survived(longest, 900).octets();
    Script lost = searching();
    survived(lost, 1);
    for (const std::uint16_t tenths : {700, 400, 240, 160}) {
        told(lost).order(S::Sleep).u16(tenths);
        told(lost, ServerFault::None, 1);
    }
    scripts["is-lost"] = lost.octets();
    Script unproven = searching();
    told(unproven).order(S::Sleep).u16(100);
    scripts["no-bubbles"] = told(unproven).octets();
    for (unsigned fault = 1; fault <= static_cast<unsigned>(ServerFault::NoAdvertisement); ++fault) {
        Script script = searching();
        told(script, static_cast<ServerFault>(fault)).order(S::Sleep).u16(6500);
        scripts["fault-" + std::to_string(fault)] = told(script, static_cast<ServerFault>(fault)).octets();
    }
    for (const unsigned fault : {126U, 127U, 128U, 150U, 170U, 190U}) {
        Script script = searching();
        told(script).order(S::Sleep).u16(1).order(S::Bubble).u8(static_cast<std::uint8_t>(fault));
        scripts["bubble-" + std::to_string(fault)] = script.order(S::Bubble).u8(0).octets();
    }
    Script busy = searching();
    for (unsigned i = 0; i < 40; ++i) {
        survived(busy, 1);
        busy.order(S::Restart).order(S::Target).u8(static_cast<std::uint8_t>(1 + i % 3)).order(S::Sleep).u16(105);
    }
    scripts["restarts"] = busy.octets();
    Script raw = searching();
    scripts["raw"] = raw.order(S::Raw).u8(0).chunk(Bytes{0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0x60}).octets();
    Script silence = searching();
    scripts["silence"] = silence.order(S::Sleep).u16(65000).octets();
}

} // namespace

void addTeredoScripts(Corpus& corpus) {
    addSearchScripts(corpus);
    auto& scripts = corpus["teredo_client"];
    Script cone = begin();
    answer(cone);
    sleep(cone, 300);
    answer(cone);
    cone.order(T::Mapping).u8(0);
    sleep(cone, 600);
    scripts["cone"] = answer(cone).octets();
    Script again = restricted(1);
    sleep(again, 3100);
    answer(again, 0, ServerFault::None, 4);
    scripts["restricted"] = sleep(again, 4000).octets();
    Script symmetric = restricted(2);
    scripts["symmetric"] = sleep(symmetric, 4000).octets();
    for (unsigned fault = 1; fault <= static_cast<unsigned>(ServerFault::NoAdvertisement); ++fault) {
        Script script = begin();
        answer(script, 0, static_cast<ServerFault>(fault));
        sleep(script, 60);
        answer(script, 0, static_cast<ServerFault>(fault));
        scripts["fault-" + std::to_string(fault)] = sleep(script, 200).octets();
    }
    Script two = begin();
    two.order(T::Servers).u8(5);
    sleep(two, 200);
    answer(two);
    two.order(T::Restart).order(T::Refresh);
    answer(two, 1);
    scripts["two-servers"] = sleep(two, 60000).octets();
    Script raw = begin();
    scripts["raw"] = raw.order(T::Raw).u8(1).chunk(Bytes{0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0x60}).octets();
    scripts["silence"] = sleep(two, 65000).octets();
}

} // namespace culvert::fuzz
