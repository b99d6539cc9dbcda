#include "ui/windows/add_contact_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/qr_reader.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/windows/page_frame.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kNameMax = 64;
constexpr int kGreetingOctetsMax = 256;

/// What is wrong with a pasted address, and what to do. Core's own words, more exact, are English.
QString wordsOf(const Error& error) {
    switch (error.code) {
    case ErrorCode::NotFound:
        return AddContactDialog::tr("There is no Culvert address in this text. It begins with \"culvert:\".");
    case ErrorCode::Truncated:
        return AddContactDialog::tr("The address is cut off. Copy the whole of it.");
    case ErrorCode::Malformed:
        return AddContactDialog::tr(
            "The address holds characters that none has. Copy it again from where it was shown.");
    case ErrorCode::Unauthenticated:
        return AddContactDialog::tr("The address is damaged: a character was changed, lost or doubled. Copy it again.");
    case ErrorCode::Unsupported:
        return AddContactDialog::tr("The address was made by a newer Culvert, or its beginning is damaged. Update "
                                    "Culvert, or copy it again.");
    default:
        return QString::fromStdString(error.detail);
    }
}

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
    // As it is read; the fields were made before what stands above them. `cancel` was the last one.
    setTabOrder(cancel, m_name);
    setTabOrder(m_name, m_greeting);
    setTabOrder(m_greeting, cancel);
    setTabOrder(cancel, m_add);
    static_cast<QVBoxLayout*>(layout())->addLayout(buttons);

    connect(m_address, &QPlainTextEdit::textChanged, this, &AddContactDialog::check);
    m_paste->setObjectName(QStringLiteral("useClipboard"));
    connect(m_paste, &QPushButton::clicked, this, &AddContactDialog::useClipboard);
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &AddContactDialog::offerClipboard);
    connect(m_add, &QPushButton::clicked, this, &AddContactDialog::submit);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    check();
    offerClipboard();
    m_address->setFocus();
}

void AddContactDialog::setText(const QString& text) {
    m_address->setPlainText(text);
    if (m_add->isEnabled())
        m_name->setFocus();
}

QString AddContactDialog::text() const {
    return m_address->toPlainText();
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
    m_address->setFixedHeight(Theme::scaled(100));
    column->addWidget(m_address);
    column->addLayout(buildSources());
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

// Where else an address may come from than the keyboard.
QLayout* AddContactDialog::buildSources() {
    auto* sources = new QVBoxLayout;
    sources->setSpacing(0);
    sources->addWidget(m_paste, 0, Qt::AlignLeading);
    if (!QrReader::isThere())
        return sources;
    QPushButton* picture = makeButton(tr("Read a QR code from a picture …"), QStringLiteral("link"), this);
    picture->setObjectName(QStringLiteral("readPicture"));
    sources->addWidget(picture, 0, Qt::AlignLeading);
    connect(picture, &QPushButton::clicked, this, &AddContactDialog::openPicture);
    if (!QrReader::maySeeScreen()) {
        sources->addWidget(makeLabel(tr("A code on the screen: take a screenshot of it and copy that. Here no program "
                                        "may look at the screen by itself."),
                                     QStringLiteral("caption"), this));
        return sources;
    }
    QPushButton* screen = makeButton(tr("Read a QR code from the screen"), QStringLiteral("link"), this);
    screen->setObjectName(QStringLiteral("readScreen"));
    sources->addWidget(screen, 0, Qt::AlignLeading);
    connect(screen, &QPushButton::clicked, this, &AddContactDialog::lookAtScreen);
    return sources;
}

void AddContactDialog::offerClipboard() {
    const QMimeData* held = QGuiApplication::clipboard()->mimeData();
    const bool isEmpty = m_address->toPlainText().isEmpty();
    const QString text = held && held->hasText() ? held->text() : QString();
    const bool holdsAddress = !text.isEmpty() && m_checker(text.toStdString()).contact.has_value();
    const bool holdsPicture = held && held->hasImage() && QrReader::isThere();
    m_paste->setText(holdsAddress ? tr("Use the address from the clipboard") : tr("Read a QR code from the clipboard"));
    m_paste->setVisible(isEmpty && (holdsAddress || holdsPicture));
}

void AddContactDialog::useClipboard() {
    const QMimeData* held = QGuiApplication::clipboard()->mimeData();
    if (held && held->hasText() && m_checker(held->text().toStdString()).contact)
        setText(held->text());
    else
        takeCodes({QGuiApplication::clipboard()->image()});
}

void AddContactDialog::openPicture() {
    const QString patterns = QrReader::filePatterns().join(QLatin1Char(' '));
    auto* chooser = new QFileDialog(this, tr("A picture of a QR code"), {}, tr("Pictures (%1)").arg(patterns));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setFileMode(QFileDialog::ExistingFile);
    connect(chooser, &QFileDialog::fileSelected, this, [this](const QString& file) {
        if (const auto picture = QrReader::load(file))
            takeCodes({*picture});
        else
            m_error->showError(QString::fromStdString(picture.error().detail));
    });
    chooser->open();
}

// What is to be read may be behind our own windows.
void AddContactDialog::lookAtScreen() {
    constexpr int kUntilGoneMs = 300; // Desktops fade windows out.
    QWidget* window = parentWidget() ? parentWidget()->window() : nullptr;
    hide();
    if (window)
        window->hide();
    QTimer::singleShot(kUntilGoneMs, this, [this, window] {
        const QVector<QImage> pictures = QrReader::screens();
        if (window)
            window->show();
        show();
        activateWindow();
        takeCodes(pictures);
    });
}

void AddContactDialog::takeCodes(const QVector<QImage>& pictures) {
    bool isAnyCode = false;
    for (const QImage& picture : pictures) {
        for (const QString& text : QrReader::read(picture)) {
            isAnyCode = true;
            if (m_checker(text.toStdString()).contact)
                return setText(text);
        }
    }
    m_error->showError(isAnyCode ? tr("The QR code holds no Culvert address.")
                                 : tr("No QR code was found. It must be whole, and not too small."));
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
    m_error->showError(found.error ? wordsOf(*found.error) : QString());
    setPlainToolTip(m_error, found.error ? QString::fromStdString(found.error->detail) : QString());
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
