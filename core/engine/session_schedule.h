// SessionSchedule: when each contact's session wants to run next. Hundreds of quiet contacts cost a wake-up nothing:
// what is due stands first, and nobody else is looked at.
//
// Thread: the engine's. Invariant: m_order holds what m_at holds, by time.
#pragma once

#include "core/base/instant.h"
#include "core/messenger/ids.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace culvert {

/// One deadline a contact.
class SessionSchedule {
public:
    /// Nothing: not at all.
    void set(const ContactId& contact, std::optional<Instant> at) {
        if (const auto before = m_at.find(contact); before != m_at.end()) {
            if (before->second == at)
                return;
            m_order.erase({before->second, contact});
            m_at.erase(before);
        }
        if (at) {
            m_at.emplace(contact, *at);
            m_order.emplace(*at, contact);
        }
    }
    std::optional<Instant> next() const {
        return m_order.empty() ? std::nullopt : std::optional(m_order.begin()->first);
    }
    /// Whose time has come, the earliest first. They stay until they are set anew.
    std::vector<ContactId> due(Instant now) const {
        std::vector<ContactId> out;
        for (auto item = m_order.begin(); item != m_order.end() && item->first <= now; ++item)
            out.push_back(item->second);
        return out;
    }

private:
    std::map<ContactId, Instant> m_at;
    std::set<std::pair<Instant, ContactId>> m_order;
};

} // namespace culvert
