// RpcServer, second part: the methods of a conversation.
#include "app/culvertd/rpc_server.h"

namespace culvert {

namespace {

std::string stringOf(const QJsonObject& params, const char* name) {
    return params[QLatin1String(name)].toString().toStdString();
}

} // namespace

std::optional<MessageRef> RpcServer::refOf(const Request& request, const char* id, const char* from,
                                           MessageFrom other) {
    const auto message = MessageId::fromText(stringOf(request.params, id));
    const std::string author = stringOf(request.params, from);
    if (!message || (!author.empty() && author != "me" && author != "them"))
        return std::nullopt;
    if (author.empty())
        return MessageRef{other, *message};
    return MessageRef{author == "me" ? MessageFrom::Me : MessageFrom::Them, *message};
}

bool RpcServer::checkMessage(const Request& request) {
    if (request.params.contains(QLatin1String("reply_to")) &&
        !refOf(request, "reply_to", "reply_from", MessageFrom::Them))
        return false;
    return !request.method.startsWith(u"message.") || !request.params.contains(QLatin1String("id")) ||
           refOf(request, "id", "from", MessageFrom::Me);
}

void RpcServer::messageEdit(const Request& request) {
    const MessageRef ref = *refOf(request, "id", "from", MessageFrom::Me);
    m_driver.editMessage(*contactOf(request), ref.id, stringOf(request.params, "text"), plainReply(request));
}

void RpcServer::messageDelete(const Request& request) {
    const DeleteFrom from = request.params[u"here"].toBool(false) ? DeleteFrom::Here : DeleteFrom::Both;
    m_driver.deleteMessage(*contactOf(request), *refOf(request, "id", "from", MessageFrom::Me), from,
                           plainReply(request));
}

void RpcServer::messageReact(const Request& request) {
    m_driver.react(*contactOf(request), *refOf(request, "id", "from", MessageFrom::Them),
                   stringOf(request.params, "reaction"), plainReply(request));
}

void RpcServer::messageRead(const Request& request) {
    m_driver.markRead(*contactOf(request), plainReply(request));
}

void RpcServer::contactMute(const Request& request) {
    WallTime until = kMutedForEver;
    if (request.params.contains(QLatin1String("until")))
        until.milliseconds = static_cast<std::int64_t>(request.params[u"until"].toDouble());
    m_driver.muteContact(*contactOf(request), until, plainReply(request));
}

void RpcServer::contactUnmute(const Request& request) {
    m_driver.muteContact(*contactOf(request), std::nullopt, plainReply(request));
}

void RpcServer::contactTyping(const Request& request) {
    m_driver.setTyping(*contactOf(request), request.params[u"typing"].toBool(), plainReply(request));
}

void RpcServer::contactDraft(const Request& request) {
    m_driver.setDraft(*contactOf(request), stringOf(request.params, "text"), plainReply(request));
}

void RpcServer::contactDisappearing(const Request& request) {
    const double seconds = request.params[u"seconds"].toDouble();
    m_driver.setDisappearing(*contactOf(request), static_cast<std::uint32_t>(std::min<double>(seconds, UINT32_MAX)),
                             plainReply(request));
}

} // namespace culvert
