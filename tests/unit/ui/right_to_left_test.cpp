// What runs from right to left, and what does not: words, labels, bubbles, and the window in Arabic.
#include "fake_messenger.h"
#include "ui/bridge/messenger_bridge.h"
#include "ui/settings/setting_catalog.h"
#include "ui/settings/ui_settings.h"
#include "ui/style/appearance.h"
#include "ui/style/icons.h"
#include "ui/style/theme.h"
#include "ui/style/translation.h"
#include "ui/widgets/composer.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_layout.h"
#include "ui/widgets/reading_direction.h"
#include "ui/widgets/wording.h"
#include "ui/windows/main_page.h"
#include "ui/windows/main_window.h"
#include "ui/windows/sidebar.h"

#include <QImage>
#include <QPainter>
#include <QStyleOptionViewItem>
#include <QTest>

namespace culvert {
namespace {

const QString kArabic = QStringLiteral("مرحبا");
const QString kTcpFirst = QStringLiteral("TCP حيث لا يعبر UDP");

/// The first and the last column, between two rows, that are not the ground.
std::pair<int, int> inkBetween(const QImage& image, int top, int bottom) {
    int first = image.width();
    int last = -1;
    const QRgb ground = image.pixel(0, 0);
    for (int y = top; y < bottom; ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != ground) {
                first = std::min(first, x);
                last = std::max(last, x);
            }
    return {first, last};
}

QImage pictureOf(QWidget& widget) {
    QImage image(widget.size(), QImage::Format_RGB32);
    image.fill(Qt::white);
    widget.render(&image, {}, {}, QWidget::DrawChildren);
    return image;
}

} // namespace

class RightToLeftTest : public QObject {
    Q_OBJECT

private slots:
    void init() { Theme::apply(*qApp, Scheme::Light); }
    void cleanup() {
        installTranslations(*qApp);
        QLocale::setDefault(QLocale::c());
        installTranslations(*qApp);
    }
    void wordsRunAsTheirLetters();
    void whatIsForeignInASentenceIsIsolated();
    void marginsFollowTheWindow();
    void aSentenceInArabicMayBeginWithLatin();
    void wrappedLinesStandAtOneEdge();
    void eachParagraphOfAMessageRunsItsWay();
    void manyTurnsMakeFewBlocks();
    void theComposerStandsAtTheEdgeOfItsWords();
    void arabicTurnsTheWindow();
    void theSystemsArabicIsSpokenAtTheStart();
    void aNumberHasSixForms();
    void allNumbersHaveTheDigitsOfAddresses();
    void searchNeedsNoVowelMarks();
    void arrowsPointAlongTheLine();
};

void RightToLeftTest::wordsRunAsTheirLetters() {
    QCOMPARE(firstStrong(QStringLiteral("12: a")), Qt::LeftToRight);
    QCOMPARE(firstStrong(QStringLiteral("(12) ") + kArabic + QStringLiteral(" a")), Qt::RightToLeft);
    QVERIFY(!firstStrong(QStringLiteral("12:30 …")));
    QCOMPARE(readingDirection(kTcpFirst, Qt::RightToLeft), Qt::RightToLeft);
    QCOMPARE(readingDirection(QStringLiteral("[2001:db8::1]:41641"), Qt::RightToLeft), Qt::LeftToRight);
    QCOMPARE(readingDirection(QStringLiteral("192.0.2.7"), Qt::RightToLeft), Qt::LeftToRight);
    QCOMPARE(readingDirection(kArabic + QStringLiteral(" wrote"), Qt::LeftToRight), Qt::LeftToRight);
    QCOMPARE(readingDirection(kArabic, Qt::LeftToRight), Qt::RightToLeft);
}

void RightToLeftTest::whatIsForeignInASentenceIsIsolated() {
    const QString name = QStringLiteral("Ida (work)");
    QCOMPARE(isolated(name), name);
    QCOMPARE(isolated(kArabic), QChar(0x2068) + kArabic + QChar(0x2069));
    QCOMPARE(leftToRight(QStringLiteral("fd00::1")), QStringLiteral("fd00::1"));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(isolated(name), QChar(0x2068) + name + QChar(0x2069));
    QCOMPARE(isolated(kArabic), kArabic);
    QCOMPARE(isolated(QStringLiteral("12")), QStringLiteral("12"));
    QCOMPARE(leftToRight(QStringLiteral("fd00::1")), QChar(0x2066) + QStringLiteral("fd00::1") + QChar(0x2069));
}

void RightToLeftTest::marginsFollowTheWindow() {
    QCOMPARE(readingMargins(8, 1, 2, 3), QMargins(8, 1, 2, 3));
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(readingMargins(8, 1, 2, 3), QMargins(2, 1, 8, 3));
}

// As Qt's own label does not: it would take the first word's direction for the whole, and stand at the left.
void RightToLeftTest::aSentenceInArabicMayBeginWithLatin() {
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    for (const QString& words : {kTcpFirst, QStringLiteral("Culvert"), QStringLiteral("[2001:db8::1]:41641")}) {
        std::unique_ptr<QLabel> label(makeLabel(words, {}));
        for (const bool isSelectable : {false, true}) {
            if (isSelectable)
                label->setTextInteractionFlags(Qt::TextSelectableByMouse);
            label->resize(400, 30);
            const auto [first, last] = inkBetween(pictureOf(*label), 0, 30);
            QVERIFY2(last > 390, qPrintable(words));
            QVERIFY2(first > 100, qPrintable(words));
        }
    }
    // The mark at its beginning says aloud what the label has to know.
    std::unique_ptr<QLabel> label(makeLabel(kTcpFirst, {}));
    std::unique_ptr<QLabel> marked(makeLabel(QChar(0x200f) + kTcpFirst, {}));
    for (QLabel* each : {label.get(), marked.get()})
        each->resize(400, 30);
    QCOMPARE(pictureOf(*label), pictureOf(*marked));
}

void RightToLeftTest::wrappedLinesStandAtOneEdge() {
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    // One letter again and again, so that each line has the same ink at its edge.
    std::unique_ptr<QLabel> label(makeLabel(QStringLiteral("ددد ").repeated(20).trimmed(), {}));
    label->resize(200, 200);
    label->setAlignment(Qt::AlignRight | Qt::AlignTop | Qt::AlignAbsolute);
    const int line = label->fontMetrics().lineSpacing();
    const QImage image = pictureOf(*label);
    const auto [left, edge] = inkBetween(image, 0, line);
    QVERIFY(edge > 195);
    QCOMPARE(inkBetween(image, line, 2 * line).second, edge);
    // The last line has no space to break at.
    int last = 2;
    while (inkBetween(image, (last + 1) * line, (last + 2) * line).second >= 0)
        ++last;
    QCOMPARE(inkBetween(image, last * line, (last + 1) * line).second, edge);
}

void RightToLeftTest::eachParagraphOfAMessageRunsItsWay() {
    MessageContent content;
    content.text = kArabic + QStringLiteral("\n\nThe second. https://example.org/a\n") + kArabic;
    content.isMine = true;
    const MessageLayout layout(content, qApp->font(), Qt::RightToLeft, 600);
    const QRect text = layout.bubble().adjusted(12, 7, -12, -7);
    const int line = text.height() / 4;
    const auto cursorAt = [&](bool atLeft, int row) {
        return layout.cursorAt(QPoint(atLeft ? text.left() : text.right(), text.top() + row * line + line / 2));
    };
    const auto second = static_cast<int>(kArabic.size()) + 2;
    QCOMPARE(cursorAt(false, 0), 0);
    QCOMPARE(cursorAt(true, 2), second);
    QCOMPARE(cursorAt(false, 3), content.text.size() - kArabic.size());
    const QString whole = layout.textOf({0, static_cast<int>(content.text.size())});
    QCOMPARE(whole, content.text);
    const auto hit = layout.hitAt(QPoint(text.right() - 20, text.top() + 2 * line + line / 2));
    QCOMPARE(hit.link, QStringLiteral("https://example.org/a"));
}

// Whoever writes a message must not make its reader lay out thousands of paragraphs one by one.
void RightToLeftTest::manyTurnsMakeFewBlocks() {
    MessageContent content;
    content.text = QStringLiteral("a\nب\n").repeated(5000);
    const MessageLayout layout(content, qApp->font(), Qt::LeftToRight, 600);
    QVERIFY(layout.blockCount() <= MessageLayout::kBlocksMax);
    QCOMPARE(layout.textOf({0, static_cast<int>(content.text.size())}), content.text);
}

void RightToLeftTest::theComposerStandsAtTheEdgeOfItsWords() {
    ComposerEdit edit;
    const auto edge = [&] { return edit.document()->defaultTextOption().alignment() & Qt::AlignHorizontal_Mask; };
    QCOMPARE(edge(), Qt::AlignLeft | Qt::AlignAbsolute);
    edit.setPlainText(kArabic);
    QCOMPARE(edge(), Qt::AlignRight | Qt::AlignAbsolute);
    edit.setPlainText(QStringLiteral("Hello"));
    QCOMPARE(edge(), Qt::AlignLeft | Qt::AlignAbsolute);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    ComposerEdit mirrored;
    QCOMPARE(mirrored.document()->defaultTextOption().alignment() & Qt::AlignHorizontal_Mask,
             Qt::AlignRight | Qt::AlignAbsolute);
}

void RightToLeftTest::arabicTurnsTheWindow() {
    FakeMessenger core;
    core.state = ProfileState::Open;
    core.put("Lena", 1, ContactState::Accepted);
    MessengerBridge bridge(core);
    UiSettings settings{QString()};
    const Appearance appearance(*qApp, settings);
    MainWindow window(bridge, &FakeMessenger::check, nullptr, Desktop{&settings, nullptr, nullptr, false});
    window.resize(900, 600);
    window.show();
    const auto sidebarX = [&] {
        auto* page = window.findChild<MainPage*>();
        return page == nullptr ? -1 : page->findChild<Sidebar*>()->x();
    };
    QTRY_COMPARE(sidebarX(), 0);
    settings.set(setting::kLanguage, QStringLiteral("ar"));
    QTRY_COMPARE(sidebarX(), 900 - Sidebar::wideWidth());
    QCOMPARE(window.layoutDirection(), Qt::RightToLeft);
    settings.set(setting::kLanguage, QStringLiteral("de"));
    QTRY_COMPARE(sidebarX(), 0);
    QCOMPARE(window.layoutDirection(), Qt::LeftToRight);
}

void RightToLeftTest::theSystemsArabicIsSpokenAtTheStart() {
    QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::SaudiArabia));
    installTranslations(*qApp);
    QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
    QCOMPARE(Wording::you(), QStringLiteral("أنت"));
}

