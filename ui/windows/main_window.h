// MainWindow: the one window; which page it shows follows the profile's state.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"

#include <QMainWindow>

#include <vector>

class QMenu;

namespace culvert {

class MainPage;
class MessengerBridge;
class Toast;

/// First run, unlock, opening, or sidebar and conversation; and the menu that holds every action.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `bridge` and `keyring` outlive the window; `keyring` may be null where there is none.
    MainWindow(MessengerBridge& bridge, AddressChecker checker, Keyring* keyring, QWidget* parent = nullptr);

private:
    void buildMenus();
    void buildContactMenu();
    /// `name` finds the action whatever the language is.
    QAction* addAction(QMenu* menu, const char* name, const QString& text, const QKeySequence& keys,
                       void (MainWindow::*slot)());
    void showPageForState();
    void showMain();
    void showOpening();
    void updateActions();

    void addContact();
    void shareAddress();
    void copyAddress();
    void search();
    void nextConversation();
    void previousConversation();
    void leave();
    void showDetails();
    void removeCurrent();
    void blockCurrent();
    void retryConnections();
    void showNetwork();
    void about();

    MessengerBridge& m_bridge;
    AddressChecker m_checker;
    Keyring* m_keyring;
    MainPage* m_main = nullptr;
    Toast* m_toast = nullptr;
    std::vector<QAction*> m_whenOpen;    ///< need an open profile
    std::vector<QAction*> m_whenContact; ///< need a chosen contact
};

} // namespace culvert
