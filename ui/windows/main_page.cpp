#include "ui/windows/main_page.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/problem_bar.h"
#include "ui/widgets/share_panel.h"
#include "ui/widgets/wording.h"
#include "ui/windows/conversation_view.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/request_card.h"
#include "ui/windows/sidebar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

namespace culvert {

MainPage::MainPage(MessengerBridge& bridge, AddressChecker checker, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_checker(std::move(checker)), m_contacts(bridge),
      m_sidebar(new Sidebar(bridge, m_contacts, m_checker, this)), m_stack(new QStackedWidget(this)),
      m_problems(new ProblemBar(this)), m_nobody(buildNobody()) {
    m_contacts.setDescriber(
        [](const Contact& contact, const QString& last) { return Wording::describe(contact, last); });
    m_stack->addWidget(m_nobody);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_problems);
    column->addWidget(m_stack, 1);
    connect(m_problems, &ProblemBar::dismissed, this, &MainPage::problemsDismissed);

    connect(m_sidebar, &Sidebar::chosen, this, &MainPage::choose);
    connect(m_sidebar, &Sidebar::messageChosen, this, &MainPage::openMessage);
    connect(m_sidebar, &Sidebar::addRequested, this, &MainPage::addRequested);
    connect(m_sidebar, &Sidebar::networkRequested, this, &MainPage::networkRequested);
    connect(m_sidebar, &Sidebar::searchLeft, this, [this] {
        m_searching = false;
        placeSidebar();
        if (m_stack->currentWidget() == m_conversation)
            m_conversation->takeFocus();
        else
            m_sidebar->list()->setFocus();
    });
    for (const auto change : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_contacts, change, this, &MainPage::showCurrent);
    connect(&m_contacts, &QAbstractItemModel::dataChanged, this, &MainPage::showCurrent);
    connect(&m_contacts, &ContactListModel::loaded, this, &MainPage::showCurrent);
    m_contacts.reload();
}

std::optional<Contact> MainPage::current() const {
    return m_current ? m_contacts.find(*m_current) : std::nullopt;
}

std::vector<Contact> MainPage::contacts() const {
    const QAbstractItemModel* shown = m_sidebar->contacts();
    std::vector<Contact> out;
    for (int row = 0; row < shown->rowCount(); ++row)
        if (const auto contact =
                m_contacts.find(shown->index(row, 0).data(ContactListModel::IdRole).value<ContactId>()))
            out.push_back(*contact);
    return out;
}

void MainPage::takeFocus() {
    m_sidebar->list()->setFocus();
}

void MainPage::choose(const ContactId& contact) {
    if (m_contacts.rowOf(contact) < 0) {
        m_chooseWhenKnown = contact;
        return;
    }
    m_chooseWhenKnown.reset();
    if (m_current == contact)
        return;
    m_current = contact;
    m_sidebar->choose(contact);
    showCurrent();
    if (m_stack->currentWidget() == m_conversation && !m_sidebar->isAncestorOf(focusWidget()))
        m_conversation->takeFocus();
}

void MainPage::step(int rows) {
    m_sidebar->step(rows);
}

void MainPage::performInConversation(WindowAction action) {
    m_conversation->perform(action);
}

void MainPage::search() {
    m_searching = true;
    placeSidebar();
    m_sidebar->focusSearch();
}

void MainPage::showProblems(const std::vector<StoreProblem>& problems) {
    m_problems->setProblems(problems);
}

void MainPage::searchInConversation() {
    m_searching = true;
    placeSidebar();
    m_sidebar->focusSearch(m_current);
}

void MainPage::openMessage(const ContactId& contact, const MessageRef& message) {
    choose(contact);
    if (isNarrow()) // It stands over what was found.
        m_sidebar->leaveSearch();
    if (m_current == contact && m_stack->currentWidget() == m_conversation)
        m_conversation->showMessage(message);
}

bool MainPage::leave() {
    if (m_sidebar->leaveSearch() || (m_current && m_conversation && m_conversation->leaveTop()))
        return true;
    if (!m_current)
        return false;
    m_current.reset();
    m_sidebar->choose(std::nullopt);
    showCurrent();
    return true;
}

QWidget* MainPage::share() {
    if (m_share)
        return m_share;
    m_share = new QWidget(this);
    QVBoxLayout* column = makeCenteredColumn(m_share, 420);
    column->addWidget(makeLabel(tr("Share your address"), QStringLiteral("title"), m_share));
    auto* panel = new SharePanel(m_share);
    column->addWidget(panel);
    column->addSpacing(8);
    QPushButton* add = makeButton(tr("I have a friend's address"), {}, m_share);
    add->setObjectName(QStringLiteral("addFirst"));
    column->addWidget(add, 0, Qt::AlignHCenter);
    connect(add, &QPushButton::clicked, this, &MainPage::addRequested);
    connect(&m_bridge, &MessengerBridge::addressChanged, panel, &SharePanel::setAddress);
    m_bridge.ownAddress(panel, [panel](const Result<std::string>& address) {
        if (address)
            panel->setAddress(QString::fromStdString(address.value()));
    });
    m_stack->addWidget(m_share);
    return m_share;
}

ConversationView* MainPage::conversation() {
    if (m_conversation)
        return m_conversation;
    m_conversation = new ConversationView(m_bridge, this);
    connect(m_conversation, &ConversationView::markedRead, &m_contacts, &ContactListModel::reload);
    connect(m_conversation, &ConversationView::detailsRequested, this, &MainPage::detailsRequested);
    connect(m_conversation, &ConversationView::addRequested, this, &MainPage::addRequested);
    m_stack->addWidget(m_conversation);
    return m_conversation;
}

RequestCard* MainPage::card() {
    if (!m_card) {
        m_card = new RequestCard(m_bridge, this);
        m_stack->addWidget(m_card);
    }
    return m_card;
}

QWidget* MainPage::buildNobody() {
    auto* page = new QWidget(this);
    QVBoxLayout* column = makeCenteredColumn(page, 360);
    column->addWidget(new IconLabel(IconId::Mark, 48, ColorRole::Secondary, page), 0, Qt::AlignHCenter);
    const QString keys = QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText);
    QLabel* hint = makeLabel(tr("Choose a conversation, or press %1 and type a name.").arg(keys),
                             QStringLiteral("secondary"), page);
    hint->setAlignment(Qt::AlignHCenter);
    column->addWidget(hint);
    return page;
}

