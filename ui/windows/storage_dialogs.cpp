#include "ui/windows/storage_dialogs.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/protection_choice.h"
#include "ui/windows/page_frame.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kWidth = 440;

QString fileFilter() {
    return ExportDialog::tr("Exported profiles (*.culvert)");
}

} // namespace

StorageDialog::StorageDialog(MessengerBridge& bridge, const QString& title, const QString& meaning, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_column(makeDialogColumn(this, title, kWidth)) {
    setAttribute(Qt::WA_DeleteOnClose);
    m_column->addWidget(makeLabel(meaning, QStringLiteral("secondary"), this));
}

QLineEdit* StorageDialog::addField(const char* name, const QString& title, bool isSecret) {
    auto* field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    if (isSecret)
        field->setEchoMode(QLineEdit::Password);
    QLabel* label = makeLabel(title, QStringLiteral("strong"), this);
    label->setBuddy(field);
    field->setAccessibleName(title);
    m_column->addWidget(label);
    m_column->addWidget(field);
    return field;
}

QLineEdit* StorageDialog::addFile(const QString& title, const QString& proposal, bool isNew) {
    QLineEdit* field = addField("file", title, false);
    field->setText(QDir::toNativeSeparators(proposal));
    QPushButton* look = makeButton(tr("Choose …"), {}, this);
    auto* row = new QHBoxLayout;
    m_column->removeWidget(field);
    row->addWidget(field, 1);
    row->addWidget(look);
    m_column->addLayout(row);
    connect(look, &QPushButton::clicked, this, [this, field, isNew] {
        const QString chosen = isNew ? QFileDialog::getSaveFileName(this, {}, field->text(), fileFilter())
                                     : QFileDialog::getOpenFileName(this, {}, field->text(), fileFilter());
        if (!chosen.isEmpty())
            field->setText(QDir::toNativeSeparators(chosen));
    });
    return field;
}

void StorageDialog::addCurrent(KeySource source, Keyring* keyring) {
    m_source = source;
    m_keyring = keyring;
    if (source == KeySource::Passphrase)
        m_current = addField("current", tr("The passphrase that opens it now"), true);
}

void StorageDialog::addButtons(const QString& action, const QString& kind) {
    m_error = new ErrorLabel(this);
    m_cancel = makeButton(tr("Cancel"), {}, this);
    m_go = makeButton(action, kind, this);
    m_go->setObjectName(QStringLiteral("go"));
    m_go->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_cancel);
    row->addWidget(m_go);
    m_column->addWidget(m_error);
    m_column->addLayout(row);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_go, &QPushButton::clicked, this, &StorageDialog::goOn);
    for (QLineEdit* field : findChildren<QLineEdit*>())
        connect(field, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
}

void StorageDialog::goOn() {
    const QString missing = problem();
    m_error->showError(missing);
    if (!missing.isEmpty())
        return;
    setBusy(true);
    submit();
}

void StorageDialog::reject() {
    if (!m_isBusy)
        QDialog::reject();
}

void StorageDialog::setBusy(bool busy) {
    m_isBusy = busy;
    m_go->setEnabled(!busy);
    m_cancel->setEnabled(!busy);
}

void StorageDialog::fetchCurrent(std::function<void(const std::string&)> then) {
    if (m_source != KeySource::Keyring)
        return then(m_current ? m_current->text().toStdString() : std::string());
    if (m_keyring == nullptr)
        return fail({ErrorCode::NotFound, tr("No keyring answers on this system.").toStdString()});
    m_keyring->fetch([dialog = QPointer<StorageDialog>(this), then = std::move(then)](const Result<std::string>& held) {
        if (!dialog)
            return;
        if (held)
            then(*held);
        else
            dialog->fail(held.error());
    });
}

void StorageDialog::fail(const Error& error) {
    setBusy(false);
    m_error->showError(QString::fromStdString(error.detail));
}

void StorageDialog::settle(const Result<void>& result, const QString& sentence) {
    if (!result)
        return fail(result.error());
    accept();
    emit done(sentence);
}

ExportDialog::ExportDialog(MessengerBridge& bridge, QWidget* parent)
    : StorageDialog(bridge, tr("Export the profile"),
                    tr("Your keys, contacts and messages go into one encrypted file. Never use the same profile on two "
                       "computers at a time: each would miss messages of the other."),
                    parent),
      m_file(addFile(
          tr("File"),
          QDir::home().filePath(QStringLiteral("profile-%1.culvert").arg(QDate::currentDate().toString(Qt::ISODate))),
          true)),
      m_passphrase(addField("passphrase", tr("A passphrase for this file"), true)),
      m_repeat(addField("repeat", tr("The passphrase again"), true)) {
    addButtons(tr("Export"), QStringLiteral("primary"));
}

