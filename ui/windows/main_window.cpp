#include "ui/windows/main_window.h"

#include "ui/bridge/messenger_bridge.h"
#include "ui/style/icons.h"
#include "ui/widgets/labels.h"
#include "ui/windows/add_contact_dialog.h"
#include "ui/windows/contact_actions.h"
#include "ui/windows/contact_dialog.h"
#include "ui/windows/first_run_page.h"
#include "ui/windows/main_page.h"
#include "ui/windows/network_dialog.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/share_dialog.h"
#include "ui/windows/unlock_page.h"

#include <QApplication>
#include <QClipboard>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace culvert {

MainWindow::MainWindow(MessengerBridge& bridge, AddressChecker checker, Keyring* keyring, QWidget* parent)
    : QMainWindow(parent), m_bridge(bridge), m_checker(std::move(checker)), m_keyring(keyring) {
    Icons::initialize();
    setWindowTitle(tr("Culvert"));
    setWindowIcon(Icons::application());
    setMinimumSize(400, 440);
    resize(960, 680);
    m_toast = new Toast(this);
    buildMenus();
    connect(&bridge, &MessengerBridge::ready, this, &MainWindow::showMain);
    // The task bar marks the window until one looks at it; nothing steals the focus.
    connect(&bridge, &MessengerBridge::messageReceived, this, [this] { QApplication::alert(this); });
    connect(&bridge, &MessengerBridge::contactRequested, this, [this] { QApplication::alert(this); });
    showPageForState();
}

void MainWindow::buildMenus() {
    QMenu* program = menuBar()->addMenu(tr("&Culvert"));
    m_whenOpen = {
        addAction(program, "addContact", tr("&Add contact …"), QKeySequence::New, &MainWindow::addContact),
        addAction(program, "shareAddress", tr("&Share my address …"), {}, &MainWindow::shareAddress),
        addAction(program, "copyAddress", tr("&Copy my address"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
                  &MainWindow::copyAddress),
    };
    program->addSeparator();
    QAction* quit = program->addAction(tr("&Quit"));
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
    quit->setMenuRole(QAction::QuitRole);
    connect(quit, &QAction::triggered, this, &QMainWindow::close);

    buildContactMenu();

    QMenu* view = menuBar()->addMenu(tr("&View"));
    QAction* find = addAction(view, "search", tr("&Search"), QKeySequence(Qt::CTRL | Qt::Key_K), &MainWindow::search);
    find->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_K), QKeySequence::Find});
    m_whenOpen.push_back(find);
    m_whenOpen.push_back(addAction(view, "nextConversation", tr("&Next conversation"),
                                   QKeySequence(Qt::CTRL | Qt::Key_PageDown), &MainWindow::nextConversation));
    m_whenOpen.push_back(addAction(view, "previousConversation", tr("&Previous conversation"),
                                   QKeySequence(Qt::CTRL | Qt::Key_PageUp), &MainWindow::previousConversation));
    m_whenOpen.push_back(addAction(view, "leave", tr("&Close conversation or search"), QKeySequence(Qt::Key_Escape),
                                   &MainWindow::leave));

    QMenu* connection = menuBar()->addMenu(tr("C&onnection"));
    m_whenOpen.push_back(addAction(connection, "retryConnections", tr("&Retry connections"),
                                   QKeySequence(Qt::CTRL | Qt::Key_R), &MainWindow::retryConnections));
    m_whenOpen.push_back(addAction(connection, "showNetwork", tr("&Network …"),
                                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D), &MainWindow::showNetwork));

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    addAction(help, "about", tr("&About Culvert"), {}, &MainWindow::about)->setMenuRole(QAction::AboutRole);
}

