#include "ui/windows/add_contact_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/windows/page_frame.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kNameMax = 64;
constexpr int kGreetingOctetsMax = 256;

} // namespace

AddContactDialog::AddContactDialog(MessengerBridge& bridge, AddressChecker checker, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_checker(std::move(checker)), m_address(new QPlainTextEdit(this)),
      m_paste(makeButton(tr("Use the address from the clipboard"), QStringLiteral("link"), this)),
      m_found(makeLabel(tr("This is a sound address."), QStringLiteral("secondary"), this)),
      m_error(new ErrorLabel(this)), m_name(new QLineEdit(this)), m_greeting(new QLineEdit(this)),
      m_add(makeButton(tr("Send request"), QStringLiteral("primary"), this)) {
    buildFields();
    m_add->setObjectName(QStringLiteral("sendRequest"));
    m_add->setEnabled(false);
    m_add->setDefault(true);
    QPushButton* cancel = makeButton(tr("Cancel"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    static_cast<QVBoxLayout*>(layout())->addLayout(buttons);

    connect(m_address, &QPlainTextEdit::textChanged, this, &AddContactDialog::check);
    m_paste->setObjectName(QStringLiteral("useClipboard"));
    connect(m_paste, &QPushButton::clicked, this,
            [this] { m_address->setPlainText(QGuiApplication::clipboard()->text()); });
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &AddContactDialog::offerClipboard);
    connect(m_add, &QPushButton::clicked, this, &AddContactDialog::submit);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    check();
    offerClipboard();
    m_address->setFocus();
}

void AddContactDialog::buildFields() {
    QVBoxLayout* column = makeDialogColumn(this, tr("Add a contact"), 440);
    column->addWidget(
        makeLabel(tr("Paste the address that your friend gave you. Text around it does no harm."), {}, this));
    m_address->setObjectName(QStringLiteral("address"));
    m_address->setAccessibleName(tr("Address of your friend"));
    m_address->setPlaceholderText(tr("Paste here"));
    m_address->setTabChangesFocus(true);
    m_address->setWordWrapMode(QTextOption::WrapAnywhere);
    m_address->setProperty("kind", QStringLiteral("code"));
    m_address->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_address->setFixedHeight(100);
    column->addWidget(m_address);
    column->addWidget(m_paste, 0, Qt::AlignLeading);
    column->addWidget(m_error);
    column->addWidget(m_found);
    m_error->setObjectName(QStringLiteral("addressError"));

    const auto field = [&](QLineEdit* edit, const QString& label, const QString& placeholder) {
        QLabel* caption = makeLabel(label, QStringLiteral("strong"), this);
        caption->setBuddy(edit);
        edit->setPlaceholderText(placeholder);
        column->addWidget(caption);
        column->addWidget(edit);
    };
    field(m_name, tr("&Name"), tr("Empty: the name that they chose"));
    field(m_greeting, tr("&Greeting"), tr("Tell them who you are"));
    m_name->setMaxLength(kNameMax);
    m_name->setObjectName(QStringLiteral("contactName"));
    m_greeting->setMaxLength(kGreetingOctetsMax);
    m_greeting->setObjectName(QStringLiteral("greeting"));
}

void AddContactDialog::offerClipboard() {
    const QString text = QGuiApplication::clipboard()->text();
    const bool holdsOne = !text.isEmpty() && m_checker(text.toStdString()).contact.has_value();
    m_paste->setVisible(holdsOne && m_address->toPlainText().isEmpty());
}

void AddContactDialog::check() {
    const QString text = m_address->toPlainText();
    offerClipboard();
    if (text.trimmed().isEmpty()) {
        m_error->clear();
        m_found->setVisible(false);
        m_add->setEnabled(false);
        return;
    }
    const AddressCheck found = m_checker(text.toStdString());
    m_error->showError(found.error ? QString::fromStdString(found.error->detail) : QString());
    m_found->setVisible(found.contact.has_value());
    m_add->setEnabled(found.contact.has_value());
}

void AddContactDialog::submit() {
    const QByteArray greeting = m_greeting->text().trimmed().toUtf8();
    if (greeting.size() > kGreetingOctetsMax) {
        m_error->showError(tr("The greeting is too long by %n octet(s).", nullptr,
                              static_cast<int>(greeting.size()) - kGreetingOctetsMax));
        return;
    }
    m_add->setEnabled(false);
    AddContactRequest request{m_address->toPlainText().toStdString(), m_name->text().trimmed().toStdString(),
                              greeting.toStdString()};
    m_bridge.addContact(std::move(request), this, [this](const Result<ContactId>& contact) {
        if (!contact) {
            m_add->setEnabled(true);
            m_error->showError(QString::fromStdString(contact.error().detail));
            return;
        }
        emit added(contact.value());
        accept();
    });
}

} // namespace culvert
