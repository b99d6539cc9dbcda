// What core tells reaches the window in order, and a burst of it leaves the window time to answer.
#include "ui/bridge/gui_queue.h"

#include <QEventLoop>
#include <QTest>
#include <QTimer>

#include <thread>

namespace culvert {

class GuiQueueTest : public QObject {
    Q_OBJECT

private slots:
    void keepsTheOrderOfManyThreadsWork();
    void aBurstLeavesTimeForOthers();
    void workGoesOnWhileSomeOfItWaits();
};

void GuiQueueTest::keepsTheOrderOfManyThreadsWork() {
    const auto queue = std::make_shared<GuiQueue>();
    std::vector<int> seen;
    std::thread core([&] {
        for (int i = 0; i < 1000; ++i)
            queue->post([&seen, i] { seen.push_back(i); });
    });
    core.join();
    QTRY_COMPARE(seen.size(), 1000U);
    QVERIFY(std::ranges::is_sorted(seen));
}

void GuiQueueTest::aBurstLeavesTimeForOthers() {
    const auto queue = std::make_shared<GuiQueue>();
    int done = 0, doneAtTimer = 0;
    constexpr int kBurst = 100;
    for (int i = 0; i < kBurst; ++i)
        queue->post([&done] {
            const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(1);
            while (std::chrono::steady_clock::now() < end) {
            }
            ++done;
        });
    QTimer::singleShot(1, this, [&] { doneAtTimer = done; });
    QTRY_COMPARE(done, kBurst);
    QVERIFY2(doneAtTimer > 0 && doneAtTimer < kBurst, qPrintable(QString::number(doneAtTimer)));
}

// A dialog within an event has a loop of its own.
void GuiQueueTest::workGoesOnWhileSomeOfItWaits() {
    const auto queue = std::make_shared<GuiQueue>();
    std::vector<int> seen;
    QEventLoop dialog;
    queue->post([&] {
        seen.push_back(1);
        dialog.exec();
        seen.push_back(4);
    });
    queue->post([&] { seen.push_back(2); });
    queue->post([&] {
        seen.push_back(3);
        dialog.quit();
    });
    QTRY_COMPARE(seen, (std::vector<int>{1, 2, 3, 4}));
}

} // namespace culvert

QTEST_MAIN(culvert::GuiQueueTest)
#include "gui_queue_test.moc"
