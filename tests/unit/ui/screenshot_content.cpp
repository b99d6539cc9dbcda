#include "screenshot_content.h"

#include "fake_messenger.h"
#include "tests/support/connection_cases.h"

#include <QDateTime>
#include <QLocale>

namespace culvert {

const char* words(const char* english, const char* arabic) {
    return QLocale().language() == QLocale::Arabic ? arabic : english;
}

std::int64_t minutesAgo(int minutes) {
    return QDateTime::currentMSecsSinceEpoch() - std::int64_t{minutes} * 60'000;
}

namespace {

void fillConversation(FakeMessenger& core, const ContactId& lena) {
    const auto them = MessageFrom::Them;
    const auto me = MessageFrom::Me;
    core.putMessage(lena, them, words("Are you coming on Saturday?", "هل ستأتي يوم السبت؟"), minutesAgo(60 * 26));
    core.putMessage(lena, me, words("Yes! I take the 9:40 train.", "نعم! سأستقل قطار الساعة 9:40."),
                    minutesAgo(60 * 26 - 3), MessageState::Read);
    core.putMessage(lena, me, words("Shall I bring the tent?", "هل أُحضر الخيمة؟"), minutesAgo(60 * 26 - 4),
                    MessageState::Read);
    core.putMessage(lena, them, words("Please do. Ours has a hole.", "نعم من فضلك. في خيمتنا ثقب."),
                    minutesAgo(60 * 25));
    core.putMessage(
        lena, them,
        words("The path along the river is closed above the weir, so we walk through the wood and come down to the "
              "old culvert from the other side. It is an hour longer, but there is shade all the way.",
              "الطريق بمحاذاة النهر مغلق فوق السد، فسنمشي عبر الغابة وننزل إلى القنطرة القديمة من الجانب الآخر. "
              "يطول الطريق ساعة، لكن الظل يرافقنا طوال المسير."),
        minutesAgo(42));
    core.putMessage(lena, them,
                    words("Map: https://example.org/maps/52.5170365,13.3888599?zoom=14&layers=hiking,contours",
                          "الخريطة: https://example.org/maps/52.5170365,13.3888599?zoom=14&layers=hiking,contours"),
                    minutesAgo(41));
    core.putMessage(lena, me, words("Good idea.", "فكرة جيدة."), minutesAgo(30), MessageState::Read);
    core.putMessage(lena, me,
                    words("First line\nSecond line\n\nA last line after a gap.",
                          "السطر الأول\nThe second line is in English.\n\nوسطر أخير بعد فراغ."),
                    minutesAgo(29), MessageState::Delivered);
    core.putMessage(lena, me, words("Did you get the photographs?", "هل وصلتك الصور؟"), minutesAgo(8),
                    MessageState::Sent);
}

void fillNetwork(FakeMessenger& core) {
    core.network.local.port = 41641;
    core.network.local.native6 = {*Ipv6Address::fromText("2001:db8:5:1::2f")};
    core.network.local.v4 = {Ipv4Address::of(192, 168, 1, 24)};
    core.network.gateway.udp.state = PortMappingState::Failed;
    core.network.gateway.udp.failure = PortMappingFailure::Refused;
    core.network.gateway.udp.detail = "501 ActionFailed";
    core.network.gateway.isSettled = true;
    core.network.observed = {{SocketAddress(Ipv4Address::of(203, 0, 113, 7), 41641), WitnessKind::ThirdParty}};
    core.network.nat.varies = false;
    core.network.thirdParties = {{"culvert:third7gqk5m2n4x6z2v3c", "k", true, 31ms, "203.0.113.7:41641"}};
    core.network.bytesThroughThirdParties = 18'734;
}

} // namespace

void fillContacts(FakeMessenger& core) {
    core.state = ProfileState::Open;
    fillNetwork(core);
    core.known = cases::connected();
    Contact& lena = core.put(words("Lena Ostrow", "لينا العطار"), 1, ContactState::Accepted,
                             {true, PathKind::Native6, 24ms, Verdict::None});
    lena.verified = true;
    fillConversation(core, lena.id);
    const Contact& tom =
        core.put(words("Tom", "توم"), 2, ContactState::Accepted, {true, PathKind::Teredo, 61ms, Verdict::None});
    core.putMessage(tom.id, MessageFrom::Them, words("Call me when you are home", "اتصل بي عندما تصل إلى البيت"),
                    minutesAgo(60 * 5));
    core.put(words("Tom", "توم"), 2, ContactState::Accepted, tom.presence).unread = 3;
    const Contact& ravi = core.put(
        words("Ravi Chandrasekhar-Featherstonehaugh", "عبد الرحمن بن عبد العزيز الأنصاري"), 3, ContactState::Accepted,
        {false,
         PathKind::None,
         {},
         Verdict::CannotConnect,
         {Answer::No, PathKind::None, Helper::Nobody, Obstacle::BothHard, Remedy::MapPort, Side::Either}});
    core.putMessage(ravi.id, MessageFrom::Them, words("See you in November", "أراك في نوفمبر"),
                    minutesAgo(60 * 24 * 12));
    core.putMessage(ravi.id, MessageFrom::Me, words("Here are the dates.", "هذه هي المواعيد."), minutesAgo(50),
                    MessageState::Queued);
    Contact& mina =
        core.put(words("Mina", "مينا"), 4, ContactState::Accepted, {true, PathKind::Lan, 1ms, Verdict::None});
    mina.draft = words("I wanted to ask you something", "أردت أن أسألك عن شيء");
    mina.mutedUntil = kMutedForEver;
    core.put(words("Ola", "علا"), 5, ContactState::Accepted, {false, PathKind::None, {}, Verdict::Connecting});
    core.put("Jo Park", 6, ContactState::Requested);
    core.put(words("Sam Whitfield", "سامي الحداد"), 7, ContactState::Pending).greeting =
        words("Hi, it's Sam from the choir. Lena gave me this.", "مرحبًا، أنا سامي من الجوقة. أعطتني لينا هذا العنوان.");
    core.put(words("Pushy Stranger", "غريب لحوح"), 8, ContactState::Blocked);
}

void fillTalk(FakeMessenger& core) {
    core.state = ProfileState::Open;
    Contact& lena = core.put(words("Lena Ostrow", "لينا العطار"), 1, ContactState::Accepted,
                             {true, PathKind::Native6, 24ms, Verdict::None});
    lena.lifetimeSeconds = 24 * 3600;
    lena.mutedUntil = kMutedForEver;
    lena.unread = 2;
    const auto them = MessageFrom::Them;
    const auto me = MessageFrom::Me;
    const ContactId id = lena.id;
    const MessageId question = core.putMessage(id, them,
                                               words("Which command was it again, and where is it written down?",
                                                     "ما هو الأمر مرة أخرى، وأين هو مكتوب؟"),
                                               minutesAgo(60 * 26))
                                   .id;
    Message& answer = core.putMessage(id, me,
                                      words("`./dev test`, see https://example.org/culvert/contributing#tests.",
                                            "`./dev test`، انظر https://example.org/culvert/contributing#tests."),
                                      minutesAgo(60 * 25), MessageState::Read);
    answer.replyTo = MessageRef{them, question};
    answer.theirReaction = "👍";
    core.putMessage(id, them,
                    words("Thanks! It says:\n```\n[ 42%] building\n[100%] all tests passed\n```",
                          "شكرًا! يقول:\n```\n[ 42%] building\n[100%] all tests passed\n```"),
                    minutesAgo(59));
    Message& edited =
        core.putMessage(id, me, words("Splendid, all of them.", "رائع، كلها."), minutesAgo(58), MessageState::Read);
    edited.editedAt = WallTime{minutesAgo(57)};
    edited.myReaction = edited.theirReaction = "🎉";
    core.putMessage(id, me, "", minutesAgo(56), MessageState::Read).isDeleted = true;
    Message& note = core.putMessage(id, me, "", minutesAgo(40), MessageState::Delivered);
    note.kind = MessageKind::TimerChange;
    note.lifetimeSeconds = 24 * 3600;
    Message& gone = core.putMessage(id, them, words("This one goes tomorrow.", "هذه تختفي غدًا."), minutesAgo(20));
    gone.lifetimeSeconds = 24 * 3600;
    core.putMessage(id, them, "😀", minutesAgo(12));
    core.putMessage(id, them, words("שלום, מה שלומך?", "Hello, and how are you?"), minutesAgo(2)).replyTo =
        MessageRef{me, MessageId{{99}}};
}

} // namespace culvert
