#include "ui/widgets/wording.h"

#include "ui/models/contact_list_model.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace culvert {

BadgeState Wording::badge(const Presence& presence) {
    if (!presence.online) {
        const bool trying = presence.verdict == Verdict::None || presence.verdict == Verdict::Connecting;
        return trying ? BadgeState::Connecting : BadgeState::CannotConnect;
    }
    switch (presence.path) {
    case PathKind::Lan:
        return BadgeState::Lan;
    case PathKind::Native6:
        return BadgeState::Direct6;
    case PathKind::Mapped4:
    case PathKind::Punched4:
        return BadgeState::Direct4;
    case PathKind::Teredo:
    case PathKind::Ordinary:
    case PathKind::Tcp:
        return BadgeState::Tunnel;
    case PathKind::None:
        break;
    }
    return BadgeState::Connecting;
}

QString Wording::badgeWord(BadgeState state) {
    switch (state) {
    case BadgeState::Direct6:
        return tr("Direct, IPv6", "badge");
    case BadgeState::Direct4:
        return tr("Direct, IPv4", "badge");
    case BadgeState::Tunnel:
        return tr("Tunnel", "badge: IPv6 inside UDP over IPv4");
    case BadgeState::Lan:
        return tr("Same network", "badge");
    case BadgeState::Connecting:
        return tr("Connecting", "badge");
    case BadgeState::CannotConnect:
        return tr("Can't connect", "badge");
    }
    return {};
}

QString Wording::badgeSentence(const Presence& presence) {
    switch (badge(presence)) {
    case BadgeState::Direct6:
        return tr("You are connected directly, over IPv6 from end to end.");
    case BadgeState::Direct4:
        return presence.path == PathKind::Mapped4
                   ? tr("You are connected directly, over IPv4 through a forwarded port.")
                   : tr("You are connected directly, over IPv4 through a hole that both sides opened.");
    case BadgeState::Tunnel:
        if (presence.path == PathKind::Tcp)
            return tr("You are connected directly, over TCP, because UDP does not get through. This may be slower.");
        return presence.path == PathKind::Ordinary
                   ? tr("You are connected through a Teredo relay that neither of you chose. It sees who talks to "
                        "whom, and nothing of what is said.")
                   : tr("You are connected directly, with IPv6 packets inside IPv4 (Teredo).");
    case BadgeState::Lan:
        return tr("You are both in the same network; nothing leaves it.");
    case BadgeState::Connecting:
        return presence.verdict == Verdict::Connecting ? tr("Every known address of theirs is being tried.")
                                                       : tr("No connection was tried yet.");
    case BadgeState::CannotConnect:
        return verdict(presence);
    }
    return {};
}

QString Wording::pathKind(PathKind kind) {
    switch (kind) {
    case PathKind::None:
        return tr("none", "kind of path");
    case PathKind::Lan:
        return tr("Same network");
    case PathKind::Native6:
        return tr("IPv6");
    case PathKind::Mapped4:
        return tr("IPv4, forwarded port");
    case PathKind::Teredo:
        return tr("Teredo tunnel");
    case PathKind::Punched4:
        return tr("IPv4, opened by both");
    case PathKind::Ordinary:
        return tr("Ordinary route, foreign relay", "kind of path: through a Teredo relay of somebody else");
    case PathKind::Tcp:
        return tr("TCP", "kind of path");
    }
    return {};
}

QString Wording::presence(const Presence& presence) {
    if (presence.online)
        return presence.roundTrip > Duration::zero() ? tr("online, %1 away").arg(milliseconds(presence.roundTrip))
                                                     : tr("online");
    switch (presence.verdict) {
    case Verdict::None:
        return tr("not connected yet");
    case Verdict::Connecting:
        return tr("connecting …");
    case Verdict::NoAddress:
        return tr("their address is missing");
    case Verdict::NoAnswer:
    case Verdict::CannotConnect:
        return tr("not reachable");
    case Verdict::NoNetwork:
        return tr("this computer has no network");
    }
    return {};
}

