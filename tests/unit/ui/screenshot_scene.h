// What saving pictures of the window takes: a scripted core with something in it, a window, and where pictures go.
#pragma once

#include "fake_messenger.h"
#include "screenshot_content.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/desktop.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"

#include <QAction>
#include <QCoreApplication>
#include <QDialog>
#include <QDir>
#include <QElapsedTimer>

#include <cstdio>

namespace culvert {

inline QDir outDir;
inline int failures = 0;
inline QString wanted; // only pictures whose names hold this

inline void settle() {
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 60) // posted replies ask further questions
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

inline void save(QWidget* widget, const QString& name) {
    if (!name.contains(wanted))
        return;
    settle();
    if (!widget->grab().save(outDir.filePath(name + QStringLiteral(".png")))) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(name));
        ++failures;
    }
}

/// A window on a filled core.
struct Scene {
    FakeMessenger core;
    std::optional<MessengerBridge> bridge;
    std::optional<MainWindow> window;

    explicit Scene(const std::function<void(FakeMessenger&)>& prepare = fillContacts, QSize size = {960, 680},
                   Keyring* keyring = nullptr, const Desktop& desktop = {}) {
        prepare(core);
        bridge.emplace(core);
        window.emplace(*bridge, &FakeMessenger::check, keyring, desktop);
        window->resize(size);
        window->show();
        window->activateWindow();
        settle();
    }
    void choose(int number) {
        window->findChild<MainPage*>()->choose(FakeMessenger::key(number));
        settle();
    }
    void trigger(const QString& actionName) {
        for (QAction* action : window->findChildren<QAction*>()) {
            if (action->objectName() == actionName)
                action->trigger();
        }
        settle();
    }
    QWidget* dialog() { return window->findChild<QDialog*>(); }
};

/// A picture that a painter might have made.
Bytes portrait(int hue);
/// The editor of lists of servers, in both its places.
void saveServerLists(const QString& prefix, QSize size);
/// Everywhere where there are avatars.
void savePictures(const QString& prefix, QSize size);

} // namespace culvert
