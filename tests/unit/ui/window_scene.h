// A whole window before a scripted core, and what a person finds in it.
#pragma once

#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/widgets/labels.h"
#include "ui/windows/main_window.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QListView>
#include <QTest>

namespace culvert {

inline const Presence kOnline{true, PathKind::Native6, 24ms, Verdict::None};

/// A window before a scripted core.
struct Scene {
    FakeMessenger core;
    FakeKeyring keyring;
    std::optional<MessengerBridge> bridge;
    std::optional<MainWindow> window;

    void open() {
        bridge.emplace(core);
        window.emplace(*bridge, &FakeMessenger::check, &keyring);
        window->show();
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&*window));
    }
    template<typename T> T* find(const char* name = nullptr) const {
        return window->findChild<T*>(name ? QString::fromLatin1(name) : QString());
    }
    void type(const char* name, const char* text) const {
        QTest::keyClicks(find<QLineEdit>(name), QString::fromLatin1(text));
    }
    void click(const char* name) const { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    QVariant message(int row, int role) const { return find<QListView>("messages")->model()->index(row, 0).data(role); }
    int messageCount() const { return find<QListView>("messages")->model()->rowCount(); }
    QVariant contact(int row, int role) const { return find<QListView>("contacts")->model()->index(row, 0).data(role); }
    void clickContact(int row) const {
        auto* list = find<QListView>("contacts");
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(row, 0)).center());
    }
    bool errorShown(const char* words) const {
        const auto errors = window->findChildren<ErrorLabel*>();
        return std::any_of(errors.begin(), errors.end(), [&](const ErrorLabel* error) {
            return error->isVisible() && error->text().contains(QString::fromLatin1(words));
        });
    }
};

} // namespace culvert
