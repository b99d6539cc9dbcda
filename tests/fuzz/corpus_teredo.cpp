// Scripts for the Teredo client.
#include "tests/fuzz/corpus_script.h"
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

} // namespace

void addTeredoScripts(Corpus& corpus) {
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
