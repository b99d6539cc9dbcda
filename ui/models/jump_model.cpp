#include "ui/models/jump_model.h"

#include "ui/models/fuzzy_match.h"

#include <algorithm>

namespace culvert {
namespace {

constexpr int kWorst = -1000;

std::optional<int> scoreOf(const QString& typed, const JumpEntry& entry) {
    const auto byTitle = fuzzyScore(typed, entry.title);
    // Scattered letters of a long list of words match nearly everything: there, whole words count alone.
    const bool byWord = !typed.isEmpty() && entry.keywords.contains(typed, Qt::CaseInsensitive);
    if (!byTitle && !byWord)
        return std::nullopt;
    return std::max(byTitle.value_or(kWorst), byWord ? 0 : kWorst);
}

} // namespace

void JumpModel::setEntries(QVector<JumpEntry> entries) {
    m_entries = std::move(entries);
    rank();
}

void JumpModel::setTyped(const QString& typed) {
    m_typed = typed.trimmed();
    rank();
}

void JumpModel::rank() {
    QVector<std::pair<int, qsizetype>> found;
    for (qsizetype i = 0; i < m_entries.size(); ++i)
        if (const auto score = scoreOf(m_typed, m_entries[i]))
            found.append({*score, i});
    std::ranges::stable_sort(found, [this](const auto& one, const auto& other) {
        if (!m_typed.isEmpty() && one.first != other.first)
            return one.first > other.first;
        return m_entries[one.second].kind < m_entries[other.second].kind;
    });
    beginResetModel();
    m_shown.clear();
    for (const auto& [score, index] : found.first(std::min(found.size(), kShownMax)))
        m_shown.append(index);
    endResetModel();
}

int JumpModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QVariant JumpModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const JumpEntry& entry = m_entries[m_shown[index.row()]];
    switch (role) {
    case Qt::DisplayRole:
        return entry.title;
    case Qt::AccessibleTextRole:
        return entry.detail.isEmpty() ? entry.title : entry.title + QStringLiteral(", ") + entry.detail;
    case IdRole:
        return entry.id;
    case KindRole:
        return static_cast<int>(entry.kind);
    case DetailRole:
        return entry.detail;
    case FaceRole:
        return QVariant::fromValue(entry.face);
    default:
        return {};
    }
}

} // namespace culvert
