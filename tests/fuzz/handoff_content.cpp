// What a handoff says once it is opened.
#include "core/wire/control_message.h"
#include "tests/fuzz/fuzz.h"

namespace culvert::fuzz {

void run(BytesView input) {
    const auto content = wire::decodeHandoffContent(input);
    if (!content)
        return;
    const Bytes bytes = wire::encode(*content);
    require(bytes.size() <= input.size(), "a handoff's content does not grow");
    const auto again = wire::decodeHandoffContent(bytes);
    require(again.has_value(), "an encoded handoff content decodes");
    require(again->key == content->key && again->token == content->token && again->time == content->time &&
                again->endpoints == content->endpoints && again->additions == content->additions,
            "a handoff's content survives");
}

} // namespace culvert::fuzz
