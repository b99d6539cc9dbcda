// Labels: small text parts that every page uses.
#pragma once

#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QFrame>
#include <QLabel>
#include <QTimer>
#include <QToolButton>

class QPushButton;

namespace culvert {

/// A wrapping label of a text style that the style sheet knows: "title", "heading", "strong", "secondary", "caption".
QLabel* makeLabel(const QString& text, const QString& kind, QWidget* parent = nullptr);
/// A tool tip that shows `text` as it is; Qt would take what looks like markup for markup, and names come from
/// strangers.
QString plainToolTip(const QString& text);
/// Gives `widget` that tool tip. Screen readers read tool tips, so these get the text without its markup.
void setPlainToolTip(QWidget* widget, const QString& text);
/// `text` with places where an endless word may wrap, so that a stranger's text cannot widen a window.
QString breakable(const QString& text);
/// A push button of kind "primary", "danger", "link", or plain.
QPushButton* makeButton(const QString& text, const QString& kind = {}, QWidget* parent = nullptr);

/// One line that ends in an ellipsis where there is no room; the whole text is its tool tip then.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& kind, QWidget* parent = nullptr);
    void setWholeText(const QString& text);
    QSize minimumSizeHint() const override { return {24, QLabel::minimumSizeHint().height()}; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A button that shows one icon of our family in the theme's colour.
class IconButton : public QToolButton {
    Q_OBJECT

public:
    IconButton(IconId icon, const QString& name, QWidget* parent = nullptr, ColorRole ink = ColorRole::Text);
};

/// An icon as a label.
class IconLabel : public QWidget {
    Q_OBJECT

public:
    IconLabel(IconId icon, int size, ColorRole ink, QWidget* parent = nullptr);
    void setIcon(IconId icon, ColorRole ink);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    IconId m_icon;
    ColorRole m_ink;
};

/// Says inline what went wrong, where it happened; hidden while there is nothing to say.
class ErrorLabel : public QWidget {
    Q_OBJECT

public:
    explicit ErrorLabel(QWidget* parent = nullptr);
    void showError(const QString& sentence);
    void clear() { showError({}); }
    QString text() const;

private:
    QLabel* m_text;
};

/// Says for a moment what was done, over the bottom of its parent. It takes no focus.
class Toast : public QFrame {
    Q_OBJECT

public:
    explicit Toast(QWidget* parent);
    void showText(const QString& text);

private:
    QLabel* m_text;
    QTimer m_hide;
};

} // namespace culvert
