// RpcServer, second part: the methods of a conversation, and pictures.
#include "app/culvertd/rpc_server.h"

namespace culvert {

namespace {

// RFC 4648 §4.
QJsonObject pictureOf(const Bytes& octets) {
    const QByteArray view(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()));
    return {{QStringLiteral("picture"), QString::fromLatin1(view.toBase64())}};
}

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

void RpcServer::profilePicture(const Request& request) {
    m_driver.ownPicture(reply<Bytes>(request, pictureOf));
}

void RpcServer::profileSetPicture(const Request& request) {
    const auto decoded = QByteArray::fromBase64Encoding(request.params[u"picture"].toString().toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return refuse(request, {ErrorCode::Malformed, "The picture is no base64."});
    m_driver.setOwnPicture(Bytes((*decoded).begin(), (*decoded).end()), plainReply(request));
}

void RpcServer::contactPicture(const Request& request) {
    m_driver.contactPicture(*contactOf(request), reply<Bytes>(request, pictureOf));
}

} // namespace culvert
