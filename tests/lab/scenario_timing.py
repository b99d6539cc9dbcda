"""How long it takes to connect, and how long a message is under way, beside what the network itself takes."""

import contextlib
import dataclasses
import time

from live_pair import LivePair
from namespaces import ping
from nat import NatKind
from upnp import Speaks

ONE_WAY_MS = 12.5  # of each home: 25 ms between the two
ROUND_TRIP_MS = 50
RUNS, QUICK_RUNS = 20, 3
MESSAGES, QUICK_MESSAGES = 200, 30
PINGS = 20
QUICK_FACTOR = 5  # a short run may share its machine
LOSS = 0.01
NEAR_MS_MAX = 100  # to connect where the network takes no time
DIRECT_MS_MAX = 4 * ROUND_TRIP_MS
HANDOFF_MS_MAX = 6 * ROUND_TRIP_MS + 100
ADDED_MS_MAX = 1.0  # by the program to the round trip of a message, median
LOSSY_MS_MAX = 2.5 * ROUND_TRIP_MS  # p95


@dataclasses.dataclass(frozen=True)
class Case:
    """A kind of Bob's network. Alice's NAT is always port-restricted."""

    name: str
    nat: NatKind
    speaks: Speaks
    limit_far: float  # ms to connect with ONE_WAY_MS


CASES = [
    Case("open", NatKind.PUBLIC, Speaks.NOTHING, DIRECT_MS_MAX),
    Case("mapped", NatKind.PORT_RESTRICTED, Speaks.UPNP, DIRECT_MS_MAX),
    Case("punched", NatKind.PORT_RESTRICTED, Speaks.NOTHING, HANDOFF_MS_MAX),
]


class Judge:
    """Says figures beside their limits, and remembers what was missed."""

    def __init__(self, story, quick):
        self._story, self._factor, self.missed = story, QUICK_FACTOR if quick else 1, []

    def figure(self, what, value, limit, unit="ms"):
        late = value > limit * self._factor
        words = f"{what}: {value:.1f} {unit} (limit {limit:g} {unit})"
        short = self._story.paint("31", "MISSED") if late else "ok" if value <= limit else "slow, in a short run"
        self._story.say(f"{short}  {words}")
        if late:
            self.missed.append(words)


def run(options, story):
    judge = Judge(story, options.quick)
    with contextlib.ExitStack() as stack:
        pairs = {}
        for case in CASES:
            for name, one_way in (("near", None), ("far", ONE_WAY_MS)):
                lossy = LOSS if one_way and case.name == "mapped" else 0.0
                pairs[case, name] = stack.enter_context(LivePair(
                    options, f"timing-{case.name}-{name}", (case.nat, NatKind.PORT_RESTRICTED), case.speaks, one_way,
                    loss=lossy))
        took = connect(pairs, story, QUICK_RUNS if options.quick else RUNS)
        for (case, name), milliseconds in took.items():
            median, late = statistics(milliseconds)
            limit, delay = (NEAR_MS_MAX, 0) if name == "near" else (case.limit_far, 2 * ONE_WAY_MS)
            what = f"to connect, Bob {case.name}, {delay:g} ms one way, {len(milliseconds)} runs"
            judge.figure(f"{what}: median", median, limit)
            judge.figure(f"{what}: p95", late, limit)
        far = next(pair for (case, name), pair in pairs.items() if case.name == "mapped" and name == "far")
        messages(far, judge, story, QUICK_MESSAGES if options.quick else MESSAGES)
        for pair in pairs.values():
            for person in pair.people:
                person.daemon.stop()
    story.check(not judge.missed, "everything was in time", "; ".join(judge.missed))


def connect(pairs, story, runs):
    """Milliseconds by pair. All prepare at the same time, and connect one after the other, in peace."""
    took = {key: [] for key in pairs}
    for pair in pairs.values():
        pair.create()
    for number in range(runs):
        for pair in pairs.values():
            pair.ready()
        for key, pair in pairs.items():
            took[key].append(pair.befriend() * 1000)
        words = ", ".join(f"{case.name} {name} {took[case, name][-1]:.1f}" for case, name in pairs)
        story.say(f"run {number}: ms to connect: {words}")
        if number + 1 < runs:  # the last ones stay together
            for pair in pairs.values():
                pair.part()
                pair.start()
    return took


def messages(pair, judge, story, count):
    """The time from the order to send until "delivered" is told, one message after the other."""
    ping = pinged(pair)
    median, late = statistics(delivered(pair, count))
    story.say(f"without loss: a ping takes {ping:.2f} ms, a message and its acknowledgement {median:.2f} ms (median), "
              f"p95 {late:.2f} ms, {count} messages; {pair.bob.active_path()}")
    judge.figure("what the program adds to the round trip, median", median - ping, ADDED_MS_MAX)
    pair.bob.site.toggle_loss()
    times = delivered(pair, 2 * count)
    pair.bob.site.toggle_loss()
    median, late = statistics(times)
    story.say(f"{LOSS:.0%} of the packets lost each way: median {median:.2f} ms, p99 {percentile(times, 99):.1f} ms, "
              f"the longest {max(times):.1f} ms, {len(times)} messages")
    judge.figure("a message and its acknowledgement with that loss, p95", late, LOSSY_MS_MAX)


def delivered(pair, count):
    found = []
    for number in range(count):
        sender = pair.people[number % 2]
        begun = time.monotonic()
        wanted = sender.send(f"{number} from {sender.name}")
        event = sender.daemon.wait_for("message.state", lambda params: params["id"] == wanted and
                                       params["state"] == "delivered", what=f"message {number} was not delivered")
        found.append((event.time - begun) * 1000)
    return found


def pinged(pair):
    """Milliseconds of a ping from Bob to Alice's router, median: the same links, and no program of ours."""
    times = [ping(pair.bob.site.host, pair.alice.site.public4, number) for number in range(PINGS)]
    return statistics(times)[0] * 1000


def statistics(values):
    """Median and p95."""
    return percentile(values, 50), percentile(values, 95)


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
