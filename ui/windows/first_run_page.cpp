#include "ui/windows/first_run_page.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/windows/page_frame.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QVBoxLayout>

#include <array>

namespace culvert {
namespace {

constexpr int kNameMax = 64;

QLabel* hint(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, QStringLiteral("secondary"), parent);
    label->setContentsMargins(26, 0, 0, 4);
    return label;
}

/// 256 bits from the operating system, as text that every keyring takes.
std::string randomSecret() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toHex().toStdString();
}

} // namespace

FirstRunPage::FirstRunPage(MessengerBridge& bridge, Keyring* keyring, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_keyring(keyring) {
    QVBoxLayout* column = makeCenteredColumn(this, 420);
    column->addWidget(new IconLabel(IconId::Mark, 48, ColorRole::Accent, this), 0, Qt::AlignHCenter);
    QLabel* title = makeLabel(tr("Welcome to Culvert"), QStringLiteral("title"), this);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    QLabel* what = makeLabel(tr("Messages go straight from your computer to your friend's. There is no account and no "
                                "server that keeps them."),
                             QStringLiteral("secondary"), this);
    what->setAlignment(Qt::AlignHCenter);
    column->addWidget(what);
    column->addSpacing(12);

    m_name = new QLineEdit(this);
    m_name->setMaxLength(kNameMax);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setPlaceholderText(tr("How friends see you at first"));
    QLabel* nameLabel = makeLabel(tr("Your &name"), QStringLiteral("strong"), this);
    nameLabel->setBuddy(m_name);
    column->addWidget(nameLabel);
    column->addWidget(m_name);
    column->addSpacing(8);
    column->addWidget(makeLabel(tr("Protect your messages on this computer"), QStringLiteral("strong"), this));
    column->addWidget(buildChoices());

    m_error = new ErrorLabel(this);
    m_create = makeButton(tr("Start"), QStringLiteral("primary"), this);
    m_create->setObjectName(QStringLiteral("create"));
    m_create->setDefault(true);
    column->addWidget(m_error);
    column->addWidget(m_create);

    connect(m_create, &QPushButton::clicked, this, &FirstRunPage::submit);
    for (QLineEdit* field : {m_name, m_passphrase, m_repeat})
        connect(field, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
    setFocusProxy(m_name);
    updateChoice();
    probeKeyring();
}

QWidget* FirstRunPage::buildChoices() {
    auto* choices = new QWidget(this);
    auto* column = new QVBoxLayout(choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_usePassphrase = new QRadioButton(tr("With a &passphrase"), choices);
    m_usePassphrase->setObjectName(QStringLiteral("usePassphrase"));
    m_usePassphrase->setChecked(true);
    m_useKeyring = new QRadioButton(tr("With the system's &keyring"), choices);
    m_useKeyring->setObjectName(QStringLiteral("useKeyring"));
    m_useKeyring->setEnabled(false);
    m_keyringHint = hint(tr("Asking whether there is one …"), choices);
    m_useNothing = new QRadioButton(tr("&Not at all"), choices);
    m_useNothing->setObjectName(QStringLiteral("useNothing"));
    m_nothingHint =
        hint(tr("Anyone who can read the files of this computer can then read your messages and write in your name."),
             choices);
    column->addWidget(m_usePassphrase);
    column->addWidget(buildPassphrase());
    column->addWidget(m_useKeyring);
    column->addWidget(m_keyringHint);
    column->addWidget(m_useNothing);
    column->addWidget(m_nothingHint);
    for (QRadioButton* choice : {m_usePassphrase, m_useKeyring, m_useNothing})
        connect(choice, &QRadioButton::toggled, this, &FirstRunPage::updateChoice);
    return choices;
}

QWidget* FirstRunPage::buildPassphrase() {
    m_passphraseFields = new QWidget(this);
    auto* column = new QVBoxLayout(m_passphraseFields);
    column->setContentsMargins(26, 0, 0, 8);
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
    return m_passphraseFields;
}

void FirstRunPage::probeKeyring() {
    if (!m_keyring) {
        showKeyring(false);
        return;
    }
    m_keyring->probe([page = QPointer<FirstRunPage>(this)](bool available) {
        if (page)
            page->showKeyring(available);
    });
}

void FirstRunPage::showKeyring(bool available) {
    m_useKeyring->setEnabled(available);
    m_keyringHint->setText(available ? tr("It opens by itself when you are logged in.")
                                     : tr("No keyring answers on this system."));
}

void FirstRunPage::updateChoice() {
    m_passphraseFields->setVisible(m_usePassphrase->isChecked());
    if (m_error)
        m_error->clear();
}

QString FirstRunPage::problem() const {
    if (m_name->text().trimmed().isEmpty())
        return tr("Type a name that your friends know you by.");
    if (!m_usePassphrase->isChecked())
        return {};
    if (m_passphrase->text().isEmpty())
        return tr("Type a passphrase, or choose another protection.");
    if (m_passphrase->text() != m_repeat->text())
        return tr("The two passphrases differ. Type the same one twice.");
    return {};
}

void FirstRunPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        submit();
    else
        QWidget::keyPressEvent(event);
}

void FirstRunPage::submit() {
    const QString missing = problem();
    m_error->showError(missing);
    if (!missing.isEmpty())
        return;
    setBusy(true);
    if (m_usePassphrase->isChecked())
        create(KeySource::Passphrase, m_passphrase->text().toStdString());
    else if (m_useKeyring->isChecked())
        storeInKeyring();
    else
        create(KeySource::BesideStore, {});
}

void FirstRunPage::storeInKeyring() {
    const std::string secret = randomSecret();
    m_keyring->store(secret, [page = QPointer<FirstRunPage>(this), secret](const Result<void>& stored) {
        if (!page)
            return;
        if (stored) {
            page->create(KeySource::Keyring, secret);
            return;
        }
        page->setBusy(false);
        page->m_error->showError(QString::fromStdString(stored.error().detail));
    });
}

void FirstRunPage::create(KeySource source, const std::string& secret) {
    ProfileRequest request{m_name->text().trimmed().toStdString(), source, secret};
    m_bridge.createProfile(std::move(request), this, [this](const Result<std::string>& address) {
        setBusy(false);
        if (!address) {
            m_error->showError(QString::fromStdString(address.error().detail));
            return;
        }
        emit created();
    });
}

void FirstRunPage::setBusy(bool busy) {
    m_create->setEnabled(!busy);
    m_create->setText(busy ? tr("Making your keys …") : tr("Start"));
}

} // namespace culvert
