#include "ui/windows/shortcuts_dialog.h"

#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"
#include "ui/windows/page_frame.h"
#include "ui/windows/window_actions.h"

#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace culvert {
namespace {

void addLine(QGridLayout* grid, const QString& words, const QString& keys) {
    const int row = grid->rowCount();
    QWidget* ground = grid->parentWidget();
    grid->addWidget(makeLabel(words, {}, ground), row, 0);
    QLabel* key = makeLabel(keys, QStringLiteral("key"), ground);
    key->setWordWrap(false);
    key->setAccessibleName(QStringLiteral("%1: %2").arg(words, keys));
    grid->addWidget(key, row, 1, Qt::AlignTrailing);
}

void addHeading(QGridLayout* grid, const QString& words) {
    QLabel* heading = makeLabel(words, QStringLiteral("heading"), grid->parentWidget());
    heading->setContentsMargins(0, 8, 0, 0);
    grid->addWidget(heading, grid->rowCount(), 0, 1, 2);
}

} // namespace

ShortcutsDialog::ShortcutsDialog(QWidget* parent) : QDialog(parent) {
    QVBoxLayout* column = makeDialogColumn(this, tr("Keyboard shortcuts"), 340);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(tr("Keyboard shortcuts"));
    scroll->setFocusPolicy(Qt::StrongFocus); // the arrow keys scroll
    auto* ground = new QWidget(scroll);
    auto* grid = new QGridLayout(ground);
    grid->setContentsMargins(readingMargins(0, 0, 8, 0));
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(0, 1);
    const QVector<ActionEntry> entries = WindowActions::entries();
    for (const ActionMenu menu : WindowActions::menus()) {
        bool isFirst = true;
        for (const ActionEntry& entry : entries) {
            if (entry.menu != menu || entry.keys.isEmpty())
                continue;
            if (std::exchange(isFirst, false))
                addHeading(grid, WindowActions::plain(WindowActions::title(menu)));
            QStringList keys;
            for (const QKeySequence& key : entry.keys)
                keys << key.toString(QKeySequence::NativeText);
            addLine(grid, WindowActions::plain(entry.text), keys.join(QStringLiteral("   ")));
        }
    }
    addHeading(grid, tr("Everywhere"));
    for (const PlaceKeys& keys : WindowActions::placeKeys())
        addLine(grid, keys.text, keys.keys);
    grid->setRowStretch(grid->rowCount(), 1);
    scroll->setWidget(ground);
    column->addWidget(scroll, 1);
    QPushButton* close = makeButton(tr("Close"), {}, this);
    close->setDefault(true);
    column->addWidget(close, 0, Qt::AlignTrailing);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    const QSize wished(Theme::scaled(480), Theme::scaled(560));
    resize(parent == nullptr ? wished : wished.boundedTo(parent->window()->size()));
    scroll->setFocus();
}

} // namespace culvert
