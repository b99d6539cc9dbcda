// MainWindow: the one window; which page it shows follows the profile's state.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"
#include "ui/desktop/desktop.h"
#include "ui/models/jump_model.h"
#include "ui/windows/window_actions.h"

#include <QMainWindow>
#include <QMap>

#include <functional>
#include <memory>
#include <vector>

namespace culvert {

class MainPage;
class MessengerBridge;
class SettingsDialog;
class Toast;
class TrayIcon;

/// First run, unlock, opening, or sidebar and conversation; and the menu that holds every action.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// `bridge`, `keyring` and what `desktop` points to outlive the window; `keyring` may be null where there is none.
    MainWindow(MessengerBridge& bridge, AddressChecker checker, Keyring* keyring, const Desktop& desktop = {},
               QWidget* parent = nullptr);
    ~MainWindow() override;

    /// In front of all others, from wherever it was.
    void raiseToFront();
    /// A link or text that holds an address: offers to add it, as soon as the profile is open. Nothing is added
    /// unasked.
    void openLink(const QString& text);
    void openContact(const ContactId& contact);
    /// Whether something beside the clock can bring the window back.
    bool hasTrayIcon() const;

signals:
    /// The user wants the program to end.
    void quitRequested();

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildTray();
    void buildNotifications();
    void buildMenus();
    void perform(WindowAction action);
    void performOnContact(WindowAction action);
    void showPageForState();
    void showFirstRun();
    void showMain();
    void showOpening();
    /// It was deleted.
    void leaveProfile();
    void noteProblem(const StoreProblem& problem);
    void updateActions();
    void updateTray();
    void setUnread(int unread);
    void retranslate();
    /// Closes every dialog; what is returned opens those anew that ask nothing.
    std::vector<std::function<void()>> closeDialogs();
    void quit();

    void addContact(const QString& text = {});
    void shareAddress();
    void copyAddress();
    void showDetails(const Contact& contact);
    void retryConnections();
    void showNetwork();
    void about();
    SettingsDialog* showSettings(const QString& id = {});
    void jump();
    QVector<JumpEntry> jumpEntries() const;
    void jumpTo(JumpKind kind, const QString& id);

    MessengerBridge& m_bridge;
    AddressChecker m_checker;
    Keyring* m_keyring;
    Desktop m_desktop;
    std::unique_ptr<UiSettings> m_ownSettings; ///< where the desktop has none
    MainPage* m_main = nullptr;
    bool m_isFirstRun = false; ///< its last step is still shown
    Toast* m_toast = nullptr;
    TrayIcon* m_tray = nullptr;
    QMap<WindowAction, QAction*> m_actions;
    QString m_link;                       ///< waits for the profile
    std::vector<StoreProblem> m_problems; ///< not dismissed yet; the last of each kind
    int m_unread = 0;
    bool m_isRetranslating = false;
};

} // namespace culvert
