// NativeForwarder: sends whole IPv6 packets with source addresses that are not ours, as routers do.
//
// A Teredo server needs it for ICMPv6 to native hosts (RFC 4380 §5.3.1): the source must stay the client's, because the
// answers go to it through a relay. That takes a raw socket, and on Linux the right CAP_NET_RAW while it is opened, at
// no time later. Elsewhere there is none.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <memory>

namespace culvert {

/// Thread safety: one thread.
class NativeForwarder {
public:
    virtual ~NativeForwarder() = default;

    /// Sends to the destination that the packet names. False when it could not go (full buffer, no route). REQUIRES: a
    /// whole IPv6 packet, checked by the caller: nothing is filled in
    virtual bool send(BytesView packet) = 0;

    /// Unsupported where this system has no such sockets; IoFailure, with a sentence that says what to do, where this
    /// program may not open one.
    static Result<std::unique_ptr<NativeForwarder>> open();
};

} // namespace culvert
