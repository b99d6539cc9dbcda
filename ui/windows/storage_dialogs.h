// StorageDialogs: what is asked before a profile is exported, imported, protected in another way, or deleted.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace culvert {

class ErrorLabel;
class MessengerBridge;
class ProtectionChoice;

/// Fields, and one button that does it. What went wrong is said above the button, and what was typed stays.
class StorageDialog : public QDialog {
    Q_OBJECT

public:
    /// Not while it is being done: what comes of it must be told.
    void reject() override;

signals:
    /// It was done; the dialog is closed.
    void done(const QString& sentence);

protected:
    StorageDialog(MessengerBridge& bridge, const QString& title, const QString& meaning, QWidget* parent);

    /// What is missing before one can go on; empty when nothing is.
    virtual QString problem() const = 0;
    virtual void submit() = 0;
    void addButtons(const QString& action, const QString& kind);
    QLineEdit* addField(const char* name, const QString& title, bool isSecret);
    /// A field for a file, and a button that looks for one.
    QLineEdit* addFile(const QString& title, const QString& proposal, bool isNew);
    /// A field for the passphrase that opens the profile now, where one does.
    void addCurrent(KeySource source, Keyring* keyring);
    /// Gives the secret that opens the profile now.
    void fetchCurrent(std::function<void(const std::string&)> then);
    void settle(const Result<void>& result, const QString& sentence);
    void fail(const Error& error);

    MessengerBridge& m_bridge;
    QVBoxLayout* m_column;

private:
    void goOn();
    void setBusy(bool busy);

    bool m_isBusy = false;
    KeySource m_source = KeySource::BesideStore;
    Keyring* m_keyring = nullptr;
    QLineEdit* m_current = nullptr;
    ErrorLabel* m_error = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_go = nullptr;
};

/// A copy of the whole profile in one encrypted file.
class ExportDialog : public StorageDialog {
    Q_OBJECT

public:
    explicit ExportDialog(MessengerBridge& bridge, QWidget* parent = nullptr);

protected:
    QString problem() const override;
    void submit() override;

private:
    QLineEdit* m_file;
    QLineEdit* m_passphrase;
    QLineEdit* m_repeat;
};

/// A profile out of such a file, where there is none yet.
class ImportDialog : public StorageDialog {
    Q_OBJECT

public:
    ImportDialog(MessengerBridge& bridge, Keyring* keyring, QWidget* parent = nullptr);

protected:
    QString problem() const override;
    void submit() override;

private:
    QLineEdit* m_file;
    QLineEdit* m_passphrase;
    ProtectionChoice* m_protection;
};

/// Another passphrase, or another place for the key. A wrong passphrase leaves everything as it was.
class ProtectDialog : public StorageDialog {
    Q_OBJECT

public:
    ProtectDialog(MessengerBridge& bridge, Keyring* keyring, KeySource now, QWidget* parent = nullptr);

protected:
    QString problem() const override;
    void submit() override;

private:
    ProtectionChoice* m_protection;
};

/// Deletes everything, once a word was typed.
class DeleteDialog : public StorageDialog {
    Q_OBJECT

public:
    DeleteDialog(MessengerBridge& bridge, Keyring* keyring, KeySource now, QWidget* parent = nullptr);

protected:
    QString problem() const override;
    void submit() override;

private:
    QLineEdit* m_word;
};

} // namespace culvert
