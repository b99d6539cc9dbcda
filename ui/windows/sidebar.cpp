#include "ui/windows/sidebar.h"

#include "core/messenger/network_report.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/contact_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/report_wording.h"
#include "ui/widgets/search_field.h"
#include "ui/windows/search_results.h"

#include <QBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QStyle>
#include <QTimer>

namespace culvert {

Sidebar::Sidebar(MessengerBridge& bridge, ContactListModel& contacts, AddressChecker checker, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_contacts(contacts), m_checker(std::move(checker)) {
    setObjectName(QStringLiteral("sidebar"));
    setAttribute(Qt::WA_StyledBackground);
    m_filter.setSourceModel(&contacts);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(8);
    column->addWidget(buildHead());
    buildSearch(column);
    buildList();
    buildResults();
    column->addWidget(m_list, 1);
    column->addWidget(m_results, 1);
    connect(m_search, &QLineEdit::textChanged, this, &Sidebar::updateSearch);
    connect(&bridge, &MessengerBridge::networkChanged, this, &Sidebar::showStatus);
    connect(&bridge, &MessengerBridge::ownNameChanged, this, &Sidebar::showName);
    connect(&bridge.pictures(), &Pictures::ownChanged, this, &Sidebar::showAvatar);
    bridge.pictures().reload();
    setScope(std::nullopt);
    setCollapsed(false);
    loadOwn();
}

QWidget* Sidebar::buildHead() {
    auto* head = new QWidget(this);
    auto* row = new QBoxLayout(QBoxLayout::LeftToRight, head);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(4);
    m_avatar = new Avatar(36, head);
    m_words = new QWidget(head);
    m_name = new ElidedLabel(QStringLiteral("strong"), m_words);
    m_reachability = new ElidedLabel(QStringLiteral("caption"), m_words);
    auto* words = new QVBoxLayout(m_words);
    words->setContentsMargins(readingMargins(8, 0, 0, 0));
    words->setSpacing(2);
    words->addWidget(m_name);
    words->addWidget(m_reachability);
    m_network = new IconButton(IconId::Network, tr("Network: who can reach you"), head, ColorRole::Secondary);
    m_add = new IconButton(IconId::AddContact, tr("Add a contact"), head);
    row->addWidget(m_avatar, 0, Qt::AlignCenter);
    row->addWidget(m_words, 1);
    row->addWidget(m_network, 0, Qt::AlignCenter);
    row->addWidget(m_add, 0, Qt::AlignCenter);
    connect(m_network, &QToolButton::clicked, this, &Sidebar::networkRequested);
    connect(m_add, &QToolButton::clicked, this, &Sidebar::addRequested);
    return head;
}

void Sidebar::buildSearch(QVBoxLayout* column) {
    m_search = new SearchField(this);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->installEventFilter(this);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_search);
    column->addLayout(row);
    m_nothingFound = makeLabel(tr("No contact has such a name."), QStringLiteral("secondary"), this);
    m_nothingFound->setContentsMargins(16, 8, 16, 8);
    column->addWidget(m_nothingFound);
}

void Sidebar::buildResults() {
    m_results = new SearchResults(m_bridge, m_contacts, this);
    connect(m_results, &SearchResults::opened, this, [this](const ContactId& contact, const MessageRef& message) {
        m_isOpeningHit = true;
        emit messageChosen(contact, message);
        m_isOpeningHit = false;
    });
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_filter, change, this, &Sidebar::updateSections);
}

void Sidebar::buildList() {
    m_list = new QListView(this);
    // A view selects a neighbour when its selected row goes. That must not open (and mark as read) a conversation that
    // nobody asked for; these connections stand before and after the view's own.
    connect(&m_filter, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this] { m_restoring = true; });
    m_list->setModel(&m_filter);
    connect(&m_filter, &QAbstractItemModel::rowsRemoved, this, &Sidebar::restoreSelection);
    connect(&m_filter, &QAbstractItemModel::rowsInserted, this, &Sidebar::restoreSelection);
    m_list->setItemDelegate(new ContactDelegate(m_list));
    m_list->setAccessibleName(tr("Conversations"));
    m_list->setObjectName(QStringLiteral("contacts"));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true); // rows answer to the pointer
    m_list->setFrameShape(QFrame::NoFrame);
    // Not the current row: a view that gets the focus makes its first row current, which nobody chose.
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
        if (m_restoring || selected.isEmpty())
            return;
        m_chosen = selected.first().data(ContactListModel::IdRole).value<ContactId>();
        emit chosen(*m_chosen);
    });
    connect(m_list, &QListView::clicked, this, [this] { emit searchLeft(); });
    // Relative times grow old while nothing else happens.
    auto* minute = new QTimer(this);
    connect(minute, &QTimer::timeout, m_list->viewport(), qOverload<>(&QWidget::update));
    minute->start(60'000);
}

int Sidebar::wideWidth() {
    return std::min(Theme::scaled(kWidth), kWidthMax);
}

