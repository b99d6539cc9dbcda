#include "ui/windows/first_run_page.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/picture_codec.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_chooser.h"
#include "ui/widgets/protection_choice.h"
#include "ui/widgets/reachability_line.h"
#include "ui/widgets/share_panel.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/storage_dialogs.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace culvert {
namespace {

constexpr int kNameMax = 64;

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
    connect(m_name, &QLineEdit::textEdited, m_error, &ErrorLabel::clear);
    connect(m_protection, &ProtectionChoice::changed, m_error, &ErrorLabel::clear);
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
    m_picture = new PictureChooser(step);
    const auto showFace = [this] {
        m_picture->setFace({ContactListModel::initials(m_name->text()), 0, decodePicture(m_pictureOctets)});
    };
    connect(m_name, &QLineEdit::textEdited, m_picture, showFace);
    connect(m_picture, &PictureChooser::chosen, this, [this, showFace](const Bytes& octets) {
        m_pictureOctets = octets;
        showFace();
    });
    showFace();
    QLabel* label = makeLabel(tr("Your &name"), QStringLiteral("strong"), step);
    label->setBuddy(m_name);
    column->addWidget(label);
    column->addWidget(m_name);
    column->addSpacing(4);
    column->addWidget(makeLabel(tr("Your picture, if you like"), QStringLiteral("strong"), step));
    column->addWidget(m_picture);
    column->addWidget(
        makeLabel(tr("Friends whom you accepted see it, and nobody else."), QStringLiteral("secondary"), step));
    QPushButton* importer = makeButton(tr("Import a profile …"), QStringLiteral("link"), step);
    importer->setObjectName(QStringLiteral("import"));
    column->addWidget(importer, 0, Qt::AlignLeading);
    connect(importer, &QPushButton::clicked, this, [this] {
        auto* dialog = new ImportDialog(m_bridge, m_keyring, this);
        connect(dialog, &StorageDialog::done, this, &FirstRunPage::finished, Qt::QueuedConnection);
        dialog->open();
    });
    return step;
}

QWidget* FirstRunPage::buildProtection() {
    auto* step = new QWidget(this);
    auto* column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    addTitle(column, tr("Protect your messages"),
             tr("They are kept on this computer alone, and encrypted. What opens them?"));
    m_protection = new ProtectionChoice(m_keyring, step);
    column->addWidget(m_protection);
    return step;
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
    const std::array<QWidget*, StepCount> focus{m_name, m_protection->firstField(), m_next};
    QWidget* target = focus[static_cast<std::size_t>(step)];
    m_first = target ? target : m_next;
    if (isVisible())
        takeFocus();
}

void FirstRunPage::takeFocus() {
    m_first->setFocus();
}

void FirstRunPage::retranslate() {
    m_column->removeWidget(m_steps[Address]);
    delete m_steps[Address];
    m_steps[Address] = buildAddress();
    m_column->insertWidget(m_column->indexOf(m_error), m_steps[Address]);
    setTabOrder(m_steps[Address]->findChildren<QPushButton*>().last(), m_back); // What is new is last otherwise.
    setTabOrder(m_back, m_next);
    showStep(m_step);
}

QString FirstRunPage::problem() const {
    if (m_name->text().trimmed().isEmpty())
        return tr("Type a name that your friends know you by.");
    return m_step == Name ? QString() : m_protection->problem();
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
    m_protection->prepare([this](const Result<std::string>& secret) {
        if (secret)
            return create(m_protection->source(), *secret);
        setBusy(false);
        m_error->showError(QString::fromStdString(secret.error().detail));
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
        m_protection->clearSecrets();
        if (!m_pictureOctets.empty()) // It is ours to make, so that it cannot be wrong; and it can be chosen again.
            m_bridge.setOwnPicture(m_pictureOctets, this, [](const Result<void>&) {});
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
