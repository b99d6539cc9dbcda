#include "app/culvertd/rpc_server.h"

#include "app/culvertd/json_values.h"
#include "app/culvertd/report_values.h"
#include "core/messenger/names.h"

#include <QJsonDocument>
#include <algorithm>

namespace culvert {

namespace {

// JSON-RPC 2.0 §5.1.
constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;
constexpr int kApplicationError = -32000;

constexpr std::size_t kListDefault = 50;
constexpr std::size_t kListMax = 500;

QString kindOf(ErrorCode code) {
    switch (code) {
    case ErrorCode::Truncated:
        return QStringLiteral("truncated");
    case ErrorCode::Malformed:
        return QStringLiteral("malformed");
    case ErrorCode::Unsupported:
        return QStringLiteral("unsupported");
    case ErrorCode::Unauthenticated:
        return QStringLiteral("damaged");
    case ErrorCode::InvalidArgument:
        return QStringLiteral("invalid_argument");
    case ErrorCode::NotFound:
        return QStringLiteral("not_found");
    case ErrorCode::AlreadyExists:
        return QStringLiteral("already_exists");
    case ErrorCode::WrongState:
        return QStringLiteral("wrong_state");
    case ErrorCode::WrongPassphrase:
        return QStringLiteral("wrong_passphrase");
    case ErrorCode::LimitReached:
        return QStringLiteral("limit_reached");
    case ErrorCode::IoFailure:
        return QStringLiteral("io_failure");
    case ErrorCode::Corrupt:
        break;
    }
    return QStringLiteral("corrupt");
}

bool contains(const std::vector<const char*>& names, const QString& name) {
    return std::ranges::any_of(names, [&](const char* known) { return name == QLatin1String(known); });
}

// Every member is a string but these.
bool hasRightType(const QString& name, const QJsonValue& value) {
    if (name == u"limit")
        return value.isDouble() && value.toDouble() >= 1;
    if (name == u"seconds" || name == u"until")
        return value.isDouble() && value.toDouble() >= 0 && value.toDouble() < 9e15;
    static const std::vector<const char*> flags = {
        "masked", "allow_ordinary_route", "couriers", "lan_discovery", "map_port", "read_receipts",
        "tcp",    "typing_hints",         "typing",   "here"};
    if (contains(flags, name))
        return value.isBool();
    return value.isString();
}

} // namespace

RpcServer::RpcServer(Driver& driver, LineWriter& writer) : m_driver(driver), m_writer(writer) {
    m_driver.addListener([this](const MessengerEvent& event) { notify(event); });
}

const std::vector<RpcServer::Method>& RpcServer::methods() {
    static const std::vector<Method> table = {
        {"profile.create", &RpcServer::profileCreate, {"name"}, {"passphrase"}},
        {"profile.unlock", &RpcServer::profileUnlock, {"passphrase"}, {}},
        {"profile.address", &RpcServer::profileAddress, {}, {}},
        {"profile.protect", &RpcServer::profileProtect, {}, {"passphrase", "new_passphrase"}},
        {"profile.export", &RpcServer::profileExport, {"path", "passphrase"}, {}},
        {"profile.import", &RpcServer::profileImport, {"path", "passphrase"}, {"new_passphrase"}},
        {"profile.storage", &RpcServer::profileStorage, {}, {}},
        {"profile.verify", &RpcServer::profileVerify, {}, {}},
        {"profile.compact", &RpcServer::profileCompact, {}, {}},
        {"profile.delete", &RpcServer::profileDelete, {}, {"passphrase"}},
        {"contact.add", &RpcServer::contactAdd, {"address"}, {"name", "greeting"}},
        {"contact.list", &RpcServer::contactList, {}, {}},
        {"contact.accept", &RpcServer::contactAccept, {"contact"}, {}},
        {"contact.remove", &RpcServer::contactRemove, {"contact"}, {}},
        {"contact.block", &RpcServer::contactBlock, {"contact"}, {}},
        {"contact.verify", &RpcServer::contactVerify, {"contact"}, {}},
        {"profile.rename", &RpcServer::profileRename, {"name"}, {}},
        {"profile.picture", &RpcServer::profilePicture, {}, {}},
        {"profile.set_picture", &RpcServer::profileSetPicture, {"picture"}, {}},
        {"contact.picture", &RpcServer::contactPicture, {"contact"}, {}},
        {"invitation.create", &RpcServer::invitationCreate, {}, {"label"}},
        {"invitation.list", &RpcServer::invitationList, {}, {}},
        {"invitation.revoke", &RpcServer::invitationRevoke, {"id"}, {}},
        {"contact.mute", &RpcServer::contactMute, {"contact"}, {"until"}},
        {"contact.unmute", &RpcServer::contactUnmute, {"contact"}, {}},
        {"contact.typing", &RpcServer::contactTyping, {"contact", "typing"}, {}},
        {"contact.draft", &RpcServer::contactDraft, {"contact", "text"}, {}},
        {"contact.disappearing", &RpcServer::contactDisappearing, {"contact", "seconds"}, {}},
        {"message.send", &RpcServer::messageSend, {"contact", "text"}, {"reply_to", "reply_from"}},
        {"message.edit", &RpcServer::messageEdit, {"contact", "id", "text"}, {}},
        {"message.delete", &RpcServer::messageDelete, {"contact", "id"}, {"from", "here"}},
        {"message.react", &RpcServer::messageReact, {"contact", "id", "reaction"}, {"from"}},
        {"message.read", &RpcServer::messageRead, {"contact"}, {}},
        {"message.list", &RpcServer::messageList, {"contact"}, {"before", "limit"}},
        {"message.search", &RpcServer::messageSearch, {"text"}, {"contact", "before", "limit"}},
        {"file.offer", &RpcServer::unavailable, {"contact", "path"}, {}},
        {"file.accept", &RpcServer::unavailable, {"id"}, {"to"}},
        {"file.cancel", &RpcServer::unavailable, {"id"}, {"to"}},
        {"path.list", &RpcServer::pathList, {"contact"}, {}},
        {"rendezvous.add", &RpcServer::rendezvousAdd, {"address"}, {}},
        {"path.retry", &RpcServer::pathRetry, {"contact"}, {}},
        {"path.ask_to_ring", &RpcServer::pathAskToRing, {"contact"}, {}},
        {"rendezvous.move", &RpcServer::rendezvousMove, {"key"}, {"before"}},
        {"rendezvous.remove", &RpcServer::rendezvousRemove, {"key"}, {}},
        {"rendezvous.list", &RpcServer::rendezvousList, {}, {}},
        {"teredo_server.add", &RpcServer::teredoServerAdd, {"address"}, {}},
        {"teredo_server.remove", &RpcServer::teredoServerRemove, {"address"}, {}},
        {"teredo_server.list", &RpcServer::teredoServerList, {}, {}},
        {"diagnostics.report", &RpcServer::diagnosticsReport, {}, {"masked"}},
        {"port.change", &RpcServer::portChange, {}, {}},
        {"settings.get", &RpcServer::settingsGet, {}, {}},
        {"settings.set",
         &RpcServer::settingsSet,
         {},
         {"allow_ordinary_route", "couriers", "hard_punching", "lan_discovery", "map_port", "read_receipts", "tcp",
          "typing_hints"}},
        {"shutdown", &RpcServer::shutdown, {}, {}},
    };
    return table;
}

bool RpcServer::handleLine(const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos)
        return !m_isShutDown;
    QJsonParseError parseError{};
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &parseError);
    if (parseError.error != QJsonParseError::NoError) {
        refuse(QJsonValue::Null, kParseError,
               QStringLiteral("This line is not JSON: %1 at octet %2.")
                   .arg(parseError.errorString())
                   .arg(parseError.offset));
        return true;
    }
    const QJsonObject object = document.object();
    const QJsonValue id = object[u"id"];
    const bool hasGoodId = id.isUndefined() || id.isString() || id.isDouble() || id.isNull();
    if (!document.isObject() || object[u"jsonrpc"].toString() != u"2.0" || !object[u"method"].isString() ||
        !hasGoodId) {
        refuse(hasGoodId && !id.isUndefined() ? id : QJsonValue::Null, kInvalidRequest,
               QStringLiteral("A request is one JSON object a line, with \"jsonrpc\": \"2.0\", a \"method\", named "
                              "\"params\" and an \"id\"."));
        return true;
    }
    const QJsonValue params = object[u"params"];
    const Request request{object[u"method"].toString(), params.toObject(), id};
    if (!params.isUndefined() && !params.isObject()) {
        refuse(id, kInvalidParams, QStringLiteral("\"params\" must be an object with named members."));
        return true;
    }
    const auto& table = methods();
    const auto method =
        std::ranges::find_if(table, [&](const Method& known) { return request.method == QLatin1String(known.name); });
    if (method == table.end())
        refuse(id, kMethodNotFound, QStringLiteral("There is no method \"%1\".").arg(request.method));
    else if (check(request, *method)) {
        {
            const std::lock_guard lock(m_mutex);
            ++m_outstanding;
        }
        (this->*method->handler)(request);
    }
    return !m_isShutDown;
}

