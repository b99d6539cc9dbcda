// Driver, third part: the commands of a conversation, and pictures.
#include "core/io/driver_command.h"

namespace culvert {

void Driver::sendMessage(ContactId contact, OutgoingMessage message, Reply<MessageId> reply) {
    command(std::move(reply), [contact, message = std::move(message)](Engine& engine, const Now& now) {
        return engine.sendMessage(now, contact, message.text, message.replyTo);
    });
}

// The archive knows whether there is such a message, the engine what may be done to it.
void Driver::amend(const ContactId& contact, Amendment amendment, Reply<void> reply) {
    const MessageRef target = amendment.target;
    ask<Message>(
        contact,
        [this, contact, amendment = std::move(amendment), reply = std::move(reply)](const Result<Message>& found) {
            if (!found)
                return reply(Unexpected(found.error()));
            if (found->isDeleted || found->kind != MessageKind::Text)
                return reply(fail(ErrorCode::WrongState, "This message was deleted."));
            command(reply, [contact, amendment](Engine& engine, const Now& now) {
                return engine.amend(now, contact, amendment);
            });
        },
        [contact, target](Archive& archive) { return archive.message(contact, target); });
}

void Driver::editMessage(ContactId contact, MessageId id, std::string text, Reply<void> reply) {
    amend(contact, {{MessageFrom::Me, id}, AmendmentKind::Edit, MessageFrom::Me, std::move(text), {}},
          std::move(reply));
}

void Driver::deleteMessage(ContactId contact, MessageRef target, DeleteFrom from, Reply<void> reply) {
    if (from == DeleteFrom::Both)
        return amend(contact, {target, AmendmentKind::Deletion, MessageFrom::Me, {}, {}}, std::move(reply));
    command(std::move(reply),
            [contact, target](Engine& engine, const Now& now) { return engine.eraseMessage(now, contact, target); });
}

void Driver::react(ContactId contact, MessageRef target, std::string reaction, Reply<void> reply) {
    amend(contact, {target, AmendmentKind::Reaction, MessageFrom::Me, std::move(reaction), {}}, std::move(reply));
}

void Driver::setTyping(ContactId contact, bool isTyping, Reply<void> reply) {
    command(std::move(reply),
            [contact, isTyping](Engine& engine, const Now& now) { return engine.setTyping(now, contact, isTyping); });
}

void Driver::muteContact(ContactId contact, std::optional<WallTime> until, Reply<void> reply) {
    command(std::move(reply),
            [contact, until](Engine& engine, const Now& now) { return engine.muteContact(now, contact, until); });
}

void Driver::setDraft(ContactId contact, std::string text, Reply<void> reply) {
    command(std::move(reply), [contact, text = std::move(text)](Engine& engine, const Now& now) {
        return engine.setDraft(now, contact, text);
    });
}

void Driver::setDisappearing(ContactId contact, std::uint32_t seconds, Reply<void> reply) {
    command(std::move(reply), [contact, seconds](Engine& engine, const Now& now) {
        return engine.setDisappearing(now, contact, seconds);
    });
}

void Driver::messages(ContactId contact, std::uint64_t before, std::size_t limit, Reply<std::vector<Message>> reply) {
    ask(contact, std::move(reply),
        [contact, before, limit](Archive& archive) { return archive.messages(contact, before, limit); });
}

void Driver::messagesAfter(ContactId contact, std::uint64_t after, std::size_t limit,
                           Reply<std::vector<Message>> reply) {
    ask(contact, std::move(reply),
        [contact, after, limit](Archive& archive) { return archive.messagesAfter(contact, after, limit); });
}

void Driver::findMessage(ContactId contact, MessageRef ref, Reply<Message> reply) {
    ask(contact, std::move(reply), [contact, ref](Archive& archive) { return archive.message(contact, ref); });
}

void Driver::ownPicture(Reply<Bytes> reply) {
    command(std::move(reply), [](Engine& engine, const Now&) { return Result<Bytes>(engine.ownPicture()); });
}

void Driver::setOwnPicture(Bytes octets, Reply<void> reply) {
    command(std::move(reply),
            [octets = std::move(octets)](Engine& engine, const Now& now) { return engine.setOwnPicture(now, octets); });
}

// The engine knows which one is wanted, and the archive has the octets; whether they are the right ones the engine
// sees.
void Driver::contactPicture(ContactId contact, Reply<Bytes> reply) {
    const auto read = [this, contact, reply](const Result<PictureId>& wanted) {
        if (!wanted)
            return reply(Unexpected(wanted.error()));
        ask<Bytes>(
            contact,
            [this, contact, wanted = *wanted, reply](const Result<Bytes>& stored) {
                command(reply, [contact, wanted, stored](Engine& engine, const Now& now) {
                    return engine.checkPicture(now, contact, wanted, stored);
                });
            },
            [contact](Archive& archive) { return archive.picture(contact); });
    };
    command<PictureId>(read, [contact](Engine& engine, const Now&) { return engine.pictureOf(contact); });
}

} // namespace culvert
