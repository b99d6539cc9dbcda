#include "core/io/host_resolver.h"

#include "core/io/socket_compat.h"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <thread>

#ifndef _WIN32
#include <netdb.h>
#endif

namespace culvert {

/// What the threads and the resolver share.
struct HostResolver::Shared {
    std::mutex mutex;
    std::function<void()> wake; ///< nothing when the resolver is gone
    std::optional<std::vector<TeredoServerName>> answers;
};

namespace {

bool needsAsking(const TeredoServerName& name) {
    return !Ipv4Address::fromText(name.name);
}

} // namespace

HostResolver::HostResolver(std::function<void()> wake, LookUp lookUp)
    : m_shared(std::make_shared<Shared>()), m_lookUp(std::move(lookUp)) {
    m_shared->wake = std::move(wake);
}

HostResolver::~HostResolver() {
    const std::lock_guard lock(m_shared->mutex);
    m_shared->wake = nullptr;
}

void HostResolver::setNames(Instant now, const std::vector<std::string>& names) {
    std::vector<TeredoServerName> wanted;
    for (const std::string& name : names) {
        const auto before = std::ranges::find(m_known, name, &TeredoServerName::name);
        wanted.push_back(before != m_known.end() ? *before : TeredoServerName{name, {}});
        if (const auto address = Ipv4Address::fromText(name))
            wanted.back().addresses = {*address};
    }
    if (wanted == m_known)
        return;
    m_known = std::move(wanted);
    m_isNew = true;
    refresh(now);
}

void HostResolver::refresh(Instant now) {
    if (std::ranges::any_of(m_known, needsAsking))
        m_askAt = now;
    else
        m_askAt.reset();
}

void HostResolver::drive(Instant now) {
    if (m_isAsking || !m_askAt || now < *m_askAt)
        return;
    m_askAt.reset();
    m_isAsking = true;
    std::vector<std::string> names;
    for (const TeredoServerName& name : m_known)
        if (needsAsking(name))
            names.push_back(name.name);
    // It is not waited for at the end: a system without a name server takes half a minute to say so.
    std::thread([shared = m_shared, lookUp = m_lookUp, names = std::move(names)] {
        std::vector<TeredoServerName> answers;
        for (const std::string& name : names)
            answers.push_back({name, lookUp(name)});
        const std::lock_guard lock(shared->mutex);
        shared->answers = std::move(answers);
        if (shared->wake)
            shared->wake();
    }).detach();
}

std::optional<std::vector<TeredoServerName>> HostResolver::poll(Instant now) {
    std::optional<std::vector<TeredoServerName>> answers;
    {
        const std::lock_guard lock(m_shared->mutex);
        answers.swap(m_shared->answers);
    }
    if (answers) {
        m_isAsking = false;
        bool isAll = true;
        for (TeredoServerName& answer : *answers) {
            std::ranges::sort(answer.addresses);
            const auto known = std::ranges::find(m_known, answer.name, &TeredoServerName::name);
            isAll = isAll && !answer.addresses.empty();
            if (known == m_known.end() || answer.addresses.empty() || known->addresses == answer.addresses)
                continue;
            known->addresses = std::move(answer.addresses);
            m_isNew = true;
        }
        if (!m_askAt) // A refresh that came meanwhile stays due.
            m_askAt = now + (isAll ? kAgainEvery : kAgainAfterFailure);
    }
    if (!std::exchange(m_isNew, false))
        return std::nullopt;
    return m_known;
}

std::optional<Instant> HostResolver::pollTimeout() const {
    return m_isAsking ? std::nullopt : m_askAt;
}

std::vector<Ipv4Address> HostResolver::askSystem(const std::string& name) {
    sockets::startup();
    addrinfo hints{};
    hints.ai_family = AF_INET;
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    std::vector<Ipv4Address> out;
    if (::getaddrinfo(name.c_str(), nullptr, &hints, &found) != 0)
        return out;
    for (const addrinfo* one = found; one != nullptr && out.size() < TeredoClient::kAddressesMax; one = one->ai_next) {
        if (one->ai_family != AF_INET || one->ai_addrlen < sizeof(sockaddr_in))
            continue;
        sockaddr_in address{};
        std::memcpy(&address, one->ai_addr, sizeof address);
        Ipv4Address held;
        std::memcpy(held.octets.data(), &address.sin_addr, held.octets.size());
        out.push_back(held);
    }
    ::freeaddrinfo(found);
    return out;
}

} // namespace culvert
