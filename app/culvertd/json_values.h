// The values of core as JSON, with the member names of the JSON-RPC contract.
#pragma once

#include "core/messenger/connection_info.h"
#include "core/messenger/invitation.h"
#include "core/messenger/events.h"

#include <QJsonArray>
#include <QJsonObject>

namespace culvert {

QJsonObject toJson(const Contact& contact);
QJsonObject toJson(const Invitation& invitation);
QJsonObject toJson(const Message& message);
QJsonObject toJson(const PathInfo& path);
QJsonObject toJson(const ConnectionInfo& connection);
QJsonObject toJson(const ThirdPartyStatus& status);
QJsonObject toJson(const TeredoServerStatus& status);

QJsonObject toJson(const StorageInfo& info);
QJsonObject toJson(const StoreCheck& check);
QJsonObject addressResult(const std::string& address);

/// A member that is a string; empty when it is not there.
std::string stringParam(const QJsonObject& params, const char* name);

/// Why the contact is not connected, and what would change that; nothing where it is.
void addVerdict(QJsonObject& out, const Presence& presence);

/// A notification: its method and params.
struct JsonNotification {
    QString method;
    QJsonObject params;
};
/// Nothing for events that scripts are not told of.
std::optional<JsonNotification> toNotification(const MessengerEvent& event);

} // namespace culvert
