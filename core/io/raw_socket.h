// Raw IPv6 sockets, for the two things that cannot be had without: a server's packets with its clients' addresses
// (NativeForwarder), and echo requests to our own (NativeEchoSocket). On Linux they take the right CAP_NET_RAW while
// they are opened, at no time later. Elsewhere there are none.
#pragma once

#include "core/base/result.h"

namespace culvert {

/// A socket of this protocol that does not block. Unsupported where this system has none; IoFailure, with a sentence
/// that says what to do, where this program may not open one.
Result<int> openRawSocket(int protocol);

/// Gives up the right to open raw sockets, for good; those that are open stay. Does nothing where there is no such
/// right.
void dropRawSocketRight();

} // namespace culvert
