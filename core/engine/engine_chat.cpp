// Engine: what the user asks for in a conversation, and how each sees the other.
#include "core/engine/engine.h"

#include "core/messenger/picture.h"

namespace culvert {

namespace {

Result<void> checkText(const std::string& text) {
    if (text.empty())
        return fail(ErrorCode::InvalidArgument, "The message is empty.");
    if (text.size() > kMessageTextMax)
        return fail(ErrorCode::InvalidArgument, "The message is too long: at most " + std::to_string(kMessageTextMax) +
                                                    " octets of UTF-8. Send it in parts.");
    return {};
}

Result<void> checkMayWrite(const ContactRecord& contact) {
    switch (contact.state) {
    case ContactState::Pending:
        return fail(ErrorCode::WrongState, "Accept this contact before you write to them.");
    case ContactState::Blocked:
        return fail(ErrorCode::WrongState, "You have blocked this contact. Accept it to unblock it.");
    case ContactState::Requested:
    case ContactState::Accepted:
        break;
    }
    return {};
}

Result<void> checkKnowsAmendments(const ContactRecord& contact) {
    if (contact.features && (*contact.features & wire::kAmendments) == 0)
        return fail(ErrorCode::WrongState, "Their Culvert is too old for this. It works when they have updated it.");
    return {};
}

} // namespace

Result<MessageId> Engine::sendMessage(const Now& now, const ContactId& contact, const std::string& text,
                                      const std::optional<MessageRef>& replyTo) {
    TRY(session, named(contact));
    TRY_VOID(checkText(text));
    TRY_VOID(checkMayWrite(session->record()));
    const MessageId id = session->sendMessage(now, text, replyTo);
    finish(now);
    return id;
}

Result<void> Engine::amend(const Now& now, const ContactId& contact, const Amendment& amendment) {
    TRY(session, named(contact));
    if (amendment.kind == AmendmentKind::Edit)
        TRY_VOID(checkText(amendment.text));
    if (amendment.target.from != MessageFrom::Me && amendment.kind != AmendmentKind::Reaction)
        return fail(ErrorCode::WrongState, "Only who wrote a message can change it.");
    if (!isAllowed(amendment))
        return fail(ErrorCode::InvalidArgument, "A reaction is one emoji.");
    TRY_VOID(checkMayWrite(session->record()));
    TRY_VOID(checkKnowsAmendments(session->record()));
    session->amend(now, amendment);
    finish(now);
    return {};
}

Result<void> Engine::eraseMessage(const Now& now, const ContactId& contact, const MessageRef& target) {
    TRY(session, named(contact));
    session->erase(target);
    finish(now);
    return {};
}

Result<void> Engine::markRead(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    session->markRead(now);
    finish(now);
    return {};
}

Result<void> Engine::setTyping(const Now& now, const ContactId& contact, bool isTyping) {
    TRY(session, named(contact));
    session->setTyping(now, isTyping);
    finish(now);
    return {};
}

Result<void> Engine::muteContact(const Now& now, const ContactId& contact, std::optional<WallTime> until) {
    TRY(session, named(contact));
    session->mute(until);
    finish(now);
    return {};
}

Result<void> Engine::setDraft(const Now& now, const ContactId& contact, std::string text) {
    TRY(session, named(contact));
    if (text.size() > kMessageTextMax)
        return fail(ErrorCode::InvalidArgument, "The draft is longer than a message may be.");
    session->setDraft(std::move(text));
    finish(now);
    return {};
}

Result<void> Engine::setDisappearing(const Now& now, const ContactId& contact, std::uint32_t seconds) {
    TRY(session, named(contact));
    if (seconds > kLifetimeSecondsMax)
        return fail(ErrorCode::InvalidArgument, "Messages disappear after four weeks at the latest.");
    TRY_VOID(checkMayWrite(session->record()));
    TRY_VOID(checkKnowsAmendments(session->record()));
    session->setDisappearing(now, seconds);
    finish(now);
    return {};
}

Result<void> Engine::setOwnPicture(const Now& now, Bytes octets) {
    if (!octets.empty() && !isPicture(octets))
        return fail(ErrorCode::InvalidArgument, "A picture is a JPEG of at most " + std::to_string(kPictureSideMax) +
                                                    " pixels a side and " + std::to_string(kPictureOctetsMax) +
                                                    " octets, neither progressive nor with anything beside it.");
    if (octets == m_context.picture.octets)
        return {};
    m_context.picture.id = octets.empty() ? std::nullopt : std::optional(pictureIdOf(octets));
    m_context.picture.octets = octets;
    m_context.out.writes.push_back(PutPicture{{}, std::move(octets)});
    for (auto& [id, session] : m_sessions) {
        session->tellPicture();
        m_dirty.insert(id);
    }
    finish(now);
    return {};
}

Result<PictureId> Engine::pictureOf(const ContactId& contact) const {
    const PeerSession* session = find(contact);
    if (session == nullptr || !session->record().picture)
        return fail(ErrorCode::NotFound, "This contact has no picture.");
    return *session->record().picture;
}

Result<Bytes> Engine::checkPicture(const Now& now, const ContactId& contact, const PictureId& wanted,
                                   Result<Bytes> stored) {
    TRY(session, named(contact));
    if (stored && pictureIdOf(*stored) == wanted)
        return stored;
    if (!stored && stored.error().code != ErrorCode::NotFound)
        return stored; // It may be there the next time.
    // Damaged, or an older one that was saved from a damaged file; unless another one came meanwhile.
    if (session->record().picture == wanted)
        session->forgetPicture();
    finish(now);
    return fail(ErrorCode::NotFound, "The picture is not there any more.");
}

} // namespace culvert
