#include "ui/windows/unlock_page.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/windows/page_frame.h"

#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace culvert {

UnlockPage::UnlockPage(MessengerBridge& bridge, Keyring* keyring, Way way, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_keyring(keyring), m_way(way), m_passphrase(new QLineEdit(this)),
      m_error(new ErrorLabel(this)), m_open(makeButton(tr("Open"), QStringLiteral("primary"), this)) {
    QVBoxLayout* column = makeCenteredColumn(this, 360);
    column->addWidget(new IconLabel(IconId::Mark, 48, ColorRole::Accent, this), 0, Qt::AlignHCenter);
    const bool typed = way == Way::Passphrase;
    QLabel* title = makeLabel(typed ? tr("Welcome back") : tr("Opening your messages"), QStringLiteral("title"), this);
    title->setAlignment(Qt::AlignHCenter);
    column->addWidget(title);
    QLabel* what = makeLabel(typed ? tr("Type your passphrase to open your messages.")
                                   : tr("The system's keyring holds the key. It may ask you for its own password."),
                             QStringLiteral("secondary"), this);
    what->setAlignment(Qt::AlignHCenter);
    column->addWidget(what);
    column->addSpacing(8);
    column->addWidget(m_passphrase);
    column->addWidget(m_error);
    column->addWidget(m_open);

    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setObjectName(QStringLiteral("unlockPassphrase"));
    m_passphrase->setPlaceholderText(tr("Passphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_passphrase->setVisible(typed);
    m_open->setObjectName(QStringLiteral("unlock"));
    setFocusProxy(typed ? static_cast<QWidget*>(m_passphrase) : m_open);
    connect(m_open, &QPushButton::clicked, this, &UnlockPage::submit);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &UnlockPage::submit);
    connect(m_passphrase, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
    if (!typed)
        QTimer::singleShot(0, this, &UnlockPage::fetchFromKeyring);
}

void UnlockPage::submit() {
    if (m_way == Way::Keyring) {
        fetchFromKeyring();
        return;
    }
    if (m_passphrase->text().isEmpty()) {
        m_error->showError(tr("Type your passphrase."));
        return;
    }
    unlock(m_passphrase->text().toStdString());
}

void UnlockPage::fetchFromKeyring() {
    if (!m_keyring) {
        m_error->showError(tr("No keyring answers on this system, and the key of your messages is in one."));
        return;
    }
    setBusy(true);
    m_keyring->fetch([page = QPointer<UnlockPage>(this)](const Result<std::string>& secret) {
        if (!page)
            return;
        if (secret)
            page->unlock(secret.value());
        else
            page->showError(secret.error());
    });
}

void UnlockPage::unlock(const std::string& secret) {
    setBusy(true);
    m_error->clear();
    m_bridge.unlockProfile(secret, this, [this](const Result<std::string>& address) {
        if (!address) {
            showError(address.error());
            return;
        }
        emit unlocked();
    });
}

void UnlockPage::showError(const Error& error) {
    setBusy(false);
    const bool wrong = error.code == ErrorCode::WrongPassphrase && m_way == Way::Passphrase;
    m_error->showError(wrong ? tr("This passphrase does not open your messages. Check Caps Lock and try again.")
                             : QString::fromStdString(error.detail));
    m_passphrase->setFocus();
    m_passphrase->selectAll();
}

void UnlockPage::setBusy(bool busy) {
    m_open->setEnabled(!busy);
    if (busy)
        m_open->setText(tr("Opening …"));
    else
        m_open->setText(m_way == Way::Passphrase ? tr("Open") : tr("Try again"));
}

} // namespace culvert
