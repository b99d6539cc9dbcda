#include "ui/style/theme.h"

#include "ui/style/icons.h"

#include <QApplication>
#include <QFile>
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
};

constexpr std::array kColors{
    ColorRow{ColorRole::Window, "window", 0xFFFAFAF8, 0xFF16191B},
    ColorRow{ColorRole::Sidebar, "sidebar", 0xFFF2F3F0, 0xFF1B1F22},
    ColorRow{ColorRole::Raised, "raised", 0xFFFFFFFF, 0xFF22272B},
    ColorRow{ColorRole::Text, "text", 0xFF1B2326, 0xFFE8ECEC},
    ColorRow{ColorRole::Secondary, "secondary", 0xFF5D6B70, 0xFF98A6AB},
    ColorRow{ColorRole::Caption, "caption", 0xFF546267, 0xFFA9B6BA},
    ColorRow{ColorRole::Hairline, "hairline", 0xFFDFE3E1, 0xFF2E353A},
    ColorRow{ColorRole::Outline, "outline", 0xFFC3CAC8, 0xFF48525A},
    ColorRow{ColorRole::Tint, "tint", 0xFFE4EBEA, 0xFF283237},
    ColorRow{ColorRole::Accent, "accent", 0xFF0F6E7C, 0xFF3FB0BD},
    ColorRow{ColorRole::OnAccent, "onAccent", 0xFFFFFFFF, 0xFF06262B},
    ColorRow{ColorRole::MyBubble, "myBubble", 0xFFD9EEF0, 0xFF17474E},
    ColorRow{ColorRole::TheirBubble, "theirBubble", 0xFFFFFFFF, 0xFF262C30},
    ColorRow{ColorRole::Good, "good", 0xFF2E7D4F, 0xFF5CC487},
    ColorRow{ColorRole::Waiting, "waiting", 0xFFA8690B, 0xFFE0A84A},
    ColorRow{ColorRole::Problem, "problem", 0xFFB3372F, 0xFFEF7B72},
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

QString styleSheetFor(Scheme scheme) {
    QFile file(QStringLiteral(":/style/culvert.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    for (const ColorRow& row : kColors)
        sheet.replace(QLatin1Char('%') + QLatin1String(row.name) + QLatin1Char('%'),
                      Theme::color(row.role, scheme).name());
    return sheet;
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

void Theme::apply(QApplication& application, Scheme scheme) {
    Icons::initialize();
    // Fusion draws from the palette alone; native styles mix in colours that our table does not hold.
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setFont(font(TextStyle::Body, application.font()));
    application.setPalette(paletteFor(scheme));
    application.setStyleSheet(styleSheetFor(scheme));
}

Scheme Theme::schemeOf(const QPalette& palette) {
    // A style sheet overwrites the window and text roles of the widgets that it styles, but never this one.
    return palette.color(QPalette::AlternateBase).lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

QColor Theme::color(ColorRole role, Scheme scheme) {
    for (const ColorRow& row : kColors) {
        if (row.role == role)
            return QColor::fromRgb(scheme == Scheme::Dark ? row.dark : row.light);
    }
    return {};
}

AvatarColors Theme::avatarColors(unsigned seed, Scheme scheme) {
    const float hue = static_cast<float>(seed % 360) / 360.0F;
    if (scheme == Scheme::Dark)
        return {QColor::fromHslF(hue, 0.28F, 0.27F), QColor::fromHslF(hue, 0.55F, 0.88F)};
    return {QColor::fromHslF(hue, 0.42F, 0.85F), QColor::fromHslF(hue, 0.60F, 0.22F)};
}

QFont Theme::font(TextStyle style, const QFont& base) {
    QFont font = base;
    font.setWeight(style == TextStyle::Heading || style == TextStyle::Title ? QFont::DemiBold : QFont::Normal);
    switch (style) {
    case TextStyle::Body:
        font.setPixelSize(13);
        break;
    case TextStyle::Secondary:
        font.setPixelSize(12);
        break;
    case TextStyle::Caption:
        font.setPixelSize(11);
        break;
    case TextStyle::Heading:
        font.setPixelSize(15);
        break;
    case TextStyle::Title:
        font.setPixelSize(20);
        break;
    }
    return font;
}

double Theme::contrast(const QColor& one, const QColor& other) {
    const double first = luminance(one);
    const double second = luminance(other);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace culvert
