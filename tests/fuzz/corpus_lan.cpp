// Scripts for LanFinder.
#include "core/lan/beacon.h"
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/lan_script.h"
#include "tests/support/seeded_random.h"

namespace culvert::fuzz {

namespace {

using L = LanOrder;

constexpr std::uint8_t kNow = 2; // of the epochs from now, which stand with 2 added

Script begin() {
    Script script(static_cast<std::uint8_t>(L::Network));
    return script.u8(3).order(L::Expect).u8(0).u8(0).order(L::Expect).u8(1).u8(1);
}

Script& beacon(Script& script, std::uint8_t contact, std::uint8_t epoch, std::uint8_t round, std::uint8_t source) {
    return script.order(L::Beacon).u8(contact).u8(0).u8(epoch).u8(round).u8(source);
}

} // namespace

void addLanScripts(Corpus& corpus) {
    auto& scripts = corpus["lan_finder"];
    Script epochs = begin();
    for (std::uint8_t epoch = 0; epoch < 5; ++epoch)
        for (const std::uint8_t source : {12, 13, 14, 15, 16, 17})
            beacon(epochs, 0, epoch, epoch, source);
    scripts["epochs"] = epochs.octets();
    Script replay = begin();
    for (std::uint8_t i = 0; i < 80; ++i)
        beacon(replay, 0, kNow, 3, static_cast<std::uint8_t>(6 * i)).order(L::Sleep).u16(100);
    scripts["replay"] = replay.octets();
    Script strangers = begin();
    for (std::uint8_t i = 0; i < 12; ++i)
        strangers.order(L::Call).u8(i).u8(kNow).u8(i).u8(12).order(L::Answer).u8(i).u8(1).u8(kNow).u8(i).u8(13);
    scripts["invitations"] = strangers.octets();
    Script clock = begin();
    for (const std::uint16_t seconds : {599, 600, 1, 1200, 5000, 0xfc18, 0xfda8})
        beacon(clock.order(L::Clock).u16(seconds), 0, kNow, 1, 12);
    scripts["clock"] = clock.octets();
    Script pauses = begin();
    for (const std::uint16_t milliseconds : {0, 249, 250, 1000, 2000, 8000, 60000, 60000, 60000, 60000, 60000})
        pauses.order(L::Sleep).u16(milliseconds);
    pauses.order(L::Seek).u8(0).u8(0).order(L::Seek).u8(1).u8(0).order(L::Sleep).u16(60000).order(L::Seek).u8(0).u8(1);
    scripts["pauses"] = pauses.octets();
    Script changes = begin();
    for (std::uint8_t which = 0; which < 8; ++which) {
        changes.order(L::Network).u8(which).order(L::Restart).order(L::Switch).u8(which);
        beacon(changes, 0, kNow, 0, 12).order(L::Forget).u8(which).order(L::Expect).u8(which).u8(which);
    }
    scripts["changes"] = changes.octets();
    Script restarts = begin();
    for (int i = 0; i < 200; ++i)
        restarts.order(L::Restart).order(L::Sleep).u16(10);
    scripts["restarts"] = restarts.octets();
    test::SeededRandom random(3);
    for (const std::size_t tags : {0U, 9U, 64U}) {
        const Bytes sound = encodeLanBeacon(LanBeaconKind::Seek, std::vector<LanTag>(tags), random);
        Script raw = begin();
        for (const std::size_t size : {sound.size(), sound.size() - 1, sound.size() - 16, std::size_t{4}})
            raw.order(L::Raw).u8(12).chunk(BytesView(sound).first(size));
        scripts["raw-" + std::to_string(tags)] = raw.octets();
    }
}

} // namespace culvert::fuzz
