// HostResolver: the IPv4 addresses of host names, asked of the system on a thread of its own, because that may take as
// long as it likes. Names that are addresses are their own answer, and nobody is asked.
//
// A name is asked again every hour, after a minute where there was no answer, and when the network changed. What a name
// led to before counts until there is a better answer.
#pragma once

#include "core/teredo/teredo_client.h"

#include <functional>
#include <memory>

namespace culvert {

/// Thread safety: one thread; lookups run on others, which outlive it when the system does not answer.
class HostResolver {
public:
    static constexpr Duration kAgainEvery = 1h;
    static constexpr Duration kAgainAfterFailure = 1min;

    /// Where a name leads; nothing when it leads nowhere. May take long.
    using LookUp = std::function<std::vector<Ipv4Address>(const std::string& name)>;

    /// `wake` is called on another thread when poll() has something, and so is `lookUp`.
    explicit HostResolver(std::function<void()> wake, LookUp lookUp = askSystem);
    ~HostResolver();
    HostResolver(const HostResolver&) = delete;
    HostResolver& operator=(const HostResolver&) = delete;

    void setNames(Instant now, const std::vector<std::string>& names);
    /// The network changed: other servers may answer now.
    void refresh(Instant now);
    /// Begins a lookup where one is due.
    void drive(Instant now);
    /// Where each name leads, when that is known or became another.
    std::optional<std::vector<TeredoServerName>> poll(Instant now);
    std::optional<Instant> pollTimeout() const;

    /// The system's resolver. Any thread.
    static std::vector<Ipv4Address> askSystem(const std::string& name);

private:
    struct Shared;

    std::shared_ptr<Shared> m_shared; ///< with the threads
    LookUp m_lookUp;
    std::vector<TeredoServerName> m_known;
    bool m_isNew = false;
    bool m_isAsking = false;
    std::optional<Instant> m_askAt;
};

} // namespace culvert
