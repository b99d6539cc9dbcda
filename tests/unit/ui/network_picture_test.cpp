// The picture of the network: which networks give which lanes, where everything stands, and how one goes about in it.
#include "tests/support/network_cases.h"
#include "ui/style/theme.h"
#include "ui/widgets/network_picture_view.h"

#include <QApplication>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>

#include <functional>

namespace culvert {
namespace {

using Edit = std::function<void(NetworkStatus&)>;

Contact person(const char* name, int number, const Presence& presence) {
    Contact out;
    out.id.octets[0] = static_cast<std::uint8_t>(number);
    out.name = name;
    out.state = ContactState::Accepted;
    out.presence = presence;
    return out;
}
Contact connected(const char* name, int number, PathKind path) {
    return person(name, number, {true, path, 20ms, Verdict::None, {}});
}
Contact trying(const char* name, int number) {
    return person(name, number, {false, PathKind::None, {}, Verdict::Connecting, {}});
}
Contact unreachable(const char* name, int number) {
    return person(
        name, number,
        {false,
         PathKind::None,
         {},
         Verdict::CannotConnect,
         {Answer::No, PathKind::None, Helper::Nobody, Obstacle::BothHard, Remedy::MapPort, Side::Either, false}});
}

NetworkPicture pictureOf(const NetworkStatus& status, const std::vector<Contact>& contacts = {}) {
    return PictureMaker::make(status, makeReport(status), contacts);
}

// "=" works, "-" is claimed, "x" is broken, "." was not tested; a "~" behind it: a test runs.
QString sign(const PictureLane& lane) {
    const QString state = lane.state == LaneState::Works     ? QStringLiteral("=")
                          : lane.state == LaneState::Claimed ? QStringLiteral("-")
                          : lane.state == LaneState::Broken  ? QStringLiteral("x")
                                                             : QStringLiteral(".");
    return state + (lane.isTested ? QStringLiteral("~") : QString());
}

QString signsOf(const NetworkPicture& picture) {
    QString out = QStringLiteral("link") + sign(picture.router.lane);
    for (const PictureBand& band : picture.bands) {
        out += band.kind == BandKind::Local  ? QStringLiteral(" lan")
               : band.kind == BandKind::Ipv6 ? QStringLiteral(" six")
               : band.kind == BandKind::Ipv4 ? QStringLiteral(" four")
                                             : QStringLiteral(" tunnel");
        for (const PictureLane& lane : band.lanes)
            out += sign(lane);
    }
    for (const PictureNode& helper : picture.helpers)
        out += (helper.kind == NodeKind::ThirdParties ? QStringLiteral(" party") : QStringLiteral(" teredo")) +
               sign(helper.lane);
    return out;
}

NetworkStatus healthy() {
    NetworkStatus status = cases::openPort();
    cases::addIpv6(status);
    status.inbound6 = {true, WitnessKind::ThirdParty, true, {}};
    status.lan = {true, true, true, 3, 12};
    return status;
}

struct Case {
    const char* name;
    NetworkStatus status;
    std::vector<Contact> contacts;
    const char* signs;
};

std::vector<Case> cases_() {
    NetworkStatus running = cases::behindRouter();
    running.testsAreRunning = true;
    running.gateway.isSettled = false;
    running.gateway.udp.state = PortMappingState::Trying;
    NetworkStatus claimed = cases::openPort();
    claimed.gateway.udp.state = PortMappingState::Claimed;
    claimed.inbound4 = {};
    NetworkStatus tcpOnly = cases::openPort();
    tcpOnly.tcp.isUdpBlocked = true;
    NetworkStatus qualified = cases::behindRouter();
    cases::qualify(qualified, TeredoKind::Restricted);
    return {
        {"an open network", healthy(), {}, "link= lan= six== four== tunnel- party="},
        {"nothing", cases::nothing(), {}, "linkx sixxx fourxx tunnelx party."},
        {"a router that opens nothing", cases::behindRouter(), {}, "link- sixxx four-. tunnel- party."},
        {"a port, and no IPv6", cases::openPort(), {}, "link= sixxx four== tunnel- party="},
        {"a port that nobody has proven", claimed, {}, "link= sixxx four=- tunnel- party="},
        {"a carrier, and IPv6 that is shut", cases::carrier(), {}, "link= six=x four=x tunnel- partyx"},
        {"tests run", running, {}, "link-~ sixxx four-~.~ tunnel- party."},
        {"TCP alone", tcpOnly, {}, "link= sixxx four== tunnel- party="},
        {"a Teredo server answers", qualified, {}, "link= sixxx four=. tunnel= party. teredo="},
        {"a friend proves a way",
         cases::behindRouter(),
         {connected("Lena", 1, PathKind::Punched4)},
         "link= sixxx four=. tunnel- party."},
    };
}

/// A style in which nothing moves.
class StillStyle : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace

class NetworkPictureTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::apply(*qApp, Scheme::Light); }
    void networksGiveLanes();
    void everythingIsSaidInWords();
    void contactsStandAtTheirWay();
    void manyContactsAreOneNode();
    void nothingOverlapsOrLeaves_data();
    void nothingOverlapsOrLeaves();
    void theMirrorIsExact();
    void eachPartHasANameAndCanBeReached();
    void arrowsGoAboutAndEnterOpens();
    void packetsMoveOnlyWhileATestRuns();
};

