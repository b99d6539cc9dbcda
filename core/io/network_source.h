// NetworkSource: where the facts about this computer's network come from, and who tells of changes.
#pragma once

#include "core/io/network_facts.h"

#include <memory>

namespace culvert {

/// Thread safety: one thread.
class NetworkSource {
public:
    virtual ~NetworkSource() = default;
    /// Reads everything; nothing when the system does not answer. Takes about a millisecond.
    virtual std::optional<NetworkFacts> read() = 0;
    /// Becomes readable when something changed; nothing where the system cannot tell.
    virtual std::optional<std::intptr_t> handle() const { return std::nullopt; }
    /// Takes what the handle has; true when it may matter to toLocalNetwork().
    virtual bool changed() { return false; }
};

/// Linux's rtnetlink, which needs no privilege. nullptr where it is missing or forbidden.
std::unique_ptr<NetworkSource> makeNetlinkSource();

/// What Qt says of the interfaces, on every system. It knows neither routes nor which addresses are temporary: kinds
/// are told by name, and the first host of each private IPv4 subnet stands for the default router.
std::unique_ptr<NetworkSource> makePlainSource();

} // namespace culvert