// Every handler answers or refuses once, now or later, on whatever thread.
void RpcServer::settle() {
    {
        const std::lock_guard lock(m_mutex);
        --m_outstanding;
    }
    m_answered.notify_all();
}

void RpcServer::finish(std::chrono::milliseconds limit) {
    std::unique_lock lock(m_mutex);
    m_answered.wait_for(lock, limit, [this] { return m_outstanding == 0; });
}

void RpcServer::answerOversizedLine() {
    refuse(QJsonValue::Null, kInvalidRequest, QStringLiteral("A line has at most %1 octets.").arg(kLineMax));
}

bool RpcServer::check(const Request& request, const Method& method) {
    const auto complain = [&](const QString& what) {
        refuse(request.id, kInvalidParams, QStringLiteral("%1: %2").arg(request.method, what));
        return false;
    };
    for (const char* name : method.required)
        if (!request.params.contains(QLatin1String(name)))
            return complain(QStringLiteral("the member \"%1\" is missing.").arg(QLatin1String(name)));
    for (auto member = request.params.begin(); member != request.params.end(); ++member) {
        if (!contains(method.required, member.key()) && !contains(method.optional, member.key()))
            return complain(QStringLiteral("there is no member \"%1\".").arg(member.key()));
        if (!hasRightType(member.key(), member.value()))
            return complain(QStringLiteral("the member \"%1\" has the wrong type.").arg(member.key()));
    }
    if (request.params.contains(QLatin1String("contact")) && !contactOf(request))
        return complain(
            QStringLiteral("\"contact\" is not a contact's key (52 characters, as contact.list gives it)."));
    return checkMessage(request) || complain(QStringLiteral("a message is named by \"id\" (26 characters, as "
                                                            "message.list gives it) and \"from\": me or them."));
}

