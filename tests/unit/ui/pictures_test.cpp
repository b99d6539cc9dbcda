// Profile pictures: what is made of the user's choice, what becomes of a contact's octets, and where both are shown.
#include "core/messenger/picture.h"
#include "fake_messenger.h"
#include "tests/support/picture_octets.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/bridge/picture_codec.h"
#include "ui/bridge/pictures.h"
#include "ui/models/contact_list_model.h"
#include "ui/style/theme.h"
#include "ui/widgets/avatar.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/picture_chooser.h"
#include "ui/windows/first_run_page.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/settings_dialog.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QColorSpace>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QImageWriter>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QRadioButton>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace culvert {
namespace {

/// Left half red, right half blue, with a green middle.
QImage stripes(QSize size) {
    QImage out(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x)
            out.setPixelColor(x, y,
                              x < size.width() / 3     ? Qt::red
                              : x < size.width() * 2 / 3 ? Qt::green
                                                         : Qt::blue);
    return out;
}

QImage noise(int side) {
    QRandomGenerator random(7);
    QImage out(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x)
            out.setPixel(x, y, random.generate());
    return out;
}

QByteArray file(const QImage& image, const char* format, const QString& comment = {}) {
    QByteArray out;
    QBuffer buffer(&out);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setText(QStringLiteral("Description"), comment);
    writer.write(image);
    return out;
}

bool looksLike(const QColor& one, const QColor& other) {
    return std::abs(one.red() - other.red()) + std::abs(one.green() - other.green()) +
               std::abs(one.blue() - other.blue()) <
           60;
}

/// The picture of a filled core's contact, in green.
const Bytes& green() {
    static const Bytes octets = encodePicture(stripes({300, 100}));
    return octets;
}

} // namespace

class PicturesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void cleanup() { QGuiApplication::clipboard()->clear(); }
    void whatContactsGetIsSmallSquareAndNothingElse();
    void everyChoiceFits();
    void hostileOctetsAreNoPicture();
    void decodingTakesNoTimeThatOneSees();
    void filesAreReadUprightAndNonsenseRefused();
    void theyAreReadOnceAndShown();
    void nobodySeesThoseOfStrangersAndTheBlocked();
    void everyAvatarShowsThem();
    void oneIsChosenPastedDroppedAndTakenAway();
    void theFirstRunKeepsWhatWasChosen();
};

void PicturesTest::whatContactsGetIsSmallSquareAndNothingElse() {
    QImage photo = stripes({900, 300});
    photo.setText(QStringLiteral("Description"), QStringLiteral("taken at home"));
    photo.setColorSpace(QColorSpace(QColorSpace::AdobeRgb));
    const Bytes octets = encodePicture(photo);
    QVERIFY(isPicture(octets));
    QVERIFY(!QByteArray(reinterpret_cast<const char*>(octets.data()), qsizetype(octets.size())).contains("home"));
    const QImage shown = decodePicture(octets);
    QCOMPARE(shown.size(), QSize(256, 256));
    QVERIFY2(shown.pixelColor(20, 128).green() > 200, "the middle of it");
    QVERIFY(shown.pixelColor(235, 20).green() > 200);
}

void PicturesTest::everyChoiceFits() {
    QImage glass(64, 64, QImage::Format_ARGB32);
    glass.fill(Qt::transparent);
    QCOMPARE(decodePicture(encodePicture(glass)).pixelColor(9, 9), QColor(Qt::white));
    for (const QImage& image : {noise(1000), noise(256), stripes({1, 1}), stripes({3000, 2}), glass}) {
        const Bytes octets = encodePicture(image);
        QVERIFY(octets.size() <= kPictureOctetsMax);
        QVERIFY(isPicture(octets));
        QVERIFY(!decodePicture(octets).isNull());
    }
}

