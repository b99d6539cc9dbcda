// What joins the window to its system: one program for each folder, start at login, notifications with answers.
#include "app/culvert/single_instance.h"
#include "tests/unit/ui/fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/desktop/notification_center.h"
#ifdef CULVERT_XDG
#include "app/culvert/xdg_autostart.h"
#endif
#ifdef CULVERT_DBUS
#include "app/culvert/dbus_notifier.h"
#include "app/culvert/network_manager_meter.h"
#include "app/culvert/portal_look.h"

#include <QDBusArgument>
#endif

#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

namespace culvert {
namespace {

/// Remembers what it was told to show.
class FakeNotifier : public Notifier {
public:
    QList<Notification> shown;
    QList<ContactId> withdrawn;
    void show(const Notification& notification) override { shown.append(notification); }
    void withdraw(const ContactId& contact) override { withdrawn.append(contact); }
};

#ifdef CULVERT_DBUS
/// A notification server with the given capabilities.
class FakeServer : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    QStringList capabilities;
    QString title, body;
    QStringList actions;
    QVariant image;
    uint replaced = 0, closed = 0, next = 7;

public slots:
    QStringList GetCapabilities() { return capabilities; }
    uint Notify(const QString&, uint replaces, const QString&, const QString& summary, const QString& text,
                const QStringList& offered, const QVariantMap& hints, int) {
        image = hints.value(QStringLiteral("image-data"));
        title = summary;
        body = text;
        actions = offered;
        replaced = replaces;
        return replaces != 0 ? replaces : next++;
    }
    void CloseNotification(uint id) { closed = id; }

signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationReplied(uint id, const QString& text);
    void NotificationClosed(uint id, uint reason);
};

/// A portal that knows one setting, and tells of others.
class FakePortal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public slots:
    QDBusVariant Read(const QString& group, const QString& key) {
        const bool known =
            group == QStringLiteral("org.freedesktop.appearance") && key == QStringLiteral("color-scheme");
        return QDBusVariant(QVariant::fromValue(QDBusVariant(known ? 1U : 0U)));
    }

signals:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);
};

/// NetworkManager, as far as the meter asks it.
class FakeNetworkManager : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint Metered MEMBER metered)

public:
    static constexpr auto kPath = "/org/freedesktop/NetworkManager";
    uint metered = 3; ///< "guess yes"

    static QDBusMessage change(const QString& property, uint value) {
        auto signal =
            QDBusMessage::createSignal(QLatin1String(kPath), QStringLiteral("org.freedesktop.DBus.Properties"),
                                       QStringLiteral("PropertiesChanged"));
        return signal << QStringLiteral("org.freedesktop.NetworkManager") << QVariantMap{{property, value}}
                      << QStringList();
    }
};

/// A bus of our own, with a server on it.
struct Bus {
    QProcess daemon;
    FakeServer server;
    std::optional<QDBusConnection> ours, theirs;

    bool start(const QStringList& capabilities) {
        server.capabilities = capabilities;
        daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--print-address"),
                                                     QStringLiteral("--nofork"), QStringLiteral("--nopidfile")});
        if (!daemon.waitForReadyRead(5000))
            return false;
        const QString address = QString::fromUtf8(daemon.readLine()).trimmed();
        ours.emplace(QDBusConnection::connectToBus(address, QStringLiteral("ours")));
        theirs.emplace(QDBusConnection::connectToBus(address, QStringLiteral("theirs")));
        return theirs->registerObject(QStringLiteral("/org/freedesktop/Notifications"), &server,
                                      QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals) &&
               theirs->registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~Bus() {
        ours.reset();
        theirs.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("ours"));
        QDBusConnection::disconnectFromBus(QStringLiteral("theirs"));
        daemon.kill();
        daemon.waitForFinished();
    }
};
#endif

} // namespace

class DesktopTest : public QObject {
    Q_OBJECT

private slots:
    void secondStartHandsItsLinkOver();
    void foldersHaveProgramsOfTheirOwn();
    void endlessTextIsNotTaken();
    void centerTellsWhatIsNotSeen();
    void centerIsQuietForTheMuted();
    void centerTakesBackWhatWasDeleted();
    void centerHidesWhatTheUserHides();
    void answersAreSent();
#ifdef CULVERT_XDG
    void autostartIsAFileThatCanBeSwitchedOff();
#endif
#ifdef CULVERT_DBUS
    void notificationsCanBeAnswered();
    void plainServersGetNoMoreThanTheyKnow();
    void noServerIsTold();
    void portalTellsTheLookAndItsChanges();
    void meterTellsWhatNetworkManagerSays();
#endif
};

