#include "ui/widgets/qr_view.h"

#include "ui/style/theme.h"

#include <QPainter>
#include <qrencode.h>

#include <memory>

namespace culvert {
namespace {

constexpr int kSide = 200;    ///< about as large as the code is drawn
constexpr int kQuietZone = 4; ///< ISO/IEC 18004 §6.3.8: four modules on each side

QImage encode(const QByteArray& text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.constData()), 0,
                          QR_ECLEVEL_L),
        &QRcode_free);
    if (!code)
        return {};
    const int size = code->width + 2 * kQuietZone;
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(Theme::color(ColorRole::Raised, Scheme::Light));
    const QColor dark = Theme::color(ColorRole::Text, Scheme::Light);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if (code->data[y * code->width + x] & 1)
                image.setPixelColor(x + kQuietZone, y + kQuietZone, dark);
        }
    }
    return image;
}

} // namespace

QrView::QrView(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("QR code of your address"));
}

void QrView::setText(const QString& text) {
    m_modules = text.isEmpty() ? QImage() : encode(text.toUtf8());
    if (!m_modules.isNull())
        setFixedSize(m_modules.size() * std::max(3, kSide / m_modules.width()));
    setVisible(!m_modules.isNull());
    update();
}

void QrView::paintEvent(QPaintEvent*) {
    if (m_modules.isNull())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::color(ColorRole::Hairline, palette()));
    painter.setBrush(Theme::color(ColorRole::Raised, Scheme::Light));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    // Whole device pixels for each module, so that no edge blurs.
    const qreal ratio = devicePixelRatioF();
    const int module = std::max(1, static_cast<int>(width() * ratio) / m_modules.width());
    const qreal side = module * m_modules.width() / ratio;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawImage(QRectF((width() - side) / 2, (height() - side) / 2, side, side), m_modules);
}

} // namespace culvert
