// Which criterion decides for the path in use: a table. Whatever is said must agree with what is chosen.
#include "core/path/path_choice.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace culvert {
namespace {

using enum PathKind;

PathMeasure path(PathKind kind, Duration roundTrip, unsigned lostInTen = 0) {
    PathMeasure out{kind, true, roundTrip};
    for (unsigned i = 0; i < 60; ++i)
        out.history.add(i % 10 >= lostInTen);
    return out;
}
PathMeasure dead(PathMeasure measure) {
    measure.alive = false;
    return measure;
}
PathMeasure forbidden(PathMeasure measure) {
    measure.mayCarry = false;
    return measure;
}
PathMeasure heldBack(PathMeasure measure) {
    measure.isHeldBack = true;
    return measure;
}

struct Case {
    const char* name;
    std::vector<PathMeasure> paths; ///< the first one is in use
    PathReason reason;
};

const Case kCases[] = {
    {"alone", {path(Native6, 30ms)}, PathReason::OnlyOne},
    {"the others are silent", {path(Native6, 30ms), dead(path(Lan, 1ms))}, PathReason::OnlyOne},
    {"the other one may carry nothing", {path(Tcp, 90ms), forbidden(path(Ordinary, 10ms))}, PathReason::OnlyAllowed},
    {"the other one loses", {path(Punched4, 90ms), path(Native6, 20ms, 3)}, PathReason::MoreReliable},
    {"much nearer", {path(Native6, 20ms), path(Mapped4, 60ms)}, PathReason::Faster},
    {"as near, of a better kind", {path(Native6, 30ms), path(Mapped4, 30ms)}, PathReason::BetterKind},
    {"the same network", {path(Lan, 1ms), path(Native6, 1ms)}, PathReason::BetterKind},
    {"before TCP", {path(Native6, 80ms), path(Tcp, 20ms)}, PathReason::BeforeTcp},
    {"TCP before a foreign relay", {path(Tcp, 90ms), path(Ordinary, 10ms)}, PathReason::BeforeRelay},
    {"too little between them", {path(Native6, 31ms), path(Mapped4, 28ms)}, PathReason::NotWorthIt},
    {"the better one was left lately", {path(Mapped4, 80ms), heldBack(path(Native6, 20ms))}, PathReason::OtherOnTrial},
    {"one that was left and is no better", {path(Native6, 20ms), heldBack(path(Mapped4, 80ms))}, PathReason::Faster},
    {"the best of the others counts",
     {path(Native6, 20ms), path(Mapped4, 200ms), path(Punched4, 19ms)},
     PathReason::BetterKind},
};

TEST(PathReason, whatDecides) {
    for (const Case& one : kCases) {
        EXPECT_EQ(reasonFor(one.paths, 0), one.reason) << one.name;
        EXPECT_EQ(choosePath(one.paths, 0), 0) << one.name << ": nothing takes over from it";
    }
}

TEST(PathReason, nothingInUseHasNone) {
    const std::vector<PathMeasure> paths{dead(path(Native6, 30ms))};
    EXPECT_EQ(reasonFor(paths, -1), PathReason::None);
    EXPECT_EQ(reasonFor({}, -1), PathReason::None);
}

} // namespace
} // namespace culvert