void RpcServer::answer(const Request& request, const QJsonObject& result) {
    if (request.id.isUndefined())
        return settle();
    const QJsonObject response{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                               {QStringLiteral("id"), request.id},
                               {QStringLiteral("result"), result}};
    m_writer.write(QJsonDocument(response).toJson(QJsonDocument::Compact).toStdString(), false);
    settle();
}

void RpcServer::refuse(const QJsonValue& id, int code, const QString& message, const QString& kind) {
    if (id.isUndefined())
        return;
    QJsonObject error{{QStringLiteral("code"), code}, {QStringLiteral("message"), message}};
    if (!kind.isEmpty())
        error[u"data"] = QJsonObject{{QStringLiteral("kind"), kind}};
    const QJsonObject response{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                               {QStringLiteral("id"), id},
                               {QStringLiteral("error"), error}};
    m_writer.write(QJsonDocument(response).toJson(QJsonDocument::Compact).toStdString(), false);
}

void RpcServer::refuse(const Request& request, const Error& error) {
    refuse(request.id, kApplicationError - static_cast<int>(error.code), QString::fromStdString(error.detail),
           kindOf(error.code));
    settle();
}

void RpcServer::notify(const MessengerEvent& event) {
    const auto notification = toNotification(event);
    if (!notification)
        return;
    const QJsonObject message{{QStringLiteral("jsonrpc"), QStringLiteral("2.0")},
                              {QStringLiteral("method"), notification->method},
                              {QStringLiteral("params"), notification->params}};
    m_writer.write(QJsonDocument(message).toJson(QJsonDocument::Compact).toStdString(), true);
}

