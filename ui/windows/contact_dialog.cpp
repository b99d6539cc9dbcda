#include "ui/windows/contact_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/wording.h"
#include "ui/windows/contact_actions.h"
#include "ui/windows/page_frame.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr auto kRefreshInterval = std::chrono::seconds(2);

QString either(const std::string& text, const QString& whenEmpty) {
    return text.empty() ? whenEmpty : QString::fromStdString(text);
}

QString pathState(const PathInfo& path) {
    if (path.active)
        return ContactDialog::tr("in use");
    if (path.answered && !path.mayCarry)
        return ContactDialog::tr("only measured",
                                 "state of a way: it works, but the user does not let it carry messages");
    return path.answered ? ContactDialog::tr("works") : ContactDialog::tr("no answer");
}

} // namespace

ContactDialog::ContactDialog(MessengerBridge& bridge, const Contact& contact, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_contact(contact) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Contact"), 680);
    buildHead(column);
    buildPaths(column);
    buildSafety(column);
    m_error = new ErrorLabel(this);
    column->addWidget(m_error);
    buildButtons(column);
    connect(&bridge, &MessengerBridge::contactChanged, this, [this](const Contact& changed) {
        if (changed.id == m_contact.id)
            showContact(changed);
    });
    connect(&bridge, &MessengerBridge::contactRemoved, this, [this](const ContactId& removed) {
        if (removed == m_contact.id)
            reject();
    });
    // Round trips and losses change without an event.
    auto* refresh = new QTimer(this);
    connect(refresh, &QTimer::timeout, this, &ContactDialog::refreshPaths);
    refresh->start(kRefreshInterval);
    showContact(contact);
}

void ContactDialog::buildHead(QVBoxLayout* column) {
    m_avatar = new Avatar(48, this);
    m_name = new ElidedLabel(QStringLiteral("title"), this);
    m_presence = makeLabel({}, QStringLiteral("secondary"), this);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_name);
    words->addWidget(m_presence);
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_avatar, 0, Qt::AlignTop);
    row->addLayout(words, 1);
    column->addLayout(row);
}

void ContactDialog::buildPaths(QVBoxLayout* column) {
    column->addSpacing(4);
    column->addWidget(makeLabel(tr("Connection"), QStringLiteral("heading"), this));
    m_connection = makeLabel({}, {}, this);
    column->addWidget(m_connection);
    m_noPaths = makeLabel(tr("No way to them was tried yet."), QStringLiteral("secondary"), this);
    column->addWidget(m_noPaths);
    m_paths = new QTableWidget(0, 5, this);
    m_paths->setAccessibleName(tr("Ways to this contact"));
    m_paths->setHorizontalHeaderLabels({tr("Way"), tr("Their address"), tr("Round trip"), tr("Loss"), tr("State")});
    m_paths->verticalHeader()->hide();
    m_paths->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_paths->setSelectionMode(QAbstractItemView::NoSelection);
    m_paths->setFocusPolicy(Qt::TabFocus);
    m_paths->setShowGrid(false);
    m_paths->setTabKeyNavigation(false);
    m_paths->horizontalHeader()->setHighlightSections(false);
    m_paths->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_paths->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_paths->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    column->addWidget(m_paths);
}

void ContactDialog::buildSafety(QVBoxLayout* column) {
    column->addSpacing(4);
    column->addWidget(makeLabel(tr("Safety number"), QStringLiteral("heading"), this));
    column->addWidget(makeLabel(tr("Compare it with theirs, in person or by telephone. When both are the same, nobody "
                                   "stands between you."),
                                QStringLiteral("secondary"), this));
    m_safetyNumber = makeLabel({}, {}, this);
    m_safetyNumber->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_safetyNumber->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_safetyNumber->setAccessibleName(tr("Safety number"));
    m_safetyNumber->setProperty("kind", QStringLiteral("code"));
    m_verified = makeLabel({}, QStringLiteral("secondary"), this);
    m_verify = makeButton(tr("Mark as verified"), {}, this);
    m_verify->setObjectName(QStringLiteral("verify"));
    column->addWidget(m_safetyNumber);
    auto* row = new QHBoxLayout;
    row->addWidget(m_verified, 1);
    row->addWidget(m_verify);
    column->addLayout(row);
    connect(m_verify, &QPushButton::clicked, this, &ContactDialog::verify);
}