void Sidebar::setCollapsed(bool collapsed) {
    auto* head = static_cast<QBoxLayout*>(m_avatar->parentWidget()->layout());
    head->setDirection(collapsed ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    head->setContentsMargins(collapsed ? 0 : 12, 0, collapsed ? 0 : 12, 0);
    m_words->setVisible(!collapsed);
    m_search->setVisible(!collapsed);
    m_isCollapsed = collapsed;
    updateSearch();
}

void Sidebar::setFloating(bool floating) {
    // A style sheet knows left and right only.
    setProperty("floating", !floating                              ? QStringLiteral("no")
                            : layoutDirection() == Qt::RightToLeft ? QStringLiteral("atRight")
                                                                   : QStringLiteral("atLeft"));
    style()->unpolish(this);
    style()->polish(this);
}

void Sidebar::focusSearch(const std::optional<ContactId>& within) {
    setScope(within);
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool Sidebar::leaveSearch() {
    if (m_search->text().isEmpty() && !m_search->hasFocus() && !m_scope)
        return false;
    m_search->clear();
    setScope(std::nullopt);
    emit searchLeft();
    return true;
}

void Sidebar::choose(const std::optional<ContactId>& contact) {
    m_chosen = contact;
    if (m_scope && m_scope != contact)
        setScope(std::nullopt);
    if (contact && !m_isOpeningHit && !m_filter.mapFromSource(m_contacts.index(m_contacts.rowOf(*contact))).isValid())
        m_search->clear();
    restoreSelection();
    if (contact)
        m_list->scrollTo(m_list->currentIndex());
}

void Sidebar::restoreSelection() {
    m_restoring = true;
    const QModelIndex source = m_chosen ? m_contacts.index(m_contacts.rowOf(*m_chosen)) : QModelIndex();
    const QModelIndex shown = m_filter.mapFromSource(source);
    if (shown.isValid())
        m_list->setCurrentIndex(shown);
    else
        m_list->selectionModel()->clear();
    m_restoring = false;
}

void Sidebar::step(int rows) {
    const int count = m_filter.rowCount();
    if (count == 0)
        return;
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    const int current = selected.isEmpty() ? (rows > 0 ? -1 : count) : selected.first().row();
    m_list->setCurrentIndex(m_filter.index(std::clamp(current + rows, 0, count - 1), 0));
}

bool Sidebar::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        moveChoice(1);
        return true;
    case Qt::Key_Up:
        moveChoice(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        openChoice();
        return true;
    default:
        return false;
    }
}

// From the contacts down into the messages, and back.
void Sidebar::moveChoice(int rows) {
    const int count = m_scope ? 0 : m_filter.rowCount();
    const QModelIndexList selected = m_list->selectionModel()->selectedIndexes();
    const bool isAtEnd = count == 0 || (!selected.isEmpty() && selected.first().row() == count - 1);
    const bool inMessages = m_results->hasChoice();
    const bool mayEnter = !m_search->text().isEmpty() && rows > 0 && isAtEnd;
    const bool moved = (inMessages || mayEnter) && m_results->step(rows);
    if (!moved && !inMessages && count > 0)
        step(rows);
    // The focus is elsewhere, so that the lists would not say it.
    m_search->setAccessibleDescription(moved ? m_results->choiceInWords()
                                             : m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

void Sidebar::openChoice() {
    const bool hasContacts = !m_scope && m_filter.rowCount() > 0;
    if (m_results->hasChoice() || (!hasContacts && !m_search->text().isEmpty())) {
        m_results->open();
        return;
    }
    if (!m_list->selectionModel()->hasSelection())
        step(1);
    leaveSearch();
}

void Sidebar::loadOwn() {
    m_bridge.ownName(this, [this](const Result<std::string>& name) {
        const QString own = name ? QString::fromStdString(name.value()) : QString();
        showOwn(own, {});
        m_bridge.ownAddress(this, [this, own](const Result<std::string>& address) {
            if (address)
                showOwn(own, QString::fromStdString(address.value()));
        });
    });
    m_bridge.networkStatus(this, [this](const Result<NetworkStatus>& status) {
        if (status)
            showStatus(status.value());
    });
}

void Sidebar::showOwn(const QString& name, const QString& address) {
    // The own address holds the own key, so my avatar has the colour that my friends see.
    const auto self = address.isEmpty() ? std::nullopt : m_checker(address.toStdString()).contact;
    m_ownName = name;
    m_bridge.pictures().setOwnColorSeed(self ? ContactListModel::colorSeed(*self) : 0);
    showName(name);
}

void Sidebar::showName(const QString& name) {
    m_name->setWholeText(name);
    m_ownName = name;
    showAvatar();
}

void Sidebar::showAvatar() {
    m_avatar->setFace(
        {ContactListModel::initials(m_ownName), m_bridge.pictures().ownColorSeed(), m_bridge.pictures().own()});
}

void Sidebar::showStatus(const NetworkStatus& status) {
    const NetworkReport report = makeReport(status);
    m_reachability->setWholeText(ReportWording::sentence(report.brief));
    m_reachability->setToolTip(ReportWording::sentence(report.summary));
}

void Sidebar::setScope(const std::optional<ContactId>& within) {
    m_scope = within;
    const auto contact = within ? m_contacts.find(*within) : std::nullopt;
    const QString name = contact ? ContactListModel::displayName(*contact) : QString();
    m_search->setPlaceholderText(contact ? tr("Search with %1").arg(name) : tr("Search"));
    m_search->setAccessibleName(contact ? tr("Search the conversation with %1").arg(name)
                                        : tr("Search contacts and messages"));
    updateSearch();
}

void Sidebar::updateSearch() {
    const QString text = m_search->text();
    m_filter.setSearch(m_scope ? QString() : text);
    m_results->setSearch(m_isCollapsed ? QString() : text, m_scope);
    updateSections();
}

void Sidebar::updateSections() {
    const bool isSearching = !m_isCollapsed && (m_scope || !m_search->text().trimmed().isEmpty());
    const int count = m_filter.rowCount();
    m_nothingFound->setVisible(isSearching && !m_scope && count == 0);
    m_results->setVisible(isSearching);
    m_list->setVisible(!isSearching || !m_scope);
    // Contacts take what they need, at most half; messages the rest.
    m_list->setMaximumHeight(isSearching ? count * std::max(0, m_list->sizeHintForRow(0)) : QWIDGETSIZE_MAX);
}

} // namespace culvert
