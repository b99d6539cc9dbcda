#include "ui/widgets/path_wording.h"

#include "ui/widgets/wording.h"

#include <QLocale>

namespace culvert {
namespace {

QString outlookSentence(const char* text) {
    return *text == 0 ? QString() : QCoreApplication::translate("PairOutlook", text);
}

} // namespace

QString PathWording::source(PathSource source) {
    switch (source) {
    case PathSource::Address:
        return tr("their address", "where a way was learnt from");
    case PathSource::Session:
        return tr("told while connected", "where a way was learnt from");
    case PathSource::LastTime:
        return tr("worked before", "where a way was learnt from");
    case PathSource::Handoff:
        return tr("a third party", "where a way was learnt from");
    case PathSource::Packet:
        return tr("a packet of theirs", "where a way was learnt from");
    case PathSource::Beacon:
        return tr("heard on the local network", "where a way was learnt from");
    case PathSource::Foretold:
        return tr("foretold from the NAT", "where a way was learnt from");
    case PathSource::Link:
        return tr("a TCP connection of ours", "where a way was learnt from");
    case PathSource::Stored:
        break;
    }
    return tr("stored", "where a way was learnt from: known since before the start");
}

QString PathWording::state(const PathInfo& path) {
    if (path.active)
        return tr("in use", "state of a way");
    if (path.works)
        return path.mayCarry
                   ? tr("works", "state of a way")
                   : tr("only measured", "state of a way: it works, but the user does not let it carry messages");
    switch (path.result) {
    case ProbeResult::NoWay:
        return tr("no way there", "state of a way: nothing of ours leads to it");
    case ProbeResult::NotTried:
        return tr("not tried yet", "state of a way");
    case ProbeResult::Waiting:
        return tr("being tried", "state of a way");
    case ProbeResult::Answered:
    case ProbeResult::Silent:
        break;
    }
    return path.answered ? tr("stopped answering", "state of a way") : tr("no answer", "state of a way");
}

QString PathWording::reason(PathReason reason) {
    switch (reason) {
    case PathReason::OnlyOne:
        return tr("This is the only way that answers.");
    case PathReason::OnlyAllowed:
        return tr("This is the only way that works and may carry messages; you allow no foreign relay.");
    case PathReason::MoreReliable:
        return tr("This way loses fewer packets than the next best one.");
    case PathReason::Faster:
        return tr("This way is faster than the next best one.");
    case PathReason::BetterKind:
        return tr("This way is as fast as the next best one, and of a kind that lasts longer.");
    case PathReason::BeforeTcp:
        return tr("The next best way is a TCP connection, where one lost packet holds up all that follow.");
    case PathReason::BeforeRelay:
        return tr("The next best way goes through a relay that neither of you chose.");
    case PathReason::OtherOnTrial:
        return tr("Another way would be better; it was left a short while ago, and has to prove itself first.");
    case PathReason::NotWorthIt:
        return tr("The next best way is no better, or by too little to change.");
    case PathReason::OtherSilent:
        return tr("The way before stopped answering.");
    case PathReason::None:
        break;
    }
    return {};
}

QString PathWording::moment(const PathMoment& moment) {
    const QString way = moment.path == PathKind::None
                            ? QString()
                            : tr("%1, %2", "kind of way, address")
                                  .arg(Wording::pathKind(moment.path), QString::fromStdString(moment.remote));
    QString out;
    switch (moment.kind) {
    case MomentKind::Up:
        out = moment.downFor > Duration::zero()
                  ? tr("A way answered again after %1: %2.").arg(Wording::milliseconds(moment.downFor), way)
                  : tr("A way answered: %1.").arg(way);
        break;
    case MomentKind::Switched:
        out = tr("Another way took over: %1. %2").arg(way, reason(moment.reason));
        break;
    case MomentKind::Down:
        out = tr("No way answers any more.");
        break;
    case MomentKind::PeerRestarted:
        out = tr("Their Culvert was started anew.");
        break;
    case MomentKind::HandoffSent:
        out = tr("A third party was asked to tell them where you are (handoff).");
        break;
    case MomentKind::HandoffHeard:
        out = tr("A third party told where they are (handoff).");
        break;
    case MomentKind::RingSent:
        out = tr("They were rung through a Teredo server.");
        break;
    case MomentKind::RingHeard:
        out = tr("They rang you.");
        break;
    case MomentKind::BeaconHeard:
        out = tr("They were heard on the local network.");
        break;
    case MomentKind::SearchBegan:
        out = tr("Both of you try many ports, because a router gives each peer another one.");
        break;
    case MomentKind::TriedAnew:
        out = tr("Everything is tried anew.");
        break;
    }
    return moment.count > 1 ? tr("%1 (%n times)", "an event", static_cast<int>(moment.count)).arg(out) : out;
}

QString PathWording::helper(Helper helper) {
    switch (helper) {
    case Helper::TeredoServer:
        return tr("A Teredo server carries the first packets.");
    case Helper::Doorbell:
        return tr("One of you rings the other through a Teredo server.");
    case Helper::ThirdParty:
        return tr("A third party has to tell each of you where the other is.");
    case Helper::Nobody:
        break;
    }
    return tr("One of you calls the other; nobody else is needed.");
}

QString PathWording::prediction(const PairOutlook& outlook, bool isWhole) {
    const QString remedy = (outlookSentence(sentenceOf(outlook.remedy, outlook.side)) + QLatin1Char(' ') +
                            outlookSentence(sentenceAfter(outlook)))
                               .trimmed();
    QString verdict, rest;
    switch (outlook.possible) {
    case Answer::Yes:
        return tr("By all that is known of both networks you can meet: %1. %2", "kind of way, what helps")
            .arg(Wording::pathKind(outlook.road), helper(outlook.helper));
    case Answer::No:
        verdict = tr("By all that is known of both networks you cannot meet.");
        rest = outlookSentence(sentenceOf(outlook.obstacle)) + QLatin1Char(' ') + remedy;
        break;
    case Answer::Unknown:
        verdict = tr("Too little is known of their network to say whether you can meet.");
        rest = remedy;
        break;
    }
    return isWhole ? (verdict + QLatin1Char(' ') + rest).simplified() : verdict;
}

QString PathWording::stamp(WallTime at, const QDateTime& now) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at.milliseconds);
    const QString clock = QLocale().toString(time.time(), QStringLiteral("HH:mm:ss"));
    return time.date() == now.date() ? clock
                                     : QLocale().toString(time.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString PathWording::ago(WallTime at, const QDateTime& now) {
    const qint64 seconds = (now.toMSecsSinceEpoch() - at.milliseconds) / 1000;
    if (seconds < 2)
        return tr("now", "time of the last try");
    if (seconds < 60)
        return tr("%n s ago", "seconds", static_cast<int>(seconds));
    if (seconds < 60 * 60)
        return tr("%n min ago", "minutes", static_cast<int>(seconds / 60));
    return stamp(at, now);
}

} // namespace culvert
