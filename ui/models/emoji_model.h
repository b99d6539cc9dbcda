// EmojiModel: emoji to choose from, with the words to find them by; those that were used last come first.
#pragma once

#include <QAbstractListModel>
#include <QStringList>

#include <vector>

namespace culvert {

/// A table of resources/emoji.txt. Thread safety: GUI thread.
class EmojiModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr qsizetype kRecentMax = 16;

    explicit EmojiModel(QObject* parent = nullptr);

    /// Shows those with every word of `words` at the beginning of a word of theirs; all where there is none.
    void setFilter(const QString& words);
    /// Signs that were used before, newest first; what the table does not know is left out.
    void setRecent(const QStringList& signs);
    QStringList recent() const { return m_recent; }
    /// Puts a sign in front of the recent ones.
    void use(const QString& sign);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Emoji {
        QString sign;
        QString words;
    };

    void refresh();
    int find(const QString& sign) const;

    std::vector<Emoji> m_all;
    std::vector<int> m_shown; ///< indexes into m_all
    QStringList m_recent;
    QString m_filter;
};

} // namespace culvert