void ContactDialog::buildButtons(QVBoxLayout* column) {
    m_block = makeButton(tr("Block …"), QStringLiteral("danger"), this);
    QPushButton* remove = makeButton(tr("Remove …"), QStringLiteral("danger"), this);
    remove->setObjectName(QStringLiteral("remove"));
    QPushButton* close = makeButton(tr("Close"), {}, this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_block);
    row->addWidget(remove);
    row->addStretch();
    row->addWidget(close);
    close->setDefault(true);
    close->setFocus();
    column->addSpacing(8);
    column->addLayout(row);
    connect(m_block, &QPushButton::clicked, this, [this] { confirmBlock(this, m_bridge, m_contact); });
    connect(remove, &QPushButton::clicked, this, [this] { confirmRemove(this, m_bridge, m_contact); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

void ContactDialog::showContact(const Contact& contact) {
    m_contact = contact;
    const QString name = ContactListModel::displayName(contact);
    m_avatar->setPerson(name, ContactListModel::colorSeed(contact.id));
    m_name->setWholeText(name);
    const bool accepted = contact.state == ContactState::Accepted;
    m_presence->setText(accepted ? Wording::presence(contact.presence) : Wording::contactState(contact.state));
    m_connection->setText(Wording::badgeSentence(contact.presence));
    m_safetyNumber->setText(Wording::safetyNumber(contact.safetyNumber));
    m_verified->setText(contact.verified ? tr("You compared the numbers; they were the same.")
                                         : tr("Not compared yet."));
    m_verify->setVisible(!contact.verified);
    m_block->setEnabled(contact.state != ContactState::Blocked);
    refreshPaths();
}

void ContactDialog::refreshPaths() {
    m_bridge.paths(m_contact.id, this, [this](const Result<std::vector<PathInfo>>& paths) {
        fillPaths(paths ? paths.value() : std::vector<PathInfo>());
        if (!paths)
            m_error->showError(QString::fromStdString(paths.error().detail));
    });
}

void ContactDialog::fillPaths(const std::vector<PathInfo>& paths) {
    m_paths->setVisible(!paths.empty());
    m_noPaths->setVisible(paths.empty());
    m_paths->setRowCount(static_cast<int>(paths.size()));
    int row = 0;
    for (const PathInfo& path : paths) {
        const bool known = path.answered && path.roundTrip > Duration::zero();
        const QStringList cells{Wording::pathKind(path.kind), either(path.remote, tr("unknown")),
                                known ? Wording::milliseconds(path.roundTrip) : QStringLiteral("–"),
                                QLocale().toString(path.loss * 100, 'f', 0) + QLocale().percent(), pathState(path)};
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells.at(column));
            item->setToolTip(column == 1 ? tr("From %1").arg(either(path.local, tr("any address"))) : cells.at(column));
            m_paths->setItem(row, column, item);
        }
        ++row;
    }
    const int rows = std::min(static_cast<int>(paths.size()), 5);
    m_paths->setFixedHeight(m_paths->horizontalHeader()->sizeHint().height() + rows * m_paths->rowHeight(0) + 4);
}

void ContactDialog::verify() {
    m_bridge.verifyContact(m_contact.id, this, [this](const Result<void>& done) {
        if (done) {
            m_contact.verified = true;
            showContact(m_contact);
        } else {
            m_error->showError(QString::fromStdString(done.error().detail));
        }
    });
}

} // namespace culvert