void NetworkPictureTest::networksGiveLanes() {
    QStringList wrong;
    for (const Case& one : cases_())
        if (const QString signs = signsOf(pictureOf(one.status, one.contacts)); signs != QLatin1String(one.signs))
            wrong.append(QLatin1String(one.name) + QStringLiteral(": ") + signs);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("\n"))));
}

void NetworkPictureTest::everythingIsSaidInWords() {
    for (const Case& one : cases_()) {
        const NetworkPicture picture = pictureOf(one.status, one.contacts);
        for (const PictureBand& band : picture.bands)
            for (const PictureLane& lane : band.lanes)
                QVERIFY2(!lane.word.isEmpty() && !lane.sentence.isEmpty(), one.name);
        for (const PictureNode& node : QVector<PictureNode>{picture.computer, picture.router} + picture.helpers)
            QVERIFY2(!node.name.isEmpty() && !node.word.isEmpty() && !node.sentence.isEmpty(), one.name);
    }
    const NetworkPicture shut = pictureOf(cases::carrier());
    QCOMPARE(shut.bands.at(0).lanes.at(1).word, QStringLiteral("doesn't work"));
    QVERIFY(PictureMaker::describe(shut.bands.at(0)).contains(QStringLiteral("Friends to you: doesn't work")));
}

void NetworkPictureTest::contactsStandAtTheirWay() {
    const NetworkPicture picture =
        pictureOf(healthy(), {trying("Ola", 1), connected("Lena", 2, PathKind::Native6), unreachable("Ravi", 3),
                              connected("Mina", 4, PathKind::Lan), connected("Tom", 5, PathKind::Teredo)});
    QCOMPARE(picture.contacts.size(), 5);
    QCOMPARE(picture.contacts.at(0).name, QStringLiteral("Mina"));
    QCOMPARE(picture.bands.at(picture.contacts.at(0).band).kind, BandKind::Local);
    QCOMPARE(picture.bands.at(picture.contacts.at(1).band).kind, BandKind::Ipv6);
    QCOMPARE(picture.bands.at(picture.contacts.at(2).band).kind, BandKind::Tunnel);
    QCOMPARE(picture.contacts.at(3).name, QStringLiteral("Ravi"));
    QCOMPARE(sign(picture.contacts.at(3).lane), QStringLiteral("x"));
    QCOMPARE(picture.contacts.at(3).band, -1);
    QVERIFY(!picture.contacts.at(3).sentence.isEmpty());
    QCOMPARE(sign(picture.contacts.at(4).lane), QStringLiteral(".~"));
}

void NetworkPictureTest::manyContactsAreOneNode() {
    std::vector<Contact> contacts;
    for (int i = 0; i < 300; ++i)
        contacts.push_back(connected("Somebody", i, PathKind::Native6));
    Contact stranger = connected("Stranger", 301, PathKind::Native6);
    stranger.state = ContactState::Pending;
    contacts.push_back(stranger);
    const NetworkPicture picture = pictureOf(healthy(), contacts);
    QCOMPARE(picture.contacts.size(), NetworkPicture::kContactsMax);
    QCOMPARE(picture.contacts.last().kind, NodeKind::MoreContacts);
    QCOMPARE(picture.contacts.last().name, QStringLiteral("296 more"));
}

void NetworkPictureTest::nothingOverlapsOrLeaves_data() {
    QTest::addColumn<int>("width");
    for (const int width : {370, 420, 560, 579, 580, 600, 720, 900, 1200, 1600})
        QTest::addRow("%d", width) << width;
}