void DesktopTest::secondStartHandsItsLinkOver() {
    QTemporaryDir folder;
    std::optional<SingleInstance> first;
    first.emplace(folder.path());
    QVERIFY(first->isFirst());
    QSignalSpy spy(&*first, &SingleInstance::handedOver);
    // A lock of the same process cannot be told from its own; the other start is a thread here, and knows its place.
    const auto handOver = [&](const QString& text) {
        bool done = false;
        std::unique_ptr<QThread> other(QThread::create([&] {
            const SingleInstance second(folder.path());
            done = !second.isFirst() && second.handOver(text);
        }));
        other->start();
        while (!other->isFinished())
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        return done;
    };
    QVERIFY(handOver(QStringLiteral("culvert:abc")));
    QVERIFY(handOver({}));
    QCOMPARE(spy.size(), 2);
    QCOMPARE(spy.at(0).at(0).toString(), QStringLiteral("culvert:abc"));
    QCOMPARE(spy.at(1).at(0).toString(), QString());
    first.reset();
    first.emplace(folder.path());
    QVERIFY(first->isFirst());
}

void DesktopTest::foldersHaveProgramsOfTheirOwn() {
    QTemporaryDir one, other;
    const SingleInstance first(one.path());
    const SingleInstance second(other.path());
    QVERIFY(first.isFirst() && second.isFirst());
}

void DesktopTest::endlessTextIsNotTaken() {
    QTemporaryDir folder;
    SingleInstance first(folder.path());
    QSignalSpy spy(&first, &SingleInstance::handedOver);
    QLocalSocket socket;
    socket.connectToServer(first.serverName());
    QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
    socket.write(QByteArray(3 * SingleInstance::kTextMax, 'x'));
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QVERIFY(spy.isEmpty());
}

void DesktopTest::centerTellsWhatIsNotSeen() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    FakeNotifier notifier;
    bool isSeen = true;
    const NotificationCenter center(bridge, settings, notifier, [&](const ContactId&) { return isSeen; });
    core.theyWrite(lena, "You see this");
    QTest::qWait(10);
    QVERIFY(notifier.shown.isEmpty());
    isSeen = false;
    core.theyWrite(lena, "Are you there?");
    QTRY_COMPARE(notifier.shown.size(), 1);
    QCOMPARE(notifier.shown.front().title, QStringLiteral("Lena"));
    QCOMPARE(notifier.shown.front().text, QStringLiteral("Are you there?"));
    QVERIFY(notifier.shown.front().mayReply);
    core.markRead(lena, [](const Result<void>&) {});
    QTRY_COMPARE(notifier.withdrawn.size(), 1);
    core.theyAsk("Sam", 2, "From the choir");
    QTRY_COMPARE(notifier.shown.size(), 2);
    QVERIFY(!notifier.shown.back().mayReply);
    settings.set(setting::kNotify, false);
    core.theyWrite(lena, "Hello?");
    QTest::qWait(10);
    QCOMPARE(notifier.shown.size(), 2);
}

void DesktopTest::centerIsQuietForTheMuted() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    const ContactId tom = core.put("Tom", 2, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    FakeNotifier notifier;
    const NotificationCenter center(bridge, settings, notifier, [](const ContactId&) { return false; });
    core.muteContact(lena, kMutedForEver, [](const Result<void>&) {});
    core.theyWrite(lena, "Nobody hears this");
    core.theyWrite(tom, "Hello?");
    QTRY_COMPARE(notifier.shown.size(), 1);
    QCOMPARE(notifier.shown.front().title, QStringLiteral("Tom"));
    core.muteContact(lena, WallTime{1}, [](const Result<void>&) {}); // Its time is over.
    core.theyWrite(lena, "Now you do");
    QTRY_COMPARE(notifier.shown.size(), 2);
    QCOMPARE(notifier.shown.back().title, QStringLiteral("Lena"));
}

void DesktopTest::centerTakesBackWhatWasDeleted() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    FakeNotifier notifier;
    const NotificationCenter center(bridge, settings, notifier, [](const ContactId&) { return false; });
    core.theyWrite(lena, "A secret");
    QTRY_COMPARE(notifier.shown.size(), 1);
    const MessageRef secret{MessageFrom::Them, core.conversation(lena).back().id};
    core.theyAmend(lena, secret, AmendmentKind::Reaction, "👍");
    core.theyAmend(lena, secret, AmendmentKind::Deletion, {});
    QTRY_COMPARE(notifier.withdrawn.size(), 1);
}

