#include "app/culvertd/json_values.h"

#include <QJsonArray>

#include "core/messenger/names.h"
#include "core/messenger/report_names.h"

#include <QJsonArray>

namespace culvert {

namespace {

QString text(const std::string& value) {
    return QString::fromStdString(value);
}

// The path and verdict members of contact.state and contact.list.
void addPresence(QJsonObject& out, const Presence& presence) {
    out[u"online"] = presence.online;
    out[u"path"] = presence.online ? QJsonValue(QString::fromLatin1(nameOf(presence.path))) : QJsonValue();
    out[u"rtt_ms"] = presence.online ? QJsonValue(toMilliseconds(presence.roundTrip)) : QJsonValue();
    addVerdict(out, presence);
}

QJsonObject outlookOf(const PairOutlook& outlook) {
    QJsonObject members{{QStringLiteral("possible"), QLatin1String(nameOf(outlook.possible))}};
    if (outlook.possible == Answer::Yes) {
        members[u"road"] = QLatin1String(nameOf(outlook.road));
        members[u"helper"] = QLatin1String(nameOf(outlook.helper));
    }
    if (outlook.obstacle != Obstacle::None)
        members[u"obstacle"] = QLatin1String(nameOf(outlook.obstacle));
    if (outlook.remedy != Remedy::None) {
        members[u"remedy"] = QLatin1String(nameOf(outlook.remedy));
        members[u"side"] = QLatin1String(nameOf(outlook.side));
        members[u"then_exchange"] = outlook.thenExchange;
    }
    return members;
}

QJsonValue timeOrNull(const std::optional<WallTime>& time) {
    return time ? QJsonValue(static_cast<qint64>(time->milliseconds)) : QJsonValue();
}

// Each second is a small array, because there may be many: time, answered, lost, round trip or null.
QJsonArray samplesOf(const std::vector<PathSample>& samples) {
    QJsonArray out;
    for (const PathSample& sample : samples)
        out.append(QJsonArray{static_cast<qint64>(sample.at.milliseconds), static_cast<int>(sample.answered),
                              static_cast<int>(sample.lost),
                              sample.answered > 0 ? QJsonValue(toMilliseconds(sample.roundTrip)) : QJsonValue()});
    return out;
}

QJsonObject momentOf(const PathMoment& moment) {
    QJsonObject out{{QStringLiteral("at"), static_cast<qint64>(moment.at.milliseconds)},
                    {QStringLiteral("kind"), QLatin1String(nameOf(moment.kind))},
                    {QStringLiteral("count"), static_cast<int>(moment.count)}};
    if (moment.path != PathKind::None) {
        out[u"path"] = QLatin1String(nameOf(moment.path));
        out[u"remote"] = text(moment.remote);
    }
    if (moment.reason != PathReason::None)
        out[u"reason"] = QLatin1String(nameOf(moment.reason));
    if (moment.downFor > Duration::zero())
        out[u"down_for_ms"] = toMilliseconds(moment.downFor);
    return out;
}

void addReply(QJsonObject& out, const Message& message) {
    if (!message.replyTo)
        return;
    out[u"reply_to"] = text(message.replyTo->id.text());
    out[u"reply_from"] = QString::fromLatin1(nameOf(message.replyTo->from));
}

struct ToNotification {
    std::optional<JsonNotification> operator()(const ReadyEvent& event) const {
        return JsonNotification{QStringLiteral("ready"), {{QStringLiteral("address"), text(event.address)}}};
    }
    std::optional<JsonNotification> operator()(const ContactRequestEvent& event) const {
        QJsonObject params;
        params[u"contact"] = text(event.contact.id.text());
        params[u"name"] = text(event.contact.name);
        params[u"greeting"] = text(event.contact.greeting);
        return JsonNotification{QStringLiteral("contact.request"), params};
    }
    std::optional<JsonNotification> operator()(const ContactChangedEvent& event) const {
        QJsonObject params;
        params[u"contact"] = text(event.contact.id.text());
        params[u"state"] = QString::fromLatin1(nameOf(event.contact.state));
        if (event.contact.picture)
            params[u"picture"] = text(event.contact.picture->text());
        addPresence(params, event.contact.presence);
        return JsonNotification{QStringLiteral("contact.state"), params};
    }
    std::optional<JsonNotification> operator()(const MessageReceivedEvent& event) const {
        QJsonObject params;
        if (event.message.kind == MessageKind::TimerChange)
            return JsonNotification{QStringLiteral("contact.disappearing"),
                                    {{QStringLiteral("contact"), text(event.message.contact.text())},
                                     {QStringLiteral("seconds"), static_cast<qint64>(event.message.lifetimeSeconds)}}};
        params[u"contact"] = text(event.message.contact.text());
        params[u"id"] = text(event.message.id.text());
        params[u"text"] = text(event.message.text);
        params[u"sent_at"] = static_cast<qint64>(event.message.sentAt.milliseconds);
        addReply(params, event.message);
        return JsonNotification{QStringLiteral("message.received"), params};
    }
    std::optional<JsonNotification> operator()(const MessageAmendedEvent& event) const {
        const Amendment& amendment = event.amendment;
        QJsonObject params;
        params[u"contact"] = text(event.contact.text());
        params[u"id"] = text(amendment.target.id.text());
        params[u"from"] = QString::fromLatin1(nameOf(amendment.target.from));
        params[u"by"] = QString::fromLatin1(nameOf(amendment.by));
        params[u"at"] = static_cast<qint64>(amendment.at.milliseconds);
        if (amendment.kind == AmendmentKind::Edit)
            params[u"text"] = text(amendment.text);
        if (amendment.kind == AmendmentKind::Reaction)
            params[u"reaction"] = text(amendment.text);
        return JsonNotification{QStringLiteral("message.%1").arg(QLatin1String(nameOf(amendment.kind))), params};
    }
    std::optional<JsonNotification> operator()(const MessageErasedEvent& event) const {
        QJsonObject params;
        params[u"contact"] = text(event.contact.text());
        params[u"id"] = text(event.target.id.text());
        params[u"from"] = QString::fromLatin1(nameOf(event.target.from));
        return JsonNotification{QStringLiteral("message.erased"), params};
    }
    std::optional<JsonNotification> operator()(const TypingEvent& event) const {
        return JsonNotification{
            QStringLiteral("contact.typing"),
            {{QStringLiteral("contact"), text(event.contact.text())}, {QStringLiteral("typing"), event.isTyping}}};
    }
    std::optional<JsonNotification> operator()(const MessageStateEvent& event) const {
        QJsonObject params;
        params[u"contact"] = text(event.contact.text());
        params[u"id"] = text(event.id.text());
        params[u"state"] = QString::fromLatin1(nameOf(event.state));
        if (event.reason != FailReason::None)
            params[u"reason"] = QString::fromLatin1(nameOf(event.reason));
        return JsonNotification{QStringLiteral("message.state"), params};
    }
    std::optional<JsonNotification> operator()(const AddressChangedEvent& event) const {
        return JsonNotification{QStringLiteral("address.changed"), {{QStringLiteral("address"), text(event.address)}}};
    }
    std::optional<JsonNotification> operator()(const StoreProblemEvent& event) const {
        const StoreProblem& problem = event.problem;
        QJsonObject params;
        params[u"kind"] = QString::fromLatin1(nameOf(problem.kind));
        params[u"damaged_contacts"] = static_cast<qint64>(problem.damagedContacts);
        params[u"damaged_messages"] = static_cast<qint64>(problem.damagedMessages);
        if (problem.kind == StoreProblem::Kind::Salvaged) {
            params[u"saved_contacts"] = static_cast<qint64>(problem.savedContacts);
            params[u"saved_messages"] = static_cast<qint64>(problem.savedMessages);
            params[u"file"] = text(problem.file);
        }
        return JsonNotification{QStringLiteral("profile.problem"), params};
    }
    std::optional<JsonNotification> operator()(const LogEvent& event) const {
        return JsonNotification{QStringLiteral("log"), {{QStringLiteral("line"), text(event.line)}}};
    }
    std::optional<JsonNotification> operator()(const ContactRemovedEvent&) const { return std::nullopt; }
    std::optional<JsonNotification> operator()(const MessageQueuedEvent&) const { return std::nullopt; }
    std::optional<JsonNotification> operator()(const NetworkChangedEvent&) const { return std::nullopt; }
};

} // namespace

void addVerdict(QJsonObject& out, const Presence& presence) {
    if (presence.verdict == Verdict::None)
        return;
    out[u"verdict"] = QString::fromLatin1(nameOf(presence.verdict));
    out[u"advice"] = text(adviceFor(presence));
    if (presence.verdict != Verdict::NoAnswer && presence.verdict != Verdict::CannotConnect)
        return;
    out[u"outlook"] = outlookOf(presence.outlook);
}

QJsonObject toJson(const Contact& contact) {
    QJsonObject out;
    out[u"contact"] = text(contact.id.text());
    out[u"name"] = text(contact.name);
    out[u"state"] = QString::fromLatin1(nameOf(contact.state));
    out[u"verified"] = contact.verified;
    out[u"safety_number"] = text(contact.safetyNumber);
    out[u"unread"] = static_cast<int>(contact.unread);
    if (contact.mutedUntil == kMutedForEver)
        out[u"muted"] = true;
    else if (contact.mutedUntil)
        out[u"muted_until"] = static_cast<qint64>(contact.mutedUntil->milliseconds);
    if (contact.lifetimeSeconds > 0)
        out[u"disappearing"] = static_cast<qint64>(contact.lifetimeSeconds);
    if (!contact.greeting.empty())
        out[u"greeting"] = text(contact.greeting);
    if (contact.picture)
        out[u"picture"] = text(contact.picture->text());
    addPresence(out, contact.presence);
    return out;
}

QJsonObject toJson(const Invitation& invitation) {
    QJsonArray users;
    for (const ContactId& user : invitation.usedBy)
        users.append(QString::fromStdString(user.text()));
    return {
        {QStringLiteral("id"), QString::fromStdString(invitation.id.text())},
        {QStringLiteral("label"), QString::fromStdString(invitation.label)},
        {QStringLiteral("created_at"), static_cast<qint64>(invitation.createdAt.milliseconds)},
        {QStringLiteral("used_by"), users},
        {QStringLiteral("main"), invitation.isMain},
        {QStringLiteral("address"), QString::fromStdString(invitation.address)},
    };
}

QJsonObject toJson(const Message& message) {
    QJsonObject out;
    out[u"id"] = text(message.id.text());
    out[u"from"] = message.from == MessageFrom::Me ? QStringLiteral("me") : QStringLiteral("them");
    out[u"text"] = text(message.text);
    out[u"sent_at"] = static_cast<qint64>(message.sentAt.milliseconds);
    out[u"state"] = QString::fromLatin1(nameOf(message.state));
    if (message.reason != FailReason::None)
        out[u"reason"] = QString::fromLatin1(nameOf(message.reason));
    addReply(out, message);
    if (message.kind == MessageKind::TimerChange)
        out[u"kind"] = QStringLiteral("disappearing");
    if (message.editedAt)
        out[u"edited_at"] = static_cast<qint64>(message.editedAt->milliseconds);
    if (message.isDeleted)
        out[u"deleted"] = true;
    if (!message.myReaction.empty())
        out[u"my_reaction"] = text(message.myReaction);
    if (!message.theirReaction.empty())
        out[u"their_reaction"] = text(message.theirReaction);
    if (message.lifetimeSeconds > 0 || message.kind == MessageKind::TimerChange)
        out[u"seconds"] = static_cast<qint64>(message.lifetimeSeconds);
    if (message.expiresAt)
        out[u"expires_at"] = static_cast<qint64>(message.expiresAt->milliseconds);
    return out;
}

QJsonObject toJson(const PathInfo& path) {
    QJsonObject out;
    out[u"kind"] = QString::fromLatin1(nameOf(path.kind));
    out[u"local"] = text(path.local);
    out[u"remote"] = text(path.remote);
    out[u"rtt_ms"] = path.answered ? QJsonValue(toMilliseconds(path.roundTrip)) : QJsonValue();
    out[u"loss"] = path.loss;
    out[u"may_carry"] = path.mayCarry;
    out[u"mtu"] = static_cast<qint64>(path.mtu);
    out[u"active"] = path.active;
    out[u"answered"] = path.answered;
    out[u"works"] = path.works;
    out[u"source"] = QLatin1String(nameOf(path.source));
    out[u"result"] = QLatin1String(nameOf(path.result));
    out[u"last_try"] = timeOrNull(path.lastTry);
    out[u"last_answer"] = timeOrNull(path.lastAnswer);
    out[u"reason"] = path.active ? QJsonValue(QLatin1String(nameOf(path.reason))) : QJsonValue();
    out[u"samples"] = samplesOf(path.samples);
    return out;
}

QJsonObject toJson(const ConnectionInfo& connection) {
    QJsonArray paths, history;
    for (const PathInfo& path : connection.paths)
        paths.append(toJson(path));
    for (const PathMoment& moment : connection.history)
        history.append(momentOf(moment));
    return {
        {QStringLiteral("paths"), paths},
        {QStringLiteral("history"), history},
        {QStringLiteral("predicted"), connection.outlook ? QJsonValue(outlookOf(*connection.outlook)) : QJsonValue()}};
}

QJsonObject toJson(const ThirdPartyStatus& status) {
    QJsonObject out;
    out[u"address"] = text(status.address);
    out[u"key"] = text(status.key);
    out[u"health"] = status.registered ? QStringLiteral("registered") : QStringLiteral("no_answer");
    out[u"rtt_ms"] = status.registered ? QJsonValue(toMilliseconds(status.roundTrip)) : QJsonValue();
    out[u"observed"] = text(status.observed);
    return out;
}

QJsonObject toJson(const TeredoServerStatus& status) {
    QJsonObject out;
    out[u"address"] = text(status.server);
    out[u"health"] = QString::fromLatin1(nameOf(status.health));
    out[u"rtt_ms"] = status.roundTrip ? QJsonValue(toMilliseconds(*status.roundTrip)) : QJsonValue();
    return out;
}

QJsonObject toJson(const StorageInfo& info) {
    QJsonObject out;
    out[u"contacts"] = static_cast<qint64>(info.contacts);
    out[u"messages"] = static_cast<qint64>(info.messages);
    out[u"indexed"] = static_cast<qint64>(info.indexed);
    out[u"database_octets"] = static_cast<qint64>(info.databaseOctets);
    out[u"aside_octets"] = static_cast<qint64>(info.asideOctets);
    out[u"key"] = QString::fromLatin1(nameOf(info.keySource));
    out[u"folder"] = text(info.folder);
    return out;
}

QJsonObject toJson(const StoreCheck& check) {
    QJsonObject out;
    out[u"sound"] = check.isSound();
    out[u"file_sound"] = check.fileIsSound;
    out[u"contacts"] = static_cast<qint64>(check.contacts);
    out[u"messages"] = static_cast<qint64>(check.messages);
    out[u"damaged_contacts"] = static_cast<qint64>(check.damagedContacts);
    out[u"damaged_messages"] = static_cast<qint64>(check.damagedMessages);
    return out;
}

QJsonObject addressResult(const std::string& address) {
    return {{QStringLiteral("address"), text(address)}};
}

std::string stringParam(const QJsonObject& params, const char* name) {
    return params[QLatin1String(name)].toString().toStdString();
}

std::optional<JsonNotification> toNotification(const MessengerEvent& event) {
    return std::visit(ToNotification{}, event);
}

} // namespace culvert
