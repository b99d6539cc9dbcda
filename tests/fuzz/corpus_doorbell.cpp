// Scripts for the doorbell.
#include "core/doorbell/ring.h"
#include "tests/fuzz/corpus_script.h"
#include "tests/fuzz/doorbell_script.h"

namespace culvert::fuzz {

namespace {

using D = DoorbellOrder;

constexpr std::uint8_t kNow = 2; // of the epochs from now, which stand with 2 added

Script begin() {
    Script script(static_cast<std::uint8_t>(D::Expect));
    return script.u8(0).order(D::Expect).u8(1);
}

Script& genuine(Script& script, std::uint8_t contact, std::uint8_t epoch, std::uint8_t index, std::uint8_t caller) {
    return script.order(D::Genuine).u8(contact).u8(epoch).u8(index).u8(caller);
}

Bytes packet(std::size_t size) {
    const Ipv6Address caller = *Ipv6Address::fromText("2001:0:2d5a:1::1");
    DoorbellRing ring;
    ring.id.fill(7);
    Bytes out = encodeRing(caller, SocketAddress(*Ipv6Address::fromText("2001:db8::7"), 4000), ring);
    out.resize(std::min(out.size(), size));
    return out;
}

} // namespace

void addDoorbellScripts(Corpus& corpus) {
    auto& scripts = corpus["doorbell"];
    Script each = begin();
    for (std::uint8_t epoch = 0; epoch < 5; ++epoch)
        for (const std::uint8_t caller : {1, 2, 255})
            genuine(each, caller, epoch, epoch, caller);
    scripts["epochs"] = each.octets();
    Script twice = begin();
    genuine(twice, 0, kNow, 3, 1);
    genuine(twice, 0, kNow, 3, 1);
    twice.order(D::Restart);
    genuine(twice, 0, kNow, 3, 1);
    twice.order(D::Forget).u8(0).order(D::Expect).u8(0);
    scripts["replay"] = genuine(twice, 0, kNow, 3, 1).octets();
    Script many = begin();
    for (std::uint8_t caller = 0; caller < 80; ++caller)
        genuine(many, 1, kNow, caller % kRingsPerEpoch, caller);
    scripts["too-many"] = many.octets();
    Script forged = begin();
    for (const std::uint8_t octet : {0, 15, 16, 31})
        forged.order(D::Forged).u8(0).u8(kNow).u8(0).u8(1).u8(octet);
    scripts["forged"] = forged.octets();
    Script clock = begin();
    for (const std::uint16_t seconds : {119, 120, 1, 240, 1000, 0xfc18, 0xff88})
        genuine(clock.order(D::Clock).u16(seconds), 0, kNow, 1, 1);
    scripts["clock"] = clock.octets();
    for (const std::size_t size : {1000U, 127U, 100U, 96U, 95U, 60U})
        scripts["packet-" + std::to_string(size)] = begin().order(D::Raw).chunk(packet(size)).octets();
    Script payloads = begin();
    for (const std::size_t size : {0U, 1U, 31U, 32U, 33U, 64U})
        payloads.order(D::Payload).chunk(Bytes(size, 5));
    scripts["payloads"] = payloads.octets();
    Script kept = begin();
    kept.order(D::Restart);
    for (const std::uint16_t seconds : {1, 20, 28, 30, 60000})
        kept.order(D::Sleep).u16(seconds);
    scripts["kept"] = kept.octets();
}

} // namespace culvert::fuzz
