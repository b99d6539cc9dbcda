#include "ui/widgets/network_picture_view.h"

#include "ui/widgets/labels.h"
#include "ui/widgets/path_badge.h"
#include "ui/widgets/reading_direction.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleHints>

#include <algorithm>
#include <cmath>
#include <limits>

namespace culvert {
namespace {

constexpr int kPadding = 8;
constexpr int kIcon = 20;
constexpr int kSample = 22;
constexpr qreal kCorner = 10;
constexpr int kStepsPerRound = 60;
constexpr int kStepMs = 33;

ColorRole inkOf(LaneState state) {
    switch (state) {
    case LaneState::Works:
        return ColorRole::Good;
    case LaneState::Claimed:
        return ColorRole::Waiting;
    case LaneState::Broken:
        return ColorRole::Problem;
    case LaneState::NotTested:
        break;
    }
    return ColorRole::Secondary;
}

QPen penOf(LaneState state, const QPalette& palette) {
    QPen pen(Theme::color(inkOf(state), palette), 2, Qt::SolidLine, Qt::FlatCap);
    if (state == LaneState::Claimed)
        pen.setDashPattern({4, 3});
    else if (state == LaneState::Broken)
        pen.setDashPattern({2, 4});
    else if (state == LaneState::NotTested) {
        pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern({0.1, 3});
    }
    return pen;
}

// A filled dot, a ring, a cross, nothing: the same marks for those who see no colours.
void paintMark(QPainter& painter, QPointF at, LaneState state, const QPalette& palette) {
    const QColor ink = Theme::color(inkOf(state), palette);
    const QColor ground = Theme::color(ColorRole::Window, palette);
    if (state == LaneState::NotTested)
        return;
    if (state == LaneState::Broken) {
        painter.setPen(QPen(ground, 5, Qt::SolidLine, Qt::RoundCap));
        painter.drawPoint(at);
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(at + QPointF(-3.5, -3.5), at + QPointF(3.5, 3.5));
        painter.drawLine(at + QPointF(-3.5, 3.5), at + QPointF(3.5, -3.5));
        return;
    }
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(state == LaneState::Works ? ink : ground);
    painter.drawEllipse(at, 3.5, 3.5);
    painter.setBrush(Qt::NoBrush);
}

IconId iconOf(NodeKind kind) {
    switch (kind) {
    case NodeKind::Computer:
        return IconId::Computer;
    case NodeKind::Router:
        return IconId::Router;
    case NodeKind::ThirdParties:
    case NodeKind::TeredoServers:
        return IconId::Server;
    case NodeKind::Contact:
    case NodeKind::MoreContacts:
        break;
    }
    return IconId::AddContact;
}

bool mayMove(const QWidget* widget) {
    return widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, widget) > 0;
}

} // namespace

void paintLaneSample(QPainter& painter, const QRect& rect, LaneState state, const QPalette& palette) {
    const QPointF middle = QRectF(rect).center();
    painter.setPen(penOf(state, palette));
    painter.drawLine(QPointF(rect.left(), middle.y()), QPointF(rect.right(), middle.y()));
    paintMark(painter, middle, state, palette);
}

