// MessageValue: the octets of a stored message before they are sealed.
//
//  from (1) | state (1) | reason (1) | contact (32) | id (16) | position (8) | sequence (8) | sent at (8) | text
//
// With the highest bit of `from` set the length (2) of additions and the additions stand before the text:
//
//  | tag (1) | length (1) | value (length) | ...       unknown tags are dropped when the message is written again
//   1 kind (1)              2 replies to: from (1), id (16)      3 edited at (8)       4 deleted (0)
//   5 my reaction           6 their reaction                     7 lifetime, s (4)     8 expires at (8)
//   9 open change (8)      10 open reaction (8)
//
// Pure; any thread.
#pragma once

#include "core/messenger/archive.h"

namespace culvert {

Bytes encodeMessage(const PutMessage& stored);
Result<PutMessage> decodeMessage(BytesView bytes);

/// Whether something is still to happen with it: it waits to be sent, read, or to disappear.
bool isOpen(const PutMessage& stored);

} // namespace culvert