void DesktopTest::centerHidesWhatTheUserHides() {
    Contact lena;
    lena.name = "Lena";
    lena.state = ContactState::Accepted;
    Message message;
    message.text = std::string(1000, 'x') + "\nsecond";
    const Notification whole = notificationOf(lena, &message, choice::Preview::NameAndText);
    QVERIFY(whole.text.size() < 220);
    const Notification name = notificationOf(lena, &message, choice::Preview::NameOnly);
    QCOMPARE(name.title, QStringLiteral("Lena"));
    QVERIFY(!name.text.contains(QLatin1Char('x')) && !name.mayReply);
    const Notification nothing = notificationOf(lena, &message, choice::Preview::Nothing);
    QVERIFY(!nothing.title.contains(QStringLiteral("Lena")) && !nothing.mayReply);
    lena.greeting = "It is Lena";
    QVERIFY(!notificationOf(lena, nullptr, choice::Preview::NameOnly).text.contains(QStringLiteral("Lena")));
}

void DesktopTest::answersAreSent() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    const ContactId lena = core.put("Lena", 1, ContactState::Accepted).id;
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    FakeNotifier notifier;
    const NotificationCenter center(bridge, settings, notifier, [](const ContactId&) { return false; });
    QSignalSpy opened(&center, &NotificationCenter::opened);
    emit notifier.replied(lena, QStringLiteral("  On my way \n"));
    QTRY_COMPARE(core.conversation(lena).size(), std::size_t{1});
    QCOMPARE(core.conversation(lena).front().text, std::string("On my way"));
    QTRY_COMPARE(core.markedRead, 1);
    emit notifier.replied(lena, QStringLiteral(" "));
    core.nextError = Error{ErrorCode::IoFailure, "The disk is full."};
    emit notifier.replied(lena, QStringLiteral("lost?"));
    QTRY_COMPARE(opened.size(), 1); // The window says why.
}

