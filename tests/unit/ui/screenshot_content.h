// What the pictures of the window show: a person's contacts and conversations, in Arabic where that is spoken.
#pragma once

#include "core/messenger/contact.h"

#include <cstdint>

namespace culvert {

class FakeMessenger;

/// The first text, or the second where Arabic is spoken.
const char* words(const char* english, const char* arabic);

std::int64_t minutesAgo(int minutes);

/// Contacts in every state, and a conversation with the first.
void fillContacts(FakeMessenger& core);

/// A conversation with everything that a message can be.
void fillTalk(FakeMessenger& core);

} // namespace culvert
