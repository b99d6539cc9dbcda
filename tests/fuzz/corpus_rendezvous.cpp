// Scripts for the third party.
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/rendezvous_script.h"

namespace culvert::fuzz {
namespace {

void addPlaces(Corpus& corpus) {
    using R = RendezvousOrder;
    auto& scripts = corpus["rendezvous_node"];
    const std::vector<std::pair<const char*, std::uint8_t>> places = {
        {"v6", whence(Place::ContactV6)},
        {"v4", whence(Place::ContactV4)},
        {"teredo", whence(Place::ContactV4, InnerSource::Teredo)},
        {"relay", whence(Place::ContactV4, InnerSource::Native)},
        {"private", whence(Place::PrivateV4)},
        {"link-local", whence(Place::LinkLocalV6)},
        {"forged-teredo", whence(Place::TeredoV6)},
        {"forged-mapped", whence(Place::MappedV6)},
    };
    for (const auto& [name, from] : places)
        for (const std::uint8_t shape : {0, 1})
            scripts[std::string(name) + "-" + std::to_string(shape)] = Script(shape)
                                                                           .order(R::Cookie)
                                                                           .u8(from)
                                                                           .chunk(Bytes(8, 1))
                                                                           .order(R::Register)
                                                                           .u8(from)
                                                                           .u8(0)
                                                                           .order(R::Register)
                                                                           .u8(whence(Place::StrangerV4))
                                                                           .u8(1)
                                                                           .order(R::Handoff)
                                                                           .u8(from)
                                                                           .u8(0)
                                                                           .chunk(Bytes(99))
                                                                           .order(R::Pass)
                                                                           .u16(61'000)
                                                                           .order(R::Handoff)
                                                                           .u8(from)
                                                                           .u8(0)
                                                                           .chunk(Bytes(99))
                                                                           .octets();
}

void addCases(Corpus& corpus) {
    using R = RendezvousOrder;
    auto& scripts = corpus["rendezvous_node"];
    const std::uint8_t v6 = whence(Place::ContactV6);
    Script burst(0);
    burst.order(R::Register).u8(v6).u8(0).order(R::Register).u8(v6).u8(1);
    for (int i = 0; i < 10; ++i)
        burst.order(R::Handoff).u8(v6).u8(0).chunk(Bytes(40));
    scripts["burst"] = burst.octets();
    scripts["no-lifetime"] = Script(0)
                                 .order(R::Cookie)
                                 .u8(v6)
                                 .chunk({})
                                 .order(R::Introduction)
                                 .u8(v6)
                                 .u8(0)
                                 .chunk(message(wire::Register{1, 0}))
                                 .order(R::Introduction)
                                 .u8(v6)
                                 .u8(0)
                                 .chunk(message(wire::Probe{}))
                                 .octets();
    scripts["without-cookie"] = Script(0)
                                    .order(R::Introduction)
                                    .u8(v6)
                                    .u8(0)
                                    .chunk(message(wire::Register{1, 60}))
                                    .order(R::Payload)
                                    .u8(v6)
                                    .u8(1)
                                    .chunk(Bytes(50))
                                    .order(R::Pair)
                                    .u8(v6)
                                    .u8(0)
                                    .chunk(message(wire::HandoffRequest{}))
                                    .octets();
    scripts["foreign"] = Script(0)
                             .order(R::Inner)
                             .u8(v6)
                             .chunk(Bytes(48, 3))
                             .order(R::Inner)
                             .u8(v6)
                             .chunk(Bytes(60, 2))
                             .order(R::Raw)
                             .u8(whence(Place::ContactV4))
                             .chunk(Bytes(48))
                             .octets();
}

} // namespace

void addRendezvousScripts(Corpus& corpus) {
    addPlaces(corpus);
    addCases(corpus);
}

} // namespace culvert::fuzz