QString Wording::verdict(const Presence& presence) {
    const auto sentence = [](const char* text) {
        return *text == 0 ? QString() : QCoreApplication::translate("PairOutlook", text);
    };
    const QString remedy = (sentence(sentenceOf(presence.outlook.remedy, presence.outlook.side)) + QLatin1Char(' ') +
                            sentence(sentenceAfter(presence.outlook)))
                               .trimmed();
    switch (presence.verdict) {
    case Verdict::None:
        return {};
    case Verdict::Connecting:
        return tr("Every known address of theirs is being tried.");
    case Verdict::NoAddress:
        return tr("No address of theirs is known. Ask them for a fresh address and add it again.");
    case Verdict::NoAnswer:
        return (tr("They do not answer: they are offline, or their address changed. "
                   "If they are online, ask them for a fresh address.") +
                QLatin1Char(' ') + remedy)
            .trimmed();
    case Verdict::CannotConnect:
        return (sentence(sentenceOf(presence.outlook.obstacle)) + QLatin1Char(' ') + remedy).trimmed();
    case Verdict::NoNetwork:
        return tr("This computer has no network. Connect it to one.");
    }
    return {};
}

QString Wording::waitingReason(const Presence& presence) {
    if (presence.online)
        return tr("their computer has not confirmed it yet.", "Waiting to deliver, because …");
    switch (presence.verdict) {
    case Verdict::None:
        return tr("no connection was tried yet.", "Waiting to deliver, because …");
    case Verdict::Connecting:
        return tr("a connection is being made.", "Waiting to deliver, because …");
    case Verdict::NoAddress:
        return tr("no address of theirs is known.", "Waiting to deliver, because …");
    case Verdict::NoAnswer:
        return tr("they do not answer.", "Waiting to deliver, because …");
    case Verdict::CannotConnect:
        return tr("your network and theirs let no connection through.", "Waiting to deliver, because …");
    case Verdict::NoNetwork:
        return tr("this computer has no network.", "Waiting to deliver, because …");
    }
    return {};
}

QString Wording::messageState(MessageState state, FailReason reason) {
    switch (state) {
    case MessageState::Queued:
        return tr("waiting", "state of a message");
    case MessageState::Sent:
        return tr("sent", "state of a message");
    case MessageState::Delivered:
        return tr("delivered", "state of a message");
    case MessageState::Read:
        return tr("read", "state of a message");
    case MessageState::Failed:
        if (reason == FailReason::ContactRemoved)
            return tr("not delivered: you removed or blocked this contact");
        return reason == FailReason::NotUnderstood ? tr("not delivered: their Culvert is too old for it")
                                                   : tr("not delivered");
    }
    return {};
}

QString Wording::contactState(ContactState state) {
    switch (state) {
    case ContactState::Requested:
        return tr("waiting for them to accept");
    case ContactState::Pending:
        return tr("wants to talk to you");
    case ContactState::Accepted:
        return tr("contact");
    case ContactState::Blocked:
        return tr("blocked");
    }
    return {};
}

QString Wording::describe(const Contact& contact, const QString& lastText) {
    QStringList parts{ContactListModel::displayName(contact)};
    parts << (contact.state == ContactState::Accepted ? presence(contact.presence) : contactState(contact.state));
    if (contact.verified)
        parts << tr("verified");
    if (isMuted(contact, {QDateTime::currentMSecsSinceEpoch()}))
        parts << tr("muted");
    if (contact.unread > 0)
        parts << tr("%n unread message(s)", nullptr, static_cast<int>(contact.unread));
    if (!contact.draft.empty() && contact.state == ContactState::Accepted)
        parts << draft(QString::fromStdString(contact.draft));
    if (!lastText.isEmpty())
        parts << lastText;
    return parts.join(QStringLiteral(", "));
}

