#include "ui/windows/first_run_page.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/reachability_line.h"
#include "ui/widgets/share_panel.h"
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

void addTitle(QVBoxLayout* column, const QString& title, const QString& sentence) {
    QWidget* parent = column->parentWidget();
    QLabel* label = makeLabel(title, QStringLiteral("title"), parent);
    label->setAlignment(Qt::AlignHCenter);
    column->addWidget(label);
    if (!sentence.isEmpty()) {
        QLabel* what = makeLabel(sentence, QStringLiteral("secondary"), parent);
        what->setAlignment(Qt::AlignHCenter);
        column->addWidget(what);
    }
    column->addSpacing(12);
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
    m_column = makeCenteredColumn(this, 420);
    m_column->addWidget(new IconLabel(IconId::Mark, 48, ColorRole::Accent, this), 0, Qt::AlignHCenter);
    m_where = makeLabel({}, QStringLiteral("caption"), this);
    m_where->setAlignment(Qt::AlignHCenter);
    m_column->addWidget(m_where);
    m_steps = {buildName(), buildProtection(), buildAddress()};
    for (QWidget* step : m_steps)
        m_column->addWidget(step);
    m_error = new ErrorLabel(this);
    m_column->addWidget(m_error);
    buildButtons(m_column);
    for (QLineEdit* field : {m_name, m_passphrase, m_repeat})
        connect(field, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
    updateChoice();
    probeKeyring();
    showStep(Name);
}

QWidget* FirstRunPage::buildName() {
    auto* step = new QWidget(this);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addTitle(column, tr("Welcome to Culvert"),
             tr("Messages go straight from your computer to your friend's. There is no account and no server that "
                "keeps them."));
    m_name = new QLineEdit(step);
    m_name->setMaxLength(kNameMax);
    m_name->setObjectName(QStringLiteral("name"));
    m_name->setPlaceholderText(tr("How friends see you at first"));
    QLabel* label = makeLabel(tr("Your &name"), QStringLiteral("strong"), step);
    label->setBuddy(m_name);
    column->addWidget(label);
    column->addWidget(m_name);
    return step;
}

QWidget* FirstRunPage::buildProtection() {
    auto* step = new QWidget(this);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    addTitle(column, tr("Protect your messages"),
             tr("They are kept on this computer alone, and encrypted. What opens them?"));
    m_usePassphrase = new QRadioButton(tr("A &passphrase"), step);
    m_usePassphrase->setObjectName(QStringLiteral("usePassphrase"));
    m_usePassphrase->setChecked(true);
    m_useKeyring = new QRadioButton(tr("The system's &keyring"), step);
    m_useKeyring->setObjectName(QStringLiteral("useKeyring"));
    m_useKeyring->setEnabled(false);
    m_keyringHint = hint(tr("Asking whether there is one …"), step);
    m_useNothing = new QRadioButton(tr("&Nothing"), step);
    m_useNothing->setObjectName(QStringLiteral("useNothing"));
    column->addWidget(m_usePassphrase);
    column->addWidget(buildPassphrase());
    column->addWidget(m_useKeyring);
    column->addWidget(m_keyringHint);
    column->addWidget(m_useNothing);
    column->addWidget(
        hint(tr("Anyone who can read the files of this computer can then read your messages and write in your name."),
             step));
    for (QRadioButton* choice : {m_usePassphrase, m_useKeyring, m_useNothing})
        connect(choice, &QRadioButton::toggled, this, &FirstRunPage::updateChoice);
    return step;
}

QWidget* FirstRunPage::buildPassphrase() {
    m_passphraseFields = new QWidget(m_usePassphrase->parentWidget());
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

QWidget* FirstRunPage::buildAddress() {
    auto* step = new QWidget(this);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    addTitle(column, tr("Share your address"), {});
    auto* line = new ReachabilityLine(step);
    auto* panel = new SharePanel(step);
    column->addWidget(panel);
    column->addSpacing(4);
    column->addWidget(line);
    connect(&m_bridge, &MessengerBridge::networkChanged, line, &ReachabilityLine::setStatus);
    connect(&m_bridge, &MessengerBridge::addressChanged, panel, &SharePanel::setAddress);
    connect(&m_bridge, &MessengerBridge::ready, panel, &SharePanel::setAddress);
    if (m_bridge.profileState() != ProfileState::Open)
        return step;
    m_bridge.ownAddress(panel, [panel](const Result<std::string>& address) {
        if (address)
            panel->setAddress(QString::fromStdString(*address));
    });
    m_bridge.networkStatus(line, [line](const Result<NetworkStatus>& status) {
        if (status)
            line->setStatus(*status);
    });
    return step;
}

void FirstRunPage::buildButtons(QVBoxLayout* column) {
    m_back = makeButton({}, {}, this);
    m_back->setObjectName(QStringLiteral("back"));
    m_next = makeButton({}, QStringLiteral("primary"), this);
    m_next->setDefault(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_back);
    row->addStretch();
    row->addWidget(m_next);
    column->addSpacing(8);
    column->addLayout(row);
    connect(m_back, &QPushButton::clicked, this, [this] { showStep(m_step - 1); });
    connect(m_next, &QPushButton::clicked, this, &FirstRunPage::goOn);
}

void FirstRunPage::showStep(int step) {
    m_step = step;
    m_error->clear();
    for (int each = Name; each < StepCount; ++each)
        m_steps[static_cast<std::size_t>(each)]->setVisible(each == step);
    m_where->setText(tr("Step %1 of %2").arg(step + 1).arg(int{StepCount}));
    m_back->setText(tr("Back"));
    m_back->setVisible(step == Protection); // A profile that was made stays.
    static constexpr std::array kNames{"next", "create", "finish"};
    m_next->setObjectName(QLatin1String(kNames.at(static_cast<std::size_t>(step))));
    const std::array words{tr("Next"), tr("Create"), tr("Start")};
    m_next->setText(words.at(static_cast<std::size_t>(step)));
    const std::array<QWidget*, StepCount> focus{m_name, m_usePassphrase->isChecked() ? m_passphrase : nullptr, m_next};
    QWidget* target = focus[static_cast<std::size_t>(step)];
    setFocusProxy(target ? target : m_next);
    if (isVisible())
        setFocus();
}

void FirstRunPage::retranslate() {
    m_column->removeWidget(m_steps[Address]);
    delete m_steps[Address];
    m_steps[Address] = buildAddress();
    m_column->insertWidget(m_column->indexOf(m_error), m_steps[Address]);
    showStep(m_step);
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
    if (m_step == Name || !m_usePassphrase->isChecked())
        return {};
    if (m_passphrase->text().isEmpty())
        return tr("Type a passphrase, or choose another way.");
    if (m_passphrase->text() != m_repeat->text())
        return tr("The two passphrases differ. Type the same one twice.");
    return {};
}

void FirstRunPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        m_next->click();
    else
        QWidget::keyPressEvent(event);
}

void FirstRunPage::goOn() {
    if (m_step == Address) {
        emit finished();
        return;
    }
    const QString missing = problem();
    m_error->showError(missing);
    if (!missing.isEmpty())
        return;
    if (m_step == Name)
        showStep(Protection);
    else
        submit();
}

void FirstRunPage::submit() {
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
        m_passphrase->clear();
        m_repeat->clear();
        m_step = Address;
        retranslate(); // The last step asks for the address, which there is now.
    });
}

void FirstRunPage::setBusy(bool busy) {
    m_next->setEnabled(!busy);
    m_back->setEnabled(!busy);
    m_next->setText(busy ? tr("Making your keys …") : tr("Create"));
}

} // namespace culvert
