// culvert: the desktop app. It builds the core and the window and hands one to the other.
#include "app/culvert/meter.h"
#include "app/culvert/quit_signals.h"
#include "app/culvert/system_keyring.h"
#include "app/options.h"
#include "core/io/upnp_helper.h"
#include "core/store/store.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/style/theme.h"
#include "ui/style/translation.h"
#include "ui/windows/main_window.h"

#include <QApplication>
#include <QMessageBox>
#include <QStandardPaths>
#include <cstdio>

int main(int argc, char** argv) {
    using namespace culvert;
    if (isUpnpHelper(argc, argv))
        return runUpnpHelper();
    restrictFileModes();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("culvert"));
    QApplication::setApplicationDisplayName(QStringLiteral("Culvert"));
    QApplication::setApplicationVersion(QStringLiteral(CULVERT_VERSION));
    installTranslations(app);

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A messenger whose two ends talk straight to each other."));
    parser.addHelpOption();
    parser.addVersionOption();
    addNetworkOptions(parser);
    parser.process(app);
    auto config = networkConfigOf(parser);
    if (!config) {
        std::fprintf(stderr, "culvert: %s\n", config.error().detail.c_str());
        return 1;
    }
    const QString folder = parser.isSet(QStringLiteral("data"))
                               ? parser.value(QStringLiteral("data"))
                               : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);

    Theme::apply(app, Theme::schemeOf(app.palette()));
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
    MainWindow window(bridge, checkAddress, keyring);
    window.show();
    driver.start();
    watchMeter(app, [&driver](bool isMetered) { driver.setMetered(isMetered); });
    quitOnSignals(app);
    return QApplication::exec();
}
