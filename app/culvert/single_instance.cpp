#include "app/culvert/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

namespace culvert {
namespace {

constexpr int kWaitMs = 2000;
constexpr auto kSilenceMax = std::chrono::seconds(2);

/// Short, because the name of a socket may have some hundred octets, and a folder's more.
QString nameFor(const QString& folder) {
    const QString path = QDir(folder).absolutePath();
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    return QStringLiteral("culvert-") + QString::fromLatin1(hash);
}

/// The user's own folder for sockets, where there is one: others cannot put something there in our name.
QString placeOf(const QString& name) {
    QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (folder.isEmpty())
        folder = QDir::tempPath();
    return QDir(folder).filePath(name);
}

QString pipeName(const QString& name) {
#ifdef _WIN32
    return name; // a pipe, which has no place
#else
    return placeOf(name);
#endif
}

} // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent), m_name(nameFor(folder)), m_lock(placeOf(m_name) + QStringLiteral(".lock")) {
    m_lock.setStaleLockTime(0); // It is stale when its owner is gone, and never by its age.
    m_isFirst = m_lock.tryLock(0) || m_lock.error() != QLockFile::LockFailedError;
    if (m_isFirst)
        listen();
}

void SingleInstance::listen() {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    QLocalServer::removeServer(pipeName(m_name)); // of one that was killed
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
    m_server.listen(pipeName(m_name));
}

void SingleInstance::accept() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        if (m_connections >= kConnectionsMax) {
            delete socket;
            continue;
        }
        ++m_connections;
        socket->setReadBufferSize(kTextMax + 1);
        connect(socket, &QObject::destroyed, this, [this] { --m_connections; });
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kSilenceMax, socket, &QObject::deleteLater);
        const auto read = [this, socket] {
            const QByteArray soFar = socket->peek(kTextMax + 1);
            const qsizetype end = soFar.indexOf('\n');
            if (end < 0 && soFar.size() <= kTextMax)
                return;
            socket->disconnect(this);
            if (end >= 0) {
                socket->write("ok\n");
                emit handedOver(QString::fromUtf8(soFar.first(end)));
            }
            socket->disconnectFromServer();
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read(); // It may have come with the connection.
    }
}

bool SingleInstance::handOver(const QString& text) const {
    QLocalSocket socket;
    socket.connectToServer(pipeName(m_name));
    if (!socket.waitForConnected(kWaitMs))
        return false;
    QByteArray line = text.simplified().toUtf8();
    if (line.size() >= kTextMax)
        line.clear();
    socket.write(line + '\n');
    return socket.waitForBytesWritten(kWaitMs) && socket.waitForReadyRead(kWaitMs) && socket.readAll().startsWith("ok");
}

} // namespace culvert
