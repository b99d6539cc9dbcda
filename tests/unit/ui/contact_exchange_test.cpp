// An address by QR code: shown by one window, read by another one from a file, the clipboard, or the screen.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/qr_reader.h"
#include "ui/style/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/qr_view.h"
#include "ui/windows/add_contact_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

namespace culvert {
namespace {

QString addressOf(int number) {
    return QString::fromStdString(FakeMessenger::addressOf(FakeMessenger::key(number)));
}

/// What our own window shows for `text`.
QImage shown(const QString& text) {
    QrView view;
    view.setText(text);
    return view.grab().toImage();
}

/// A dialog before a scripted core.
struct Scene {
    FakeMessenger core;
    MessengerBridge bridge{core};
    AddContactDialog* dialog = new AddContactDialog(bridge, &FakeMessenger::check);

    Scene() { dialog->show(); }
    ~Scene() { delete dialog; }
    QString address() const { return dialog->findChild<QPlainTextEdit*>(QStringLiteral("address"))->toPlainText(); }
    QString error() const { return dialog->findChild<ErrorLabel*>(QStringLiteral("addressError"))->text(); }
};

} // namespace

class ContactExchangeTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        Theme::apply(*qApp, Scheme::Dark);
        if (!QrReader::isThere())
            QSKIP("This build reads no codes.");
    }
    void cleanup() { QGuiApplication::clipboard()->clear(); }
    void whatOneShowsAnotherReads();
    void codeIsFoundSomewhereOnALargeScreen();
    void fileIsReadAndNonsenseRefused();
    void clipboardPictureIsOffered();
    void codeWithoutAnAddressIsTold();
};

void ContactExchangeTest::whatOneShowsAnotherReads() {
    QCOMPARE(QrReader::read(shown(addressOf(1))), QStringList{addressOf(1)});
    QVERIFY(QrReader::read(QImage()).isEmpty());
    QImage white(400, 400, QImage::Format_RGB32);
    white.fill(Qt::white);
    QVERIFY(QrReader::read(white).isEmpty());
    QVERIFY(QrReader::read(QImage(QrReader::kSideMax + 1, 4, QImage::Format_Grayscale8)).isEmpty());
}

void ContactExchangeTest::codeIsFoundSomewhereOnALargeScreen() {
    QImage screen(3840, 2160, QImage::Format_RGB32);
    screen.fill(QColor(40, 44, 52));
    QPainter painter(&screen);
    painter.fillRect(200, 200, 900, 1200, Qt::white);
    painter.drawImage(QRect(2400, 1300, 560, 560), shown(addressOf(2)));
    painter.end();
    Scene scene;
    scene.dialog->takeCodes({QImage(), screen});
    QCOMPARE(scene.address(), addressOf(2));
    QVERIFY(scene.dialog->findChild<QPushButton*>(QStringLiteral("sendRequest"))->isEnabled());
}

void ContactExchangeTest::fileIsReadAndNonsenseRefused() {
    QTemporaryDir folder;
    const QString good = folder.filePath(QStringLiteral("code.png"));
    QVERIFY(shown(addressOf(3)).save(good));
    const auto picture = QrReader::load(good);
    QVERIFY(picture);
    QCOMPARE(QrReader::read(*picture), QStringList{addressOf(3)});

    const auto write = [&](const char* name, const QByteArray& octets) {
        QFile file(folder.filePath(QLatin1String(name)));
        if (file.open(QIODevice::WriteOnly))
            file.write(octets);
        return file.fileName();
    };
    QVERIFY(!QrReader::load(folder.filePath(QStringLiteral("nothing.png"))));
    QVERIFY(!QrReader::load(write("text.png", "culvert:abc")));
    QVERIFY(!QrReader::load(write("drawing.png", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")));
    QFile whole(good);
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray octets = whole.readAll();
    QVERIFY(!QrReader::load(write("cut.png", octets.first(20))));
    QByteArray huge = octets; // Its head says 65,535 pixels a side (PNG §11.2.2).
    huge.replace(16, 8, QByteArray::fromHex("0000ffff0000ffff"));
    QVERIFY(!QrReader::load(write("huge.png", huge)));
    QFile large(write("large.png", octets));
    QVERIFY(large.resize(QrReader::kFileMax + 1));
    QVERIFY(!QrReader::load(large.fileName()));
}

void ContactExchangeTest::clipboardPictureIsOffered() {
    Scene scene;
    auto* offer = scene.dialog->findChild<QPushButton*>(QStringLiteral("useClipboard"));
    QVERIFY(!offer->isVisible());
    QGuiApplication::clipboard()->setImage(shown(addressOf(4)));
    QTRY_VERIFY(offer->isVisible());
    QVERIFY(scene.address().isEmpty());
    QTest::mouseClick(offer, Qt::LeftButton);
    QCOMPARE(scene.address(), addressOf(4));
}

void ContactExchangeTest::codeWithoutAnAddressIsTold() {
    Scene scene;
    scene.dialog->takeCodes({shown(QStringLiteral("https://example.org"))});
    QVERIFY(scene.address().isEmpty());
    QVERIFY(scene.error().contains(QStringLiteral("no Culvert address")));
    scene.dialog->takeCodes({});
    QVERIFY(scene.error().contains(QStringLiteral("No QR code was found")));
}

} // namespace culvert

QTEST_MAIN(culvert::ContactExchangeTest)
#include "contact_exchange_test.moc"
