// RpcServer, second part: search, and the profile as a whole.
#include "app/culvertd/json_values.h"
#include "app/culvertd/rpc_server.h"
#include "core/messenger/names.h"

#include <QJsonArray>
#include <algorithm>

namespace culvert {

namespace {

// Without a new passphrase the key goes beside the store, as in profile.create.
KeySource newKeySource(const QJsonObject& params) {
    return params.contains(QLatin1String("new_passphrase")) ? KeySource::Passphrase : KeySource::BesideStore;
}

} // namespace

void RpcServer::messageSearch(const Request& request) {
    SearchRequest wanted;
    wanted.text = stringParam(request.params, "text");
    if (request.params.contains(QLatin1String("contact")))
        wanted.contact = contactOf(request);
    const QString before = request.params[u"before"].toString();
    bool isNumber = true;
    wanted.before = before.isEmpty() ? 0 : before.toULongLong(&isNumber);
    if (!isNumber)
        return refuse(request, {ErrorCode::InvalidArgument, "\"before\" is what \"next\" of another page said."});
    const double limit = request.params[u"limit"].toDouble(static_cast<double>(wanted.limit));
    wanted.limit = static_cast<std::size_t>(std::min<double>(limit, kSearchPageMax));
    m_driver.search(std::move(wanted), reply<SearchPage>(request, [](const SearchPage& page) {
                        QJsonArray list;
                        for (const Message& message : page.messages) {
                            QJsonObject one = toJson(message);
                            one[u"contact"] = QString::fromStdString(message.contact.text());
                            list.append(one);
                        }
                        QJsonObject result{{QStringLiteral("messages"), list}};
                        if (page.next != 0)
                            result[u"next"] = QString::number(page.next);
                        return result;
                    }));
}

void RpcServer::profileProtect(const Request& request) {
    const KeySource source = newKeySource(request.params);
    ProtectRequest wanted{stringParam(request.params, "passphrase"), source,
                          stringParam(request.params, "new_passphrase")};
    m_driver.protectProfile(std::move(wanted), [this, request, source](Result<void> done) {
        if (!done)
            return refuse(request, done.error());
        answer(request, {{QStringLiteral("key"), QString::fromLatin1(nameOf(source))}});
    });
}

void RpcServer::profileExport(const Request& request) {
    m_driver.exportProfile({stringParam(request.params, "path"), stringParam(request.params, "passphrase")},
                           plainReply(request));
}

void RpcServer::profileImport(const Request& request) {
    ImportRequest wanted{stringParam(request.params, "path"), stringParam(request.params, "passphrase"),
                         newKeySource(request.params), stringParam(request.params, "new_passphrase")};
    m_driver.importProfile(std::move(wanted), reply<std::string>(request, addressResult));
}

void RpcServer::profileStorage(const Request& request) {
    m_driver.storageInfo(reply<StorageInfo>(request, [](const StorageInfo& info) { return toJson(info); }));
}

void RpcServer::profileVerify(const Request& request) {
    m_driver.verifyStore(reply<StoreCheck>(request, [](const StoreCheck& check) { return toJson(check); }));
}

void RpcServer::profileCompact(const Request& request) {
    m_driver.compactStore(plainReply(request));
}

void RpcServer::profileDelete(const Request& request) {
    m_driver.deleteProfile(stringParam(request.params, "passphrase"), plainReply(request));
}

} // namespace culvert
