#include "fake_messenger.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <functional>

namespace culvert {
namespace {

constexpr std::string_view kScheme = "culvert:";

std::int64_t wallNow() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

ContactId FakeMessenger::key(int number) {
    ContactId id;
    std::uint32_t mix = 2166136261U;
    for (std::size_t i = 0; i < id.octets.size(); ++i) {
        mix = (mix ^ static_cast<std::uint32_t>(number)) * 16777619U + 7;
        id.octets[i] = static_cast<std::uint8_t>(mix >> 13);
    }
    return id;
}

std::string FakeMessenger::addressOf(const ContactId& id) {
    return std::string(kScheme) + id.text() + "p6gx2scymbpuz5q7kvrxe4h3ndw2aq5olbtx6c3fyvj2kmzru";
}

AddressCheck FakeMessenger::check(const std::string& text) {
    const auto at = text.find(kScheme);
    if (at == std::string::npos)
        return {std::nullopt,
                Error{ErrorCode::Malformed, "This text holds no Culvert address. One begins with culvert:"}};
    const auto end = text.find_first_of(" \n", at);
    const std::string body =
        text.substr(at + kScheme.size(), end == std::string::npos ? end : end - at - kScheme.size());
    const auto id = ContactId::fromText(body.substr(0, 52));
    if (!id)
        return {std::nullopt, Error{ErrorCode::Truncated, "The address is cut off. Copy it again, to its end."}};
    return {id, std::nullopt};
}

void FakeMessenger::emitEvent(const MessengerEvent& event) {
    for (const Listener& listener : m_listeners)
        listener(event);
}

Contact& FakeMessenger::put(const std::string& name, int number, ContactState contactState, const Presence& presence) {
    Contact contact;
    contact.id = key(number);
    contact.name = name;
    contact.state = contactState;
    contact.presence = presence;
    contact.canRing = presence.online;
    contact.safetyNumber = "48213 90417 55120 83366 10925 77804 36198 20457 64933 08172 95541 31760";
    return m_contacts[contact.id] = contact;
}

Message& FakeMessenger::putMessage(const ContactId& contact, MessageFrom from, const std::string& text,
                                   std::int64_t sentAt, MessageState messageState) {
    Message message;
    const int number = m_nextMessage++;
    message.id.octets[0] = static_cast<std::uint8_t>(number);
    message.id.octets[1] = static_cast<std::uint8_t>(number >> 8);
    message.id.octets[2] = static_cast<std::uint8_t>(number >> 16);
    message.contact = contact;
    message.from = from;
    message.position = static_cast<std::uint64_t>(number);
    message.text = text;
    message.sentAt = {sentAt};
    message.state = messageState;
    return m_messages[contact].emplace_back(message);
}

void FakeMessenger::theyAsk(const std::string& name, int number, const std::string& greeting) {
    Contact& contact = put(name, number, ContactState::Pending);
    contact.greeting = greeting;
    emitEvent(ContactRequestEvent{contact});
}

void FakeMessenger::theyAccept(const ContactId& contact) {
    change(contact, [](Contact& changed) {
        changed.state = ContactState::Accepted;
        changed.presence = {true, PathKind::Native6, 24ms, Verdict::None};
    });
}

void FakeMessenger::theyWrite(const ContactId& contact, const std::string& text) {
    const Message message = putMessage(contact, MessageFrom::Them, text, wallNow());
    emitEvent(MessageReceivedEvent{message});
    change(contact, [](Contact& changed) { ++changed.unread; });
}

void FakeMessenger::theyShow(const ContactId& contact, const Bytes& octets) {
    m_pictures[contact] = octets;
    change(contact, [&](Contact& changed) {
        changed.picture.reset();
        if (!octets.empty())
            changed.picture = PictureId{{static_cast<std::uint8_t>(++m_nextPicture)}};
    });
}

void FakeMessenger::setOwnPicture(Bytes octets, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    picture = std::move(octets);
    reply({});
}

void FakeMessenger::contactPicture(ContactId contact, Reply<Bytes> reply) {
    ++picturesAsked;
    const auto found = m_pictures.find(contact);
    if (found == m_pictures.end() || found->second.empty())
        return reply(fail(ErrorCode::NotFound, "This contact has no picture."));
    reply(found->second);
}

void FakeMessenger::setPresence(const ContactId& contact, const Presence& presence) {
    change(contact, [&](Contact& changed) { changed.presence = presence; });
}

void FakeMessenger::setMessageState(const MessageId& id, MessageState messageState) {
    for (auto& [contact, list] : m_messages) {
        for (Message& message : list) {
            if (message.id != id)
                continue;
            message.state = messageState;
            emitEvent(MessageStateEvent{contact, id, messageState, FailReason::None});
        }
    }
}

void FakeMessenger::createProfile(ProfileRequest request, Reply<std::string> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    m_name = request.name;
    m_secret = request.secret;
    storage.keySource = request.keySource;
    created = std::move(request);
    state = ProfileState::Open;
    reply(addressOf(key(0)));
    emitEvent(ReadyEvent{addressOf(key(0))});
}

void FakeMessenger::unlockProfile(std::string secret, Reply<std::string> reply) {
    if (!opens(secret))
        return reply(fail(ErrorCode::WrongPassphrase, "The passphrase does not open the store."));
    state = ProfileState::Open;
    reply(addressOf(key(0)));
}

void FakeMessenger::addContact(AddContactRequest request, Reply<ContactId> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    const AddressCheck found = check(request.address);
    if (!found.contact)
        return reply(Unexpected(*found.error));
    Contact contact;
    contact.id = *found.contact;
    contact.name = request.name.empty() ? "Lena" : request.name;
    added = std::move(request);
    m_contacts[contact.id] = contact;
    reply(contact.id);
    emitEvent(ContactChangedEvent{contact});
}

void FakeMessenger::contacts(Reply<std::vector<Contact>> reply) {
    std::vector<Contact> all;
    for (const auto& [id, contact] : m_contacts)
        all.push_back(contact);
    reply(all);
}

void FakeMessenger::acceptContact(ContactId contact, Reply<void> reply) {
    change(
        contact, [](Contact& changed) { changed.state = ContactState::Accepted; }, reply);
}

void FakeMessenger::removeContact(ContactId contact, Reply<void> reply) {
    m_contacts.erase(contact);
    m_messages.erase(contact);
    reply({});
    emitEvent(ContactRemovedEvent{contact});
}

void FakeMessenger::blockContact(ContactId contact, Reply<void> reply) {
    change(
        contact, [](Contact& changed) { changed.state = ContactState::Blocked; }, reply);
}

void FakeMessenger::verifyContact(ContactId contact, Reply<void> reply) {
    change(
        contact, [](Contact& changed) { changed.verified = true; }, reply);
}

void FakeMessenger::sendMessage(ContactId contact, OutgoingMessage outgoing, Reply<MessageId> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    Message& message = putMessage(contact, MessageFrom::Me, outgoing.text, wallNow(), MessageState::Queued);
    message.replyTo = outgoing.replyTo;
    message.lifetimeSeconds = m_contacts[contact].lifetimeSeconds;
    const MessageId id = message.id;
    emitEvent(MessageQueuedEvent{message});
    reply(id);
    if (m_contacts[contact].presence.online)
        setMessageState(id, MessageState::Sent);
}

Message* FakeMessenger::find(const ContactId& contact, const MessageRef& ref) {
    for (Message& message : m_messages[contact])
        if (message.from == ref.from && message.id == ref.id)
            return &message;
    return nullptr;
}

void FakeMessenger::amend(const ContactId& contact, Amendment amendment, const Reply<void>& reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    Message* message = find(contact, amendment.target);
    if (message == nullptr)
        return reply(fail(ErrorCode::NotFound, "There is no such message."));
    amendment.at = {wallNow()};
    apply(amendment, *message);
    reply({});
    emitEvent(MessageAmendedEvent{contact, amendment});
}

void FakeMessenger::editMessage(ContactId contact, MessageId id, std::string text, Reply<void> reply) {
    amend(contact, {{MessageFrom::Me, id}, AmendmentKind::Edit, MessageFrom::Me, std::move(text), {}}, reply);
}

void FakeMessenger::deleteMessage(ContactId contact, MessageRef target, DeleteFrom from, Reply<void> reply) {
    if (from == DeleteFrom::Both)
        return amend(contact, {target, AmendmentKind::Deletion, MessageFrom::Me, {}, {}}, reply);
    std::erase_if(m_messages[contact],
                  [&](const Message& message) { return message.from == target.from && message.id == target.id; });
    reply({});
    emitEvent(MessageErasedEvent{contact, target});
}

void FakeMessenger::react(ContactId contact, MessageRef target, std::string reaction, Reply<void> reply) {
    amend(contact, {target, AmendmentKind::Reaction, MessageFrom::Me, std::move(reaction), {}}, reply);
}

void FakeMessenger::theyAmend(const ContactId& contact, const MessageRef& target, AmendmentKind kind,
                              const std::string& text) {
    amend(contact, {target, kind, MessageFrom::Them, text, {}}, [](const Result<void>&) {});
}

void FakeMessenger::setTyping(ContactId, bool isTyping, Reply<void> reply) {
    typed.push_back(isTyping);
    reply({});
}

void FakeMessenger::muteContact(ContactId contact, std::optional<WallTime> until, Reply<void> reply) {
    change(
        contact, [&](Contact& changed) { changed.mutedUntil = until; }, reply);
}

void FakeMessenger::setDraft(ContactId contact, std::string text, Reply<void> reply) {
    m_contacts[contact].draft = std::move(text);
    reply({});
}

void FakeMessenger::setDisappearing(ContactId contact, std::uint32_t seconds, Reply<void> reply) {
    Message& note = putMessage(contact, MessageFrom::Me, {}, wallNow(), MessageState::Queued);
    note.kind = MessageKind::TimerChange;
    note.lifetimeSeconds = seconds;
    emitEvent(MessageQueuedEvent{note});
    change(
        contact, [&](Contact& changed) { changed.lifetimeSeconds = seconds; }, reply);
}

void FakeMessenger::messagesAfter(ContactId contact, std::uint64_t after, std::size_t limit,
                                  Reply<std::vector<Message>> reply) {
    std::vector<Message> page;
    for (const Message& message : m_messages[contact])
        if (message.position > after && page.size() < limit)
            page.push_back(message);
    reply(page);
}

void FakeMessenger::findMessage(ContactId contact, MessageRef ref, Reply<Message> reply) {
    const Message* message = find(contact, ref);
    if (message == nullptr)
        return reply(fail(ErrorCode::NotFound, "There is no such message."));
    reply(*message);
}

void FakeMessenger::messages(ContactId contact, std::uint64_t before, std::size_t limit,
                             Reply<std::vector<Message>> reply) {
    const std::vector<Message>& all = m_messages[contact];
    auto end = all.end();
    while (before != 0 && end != all.begin() && std::prev(end)->position >= before)
        --end;
    const auto count = std::min(limit, static_cast<std::size_t>(end - all.begin()));
    reply(std::vector<Message>(end - static_cast<std::ptrdiff_t>(count), end));
}

void FakeMessenger::markRead(ContactId contact, Reply<void> reply) {
    ++markedRead;
    change(
        contact, [](Contact& changed) { changed.unread = 0; }, reply);
}

// Words at their beginnings, as core does it, but for accents.
void FakeMessenger::search(SearchRequest request, Reply<SearchPage> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    const auto wordsOf = [](const std::string& text) {
        std::vector<std::string> words(1);
        for (const char letter : text) {
            if (std::isalnum(static_cast<unsigned char>(letter)) != 0 || static_cast<unsigned char>(letter) > 127)
                words.back() += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
            else if (!words.back().empty())
                words.emplace_back();
        }
        std::erase(words, "");
        return words;
    };
    const auto wanted = wordsOf(request.text);
    const auto fits = [&](const Message& message) {
        const auto words = wordsOf(message.text);
        return !wanted.empty() && std::ranges::all_of(wanted, [&](const std::string& word) {
            return std::ranges::any_of(words, [&](const std::string& other) { return other.starts_with(word); });
        });
    };
    std::vector<Message> found;
    for (const auto& [contact, list] : m_messages)
        for (const Message& message : list)
            if ((!request.contact || *request.contact == contact) && fits(message) &&
                (request.before == 0 || message.position < request.before))
                found.push_back(message);
    std::ranges::sort(found, std::greater(), &Message::position);
    SearchPage page;
    const auto limit = std::min(request.limit, kSearchPageMax);
    if (found.size() > limit) {
        found.resize(limit);
        page.next = found.back().position;
    }
    page.messages = std::move(found);
    reply(std::move(page));
}

void FakeMessenger::storageInfo(Reply<StorageInfo> reply) {
    StorageInfo info = storage;
    info.contacts = m_contacts.size();
    for (const auto& [contact, list] : m_messages)
        info.messages += list.size();
    info.indexed = info.messages;
    reply(info);
}

void FakeMessenger::verifyStore(Reply<StoreCheck> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    reply(checked);
}

void FakeMessenger::compactStore(Reply<void> reply) {
    ++compacted;
    reply({});
}

void FakeMessenger::protectProfile(ProtectRequest request, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    if (!opens(request.secret))
        return reply(fail(ErrorCode::WrongPassphrase, "That is not the passphrase of this profile."));
    if (request.keySource != KeySource::BesideStore && request.newSecret.empty())
        return reply(fail(ErrorCode::InvalidArgument, "The passphrase is empty."));
    m_secret = request.newSecret;
    storage.keySource = request.keySource;
    reply({});
}

void FakeMessenger::exportProfile(ExportRequest request, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    exported = std::move(request);
    reply({});
}

void FakeMessenger::importProfile(ImportRequest request, Reply<std::string> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    if (!exported || request.passphrase != exported->passphrase)
        return reply(fail(ErrorCode::WrongPassphrase, "That is not the passphrase of this file."));
    m_secret = request.secret;
    storage.keySource = request.keySource;
    state = ProfileState::Open;
    reply(addressOf(key(0)));
    emitEvent(ReadyEvent{addressOf(key(0))});
}

void FakeMessenger::deleteProfile(std::string secret, Reply<void> reply) {
    if (!opens(secret))
        return reply(fail(ErrorCode::WrongPassphrase, "That is not the passphrase of this profile."));
    m_contacts.clear();
    m_messages.clear();
    state = ProfileState::None;
    reply({});
}

bool FakeMessenger::opens(const std::string& given) const {
    return storage.keySource == KeySource::BesideStore || given == m_secret;
}

void FakeMessenger::retryConnections(Reply<void> reply) {
    ++retried;
    reply({});
}

void FakeMessenger::connection(ContactId, Watch watch, Reply<ConnectionInfo> reply) {
    ++asked;
    watched += watch == Watch::Yes ? 1 : 0;
    reply(known);
}

void FakeMessenger::retryContact(ContactId, Reply<void> reply) {
    ++triedAnew;
    reply({});
}

void FakeMessenger::askToRing(ContactId contact, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    askedToRing = contact;
    reply({});
}

void FakeMessenger::changePort(Reply<std::uint16_t> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    network.local.port = 50'123;
    reply(network.local.port);
    emitEvent(NetworkChangedEvent{network});
}

void FakeMessenger::addThirdParty(std::string address, Reply<void> reply) {
    const AddressCheck found = check(address);
    if (!found.contact)
        return reply(Unexpected(*found.error));
    network.thirdParties.push_back({address, found.contact->text(), false, {}, {}});
    reply({});
    emitEvent(NetworkChangedEvent{network});
}

void FakeMessenger::removeThirdParty(std::string key, Reply<void> reply) {
    std::erase_if(network.thirdParties, [&](const ThirdPartyStatus& party) { return party.key == key; });
    reply({});
    emitEvent(NetworkChangedEvent{network});
}

void FakeMessenger::moveThirdParty(std::string key, std::string before, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    auto& parties = network.thirdParties;
    const auto moved = std::ranges::find(parties, key, &ThirdPartyStatus::key);
    const ThirdPartyStatus party = *moved;
    parties.erase(moved);
    parties.insert(std::ranges::find(parties, before, &ThirdPartyStatus::key), party);
    reply({});
}

void FakeMessenger::addTeredoServer(std::string host, Reply<void> reply) {
    if (host.empty())
        return reply(fail(ErrorCode::InvalidArgument, "Give the host name or IPv4 address of a Teredo server."));
    network.teredo.servers.push_back({host, TeredoServerHealth::Asking, std::nullopt});
    reply({});
    emitEvent(NetworkChangedEvent{network});
}

void FakeMessenger::removeTeredoServer(std::string host, Reply<void> reply) {
    std::erase_if(network.teredo.servers, [&](const TeredoServerStatus& server) { return server.server == host; });
    reply({});
    emitEvent(NetworkChangedEvent{network});
}

void FakeMessenger::setSettings(Settings settings, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    chosen = settings;
    reply({});
}

void FakeMessenger::setOwnName(std::string name, Reply<void> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    m_name = std::move(name);
    reply({});
}

void FakeMessenger::createInvitation(std::string label, Reply<Invitation> reply) {
    if (const auto error = takeError())
        return reply(Unexpected(*error));
    const auto number = static_cast<std::uint8_t>(knownInvitations.size() + 10);
    knownInvitations.push_back(
        {{{number}}, std::move(label), {wallNow()}, {}, false, addressOf(key(0)) + std::to_string(number)});
    reply(knownInvitations.back());
}

void FakeMessenger::revokeInvitation(InvitationId invitation, Reply<void> reply) {
    std::erase_if(knownInvitations, [&](const Invitation& each) { return each.id == invitation; });
    reply({});
}

std::optional<Error> FakeMessenger::takeError() {
    return std::exchange(nextError, std::nullopt);
}

void FakeMessenger::change(const ContactId& contact, const std::function<void(Contact&)>& edit,
                           const Reply<void>& reply) {
    const auto found = m_contacts.find(contact);
    if (found == m_contacts.end()) {
        if (reply)
            reply(fail(ErrorCode::NotFound, "There is no such contact."));
        return;
    }
    edit(found->second);
    if (reply)
        reply({});
    emitEvent(ContactChangedEvent{found->second});
}

} // namespace culvert