void NetworkPictureTest::nothingOverlapsOrLeaves() {
    QFETCH(int, width);
    NetworkStatus status = healthy();
    cases::qualify(status, TeredoKind::Restricted);
    std::vector<Contact> contacts;
    for (int i = 0; i < 9; ++i)
        contacts.push_back(connected("Somebody", i, PathKind::Native6));
    const NetworkPicture picture = pictureOf(status, contacts);
    const PictureLayout layout = layOut(picture, width, 18);
    const QVector<QRect> rects = layout.all();
    const QRect whole(0, 0, width, layout.height);
    for (int i = 0; i < rects.size(); ++i) {
        QVERIFY2(whole.contains(rects.at(i)), qPrintable(QString::number(i)));
        QVERIFY(rects.at(i).width() >= 70 && rects.at(i).height() >= 40);
        for (int j = 0; j < i; ++j)
            QVERIFY2(!rects.at(i).intersects(rects.at(j)), qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
    }
    for (const LaneLine& line : layout.lines) {
        QVERIFY(line.lane != nullptr && line.path.length() > 4);
        QVERIFY(QRectF(whole).adjusted(-1, -1, 1, 1).contains(line.path.boundingRect().adjusted(-0.5, -0.5, 0.5, 0.5)));
    }
}

void NetworkPictureTest::theMirrorIsExact() {
    const NetworkPicture picture = pictureOf(healthy(), {connected("Lena", 1, PathKind::Native6)});
    const PictureLayout there = layOut(picture, 700, 18), back = mirrored(mirrored(there, 700), 700);
    QCOMPARE(back.all(), there.all());
    const QRect computer = mirrored(there, 700).computer;
    QCOMPARE(computer.right(), 699 - there.computer.left());
    QCOMPARE(mirrored(there, 700).lines.first().path.pointAtPercent(0).x(),
             700 - there.lines.first().path.pointAtPercent(0).x());
}

void NetworkPictureTest::eachPartHasANameAndCanBeReached() {
    NetworkPictureView view;
    view.setPicture(pictureOf(cases::carrier(), {connected("Lena", 1, PathKind::Native6)}));
    view.resize(720, view.heightForWidth(720));
    view.show();
    QCOMPARE(view.items().size(), 2 + 3 + 1 + 1);
    for (const PictureItem* item : view.items()) {
        QVERIFY(item->focusPolicy() == Qt::StrongFocus);
        QVERIFY2(item->accessibleName().contains(QStringLiteral(": ")), qPrintable(item->accessibleName()));
        QVERIFY(!item->geometry().isEmpty());
    }
    QVERIFY(view.items().at(2)->accessibleName().contains(QStringLiteral("Friends to you: doesn't work")));
    const QPointer<PictureItem> computer = view.items().first();
    view.setPicture(pictureOf(healthy()));
    QVERIFY2(view.items().first() == computer, "what stays keeps the focus");
}

void NetworkPictureTest::arrowsGoAboutAndEnterOpens() {
    NetworkPictureView view;
    view.setPicture(pictureOf(cases::carrier(), {connected("Lena", 1, PathKind::Native6)}));
    view.resize(720, view.heightForWidth(720));
    view.show();
    view.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    QSignalSpy cards(&view, &NetworkPictureView::cardWanted), contacts(&view, &NetworkPictureView::contactWanted);
    view.items().first()->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(QApplication::focusWidget(), view.items().at(1));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(cards.size(), 1);
    QCOMPARE(cards.at(0).at(0).toString(), QStringLiteral("port_mapping"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QVERIFY(QApplication::focusWidget()->x() > view.items().at(1)->x());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Enter);
    QCOMPARE(contacts.size(), 1);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
    QCOMPARE(QApplication::focusWidget(), view.items().last());
}

void NetworkPictureTest::packetsMoveOnlyWhileATestRuns() {
    NetworkStatus running = cases::behindRouter();
    running.testsAreRunning = true;
    NetworkPictureView view;
    view.resize(720, 400);
    view.setPicture(pictureOf(running));
    QVERIFY2(!view.isMoving(), "nobody sees it");
    view.show();
    QVERIFY(view.isMoving());
    view.setPicture(pictureOf(cases::behindRouter()));
    QVERIFY(!view.isMoving());
    StillStyle still;
    view.setStyle(&still);
    view.setPicture(pictureOf(running));
    QVERIFY2(!view.isMoving(), "the system wants nothing to move");
    view.setStyle(nullptr);
}

} // namespace culvert

QTEST_MAIN(culvert::NetworkPictureTest)
#include "network_picture_test.moc"
