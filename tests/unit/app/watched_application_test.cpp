// The window that stands still is told, with what it did; a dialog that waits for its user does not stand still.
#include "app/culvert/watched_application.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

namespace culvert {
namespace {

/// Of its own processor's time, which is what a stall is measured in.
void beBusy(std::chrono::milliseconds time) {
    const auto end = std::clock() + time.count() * CLOCKS_PER_SEC / 1000;
    while (std::clock() < end) {
    }
}

} // namespace

class WatchedApplicationTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void aLongEventIsToldWithWhatItWas();
    void aLongRoundOfShortEventsIsTold();
    void aDialogIsNoStall();

private:
    QList<QByteArray> m_told;
};

void WatchedApplicationTest::init() {
    QTest::qWait(1); // what came before is over
    m_told.clear();
    static_cast<WatchedApplication*>(qApp)->setListener([this](const Stall& stall) { m_told.append(stall.what); });
}

void WatchedApplicationTest::aLongEventIsToldWithWhatItWas() {
    QTimer timer;
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, this, [] { beBusy(WatchedApplication::kFrame * 2); });
    timer.start(0);
    QTRY_COMPARE(m_told, QList<QByteArray>{"Timer of QTimer"});
}

void WatchedApplicationTest::aLongRoundOfShortEventsIsTold() {
    for (int i = 0; i < 10; ++i)
        QMetaObject::invokeMethod(
            this, [] { beBusy(WatchedApplication::kFrame / 4); }, Qt::QueuedConnection);
    QTRY_COMPARE(m_told.size(), 1);
    QVERIFY2(m_told.first().endsWith(" events in one round"), m_told.first().constData());
}

void WatchedApplicationTest::aDialogIsNoStall() {
    bool isOver = false;
    QTimer::singleShot(0, this, [&] {
        QEventLoop dialog;
        QTimer::singleShot(WatchedApplication::kFrame * 3, &dialog, &QEventLoop::quit);
        dialog.exec();
        isOver = true;
    });
    QTRY_VERIFY(isOver);
    QCOMPARE(m_told, QList<QByteArray>());
}

} // namespace culvert

int main(int argc, char** argv) {
    culvert::WatchedApplication application(argc, argv);
    culvert::WatchedApplicationTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "watched_application_test.moc"
