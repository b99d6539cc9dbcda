// The engine's records, as the archive gives them back.
#include "core/engine/records.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {
namespace {

void checkProfile(BytesView blob) {
    const auto profile = decodeProfile(blob);
    if (!profile)
        return;
    const Bytes bytes = encode(*profile);
    const auto again = decodeProfile(bytes);
    require(again && encode(*again) == bytes, "a profile survives");
}

void checkContact(BytesView blob) {
    const auto contact = decodeContact(blob);
    if (!contact)
        return;
    require(contact->lastRemotes.size() <= kLastRemotesMax, "remembered addresses are bounded");
    const Bytes bytes = encode(*contact);
    const auto again = decodeContact(bytes);
    require(again && encode(*again) == bytes, "a contact survives");
}

} // namespace

// | 0: profile, otherwise: contact | blob |
void run(BytesView input) {
    Input script(input);
    const bool isProfile = script.u8() == 0;
    const BytesView blob = script.rest();
    isProfile ? checkProfile(blob) : checkContact(blob);
}

} // namespace culvert::fuzz
