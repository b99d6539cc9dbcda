// JumpModel: everything that one can jump to, best match first.
#pragma once

#include "ui/models/face.h"

#include <QAbstractListModel>
#include <QVector>

namespace culvert {

/// What an entry is.
enum class JumpKind { Contact, Setting, Action };

/// One place to jump to, or thing to do.
struct JumpEntry {
    JumpKind kind = JumpKind::Contact;
    QString id; ///< a contact's text form, a setting's id or an action's name
    QString title;
    QString detail;   ///< beside the title: keys, page, presence
    QString keywords; ///< further words that find it, less well than the title
    Face face = {};   ///< of a contact
};

/// Thread safety: GUI thread.
class JumpModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, KindRole, DetailRole, FaceRole };
    static constexpr qsizetype kShownMax = 50;

    using QAbstractListModel::QAbstractListModel;

    void setEntries(QVector<JumpEntry> entries);
    /// Empty: contacts first, as they were given.
    void setTyped(const QString& typed);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void rank();

    QVector<JumpEntry> m_entries;
    QVector<qsizetype> m_shown; ///< indices of m_entries
    QString m_typed;
};

} // namespace culvert
