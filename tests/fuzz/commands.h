// The user's commands and the system's news, as scripts order them.
#pragma once

#include "tests/fuzz/engine_script.h"
#include "tests/fuzz/engine_world.h"

namespace culvert::fuzz {

/// Does what the octet says; `text` is what the command needs.
void command(EngineWorld& world, std::uint8_t which, BytesView text);

} // namespace culvert::fuzz
