// Whether the window ever stands still for longer than a frame because of what the engine, the store or the network
// does.
//
//   stall_bench PROFILE   a profile with many messages whose key lies beside it
//
// First a scripted core tells more at once than a real one would: 500 contacts, 1000 messages, 200 changes of the
// network with the panel open. Then a real one, with the profile's engine and store, opens conversations, searches,
// scrolls, shows the settings and exports. Everything longer than 16 ms is printed; the exit code is 1
// if there was anything but the making of a dialog.
#include "app/culvert/watched_application.h"
#include "core/io/driver.h"
#include "core/store/store.h"
#include "tests/support/network_cases.h"
#include "tests/unit/ui/fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/appearance.h"
#include "ui/windows/main_window.h"

#include <QAction>
#include <QDialog>
#include <QEventLoop>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <cstdio>

namespace culvert {
namespace {

using namespace std::chrono_literals;

constexpr int kContacts = 500, kMessages = 1000, kNetworkChanges = 200, kOpened = 20;

/// What is done, and what stood still meanwhile.
class Scenes {
public:
    explicit Scenes(WatchedApplication& application) {
        application.setListener([this](const Stall& stall) {
            m_stalls += m_isJudged;
            std::printf("  %s: %.1f ms%s, %s\n", m_scene, static_cast<double>(stall.took.count()) / 1e6,
                        m_isJudged ? "" : " of the window's own work, not judged", stall.what.constData());
        });
    }

    /// Does it, and handles what comes of it for `rest`.
    template<typename Work> void play(const char* scene, Work work, std::chrono::milliseconds rest = 500ms) {
        m_scene = scene;
        QTimer::singleShot(0, qApp, work);
        wait(rest);
    }
    /// The same where a dialog is made: nothing of the engine, the store or the network is in it.
    template<typename Work> void playUnjudged(const char* scene, Work work) {
        m_isJudged = false;
        play(scene, work);
        m_isJudged = true;
    }
    void wait(std::chrono::milliseconds rest) {
        QEventLoop loop;
        QTimer::singleShot(rest, &loop, &QEventLoop::quit);
        loop.exec();
    }
    int stalls() const { return m_stalls; }

private:
    const char* m_scene = "";
    bool m_isJudged = true;
    int m_stalls = 0;
};

void trigger(const MainWindow& window, const char* action) {
    window.findChild<QAction*>(QLatin1String(action))->trigger();
}

void closeDialogs(const MainWindow& window) {
    for (auto* dialog : window.findChildren<QDialog*>())
        dialog->close();
}

void playScripted(Scenes& scenes) {
    FakeMessenger core;
    core.state = ProfileState::Open;
    core.network = cases::behindRouter();
    for (int i = 1; i <= kContacts; ++i) {
        core.put("Friend " + std::to_string(i), i, ContactState::Accepted);
        for (int line = 0; line < 60; ++line)
            core.putMessage(FakeMessenger::key(i), line % 2 == 0 ? MessageFrom::Me : MessageFrom::Them,
                            "What do you say to number " + std::to_string(line) + "?", 1'700'000'000'000 + line);
    }
    MessengerBridge bridge(core);
    MainWindow window(bridge, &FakeMessenger::check, nullptr);
    window.show();
    scenes.play(
        "500 contacts are shown", [] {}, 1s);
    scenes.play("500 contacts come online", [&] {
        for (int i = 1; i <= kContacts; ++i)
            core.setPresence(FakeMessenger::key(i), {true, PathKind::Native6, 20ms});
    });
    scenes.play("1000 messages come in", [&] {
        for (int i = 0; i < kMessages; ++i)
            core.theyWrite(FakeMessenger::key(1 + i % kContacts), "A message of some words, as people write them.");
    });
    for (int i = 1; i <= kOpened; ++i)
        scenes.play(
            "conversations are opened", [&] { window.openContact(FakeMessenger::key(i)); }, 100ms);
    scenes.play("1000 messages come into the open conversation", [&] {
        for (int i = 0; i < kMessages; ++i)
            core.theyWrite(FakeMessenger::key(kOpened), "A message of some words, as people write them.");
    });
    scenes.play("the network panel is opened", [&] { trigger(window, "showNetwork"); });
    scenes.play("the network changes under the panel", [&] {
        for (int i = 0; i < kNetworkChanges; ++i)
            core.emitEvent(NetworkChangedEvent{i % 2 == 0 ? cases::openPort() : cases::behindRouter()});
    });
    closeDialogs(window);
    scenes.playUnjudged("the settings are opened", [&] { trigger(window, "showSettings"); });
    closeDialogs(window);
}

void playReal(Scenes& scenes, const std::filesystem::path& profile) {
    OsRandom random;
    DriverConfig config;
    config.bind = {SocketAddress(Ipv4Address::of(127, 0, 0, 1), 0)};
    Driver driver(std::move(config), std::make_unique<Store>(profile, random));
    MessengerBridge bridge(driver);
    QTemporaryDir folder;
    std::optional<MainWindow> window;
    scenes.play(
        "a profile with many messages is opened",
        [&] {
            driver.start();
            window.emplace(bridge, &FakeMessenger::check, nullptr);
            window->show();
        },
        2s);
    std::vector<Contact> contacts;
    bridge.contacts(&*window, [&](const Result<std::vector<Contact>>& known) {
        if (known)
            contacts = known.value();
    });
    scenes.wait(200ms);
    for (const Contact& contact : contacts)
        scenes.play(
            "its conversations are opened", [&] { window->openContact(contact.id); }, 200ms);
    auto* bar = window->findChild<QListView*>(QStringLiteral("messages"))->verticalScrollBar();
    scenes.play("the longest is scrolled", [&] { window->openContact(contacts.front().id); });
    for (int i = 0; i < 100; ++i)
        scenes.play(
            "the longest is scrolled", [&] { bar->setValue(bar->value() - 600); }, 10ms);
    auto* search = window->findChild<QLineEdit*>(QStringLiteral("search"));
    for (const char* word : {"k", "ka", "kat", "kato", "", "needle", ""})
        scenes.play(
            "all messages are searched", [&] { search->setText(QLatin1String(word)); }, 700ms);
    scenes.playUnjudged("the settings are opened", [&] { trigger(*window, "showSettings"); });
    closeDialogs(*window);
    bool isExported = false;
    scenes.play(
        "the profile is exported",
        [&] {
            bridge.exportProfile({folder.filePath(QStringLiteral("copy")).toStdString(), "travel"}, &*window,
                                 [&](const Result<void>& done) { isExported = done.has_value(); });
            window->openContact(contacts.back().id);
        },
        8s);
    window.reset();
    driver.stop();
}

} // namespace
} // namespace culvert

int main(int argc, char** argv) {
    using namespace culvert;
    WatchedApplication application(argc, argv);
    const UiSettings settings{QString()};
    const Appearance appearance(application, settings);
    if (argc != 2) {
        std::fprintf(stderr, "usage: stall_bench PROFILE\n");
        return 2;
    }
    Scenes scenes(application);
    playScripted(scenes);
    playReal(scenes, argv[1]);
    std::printf("the window stood still %d times for longer than 16 ms\n", scenes.stalls());
    return scenes.stalls() == 0 ? 0 : 1;
}