void PicturesTest::hostileOctetsAreNoPicture() {
    QVERIFY(decodePicture({}).isNull());
    const QByteArray png = file(stripes({40, 40}), "png");
    QVERIFY(decodePicture(Bytes(png.begin(), png.end())).isNull());
    const QByteArray told = file(stripes({40, 40}), "jpeg", QStringLiteral("a comment"));
    QVERIFY(decodePicture(Bytes(told.begin(), told.end())).isNull());
    const QByteArray large = file(stripes({900, 20}), "jpeg");
    QVERIFY(decodePicture(Bytes(large.begin(), large.end())).isNull());
    // The form is right, and what is compressed is nonsense: something grey, or nothing, and no crash.
    QRandomGenerator random(3);
    for (int i = 0; i < 300; ++i) {
        Bytes octets = i % 2 ? green() : test::pictureOctets(std::uint8_t(i), 4000, 512);
        for (int change = 0; change <= i / 20; ++change)
            octets[random.bounded(quint32(octets.size()))] = std::uint8_t(random.generate());
        const QImage image = decodePicture(octets);
        QVERIFY(image.width() <= int(kPictureSideMax) && image.height() <= int(kPictureSideMax));
    }
}

void PicturesTest::decodingTakesNoTimeThatOneSees() {
    QByteArray largest;
    for (int quality = 60; largest.isEmpty() || largest.size() > qsizetype(kPictureOctetsMax); quality -= 2) {
        largest.clear();
        QBuffer buffer(&largest);
        buffer.open(QIODevice::WriteOnly);
        QImageWriter writer(&buffer, "jpeg");
        writer.setQuality(std::max(0, quality));
        writer.write(noise(512).scaled(128, 128).scaled(512, 512, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    const Bytes octets(largest.begin(), largest.end());
    QVERIFY(isPicture(octets));
    QElapsedTimer timer;
    timer.start();
    constexpr int kTimes = 20;
    for (int i = 0; i < kTimes; ++i)
        QVERIFY(!decodePicture(octets).isNull());
    qInfo("%lld octets of 512 x 512 in %.2f ms", qlonglong(largest.size()), double(timer.nsecsElapsed()) / 1e6 / kTimes);
    QVERIFY(timer.elapsed() < kTimes * 16);
}

void PicturesTest::filesAreReadUprightAndNonsenseRefused() {
    for (const char* format : {"png", "jpeg", "bmp"}) {
        QByteArray octets = file(stripes({3000, 2000}), format);
        QBuffer buffer(&octets);
        buffer.open(QIODevice::ReadOnly);
        const auto image = readImage(buffer);
        QVERIFY2(image, format);
        QCOMPARE(std::min(image->width(), image->height()), 1024);
        QVERIFY(looksLike(image->pixelColor(10, 10), Qt::red));
    }
    QByteArray text("<svg xmlns='http://www.w3.org/2000/svg'/>");
    QBuffer buffer(&text);
    buffer.open(QIODevice::ReadOnly);
    const auto refused = readImage(buffer);
    QVERIFY(!refused && !refused.error().detail.empty());
}

void PicturesTest::theyAreReadOnceAndShown() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    QSignalSpy changed(&bridge.pictures(), &Pictures::changed);
    QVERIFY(bridge.pictures().of(core.contactNow(lena)).isNull());
    QCOMPARE(core.picturesAsked, 0);
    core.theyShow(lena, green());
    for (int i = 0; i < 5; ++i)
        QVERIFY(bridge.pictures().of(core.contactNow(lena)).isNull());
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(bridge.pictures().of(core.contactNow(lena)).size(), QSize(256, 256));
    QCOMPARE(core.picturesAsked, 1);
    core.theyShow(lena, test::pictureOctets(1, 0));
    QVERIFY2(!bridge.pictures().of(core.contactNow(lena)).isNull(), "the one before until the next is read");
    QTRY_COMPARE(changed.size(), 2);
    for (int i = 0; i < 5; ++i)
        bridge.pictures().of(core.contactNow(lena));
    QCOMPARE(core.picturesAsked, 2);
    core.theyShow(lena, {});
    QVERIFY(bridge.pictures().of(core.contactNow(lena)).isNull());
}

void PicturesTest::nobodySeesThoseOfStrangersAndTheBlocked() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    MessengerBridge bridge(core);
    for (const ContactState state : {ContactState::Blocked, ContactState::Pending, ContactState::Requested}) {
        const ContactId id = core.put("Sam", 1, state).id;
        core.theyShow(id, green());
        QVERIFY(bridge.pictures().of(core.contactNow(id)).isNull());
    }
    QTest::qWait(10);
    QCOMPARE(core.picturesAsked, 0);
}

void PicturesTest::everyAvatarShowsThem() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    core.picture = encodePicture(stripes({10, 10}));
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    core.putMessage(lena, MessageFrom::Them, "Hello", 1);
    core.theyShow(lena, green());
    MessengerBridge bridge(core);
    MainWindow window(bridge, &FakeMessenger::check, nullptr, {});
    window.show();
    auto* page = window.findChild<MainPage*>();
    page->choose(lena);
    const auto faces = [&] {
        int count = 0;
        for (const Avatar* avatar : window.findChildren<Avatar*>())
            count += avatar->isVisible() && !avatar->face().picture.isNull() ? 1 : 0;
        return count;
    };
    QTRY_COMPARE(faces(), 2); // ours, and the one of the conversation
    auto* list = window.findChild<QListView*>(QStringLiteral("contacts"));
    const QModelIndex row = list->model()->index(0, 0);
    QVERIFY(!row.data(ContactListModel::FaceRole).value<Face>().picture.isNull());
    const QImage painted = list->viewport()->grab().toImage();
    const QPoint middle = list->visualRect(row).topLeft() + QPoint(12 + 20, list->visualRect(row).height() / 2);
    QVERIFY(looksLike(painted.pixelColor(middle * painted.devicePixelRatio()), Qt::green));
    core.theyShow(lena, {});
    QTRY_COMPARE(faces(), 1);
}

