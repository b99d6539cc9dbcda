// ContactFilterModel: the contacts whose name holds what is searched for, in the sidebar's order.
#pragma once

#include <QSortFilterProxyModel>

namespace culvert {

/// Requests first, because they wait for an answer; then the newest conversation; blocked contacts last.
class ContactFilterModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ContactFilterModel(QObject* parent = nullptr);

    void setSearch(const QString& text);

protected:
    bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QString m_search;
};

} // namespace culvert