std::optional<ContactId> RpcServer::contactOf(const Request& request) {
    return ContactId::fromText(stringParam(request.params, "contact"));
}

Reply<void> RpcServer::plainReply(const Request& request) {
    return [this, request](Result<void> result) {
        if (result)
            answer(request, {});
        else
            refuse(request, result.error());
    };
}

namespace {

const QString kKeyWarning =
    QStringLiteral("The key lies beside the store: whoever can read the data folder can read everything in it.");

} // namespace

void RpcServer::profileCreate(const Request& request) {
    const std::string passphrase = stringParam(request.params, "passphrase");
    const bool hasPassphrase = request.params.contains(QLatin1String("passphrase"));
    ProfileRequest wanted{stringParam(request.params, "name"),
                          hasPassphrase ? KeySource::Passphrase : KeySource::BesideStore, passphrase};
    m_driver.createProfile(std::move(wanted), reply<std::string>(request, [hasPassphrase](const std::string& address) {
                               QJsonObject result = addressResult(address);
                               result[u"key"] =
                                   hasPassphrase ? QStringLiteral("passphrase") : QStringLiteral("beside_store");
                               if (!hasPassphrase)
                                   result[u"warning"] = kKeyWarning;
                               return result;
                           }));
}

void RpcServer::profileUnlock(const Request& request) {
    m_driver.unlockProfile(stringParam(request.params, "passphrase"), reply<std::string>(request, addressResult));
}

void RpcServer::profileAddress(const Request& request) {
    m_driver.ownAddress(reply<std::string>(request, addressResult));
}

void RpcServer::contactAdd(const Request& request) {
    AddContactRequest wanted{stringParam(request.params, "address"), stringParam(request.params, "name"),
                             stringParam(request.params, "greeting")};
    m_driver.addContact(std::move(wanted), reply<ContactId>(request, [](const ContactId& contact) {
                            return QJsonObject{{QStringLiteral("contact"), QString::fromStdString(contact.text())}};
                        }));
}

void RpcServer::contactList(const Request& request) {
    m_driver.contacts(reply<std::vector<Contact>>(request, [](const std::vector<Contact>& contacts) {
        QJsonArray list;
        for (const Contact& contact : contacts)
            list.append(toJson(contact));
        return QJsonObject{{QStringLiteral("contacts"), list}};
    }));
}

void RpcServer::contactAccept(const Request& request) {
    m_driver.acceptContact(*contactOf(request), plainReply(request));
}

void RpcServer::contactRemove(const Request& request) {
    m_driver.removeContact(*contactOf(request), plainReply(request));
}

void RpcServer::contactBlock(const Request& request) {
    m_driver.blockContact(*contactOf(request), plainReply(request));
}

void RpcServer::contactVerify(const Request& request) {
    m_driver.verifyContact(*contactOf(request), plainReply(request));
}

void RpcServer::messageSend(const Request& request) {
    OutgoingMessage message{stringParam(request.params, "text")};
    if (request.params.contains(QLatin1String("reply_to")))
        message.replyTo = refOf(request, "reply_to", "reply_from", MessageFrom::Them);
    m_driver.sendMessage(*contactOf(request), std::move(message), reply<MessageId>(request, [](const MessageId& id) {
        return QJsonObject{{QStringLiteral("id"), QString::fromStdString(id.text())}};
    }));
}

void RpcServer::messageList(const Request& request) {
    const double limit = request.params[u"limit"].toDouble(kListDefault);
    findMessages(request, *contactOf(request), request.params[u"before"].toString(),
                 static_cast<std::size_t>(std::min<double>(limit, kListMax)), 0);
}