void MainPage::showCurrent() {
    countUnread();
    if (m_chooseWhenKnown && m_contacts.rowOf(*m_chooseWhenKnown) >= 0) {
        choose(*m_chooseWhenKnown);
        return;
    }
    const std::optional<Contact> contact = current();
    if (m_current && !contact) {
        m_current.reset();
        m_sidebar->choose(std::nullopt);
    }
    if (contact && contact->state == ContactState::Accepted) {
        // Whom one has waited for: one may write at once. Who goes through the list with the keys stays in it.
        const bool wasOnCard =
            m_card && m_stack->currentWidget() == m_card &&
            (m_card->isAncestorOf(focusWidget()) || (m_card->isOf(contact->id) && m_sidebar->list()->hasFocus()));
        m_stack->setCurrentWidget(conversation());
        m_conversation->setContact(*contact);
        if (wasOnCard)
            m_conversation->takeFocus();
    } else {
        if (m_conversation)
            m_conversation->clear();
        if (contact)
            card()->setContact(*contact);
        // From what goes, Qt would hand the focus to the card's first button, and that one may remove.
        if (m_stack->currentWidget() != m_card && m_stack->isAncestorOf(focusWidget()))
            takeFocus();
        m_stack->setCurrentWidget(contact ? m_card : m_contacts.rowCount() == 0 ? share() : m_nobody);
    }
    emit currentChanged();
}

void MainPage::countUnread() {
    const int unread = m_contacts.unread();
    if (std::exchange(m_unread, unread) != unread)
        emit unreadChanged(unread);
}

// What reaches this was pasted into no field.
void MainPage::keyPressEvent(QKeyEvent* event) {
    const QString text = event->matches(QKeySequence::Paste) ? QGuiApplication::clipboard()->text() : QString();
    // A damaged address is worth a word; any other text is not.
    const bool isOne = text.contains(QStringLiteral("culvert:"), Qt::CaseInsensitive) ||
                       (!text.isEmpty() && m_checker(text.toStdString()).contact);
    if (isOne)
        emit addressPasted(text);
    else
        QWidget::keyPressEvent(event);
}

bool MainPage::isNarrow() const {
    return width() < std::min(Theme::scaled(kNarrow), 2 * Sidebar::wideWidth() + 80);
}

void MainPage::placeSidebar() {
    const bool narrow = isNarrow();
    const bool collapsed = narrow && !m_searching;
    const int beside = narrow ? Sidebar::kCollapsedWidth : Sidebar::wideWidth();
    const int own = collapsed ? Sidebar::kCollapsedWidth : Sidebar::wideWidth();
    m_sidebar->setCollapsed(collapsed);
    m_sidebar->setFloating(own != beside);
    m_sidebar->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(0, 0, own, height())));
    m_sidebar->raise();
    // A layout's left margin stays at the left in every direction of writing.
    const bool leftToRight = layoutDirection() == Qt::LeftToRight;
    layout()->setContentsMargins(leftToRight ? beside : 0, 0, leftToRight ? 0 : beside, 0);
}

void MainPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        placeSidebar();
}

void MainPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    placeSidebar();
}

} // namespace culvert
