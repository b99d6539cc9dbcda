// ContactListModel: every contact with what the sidebar shows of it.
#pragma once

#include "core/messenger/contact.h"
#include "core/messenger/message.h"
#include "ui/models/face.h"

#include <QAbstractListModel>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace culvert {

class MessengerBridge;

/// The contacts in the order in which they became known; ContactFilterModel sorts.
/// Thread safety: GUI thread.
class ContactListModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1, ///< ContactId
        NameRole,
        StateRole, ///< ContactState
        OnlineRole,
        PathRole,     ///< PathKind
        VerdictRole,  ///< Verdict
        PresenceRole, ///< Presence: the three above together
        UnreadRole,
        LastTextRole,
        LastTimeRole, ///< milliseconds since 1970 UTC; 0 when nothing was written yet
        LastFromMeRole,
        VerifiedRole,
        MutedRole,
        DraftRole, ///< on one line; empty where nothing was begun
        FaceRole,  ///< Face
    };
    /// Words for screen readers; the window supplies it, because wording is no business of a model.
    using Describer = std::function<QString(const Contact&, const QString& lastText)>;

    explicit ContactListModel(MessengerBridge& bridge, QObject* parent = nullptr);

    void setDescriber(Describer describer) { m_describe = std::move(describer); }
    /// Asks core for everything anew.
    void reload();
    std::optional<Contact> find(const ContactId& id) const;
    int rowOf(const ContactId& id) const; ///< -1 when unknown
    /// Messages that were not read, of everybody who is not blocked.
    int unread() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

    /// What to call them; a contact that has no name yet is called by the beginning of their key.
    static QString displayName(const Contact& contact);
    /// The first letters of the first and the last word of `name`.
    static QString initials(const QString& name);
    /// How everyone sees who has this key.
    static Face face(const ContactId& id, const QString& name, const QImage& picture = {});
    static unsigned colorSeed(const ContactId& id);

signals:
    /// The first answer of core is in; until then an empty model says nothing.
    void loaded();

private:
    struct Row {
        Contact contact;
        QString lastText;
        WallTime lastTime;
        bool lastFromMe = false;
    };

    void apply(const std::vector<Contact>& contacts);
    void append(const std::vector<Contact>& contacts);
    void upsert(const Contact& contact);
    void remove(const ContactId& id);
    void setDraft(const ContactId& id, const QString& text);
    void setLastMessage(const Message& message);
    void requestLastMessage(const ContactId& id);

    MessengerBridge& m_bridge;
    Describer m_describe;
    std::vector<Row> m_rows;
    QTimer m_reloadSoon; ///< many events make one question to core
};

} // namespace culvert
