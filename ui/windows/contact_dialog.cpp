#include "ui/windows/contact_dialog.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/event_list.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/path_wording.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/wording.h"
#include "ui/windows/contact_actions.h"
#include "ui/windows/page_frame.h"

#include <QFontDatabase>
#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

// As often as somebody who looks is told something new.
constexpr auto kRefreshInterval = std::chrono::seconds(1);
constexpr int kRowsMax = 6;
// Columns of the table of ways; in a narrow window the last try and the source are told by the tool tip alone.
constexpr int kWay = 0, kLastTry = 2, kSource = 5;
constexpr int kWideFrom = 640, kMediumFrom = 520;
constexpr QSize kSize(840, 760);

QString either(const std::string& text, const QString& whenEmpty) {
    return text.empty() ? whenEmpty : QString::fromStdString(text);
}

// What was never sent was not lost either.
QString lossOf(const PathInfo& path) {
    return path.answered ? QLocale().toString(path.loss * 100, 'f', 0) + QLocale().percent() : QStringLiteral("–");
}

QString lastTryOf(const PathInfo& path, const QDateTime& now) {
    return path.lastTry ? PathWording::ago(*path.lastTry, now) : QStringLiteral("–");
}

} // namespace

ContactDialog::ContactDialog(MessengerBridge& bridge, const Contact& contact, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_contact(contact) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Contact"), 400);
    buildHead(column);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("What is known of this contact"));
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* ground = new QWidget(scroll);
    auto* body = new QVBoxLayout(ground);
    body->setContentsMargins(readingMargins(0, 0, 4, 0));
    body->setSpacing(8);
    buildConnection(body);
    buildPaths(body);
    buildSafety(body);
    body->addStretch();
    scroll->setWidget(ground);
    column->addWidget(scroll, 1);
    resize(parent == nullptr ? kSize : kSize.boundedTo(parent->window()->size()));
    m_error = new ErrorLabel(this);
    column->addWidget(m_error);
    buildButtons(column);
    connect(&bridge, &MessengerBridge::contactChanged, this, [this](const Contact& changed) {
        if (changed.id == m_contact.id)
            showContact(changed);
    });
    connect(&bridge.pictures(), &Pictures::changed, this, [this](const ContactId& changed) {
        if (changed == m_contact.id)
            showContact(Contact(m_contact));
    });
    connect(&bridge, &MessengerBridge::contactRemoved, this, [this](const ContactId& removed) {
        if (removed == m_contact.id)
            reject();
    });
    // Round trips and losses change without an event.
    auto* timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &ContactDialog::refresh);
    timer->start(kRefreshInterval);
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

void ContactDialog::buildConnection(QVBoxLayout* column) {
    m_again = makeButton(tr("Try again now"), {}, this);
    m_again->setObjectName(QStringLiteral("tryAgain"));
    setPlainToolTip(m_again, tr("Every known address is tried, and third parties and Teredo servers are asked."));
    auto* row = new QHBoxLayout;
    row->addWidget(makeLabel(tr("Connection"), QStringLiteral("heading"), this), 1);
    row->addWidget(m_again);
    column->addLayout(row);
    m_connection = makeLabel({}, {}, this);
    m_why = makeLabel({}, QStringLiteral("secondary"), this);
    m_why->setObjectName(QStringLiteral("why"));
    m_graph = new Sparkline(this);
    m_graphText = makeLabel({}, QStringLiteral("secondary"), this);
    for (QWidget* part : {static_cast<QWidget*>(m_connection), static_cast<QWidget*>(m_why),
                          static_cast<QWidget*>(m_graph), static_cast<QWidget*>(m_graphText)})
        column->addWidget(part);
    connect(m_again, &QPushButton::clicked, this, &ContactDialog::tryAgain);
}

void ContactDialog::buildPaths(QVBoxLayout* column) {
    column->addSpacing(4);
    column->addWidget(makeLabel(tr("Ways to this contact"), QStringLiteral("strong"), this));
    m_noPaths = makeLabel(tr("No way to them was tried yet."), QStringLiteral("secondary"), this);
    column->addWidget(m_noPaths);
    m_paths = new QTableWidget(0, 6, this);
    m_paths->setAccessibleName(tr("Ways to this contact"));
    m_paths->setHorizontalHeaderLabels(
        {tr("Way"), tr("State"), tr("Last try"), tr("Round trip"), tr("Loss"), tr("Learnt from")});
    m_paths->verticalHeader()->hide();
    m_paths->verticalHeader()->setDefaultSectionSize(2 * fontMetrics().height() + 12); // the way and its address
    m_paths->setWordWrap(false);
    m_paths->setTextElideMode(Qt::ElideMiddle);
    m_paths->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_paths->setSelectionMode(QAbstractItemView::NoSelection);
    m_paths->setFocusPolicy(Qt::TabFocus);
    m_paths->setShowGrid(false);
    m_paths->setTabKeyNavigation(false);
    m_paths->horizontalHeader()->setHighlightSections(false);
    m_paths->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_paths->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_paths->horizontalHeader()->setSectionResizeMode(kWay, QHeaderView::Stretch);
    m_paths->horizontalHeader()->setSectionResizeMode(kSource, QHeaderView::Stretch);
    m_paths->horizontalHeader()->setMinimumSectionSize(56);
    column->addWidget(m_paths);
    m_history = new EventList(tr("What happened"), tr("Nothing has happened since the start."), this);
    m_history->setObjectName(QStringLiteral("history"));
    column->addWidget(m_history);
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
    m_avatar->setFace(ContactListModel::face(contact.id, name, m_bridge.pictures().of(contact)));
    m_name->setWholeText(name);
    const bool accepted = contact.state == ContactState::Accepted;
    m_presence->setText(accepted ? Wording::presence(contact.presence) : Wording::contactState(contact.state));
    m_connection->setText(Wording::badgeSentence(contact.presence));
    m_safetyNumber->setText(Wording::safetyNumber(contact.safetyNumber));
    m_verified->setText(contact.verified ? tr("You compared the numbers; they were the same.")
                                         : tr("Not compared yet."));
    m_verify->setVisible(!contact.verified);
    m_block->setEnabled(contact.state != ContactState::Blocked);
    m_again->setEnabled(contact.state != ContactState::Blocked);
    refresh();
}

