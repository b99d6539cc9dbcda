#include "screenshot_scene.h"
#include "ui/bridge/picture_codec.h"
#include "ui/widgets/list_editor.h"
#include "ui/widgets/picture_chooser.h"
#include "ui/windows/settings_dialog.h"

#include <QPainter>

namespace culvert {

Bytes portrait(int hue) {
    QImage image(300, 300, QImage::Format_RGB32);
    image.fill(QColor::fromHsv(hue, 60, 235));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor::fromHsv((hue + 150) % 360, 110, 120));
    painter.drawEllipse(50, 190, 200, 200);
    painter.setBrush(QColor::fromHsv(24, 90, 226));
    painter.drawEllipse(95, 70, 110, 130);
    painter.setBrush(QColor::fromHsv((hue + 200) % 360, 130, 70));
    painter.drawChord(85, 50, 130, 120, 0, 180 * 16);
    painter.end();
    return encodePicture(image);
}

namespace {

void showPictures(FakeMessenger& core) {
    core.picture = portrait(200);
    core.theyShow(FakeMessenger::key(1), portrait(30));
    core.theyShow(FakeMessenger::key(3), portrait(300));
    QImage white(256, 256, QImage::Format_RGB32);
    white.fill(Qt::white);
    core.theyShow(FakeMessenger::key(4), encodePicture(white));
    core.theyShow(FakeMessenger::key(8), portrait(120)); // blocked: not shown
}

} // namespace

void savePictures(const QString& prefix, QSize size) {
    const auto prepare = [](FakeMessenger& core) {
        fillContacts(core);
        showPictures(core);
    };
    Scene scene(prepare, size);
    scene.choose(1);
    save(&*scene.window, prefix + QStringLiteral("pictures"));
    scene.trigger(QStringLiteral("jump"));
    if (QWidget* dialog = scene.dialog()) {
        save(dialog, prefix + QStringLiteral("pictures-jump"));
        delete dialog;
    }
    scene.trigger(QStringLiteral("showDetails"));
    if (QWidget* dialog = scene.dialog()) {
        save(dialog, prefix + QStringLiteral("pictures-contact"));
        delete dialog;
    }
    scene.trigger(QStringLiteral("showSettings"));
    auto* settings = scene.window->findChild<SettingsDialog*>();
    save(settings, prefix + QStringLiteral("pictures-settings"));
    settings->findChild<PictureChooser*>()->showError(QStringLiteral("Culvert cannot read this as a picture."));
    save(settings, prefix + QStringLiteral("pictures-settings-error"));
}

void saveServerLists(const QString& prefix, QSize size) {
    const auto prepare = [](FakeMessenger& core) {
        fillContacts(core);
        core.network.thirdParties = {{"", "third7gqk5m2n4x6z2v3c", true, 31ms, ""},
                                     {"", "parsley5m2n4x6z2v3c7g", false, {}, ""},
                                     {"", "lovage2n4x6z2v3c7gqk5", true, 18ms, ""}};
        core.network.teredo.servers = {
            {"teredo.example.org", TeredoServerHealth::Qualified, 24ms},
            {"a-rather-long-name-of-a-server.teredo.example.net", TeredoServerHealth::NoAnswer, std::nullopt}};
    };
    Scene scene(prepare, size);
    scene.trigger(QStringLiteral("showSettings"));
    auto* settings = scene.window->findChild<SettingsDialog*>();
    settings->showSetting(QStringLiteral("thirdParties"));
    auto* list = settings->findChild<ListEditor*>(QStringLiteral("thirdParties"));
    list->showError(QStringLiteral("There are already 3 third parties. Remove one first."));
    save(settings, prefix + QStringLiteral("lists-settings"));
    delete settings;
    scene.trigger(QStringLiteral("showNetwork"));
    QWidget* panel = scene.dialog();
    if (panel == nullptr)
        return;
    settle();
    save(panel->findChild<ListEditor*>(QStringLiteral("thirdParties")), prefix + QStringLiteral("lists-parties"));
    save(panel->findChild<ListEditor*>(QStringLiteral("teredoServers")), prefix + QStringLiteral("lists-servers"));
}

} // namespace culvert
