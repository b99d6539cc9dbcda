// SettingControls: what stands at the end of each row of the settings window.
#pragma once

#include "core/messenger/keyring.h"
#include "core/messenger/messenger.h"
#include "ui/desktop/desktop.h"
#include "ui/settings/core_settings.h"
#include "ui/settings/ui_settings.h"

#include <QPointer>
#include <QString>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QWidget;

namespace culvert {

class ListEditor;
class MessengerBridge;
class Toggle;

/// A control, and whether it needs the row's whole width.
struct SettingControl {
    QWidget* widget = nullptr; ///< null: there is nothing to set on this system, or not now
    QWidget* focus = nullptr;  ///< what the keyboard goes to
    bool isWide = false;
};

/// Makes controls that follow their settings and set them at once. GUI thread.
class SettingControls : public QObject {
    Q_OBJECT

public:
    /// `ui`, `keyring` (null where there is none), and what `desktop` points to, outlive this. `isOpen`: the profile
    /// is; before, its settings are unknown.
    SettingControls(MessengerBridge& bridge, UiSettings& ui, const Desktop& desktop, Keyring* keyring, bool isOpen,
                    QObject* parent = nullptr);

    SettingControl make(const QString& id, QWidget* parent);
    /// Whether make() would make something.
    bool has(const QString& id) const { return isAvailable(id, m_desktop, m_isOpen); }
    static bool isAvailable(const QString& id, const Desktop& desktop, bool isOpen);

signals:
    void shareRequested();
    void networkRequested();
    void shortcutsRequested();
    /// A setting could not be changed.
    void failed(const QString& id, const QString& sentence);
    /// What came of something, to be said in its row.
    void reported(const QString& id, const QString& sentence);
    /// There is no profile any more.
    void profileDeleted();
    /// Something was done that the window should say in passing.
    void told(const QString& sentence);

private:
    Toggle* makeToggle(QWidget* parent, bool Settings::*field);
    Toggle* makeToggle(QWidget* parent, const Setting<bool>& entry);
    Toggle* makeAutostart(QWidget* parent);
    template<typename T>
    QComboBox* makeChoice(QWidget* parent, const Setting<T>& entry, const QVector<std::pair<T, QString>>& choices);
    QComboBox* makeHardPunching(QWidget* parent);
    QLineEdit* makeName(QWidget* parent);
    QWidget* makePicture(QWidget* parent);
    QComboBox* makeLanguage(QWidget* parent);
    QComboBox* makeAppearance(const QString& id, QWidget* parent);
    QWidget* makeInvitations(QWidget* parent);
    // setting_storage.cpp
    QWidget* makeStorage(const QString& id, QWidget* parent);
    void refreshSize();
    void checkStore(QPushButton* button);
    void compactStore(QPushButton* button);
    void askExport(QPushButton* button);
    void askProtect(QPushButton* button);
    void askDelete(QPushButton* button);
    QWidget* makeAction(const QString& id, QWidget* parent);
    Reply<void> refreshing(ListEditor* list, std::function<void()> refresh);
    void refreshInvitations(ListEditor* list);

    MessengerBridge& m_bridge;
    UiSettings& m_ui;
    Desktop m_desktop;
    Keyring* m_keyring;
    bool m_isOpen;
    QPointer<QLabel> m_size;
    bool m_isStoreBusy = false;     ///< it is being checked or compacted
    CoreSettings* m_core = nullptr; ///< while the profile is open
};

} // namespace culvert
