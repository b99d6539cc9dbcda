// SingleInstance: one running program for each data folder; a second start hands over what it was started with.
//
// Thread safety: GUI thread.
// Invariants:
//  1. Whoever holds the lock listens. A program that was killed leaves a lock that the next one takes over.
//  2. What comes in is one text of at most kTextMax octets, from the same user; nothing is answered but that it came.
#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

namespace culvert {

/// Made before anything else of the program.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    static constexpr qint64 kTextMax = 4096;
    static constexpr int kConnectionsMax = 8; ///< at once

    /// `folder` need not exist yet.
    explicit SingleInstance(const QString& folder, QObject* parent = nullptr);

    /// Whether this is the one that runs.
    bool isFirst() const { return m_isFirst; }
    /// Hands `text` to the one that runs; empty: it shall only come to the front. False when it does not answer.
    bool handOver(const QString& text) const;
    QString serverName() const { return m_server.fullServerName(); }

signals:
    /// Another start handed this over.
    void handedOver(const QString& text);

private:
    void listen();
    void accept();

    QString m_name;
    QLockFile m_lock;
    QLocalServer m_server;
    bool m_isFirst = false;
    int m_connections = 0;
};

} // namespace culvert
