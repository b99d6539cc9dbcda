// culvert: the desktop app. It builds the core and the window and hands one to the other.
#include "app/culvert/meter.h"
#include "app/culvert/quit_signals.h"
#include "app/culvert/single_instance.h"
#include "app/culvert/system_desktop.h"
#include "app/culvert/system_keyring.h"
#ifdef CULVERT_RECORD_STALLS
#include "app/culvert/watched_application.h"
#endif
#include "app/options.h"
#include "core/io/upnp_helper.h"
#include "core/store/store.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/appearance.h"
#include "ui/style/translation.h"
#include "ui/windows/main_window.h"

#include <QApplication>
#include <QDir>
#include <QMessageBox>
#include <QStandardPaths>
#include <QTimer>
#include <cstdio>

namespace {

#ifdef CULVERT_RECORD_STALLS
using Application = culvert::WatchedApplication;
#else
using Application = QApplication;
#endif

void addOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(QStringLiteral("A messenger whose two ends talk straight to each other."));
    parser.addHelpOption();
    parser.addVersionOption();
    culvert::addNetworkOptions(parser);
    parser.addOption({QStringLiteral("background"),
                      QStringLiteral("Start without showing the window, where an icon beside the clock can bring "
                                     "it.")});
    parser.addPositionalArgument(QStringLiteral("link"), QStringLiteral("A culvert: link to a contact to add."),
                                 QStringLiteral("[link]"));
}

/// How the program is started at login: as now, but in the background and without a link.
QStringList autostartCommand(const QCommandLineParser& parser) {
    QStringList command{QCoreApplication::applicationFilePath(), QStringLiteral("--background")};
    if (parser.isSet(QStringLiteral("data")))
        command << QStringLiteral("--data") << QDir(parser.value(QStringLiteral("data"))).absolutePath();
    return command;
}

} // namespace

int main(int argc, char** argv) {
    using namespace culvert;
    if (isUpnpHelper(argc, argv))
        return runUpnpHelper();
    restrictFileModes();
    Application app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("culvert"));
    QApplication::setApplicationDisplayName(QStringLiteral("Culvert"));
    QApplication::setApplicationVersion(QStringLiteral(CULVERT_VERSION));
    installTranslations(app); // What is said before the settings are known.

    QCommandLineParser parser;
    addOptions(parser);
    parser.process(app);
    auto config = networkConfigOf(parser);
    if (!config) {
        std::fprintf(stderr, "culvert: %s\n", config.error().detail.c_str());
        return 1;
    }
    const QString folder = parser.isSet(QStringLiteral("data"))
                               ? parser.value(QStringLiteral("data"))
                               : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);

    const QString link = parser.positionalArguments().value(0);
    const SingleInstance instance(folder);
    if (!instance.isFirst() && instance.handOver(link))
        return 0;

    UiSettings settings(QDir(folder).filePath(QStringLiteral("window.ini")));
    Appearance appearance(app, settings);
    OsRandom random;
    Driver driver(std::move(*config), std::make_unique<Store>(folder.toStdString(), random));
    MessengerBridge bridge(driver);
    auto* keyring = new SystemKeyring(folder, &app);
    // The core's thread tells; the window's thread shows, and ends.
    driver.setFatalListener([&app](const Error& error) {
        QMetaObject::invokeMethod(&app, [text = QString::fromStdString(error.detail)] {
            QMessageBox::critical(nullptr, QApplication::applicationDisplayName(), text);
            QApplication::exit(1);
        });
    });
    driver.start(); // Another thread opens the profile while this one builds the window.
    SystemDesktop desktop(settings, autostartCommand(parser));
    desktop.followLook(appearance);
    MainWindow window(bridge, checkAddress, keyring, desktop.parts());
    QApplication::setQuitOnLastWindowClosed(false); // The window says when.
    QObject::connect(&window, &MainWindow::quitRequested, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&instance, &SingleInstance::handedOver, &window, [&window](const QString& text) {
        text.isEmpty() ? window.raiseToFront() : window.openLink(text);
    });
    if (!parser.isSet(QStringLiteral("background")) || !window.hasTrayIcon())
        window.show();
    if (!link.isEmpty())
        window.openLink(link);
    // It asks the system, and nobody waits for it: once the window stands.
    QObject::connect(
        &bridge, &MessengerBridge::ready, &app,
        [&] {
            QTimer::singleShot(0, &app,
                               [&] { watchMeter(app, [&driver](bool isMetered) { driver.setMetered(isMetered); }); });
        },
        Qt::SingleShotConnection);
    quitOnSignals(app);
    return QApplication::exec();
}
