// What an introduction says once it is opened.
#include "core/wire/control_message.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto payload = wire::decodeIntroductionPayload(input);
    if (!payload)
        return;
    require(std::ranges::equal(wire::encode(*payload), input), "an introduction payload survives");
    (void)wire::decodeControlMessage(payload->message);
}

} // namespace culvert::fuzz
