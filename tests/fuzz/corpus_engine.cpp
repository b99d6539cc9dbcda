// Scripts for the engine.
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/engine_script.h"

namespace culvert::fuzz {
namespace {

void addProbes(Corpus& corpus) {
    using E = EngineOrder;
    auto& scripts = corpus["engine"];
    const std::uint8_t v6 = whence(Place::ContactV6), v4 = whence(Place::ContactV4);
    const std::uint8_t teredo = whence(Place::ContactV4, InnerSource::Teredo);
    const Bytes probe = message(wire::Probe{1, 2, 3, 40});
    for (const std::uint8_t shape : {0, 1, 2, 4, 8, 0x10, 0x20, 0x30})
        scripts["online-" + std::to_string(shape)] = Script(shape)
                                                         .order(E::Answer)
                                                         .order(E::Pair)
                                                         .u8(v6)
                                                         .chunk(probe)
                                                         .order(E::Pair)
                                                         .u8(v4)
                                                         .chunk(probe)
                                                         .order(E::Pass)
                                                         .u16(30)
                                                         .order(E::Answer)
                                                         .order(E::Answer)
                                                         .order(E::Pass)
                                                         .u16(3000)
                                                         .order(E::Answer)
                                                         .order(E::Commit)
                                                         .octets();
    scripts["probes-from-everywhere"] = Script(0)
                                            .order(E::Pair)
                                            .u8(teredo)
                                            .chunk(message(wire::Probe{1, 2, 4, 40}))
                                            .order(E::Pair)
                                            .u8(whence(Place::StrangerV4, InnerSource::Native))
                                            .chunk(message(wire::Probe{1, 2, 5, 40}))
                                            .order(E::Pair)
                                            .u8(whence(Place::LinkLocalV6))
                                            .chunk(message(wire::Probe{1, 2, 6, 1000}))
                                            .order(E::Pass)
                                            .u16(500)
                                            .octets();
    scripts["restart"] = Script(0)
                             .order(E::Answer)
                             .order(E::Pair)
                             .u8(v6)
                             .chunk(message(wire::Probe{1, 77, 1, 40}))
                             .order(E::Pair)
                             .u8(v6)
                             .chunk(message(wire::ProbeReply{1, 77, kV4}))
                             .order(E::Pass)
                             .u16(60'000)
                             .octets();
}

void addOthers(Corpus& corpus) {
    using E = EngineOrder;
    auto& scripts = corpus["engine"];
    const std::uint8_t v6 = whence(Place::ContactV6), v4 = whence(Place::ContactV4);
    const Bytes probe = message(wire::Probe{1, 2, 3, 40});
    for (const std::uint8_t who : {0, 1, 2, 3})
        scripts["introduction-" + std::to_string(who)] = Script(8)
                                                             .order(E::Introduction)
                                                             .u8(v6)
                                                             .u8(who)
                                                             .chunk(probe)
                                                             .order(E::Handoff)
                                                             .u8(who)
                                                             .chunk(endpoints())
                                                             .order(E::Pass)
                                                             .u16(65'000)
                                                             .octets();
    scripts["introduction-of-nothing"] =
        Script(0).order(E::Payload).u8(v4).u8(0).chunk(Bytes(40)).order(E::Content).u8(0).chunk({}).octets();
    scripts["third-party"] = Script(0)
                                 .order(E::Answer)
                                 .order(E::Answer)
                                 .order(E::ThirdParty)
                                 .chunk(message(wire::Registered{1, 60, kV4}))
                                 .order(E::ThirdParty)
                                 .chunk(message(wire::HandoffResult{}))
                                 .order(E::ThirdParty)
                                 .chunk(message(wire::HandoffDelivery{Bytes(100, 3)}))
                                 .order(E::Pass)
                                 .u16(26'000)
                                 .order(E::Answer)
                                 .octets();
    scripts["foreign"] = Script(0)
                             .order(E::Inner)
                             .u8(v6)
                             .chunk(Bytes(60, 1))
                             .order(E::Inner)
                             .u8(v4)
                             .chunk(Bytes(60, 2))
                             .order(E::Inner)
                             .u8(v6)
                             .chunk(Bytes(48, 3))
                             .order(E::Inner)
                             .u8(v6)
                             .chunk(Bytes(25, 4))
                             .order(E::Inner)
                             .u8(v6)
                             .chunk(Bytes(60, 0x40))
                             .order(E::Raw)
                             .u8(v4)
                             .chunk(Bytes(60, 0))
                             .octets();
    Bytes initial(1200);
    const Bytes head = {0xc0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0x44, 0x80};
    std::copy(head.begin(), head.end(), initial.begin());
    scripts["initial"] = Script(0).order(E::Inner).u8(v6).chunk(initial).octets();
    Script commands(0);
    for (std::uint8_t which = 0; which < static_cast<std::uint8_t>(Command::Count); ++which)
        commands.order(E::Command).u8(which).chunk(asBytes("abc")).order(E::Commit).order(E::Answer);
    scripts["commands"] = commands.octets();
}

} // namespace

void addEngineScripts(Corpus& corpus) {
    addProbes(corpus);
    addOthers(corpus);
}

} // namespace culvert::fuzz
