// Tampering before the seal: changes what is encrypted next, so that a fuzzer speaks as someone who has the keys.
// It works where the linker can wrap a function (CULVERT_FUZZ_TAMPER); elsewhere nothing is changed.
#pragma once

#include "core/base/bytes.h"

namespace culvert::fuzz {

/// Writes `octets` over the plaintext of a coming encryption, from `offset` on; `skip` encryptions stay as they are.
void armTamper(unsigned skip, std::size_t offset, BytesView octets);
void disarmTamper();
/// Whether anything was changed since the last armTamper().
bool wasTampered();

} // namespace culvert::fuzz
