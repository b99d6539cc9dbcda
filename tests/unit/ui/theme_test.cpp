// The colours that people must read can be read, in both schemes.
#include "ui/style/icons.h"
#include "ui/style/theme.h"

#include <QApplication>
#include <QIcon>
#include <QImage>
#include <QTest>

namespace culvert {

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void everyTextCanBeRead_data();
    void everyTextCanBeRead();
    void everyIconCanBeSeen();
    void everyAvatarCanBeRead();
    void contrastIsThatOfWcag();
    void schemeFollowsThePalette();
    void everyIconDraws();
    void iconsFollowTheLook();
};

using Role = ColorRole;

void ThemeTest::everyTextCanBeRead_data() {
    QTest::addColumn<int>("ink");
    QTest::addColumn<int>("ground");
    const auto row = [](const char* name, Role ink, std::initializer_list<Role> grounds) {
        for (const Role ground : grounds)
            QTest::addRow("%s on %d", name, static_cast<int>(ground))
                << static_cast<int>(ink) << static_cast<int>(ground);
    };
    const auto surfaces = {Role::Window, Role::Sidebar, Role::Raised};
    row("text", Role::Text, {Role::Window, Role::Sidebar, Role::Raised, Role::Tint, Role::MyBubble, Role::TheirBubble});
    row("secondary", Role::Secondary, surfaces);
    row("caption", Role::Caption, {Role::Sidebar, Role::Tint, Role::MyBubble, Role::TheirBubble});
    row("accent", Role::Accent, surfaces);
    row("onAccent", Role::OnAccent, {Role::Accent});
    row("problem", Role::Problem, {Role::Window, Role::Raised});
    row("toast", Role::Window, {Role::Text});
}

void ThemeTest::everyTextCanBeRead() {
    QFETCH(int, ink);
    QFETCH(int, ground);
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        const double contrast = Theme::contrast(Theme::color(static_cast<Role>(ink), scheme),
                                                Theme::color(static_cast<Role>(ground), scheme));
        QVERIFY2(contrast >= 4.5, qPrintable(QString::number(contrast)));
    }
}

void ThemeTest::everyIconCanBeSeen() {
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (const Role ink : {Role::Good, Role::Waiting, Role::Problem}) {
            for (const Role ground : {Role::Window, Role::Sidebar, Role::Raised, Role::MyBubble}) {
                const double contrast = Theme::contrast(Theme::color(ink, scheme), Theme::color(ground, scheme));
                QVERIFY2(contrast >= 3, qPrintable(QString::number(contrast)));
            }
        }
    }
}

void ThemeTest::everyAvatarCanBeRead() {
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        for (unsigned seed = 0; seed < 360; ++seed) {
            const AvatarColors colors = Theme::avatarColors(seed, scheme);
            QVERIFY(Theme::contrast(colors.background, colors.text) >= 4.5);
        }
    }
}

void ThemeTest::contrastIsThatOfWcag() {
    QCOMPARE(qRound(Theme::contrast(Qt::black, Qt::white)), 21);
    QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::black)), 21);
    QCOMPARE(qRound(Theme::contrast(Qt::white, Qt::white)), 1);
}

void ThemeTest::schemeFollowsThePalette() {
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        Theme::apply(*qApp, scheme);
        QCOMPARE(Theme::schemeOf(QGuiApplication::palette()), scheme);
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('%')));
    }
}

void ThemeTest::iconsFollowTheLook() {
    const QIcon icon = Icons::icon(IconId::Close, Role::Text);
    const auto inkOf = [&](QIcon::Mode mode) {
        const QImage image = icon.pixmap(QSize(20, 20), 1.0, mode).toImage();
        QColor strongest(0, 0, 0, 0);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y).alpha() > strongest.alpha())
                    strongest = image.pixelColor(x, y);
        return strongest.rgb();
    };
    for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
        Theme::apply(*qApp, scheme);
        QCOMPARE(inkOf(QIcon::Normal), Theme::color(Role::Text, scheme).rgb());
        QCOMPARE(inkOf(QIcon::Disabled), Theme::color(Role::Secondary, scheme).rgb());
    }
    QCOMPARE(Icons::application().pixmap(QSize(48, 48), 2.0).size(), QSize(96, 96));
}

void ThemeTest::everyIconDraws() {
    Icons::initialize();
    for (int id = 0; id <= static_cast<int>(IconId::More); ++id) {
        const QImage image = Icons::pixmap(static_cast<IconId>(id), 20, Qt::red, 2).toImage();
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y).red() > 200 && image.pixelColor(x, y).alpha() > 200;
        }
        QVERIFY2(inked > 20, qPrintable(QString::number(id)));
    }
}

} // namespace culvert

QTEST_MAIN(culvert::ThemeTest)
#include "theme_test.moc"
