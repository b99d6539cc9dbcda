#include "ui/models/emoji_model.h"

#include <QFile>

#include <algorithm>

namespace culvert {

EmojiModel::EmojiModel(QObject* parent) : QAbstractListModel(parent) {
    QFile file(QStringLiteral(":/emoji.txt"));
    if (file.open(QIODevice::ReadOnly)) {
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString& line : lines)
            if (const qsizetype space = line.indexOf(QLatin1Char(' ')); space > 0 && !line.startsWith(QLatin1Char('#')))
                m_all.push_back({line.left(space), line.mid(space + 1)});
    }
    refresh();
}

void EmojiModel::setFilter(const QString& words) {
    m_filter = words.toLower().simplified();
    refresh();
}

void EmojiModel::setRecent(const QStringList& signs) {
    m_recent.clear();
    for (const QString& sign : signs)
        if (find(sign) >= 0 && !m_recent.contains(sign) && m_recent.size() < kRecentMax)
            m_recent << sign;
    refresh();
}

void EmojiModel::use(const QString& sign) {
    if (find(sign) < 0)
        return;
    m_recent.removeAll(sign);
    m_recent.prepend(sign);
    m_recent = m_recent.mid(0, kRecentMax);
    refresh();
}

int EmojiModel::find(const QString& sign) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const Emoji& emoji) { return emoji.sign == sign; });
    return found == m_all.end() ? -1 : static_cast<int>(found - m_all.begin());
}

void EmojiModel::refresh() {
    const QStringList wanted = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const auto matches = [&](const Emoji& emoji) {
        const QStringList words = emoji.words.split(QLatin1Char(' '));
        return std::all_of(wanted.begin(), wanted.end(), [&](const QString& start) {
            return std::any_of(words.begin(), words.end(), [&](const QString& word) { return word.startsWith(start); });
        });
    };
    beginResetModel();
    m_shown.clear();
    for (const QString& sign : std::as_const(m_recent))
        if (const int at = find(sign); matches(m_all[static_cast<std::size_t>(at)]))
            m_shown.push_back(at);
    for (int at = 0; at < static_cast<int>(m_all.size()); ++at) {
        const Emoji& emoji = m_all[static_cast<std::size_t>(at)];
        if (!m_recent.contains(emoji.sign) && matches(emoji))
            m_shown.push_back(at);
    }
    endResetModel();
}

int EmojiModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant EmojiModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Emoji& emoji = m_all[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(index.row())])];
    switch (role) {
    case Qt::DisplayRole:
        return emoji.sign;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return emoji.words;
    case Qt::TextAlignmentRole:
        return static_cast<int>(Qt::AlignCenter);
    default:
        return {};
    }
}

} // namespace culvert
