#include "ui/style/theme.h"

#include "ui/style/icons.h"

#include <QApplication>
#include <QFile>
#include <QProxyStyle>
#include <QRegularExpression>
#include <QStyleFactory>

#include <array>
#include <cmath>

namespace culvert {
namespace {

struct ColorRow {
    ColorRole role;
    const char* name; ///< as the style sheet spells it
    QRgb light;
    QRgb dark;
    QRgb highContrast;
};

constexpr std::array kColors{
    ColorRow{ColorRole::Window, "window", 0xFFFAFAF8, 0xFF16191B, 0xFF000000},
    ColorRow{ColorRole::Sidebar, "sidebar", 0xFFF2F3F0, 0xFF1B1F22, 0xFF000000},
    ColorRow{ColorRole::Raised, "raised", 0xFFFFFFFF, 0xFF22272B, 0xFF000000},
    ColorRow{ColorRole::Text, "text", 0xFF1B2326, 0xFFE8ECEC, 0xFFFFFFFF},
    ColorRow{ColorRole::Secondary, "secondary", 0xFF5D6B70, 0xFF98A6AB, 0xFFE6E6E6},
    ColorRow{ColorRole::Caption, "caption", 0xFF546267, 0xFFA9B6BA, 0xFFF0F0F0},
    ColorRow{ColorRole::Hairline, "hairline", 0xFFDFE3E1, 0xFF2E353A, 0xFF8F8F8F},
    ColorRow{ColorRole::Outline, "outline", 0xFFC3CAC8, 0xFF48525A, 0xFFFFFFFF},
    ColorRow{ColorRole::Tint, "tint", 0xFFE4EBEA, 0xFF283237, 0xFF333333},
    ColorRow{ColorRole::Accent, "accent", 0xFF0F6E7C, 0xFF3FB0BD, 0xFFFFD83D},
    ColorRow{ColorRole::OnAccent, "onAccent", 0xFFFFFFFF, 0xFF06262B, 0xFF000000},
    ColorRow{ColorRole::MyBubble, "myBubble", 0xFFD9EEF0, 0xFF17474E, 0xFF003A45},
    ColorRow{ColorRole::TheirBubble, "theirBubble", 0xFFFFFFFF, 0xFF262C30, 0xFF262626},
    ColorRow{ColorRole::Good, "good", 0xFF2E7D4F, 0xFF5CC487, 0xFF5CFF9D},
    ColorRow{ColorRole::Waiting, "waiting", 0xFFA8690B, 0xFFE0A84A, 0xFFFFC64D},
    ColorRow{ColorRole::Problem, "problem", 0xFFB3372F, 0xFFEF7B72, 0xFFFF9A91},
};

QPalette paletteFor(Scheme scheme) {
    const auto of = [scheme](ColorRole role) { return Theme::color(role, scheme); };
    QPalette palette;
    palette.setColor(QPalette::Window, of(ColorRole::Window));
    palette.setColor(QPalette::WindowText, of(ColorRole::Text));
    palette.setColor(QPalette::Base, of(ColorRole::Raised));
    palette.setColor(QPalette::AlternateBase, of(ColorRole::Sidebar));
    palette.setColor(QPalette::Text, of(ColorRole::Text));
    palette.setColor(QPalette::PlaceholderText, of(ColorRole::Secondary));
    palette.setColor(QPalette::Button, of(ColorRole::Raised));
    palette.setColor(QPalette::ButtonText, of(ColorRole::Text));
    palette.setColor(QPalette::BrightText, of(ColorRole::OnAccent));
    palette.setColor(QPalette::ToolTipBase, of(ColorRole::Raised));
    palette.setColor(QPalette::ToolTipText, of(ColorRole::Text));
    palette.setColor(QPalette::Highlight, of(ColorRole::Accent));
    palette.setColor(QPalette::HighlightedText, of(ColorRole::OnAccent));
    palette.setColor(QPalette::Link, of(ColorRole::Accent));
    palette.setColor(QPalette::LinkVisited, of(ColorRole::Accent));
    palette.setColor(QPalette::Light, of(ColorRole::Raised));
    palette.setColor(QPalette::Mid, of(ColorRole::Outline));
    palette.setColor(QPalette::Dark, of(ColorRole::Outline));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, of(ColorRole::Secondary));
    return palette;
}

/// The motion and the icons of Qt's own controls follow the look.
class CalmStyle : public QProxyStyle {
public:
    CalmStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* returned) const override {
        if (hint == SH_Widget_Animation_Duration)
            return Theme::duration(150);
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }

