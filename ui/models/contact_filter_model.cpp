#include "ui/models/contact_filter_model.h"

#include "ui/models/contact_list_model.h"

namespace culvert {
namespace {

int rank(const QModelIndex& index) {
    switch (index.data(ContactListModel::StateRole).value<ContactState>()) {
    case ContactState::Pending:
        return 0;
    case ContactState::Blocked:
        return 2;
    case ContactState::Requested:
    case ContactState::Accepted:
        break;
    }
    return 1;
}

} // namespace

ContactFilterModel::ContactFilterModel(QObject* parent) : QSortFilterProxyModel(parent) {
    sort(0);
}

void ContactFilterModel::setSearch(const QString& text) {
    m_search = text.trimmed();
    invalidateFilter();
}

bool ContactFilterModel::filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const {
    const QModelIndex index = sourceModel()->index(sourceRow, 0, sourceParent);
    return index.data(ContactListModel::NameRole).toString().contains(m_search, Qt::CaseInsensitive);
}

bool ContactFilterModel::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    if (rank(left) != rank(right))
        return rank(left) < rank(right);
    const auto leftTime = left.data(ContactListModel::LastTimeRole).toLongLong();
    const auto rightTime = right.data(ContactListModel::LastTimeRole).toLongLong();
    if (leftTime != rightTime)
        return leftTime > rightTime;
    const QString leftName = left.data(ContactListModel::NameRole).toString();
    return leftName.localeAwareCompare(right.data(ContactListModel::NameRole).toString()) < 0;
}

} // namespace culvert
