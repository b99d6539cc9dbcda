#include "ui/windows/jump_dialog.h"

#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/reading_direction.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace culvert {
namespace {

constexpr int kWidth = 480;
constexpr int kRowsMax = 8;
constexpr int kFace = 24;

/// Whom, or what kind of thing, a row is about.
void paintSign(QPainter& painter, const QRect& place, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto kind = static_cast<JumpKind>(index.data(JumpModel::KindRole).toInt());
    if (kind == JumpKind::Contact) {
        QRect disc(0, 0, kFace, kFace);
        disc.moveCenter(place.center());
        return paintAvatar(painter, disc, index.data(JumpModel::FaceRole).value<Face>(), option.palette);
    }
    const QPixmap icon =
        Icons::pixmap(kind == JumpKind::Setting ? IconId::Settings : IconId::Action, place.width(),
                      Theme::color(ColorRole::Caption, option.palette), painter.device()->devicePixelRatioF());
    painter.drawPixmap(place, icon);
}

/// Glyph and title at the reading edge, detail at the other.
class JumpDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {kWidth / 2, Theme::rowHeight(40, 34)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto color = [&](ColorRole role) { return Theme::color(role, option.palette); };
        const auto visual = [&](const QRect& logical) {
            return QStyle::visualRect(option.direction, option.rect, logical);
        };
        const bool chosen = option.state & QStyle::State_Selected;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (chosen) {
            painter->setPen(QPen(color(ColorRole::Accent), 1.5));
            painter->setBrush(color(ColorRole::MyBubble));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 6, 6);
        }
        constexpr int kGlyph = 20;
        const QRect row = option.rect.adjusted(12, 0, -12, 0);
        const QRect glyph(row.left(), row.center().y() - kGlyph / 2 + 1, kGlyph, kGlyph);
        paintSign(*painter, visual(glyph), option, index);
        const QFont small = Theme::font(TextStyle::Secondary, option.font);
        const QFontMetrics smallMetrics(small);
        const QString detail =
            smallMetrics.elidedText(index.data(JumpModel::DetailRole).toString(), Qt::ElideRight, row.width() * 2 / 5);
        const int detailWidth = smallMetrics.horizontalAdvance(detail) + 1;
        painter->setFont(small);
        painter->setPen(color(ColorRole::Caption));
        painter->drawText(visual(QRect(row.right() - detailWidth, row.top(), detailWidth + 1, row.height())),
                          Qt::AlignCenter | directionFlag(detail, option.direction), detail);
        const QFont body = Theme::font(TextStyle::Body, option.font);
        const QRect words(row.left() + kGlyph + 10, row.top(), row.width() - kGlyph - 10 - detailWidth - 12,
                          row.height());
        painter->setFont(body);
        painter->setPen(color(ColorRole::Text));
        const QString title = index.data().toString();
        painter->drawText(
            visual(words),
            static_cast<int>(QStyle::visualAlignment(option.direction, Qt::AlignLeft | Qt::AlignVCenter)) |
                directionFlag(title, option.direction),
            QFontMetrics(body).elidedText(title, Qt::ElideRight, words.width()));
        painter->restore();
    }
};

} // namespace

JumpDialog::JumpDialog(QVector<JumpEntry> entries, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), m_field(new QLineEdit(this)), m_list(new QListView(this)),
      m_nothingFound(makeLabel(tr("Nothing has such a name."), QStringLiteral("secondary"), this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(true);
    setWindowTitle(tr("Jump to"));
    setObjectName(QStringLiteral("jump"));
    m_model.setEntries(std::move(entries));
    m_field->setObjectName(QStringLiteral("jumpField"));
    m_field->setPlaceholderText(tr("A contact, a setting, something to do"));
    m_field->setAccessibleName(tr("Jump to"));
    m_field->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("jumpList"));
    m_list->setAccessibleName(tr("Places to jump to"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new JumpDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    column->addWidget(m_field);
    column->addWidget(m_nothingFound);
    column->addWidget(m_list, 1);
    connect(m_field, &QLineEdit::textChanged, this, &JumpDialog::typed);
    connect(m_list, &QListView::clicked, this, &JumpDialog::choose);
    typed();
    place();
}

void JumpDialog::place() {
    const QWidget* over = parentWidget()->window();
    const int width = std::min(Theme::scaled(kWidth), over->width() - 24);
    const int height = m_field->sizeHint().height() + kRowsMax * Theme::rowHeight(40, 34) + 36;
    resize(width, std::min(height, over->height() - 48));
    move(over->mapToGlobal(QPoint((over->width() - width) / 2, 40)));
}

void JumpDialog::typed() {
    m_model.setTyped(m_field->text());
    m_list->setCurrentIndex(m_model.index(0, 0));
    m_nothingFound->setVisible(m_model.rowCount() == 0);
}

void JumpDialog::step(int rows) {
    const int count = m_model.rowCount();
    if (count == 0)
        return;
    const int row = std::clamp(m_list->currentIndex().row() + rows, 0, count - 1);
    m_list->setCurrentIndex(m_model.index(row, 0));
    // The focus is elsewhere, so that the view would not say it.
    m_field->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
}

void JumpDialog::choose(const QModelIndex& index) {
    if (!index.isValid())
        return;
    const auto kind = static_cast<JumpKind>(index.data(JumpModel::KindRole).toInt());
    const QString id = index.data(JumpModel::IdRole).toString();
    accept();
    emit chosen(kind, id);
}

bool JumpDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_field || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        step(kRowsMax);
        return true;
    case Qt::Key_PageUp:
        step(-kRowsMax);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_list->currentIndex());
        return true;
    default:
        return false;
    }
}

} // namespace culvert
