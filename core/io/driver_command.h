// Driver::command: how a command of Messenger gets to the engine's thread, and its answer back. For Driver's own files.
#pragma once

#include "core/io/driver.h"

namespace culvert {

inline Unexpected notOpen() {
    return fail(ErrorCode::WrongState, "No profile is open. Create one or unlock it first.");
}

template<typename T, typename Command> void Driver::command(Reply<T> reply, Command run) {
    post([this, reply = std::move(reply), run = std::move(run)](const Now& now) {
        if (!m_engine)
            return reply(notOpen());
        const std::uint64_t before = m_engine->lastTicket();
        Result<T> result = run(*m_engine, now);
        const std::uint64_t ticket = m_engine->lastTicket();
        if (ticket > before)
            m_heldReplies.emplace(ticket, [reply, result = std::move(result)] { reply(result); });
        else
            reply(std::move(result));
        drain(now);
        if (ticket > before)
            m_worker->hurry();
    });
}

template<typename T, typename Question> void Driver::ask(const ContactId& contact, Reply<T> reply, Question question) {
    post([this, contact, question, reply = std::move(reply)](const Now&) {
        if (!m_engine)
            return reply(notOpen());
        if (!m_engine->hasContact(contact))
            return reply(fail(ErrorCode::NotFound, "There is no such contact."));
        m_worker->post([this, question, reply](Archive& archive) {
            auto found = question(archive);
            post([reply, found = std::move(found)](const Now&) { reply(found); });
        });
    });
}

} // namespace culvert
