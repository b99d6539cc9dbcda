// Driver, second part: each command of Messenger, carried to the engine's or the store's thread.
#include "core/io/driver_command.h"

namespace culvert {

namespace {

bool isName(const std::string& name) {
    constexpr std::size_t nameMax = 64 * 4; // UTF-8
    return !name.empty() && name.size() <= nameMax;
}

Unexpected noName() {
    return fail(ErrorCode::InvalidArgument, "Choose a name of 1 to 64 characters.");
}

} // namespace

void Driver::createProfile(ProfileRequest request, Reply<std::string> reply) {
    if (!isName(request.name))
        return reply(noName());
    m_worker->post([this, request = std::move(request), reply = std::move(reply)](Archive& archive) {
        const ProfileRecord profile = Engine::newProfile(request.name, m_random);
        if (const auto created = archive.create(request.keySource, request.secret, encode(profile)); !created)
            return reply(Unexpected(created.error()));
        loadAndLaunch(archive, reply);
    });
}

void Driver::setMetered(bool isMetered) {
    post([this, isMetered](const Now& now) {
        m_isMetered = isMetered;
        if (m_engine)
            m_engine->handleMetered(now, isMetered);
    });
}

void Driver::unlockProfile(std::string secret, Reply<std::string> reply) {
    m_worker->post([this, secret = std::move(secret), reply = std::move(reply)](Archive& archive) {
        if (archive.state() == ProfileState::None)
            return reply(fail(ErrorCode::WrongState, "There is no profile here yet. Create one first."));
        // Open without an engine: the port was taken, say, and this is another try.
        if (archive.state() != ProfileState::Open)
            if (const auto opened = archive.open(secret); !opened)
                return reply(Unexpected(opened.error()));
        loadAndLaunch(archive, reply);
    });
}

void Driver::ownAddress(Reply<std::string> reply) {
    command(std::move(reply), [](Engine& engine, const Now&) { return Result<std::string>(engine.ownAddress()); });
}

void Driver::ownName(Reply<std::string> reply) {
    command(std::move(reply), [](Engine& engine, const Now&) { return Result<std::string>(engine.ownName()); });
}

void Driver::setOwnName(std::string name, Reply<void> reply) {
    if (!isName(name))
        return reply(noName());
    command(std::move(reply), [name = std::move(name)](Engine& engine, const Now& now) {
        engine.setOwnName(now, name);
        return Result<void>();
    });
}

void Driver::invitations(Reply<std::vector<Invitation>> reply) {
    command(std::move(reply),
            [](Engine& engine, const Now&) { return Result<std::vector<Invitation>>(engine.invitations()); });
}

void Driver::createInvitation(std::string label, Reply<Invitation> reply) {
    command(std::move(reply),
            [label = std::move(label)](Engine& engine, const Now& now) { return engine.createInvitation(now, label); });
}

void Driver::revokeInvitation(InvitationId invitation, Reply<void> reply) {
    command(std::move(reply),
            [invitation](Engine& engine, const Now& now) { return engine.revokeInvitation(now, invitation); });
}

void Driver::addContact(AddContactRequest request, Reply<ContactId> reply) {
    command(std::move(reply),
            [request = std::move(request)](Engine& engine, const Now& now) { return engine.addContact(now, request); });
}

void Driver::contacts(Reply<std::vector<Contact>> reply) {
    command(std::move(reply),
            [](Engine& engine, const Now& now) { return Result<std::vector<Contact>>(engine.contacts(now)); });
}

void Driver::acceptContact(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.acceptContact(now, contact); });
}

void Driver::removeContact(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.removeContact(now, contact); });
}

void Driver::blockContact(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.blockContact(now, contact); });
}

void Driver::verifyContact(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.verifyContact(now, contact); });
}

void Driver::markRead(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.markRead(now, contact); });
}

void Driver::connection(ContactId contact, Watch watch, Reply<ConnectionInfo> reply) {
    command(std::move(reply),
            [contact, watch](Engine& engine, const Now& now) { return engine.connection(now, contact, watch); });
}

void Driver::retryContact(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.retryContact(now, contact); });
}

void Driver::askToRing(ContactId contact, Reply<void> reply) {
    command(std::move(reply), [contact](Engine& engine, const Now& now) { return engine.askToRing(now, contact); });
}

void Driver::networkStatus(Reply<NetworkStatus> reply) {
    command(std::move(reply),
            [](Engine& engine, const Now& now) { return Result<NetworkStatus>(engine.networkStatus(now.monotonic)); });
}

void Driver::retryConnections(Reply<void> reply) {
    command(std::move(reply), [this](Engine& engine, const Now& now) {
        engine.retryConnections(now);
        if (m_gateway)
            m_gateway->refresh(now.monotonic);
        return Result<void>();
    });
}

void Driver::settings(Reply<Settings> reply) {
    command(std::move(reply), [](Engine& engine, const Now&) { return Result<Settings>(engine.settings()); });
}

void Driver::setSettings(Settings settings, Reply<void> reply) {
    command(std::move(reply), [this, settings](Engine& engine, const Now& now) {
        engine.setSettings(now, settings);
        keepGatewayAsWanted(now);
        return Result<void>();
    });
}

void Driver::addThirdParty(std::string address, Reply<void> reply) {
    command(std::move(reply), [address = std::move(address)](Engine& engine, const Now& now) {
        return engine.addThirdParty(now, address);
    });
}

void Driver::removeThirdParty(std::string key, Reply<void> reply) {
    command(std::move(reply),
            [key = std::move(key)](Engine& engine, const Now& now) { return engine.removeThirdParty(now, key); });
}

void Driver::moveThirdParty(std::string key, std::string before, Reply<void> reply) {
    command(std::move(reply), [key = std::move(key), before = std::move(before)](Engine& engine, const Now& now) {
        return engine.moveThirdParty(now, key, before);
    });
}

void Driver::changePort(Reply<std::uint16_t> reply) {
    command(std::move(reply), [this](Engine&, const Now& now) { return moveToAnotherPort(now); });
}

void Driver::thirdParties(Reply<std::vector<ThirdPartyStatus>> reply) {
    command(std::move(reply), [](Engine& engine, const Now& now) {
        return Result<std::vector<ThirdPartyStatus>>(engine.networkStatus(now.monotonic).thirdParties);
    });
}

void Driver::addTeredoServer(std::string host, Reply<void> reply) {
    command(std::move(reply), [this, host = std::move(host)](Engine& engine, const Now& now) {
        const auto added = engine.addTeredoServer(now, host);
        m_resolver.setNames(now.monotonic, engine.teredoServers());
        return added;
    });
}

void Driver::removeTeredoServer(std::string host, Reply<void> reply) {
    command(std::move(reply), [this, host = std::move(host)](Engine& engine, const Now& now) {
        const auto removed = engine.removeTeredoServer(now, host);
        m_resolver.setNames(now.monotonic, engine.teredoServers());
        driveResolver(now);
        return removed;
    });
}

void Driver::teredoServers(Reply<std::vector<TeredoServerStatus>> reply) {
    command(std::move(reply), [this](Engine& engine, const Now& now) {
        driveResolver(now); // One that was just added is there already.
        return Result<std::vector<TeredoServerStatus>>(engine.networkStatus(now.monotonic).teredo.servers);
    });
}

} // namespace culvert
