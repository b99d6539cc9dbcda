// SearchModel: the messages that hold what is searched for, the newest first.
//
// Thread safety: GUI thread.
// Invariants:
//  1. An answer to an earlier question changes nothing.
//  2. There are at most kHitsMax rows.
//  3. What is erased or deleted elsewhere leaves the rows.
#pragma once

#include "core/messenger/messenger.h"
#include "ui/models/search_snippet.h"

#include <QAbstractListModel>
#include <QTimer>

#include <functional>
#include <vector>

namespace culvert {

class MessengerBridge;

/// A message, and the line of it that is shown.
struct SearchHit {
    Message message;
    SearchSnippet snippet;
};

/// Asks core a moment after the last key, and for the next page when it is told to.
class SearchModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int kAskAfterMs = 150;
    static constexpr std::size_t kPageSize = 50;
    static constexpr std::size_t kHitsMax = 500;

    enum Role {
        ContactRole = Qt::UserRole + 1, ///< ContactId
        RefRole,                        ///< MessageRef
        NameRole,                       ///< of the contact
        LineRole,
        SpansRole, ///< QVector<TextSpan> of the line
        TimeRole,  ///< milliseconds since 1970 UTC
        FromMeRole,
        FaceRole, ///< Face of the contact
    };
    /// How far the question is.
    enum class State { Idle, Asking, Answered, Failed };
    /// What a contact is called; none: they are not there any more.
    using Namer = std::function<QString(const ContactId&)>;
    using PictureOf = std::function<QImage(const ContactId&)>;
    /// Words for screen readers.
    using Describer = std::function<QString(const SearchHit&, const QString& name)>;

    explicit SearchModel(MessengerBridge& bridge, QObject* parent = nullptr);

    void setNamer(Namer namer) { m_name = std::move(namer); }
    void setPictureOf(PictureOf picture) { m_picture = std::move(picture); }
    void setDescriber(Describer describer) { m_describe = std::move(describer); }
    /// Looks for `text` in one conversation, or in all. Without text there are no rows.
    void setSearch(const QString& text, const std::optional<ContactId>& contact);
    void fetchOlder();
    State state() const { return m_state; }
    QString error() const { return m_error; } ///< in core's words, when Failed
    /// There are more messages than are kept.
    bool isCutOff() const { return m_next != 0 && m_hits.size() >= kHitsMax; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

signals:
    void stateChanged();

private:
    void ask(std::uint64_t before);
    void take(const Result<SearchPage>& page);
    void setState(State state);
    int rowOf(const ContactId& contact, const MessageRef& ref) const;
    void removeAt(int row);
    void amend(const MessageAmendedEvent& change);
    void removeContact(const ContactId& contact);

    MessengerBridge& m_bridge;
    Namer m_name;
    PictureOf m_picture;
    Describer m_describe;
    QString m_text;
    std::optional<ContactId> m_contact;
    std::vector<SearchHit> m_hits;
    std::uint64_t m_next = 0; ///< what to ask for the next page with; 0: there is none
    quint64 m_generation = 0; ///< tells an answer to an earlier question
    bool m_isFetching = false;
    State m_state = State::Idle;
    QString m_error;
    QTimer m_askSoon;
};

} // namespace culvert