#ifdef CULVERT_XDG
void DesktopTest::autostartIsAFileThatCanBeSwitchedOff() {
    QTemporaryDir folder;
    const QString odd = QStringLiteral("/opt/my $\"app\" 100%\\culvert");
    XdgAutostart autostart({odd, QStringLiteral("--background")}, folder.path());
    QVERIFY(!autostart.isOn());
    QVERIFY(autostart.setOn(true));
    QVERIFY(autostart.isOn());
    QFile file(folder.filePath(QStringLiteral("autostart/org.culvert.Culvert.desktop")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains(R"(Exec="/opt/my \\$\\"app\\" 100%%\\\\culvert" "--background")"), text.constData());
    file.write("Hidden=true\n");
    file.close();
    QVERIFY(!autostart.isOn()); // A desktop switched it off.
    QVERIFY(autostart.setOn(true));
    QVERIFY(autostart.isOn());
    QVERIFY(autostart.setOn(false));
    QVERIFY(!file.exists());
    QFile block(folder.filePath(QStringLiteral("blocked")));
    QVERIFY(block.open(QIODevice::WriteOnly));
    QVERIFY(!XdgAutostart({odd}, block.fileName()).setOn(true));
}
#endif

#ifdef CULVERT_DBUS
void DesktopTest::notificationsCanBeAnswered() {
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("There is no dbus-daemon here.");
    Bus bus;
    QVERIFY(bus.start({QStringLiteral("actions"), QStringLiteral("body-markup"), QStringLiteral("inline-reply")}));
    QVERIFY(DbusNotifier::isThere(*bus.ours));
    DbusNotifier notifier(*bus.ours);
    QSignalSpy activated(&notifier, &Notifier::activated);
    QSignalSpy replied(&notifier, &Notifier::replied);
    const ContactId lena = FakeMessenger::key(1);
    notifier.show({lena, QStringLiteral("Lena"), QStringLiteral("<b>Hi</b>"), true});
    QTRY_COMPARE(bus.server.title, QStringLiteral("Lena"));
    QCOMPARE(bus.server.body, QStringLiteral("&lt;b&gt;Hi&lt;/b&gt;"));
    QVERIFY(bus.server.actions.contains(QStringLiteral("inline-reply")));
    QVERIFY(!bus.server.image.isValid());
    QImage picture(8, 4, QImage::Format_RGB32);
    picture.fill(Qt::red);
    notifier.show({lena, QStringLiteral("Lena"), QStringLiteral("again"), true, picture});
    QTRY_COMPARE(bus.server.body, QStringLiteral("again"));
    int width = 0, height = 0, line = 0, bits = 0, channels = 0;
    bool hasAlpha = true;
    QByteArray pixels;
    const auto image = bus.server.image.value<QDBusArgument>();
    image.beginStructure();
    image >> width >> height >> line >> hasAlpha >> bits >> channels >> pixels;
    QCOMPARE(QSize(width, height), QSize(8, 4));
    QVERIFY(!hasAlpha && bits == 8 && channels == 3);
    QCOMPARE(pixels.size(), line * height);
    QCOMPARE(pixels.first(3), QByteArray("\xff\0\0", 3));
    QTRY_VERIFY(bus.server.replaced == 7 || bus.server.next == 9); // the first answer may be on its way still
    const uint id = bus.server.next - 1;
    QTest::qWait(20);
    emit bus.server.NotificationReplied(id, QStringLiteral("On my way"));
    QTRY_COMPARE(replied.size(), 1);
    QCOMPARE(replied.front().at(0).value<ContactId>(), lena);
    QCOMPARE(replied.front().at(1).toString(), QStringLiteral("On my way"));
    emit bus.server.ActionInvoked(id, QStringLiteral("default"));
    QTRY_COMPARE(activated.size(), 1);
    emit bus.server.ActionInvoked(4711, QStringLiteral("default")); // somebody else's
    notifier.withdraw(lena);
    QTRY_COMPARE(bus.server.closed, id);
    QCOMPARE(activated.size(), 1);
}

void DesktopTest::plainServersGetNoMoreThanTheyKnow() {
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("There is no dbus-daemon here.");
    Bus bus;
    QVERIFY(bus.start({QStringLiteral("body")}));
    DbusNotifier notifier(*bus.ours);
    notifier.show({FakeMessenger::key(1), QStringLiteral("Lena"), QStringLiteral("a < b"), true});
    QTRY_COMPARE(bus.server.body, QStringLiteral("a < b"));
    QVERIFY(bus.server.actions.isEmpty());
}

void DesktopTest::portalTellsTheLookAndItsChanges() {
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty())
        QSKIP("There is no dbus-daemon here.");
    Bus bus;
    QVERIFY(bus.start({}));
    FakePortal portal;
    QVERIFY(bus.theirs->registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), &portal,
                                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
    QVERIFY(bus.theirs->registerService(QStringLiteral("org.freedesktop.portal.Desktop")));
    PortalLook look(*bus.ours, SystemLook{});
    SystemLook told;
    connect(&look, &PortalLook::changed, this, [&](const SystemLook& now) { told = now; });
    QTRY_COMPARE(told.scheme, Scheme::Dark);
    QTRY_VERIFY(!told.hasMotion);
    const auto change = [&](const char* group, const char* key, const QVariant& value) {
        emit portal.SettingChanged(QLatin1String(group), QLatin1String(key), QDBusVariant(value));
    };
    change("org.freedesktop.appearance", "contrast", 1U);
    QTRY_COMPARE(told.scheme, Scheme::HighContrast);
    change("org.gnome.desktop.interface", "enable-animations", true);
    QTRY_VERIFY(told.hasMotion);
    change("org.freedesktop.appearance", "contrast", 0U);
    change("org.freedesktop.appearance", "color-scheme", 2U);
    QTRY_COMPARE(told.scheme, Scheme::Light);
}

void DesktopTest::meterTellsWhatNetworkManagerSays() {
    Bus bus;
    if (!bus.start({}))
        QSKIP("no dbus-daemon here");
    FakeNetworkManager manager;
    QVERIFY(bus.theirs->registerObject(QLatin1String(FakeNetworkManager::kPath), &manager,
                                       QDBusConnection::ExportAllProperties));
    QVERIFY(bus.theirs->registerService(QStringLiteral("org.freedesktop.NetworkManager")));
    NetworkManagerMeter meter(*bus.ours);
    QList<bool> told;
    connect(&meter, &NetworkManagerMeter::told, this, [&](bool isMetered) { told.append(isMetered); });
    QTRY_COMPARE(told, QList<bool>{true});
    for (const auto& [property, value] : {std::pair{"Metered", 2U}, {"State", 70U}, {"Metered", 1U}})
        QVERIFY(bus.theirs->send(FakeNetworkManager::change(QLatin1String(property), value)));
    QTRY_COMPARE(told, (QList<bool>{true, false, true}));
}

void DesktopTest::noServerIsTold() {
    QVERIFY(!DbusNotifier::isThere(QDBusConnection(QStringLiteral("nowhere"))));
}
#endif

} // namespace culvert

QTEST_MAIN(culvert::DesktopTest)
#include "desktop_test.moc"
