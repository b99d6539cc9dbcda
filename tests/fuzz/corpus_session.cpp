// Scripts for sessions.
#include "core/engine/picture_exchange.h"
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/engine_script.h"
#include "tests/support/picture_octets.h"

namespace culvert::fuzz {
namespace {

void addFrames(Corpus& corpus) {
    using S = SessionOrder;
    auto& scripts = corpus["engine_session"];
    const std::vector<std::tuple<const char*, std::uint8_t, Bytes>> frames = {
        {"hello", 1, body(wire::HelloFrame{7, "Ada"})},
        {"request", 2, body(wire::ContactRequestFrame{{1, 2, 3}, "Ada", "It is me"})},
        {"accepted", 3, body(wire::ContactAcceptedFrame{"Ada"})},
        {"endpoints", 4, body(wire::EndpointsFrame{UINT64_MAX, {{wire::EndpointKind::Mapped4, kV4}}, {}})},
        {"message", 5, body(wire::MessageFrame{12, 1, {3}, WallTime{4}, "Grüße"})},
        {"acknowledgement", 6, body(wire::AckFrame{11, 1})},
        {"read", 7, body(wire::ReadFrame{11, UINT64_MAX})},
        {"unknown", 99, Bytes(9)},
        {"damaged", 5, Bytes(9)},
    };
    for (const auto& [name, type, content] : frames)
        for (const std::uint8_t shape : {0, 4, 8, 0x20})
            // The number of files is bounded.
            if (shape == 0 || type <= 2 || (type == 5 && content.size() > 9) || (type == 3 && shape != 0x20))
                scripts[std::string(name) + "-" + std::to_string(shape)] = Script(shape)
                                                                               .order(S::Frame)
                                                                               .u8(type == 5 ? 1 : 0)
                                                                               .u8(type)
                                                                               .chunk(content)
                                                                               .order(S::Run)
                                                                               .u8(3)
                                                                               .order(S::Commit)
                                                                               .order(S::Run)
                                                                               .u8(3)
                                                                               .octets();
}

/// A message and everything that may become of it, from both sides.
void addConversation(Corpus& corpus) {
    using S = SessionOrder;
    constexpr auto sender = wire::Author::Sender, receiver = wire::Author::Receiver;
    const std::vector<std::tuple<std::uint8_t, std::uint8_t, Bytes>> frames = {
        {0, 11, body(wire::FeaturesFrame{wire::kAmendments})},
        {0, 1, body(wire::HelloFrame{7, "Ada"})},
        {0, 10, body(wire::TypingFrame{true})},
        {1, 8, body(wire::MessageFrame{12, 1, {3}, WallTime{4}, "Grüße", {wire::MessageName{receiver, {5}}, 60}})},
        {1, 9, body(wire::AmendmentFrame{12, 2, {sender, {3}}, 1, WallTime{4}, "Gruß"})},
        {1, 9, body(wire::AmendmentFrame{12, 3, {receiver, {3}}, 3, WallTime{4}, "👍"})},
        {1, 9, body(wire::AmendmentFrame{12, 4, {receiver, {3}}, 2, WallTime{4}, ""})},
        {1, 8, body(wire::MessageFrame{12, 5, {4}, WallTime{4}, "", {std::nullopt, 60, true}})}};
    Script script(0);
    for (const auto& [stream, type, content] : frames)
        script.order(S::Frame).u8(stream).u8(type).chunk(content).order(S::Run).u8(2).order(S::Commit);
    const auto first = static_cast<std::uint8_t>(Command::Edit), last = static_cast<std::uint8_t>(Command::Disappear);
    for (std::uint8_t which = first; which <= last; ++which)
        script.order(S::Command).u8(which).chunk(asBytes("a👍")).order(S::Run).u8(2);
    corpus["engine_session"]["conversation"] = script.order(S::Commit).order(S::Run).u8(9).octets();
}

void addCouriers(Corpus& corpus) {
    using S = SessionOrder;
    const std::pair<std::uint8_t, Bytes> said[] = {{16, body(wire::CourierOfferFrame{true, {{1}, {2}}})},
                                                   {17, body(wire::CourierRequestFrame{{7}, Bytes(40, 5)})},
                                                   {18, body(wire::CourierDeliveryFrame{Bytes(40, 6)})}};
    Script script(4);
    for (const auto& [type, content] : said)
        script.order(S::Frame).u8(0).u8(type).chunk(content).order(S::Run).u8(3);
    corpus["engine_session"]["couriers"] = script.octets();
}

void addPictures(Corpus& corpus) {
    using S = SessionOrder;
    const Bytes theirs = test::pictureOctets(2), mine = test::pictureOctets(1);
    const std::pair<std::uint8_t, Bytes> said[] = {
        {11, body(wire::FeaturesFrame{wire::kAmendments | wire::kPictures})}, {1, body(wire::HelloFrame{7, "Ada"})},
        {19, body(wire::PictureToldFrame{pictureIdOf(theirs).octets})},       {21, body(wire::PictureFrame{theirs})},
        {20, body(wire::PictureWantedFrame{pictureIdOf(mine).octets})},       {19, body(wire::PictureToldFrame{})}};
    Script script(4);
    script.order(S::Command).u8(static_cast<std::uint8_t>(Command::Picture)).chunk(Bytes{1});
    for (const auto& [type, content] : said)
        script.order(S::Frame).u8(0).u8(type).chunk(content).order(S::Run).u8(3).order(S::Commit);
    script.order(S::Command).u8(static_cast<std::uint8_t>(Command::Picture)).chunk({});
    corpus["engine_session"]["pictures"] = script.order(S::Run).u8(3).octets();
}

void addRings(Corpus& corpus) {
    using S = SessionOrder;
    const auto wanted = [](const char* target) {
        return body(wire::RingWantedFrame{7, *SocketAddress::fromText(target)});
    };
    const std::pair<std::uint8_t, Bytes> said[] = {{11, body(wire::FeaturesFrame{wire::kRings})},
                                                   {1, body(wire::HelloFrame{7, "Ada"})},
                                                   {22, wanted("198.51.100.7:5555")},
                                                   {22, wanted("198.51.100.7:5555")},
                                                   {22, wanted("203.0.113.9:5555")},
                                                   {23, body(wire::RingAnswerFrame{7, wire::RingStatus::Rung})}};
    Script script(4);
    script.order(S::Run).u8(9);
    for (const auto& [type, content] : said)
        script.order(S::Frame).u8(0).u8(type).chunk(content).order(S::Run).u8(3);
    script.order(S::Command).u8(static_cast<std::uint8_t>(Command::AskToRing)).chunk({});
    corpus["engine_session"]["rings"] = script.order(S::Pass).u16(3500).order(S::Run).u8(3).octets();
}

void addStories(Corpus& corpus) {
    using S = SessionOrder;
    auto& scripts = corpus["engine_session"];
    scripts["again-and-again"] = Script(4)
                                     .order(S::Command)
                                     .u8(0)
                                     .chunk(asBytes("one"))
                                     .order(S::Commit)
                                     .order(S::Run)
                                     .u8(5)
                                     .order(S::Close)
                                     .order(S::Reopen)
                                     .order(S::Run)
                                     .u8(15)
                                     .order(S::Command)
                                     .u8(0)
                                     .chunk(asBytes("two"))
                                     .order(S::Commit)
                                     .order(S::Run)
                                     .u8(9)
                                     .octets();
    scripts["silence"] = Script(0)
                             .order(S::Command)
                             .u8(0)
                             .chunk(asBytes("one"))
                             .order(S::Commit)
                             .order(S::Pass)
                             .u16(60'000)
                             .order(S::Run)
                             .u8(9)
                             .octets();
    scripts["tamper"] = Script(0)
                            .order(S::Tamper)
                            .u8(0)
                            .u16(0)
                            .chunk(Bytes{0x04, 2, 0, 1})
                            .order(S::Octets)
                            .u8(0)
                            .chunk(Bytes(99, 1))
                            .order(S::Run)
                            .u8(9)
                            .octets();
    scripts["tamper-before"] = Script(0x80)
                                   .order(S::Tamper)
                                   .u8(2)
                                   .u16(0)
                                   .chunk(Bytes(8, 1))
                                   .order(S::Run)
                                   .u8(15)
                                   .order(S::Run)
                                   .u8(15)
                                   .octets();
    scripts["block-and-remove"] = Script(0)
                                      .order(S::Command)
                                      .u8(4)
                                      .chunk({})
                                      .order(S::Run)
                                      .u8(3)
                                      .order(S::Command)
                                      .u8(5)
                                      .chunk({})
                                      .order(S::Commit)
                                      .order(S::Run)
                                      .u8(9)
                                      .octets();
}

} // namespace

void addSessionScripts(Corpus& corpus) {
    addFrames(corpus);
    addCouriers(corpus);
    addPictures(corpus);
    addRings(corpus);
    addConversation(corpus);
    addStories(corpus);
}

} // namespace culvert::fuzz
