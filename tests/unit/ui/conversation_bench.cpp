// How much processor time a frame takes while one scrolls through a conversation of 100,000 messages. Prints the
// percentiles and their ratio to the 16 ms of a screen of 60 Hz; fails when the 99th is above.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/models/conversation_model.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/windows/conversation_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QScrollBar>

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace culvert {
namespace {

constexpr int kMessages = 100'000;
constexpr int kFrames = 3000;
constexpr double kFrameMs = 16;
constexpr int kStep = 120; ///< pixels a frame: a fast wheel

void fill(FakeMessenger& core, const ContactId& contact) {
    const char* const texts[] = {
        "Yes.", "A sentence of middling length, as people write them to each other all day.",
        "See https://example.org/path?query=1 and tell me `what` you think\n```\nint main() { return 0; }\n```", "😀",
        "A longer one: it has several sentences, so that it wraps to a few lines in a bubble. Nobody knows why it was "
        "written, but somebody did, and somebody else will read it on a train, between two tunnels, with bad light."};
    for (int i = 0; i < kMessages; ++i) {
        Message& message = core.putMessage(contact, i % 3 == 0 ? MessageFrom::Them : MessageFrom::Me, texts[i % 5],
                                           1'700'000'000'000 + std::int64_t{i} * 60'000);
        if (i % 7 == 0)
            message.theirReaction = "👍";
    }
}

int run() {
    FakeMessenger core;
    core.put("Lena", 1, ContactState::Accepted);
    fill(core, FakeMessenger::key(1));
    MessengerBridge bridge(core);
    ConversationView view(bridge);
    view.resize(900, 1000);
    view.show();
    view.setContact(core.contactNow(FakeMessenger::key(1)));
    QApplication::processEvents();
    QApplication::processEvents();
    QScrollBar* bar = view.list()->verticalScrollBar();
    std::vector<double> frames, walls;
    int rowsMost = 0;
    const auto scroll = [&](int step) {
        QElapsedTimer timer;
        timer.start();
        const std::clock_t before = std::clock();
        bar->setValue(bar->value() + step);
        view.list()->viewport()->repaint();
        QApplication::processEvents(); // Pages that came in.
        walls.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        frames.push_back(static_cast<double>(std::clock() - before) * 1e3 / CLOCKS_PER_SEC);
        rowsMost = std::max(rowsMost, view.list()->model()->rowCount());
    };
    for (int i = 0; i < kFrames * 2 / 3; ++i)
        scroll(-kStep);
    for (int i = 0; i < kFrames / 3; ++i)
        scroll(kStep);
    std::sort(frames.begin(), frames.end());
    std::sort(walls.begin(), walls.end());
    const auto percentile = [&](double part) {
        return frames[static_cast<std::size_t>(part * static_cast<double>(frames.size() - 1))];
    };
    std::printf(
        "%d messages, %zu frames: median %.2f ms, 99th percentile %.2f ms (%.2f of a frame), worst %.2f ms of the "
        "processor; by the clock on the wall 99th percentile %.2f ms; %d rows at most\n",
        kMessages, frames.size(), percentile(0.5), percentile(0.99), percentile(0.99) / kFrameMs, frames.back(),
        walls[walls.size() * 99 / 100], rowsMost);
    return percentile(0.99) <= kFrameMs ? 0 : 1;
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    culvert::Icons::initialize();
    culvert::Theme::apply(application, culvert::Scheme::Light);
    return culvert::run();
}