PictureItem::PictureItem(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

void PictureItem::setWords(const QString& name, const QString& whole, const QString& card) {
    setText(name);
    setAccessibleName(name + QStringLiteral(": ") + whole);
    setPlainToolTip(this, name + QLatin1Char('\n') + whole);
    m_card = card;
    setCursor(m_card.isEmpty() && !m_contact ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void PictureItem::setNode(const PictureNode& node) {
    m_rows.clear();
    m_word = node.word;
    m_contact = node.contact;
    m_icon = iconOf(node.kind);
    m_ink = node.lane.state == LaneState::Broken ? ColorRole::Problem : ColorRole::Secondary;
    if (node.kind == NodeKind::Contact) {
        m_icon = badgeIcon(node.badge);
        m_ink = badgeColor(node.badge);
    } else if (node.kind == NodeKind::MoreContacts) {
        m_icon.reset();
    }
    setWords(node.name, node.word + QStringLiteral(". ") + node.sentence, node.card);
}

void PictureItem::setBand(const PictureBand& band) {
    m_icon.reset();
    m_word.clear();
    m_contact.reset();
    m_rows.clear();
    for (int i = 0; i < band.lanes.size(); ++i)
        m_rows.append({PictureMaker::direction(band, i), band.lanes.at(i).word, band.lanes.at(i).state});
    setWords(band.name, PictureMaker::describe(band), band.card);
}

void PictureItem::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void PictureItem::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto color = [this](ColorRole role) { return Theme::color(role, palette()); };
    painter.setPen(hasFocus() ? QPen(color(ColorRole::Accent), 2) : QPen(color(ColorRole::Hairline), 1));
    painter.setBrush(color(underMouse() && isEnabled() ? ColorRole::Tint : ColorRole::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kCorner, kCorner);
    painter.setBrush(Qt::NoBrush);
    QRect inside = rect().adjusted(kPadding + 2, kPadding, -kPadding - 2, -kPadding);
    if (m_icon) {
        const QRect glyph(inside.left(), inside.center().y() - kIcon / 2 + 1, kIcon, kIcon);
        painter.drawPixmap(QStyle::visualRect(layoutDirection(), rect(), glyph),
                           Icons::pixmap(*m_icon, kIcon, color(m_ink), devicePixelRatioF()));
        inside.setLeft(glyph.right() + kPadding);
    }
    paintRows(painter, inside);
}

void PictureItem::paintRows(QPainter& painter, const QRect& inside) {
    const int lines = m_rows.isEmpty() ? 2 : 1 + static_cast<int>(m_rows.size());
    const int line = inside.height() / lines;
    const auto write = [&](int row, int left, int width, const QFont& face, ColorRole ink, const QString& text,
                           Qt::Alignment side) {
        const QRect where =
            QStyle::visualRect(layoutDirection(), rect(), QRect(left, inside.top() + row * line, width, line));
        painter.setFont(face);
        painter.setPen(Theme::color(ink, palette()));
        painter.drawText(where,
                         static_cast<int>(QStyle::visualAlignment(layoutDirection(), side | Qt::AlignVCenter)) |
                             directionFlag(text, layoutDirection()),
                         QFontMetrics(face).elidedText(text, Qt::ElideRight, width));
    };
    QFont strong = Theme::font(TextStyle::Body, font());
    strong.setWeight(QFont::DemiBold);
    const QFont small = Theme::font(TextStyle::Secondary, font());
    write(0, inside.left(), inside.width(), strong, ColorRole::Text, text(), Qt::AlignLeft);
    if (m_rows.isEmpty())
        write(1, inside.left(), inside.width(), small, ColorRole::Secondary, m_word, Qt::AlignLeft);
    for (int i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows.at(i);
        // The word is what counts: where there is no room for both, the direction is cut.
        const int wordWidth = std::min(QFontMetrics(small).horizontalAdvance(row.word) + 2, inside.width() - kSample);
        constexpr int gap = 6;
        const int textWidth = inside.width() - kSample - gap - wordWidth - gap;
        const QRect sample(inside.left(), inside.top() + (i + 1) * line, kSample, line);
        paintLaneSample(painter, QStyle::visualRect(layoutDirection(), rect(), sample), row.state, palette());
        if (textWidth > 40)
            write(i + 1, sample.right() + gap, textWidth, small, ColorRole::Secondary, row.text, Qt::AlignLeft);
        write(i + 1, inside.right() + 1 - wordWidth, wordWidth, small, ColorRole::Text, row.word, Qt::AlignRight);
    }
}

NetworkPictureView::NetworkPictureView(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Picture of your network"));
    setAccessibleDescription(tr("The arrow keys go from part to part, Enter shows what is known about one."));
    m_clock.setInterval(kStepMs);
    connect(&m_clock, &QTimer::timeout, this, [this] {
        m_step = (m_step + 1) % kStepsPerRound;
        update();
    });
}

PictureItem* NetworkPictureView::item(int index) {
    while (m_items.size() <= index) {
        auto* made = new PictureItem(this);
        made->installEventFilter(this);
        connect(made, &PictureItem::clicked, this, [this, made] {
            if (made->contact())
                emit contactWanted(*made->contact());
            else if (!made->card().isEmpty())
                emit cardWanted(made->card());
        });
        made->show();
        m_items.append(made);
    }
    return m_items.at(index);
}

void NetworkPictureView::setPicture(NetworkPicture picture) {
    m_picture = std::move(picture);
    int next = 0;
    item(next++)->setNode(m_picture.computer);
    item(next++)->setNode(m_picture.router);
    for (const PictureBand& band : m_picture.bands)
        item(next++)->setBand(band);
    for (const PictureNode& helper : m_picture.helpers)
        item(next++)->setNode(helper);
    for (const PictureNode& contact : m_picture.contacts)
        item(next++)->setNode(contact);
    while (m_items.size() > next)
        delete m_items.takeLast();
    updateGeometry();
    place();
    updateClock();
}

QWidget* NetworkPictureView::orderTabs(QWidget* before) {
    for (PictureItem* part : m_items) {
        setTabOrder(before, part);
        before = part;
    }
    return before;
}

int NetworkPictureView::heightForWidth(int width) const {
    return layOut(m_picture, width, fontMetrics().height() + 2).height;
}

QSize NetworkPictureView::sizeHint() const {
    constexpr int usual = 720;
    return {usual, heightForWidth(std::max(width(), 320))};
}

QSize NetworkPictureView::minimumSizeHint() const {
    constexpr int least = 320;
    return {least, heightForWidth(std::max(width(), least))};
}

void NetworkPictureView::place() {
    m_layout = layOut(m_picture, width(), fontMetrics().height() + 2);
    if (layoutDirection() == Qt::RightToLeft)
        m_layout = mirrored(m_layout, width());
    const QVector<QRect> rects = m_layout.all();
    for (int i = 0; i < m_items.size() && i < rects.size(); ++i)
        m_items.at(i)->setGeometry(rects.at(i));
    update();
}

void NetworkPictureView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != width())
        updateGeometry();
    place();
}

void NetworkPictureView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange)
        place();
    updateClock();
}