void ContactDialog::refresh() {
    m_bridge.connection(m_contact.id, isVisible() ? Watch::Yes : Watch::No, this,
                        [this](const Result<ConnectionInfo>& connection) {
                            showConnection(connection ? connection.value() : ConnectionInfo());
                            if (!connection)
                                m_error->showError(QString::fromStdString(connection.error().detail));
                        });
}

void ContactDialog::showConnection(const ConnectionInfo& connection) {
    const auto active = std::ranges::find_if(connection.paths, &PathInfo::active);
    const bool isUp = active != connection.paths.end();
    // The sentence above says it where probing has given up.
    const Verdict verdict = m_contact.presence.verdict;
    const bool isExplained = verdict == Verdict::NoAnswer || verdict == Verdict::CannotConnect;
    m_why->setText(isUp                 ? PathWording::reason(active->reason)
                   : connection.outlook ? PathWording::prediction(*connection.outlook, !isExplained)
                                        : QString());
    m_why->setVisible(m_contact.state != ContactState::Blocked && !m_why->text().isEmpty());
    m_graph->setVisible(isUp);
    m_graphText->setVisible(isUp);
    if (isUp) {
        m_graph->setSamples(active->samples);
        m_graphText->setText(m_graph->sentence());
    }
    fillPaths(connection.paths);
    const QDateTime now = QDateTime::currentDateTime();
    QVector<EventRow> rows;
    for (auto moment = connection.history.rbegin(); moment != connection.history.rend(); ++moment)
        rows.append({PathWording::stamp(moment->at, now), PathWording::moment(*moment)});
    m_history->setRows(rows);
}

void ContactDialog::fillPaths(const std::vector<PathInfo>& paths) {
    m_paths->setVisible(!paths.empty());
    m_noPaths->setVisible(paths.empty());
    m_paths->setRowCount(static_cast<int>(paths.size()));
    const QDateTime now = QDateTime::currentDateTime();
    std::vector<PathInfo> sorted = paths;
    std::ranges::stable_sort(sorted, {}, [](const PathInfo& path) { return path.active ? 0 : path.works ? 1 : 2; });
    int row = 0;
    for (const PathInfo& path : sorted) {
        const bool known = path.answered && path.roundTrip > Duration::zero();
        const QString address = either(path.remote, tr("unknown"));
        const QStringList cells{Wording::pathKind(path.kind) + QLatin1Char('\n') + leftToRight(address),
                                PathWording::state(path),
                                lastTryOf(path, now),
                                known ? Wording::milliseconds(path.roundTrip) : QStringLiteral("–"),
                                lossOf(path),
                                PathWording::source(path.source)};
        const QString whole = cells.at(kWay) + QLatin1Char('\n') +
                              tr("From %1").arg(either(path.local, tr("any address"))) + QLatin1Char('\n') +
                              tr("Last try: %1").arg(cells.at(kLastTry)) + QLatin1Char('\n') +
                              tr("Learnt from: %1").arg(cells.at(kSource));
        for (int column = 0; column < cells.size(); ++column) {
            auto* item = new QTableWidgetItem(cells.at(column));
            item->setToolTip(column == kWay ? whole : cells.at(column));
            m_paths->setItem(row, column, item);
        }
        ++row;
    }
    const int rows = std::min(static_cast<int>(paths.size()), kRowsMax);
    const bool isCut = m_paths->horizontalScrollBar()->isVisible();
    m_paths->setFixedHeight(m_paths->horizontalHeader()->sizeHint().height() + rows * m_paths->rowHeight(0) +
                            (isCut ? m_paths->horizontalScrollBar()->height() : 0) + 4);
}

void ContactDialog::resizeEvent(QResizeEvent* event) {
    QDialog::resizeEvent(event);
    m_paths->setColumnHidden(kSource, width() < Theme::scaled(kWideFrom));
    m_paths->setColumnHidden(kLastTry, width() < Theme::scaled(kMediumFrom));
}

void ContactDialog::tryAgain() {
    m_error->clear();
    m_bridge.retryContact(m_contact.id, this, [this](const Result<void>& done) {
        if (done)
            refresh();
        else
            m_error->showError(QString::fromStdString(done.error().detail));
    });
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
