// ProtectionChoice: what opens the profile: a passphrase, the system's keyring, or nothing.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/storage.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QRadioButton;

namespace culvert {

/// Asks the keyring whether it is there; who may not be chosen says why. GUI thread.
class ProtectionChoice : public QWidget {
    Q_OBJECT

public:
    /// `keyring` may be null: there is none then.
    explicit ProtectionChoice(Keyring* keyring, QWidget* parent = nullptr);

    /// The keyring holds the key already: a new one there would take the place of the one that opens the profile now.
    void excludeKeyring();
    KeySource source() const;
    /// What is missing before one can go on; empty when nothing is.
    QString problem() const;
    /// Gives the secret for source(): the passphrase, or a new one that the keyring keeps now.
    void prepare(std::function<void(const Result<std::string>&)> reply);
    void clearSecrets();
    /// Where typing begins; null where nothing is typed.
    QWidget* firstField() const;

signals:
    /// Another choice, or something was typed.
    void changed();

private:
    void buildPassphrase();
    void showKeyring(bool available);
    void updateChoice();

    Keyring* m_keyring;
    bool m_isKeyringExcluded = false;
    QRadioButton* m_usePassphrase = nullptr;
    QRadioButton* m_useKeyring = nullptr;
    QRadioButton* m_useNothing = nullptr;
    QLabel* m_keyringHint = nullptr;
    QWidget* m_passphraseFields = nullptr;
    QLineEdit* m_passphrase = nullptr;
    QLineEdit* m_repeat = nullptr;
};

} // namespace culvert
