// MessageMarkup: links, code and emoji in the text of messages.
#include "ui/widgets/message_markup.h"

#include <QTest>
#include <QUrl>

namespace culvert {

class MessageMarkupTest : public QObject {
    Q_OBJECT

private slots:
    void markupFindsLinksAndCode_data();
    void markupFindsLinksAndCode();
    void onlySomeLinksMayBeOpened();
    void aFewEmojiAloneAreLarge();
};

void MessageMarkupTest::markupFindsLinksAndCode_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("found"); // L:link, C:code, B:block, in order; T: the text around blocks
    const auto row = [](const char* name, const char* text, const QStringList& found) {
        QTest::newRow(name) << QString::fromUtf8(text) << found;
    };
    row("nothing", "plain", {"T:plain"});
    row("a link", "see https://example.org/a?b=c#d now",
        {"T:see https://example.org/a?b=c#d now", "L:https://example.org/a?b=c#d"});
    row("the end of a sentence", "It is http://example.org/x.",
        {"T:It is http://example.org/x.", "L:http://example.org/x"});
    row("brackets around it", "(https://example.org/a)", {"T:(https://example.org/a)", "L:https://example.org/a"});
    row("brackets within it", "https://example.org/a_(b)",
        {"T:https://example.org/a_(b)", "L:https://example.org/a_(b)"});
    row("mail", "mailto:ida@example.org", {"T:mailto:ida@example.org", "L:mailto:ida@example.org"});
    row("a contact", "culvert:abcdef", {"T:culvert:abcdef", "L:culvert:abcdef"});
    row("no other schemes", "file:///etc/passwd javascript:alert(1) ftp://x.org",
        {"T:file:///etc/passwd javascript:alert(1) ftp://x.org"});
    row("within a word", "xhttps://example.org", {"T:xhttps://example.org"});
    row("a scheme alone", "https:// is a scheme", {"T:https:// is a scheme"});
    row("marks that turn the direction end a link", "https://example.org/\u202egpj.exe",
        {"T:https://example.org/\u202egpj.exe", "L:https://example.org/"});
    row("code", "use `make` and `ninja`", {"T:use make and ninja", "C:make", "C:ninja"});
    row("no link in code", "`https://example.org`", {"T:https://example.org", "C:https://example.org"});
    row("a backtick alone", "a ` b", {"T:a ` b"});
    row("an empty pair", "a `` b", {"T:a `` b"});
    row("a block", "before\n```\nint x;\n```\nafter", {"T:before", "B:int x;", "T:after"});
    row("a block with a language", "```cpp\nint x;\nint y;\n```", {"B:int x;\nint y;"});
    row("a block without end", "```\nint x;", {"T:```\nint x;"});
    row("an empty block", "```\n```", {"T:```\n```"});
}

void MessageMarkupTest::markupFindsLinksAndCode() {
    QFETCH(QString, text);
    QFETCH(QStringList, found);
    QStringList out;
    for (const MarkupBlock& block : MessageMarkup::parse(text)) {
        out << (block.isCode ? QStringLiteral("B:") : QStringLiteral("T:")) + block.text;
        for (const MarkupSpan& span : block.spans)
            out << (span.kind == MarkupSpan::Kind::Link ? QStringLiteral("L:") : QStringLiteral("C:")) +
                       block.text.mid(span.start, span.length);
    }
    QCOMPARE(out, found);
}

void MessageMarkupTest::onlySomeLinksMayBeOpened() {
    for (const char* good : {"https://example.org", "HTTP://example.org/x", "mailto:a@b.c", "culvert:abc"})
        QVERIFY2(MessageMarkup::target(QString::fromLatin1(good)).isValid(), good);
    for (const char* bad : {"file:///etc/passwd", "javascript:1", "https://", "data:text/html,x", "x", ""})
        QVERIFY2(!MessageMarkup::target(QString::fromLatin1(bad)).isValid(), bad);
    const std::string many(20'000, '`');
    QVERIFY(!MessageMarkup::parse(QString::fromStdString(many)).empty());
    QString links;
    for (int i = 0; i < 1000; ++i)
        links += QStringLiteral("https://a.b `c` ");
    std::size_t spans = 0;
    for (const MarkupBlock& block : MessageMarkup::parse(links))
        spans += block.spans.size();
    QVERIFY(spans <= MessageMarkup::kSpansMax + 1);
}

void MessageMarkupTest::aFewEmojiAloneAreLarge() {
    QCOMPARE(MessageMarkup::emojiAlone(QStringLiteral("😀")), 1);
    QCOMPARE(MessageMarkup::emojiAlone(QStringLiteral("❤️ 👍🏽")), 2);
    QCOMPARE(MessageMarkup::emojiAlone(QStringLiteral("👩‍👩‍👧‍👦")), 1);
    for (const char* text : {"", "ok", "ok 😀", "12", "https://example.org"})
        QCOMPARE(MessageMarkup::emojiAlone(QString::fromUtf8(text)), 0);
}

} // namespace culvert

QTEST_APPLESS_MAIN(culvert::MessageMarkupTest)
#include "message_markup_test.moc"
