#include "ui/widgets/protection_choice.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QLineEdit>
#include <QPointer>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QVBoxLayout>

#include <array>

namespace culvert {
namespace {

QLabel* hint(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, QStringLiteral("secondary"), parent);
    label->setContentsMargins(readingMargins(26, 0, 0, 4));
    return label;
}

/// 256 bits from the operating system, as text that every keyring takes.
std::string randomSecret() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toHex().toStdString();
}

} // namespace

ProtectionChoice::ProtectionChoice(Keyring* keyring, QWidget* parent) : QWidget(parent), m_keyring(keyring) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_usePassphrase = new QRadioButton(tr("A &passphrase"), this);
    m_usePassphrase->setObjectName(QStringLiteral("usePassphrase"));
    m_usePassphrase->setChecked(true);
    m_useKeyring = new QRadioButton(tr("The system's &keyring"), this);
    m_useKeyring->setObjectName(QStringLiteral("useKeyring"));
    m_useKeyring->setEnabled(false);
    m_keyringHint = hint(tr("Asking whether there is one …"), this);
    m_useNothing = new QRadioButton(tr("&Nothing"), this);
    m_useNothing->setObjectName(QStringLiteral("useNothing"));
    buildPassphrase();
    column->addWidget(m_usePassphrase);
    column->addWidget(m_passphraseFields);
    column->addWidget(m_useKeyring);
    column->addWidget(m_keyringHint);
    column->addWidget(m_useNothing);
    column->addWidget(
        hint(tr("Anyone who can read the files of this computer can then read your messages and write in your name."),
             this));
    for (QRadioButton* choice : {m_usePassphrase, m_useKeyring, m_useNothing})
        connect(choice, &QRadioButton::toggled, this, &ProtectionChoice::updateChoice);
    for (QLineEdit* field : {m_passphrase, m_repeat})
        connect(field, &QLineEdit::textEdited, this, &ProtectionChoice::changed);
    updateChoice();
    if (m_keyring == nullptr) {
        showKeyring(false);
        return;
    }
    m_keyring->probe([choice = QPointer<ProtectionChoice>(this)](bool available) {
        if (choice)
            choice->showKeyring(available);
    });
}

void ProtectionChoice::buildPassphrase() {
    m_passphraseFields = new QWidget(this);
    auto* column = new QVBoxLayout(m_passphraseFields);
    column->setContentsMargins(readingMargins(26, 0, 0, 8));
    column->setSpacing(8);
    column->addWidget(makeLabel(tr("You type it at every start. Nobody can recover it, so keep it safe."),
                                QStringLiteral("secondary"), m_passphraseFields));
    const auto field = [&](const QString& objectName, const QString& placeholder) {
        auto* edit = new QLineEdit(m_passphraseFields);
        edit->setEchoMode(QLineEdit::Password);
        edit->setObjectName(objectName);
        edit->setPlaceholderText(placeholder);
        edit->setAccessibleName(placeholder);
        column->addWidget(edit);
        return edit;
    };
    m_passphrase = field(QStringLiteral("passphrase"), tr("Passphrase"));
    m_repeat = field(QStringLiteral("repeat"), tr("Passphrase again"));
}

void ProtectionChoice::excludeKeyring() {
    m_isKeyringExcluded = true;
    showKeyring(false);
}

void ProtectionChoice::showKeyring(bool available) {
    m_useKeyring->setEnabled(available && !m_isKeyringExcluded);
    m_keyringHint->setText(m_isKeyringExcluded ? tr("It holds the key already.")
                           : available         ? tr("It opens by itself when you are logged in.")
                                               : tr("No keyring answers on this system."));
}

void ProtectionChoice::updateChoice() {
    m_passphraseFields->setVisible(m_usePassphrase->isChecked());
    emit changed();
}

KeySource ProtectionChoice::source() const {
    if (m_usePassphrase->isChecked())
        return KeySource::Passphrase;
    return m_useKeyring->isChecked() ? KeySource::Keyring : KeySource::BesideStore;
}

QString ProtectionChoice::problem() const {
    if (source() != KeySource::Passphrase)
        return {};
    if (m_passphrase->text().isEmpty())
        return tr("Type a passphrase, or choose another way.");
    if (m_passphrase->text() != m_repeat->text())
        return tr("The two passphrases differ. Type the same one twice.");
    return {};
}

void ProtectionChoice::prepare(std::function<void(const Result<std::string>&)> reply) {
    if (source() == KeySource::Passphrase)
        return reply(m_passphrase->text().toStdString());
    if (source() == KeySource::BesideStore)
        return reply(std::string());
    const std::string secret = randomSecret();
    m_keyring->store(secret, [choice = QPointer<ProtectionChoice>(this), secret,
                              reply = std::move(reply)](const Result<void>& stored) {
        if (choice)
            reply(stored ? Result<std::string>(secret) : Result<std::string>(Unexpected(stored.error())));
    });
}

void ProtectionChoice::clearSecrets() {
    m_passphrase->clear();
    m_repeat->clear();
}

QWidget* ProtectionChoice::firstField() const {
    return m_usePassphrase->isChecked() ? m_passphrase : nullptr;
}

} // namespace culvert
