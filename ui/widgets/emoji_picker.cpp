#include "ui/widgets/emoji_picker.h"

#include "ui/widgets/labels.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace culvert {
namespace {

constexpr int kCell = 38;
constexpr int kColumns = 8;
constexpr int kRows = 6;
const QString kRecentKey = QStringLiteral("emoji/recent");

/// Every sign has the same room, however wide it is.
class CellDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {kCell - 2, kCell - 2}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        const QString sign = std::exchange(cell.text, QString());
        const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
        style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, option.widget);
        painter->setFont(cell.font);
        painter->setPen(cell.palette.color(QPalette::Text));
        painter->drawText(option.rect, Qt::AlignCenter, sign);
    }
};

} // namespace

EmojiPicker::EmojiPicker(QWidget* parent)
    : QFrame(parent, Qt::Popup), m_search(new QLineEdit(this)), m_grid(new QListView(this)),
      m_nothing(makeLabel(tr("Nothing found. Try another word."), QStringLiteral("secondary"), m_grid)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("kind", QStringLiteral("card"));
    setObjectName(QStringLiteral("emojiPicker"));
    setAccessibleName(tr("Emoji"));
    m_search->setPlaceholderText(tr("Search by English names"));
    m_search->setAccessibleName(tr("Search emoji"));
    m_grid->setModel(&m_model);
    m_grid->setViewMode(QListView::IconMode);
    m_grid->setMovement(QListView::Static);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setGridSize({kCell, kCell});
    m_grid->setUniformItemSizes(true);
    m_grid->setItemDelegate(new CellDelegate(m_grid));
    m_grid->setAccessibleName(tr("Emoji"));
    m_grid->setFixedSize(kColumns * kCell + 16, kRows * kCell);
    QFont large = font();
    large.setPixelSize(22);
    m_grid->setFont(large);
    m_nothing->setGeometry(0, 0, m_grid->width(), kCell);
    m_nothing->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_search);
    column->addWidget(m_grid);
    setFocusProxy(m_search);
    m_search->installEventFilter(this);
    m_model.setRecent(QSettings().value(kRecentKey).toStringList());
    const auto showFirst = [this] {
        m_nothing->setVisible(m_model.rowCount() == 0);
        m_grid->setCurrentIndex(m_model.index(0));
    };
    showFirst();
    connect(m_search, &QLineEdit::textChanged, this, [this, showFirst](const QString& words) {
        m_model.setFilter(words);
        showFirst();
    });
    connect(m_grid, &QListView::clicked, this, &EmojiPicker::pick);
    connect(m_grid, &QListView::activated, this, &EmojiPicker::pick);
}

void EmojiPicker::openAt(const QPoint& globalPosition) {
    adjustSize();
    QPoint place = globalPosition - QPoint(width() / 2, height());
    if (const QScreen* at = screen()) {
        const QRect room = at->availableGeometry();
        place.setX(std::clamp(place.x(), room.left(), std::max(room.left(), room.right() - width())));
        place.setY(std::clamp(place.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    }
    move(place);
    show();
    m_search->setFocus(Qt::PopupFocusReason);
}

void EmojiPicker::pick(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const QString sign = index.data().toString();
    m_model.use(sign);
    QSettings().setValue(kRecentKey, m_model.recent());
    emit picked(sign);
    close();
}

// The field has the focus, and the grid the arrows.
bool EmojiPicker::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    const int row = m_grid->currentIndex().row();
    const auto move = [&](int by) {
        const int target = std::clamp(row + by, 0, std::max(0, m_model.rowCount() - 1));
        m_grid->setCurrentIndex(m_model.index(target));
        return true;
    };
    switch (key->key()) {
    case Qt::Key_Down:
        return move(kColumns);
    case Qt::Key_Up:
        return move(-kColumns);
    case Qt::Key_Right:
        return m_search->text().isEmpty() && move(layoutDirection() == Qt::RightToLeft ? -1 : 1);
    case Qt::Key_Left:
        return m_search->text().isEmpty() && move(layoutDirection() == Qt::RightToLeft ? 1 : -1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        pick(m_grid->currentIndex());
        return true;
    default:
        return false;
    }
}

} // namespace culvert
