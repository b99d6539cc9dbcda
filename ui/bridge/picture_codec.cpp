#include "ui/bridge/picture_codec.h"

#include "core/messenger/picture.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QImageReader>
#include <QImageWriter>
#include <QPainter>

namespace culvert {
namespace {

constexpr int kSide = 256;
constexpr int kSideMin = 64;
constexpr int kReadSide = 1024;        ///< the shorter side of what is read
constexpr int kPixelsMax = 32'000'000; ///< of a file, before it is read

// What photographs and drawings are; nothing that holds programs or names other files.
const QList<QByteArray> kFormats{"png", "jpeg", "jpg", "webp", "gif", "bmp"};

/// Whose words these are.
struct PictureWords {
    Q_DECLARE_TR_FUNCTIONS(culvert::PictureWords)
};

// What shines through would be black: a JPEG has no transparency.
QImage square(const QImage& image, int side) {
    const int shorter = std::min(image.width(), image.height());
    const QRect middle((image.width() - shorter) / 2, (image.height() - shorter) / 2, shorter, shorter);
    QImage out(side, side, QImage::Format_RGB32);
    out.fill(Qt::white);
    QPainter painter(&out);
    painter.drawImage(0, 0, image.copy(middle).scaled(side, side, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    return out;
}

Bytes encode(const QImage& image, int quality) {
    QByteArray octets;
    QBuffer buffer(&octets);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, "jpeg");
    writer.setQuality(quality);
    writer.write(image);
    return Bytes(octets.begin(), octets.end());
}

} // namespace

QImage decodePicture(const Bytes& octets) {
    if (!isPicture(octets))
        return {};
    const QByteArray view =
        QByteArray::fromRawData(reinterpret_cast<const char*>(octets.data()), static_cast<qsizetype>(octets.size()));
    QBuffer buffer;
    buffer.setData(view);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer, "jpeg");
    reader.setAutoDetectImageFormat(false);
    const QSize size = reader.size();
    constexpr int kMax = kPictureSideMax;
    if (size.isEmpty() || size.width() > kMax || size.height() > kMax)
        return {};
    const QImage image = reader.read();
    const int shorter = std::min(image.width(), image.height());
    return shorter == 0 ? QImage() : square(image, std::min(shorter, kSide)); // As ours are: a contact may send others.
}

Bytes encodePicture(const QImage& image) {
    QImage plain = image;
    plain.setDevicePixelRatio(1); // The name of a file says another one, or the screen that it was copied from.
    if (plain.colorSpace().isValid())
        plain.convertToColorSpace(QColorSpace::SRgb);
    for (int side = kSide; side > kSideMin; side /= 2) {
        const QImage small = square(plain, side);
        for (const int quality : {90, 82, 74, 66, 58, 50})
            if (Bytes octets = encode(small, quality); octets.size() <= kPictureOctetsMax)
                return octets;
    }
    return encode(square(plain, kSideMin), 50); // Even noise is small now.
}

Result<QImage> readImage(QIODevice& device) {
    QImageReader reader(&device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!kFormats.contains(reader.format()) || size.isEmpty())
        return fail(ErrorCode::Malformed, PictureWords::tr("Culvert cannot read this as a picture.").toStdString());
    const bool isScaledAsRead = reader.format() == "jpeg"; // In any other the whole picture is unpacked.
    if (!isScaledAsRead && size.width() > kPixelsMax / size.height())
        return fail(ErrorCode::LimitReached, PictureWords::tr("This picture is too large.").toStdString());
    if (const int shorter = std::min(size.width(), size.height()); shorter > kReadSide)
        reader.setScaledSize(size * kReadSide / shorter);
    QImage image = reader.read();
    if (image.isNull())
        return fail(ErrorCode::Malformed, PictureWords::tr("Culvert cannot read this as a picture.").toStdString());
    return image;
}

QStringList pictureFilePatterns() {
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        if (kFormats.contains(format))
            patterns << QStringLiteral("*.") + QString::fromLatin1(format);
    return patterns;
}

} // namespace culvert
