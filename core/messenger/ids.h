// Identifiers that the window, scripts and the engine share.
#pragma once

#include "core/base/strong_id.h"

namespace culvert {

/// A contact is named by its Ed25519 public key (RFC 8032).
using ContactId = StrongId<struct ContactTag, 32>;
/// Chosen at random by the sender; the same on both sides.
using MessageId = StrongId<struct MessageTag, 16>;
/// A picture is named by a hash of its octets.
using PictureId = StrongId<struct PictureTag, 16>;

} // namespace culvert