void NetworkPictureView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    updateClock();
}

void NetworkPictureView::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_clock.stop();
}

void NetworkPictureView::updateClock() {
    const bool isTested = std::ranges::any_of(m_layout.lines, [](const LaneLine& line) { return line.lane->isTested; });
    if (!isTested || !isVisible() || !mayMove(this))
        m_clock.stop();
    else if (!m_clock.isActive())
        m_clock.start();
}

void NetworkPictureView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const LaneLine& line : m_layout.lines)
        paintLane(painter, line);
}

void NetworkPictureView::paintLane(QPainter& painter, const LaneLine& line) const {
    const LaneState state = line.lane->state;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(penOf(state, palette()));
    painter.drawPath(line.path);
    constexpr qreal worthAMark = 36;
    if (line.path.length() >= worthAMark)
        paintMark(painter, line.path.pointAtPercent(line.markAt), state, palette());
    if (!line.lane->isTested || !m_clock.isActive())
        return;
    const int packets = line.path.length() >= worthAMark ? 2 : 1;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Theme::color(ColorRole::Accent, palette()));
    for (int i = 0; i < packets; ++i) {
        const qreal share =
            std::fmod(static_cast<qreal>(m_step) / kStepsPerRound + static_cast<qreal>(i) / packets, 1.0);
        const QPointF at = line.path.pointAtPercent(line.isInward ? 1 - share : share);
        painter.drawRoundedRect(QRectF(at.x() - 4, at.y() - 3, 8, 6), 2, 2);
    }
}

// The arrow keys go to the nearest part in their direction.
bool NetworkPictureView::moveFocus(int key, QWidget* from) {
    const bool isAcross = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Right || key == Qt::Key_Down ? 1 : -1;
    PictureItem* best = nullptr;
    int bestDistance = std::numeric_limits<int>::max();
    for (PictureItem* part : m_items) {
        const QPoint way = part->geometry().center() - from->geometry().center();
        const int ahead = sign * (isAcross ? way.x() : way.y());
        const int aside = std::abs(isAcross ? way.y() : way.x());
        constexpr int least = 8;
        if (part == from || ahead < least || (!isAcross && aside > from->width()))
            continue;
        if (const int distance = ahead + 2 * aside; distance < bestDistance) {
            best = part;
            bestDistance = distance;
        }
    }
    if (best != nullptr)
        best->setFocus(Qt::OtherFocusReason);
    return true;
}

bool NetworkPictureView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down)
            return moveFocus(key, qobject_cast<QWidget*>(watched));
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace culvert
