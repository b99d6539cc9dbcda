#include "app/culvertd/json_values.h"

#include "core/base/socket_address.h"
#include "core/messenger/names.h"

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
    if (presence.verdict != Verdict::None) {
        out[u"verdict"] = QString::fromLatin1(nameOf(presence.verdict));
        out[u"advice"] = QString::fromLatin1(adviceFor(presence.verdict));
    }
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
        addPresence(params, event.contact.presence);
        return JsonNotification{QStringLiteral("contact.state"), params};
    }
    std::optional<JsonNotification> operator()(const MessageReceivedEvent& event) const {
        QJsonObject params;
        params[u"contact"] = text(event.message.contact.text());
        params[u"id"] = text(event.message.id.text());
        params[u"text"] = text(event.message.text);
        params[u"sent_at"] = static_cast<qint64>(event.message.sentAt.milliseconds);
        return JsonNotification{QStringLiteral("message.received"), params};
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
    std::optional<JsonNotification> operator()(const LogEvent& event) const {
        return JsonNotification{QStringLiteral("log"), {{QStringLiteral("line"), text(event.line)}}};
    }
    std::optional<JsonNotification> operator()(const ContactRemovedEvent&) const { return std::nullopt; }
    std::optional<JsonNotification> operator()(const MessageQueuedEvent&) const { return std::nullopt; }
    std::optional<JsonNotification> operator()(const NetworkChangedEvent&) const { return std::nullopt; }
};

// The family and the provider stay; what names the computer goes.
QString maskedAddress(const std::string& address) {
    if (const auto v4 = Ipv4Address::fromText(address))
        return text(std::to_string(v4->octets[0]) + "." + std::to_string(v4->octets[1]) + ".x.x");
    if (const auto v6 = Ipv6Address::fromText(address))
        return text(v6->text().substr(0, 9)) + QStringLiteral("…");
    if (const auto socket = SocketAddress::fromText(address))
        return maskedAddress(socket->isV4() ? socket->v4().text() : socket->v6().text()) +
               QStringLiteral(":%1").arg(socket->port());
    return QStringLiteral("…");
}

QJsonArray addresses(const std::vector<std::string>& list, bool masked) {
    QJsonArray out;
    for (const std::string& address : list)
        out.append(masked ? maskedAddress(address) : text(address));
    return out;
}

QString summaryOf(const NetworkStatus& status) {
    const bool hasPublic4 = !status.mapping.external.empty() || !status.teredoAddress.empty();
    if (hasPublic4)
        return QStringLiteral("Friends can reach you.");
    if (!status.native6.empty())
        return QStringLiteral(
            "Friends with IPv6 can reach you, if your router lets them in; others need you to call first.");
    return QStringLiteral("Nobody can start a call to you; you can call out.");
}

} // namespace

QJsonObject toJson(const Contact& contact) {
    QJsonObject out;
    out[u"contact"] = text(contact.id.text());
    out[u"name"] = text(contact.name);
    out[u"state"] = QString::fromLatin1(nameOf(contact.state));
    out[u"verified"] = contact.verified;
    out[u"safety_number"] = text(contact.safetyNumber);
    out[u"unread"] = static_cast<int>(contact.unread);
    if (!contact.greeting.empty())
        out[u"greeting"] = text(contact.greeting);
    addPresence(out, contact.presence);
    return out;
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
    return out;
}

QJsonObject toJson(const PathInfo& path) {
    QJsonObject out;
    out[u"kind"] = QString::fromLatin1(nameOf(path.kind));
    out[u"local"] = text(path.local);
    out[u"remote"] = text(path.remote);
    out[u"rtt_ms"] = path.answered ? QJsonValue(toMilliseconds(path.roundTrip)) : QJsonValue();
    out[u"loss"] = path.loss;
    out[u"active"] = path.active;
    out[u"answered"] = path.answered;
    return out;
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

std::optional<JsonNotification> toNotification(const MessengerEvent& event) {
    return std::visit(ToNotification{}, event);
}

QJsonObject reportOf(const NetworkStatus& status, bool masked) {
    QJsonObject mapping;
    mapping[u"state"] = QString::fromLatin1(nameOf(status.mapping.state));
    if (status.mapping.failure != PortMappingFailure::None)
        mapping[u"failure"] = QString::fromLatin1(nameOf(status.mapping.failure));
    if (!status.mapping.external.empty())
        mapping[u"external"] = masked ? maskedAddress(status.mapping.external) : text(status.mapping.external);
    if (!status.mapping.detail.empty() && !masked)
        mapping[u"detail"] = text(status.mapping.detail);

    QJsonArray thirdParties;
    for (const ThirdPartyStatus& party : status.thirdParties) {
        QJsonObject one = toJson(party);
        if (masked) {
            one.remove(u"address");
            one[u"key"] = text(party.key.substr(0, 6)) + QStringLiteral("…");
            one[u"observed"] = maskedAddress(party.observed);
        }
        thirdParties.append(one);
    }
    QJsonObject out;
    out[u"summary"] = summaryOf(status);
    out[u"port"] = status.port;
    out[u"native6"] = addresses(status.native6, masked);
    out[u"local4"] = addresses(status.local4, masked);
    out[u"port_mapping"] = mapping;
    out[u"teredo_address"] =
        masked && !status.teredoAddress.empty() ? maskedAddress(status.teredoAddress) : text(status.teredoAddress);
    out[u"observed"] = addresses(status.observed, masked);
    out[u"mapping_varies_by_destination"] =
        status.mappingVariesByDestination ? QJsonValue(*status.mappingVariesByDestination) : QJsonValue();
    out[u"third_parties"] = thirdParties;
    out[u"bytes_through_third_parties"] = static_cast<qint64>(status.bytesThroughThirdParties);
    return out;
}

QString reportText(const NetworkStatus& status, bool masked) {
    const QJsonObject report = reportOf(status, masked);
    const auto list = [&](const char* name) {
        QStringList parts;
        const QJsonArray array = report[QLatin1String(name)].toArray();
        for (const QJsonValue value : array)
            parts.append(value.toString());
        return parts.isEmpty() ? QStringLiteral("none") : parts.join(QStringLiteral(", "));
    };
    const QJsonObject mapping = report[u"port_mapping"].toObject();
    QString forwarded = mapping[u"state"].toString();
    for (const QString& key : {QStringLiteral("external"), QStringLiteral("failure"), QStringLiteral("detail")})
        if (mapping.contains(key))
            forwarded += QStringLiteral(" · ") + mapping[key].toString();
    const QJsonValue varies = report[u"mapping_varies_by_destination"];
    QStringList lines;
    lines << report[u"summary"].toString() << QString();
    lines << QStringLiteral("UDP port             %1").arg(status.port);
    lines << QStringLiteral("IPv6 addresses       ") + list("native6");
    lines << QStringLiteral("IPv4 addresses       ") + list("local4");
    lines << QStringLiteral("Port mapping (UPnP)  ") + forwarded;
    lines << QStringLiteral("Teredo address       ") +
                 (status.teredoAddress.empty() ? QStringLiteral("none") : report[u"teredo_address"].toString());
    lines << QStringLiteral("Seen from outside    ") + list("observed");
    lines << QStringLiteral("Mapping varies by destination  ") + (varies.isNull()   ? QStringLiteral("not tested")
                                                                  : varies.toBool() ? QStringLiteral("yes")
                                                                                    : QStringLiteral("no"));
    return lines.join(u'\n');
}

} // namespace culvert
