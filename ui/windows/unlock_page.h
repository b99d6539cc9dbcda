// UnlockPage: opens a profile, with a passphrase or with what the keyring holds.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <QWidget>

class QLineEdit;
class QPushButton;

namespace culvert {

class ErrorLabel;
class MessengerBridge;

/// A wrong passphrase is told beside the field and stays in it.
class UnlockPage : public QWidget {
    Q_OBJECT

public:
    /// Who knows the secret.
    enum class Way { Passphrase, Keyring };

    UnlockPage(MessengerBridge& bridge, Keyring* keyring, Way way, QWidget* parent = nullptr);

signals:
    void unlocked();

private:
    void submit();
    void fetchFromKeyring();
    void unlock(const std::string& secret);
    void showError(const Error& error);
    void setBusy(bool busy);

    MessengerBridge& m_bridge;
    Keyring* m_keyring;
    Way m_way;
    QLineEdit* m_passphrase;
    ErrorLabel* m_error;
    QPushButton* m_open;
};

} // namespace culvert
