"""Two ends behind NATs that let nobody in meet after a third party's word, also where one of them is hard to find."""

import time

from capture import Capture, check_setup_only
from daemon import Daemon
from namespaces import LabError, until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import Person

ONE_WAY_MS = 12.5  # of each home: 25 ms between the two
KNOWN_SECONDS = 15
MEET_SECONDS = 75  # a search that finds nothing, one in sixty, is followed by another after a minute
EASY_MS_MAX = 6 * 50 + 100 + 300  # six round trips, and what programs and a busy machine take
HARD_MEDIAN_MS_MAX = 4000
RUNS, QUICK_RUNS = 20, 3

# Bob's NAT and Alice's; Bob writes.
CASES = {
    "hard-writes": (NatKind.SYMMETRIC, NatKind.PORT_RESTRICTED),
    "easy-writes": (NatKind.PORT_RESTRICTED, NatKind.SYMMETRIC),
    "both-easy": (NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED),
}


class Pair:
    """Two homes of some kinds, and a third party that both chose."""

    def __init__(self, lab, options, kinds):
        self.lab = lab
        self.third = lab.add_public_host("third")
        self.helper = Daemon(lab, self.third.host, options.culvertd, "third", mode="rendezvous").start()
        address = self.helper.first_address()
        self.people = []
        for name, kind in zip(("bob", "alice"), kinds):
            site = lab.add_home(name, kind, Ipv6.NONE, delay_ms=ONE_WAY_MS)
            daemon = Daemon(lab, site.host, options.culvertd, name, args=["--rendezvous", address])
            self.people.append(Person(site, daemon))
        self.bob, self.alice = self.people

    def start(self):
        """Both run, and each knows what its own network does."""
        for person in self.people:
            person.daemon.start()
        for person in self.people:
            person.daemon.wait_for("ready")
            until(lambda: knows_itself(person), KNOWN_SECONDS, f"{person.name} does not know the network", interval=0.1)

    def befriend(self):
        """Each adds the other. Neither address string holds a way in."""
        addresses = [person.daemon.call("profile.address")["address"] for person in self.people]
        for person, address in zip(self.people, reversed(addresses)):
            person.peer = person.daemon.call("contact.add", address=address)["contact"]

    def part(self):
        """Everything is forgotten, by both and by their routers."""
        for person in self.people:
            person.daemon.call("contact.remove", contact=person.peer)
            person.daemon.stop()
        for person in self.people:
            person.site.forget_flows()
        self.helper.kill9()  # the budget of a pair is for one meeting every few seconds
        self.helper.start().first_address()


def knows_itself(person):
    report = person.daemon.call("diagnostics.report", masked=False)
    return report["complete"] and report["verdict"]["nat"]["filtering"] is not None


def run(options, story):
    for name, kinds in CASES.items():
        with Lab(f"punch-{name}", bridge=options.bridge, keep=options.keep) as lab:
            story.say(f"Bob's NAT is {kinds[0].value}, Alice's {kinds[1].value}; Bob writes")
            pair = Pair(lab, options, kinds)
            for person in pair.people:
                person.daemon.start()
                person.daemon.call("profile.create", name=person.name)
                person.daemon.stop()
            run_case(pair, story, kinds, QUICK_RUNS if options.quick else RUNS)


def run_case(pair, story, kinds, runs):
    took = []
    capture = Capture(pair.lab, pair.lab.internet, pair.third.uplink, "to-third")
    for number in range(runs):
        pair.start()
        took.append(meet(pair, story, number))
        pair.part()
    took.sort()
    median, late = took[len(took) // 2], took[min(len(took) - 1, len(took) * 95 // 100)]
    story.say(f"time to the first delivered message, {runs} runs: median {median:.0f} ms, p95 {late:.0f} ms")
    hard = NatKind.SYMMETRIC in kinds
    limit = HARD_MEDIAN_MS_MAX if hard and runs >= RUNS else MEET_SECONDS * 1000 if hard else EASY_MS_MAX
    story.check(median <= limit, f"the median is within {limit} ms")
    count, octets, wrong = check_setup_only(capture.stop(), pair.third.addresses())
    story.check(count > 0 and not wrong, f"the third party saw {count} packets of {octets} octets, which only set up",
                "; ".join(wrong[:5]))


def meet(pair, story, number):
    """Milliseconds from when both know of each other until Bob's words are there."""
    text = f"found you, {number}"
    begun = time.monotonic()
    pair.befriend()
    pair.bob.send(text)
    try:
        arrival = pair.alice.expect(text, MEET_SECONDS)
    except LabError:
        paths = [person.daemon.call("path.list", contact=person.peer) for person in pair.people]
        raise LabError(f"run {number}: they did not meet within {MEET_SECONDS} s; {paths}")
    answer = f"and I you, {number}"
    pair.alice.send(answer)
    pair.bob.expect(answer)
    milliseconds = (arrival.time - begun) * 1000
    story.say(f"{milliseconds:6.0f} ms; Bob's path is {pair.bob.active_path()}")
    return milliseconds
