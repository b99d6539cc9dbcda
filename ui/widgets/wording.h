// Wording: what core's enumerators mean, in the user's words. Every such text is in this file.
#pragma once

#include "core/messenger/contact.h"
#include "core/messenger/message.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QString>

namespace culvert {

/// What the badge shows of a connection: a glyph, a word, a sentence each.
enum class BadgeState { Direct6, Direct4, Tunnel, Lan, Connecting, CannotConnect };

/// Pure functions from values to text.
class Wording {
    Q_DECLARE_TR_FUNCTIONS(culvert::Wording)

public:
    static BadgeState badge(const Presence& presence);
    static QString badgeWord(BadgeState state);
    static QString badgeSentence(const Presence& presence);
    static QString pathKind(PathKind kind);

    /// One or two words for the header and the list: "online", "not reachable".
    static QString presence(const Presence& presence);
    /// Why there is no connection, and the one thing that would change it.
    static QString verdict(const Presence& presence);
    /// Completes "Waiting to deliver, because …".
    static QString waitingReason(const Presence& presence);

    static QString messageState(MessageState state, FailReason reason);
    static QString contactState(ContactState state);
    static QString describe(const Contact& contact, const QString& lastText);
    /// Everything about a message in one sentence, for who does not see it; `name`: the contact's.
    static QString describe(const Message& message, const QString& name);
    /// A note that stands in a message's place.
    static QString note(const Message& message, const QString& name);
    /// What was begun and not sent.
    static QString draft(const QString& text);
    static QString you();
    static QString deletedMessage(bool isMine);
    static QString editedAt(const QString& time);
    static QString newMessages();
    static QString quoteIsGone();
    static QString disappears(std::uint32_t seconds);
    /// "1 hour", "4 weeks".
    static QString lifetime(std::uint32_t seconds);

    /// "now", "5 min", "3 h"; from a day on the date.
    static QString relativeTime(const QDateTime& time, const QDateTime& now);
    /// "Today", "Yesterday", or the date.
    static QString day(const QDate& date, const QDate& today);
    /// In rows of four groups, so that two people can read it to each other.
    static QString safetyNumber(const std::string& number);
    /// Hours and minutes, as the locale writes them.
    static QString clock(const QTime& time);
    static QString milliseconds(Duration duration);
};

} // namespace culvert
