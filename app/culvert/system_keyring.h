// SystemKeyring: the Keyring that the system has, through QtKeychain.
#pragma once

#include "core/messenger/keyring.h"

#include <QObject>

namespace culvert {

/// One entry for each data folder. GUI thread.
class SystemKeyring final : public QObject, public Keyring {
    Q_OBJECT

public:
    SystemKeyring(const QString& folder, QObject* parent);

    void probe(std::function<void(bool available)> reply) override;
    void store(std::string secret, std::function<void(Result<void>)> reply) override;
    void fetch(std::function<void(Result<std::string>)> reply) override;

private:
    QString m_entry;
};

} // namespace culvert
