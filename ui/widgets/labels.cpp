#include "ui/widgets/labels.h"

#include "ui/widgets/reading_direction.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QTextLayout>

namespace culvert {
namespace {

void announce(QWidget* widget) {
    QAccessibleEvent event(widget, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

/// Breaks the lines where a label of this width does. Qt counts the space at which a line was broken to its width when
/// it reads from right to left, and so moves the line away from the edge; what is broken before has no such space.
QString brokenLines(const QString& text, const QFont& font, int width, Qt::LayoutDirection direction) {
    QTextOption option;
    option.setWrapMode(QTextOption::WordWrap);
    option.setTextDirection(direction);
    QStringList lines;
    for (const QString& paragraph : text.split(QLatin1Char('\n'))) {
        QTextLayout layout(paragraph, font);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            lines << paragraph.mid(line.textStart(), line.textLength()).trimmed();
        }
        layout.endLayout();
    }
    return lines.join(QLatin1Char('\n'));
}

/// Qt's label takes its first letter for the direction of the whole, and stands at that letter's edge.
class TextLabel : public QLabel {
public:
    TextLabel(const QString& text, QWidget* parent) : QLabel(text, parent) { alignToWindow(); }

protected:
    void changeEvent(QEvent* event) override {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::LayoutDirectionChange)
            alignToWindow();
    }

    void paintEvent(QPaintEvent* event) override {
        const bool isSelectable = textInteractionFlags() & (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        if (layoutDirection() == Qt::LeftToRight || isSelectable)
            return QLabel::paintEvent(event);
        QFrame::paintEvent(event);
        QPainter painter(this);
        const int indent = frameWidth() > 0 ? fontMetrics().horizontalAdvance(QLatin1Char('x')) / 2 : 0; // as Qt does
        const QRect room = contentsRect().adjusted(0, 0, -indent, 0);
        const auto align = static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment()));
        const int mnemonic = buddy() != nullptr ? Qt::TextShowMnemonic : 0;
        style()->drawItemText(
            &painter, room, align | directionFlag(text(), layoutDirection()) | mnemonic, palette(), isEnabled(),
            wordWrap() ? brokenLines(text(), font(), room.width(), layoutDirection()) : text(), foregroundRole());
    }

private:
    void alignToWindow() {
        if (alignment() & (Qt::AlignHCenter | Qt::AlignJustify))
            return;
        const bool isMirrored = layoutDirection() == Qt::RightToLeft;
        setAlignment((alignment() & Qt::AlignVertical_Mask) |
                     (isMirrored ? Qt::AlignRight | Qt::AlignAbsolute : Qt::AlignLeft));
    }
};

} // namespace

QLabel* makeLabel(const QString& text, const QString& kind, QWidget* parent) {
    auto* label = new TextLabel(text, parent);
    label->setProperty("kind", kind);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

QString plainToolTip(const QString& text) {
    QString escaped = text.toHtmlEscaped();
    return QStringLiteral("<qt>") + escaped.replace(QLatin1Char('\n'), QStringLiteral("<br>")) +
           QStringLiteral("</qt>");
}

void setPlainToolTip(QWidget* widget, const QString& text) {
    widget->setToolTip(text.isEmpty() ? QString() : plainToolTip(text));
    widget->setAccessibleDescription(text);
}

QString breakable(const QString& text) {
    constexpr int kRunMax = 24;
    QString broken;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > kRunMax && !c.isLowSurrogate()) {
            broken += QChar(0x200B); // zero width space
            run = 1;
        }
        broken += c;
    }
    return broken;
}

QPushButton* makeButton(const QString& text, const QString& kind, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setProperty("kind", kind);
    button->setAutoDefault(true); // Enter presses the button that has the focus, in dialogs and elsewhere
    return button;
}

ElidedLabel::ElidedLabel(const QString& kind, QWidget* parent) : QLabel(parent) {
    setProperty("kind", kind);
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ElidedLabel::setWholeText(const QString& text) {
    setText(text);
    setPlainToolTip(this, text);
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const {
    return {fontMetrics().horizontalAdvance(text()) + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QString elided = fontMetrics().elidedText(text(), Qt::ElideRight, width());
    style()->drawItemText(&painter, rect(),
                          static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())) |
                              directionFlag(text(), layoutDirection()),
                          palette(), isEnabled(), elided, foregroundRole());
}

IconButton::IconButton(IconId icon, const QString& name, QWidget* parent, ColorRole ink) : QToolButton(parent) {
    setToolTip(name);
    setAccessibleName(name);
    setIconSize({20, 20});
    setFocusPolicy(Qt::StrongFocus);
    setIcon(Icons::icon(icon, ink));
}

IconLabel::IconLabel(IconId icon, int size, ColorRole ink, QWidget* parent)
    : QWidget(parent), m_icon(icon), m_ink(ink) {
    setFixedSize(size, size);
}

void IconLabel::setIcon(IconId icon, ColorRole ink) {
    m_icon = icon;
    m_ink = ink;
    update();
}

void IconLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.drawPixmap(rect(), Icons::pixmap(m_icon, width(), Theme::color(m_ink, palette()), devicePixelRatioF()));
}

ErrorLabel::ErrorLabel(QWidget* parent) : QWidget(parent), m_text(makeLabel({}, QStringLiteral("error"), this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(new IconLabel(IconId::Warning, 20, ColorRole::Problem, this), 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setMinimumHeight(20);
    setVisible(false);
}

void ErrorLabel::showError(const QString& sentence) {
    m_text->setText(breakable(sentence));
    setAccessibleName(sentence);
    setVisible(!sentence.isEmpty());
    if (!sentence.isEmpty())
        announce(this);
}

QString ErrorLabel::text() const {
    return m_text->text();
}

Toast::Toast(QWidget* parent) : QFrame(parent), m_text(makeLabel({}, {}, this)) {
    setProperty("kind", QStringLiteral("toast"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_text->setWordWrap(false);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->addWidget(m_text);
    m_hide.setSingleShot(true);
    m_hide.setInterval(2500);
    connect(&m_hide, &QTimer::timeout, this, &QWidget::hide);
    hide();
}

void Toast::showText(const QString& text) {
    m_text->setText(text);
    setAccessibleName(text);
    adjustSize();
    move((parentWidget()->width() - width()) / 2, parentWidget()->height() - height() - 96);
    raise();
    show();
    m_hide.start();
    announce(this);
}

} // namespace culvert