void MainWindow::buildContactMenu() {
    QMenu* contact = menuBar()->addMenu(tr("Con&tact"));
    m_whenContact = {
        addAction(contact, "showDetails", tr("&Details and connection …"), QKeySequence(Qt::CTRL | Qt::Key_I),
                  &MainWindow::showDetails),
        addAction(contact, "blockCurrent", tr("&Block …"), {}, &MainWindow::blockCurrent),
        addAction(contact, "removeCurrent", tr("&Remove …"), {}, &MainWindow::removeCurrent),
    };
}

QAction* MainWindow::addAction(QMenu* menu, const char* name, const QString& text, const QKeySequence& keys,
                               void (MainWindow::*slot)()) {
    QAction* action = menu->addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void MainWindow::showPageForState() {
    switch (m_bridge.profileState()) {
    case ProfileState::None: {
        auto* page = new FirstRunPage(m_bridge, m_keyring, this);
        connect(page, &FirstRunPage::created, this, &MainWindow::showMain);
        setCentralWidget(page);
        page->setFocus();
        break;
    }
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

void MainWindow::showMain() {
    if (m_main)
        return;
    m_main = new MainPage(m_bridge, m_checker, this);
    connect(m_main, &MainPage::addRequested, this, &MainWindow::addContact);
    connect(m_main, &MainPage::networkRequested, this, &MainWindow::showNetwork);
    connect(m_main, &MainPage::detailsRequested, this, &MainWindow::showDetails);
    connect(m_main, &MainPage::currentChanged, this, &MainWindow::updateActions);
    setCentralWidget(m_main);
    m_main->setFocus();
    updateActions();
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
    for (QAction* action : m_whenOpen)
        action->setEnabled(m_main != nullptr);
    const auto contact = m_main ? m_main->current() : std::nullopt;
    for (QAction* action : m_whenContact)
        action->setEnabled(contact.has_value());
    m_whenContact[1]->setEnabled(contact && contact->state != ContactState::Blocked);
}

void MainWindow::addContact() {
    auto* dialog = new AddContactDialog(m_bridge, m_checker, this);
    connect(dialog, &AddContactDialog::added, m_main, &MainPage::choose);
    dialog->show();
}

void MainWindow::shareAddress() {
    (new ShareDialog(m_bridge, this))->show();
}

void MainWindow::copyAddress() {
    m_bridge.ownAddress(this, [this](const Result<std::string>& address) {
        if (address)
            QGuiApplication::clipboard()->setText(QString::fromStdString(address.value()));
        m_toast->showText(address ? tr("Your address is copied") : QString::fromStdString(address.error().detail));
    });
}

void MainWindow::search() {
    m_main->search();
}

void MainWindow::nextConversation() {
    m_main->step(1);
}

void MainWindow::previousConversation() {
    m_main->step(-1);
}

void MainWindow::leave() {
    m_main->leave();
}

void MainWindow::showDetails() {
    if (const auto contact = m_main->current())
        (new ContactDialog(m_bridge, *contact, this))->show();
}

void MainWindow::removeCurrent() {
    if (const auto contact = m_main->current())
        confirmRemove(this, m_bridge, *contact);
}

void MainWindow::blockCurrent() {
    if (const auto contact = m_main->current())
        confirmBlock(this, m_bridge, *contact);
}

void MainWindow::retryConnections() {
    m_bridge.retryConnections(this, [this](const Result<void>& done) {
        m_toast->showText(done ? tr("Trying every contact again") : QString::fromStdString(done.error().detail));
    });
}

void MainWindow::showNetwork() {
    (new NetworkDialog(m_bridge, this))->show();
}

void MainWindow::about() {
    auto* box = new QMessageBox(QMessageBox::NoIcon, tr("About Culvert"),
                                tr("Culvert %1").arg(QStringLiteral(CULVERT_VERSION)), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setEscapeButton(box->addButton(tr("Close"), QMessageBox::RejectRole));
    box->setIconPixmap(Icons::application().pixmap(64));
    box->setInformativeText(tr("Messages from computer to computer, with nobody between."));
    box->open();
}

} // namespace culvert