    // The button that empties a field has an icon of our family, too; Qt's own is looked for in every theme of icons
    // that the system has.
    QIcon standardIcon(StandardPixmap which, const QStyleOption* option, const QWidget* widget) const override {
        if (which == SP_LineEditClearButton)
            return Icons::icon(IconId::Close, ColorRole::Secondary);
        return QProxyStyle::standardIcon(which, option, widget);
    }
};

Look& current() {
    static Look look;
    return look;
}

/// The sheet has its sizes of type at 100 %.
void scaleFonts(QString& sheet) {
    static const QRegularExpression size(QStringLiteral("font-size: (\\d+)px"));
    qsizetype from = 0;
    for (QRegularExpressionMatch match; (match = size.match(sheet, from)).hasMatch();) {
        const QString scaled = QString::number(Theme::scaled(match.captured(1).toInt()));
        sheet.replace(match.capturedStart(1), match.capturedLength(1), scaled);
        from = match.capturedStart(1);
    }
}

QString styleSheetFor(Scheme scheme) {
    QFile file(QStringLiteral(":/style/culvert.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const ColorRow& row : kColors)
        sheet.replace(QLatin1Char('%') + QLatin1String(row.name) + QLatin1Char('%'),
                      Theme::color(row.role, scheme).name());
    scaleFonts(sheet);
    return sheet;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

void Theme::apply(QApplication& application, const Look& look) {
    Icons::initialize();
    current() = look;
    // Fusion draws from the palette alone; native styles mix in colours that our table does not hold.
    application.setStyle(new CalmStyle);
    for (const auto effect : {Qt::UI_AnimateMenu, Qt::UI_AnimateCombo, Qt::UI_AnimateTooltip, Qt::UI_FadeTooltip})
        QApplication::setEffectEnabled(effect, look.hasMotion);
    application.setFont(font(TextStyle::Body, application.font()));
    application.setPalette(paletteFor(look.scheme));
    application.setStyleSheet(styleSheetFor(look.scheme));
}

const Look& Theme::look() {
    return current();
}

Scheme Theme::schemeOf(const QPalette& palette) {
    // A style sheet overwrites the window and text roles of the widgets that it styles, but never this one.
    const QColor ground = palette.color(QPalette::AlternateBase);
    if (ground == Theme::color(ColorRole::Sidebar, Scheme::HighContrast))
        return Scheme::HighContrast;
    return ground.lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

QColor Theme::color(ColorRole role, Scheme scheme) {
    for (const ColorRow& row : kColors) {
        if (row.role != role)
            continue;
        switch (scheme) {
        case Scheme::Light:
            return QColor::fromRgb(row.light);
        case Scheme::Dark:
            return QColor::fromRgb(row.dark);
        case Scheme::HighContrast:
            return QColor::fromRgb(row.highContrast);
        }
    }
    return {};
}

AvatarColors Theme::avatarColors(unsigned seed, Scheme scheme) {
    const float hue = static_cast<float>(seed % 360) / 360.0F;
    if (scheme == Scheme::HighContrast)
        return {QColor::fromHslF(hue, 0.40F, 0.20F), QColor::fromHslF(hue, 0.60F, 0.95F)};
    if (scheme == Scheme::Dark)
        return {QColor::fromHslF(hue, 0.28F, 0.27F), QColor::fromHslF(hue, 0.55F, 0.88F)};
    return {QColor::fromHslF(hue, 0.42F, 0.85F), QColor::fromHslF(hue, 0.60F, 0.22F)};
}

QFont Theme::font(TextStyle style, const QFont& base) {
    QFont font = base;
    font.setWeight(style == TextStyle::Heading || style == TextStyle::Title ? QFont::DemiBold : QFont::Normal);
    switch (style) {
    case TextStyle::Body:
        font.setPixelSize(scaled(13));
        break;
    case TextStyle::Secondary:
        font.setPixelSize(scaled(12));
        break;
    case TextStyle::Caption:
        font.setPixelSize(scaled(11));
        break;
    case TextStyle::Heading:
        font.setPixelSize(scaled(15));
        break;
    case TextStyle::Title:
        font.setPixelSize(scaled(20));
        break;
    }
    return font;
}

int Theme::scaled(int pixels) {
    return (pixels * current().textPercent + 50) / 100;
}

int Theme::rowHeight(int comfortable, int compact) {
    return scaled(current().isCompact ? compact : comfortable);
}

int Theme::duration(int milliseconds) {
    return current().hasMotion ? milliseconds : 0;
}

double Theme::contrast(const QColor& one, const QColor& other) {
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace culvert
