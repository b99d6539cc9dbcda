// MessageExpiry: which messages of one conversation disappear, and when.
//
// A message waits until its lifetime starts (theirs: read; ours: delivered), and is due when that is over. The times
// are those of the wall clock, because they must hold across restarts; a clock that is set moves them.
#pragma once

#include "core/messenger/message.h"

#include <map>
#include <set>
#include <vector>

namespace culvert {

/// Thread safety: the engine's thread.
class MessageExpiry {
public:
    /// A contact who fills the list has its first messages disappear early; the rest of the world is not touched.
    static constexpr std::size_t kMessagesMax = 50'000;

    /// Nothing for messages that stay.
    void add(const Message& message);
    /// A message of ours was delivered.
    void start(const MessageRef& ref, WallTime now);
    /// Everything of theirs was read.
    void startTheirs(WallTime now);
    void remove(const MessageRef& ref);
    /// Takes out what is due.
    std::vector<MessageRef> takeDue(WallTime now);
    /// When something is due next.
    std::optional<WallTime> next() const { return m_due.empty() ? std::nullopt : std::optional(m_due.begin()->first); }

private:
    std::map<MessageRef, std::uint32_t> m_waiting; // -> lifetime in seconds
    std::set<std::pair<WallTime, MessageRef>> m_due;
};

} // namespace culvert
