// Engine, third part: what the user asks for.
#include "core/engine/engine.h"

#include "core/engine/invitations.h"

#include <algorithm>

namespace culvert {

std::string Engine::ownAddress() const {
    return addressWith(m_context.profile.token);
}

std::string Engine::addressWith(const wire::Token& token) const {
    wire::ContactAddress address;
    address.key = m_context.identity.publicKey();
    address.token = token;
    address.endpoints = m_endpoints;
    address.thirdParties = m_context.profile.thirdParties;
    return wire::encodeContactAddress(address);
}

Result<PeerSession*> Engine::named(const ContactId& contact) {
    PeerSession* session = find(contact);
    if (session == nullptr || !session->isStored())
        return fail(ErrorCode::NotFound, "There is no such contact.");
    m_dirty.insert(contact);
    return session;
}

Result<ContactId> Engine::addContact(const Now& now, const AddContactRequest& request) {
    TRY(address, wire::decodeContactAddress(request.address));
    if (address.key == m_context.identity.publicKey())
        return fail(ErrorCode::InvalidArgument, "This is your own address. Give it to others, and paste theirs here.");
    if (!dhKeyOf(address.key))
        return fail(ErrorCode::Malformed, "The address holds no valid key. Ask for a fresh one.");
    if (request.greeting.size() > wire::kGreetingMax)
        return fail(ErrorCode::InvalidArgument,
                    "The greeting is too long: at most " + std::to_string(wire::kGreetingMax) + " octets of UTF-8.");
    const ContactId id{address.key};
    PeerSession* session = find(id);
    if (session != nullptr && session->isStored()) {
        if (session->record().state == ContactState::Blocked)
            return fail(ErrorCode::WrongState, "You have blocked this contact. Accept it to unblock it.");
        session->updateAddress(now, address);
        if (session->record().state == ContactState::Pending)
            session->accept(now);
    } else {
        if (session == nullptr) {
            ContactRecord record;
            record.id = id;
            record.state = ContactState::Requested;
            record.sendEpoch = m_context.random.below(UINT64_MAX - 1) + 1;
            session = addSession(now, std::move(record), false);
        }
        if (session == nullptr)
            return fail(ErrorCode::LimitReached, "There are too many contacts.");
        session->adoptHistory();
        session->setGreeting(request.greeting);
        session->ask(now, address);
    }
    if (!request.name.empty())
        session->rename(request.name);
    session->save();
    m_dirty.insert(id);
    finish(now);
    return id;
}

std::vector<Contact> Engine::contacts(const Now& now) const {
    std::vector<Contact> out;
    for (const auto& [id, session] : m_sessions)
        if (session->isStored())
            out.push_back(session->contact(now));
    return out;
}

Result<void> Engine::acceptContact(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    const ContactState state = session->record().state;
    if (state == ContactState::Requested)
        return fail(ErrorCode::WrongState, "You asked them; they have to accept.");
    if (state != ContactState::Accepted)
        session->accept(now);
    finish(now);
    return {};
}

Result<void> Engine::removeContact(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    session->close(now);
    m_context.out.writes.push_back(EraseContact{contact});
    m_context.out.events.push_back(ContactRemovedEvent{contact});
    eraseSession(contact);
    m_context.couriers.forget(now.monotonic, contact.octets);
    m_carriedFor.erase(contact.octets);
    finish(now);
    return {};
}

Result<void> Engine::blockContact(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    session->block(now);
    m_context.couriers.forget(now.monotonic, contact.octets);
    finish(now);
    return {};
}

Result<void> Engine::verifyContact(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    session->verify();
    finish(now);
    return {};
}

std::optional<wire::NatHint> Engine::peerHint(const ContactId& contact) const {
    const PeerSession* session = find(contact);
    return session == nullptr ? std::nullopt : session->peerHint();
}

Result<std::vector<PathInfo>> Engine::paths(const ContactId& contact) const {
    const PeerSession* session = find(contact);
    if (session == nullptr || !session->isStored())
        return fail(ErrorCode::NotFound, "There is no such contact.");
    std::vector<PathInfo> paths = session->paths();
    addLocal(paths);
    return paths;
}

void Engine::addLocal(std::vector<PathInfo>& paths) const {
    const LocalNetwork& local = m_context.inputs.local;
    for (PathInfo& path : paths) {
        // The system chooses the source; with one address of a family it has no choice.
        const bool isV6 = path.kind == PathKind::Native6 || path.remote.starts_with("[f") || path.remote == "[::1]";
        // Link-local addresses of ours are none of these.
        if (path.remote.starts_with("[fe") || path.remote.starts_with("169.254."))
            continue;
        if (isV6 && local.native6.size() + local.lan6.size() == 1)
            path.local = SocketAddress((local.native6.empty() ? local.lan6 : local.native6).front(), local.port).text();
        else if (!isV6 && local.v4.size() == 1)
            path.local = SocketAddress(local.v4.front(), local.port).text();
    }
}

Result<ConnectionInfo> Engine::connection(const Now& now, const ContactId& contact, Watch watch) {
    TRY(session, named(contact));
    ConnectionInfo out = session->connection(now);
    addLocal(out.paths);
    if (watch == Watch::Yes)
        session->look(now.monotonic);
    finish(now);
    return out;
}

Result<void> Engine::retryContact(const Now& now, const ContactId& contact) {
    TRY(session, named(contact));
    if (session->record().state == ContactState::Blocked)
        return fail(ErrorCode::WrongState, "You have blocked this contact. Accept it to unblock it.");
    session->kick(now);
    finish(now);
    return {};
}

void Engine::portChanged(std::uint16_t port) {
    m_context.profile.port = port;
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
}

void Engine::retryConnections(const Now& now) {
    m_lan.restart(now);
    m_prober.restart(now.monotonic);
    m_teredo.refresh(now.monotonic);
    for (auto& [id, session] : m_sessions) {
        session->kick(now);
        m_dirty.insert(id);
    }
    finish(now);
}

void Engine::setSettings(const Now& now, const Settings& settings) {
    if (settings == m_context.profile.settings)
        return;
    m_context.profile.settings = settings;
    m_lan.setOn(now, m_hearsBeacons && settings.lanDiscovery);
    m_networkChanged = true;
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    m_context.links.setAllowed(m_allowTcpThisRun && settings.tcp);
    m_context.couriers.setOn(now.monotonic, settings.couriers);
    for (auto& [id, session] : m_sessions) {
        session->settingsChanged(now);
        m_dirty.insert(id);
    }
    m_networkChanged = true; // What we say of ourselves.
    finish(now);
}

Result<void> Engine::addThirdParty(const Now& now, const std::string& text) {
    TRY(address, wire::decodeContactAddress(text));
    wire::ThirdPartyRecord record;
    record.key = address.key;
    record.endpoints = address.endpoints;
    if (record.endpoints.size() > wire::kThirdPartyEndpointsMax) {
        // One address of each family reaches it from anywhere; prefer what the internet can reach.
        std::ranges::stable_sort(record.endpoints, {},
                                 [](const wire::EndpointRecord& endpoint) { return endpoint.kind; });
        const auto v4 = std::ranges::find_if(record.endpoints, [](const auto& e) { return e.address.isV4(); });
        if (v4 != record.endpoints.end() && v4 > record.endpoints.begin() + 1)
            record.endpoints = {record.endpoints.front(), *v4};
        record.endpoints.resize(wire::kThirdPartyEndpointsMax);
    }
    if (record.endpoints.empty())
        return fail(ErrorCode::InvalidArgument, "This address says nowhere where its owner can be reached.");
    auto& own = m_context.profile.thirdParties;
    std::erase_if(own, [&](const wire::ThirdPartyRecord& known) { return known.key == record.key; });
    if (own.size() >= wire::kThirdPartiesMax)
        return fail(ErrorCode::LimitReached, "There are already " + std::to_string(wire::kThirdPartiesMax) +
                                                 " third parties. Remove one first.");
    ThirdParty* party = addParty(now, record, true);
    if (party == nullptr)
        return fail(ErrorCode::InvalidArgument, "This address cannot be a third party.");
    own.push_back(record);
    party->record = record;
    party->client.setRemotes(now.monotonic, remotesOf(record, true));
    profileChanged(now);
    return {};
}

Result<void> Engine::removeThirdParty(const Now& now, const std::string& key) {
    auto& own = m_context.profile.thirdParties;
    const auto known = std::ranges::find_if(
        own, [&](const wire::ThirdPartyRecord& party) { return ContactId{party.key}.text() == key; });
    if (known == own.end())
        return fail(ErrorCode::NotFound, "There is no such third party.");
    if (const auto party = m_parties.find(known->key); party != m_parties.end()) {
        party->second->isOwn = false; // A guest whose time is over: it is forgotten at the end of this input.
        party->second->guestUntil = now.monotonic;
    }
    m_observed.erase(known->key);
    own.erase(known);
    profileChanged(now);
    return {};
}

Result<void> Engine::moveThirdParty(const Now& now, const std::string& key, const std::string& before) {
    auto& own = m_context.profile.thirdParties;
    const auto named = [&](const std::string& text) {
        return std::ranges::find_if(
            own, [&](const wire::ThirdPartyRecord& party) { return ContactId{party.key}.text() == text; });
    };
    const auto moved = named(key), place = before.empty() ? own.end() : named(before);
    if (moved == own.end() || (place == own.end() && !before.empty()))
        return fail(ErrorCode::NotFound, "There is no such third party.");
    if (moved < place)
        std::rotate(moved, moved + 1, place);
    else
        std::rotate(place, moved, moved + 1);
    profileChanged(now);
    return {};
}

// Our address string is another one, and contacts learn it.
void Engine::profileChanged(const Now& now) {
    m_networkChanged = true;
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    m_context.out.events.push_back(AddressChangedEvent{ownAddress()});
    for (auto& [id, session] : m_sessions) {
        session->endpointsChanged(now);
        m_dirty.insert(id);
    }
    finish(now);
}

Result<void> Engine::addTeredoServer(const Now& now, const std::string& host) {
    constexpr std::size_t kServersMax = 8;
    constexpr std::size_t kHostMax = 253; // RFC 1035 §2.3.4
    auto& servers = m_context.profile.teredoServers;
    if (host.empty() || host.size() > kHostMax)
        return fail(ErrorCode::InvalidArgument, "Give the host name or IPv4 address of a Teredo server.");
    if (std::ranges::find(servers, host) != servers.end())
        return {};
    if (servers.size() >= kServersMax)
        return fail(ErrorCode::LimitReached, "There are already " + std::to_string(kServersMax) + " Teredo servers.");
    servers.push_back(host);
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    finish(now);
    return {};
}

void Engine::setOwnName(const Now& now, const std::string& name) {
    m_context.profile.name = name;
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    finish(now);
}

Result<void> Engine::removeTeredoServer(const Now& now, const std::string& host) {
    auto& servers = m_context.profile.teredoServers;
    const auto known = std::ranges::find(servers, host);
    if (known == servers.end())
        return fail(ErrorCode::NotFound, "There is no such Teredo server.");
    servers.erase(known);
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    m_networkChanged = true;
    finish(now);
    return {};
}

std::vector<Invitation> Engine::invitations() const {
    std::vector<Invitation> out = invitationsOf(m_context.profile);
    for (Invitation& invitation : out)
        invitation.address = addressWith(invitation.id.octets);
    return out;
}

Result<Invitation> Engine::createInvitation(const Now& now, const std::string& label) {
    TRY(record, addInvitation(m_context.profile, label, now.wall, m_context.random));
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    finish(now);
    return Invitation{InvitationId{record.token}, record.label, record.createdAt, {}, false, addressWith(record.token)};
}

Result<void> Engine::revokeInvitation(const Now& now, const InvitationId& id) {
    const wire::Token before = m_context.profile.token;
    if (const auto done = culvert::revokeInvitation(m_context.profile, id, now.wall, m_context.random); !done)
        return done;
    if (m_context.profile.token != before) {
        m_lan.setInvitation(now, m_context.profile.token);
        profileChanged(now);
        return {};
    }
    m_context.out.writes.push_back(PutProfile{encode(m_context.profile)});
    finish(now);
    return {};
}

void Engine::shutdown(const Now& now) {
    for (auto& [id, session] : m_sessions)
        session->close(now);
}

AddressCheck checkAddress(const std::string& text) {
    AddressCheck out;
    const auto address = wire::decodeContactAddress(text);
    if (address)
        out.contact = ContactId{address->key};
    else
        out.error = address.error();
    return out;
}

} // namespace culvert