QString Wording::describe(const Message& message, const QString& name) {
    if (message.kind != MessageKind::Text)
        return note(message, name);
    const bool isMine = message.from == MessageFrom::Me;
    QStringList parts;
    parts << (message.isDeleted ? deletedMessage(isMine) : QString::fromStdString(message.text));
    parts << QLocale().toString(QDateTime::fromMSecsSinceEpoch(message.sentAt.milliseconds), QLocale::ShortFormat);
    if (message.replyTo)
        parts << (message.replyTo->from == MessageFrom::Me ? tr("in reply to you") : tr("in reply to %1").arg(name));
    if (message.editedAt)
        parts << tr("edited", "state of a message");
    if (!message.myReaction.empty())
        parts << tr("you reacted with %1").arg(QString::fromStdString(message.myReaction));
    if (!message.theirReaction.empty())
        parts << tr("%1 reacted with %2").arg(name, QString::fromStdString(message.theirReaction));
    if (message.lifetimeSeconds > 0)
        parts << disappears(message.lifetimeSeconds);
    if (!isMine)
        return tr("%1: %2").arg(name, parts.join(QStringLiteral(", ")));
    parts << messageState(message.state, message.reason);
    return tr("You: %1").arg(parts.join(QStringLiteral(", ")));
}

QString Wording::note(const Message& message, const QString& name) {
    if (message.kind != MessageKind::TimerChange)
        return {};
    const bool isMine = message.from == MessageFrom::Me;
    if (message.lifetimeSeconds == 0)
        return isMine ? tr("You turned off disappearing messages.")
                      : tr("%1 turned off disappearing messages.").arg(name);
    const QString time = lifetime(message.lifetimeSeconds);
    return isMine ? tr("You set new messages to disappear %1 after reading.").arg(time)
                  : tr("%1 set new messages to disappear %2 after reading.").arg(name, time);
}

QString Wording::draft(const QString& text) {
    return tr("Draft: %1").arg(text);
}

QString Wording::you() {
    return tr("You");
}

QString Wording::deletedMessage(bool isMine) {
    return isMine ? tr("You deleted this message.") : tr("This message was deleted.");
}

QString Wording::editedAt(const QString& time) {
    return tr("edited %1", "a message, at a time").arg(time);
}

QString Wording::newMessages() {
    return tr("New messages");
}

QString Wording::quoteIsGone() {
    return tr("A message that is not here any more");
}

QString Wording::disappears(std::uint32_t seconds) {
    return tr("disappears %1 after reading").arg(lifetime(seconds));
}

QString Wording::lifetime(std::uint32_t seconds) {
    constexpr std::uint32_t hour = 3600, day = 24 * hour, week = 7 * day;
    const auto count = [seconds](std::uint32_t unit) { return static_cast<int>(seconds / unit); };
    if (seconds % week == 0)
        return tr("%n week(s)", nullptr, count(week));
    if (seconds % day == 0)
        return tr("%n day(s)", nullptr, count(day));
    if (seconds % hour == 0)
        return tr("%n hour(s)", nullptr, count(hour));
    return tr("%n second(s)", nullptr, count(1));
}

QString Wording::relativeTime(const QDateTime& time, const QDateTime& now) {
    const qint64 seconds = std::max<qint64>(0, time.secsTo(now));
    if (seconds < 60)
        return tr("now", "less than a minute ago");
    if (seconds < 3600)
        return tr("%1 min", "minutes ago").arg(seconds / 60);
    if (seconds < 24 * 3600)
        return tr("%1 h", "hours ago").arg(seconds / 3600);
    const QString format =
        time.date().year() == now.date().year() ? tr("d MMM", "date without year") : tr("d MMM yyyy", "date with year");
    return QLocale().toString(time.date(), format);
}

QString Wording::day(const QDate& date, const QDate& today) {
    if (date == today)
        return tr("Today");
    if (date.addDays(1) == today)
        return tr("Yesterday");
    return QLocale().toString(date, QLocale::LongFormat);
}

QString Wording::safetyNumber(const std::string& number) {
    const QStringList groups = QString::fromStdString(number).simplified().split(QLatin1Char(' '));
    QStringList rows;
    for (qsizetype i = 0; i < groups.size(); i += 4)
        rows << groups.mid(i, 4).join(QStringLiteral("  "));
    return rows.join(QLatin1Char('\n'));
}

QString Wording::clock(const QTime& time) {
    // Some locales write seconds even in their short form.
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    return QLocale().toString(time, format.remove(QStringLiteral(":ss")));
}

QString Wording::milliseconds(Duration duration) {
    const double value = toMilliseconds(duration);
    return tr("%1 ms").arg(value < 10 ? QLocale().toString(value, 'f', 1) : QLocale().toString(value, 'f', 0));
}

} // namespace culvert
