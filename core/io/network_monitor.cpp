#include "core/io/network_monitor.h"

namespace culvert {

NetworkMonitor::NetworkMonitor(std::vector<SocketAddress> bound, NetworkSourceChoice choice)
    : m_bound(std::move(bound)) {
    if (choice == NetworkSourceChoice::Automatic)
        m_source = makeNetlinkSource();
    if (!m_source)
        m_source = makePlainSource();
}

LocalNetwork NetworkMonitor::read(std::uint16_t port) {
    auto facts = m_source->read();
    if (!facts) {
        if (!m_fallback)
            m_fallback = makePlainSource();
        facts = m_fallback->read();
    }
    return toLocalNetwork(facts.value_or(NetworkFacts{}), port, m_bound);
}

} // namespace culvert
