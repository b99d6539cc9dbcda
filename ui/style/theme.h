// Theme: the one table of colours, and the palette, style sheet and fonts made from it.
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>

class QApplication;

namespace culvert {

/// What a colour is for. No widget names a colour in any other way.
enum class ColorRole {
    Window,
    Sidebar,
    Raised, ///< cards, fields, menus
    Text,
    Secondary,
    Caption, ///< secondary text on a tinted surface: my bubble, the selected row
    Hairline,
    Outline, ///< the border of a control, which must be seen to be found
    Tint,    ///< what the pointer or the selection rests on
    Accent,
    OnAccent,
    MyBubble,
    TheirBubble,
    Good, ///< good, waiting and problem colour icons; a word beside them says the same
    Waiting,
    Problem, ///< also the text of an error
};

/// The two looks.
enum class Scheme { Light, Dark };

/// The sizes of type.
enum class TextStyle { Body, Secondary, Caption, Heading, Title };

/// A pair of colours for an avatar: made from a key, readable in both schemes.
struct AvatarColors {
    QColor background;
    QColor text;
};

/// Pure functions of the table; apply() alone touches the application.
/// Widgets ask with their own palette, so a change of scheme reaches them with the palette's change event.
class Theme {
public:
    /// Makes the whole application look like `scheme`.
    static void apply(QApplication& application, Scheme scheme);
    /// The scheme that `palette` belongs to; before apply() that is the system's.
    static Scheme schemeOf(const QPalette& palette);

    static QColor color(ColorRole role, Scheme scheme);
    static QColor color(ColorRole role, const QPalette& palette) { return color(role, schemeOf(palette)); }
    static AvatarColors avatarColors(unsigned seed, Scheme scheme);
    static QFont font(TextStyle style, const QFont& base);

    /// The contrast ratio of two opaque colours by WCAG 2.1, from 1 to 21.
    static double contrast(const QColor& one, const QColor& other);
};

} // namespace culvert