// Pages back to the message that `before` names, then gives what stands before it.
void RpcServer::findMessages(const Request& request, const ContactId& contact, const QString& before, std::size_t limit,
                             std::uint64_t position) {
    const std::size_t page = before.isEmpty() ? limit : kListMax;
    m_driver.messages(contact, position, page, [=, this](Result<std::vector<Message>> found) {
        if (!found)
            return refuse(request, found.error());
        if (before.isEmpty()) {
            QJsonArray list;
            for (const Message& message : *found)
                list.append(toJson(message));
            return answer(request, QJsonObject{{QStringLiteral("messages"), list}});
        }
        for (const Message& message : *found)
            if (QString::fromStdString(message.id.text()) == before)
                return findMessages(request, contact, {}, limit, message.position);
        if (found->empty())
            return refuse(request, Error{ErrorCode::NotFound, "There is no message with the id in \"before\"."});
        findMessages(request, contact, before, limit, found->front().position);
    });
}

void RpcServer::unavailable(const Request& request) {
    refuse(request, Error{ErrorCode::Unsupported, "Files cannot be sent yet."});
}

void RpcServer::pathList(const Request& request) {
    const ContactId contact = *contactOf(request);
    m_driver.connection(contact, Watch::No, [this, request, contact](Result<ConnectionInfo> connection) {
        if (!connection)
            return refuse(request, connection.error());
        const QJsonObject list = toJson(*connection);
        m_driver.contacts([this, request, contact, list](Result<std::vector<Contact>> contacts) {
            if (!contacts)
                return refuse(request, contacts.error());
            const auto one = std::ranges::find(*contacts, contact, &Contact::id);
            if (one == contacts->end())
                return refuse(request, Error{ErrorCode::NotFound, "There is no such contact."});
            addWays(request, list, *one);
        });
    });
}

// The second half of path.list: what stands in the way, and what each mechanism is worth towards this contact.
void RpcServer::addWays(const Request& request, const QJsonObject& connection, const Contact& contact) {
    QJsonObject result = connection;
    addVerdict(result, contact.presence);
    m_driver.networkStatus(
        reply<NetworkStatus>(request, [result, families = contact.families](const NetworkStatus& status) {
            QJsonObject out = result;
            out[u"ways"] = waysOf(status, families);
            return out;
        }));
}

void RpcServer::rendezvousAdd(const Request& request) {
    m_driver.addThirdParty(stringParam(request.params, "address"), [this, request](Result<void> added) {
        if (!added)
            return refuse(request, added.error());
        rendezvousList(request);
    });
}

void RpcServer::rendezvousMove(const Request& request) {
    const auto moved = [this, request](Result<void> done) {
        if (!done)
            return refuse(request, done.error());
        rendezvousList(request);
    };
    m_driver.moveThirdParty(stringParam(request.params, "key"), stringParam(request.params, "before"), moved);
}

void RpcServer::rendezvousRemove(const Request& request) {
    m_driver.removeThirdParty(stringParam(request.params, "key"), [this, request](Result<void> removed) {
        if (!removed)
            return refuse(request, removed.error());
        rendezvousList(request);
    });
}

void RpcServer::pathRetry(const Request& request) {
    m_driver.retryContact(*contactOf(request), plainReply(request));
}

void RpcServer::pathAskToRing(const Request& request) {
    m_driver.askToRing(*contactOf(request), plainReply(request));
}

void RpcServer::portChange(const Request& request) {
    m_driver.changePort(reply<std::uint16_t>(request, [](std::uint16_t port) {
        return QJsonObject{{QStringLiteral("port"), port}};
    }));
}

void RpcServer::profileRename(const Request& request) {
    m_driver.setOwnName(stringParam(request.params, "name"), [this, request](Result<void> done) {
        if (!done)
            return refuse(request, done.error());
        answer(request, {});
    });
}

void RpcServer::invitationCreate(const Request& request) {
    m_driver.createInvitation(stringParam(request.params, "label"),
                              reply<Invitation>(request, [](const Invitation& made) { return toJson(made); }));
}

void RpcServer::invitationList(const Request& request) {
    m_driver.invitations(reply<std::vector<Invitation>>(request, [](const std::vector<Invitation>& invitations) {
        QJsonArray list;
        for (const Invitation& invitation : invitations)
            list.append(toJson(invitation));
        return QJsonObject{{QStringLiteral("invitations"), list}};
    }));
}

