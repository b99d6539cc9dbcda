#include "ui/desktop/qr_reader.h"

#include <QCoreApplication>
#include <QFile>
#include <QGuiApplication>
#include <QImageReader>
#include <QPainter>
#include <QPixmap>
#include <QScreen>

#ifdef CULVERT_ZXING
#define ZX_USE_UTF8 // 1.x: texts are std::string
#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/ReaderOptions.h>)
#include <ZXing/ReaderOptions.h>
#endif
#endif

namespace culvert {
namespace {

struct QrReaderWords {
    Q_DECLARE_TR_FUNCTIONS(culvert::QrReader)
};

/// Formats that only say which colour each pixel has; an SVG could ask for anything.
const QList<QByteArray> kFormats{"png", "jpeg", "jpg", "bmp", "gif", "webp"};

#ifdef CULVERT_ZXING
#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions; // since 2.2
#else
using Options = ZXing::DecodeHints;
#endif

QStringList search(const QImage& grey) {
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    options.setTryHarder(true);
    options.setMaxNumberOfSymbols(QrReader::kCodesMax);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    QStringList texts;
    for (const auto& found : ZXing::ReadBarcodes(view, options)) {
        const QString text = QString::fromStdString(found.text());
        if (found.isValid() && text.size() <= QrReader::kTextMax && !texts.contains(text))
            texts << text;
    }
    return texts;
}
#endif

} // namespace

bool QrReader::isThere() {
#ifdef CULVERT_ZXING
    return true;
#else
    return false;
#endif
}

QStringList QrReader::read(const QImage& picture) {
#ifdef CULVERT_ZXING
    if (picture.isNull() || picture.width() > kSideMax || picture.height() > kSideMax)
        return {};
    QImage searched = picture;
    if (std::max(searched.width(), searched.height()) > kSearchMax)
        searched = searched.scaled(kSearchMax, kSearchMax, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (searched.hasAlphaChannel()) { // A dark code on nothing stands on white paper.
        QImage paper(searched.size(), QImage::Format_RGB32);
        paper.fill(Qt::white);
        QPainter(&paper).drawImage(0, 0, searched);
        searched = paper;
    }
    return search(searched.convertToFormat(QImage::Format_Grayscale8));
#else
    (void)picture;
    return {};
#endif
}

Result<QImage> QrReader::load(const QString& file) {
    const auto refuse = [](const QString& sentence) { return fail(ErrorCode::Malformed, sentence.toStdString()); };
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly))
        return refuse(QrReaderWords::tr("The file cannot be read."));
    if (source.size() > kFileMax)
        return refuse(QrReaderWords::tr("The file is too large for a picture of a code."));
    QImageReader reader(&source);
    reader.setDecideFormatFromContent(true);
    if (!kFormats.contains(reader.format()))
        return refuse(QrReaderWords::tr("This is no picture that can be read. PNG and JPEG can."));
    const QSize size = reader.size();
    if (!size.isValid() || size.width() > kSideMax || size.height() > kSideMax)
        return refuse(QrReaderWords::tr("The picture is too large. Cut out the code."));
    reader.setAutoTransform(true);
    QImage picture = reader.read();
    if (picture.isNull())
        return refuse(QrReaderWords::tr("The picture is damaged."));
    return picture;
}

QStringList QrReader::filePatterns() {
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        if (kFormats.contains(format))
            patterns << QStringLiteral("*.") + QString::fromLatin1(format);
    return patterns;
}

bool QrReader::maySeeScreen() {
    // Under Wayland no program sees what others show, and that is right so.
    return !QGuiApplication::platformName().startsWith(QStringLiteral("wayland"));
}

QVector<QImage> QrReader::screens() {
    QVector<QImage> pictures;
    for (QScreen* screen : QGuiApplication::screens())
        pictures << screen->grabWindow(0).toImage();
    return pictures;
}

} // namespace culvert
