// JumpDialog: a few letters lead to any contact, setting or action.
#pragma once

#include "ui/models/jump_model.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QListView;

namespace culvert {

/// Opens over the top of its parent. Up and Down choose, Enter goes, Esc closes; the focus stays in the field.
class JumpDialog : public QDialog {
    Q_OBJECT

public:
    JumpDialog(QVector<JumpEntry> entries, QWidget* parent);

signals:
    void chosen(culvert::JumpKind kind, const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    void typed();
    void step(int rows);
    void choose(const QModelIndex& index);

    JumpModel m_model;
    QLineEdit* m_field;
    QListView* m_list;
    QLabel* m_nothingFound;
};

} // namespace culvert
