// FirstRunPage: a name, and how the messages on this computer are kept shut.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace culvert {

class ErrorLabel;
class MessengerBridge;

/// Shown while there is no profile. What was typed stays when creating fails.
class FirstRunPage : public QWidget {
    Q_OBJECT

public:
    /// `keyring` may be null: there is none then.
    FirstRunPage(MessengerBridge& bridge, Keyring* keyring, QWidget* parent = nullptr);

signals:
    void created();

protected:
    /// Enter goes on from everywhere, as in a dialog.
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* buildChoices();
    QWidget* buildPassphrase();
    void probeKeyring();
    void showKeyring(bool available);
    void updateChoice();
    void submit();
    void storeInKeyring();
    void create(KeySource source, const std::string& secret);
    void setBusy(bool busy);
    QString problem() const; ///< what is missing before one can go on; empty when nothing is

    MessengerBridge& m_bridge;
    Keyring* m_keyring;
    QLineEdit* m_name = nullptr;
    QRadioButton* m_usePassphrase = nullptr;
    QRadioButton* m_useKeyring = nullptr;
    QRadioButton* m_useNothing = nullptr;
    QLabel* m_keyringHint = nullptr;
    QLabel* m_nothingHint = nullptr;
    QWidget* m_passphraseFields = nullptr;
    QLineEdit* m_passphrase = nullptr;
    QLineEdit* m_repeat = nullptr;
    ErrorLabel* m_error = nullptr;
    QPushButton* m_create = nullptr;
};

} // namespace culvert
