// Theme: the one table of colours, and the palette, style sheet, fonts and sizes made from it.
//
// Thread safety: GUI thread.
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

/// The sets of colours. High contrast is white on black, and every border can be seen.
enum class Scheme { Light, Dark, HighContrast };

/// The sizes of type.
enum class TextStyle { Body, Secondary, Caption, Heading, Title };

/// A pair of colours for an avatar: made from a key, readable in both schemes.
struct AvatarColors {
    QColor background;
    QColor text;
};

/// All that decides how the application looks.
struct Look {
    Scheme scheme = Scheme::Light;
    int textPercent = 100; ///< of the sizes of type
    bool isCompact = false;
    bool hasMotion = true;
    bool operator==(const Look&) const = default;
};

/// Pure functions of the table and of the look that was applied last; apply() alone touches the application.
/// Widgets ask with their own palette, so a change of scheme reaches them with the palette's change event.
class Theme {
public:
    /// Makes the whole application look like this, at once.
    static void apply(QApplication& application, const Look& look);
    static void apply(QApplication& application, Scheme scheme) { apply(application, Look{scheme}); }
    static const Look& look();
    /// The scheme that `palette` belongs to; before apply() that is the system's.
    static Scheme schemeOf(const QPalette& palette);

    static QColor color(ColorRole role, Scheme scheme);
    static QColor color(ColorRole role, const QPalette& palette) { return color(role, schemeOf(palette)); }
    static AvatarColors avatarColors(unsigned seed, Scheme scheme);
    static QFont font(TextStyle style, const QFont& base);
    /// A length that holds text: it grows with the size of text.
    static int scaled(int pixels);
    /// The height of a row that is `comfortable` pixels high where there is room.
    static int rowHeight(int comfortable, int compact);
    /// How long something moves; zero where motion is off.
    static int duration(int milliseconds);

    /// The contrast ratio of two opaque colours by WCAG 2.1, from 1 to 21.
    static double contrast(const QColor& one, const QColor& other);
};

} // namespace culvert
