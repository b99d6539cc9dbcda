// RpcServer: JSON-RPC 2.0 over lines, in front of a Messenger. The method names are a contract with scripts.
#pragma once

#include "app/culvertd/line_writer.h"
#include "core/io/driver.h"

#include <QJsonObject>
#include <QJsonValue>

namespace culvert {

/// Answers one line at a time. Thread safety: handleLine() on one thread; answers leave from any.
class RpcServer {
public:
    /// Longer lines are answered with an error and skipped.
    static constexpr std::size_t kLineMax = 1024 * 1024;

    RpcServer(Driver& driver, LineWriter& writer);

    /// False after `shutdown`.
    bool handleLine(const std::string& line);
    void answerOversizedLine();
    /// Waits until every request so far is answered, at most `limit`.
    void finish(std::chrono::milliseconds limit);

private:
    /// One request. `id` is undefined for a notification: nothing is answered then.
    struct Request {
        QString method;
        QJsonObject params;
        QJsonValue id;
    };
    using Handler = void (RpcServer::*)(const Request&);
    struct Method {
        const char* name;
        Handler handler;
        std::vector<const char*> required;
        std::vector<const char*> optional;
    };

    static const std::vector<Method>& methods();
    bool check(const Request& request, const Method& method);
    void answer(const Request& request, const QJsonObject& result);
    void refuse(const QJsonValue& id, int code, const QString& message, const QString& kind = {});
    void refuse(const Request& request, const Error& error);
    void settle();
    void notify(const MessengerEvent& event);
    std::optional<ContactId> contactOf(const Request& request);
    // A message by two members; nothing when they are no names. `other`: who wrote it where nobody is named.
    static std::optional<MessageRef> refOf(const Request& request, const char* id, const char* from, MessageFrom other);
    static bool checkMessage(const Request& request);

    template<typename T, typename Render> Reply<T> reply(const Request& request, Render render);
    Reply<void> plainReply(const Request& request);

    void profileCreate(const Request& request);
    void profileUnlock(const Request& request);
    void profileAddress(const Request& request);
    void contactAdd(const Request& request);
    void contactList(const Request& request);
    void contactAccept(const Request& request);
    void contactRemove(const Request& request);
    void contactBlock(const Request& request);
    void contactVerify(const Request& request);
    void contactMute(const Request& request);
    void contactUnmute(const Request& request);
    void contactTyping(const Request& request);
    void contactDraft(const Request& request);
    void contactDisappearing(const Request& request);
    void messageSend(const Request& request);
    void messageEdit(const Request& request);
    void messageDelete(const Request& request);
    void messageReact(const Request& request);
    void messageRead(const Request& request);
    void messageList(const Request& request);
    void findMessages(const Request& request, const ContactId& contact, const QString& before, std::size_t limit,
                      std::uint64_t position);
    void messageSearch(const Request& request);
    void profileProtect(const Request& request);
    void profileExport(const Request& request);
    void profileImport(const Request& request);
    void profileStorage(const Request& request);
    void profileVerify(const Request& request);
    void profileCompact(const Request& request);
    void profileDelete(const Request& request);
    void unavailable(const Request& request);
    void pathList(const Request& request);
    void addWays(const Request& request, const QJsonObject& connection, const Contact& contact);
    void profileRename(const Request& request);
    void profilePicture(const Request& request);
    void profileSetPicture(const Request& request);
    void contactPicture(const Request& request);
    void invitationCreate(const Request& request);
    void invitationList(const Request& request);
    void invitationRevoke(const Request& request);
    void settingsGet(const Request& request);
    void settingsSet(const Request& request);
    void pathRetry(const Request& request);
    void pathAskToRing(const Request& request);
    void portChange(const Request& request);
    void rendezvousMove(const Request& request);
    void rendezvousRemove(const Request& request);
    void teredoServerRemove(const Request& request);
    void rendezvousAdd(const Request& request);
    void rendezvousList(const Request& request);
    void teredoServerAdd(const Request& request);
    void teredoServerList(const Request& request);
    void diagnosticsReport(const Request& request);
    void shutdown(const Request& request);

    Driver& m_driver;
    LineWriter& m_writer;
    bool m_isShutDown = false;
    std::mutex m_mutex;
    std::condition_variable m_answered;
    unsigned m_outstanding = 0; // requests that were handed to a handler and not answered yet
};

template<typename T, typename Render> Reply<T> RpcServer::reply(const Request& request, Render render) {
    return [this, request, render = std::move(render)](Result<T> result) {
        if (result)
            answer(request, render(*result));
        else
            refuse(request, result.error());
    };
}

} // namespace culvert
