// The inner form of control messages.
#include "core/wire/control_message.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto message = wire::decodeControlMessage(input);
    if (!message)
        return;
    const Bytes bytes = wire::encode(*message);
    require(bytes.size() <= input.size(), "a message is not longer than what it was decoded from");
    const auto again = wire::decodeControlMessage(bytes);
    require(again && again->index() == message->index(), "an encoded message decodes to its type");
    require(wire::encode(*again) == bytes, "a message survives");
    if (std::holds_alternative<wire::Probe>(*message))
        require(bytes.size() == input.size(), "a probe keeps its padding");
    if (const auto* request = std::get_if<wire::HandoffRequest>(&*message))
        require(request->sealed.size() <= wire::kHandoffSealedMax, "a handoff is bounded");
}

} // namespace culvert::fuzz