void PicturesTest::oneIsChosenPastedDroppedAndTakenAway() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    MessengerBridge bridge(core);
    UiSettings ui{QString()};
    SettingsDialog dialog(bridge, ui, {}, nullptr, true);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto* chooser = dialog.findChild<PictureChooser*>();
    auto* remove = chooser->findChild<QPushButton*>(QStringLiteral("removePicture"));
    auto* choose = chooser->findChild<QPushButton*>(QStringLiteral("choosePicture"));
    auto* error = chooser->findChild<ErrorLabel*>();
    QVERIFY(!remove->isVisible());
    choose->setFocus();
    QTest::keySequence(choose, QKeySequence::Paste);
    QVERIFY(!error->text().isEmpty());
    QGuiApplication::clipboard()->setImage(stripes({300, 100}));
    QTest::keySequence(choose, QKeySequence::Paste);
    QTRY_VERIFY(isPicture(core.picture));
    QVERIFY(error->text().isEmpty());
    QTRY_VERIFY(remove->isVisible());
    remove->click();
    QTRY_VERIFY(core.picture.empty());
    QTRY_VERIFY(!remove->isVisible());
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("photo.png"));
    QVERIFY(stripes({400, 300}).save(path));
    const auto drop = [&](const QString& what) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(what)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(chooser, &enter);
        QDropEvent event({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(chooser, &event);
    };
    drop(folder.filePath(QStringLiteral("nothing.png")));
    QTRY_VERIFY(!error->text().isEmpty());
    QVERIFY(core.picture.empty());
    drop(path);
    QTRY_VERIFY(isPicture(core.picture));
    core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    QGuiApplication::clipboard()->setImage(stripes({30, 10}));
    QTest::keySequence(choose, QKeySequence::Paste);
    QTRY_COMPARE(error->text(), QStringLiteral("The disk is full."));
}

void PicturesTest::theFirstRunKeepsWhatWasChosen() {
    FakeMessenger core;
    MessengerBridge bridge(core);
    FirstRunPage page(bridge, nullptr);
    page.show();
    page.findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Ida"));
    QGuiApplication::clipboard()->setImage(stripes({300, 100}));
    auto* choose = page.findChild<QPushButton*>(QStringLiteral("choosePicture"));
    QTest::keySequence(choose, QKeySequence::Paste);
    QVERIFY(!page.findChild<Avatar*>()->face().picture.isNull());
    page.findChild<QPushButton*>(QStringLiteral("next"))->click();
    page.findChild<QRadioButton*>(QStringLiteral("useNothing"))->click();
    QVERIFY(core.picture.empty());
    page.findChild<QPushButton*>(QStringLiteral("create"))->click();
    QTRY_VERIFY(isPicture(core.picture));
    QVERIFY(core.created);
}

} // namespace culvert

QTEST_MAIN(culvert::PicturesTest)
#include "pictures_test.moc"