QString ExportDialog::problem() const {
    if (m_file->text().trimmed().isEmpty())
        return tr("Choose a file.");
    if (m_passphrase->text().isEmpty())
        return tr("Type a passphrase. Without it nobody can open the file.");
    return m_passphrase->text() == m_repeat->text() ? QString()
                                                    : tr("The two passphrases differ. Type the same one twice.");
}

void ExportDialog::submit() {
    const QString file = m_file->text().trimmed();
    m_bridge.exportProfile(
        {QDir::fromNativeSeparators(file).toStdString(), m_passphrase->text().toStdString()}, this,
        [this, file](const Result<void>& result) { settle(result, tr("Exported to %1").arg(file)); });
}

ImportDialog::ImportDialog(MessengerBridge& bridge, Keyring* keyring, QWidget* parent)
    : StorageDialog(bridge, tr("Import a profile"),
                    tr("From a file that Culvert exported. Never use the same profile on two computers at a time: each "
                       "would miss messages of the other."),
                    parent),
      m_file(addFile(tr("File"), {}, false)),
      m_passphrase(addField("filePassphrase", tr("The passphrase of the file"), true)),
      m_protection(new ProtectionChoice(keyring, this)) {
    m_column->addWidget(makeLabel(tr("What opens the profile on this computer?"), QStringLiteral("strong"), this));
    m_column->addWidget(m_protection);
    addButtons(tr("Import"), QStringLiteral("primary"));
}

QString ImportDialog::problem() const {
    return m_file->text().trimmed().isEmpty() ? tr("Choose a file.") : m_protection->problem();
}

void ImportDialog::submit() {
    m_protection->prepare([this](const Result<std::string>& secret) {
        if (!secret)
            return fail(secret.error());
        ImportRequest request{QDir::fromNativeSeparators(m_file->text().trimmed()).toStdString(),
                              m_passphrase->text().toStdString(), m_protection->source(), *secret};
        m_bridge.importProfile(std::move(request), this, [this](const Result<std::string>& address) {
            settle(address ? Result<void>() : Result<void>(Unexpected(address.error())), {});
        });
    });
}

ProtectDialog::ProtectDialog(MessengerBridge& bridge, Keyring* keyring, KeySource now, QWidget* parent)
    : StorageDialog(bridge, tr("Change the protection"), tr("What is to open your messages from now on?"), parent),
      m_protection(new ProtectionChoice(keyring, this)) {
    if (now == KeySource::Keyring)
        m_protection->excludeKeyring();
    addCurrent(now, keyring);
    m_column->addWidget(m_protection);
    addButtons(tr("Change"), QStringLiteral("primary"));
}

QString ProtectDialog::problem() const {
    return m_protection->problem();
}

void ProtectDialog::submit() {
    fetchCurrent([this](const std::string& current) {
        m_protection->prepare([this, current](const Result<std::string>& secret) {
            if (!secret)
                return fail(secret.error());
            m_bridge.protectProfile(
                {current, m_protection->source(), *secret}, this,
                [this](const Result<void>& result) { settle(result, tr("The protection is changed")); });
        });
    });
}

DeleteDialog::DeleteDialog(MessengerBridge& bridge, Keyring* keyring, KeySource now, QWidget* parent)
    : StorageDialog(bridge, tr("Delete the profile"),
                    tr("Your keys, contacts and messages are deleted from this computer, for good. Your friends can no "
                       "longer reach you, and are not asked."),
                    parent),
      m_word(nullptr) {
    addCurrent(now, keyring);
    m_word = addField("word", tr("Type “%1” to confirm").arg(tr("delete", "the word that is to be typed")), false);
    addButtons(tr("Delete everything"), QStringLiteral("danger"));
}

QString DeleteDialog::problem() const {
    const QString word = tr("delete", "the word that is to be typed");
    return m_word->text().trimmed().compare(word, Qt::CaseInsensitive) == 0
               ? QString()
               : tr("Type the word “%1” into the last field.").arg(word);
}

void DeleteDialog::submit() {
    fetchCurrent([this](const std::string& current) {
        m_bridge.deleteProfile(current, this, [this](const Result<void>& result) { settle(result, {}); });
    });
}

} // namespace culvert
