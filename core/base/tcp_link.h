// What goes between the sans-I/O core and the adapter's TCP connections. The core numbers them.
#pragma once

#include "core/base/socket_address.h"

#include <cstdint>

namespace culvert {

/// A TCP connection, as long as it lasts. Never used twice.
using TcpLinkId = std::uint64_t;

/// What became of a connection. `octets` borrows.
struct TcpInput {
    /// Connected: one that was asked for is there.
    enum class What { Connected, Received, Closed };
    What what = What::Closed;
    TcpLinkId link = 0;
    BytesView octets;
};

/// What the adapter shall do. Octets that do not fit its buffer it drops, all of one order or none.
struct TcpOrder {
    /// Close: nothing of it is asked for or told any more.
    enum class What { Connect, Send, Close };
    What what = What::Close;
    TcpLinkId link = 0;
    SocketAddress remote; ///< of Connect
    Bytes octets;         ///< of Send
};

} // namespace culvert
