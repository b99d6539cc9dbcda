#include "core/path/path_choice.h"

#include <gtest/gtest.h>

#include <string>

namespace culvert {
namespace {

// The newest probe stands last: '.' was answered, 'x' was lost.
ProbeHistory history(const std::string& probes) {
    ProbeHistory out;
    for (const char probe : probes)
        out.add(probe == '.');
    return out;
}

PathMeasure path(PathKind kind, Duration roundTrip, const std::string& probes = std::string(16, '.'),
                 bool alive = true) {
    return {kind, alive, roundTrip, history(probes)};
}
PathMeasure forbidden(PathMeasure measure) {
    measure.mayCarry = false;
    return measure;
}
PathMeasure heldBack(PathMeasure measure) {
    measure.isHeldBack = true;
    return measure;
}
PathMeasure leftForLoss(PathMeasure measure) {
    measure.isHeldBack = measure.wasLossy = true;
    return measure;
}

const std::string kClean(64, '.');
const std::string kTenth = "x.........x.........x.........x.........x.........x.........";
const std::string kFifth = "x....x....x....x....x....x....x....x....x....x....x....x....";

struct Case {
    const char* name;
    PathMeasure challenger, current;
    bool takesOver;
};

using enum PathKind;
const Case kCases[] = {
    {"the living before the dead", path(Punched4, 200ms), path(Lan, 1ms, "", false), true},
    {"the dead never", path(Lan, 1ms, "", false), path(Punched4, 200ms, kFifth), false},
    {"the same network when round trips tie", path(Lan, 1ms), path(Native6, 1ms), true},
    {"IPv6 before IPv4 when round trips tie", path(Native6, 30ms), path(Mapped4, 30ms), true},
    {"a forwarded port before the tunnel address", path(Mapped4, 30ms), path(Teredo, 30ms), true},
    {"our own relay before somebody else's", path(Teredo, 30ms), path(Ordinary, 30ms), true},
    {"never back when round trips tie", path(Mapped4, 30ms), path(Native6, 30ms), false},
    {"a little faster is not enough", path(Mapped4, 28ms), path(Native6, 30ms), false},
    {"much faster is", path(Mapped4, 15ms), path(Native6, 30ms), true},
    {"somebody else's relay too, when it is much faster", path(Ordinary, 15ms), path(Teredo, 30ms), true},
    {"TCP before somebody else's relay, however fast that is", path(Tcp, 200ms), path(Ordinary, 5ms), true},
    {"and not back", path(Ordinary, 5ms), path(Tcp, 200ms), false},
    {"but for reliability", path(Ordinary, 5ms, kClean), path(Tcp, 200ms, kFifth), true},
    {"TCP over a direct path that is much slower has to pay", path(Tcp, 10ms), path(Punched4, 100ms), false},
    {"any direct path before TCP", path(Punched4, 90ms), path(Tcp, 30ms), true},
    {"two alike do not alternate", path(Native6, 30ms), path(Native6, 31ms), false},

    {"reliability before latency", path(Mapped4, 90ms, kClean), path(Native6, 20ms, kFifth), true},
    {"and not back for latency", path(Native6, 20ms, kFifth), path(Mapped4, 90ms, kClean), false},
    {"one lost of three decides nothing", path(Mapped4, 40ms), path(Native6, 35ms, "..x"), false},
    {"the first one lost decides nothing", path(Mapped4, 40ms), path(Native6, 35ms, "x.."), false},
    {"one lost of sixteen decides nothing", path(Mapped4, 40ms), path(Native6, 35ms, "...............x"), false},
    {"two lost of sixteen decide nothing", path(Mapped4, 40ms), path(Native6, 35ms, "......x........x"), false},
    {"three lost of the last eight decide", path(Mapped4, 90ms), path(Native6, 20ms, kClean + "x..x..x."), true},
    {"a good past does not hide a bad present", path(Mapped4, 90ms), path(Native6, 20ms, kClean + "xxx"), true},
    {"nor a bad past a good present", path(Mapped4, 90ms), path(Native6, 20ms, "xxxxxxxx" + kClean), false},
    {"a tenth is borne when the other way is longer", path(Mapped4, 90ms, kClean), path(Native6, 20ms, kTenth), false},
    {"a new way is believed", path(Mapped4, 90ms, "."), path(Native6, 20ms, kFifth), true},
    {"one that loses as much is not better", path(Mapped4, 20ms, kFifth), path(Native6, 30ms, kFifth), true},
    {"one that loses as much must be faster", path(Mapped4, 90ms, kFifth), path(Native6, 30ms, kFifth), false},
    {"one that loses more never is", path(Mapped4, 1ms, "xx..xx..xx..xx.."), path(Native6, 90ms, kTenth), false},

    {"what the user forbids, never", forbidden(path(Ordinary, 1ms)), path(Teredo, 90ms, kFifth), false},
    {"whatever else there is before that", path(Teredo, 90ms, kFifth), forbidden(path(Ordinary, 1ms)), true},
    {"who was left must wait, however fast", heldBack(path(Native6, 1ms)), path(Mapped4, 90ms), false},
    {"but not while the other one fails", heldBack(path(Native6, 90ms, kClean)), path(Mapped4, 1ms, kFifth), true},
    {"if its loss was the reason it must certainly be better", leftForLoss(path(Native6, 90ms, kTenth)),
     path(Mapped4, 1ms, kFifth), false},
    {"which it can be", leftForLoss(path(Native6, 90ms, kClean)), path(Mapped4, 1ms, kFifth), true},
    {"nor when it is dead", heldBack(path(Native6, 1ms)), path(Mapped4, 1ms, "", false), true},
};

TEST(PathChoice, takesOverWhen) {
    for (const auto& [name, challenger, current, takesOver_] : kCases)
        EXPECT_EQ(takesOver(challenger, current), takesOver_) << name;
}

// Whatever the measures, two paths never each take over from the other: that would flap for ever.
TEST(PathChoice, neverFlaps) {
    const std::string histories[] = {"", ".", "x", kClean, kTenth, kFifth, "...x", "xxx.", kClean + "xxxx", "x.x.x.x."};
    for (const PathKind a : {Lan, Native6, Mapped4, Teredo, Punched4, Ordinary})
        for (const PathKind b : {Lan, Native6, Mapped4, Teredo, Punched4, Ordinary})
            for (const std::string& first : histories)
                for (const std::string& second : histories)
                    for (int x = 0; x < 100; x += 3)
                        for (int y = 0; y < 100; y += 7) {
                            const PathMeasure one = path(a, Duration(1ms) * x, first);
                            const PathMeasure two = path(b, Duration(1ms) * y, second);
                            ASSERT_FALSE(takesOver(one, two) && takesOver(two, one))
                                << x << " " << first << " " << y << " " << second;
                        }
}

TEST(ProbeHistory, isSureOfLittle) {
    EXPECT_EQ(history(kClean).lossAtLeast(), 0);
    EXPECT_NEAR(history(kFifth).loss(), 0.2, 0.01);
    EXPECT_LT(history(kFifth).lossAtLeast(), 0.2);
    EXPECT_GT(history(kFifth).lossAtLeast(), 0.08);
    EXPECT_LT(history("..x").lossAtLeast(), 0.08);
    EXPECT_LT(history("").lossGuess(), 0.06);
}

TEST(ProbeHistory, aLateAnswerCounts) {
    ProbeHistory late = history("..x");
    const std::uint64_t number = late.total();
    late.add(true);
    late.add(false);
    late.amend(number);
    EXPECT_EQ(late.lost(5), 1U);
    EXPECT_TRUE(late.hasLost(1));
    for (unsigned i = 0; i < 2 * ProbeHistory::kMax; ++i)
        late.add(false);
    late.amend(number); // long forgotten
    EXPECT_EQ(late.lost(ProbeHistory::kMax), ProbeHistory::kMax);
}

TEST(PathChoice, choosesAmongMany) {
    const PathMeasure paths[] = {path(PathKind::Punched4, 50ms), path(PathKind::Native6, 48ms),
                                 path(PathKind::Lan, 1ms, "", false)};
    EXPECT_EQ(choosePath(paths, -1), 1);
    EXPECT_EQ(choosePath(paths, 1), 1);
    EXPECT_EQ(choosePath(std::span(paths).first(0), -1), -1);
    const PathMeasure dead[] = {path(PathKind::Lan, 1ms, "", false)};
    EXPECT_EQ(choosePath(dead, 0), -1);
}

int chosen(const std::vector<PathMeasure>& paths, int current = -1) {
    return choosePath(paths, current);
}

TEST(PathChoice, tcpIsTheLastOfTheDirectWays) {
    EXPECT_EQ(chosen({path(Tcp, 10ms), path(Punched4, 500ms)}), 1) << "however much faster it is";
    EXPECT_EQ(chosen({path(Tcp, 10ms), path(Punched4, 500ms)}, 0), 1);
    EXPECT_EQ(chosen({path(Tcp, 10ms), path(Punched4, 500ms, "", false)}, 0), 0);
    EXPECT_EQ(chosen({path(Tcp, 10ms), forbidden(path(Native6, 5ms))}, 0), 0);
    EXPECT_EQ(chosen({path(Tcp, 10ms, kClean), path(Punched4, 50ms, kFifth)}, 1), 0) << "reliability first";
    EXPECT_EQ(chosen({path(Tcp, 10ms), leftForLoss(path(Punched4, 50ms))}, 0), 0);
    EXPECT_EQ(chosen({path(Tcp, 10ms), path(Ordinary, 5ms)}), 0);
}

// A slow direct path that gives way to the relay, which gives way to TCP, which gives way to the direct path.
TEST(PathChoice, tcpMakesNoCircle) {
    const std::vector<PathMeasure> paths{path(Punched4, 300ms), path(Tcp, 50ms), path(Ordinary, 50ms)};
    int current = -1;
    for (int i = 0; i < 10; ++i)
        current = chosen(paths, current);
    EXPECT_EQ(chosen(paths, current), current);
    EXPECT_EQ(current, 2);
}

} // namespace
} // namespace culvert
