#include "ui/windows/window_actions.h"

#include "ui/widgets/composer.h"

#include <QRegularExpression>

namespace culvert {

QVector<ActionMenu> WindowActions::menus() {
    return {ActionMenu::Program, ActionMenu::Contact,    ActionMenu::Message,
            ActionMenu::View,    ActionMenu::Connection, ActionMenu::Help};
}

QString WindowActions::title(ActionMenu menu) {
    switch (menu) {
    case ActionMenu::Program:
        return tr("&Culvert");
    case ActionMenu::Contact:
        return tr("Con&tact");
    case ActionMenu::Message:
        return tr("&Message");
    case ActionMenu::View:
        return tr("&View");
    case ActionMenu::Connection:
        return tr("C&onnection");
    case ActionMenu::Help:
        return tr("&Help");
    }
    return {};
}

QVector<ActionEntry> WindowActions::entries() {
    using enum WindowAction;
    using enum ActionNeeds;
    const auto program = ActionMenu::Program;
    const auto contact = ActionMenu::Contact;
    const auto message = ActionMenu::Message;
    const auto view = ActionMenu::View;
    const auto connection = ActionMenu::Connection;
    const auto help = ActionMenu::Help;
    const auto control = [](auto key) { return QKeySequence(Qt::CTRL | key); };
    const auto shifted = [](auto key) { return QKeySequence(Qt::CTRL | Qt::SHIFT | key); };
    return {
        {AddContact, "addContact", program, OpenProfile, tr("&Add contact …"), {control(Qt::Key_N)}},
        {ShareAddress, "shareAddress", program, OpenProfile, tr("&Share my address …"), {shifted(Qt::Key_S)}},
        {CopyAddress, "copyAddress", program, OpenProfile, tr("&Copy my address"), {shifted(Qt::Key_C)}},
        {ShowSettings, "showSettings", program, Nothing, tr("S&ettings …"), {control(Qt::Key_Comma)}, true},
        {Quit, "quit", program, Nothing, tr("&Quit"), {control(Qt::Key_Q)}, true},
        {ShowDetails, "showDetails", contact, Contact, tr("&Details and connection …"), {control(Qt::Key_I)}},
        {Mute, "mute", contact, Conversation, tr("&Mute …")},
        {Disappearing, "disappearing", contact, Conversation, tr("D&isappearing messages …")},
        {BlockCurrent, "blockCurrent", contact, Contact, tr("&Block …")},
        {RemoveCurrent, "removeCurrent", contact, Contact, tr("&Remove …")},
        {ReplyToMessage, "replyToMessage", message, Conversation, tr("&Reply")},
        {ReactToMessage, "reactToMessage", message, Conversation, tr("Re&act …")},
        {EditMessage, "editMessage", message, Conversation, tr("&Edit")},
        {DeleteMessage, "deleteMessage", message, Conversation, tr("&Delete …")},
        {InsertEmoji,
         "insertEmoji",
         message,
         Conversation,
         tr("&Insert emoji …"),
         {QKeySequence(Composer::kEmojiKey)},
         true},
        {JumpToNewest, "jumpToNewest", message, Conversation, tr("&Jump to the newest message")},
        {Jump, "jump", view, Nothing, tr("&Jump to …"), {control(Qt::Key_K)}},
        {Search, "search", view, OpenProfile, tr("&Search contacts and messages"), {control(Qt::Key_F)}},
        {SearchInConversation,
         "searchInConversation",
         view,
         Conversation,
         tr("&Find in this conversation"),
         {shifted(Qt::Key_F)}},
        {NextConversation,
         "nextConversation",
         view,
         OpenProfile,
         tr("&Next conversation"),
         {control(Qt::Key_PageDown)}},
        {PreviousConversation,
         "previousConversation",
         view,
         OpenProfile,
         tr("&Previous conversation"),
         {control(Qt::Key_PageUp)}},
        {Leave, "leave", view, OpenProfile, tr("&Close conversation or search"), {QKeySequence(Qt::Key_Escape)}},
        {RetryConnections, "retryConnections", connection, OpenProfile, tr("&Retry connections"), {control(Qt::Key_R)}},
        {ShowNetwork, "showNetwork", connection, OpenProfile, tr("&Network …"), {shifted(Qt::Key_D)}},
        {ShowShortcuts,
         "showShortcuts",
         help,
         Nothing,
         tr("&Keyboard shortcuts"),
         {QKeySequence(Qt::Key_F1), control(Qt::Key_Slash)}},
        {About, "about", help, Nothing, tr("&About Culvert")},
    };
}

QVector<PlaceKeys> WindowActions::placeKeys() {
    const auto native = [](Qt::Key key) { return QKeySequence(key).toString(QKeySequence::NativeText); };
    const QString shiftEnter =
        QKeySequence(QKeyCombination(Qt::SHIFT, Qt::Key_Return)).toString(QKeySequence::NativeText);
    return {
        {tr("Send the message"), native(Qt::Key_Return)},
        {tr("Begin a new line in the message"), shiftEnter},
        {tr("Edit the last message, where nothing is typed"), native(Qt::Key_Up)},
        {tr("Reply to the chosen message"), native(Qt::Key_R)},
        {tr("React to the chosen message"), native(Qt::Key_Plus)},
        {tr("Edit the chosen message"), native(Qt::Key_E)},
        {tr("Delete the chosen message"), native(Qt::Key_Delete)},
        {tr("Jump to the newest message"), native(Qt::Key_End)},
        {tr("Go to the next control"), native(Qt::Key_Tab)},
        {tr("Move in a list"), native(Qt::Key_Up) + QLatin1Char(' ') + native(Qt::Key_Down)},
        {tr("Open a menu"), tr("Alt and the underlined letter")},
        {tr("Close what is on top"), native(Qt::Key_Escape)},
    };
}

QString WindowActions::plain(const QString& text) {
    static const QRegularExpression mark(QStringLiteral("&(?!&)"));
    QString out = text;
    out.remove(mark);
    if (out.endsWith(QStringLiteral("…")))
        out.chop(1);
    return out.trimmed();
}

} // namespace culvert
