// Each language that we ship reaches the words that people see.
#include "core/messenger/contact.h"
#include "ui/style/translation.h"
#include "ui/widgets/report_wording.h"
#include "ui/widgets/wording.h"

#include <QLocale>
#include <QTest>

namespace culvert {

class TranslationTest : public QObject {
    Q_OBJECT

private slots:
    void englishHasPlurals();
    void germanIsSpoken();
    void clockHasNoSeconds();
};

namespace {

QString describeUnread(std::uint32_t unread) {
    Contact contact;
    contact.name = "Lena";
    contact.state = ContactState::Accepted;
    contact.unread = unread;
    return Wording::describe(contact, {});
}

} // namespace

void TranslationTest::englishHasPlurals() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    installTranslations(*qApp);
    QVERIFY(describeUnread(1).endsWith(QStringLiteral("1 unread message")));
    QVERIFY(describeUnread(2).endsWith(QStringLiteral("2 unread messages")));
}

void TranslationTest::germanIsSpoken() {
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Austria));
    installTranslations(*qApp);
    QVERIFY(describeUnread(2).endsWith(QStringLiteral("2 ungelesene Nachrichten")));
    QCOMPARE(ReportWording::sentence("Friends can reach you"), QStringLiteral("Freunde erreichen dich"));
    QCOMPARE(Wording::badgeWord(BadgeState::CannotConnect), QStringLiteral("Keine Verbindung"));
}

void TranslationTest::clockHasNoSeconds() {
    QLocale::setDefault(QLocale::c());
    QCOMPARE(Wording::clock(QTime(9, 5, 30)), QStringLiteral("09:05"));
}

} // namespace culvert

QTEST_MAIN(culvert::TranslationTest)
#include "translation_test.moc"