void RpcServer::invitationRevoke(const Request& request) {
    const auto id = InvitationId::fromText(stringParam(request.params, "id"));
    if (!id)
        return refuse(request, {ErrorCode::Malformed, "The member \"id\" is an invitation's, as in invitation.list."});
    m_driver.revokeInvitation(*id, [this, request](Result<void> revoked) {
        if (!revoked)
            return refuse(request, revoked.error());
        invitationList(request);
    });
}

void RpcServer::rendezvousList(const Request& request) {
    m_driver.thirdParties(
        reply<std::vector<ThirdPartyStatus>>(request, [](const std::vector<ThirdPartyStatus>& parties) {
            QJsonArray list;
            for (const ThirdPartyStatus& party : parties)
                list.append(toJson(party));
            return QJsonObject{{QStringLiteral("rendezvous"), list}};
        }));
}

void RpcServer::settingsGet(const Request& request) {
    m_driver.settings(reply<Settings>(request, [](const Settings& settings) {
        return QJsonObject{
            {QStringLiteral("allow_ordinary_route"), settings.allowOrdinaryRoute},
            {QStringLiteral("couriers"), settings.couriers},
            {QStringLiteral("hard_punching"), QLatin1String(nameOf(settings.hardPunching))},
            {QStringLiteral("lan_discovery"), settings.lanDiscovery},
            {QStringLiteral("map_port"), settings.mapPort},
            {QStringLiteral("read_receipts"), settings.readReceipts},
            {QStringLiteral("tcp"), settings.tcp},
            {QStringLiteral("typing_hints"), settings.typingHints},
        };
    }));
}

void RpcServer::settingsSet(const Request& request) {
    const std::string wanted = stringParam(request.params, "hard_punching");
    const auto hardPunching = hardPunchingOf(wanted);
    if (!wanted.empty() && !hardPunching)
        return refuse(request, {ErrorCode::Malformed, "The member \"hard_punching\" is auto, on or off."});
    // What is left out stays.
    m_driver.settings([this, request, hardPunching](Result<Settings> known) {
        if (!known)
            return refuse(request, known.error());
        Settings settings = *known;
        settings.allowOrdinaryRoute = request.params[u"allow_ordinary_route"].toBool(settings.allowOrdinaryRoute);
        settings.couriers = request.params[u"couriers"].toBool(settings.couriers);
        settings.lanDiscovery = request.params[u"lan_discovery"].toBool(settings.lanDiscovery);
        settings.mapPort = request.params[u"map_port"].toBool(settings.mapPort);
        settings.readReceipts = request.params[u"read_receipts"].toBool(settings.readReceipts);
        settings.tcp = request.params[u"tcp"].toBool(settings.tcp);
        settings.typingHints = request.params[u"typing_hints"].toBool(settings.typingHints);
        settings.hardPunching = hardPunching.value_or(settings.hardPunching);
        m_driver.setSettings(settings, [this, request](Result<void> done) {
            if (!done)
                return refuse(request, done.error());
            settingsGet(request);
        });
    });
}

void RpcServer::teredoServerAdd(const Request& request) {
    m_driver.addTeredoServer(stringParam(request.params, "address"), [this, request](Result<void> added) {
        if (!added)
            return refuse(request, added.error());
        teredoServerList(request);
    });
}

void RpcServer::teredoServerRemove(const Request& request) {
    m_driver.removeTeredoServer(stringParam(request.params, "address"), [this, request](Result<void> removed) {
        if (!removed)
            return refuse(request, removed.error());
        teredoServerList(request);
    });
}

void RpcServer::teredoServerList(const Request& request) {
    using Servers = std::vector<TeredoServerStatus>;
    m_driver.teredoServers(reply<Servers>(request, [](const Servers& servers) {
        QJsonArray list;
        for (const TeredoServerStatus& server : servers)
            list.append(toJson(server));
        return QJsonObject{{QStringLiteral("teredo_servers"), list}};
    }));
}

void RpcServer::diagnosticsReport(const Request& request) {
    const bool masked = request.params[u"masked"].toBool(false);
    m_driver.networkStatus(
        reply<NetworkStatus>(request, [masked](const NetworkStatus& status) { return reportOf(status, masked); }));
}

void RpcServer::shutdown(const Request& request) {
    m_isShutDown = true;
    answer(request, {});
}

} // namespace culvert
