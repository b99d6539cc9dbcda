// WindowActions: every action of the main window in one table: its menu, its words, its keys, and when it can be done.
#pragma once

#include <QCoreApplication>
#include <QKeySequence>
#include <QString>
#include <QVector>

namespace culvert {

/// The menus, in their order.
enum class ActionMenu { Program, Contact, Message, View, Connection, Help };

/// What an action needs before it can be done.
enum class ActionNeeds { Nothing, OpenProfile, Contact, Conversation };

/// What an action does.
enum class WindowAction {
    AddContact,
    ShareAddress,
    CopyAddress,
    ShowSettings,
    Quit,
    ShowDetails,
    Mute,
    Disappearing,
    BlockCurrent,
    RemoveCurrent,
    ReplyToMessage,
    ReactToMessage,
    EditMessage,
    DeleteMessage,
    InsertEmoji,
    JumpToNewest,
    Jump,
    Search,
    SearchInConversation,
    NextConversation,
    PreviousConversation,
    Leave,
    RetryConnections,
    ShowNetwork,
    ShowShortcuts,
    About,
};

/// One line of the table.
struct ActionEntry {
    WindowAction action = WindowAction::AddContact;
    const char* name = ""; ///< of its QAction, in every language
    ActionMenu menu = ActionMenu::Program;
    ActionNeeds needs = ActionNeeds::Nothing;
    QString text; ///< with its mnemonic
    QList<QKeySequence> keys = {};
    bool beginsGroup = false; ///< a line stands above it in its menu
};

/// Keys that belong to a place and are no action of the window.
struct PlaceKeys {
    QString text;
    QString keys;
};

/// The table, in the user's language.
class WindowActions {
    Q_DECLARE_TR_FUNCTIONS(culvert::WindowActions)

public:
    static QVector<ActionMenu> menus();
    static QString title(ActionMenu menu);
    static QVector<ActionEntry> entries();
    static QVector<PlaceKeys> placeKeys();
    /// Text without its mnemonic and dots.
    static QString plain(const QString& text);
};

} // namespace culvert