void RightToLeftTest::aNumberHasSixForms() {
    installTranslations(*qApp, QStringLiteral("ar"));
    Contact contact;
    contact.state = ContactState::Accepted;
    const auto words = [&](std::uint32_t unread) {
        contact.unread = unread;
        return Wording::describe(contact, {});
    };
    QVERIFY(words(1).endsWith(QStringLiteral("رسالة واحدة غير مقروءة")));
    QVERIFY(words(2).endsWith(QStringLiteral("رسالتان غير مقروءتين")));
    QVERIFY(words(3).endsWith(QStringLiteral("3 رسائل غير مقروءة")));
    QVERIFY(words(11).endsWith(QStringLiteral("11 رسالة غير مقروءة")));
    QVERIFY(words(100).endsWith(QStringLiteral("100 رسالة غير مقروءة")));
}

void RightToLeftTest::allNumbersHaveTheDigitsOfAddresses() {
    for (const auto country : {QLocale::Egypt, QLocale::Syria, QLocale::Morocco, QLocale::Comoros}) {
        QLocale::setDefault(QLocale(QLocale::Arabic, country));
        installTranslations(*qApp);
        QCOMPARE(QLocale().language(), QLocale::Arabic);
        QCOMPARE(QLocale().toString(25), QStringLiteral("25"));
        QVERIFY(Wording::clock(QTime(9, 5)).contains(QStringLiteral("05")));
    }
    QLocale::setDefault(QLocale(QLocale::Arabic, QLocale::Comoros));
    installTranslations(*qApp);
    QCOMPARE(Wording::clock(QTime(21, 5)), QStringLiteral("21:05")); // where the day has 24 hours, it keeps them
}

void RightToLeftTest::searchNeedsNoVowelMarks() {
    const SettingEntry entry{{}, SettingsPage::Network, QStringLiteral("إعدادات الموجّه"), {}, {}};
    QVERIFY(SettingCatalog::matches(entry, QStringLiteral("موجه")));
    QVERIFY(SettingCatalog::matches(entry, QStringLiteral("اعدادات")));
    QVERIFY(!SettingCatalog::matches(entry, QStringLiteral("منفذ")));
}

void RightToLeftTest::arrowsPointAlongTheLine() {
    const auto picture = [](IconId id) { return Icons::pixmap(id, 20, Qt::black, 1).toImage(); };
    const QImage reply = picture(IconId::Reply);
    const QImage search = picture(IconId::Search);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    QVERIFY(picture(IconId::Reply) != reply);
    QCOMPARE(picture(IconId::Reply), reply.mirrored(true, false));
    QCOMPARE(picture(IconId::Search), search);
}

} // namespace culvert

QTEST_MAIN(culvert::RightToLeftTest)
#include "right_to_left_test.moc"
