// Icons: our own family, 20 px grid with 1.5 px round strokes, in the colour that is asked for.
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>

namespace culvert {

enum class ColorRole;

/// Every icon there is, by what it stands for.
enum class IconId {
    Mark,
    AddContact,
    Share,
    Search,
    Send,
    Network,
    Lock,
    Copy,
    Info,
    Good,
    Warning,
    Problem,
    Verified,
    Block,
    Remove,
    Refresh,
    ChevronDown,
    Close,
    Computer,
    Router,
    Server,
    PathDirect6,
    PathDirect4,
    PathTunnel,
    PathLan,
    PathConnecting,
    PathNone,
    TickQueued,
    TickSent,
    TickDelivered,
    TickRead,
    TickFailed,
    Person,
    Settings,
    Action,
    Scan,
    Timer,
    Mute,
    Emoji,
    Reply,
    Edit,
    More,
    ChevronUp,
};

/// Draws the SVG files of resources/icons. Their black becomes `ink`, their white `hollow`.
class Icons {
public:
    /// Registers the files; a static library's resources do not register themselves.
    static void initialize();

    /// `size` in device-independent pixels, drawn for a screen with `ratio` device pixels in each. What points along
    /// the line of reading points the other way in a window from right to left.
    static QPixmap pixmap(IconId id, int size, const QColor& ink, qreal ratio, const QColor& hollow = Qt::white);
    /// In the colour of `ink`, grey where it is disabled, as the look is whenever it is drawn; nothing is drawn before.
    static QIcon icon(IconId id, ColorRole ink);
    /// The program's own icon for the task bar.
    static QIcon application();
};

} // namespace culvert
