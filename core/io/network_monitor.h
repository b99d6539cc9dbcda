// NetworkMonitor: what this computer is connected to, and when that changes.
#pragma once

#include "core/io/network_source.h"

namespace culvert {

/// Where a NetworkMonitor looks; tests choose the plain one to try the fallback.
enum class NetworkSourceChoice { Automatic, Plain };

/// Thread safety: one thread.
class NetworkMonitor {
public:
    /// With specified `bound` addresses only those count.
    explicit NetworkMonitor(std::vector<SocketAddress> bound,
                            NetworkSourceChoice choice = NetworkSourceChoice::Automatic);

    /// Asks the system; takes about a millisecond. `port` is copied into the answer.
    LocalNetwork read(std::uint16_t port);
    /// A handle that becomes readable when interfaces, addresses or routes changed. Nothing where the system has no
    /// such thing: then read() from time to time.
    std::optional<std::intptr_t> handle() const { return m_source->handle(); }
    /// Empties the handle; true when something relevant happened.
    bool changed() { return m_source->changed(); }

private:
    std::vector<SocketAddress> m_bound;
    std::unique_ptr<NetworkSource> m_source;
    std::unique_ptr<NetworkSource> m_fallback; // when the first one fails to answer
};

} // namespace culvert
