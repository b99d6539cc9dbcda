#include "core/engine/message_expiry.h"

#include <algorithm>

namespace culvert {

namespace {

WallTime after(WallTime start, std::uint32_t seconds) {
    return {start.milliseconds + std::int64_t{1000} * seconds};
}

} // namespace

void MessageExpiry::add(const Message& message) {
    if (message.lifetimeSeconds == 0)
        return;
    const MessageRef ref{message.from, message.id};
    if (m_waiting.size() + m_due.size() >= kMessagesMax) {
        const MessageRef early = m_due.empty() ? m_waiting.begin()->first : m_due.begin()->second;
        remove(early);
        m_due.emplace(WallTime{}, early);
    }
    if (message.expiresAt)
        m_due.emplace(*message.expiresAt, ref);
    else
        m_waiting[ref] = message.lifetimeSeconds;
}

void MessageExpiry::start(const MessageRef& ref, WallTime now) {
    const auto found = m_waiting.find(ref);
    if (found == m_waiting.end())
        return;
    m_due.emplace(after(now, found->second), ref);
    m_waiting.erase(found);
}

void MessageExpiry::startTheirs(WallTime now) {
    std::erase_if(m_waiting, [&](const auto& item) {
        if (item.first.from != MessageFrom::Them)
            return false;
        m_due.emplace(after(now, item.second), item.first);
        return true;
    });
}

void MessageExpiry::remove(const MessageRef& ref) {
    m_waiting.erase(ref);
    const auto found = std::ranges::find(m_due, ref, [](const auto& item) { return item.second; });
    if (found != m_due.end())
        m_due.erase(found);
}

std::vector<MessageRef> MessageExpiry::takeDue(WallTime now) {
    std::vector<MessageRef> out;
    while (!m_due.empty() && m_due.begin()->first <= now) {
        out.push_back(m_due.begin()->second);
        m_due.erase(m_due.begin());
    }
    return out;
}

} // namespace culvert
