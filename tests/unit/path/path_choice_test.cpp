#include "core/path/path_choice.h"

#include <gtest/gtest.h>

namespace culvert {
namespace {

PathMeasure path(PathKind kind, Duration roundTrip, double loss = 0, bool alive = true) {
    return {kind, alive, roundTrip, loss};
}

struct Case {
    const char* name;
    PathMeasure challenger, current;
    bool takesOver;
};

const Case kCases[] = {
    {"the living before the dead", path(PathKind::Punched4, 200ms), path(PathKind::Lan, 1ms, 0, false), true},
    {"the dead never", path(PathKind::Lan, 1ms, 0, false), path(PathKind::Punched4, 200ms, 0.5), false},
    {"the same network when round trips tie", path(PathKind::Lan, 1ms), path(PathKind::Native6, 1ms), true},
    {"IPv6 before IPv4 when round trips tie", path(PathKind::Native6, 30ms), path(PathKind::Mapped4, 30ms), true},
    {"a forwarded port before the tunnel address", path(PathKind::Mapped4, 30ms), path(PathKind::Teredo, 30ms), true},
    {"never back when round trips tie", path(PathKind::Mapped4, 30ms), path(PathKind::Native6, 30ms), false},
    {"a little faster is not enough", path(PathKind::Mapped4, 28ms), path(PathKind::Native6, 30ms), false},
    {"much faster is", path(PathKind::Mapped4, 15ms), path(PathKind::Native6, 30ms), true},
    {"a lossy fast path loses to a clean slower one", path(PathKind::Mapped4, 40ms), path(PathKind::Native6, 20ms, 0.3),
     true},
    {"one lost probe of sixteen does not", path(PathKind::Mapped4, 40ms), path(PathKind::Native6, 35ms, 1.0 / 16),
     false},
    {"two alike do not alternate", path(PathKind::Native6, 30ms), path(PathKind::Native6, 31ms), false},
};

TEST(PathChoice, takesOverWhen) {
    for (const auto& [name, challenger, current, takesOver_] : kCases)
        EXPECT_EQ(takesOver(challenger, current), takesOver_) << name;
}

// Whatever the measures, two paths never each take over from the other: that would flap for ever.
TEST(PathChoice, neverFlaps) {
    for (const PathKind a : {PathKind::Lan, PathKind::Native6, PathKind::Mapped4, PathKind::Teredo, PathKind::Punched4})
        for (const PathKind b :
             {PathKind::Lan, PathKind::Native6, PathKind::Mapped4, PathKind::Teredo, PathKind::Punched4})
            for (int x = 0; x < 200; x += 3)
                for (int y = 0; y < 200; y += 3)
                    for (const double loss : {0.0, 0.1, 0.5}) {
                        const PathMeasure one = path(a, Duration(1ms) * x, loss), two = path(b, Duration(1ms) * y);
                        ASSERT_FALSE(takesOver(one, two) && takesOver(two, one)) << x << " " << y << " " << loss;
                    }
}

TEST(PathChoice, choosesAmongMany) {
    const PathMeasure paths[] = {path(PathKind::Punched4, 50ms), path(PathKind::Native6, 48ms),
                                 path(PathKind::Lan, 1ms, 0, false)};
    EXPECT_EQ(choosePath(paths, -1), 1);
    EXPECT_EQ(choosePath(paths, 1), 1);
    EXPECT_EQ(choosePath(std::span(paths).first(0), -1), -1);
    const PathMeasure dead[] = {path(PathKind::Lan, 1ms, 0, false)};
    EXPECT_EQ(choosePath(dead, 0), -1);
}

} // namespace
} // namespace culvert
