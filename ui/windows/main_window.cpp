#include "ui/windows/main_window.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/notification_center.h"
#include "ui/desktop/tray_icon.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/icons.h"
#include "ui/widgets/accessible_roles.h"
#include "ui/widgets/labels.h"
#include "ui/windows/first_run_page.h"
#include "ui/windows/main_page.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/unlock_page.h"

#include <QApplication>
#include <QCloseEvent>
#include <QMenuBar>
#include <QTimer>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr QSize kSize(960, 680);
constexpr QSize kSizeMin(360, 440);

} // namespace

MainWindow::MainWindow(MessengerBridge& bridge, AddressChecker checker, Keyring* keyring, const Desktop& desktop,
                       QWidget* parent)
    : QMainWindow(parent), m_bridge(bridge), m_checker(std::move(checker)), m_keyring(keyring), m_desktop(desktop) {
    Icons::initialize();
    installAccessibleRoles();
    if (m_desktop.settings == nullptr) {
        m_ownSettings = std::make_unique<UiSettings>(QString());
        m_desktop.settings = m_ownSettings.get();
    }
    setWindowTitle(tr("Culvert"));
    setWindowIcon(Icons::application());
    setMinimumSize(kSizeMin);
    resize(kSize);
    restoreGeometry(m_desktop.settings->get(setting::kGeometry));
    m_toast = new Toast(this);
    buildTray();
    buildNotifications();
    buildMenus();
    connect(&bridge, &MessengerBridge::ready, this, [this] {
        if (!m_isFirstRun)
            showMain();
    });
    // The task bar marks the window until one looks at it; nothing steals the focus.
    connect(&bridge, &MessengerBridge::messageReceived, this, [this] { QApplication::alert(this); });
    connect(&bridge, &MessengerBridge::contactRequested, this, [this] { QApplication::alert(this); });
    connect(&bridge, &MessengerBridge::storeProblem, this, &MainWindow::noteProblem);
    showPageForState();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildTray() {
    if (!m_desktop.hasTray)
        return;
    m_tray = new TrayIcon(this);
    connect(m_tray, &TrayIcon::raiseRequested, this, &MainWindow::raiseToFront);
    connect(m_tray, &TrayIcon::toggleRequested, this, [this] {
        if (isVisible() && !isMinimized() && isActiveWindow())
            hide();
        else
            raiseToFront();
    });
    connect(m_tray, &TrayIcon::quitRequested, this, &MainWindow::quit);
    connect(m_desktop.settings, &UiSettings::changed, this, &MainWindow::updateTray);
    updateTray();
}

void MainWindow::buildNotifications() {
    if (m_desktop.notifier == nullptr)
        m_desktop.notifier = m_tray;
    if (m_desktop.notifier == nullptr)
        return;
    const auto isSeen = [this](const ContactId& contact) {
        const auto current = m_main ? m_main->current() : std::nullopt;
        return isActiveWindow() && current && current->id == contact;
    };
    auto* center = new NotificationCenter(m_bridge, *m_desktop.settings, *m_desktop.notifier, isSeen, this);
    connect(center, &NotificationCenter::opened, this, &MainWindow::openContact);
}

void MainWindow::buildMenus() {
    menuBar()->clear();
    qDeleteAll(m_actions);
    m_actions.clear();
    QMap<ActionMenu, QMenu*> menus;
    for (const ActionMenu menu : WindowActions::menus())
        menus[menu] = menuBar()->addMenu(WindowActions::title(menu));
    for (const ActionEntry& entry : WindowActions::entries()) {
        QMenu* menu = menus[entry.menu];
        if (entry.beginsGroup)
            menu->addSeparator();
        auto* action = new QAction(entry.text, this);
        action->setObjectName(QLatin1String(entry.name));
        action->setShortcuts(entry.keys);
        menu->addAction(action);
        m_actions[entry.action] = action;
        connect(action, &QAction::triggered, this, [this, which = entry.action] { perform(which); });
    }
    m_actions[WindowAction::Quit]->setMenuRole(QAction::QuitRole);
    m_actions[WindowAction::About]->setMenuRole(QAction::AboutRole);
    m_actions[WindowAction::ShowSettings]->setMenuRole(QAction::PreferencesRole);
}

void MainWindow::showPageForState() {
    switch (m_bridge.profileState()) {
    case ProfileState::None:
        showFirstRun();
        break;
    case ProfileState::NeedsPassphrase:
    case ProfileState::NeedsKeyring: {
        const bool typed = m_bridge.profileState() == ProfileState::NeedsPassphrase;
        auto* page =
            new UnlockPage(m_bridge, m_keyring, typed ? UnlockPage::Way::Passphrase : UnlockPage::Way::Keyring, this);
        connect(page, &UnlockPage::unlocked, this, &MainWindow::showMain);
        setCentralWidget(page);
        page->setFocus();
        break;
    }
    case ProfileState::Opening:
        showOpening();
        break;
    case ProfileState::Open:
        showMain();
        break;
    }
    updateActions();
}

void MainWindow::showFirstRun() {
    m_isFirstRun = true;
    auto* page = new FirstRunPage(m_bridge, m_keyring, this);
    connect(page, &FirstRunPage::finished, this, [this] {
        m_isFirstRun = false;
        showMain();
    });
    setCentralWidget(page);
    page->takeFocus();
}

void MainWindow::showMain() {
    if (m_main)
        return;
    m_main = new MainPage(m_bridge, m_checker, this);
    connect(m_main, &MainPage::addRequested, this, [this] { addContact(); });
    connect(m_main, &MainPage::addressPasted, this, &MainWindow::addContact);
    connect(m_main, &MainPage::networkRequested, this, &MainWindow::showNetwork);
    connect(m_main, &MainPage::detailsRequested, this, [this] { performOnContact(WindowAction::ShowDetails); });
    connect(m_main, &MainPage::currentChanged, this, &MainWindow::updateActions);
    connect(m_main, &MainPage::unreadChanged, this, &MainWindow::setUnread);
    connect(m_main, &MainPage::problemsDismissed, this, [this] {
        m_problems.clear();
        m_main->showProblems(m_problems);
    });
    m_main->showProblems(m_problems);
    setCentralWidget(m_main);
    m_main->takeFocus();
    updateActions();
    if (!m_link.isEmpty())
        addContact(std::exchange(m_link, {}));
}

void MainWindow::leaveProfile() {
    closeDialogs();
    m_main = nullptr;
    m_problems.clear();
    setUnread(0);
    showPageForState();
}

// It may come before there is a page to show it.
void MainWindow::noteProblem(const StoreProblem& problem) {
    std::erase_if(m_problems, [&](const StoreProblem& earlier) { return earlier.kind == problem.kind; });
    m_problems.push_back(problem);
    if (m_main)
        m_main->showProblems(m_problems);
}

void MainWindow::showOpening() {
    auto* page = new QWidget(this);
    QVBoxLayout* column = makeCenteredColumn(page, 360);
    column->addWidget(new IconLabel(IconId::Mark, 48, ColorRole::Accent, page), 0, Qt::AlignHCenter);
    QLabel* words = makeLabel(tr("Opening your messages …"), QStringLiteral("secondary"), page);
    words->setAlignment(Qt::AlignHCenter);
    column->addWidget(words);
    setCentralWidget(page);
}

void MainWindow::updateActions() {
    const auto contact = m_main ? m_main->current() : std::nullopt;
    for (const ActionEntry& entry : WindowActions::entries()) {
        const bool may =
            entry.needs == ActionNeeds::Nothing || (entry.needs == ActionNeeds::OpenProfile && m_main) ||
            (entry.needs == ActionNeeds::Contact && contact) ||
            (entry.needs == ActionNeeds::Conversation && contact && contact->state == ContactState::Accepted);
        m_actions[entry.action]->setEnabled(may);
    }
    if (contact && contact->state == ContactState::Blocked)
        m_actions[WindowAction::BlockCurrent]->setEnabled(false);
}

void MainWindow::updateTray() {
    m_tray->setShown(m_desktop.settings->get(setting::kTrayIcon));
}

bool MainWindow::hasTrayIcon() const {
    return m_tray && m_tray->isShown();
}

void MainWindow::setUnread(int unread) {
    m_unread = unread;
    setWindowTitle(unread > 0 ? tr("(%1) Culvert", "title of the window; how many messages are unread").arg(unread)
                              : tr("Culvert"));
    if (m_tray)
        m_tray->setUnread(unread);
}

void MainWindow::raiseToFront() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::openLink(const QString& text) {
    raiseToFront();
    if (m_main)
        addContact(text);
    else
        m_link = text;
}

void MainWindow::openContact(const ContactId& contact) {
    raiseToFront();
    if (m_main)
        m_main->choose(contact);
}

// The texts of everything that stands are in the old language: it is made anew, and shows what it showed.
void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::LanguageChange || std::exchange(m_isRetranslating, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_isRetranslating = false;
        retranslate();
    });
}

void MainWindow::retranslate() {
    const std::vector<std::function<void()>> reopen = closeDialogs();
    buildMenus();
    if (m_tray)
        m_tray->retranslate();
    setUnread(m_unread);
    const auto contact = m_main ? m_main->current() : std::nullopt;
    m_main = nullptr;
    if (m_isFirstRun && m_bridge.profileState() == ProfileState::Open)
        static_cast<FirstRunPage*>(centralWidget())->retranslate();
    else
        showPageForState();
    updateActions();
    if (m_main && contact)
        m_main->choose(contact->id);
    for (const auto& open : reopen)
        open();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_desktop.settings->set(setting::kGeometry, saveGeometry());
    if (hasTrayIcon() && m_desktop.settings->get(setting::kCloseToTray)) {
        hide();
        event->ignore();
        return;
    }
    event->accept();
    emit quitRequested();
}

void MainWindow::quit() {
    m_desktop.settings->set(setting::kGeometry, saveGeometry());
    emit quitRequested();
}

} // namespace culvert
