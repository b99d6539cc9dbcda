"""Two roads to a Teredo peer, past a real miredo relay or straight: payload takes the better one that it may take.

    Alice (IPv6, and IPv4) ---- internet ---- Bob (IPv4 alone, a Teredo client with the cone mark)
                                |      |
                       the relay        the detour

The ordinary road: Alice's operating system sends to Bob's Teredo address, the internet knows one relay for 2001::/32,
and that sends on to Bob by IPv4. The straight road: Alice's culvertd sends to Bob's IPv4 address itself. What goes
straight is led over a detour, so that the ordinary road is the quicker one; then that loses packets.
"""

import collections
import dataclasses
import time

from capture import FIRST_DATA_OCTET, UDP, Capture
from daemon import Daemon
from miredo import MiredoClient, MiredoRelay
from namespaces import run as run_command
from namespaces import until
from nat import Ipv6, NatKind
from netlab import Lab, sysctl
from stage import ONLINE_TIMEOUT, Person
from teredo_server import TeredoServer

DETOUR_MS, RELAY_MS = 35, 4  # a packet passes each of these links twice
LOSS = 0.2  # of what takes the ordinary road, each way
LOSS_OF_LINK = 1 - (1 - LOSS) ** 0.5
ORDINARY = "ordinary"
MESSAGE_EVERY = 0.1
QUALIFIED_WITHIN = 20
MEASURED_WITHIN = 40  # a road that carries nothing is probed every 25 s
LEFT_WITHIN = 2.0
BACK_AFTER, BACK_WITHIN = 5.0, 40.0  # kReturnAfter begins when it is left; kReturnProbes must be answered in a row
CHANGES_MAX = 1  # of each end's road while there is loss
PROBE_OCTETS_MAX = 1232  # a contact's address is probed with whole datagrams a few times
PROBES_PER_SECOND_MAX = 5
ARRIVED_WITHIN = 15


@dataclasses.dataclass(frozen=True)
class Change:
    """From `time` on (seconds since the epoch) this end's payload took this path."""

    time: float
    kind: str
    remote: str


class End:
    """One of the two: a person who writes numbered messages, and which path was in use when."""

    def __init__(self, lab, options, site, args):
        self.args = args
        self.person = Person(site, Daemon(lab, site.host, options.culvertd, site.name))
        self.sent = []
        self.changes = []

    def start(self, allow):
        self.person.daemon.args = self.args + (["--allow-ordinary-route"] if allow else [])
        self.person.daemon.start()
        self.sent, self.changes = [], []

    def call(self, method, **params):
        return self.person.daemon.call(method, **params)

    def paths(self):
        return self.call("path.list", contact=self.person.peer)["paths"]

    def watch(self):
        for path in self.paths():
            if path["active"]:
                now = (path["kind"], path["remote"])
                if not self.changes or now != (self.changes[-1].kind, self.changes[-1].remote):
                    self.changes.append(Change(time.time(), *now))

    def road(self):
        return self.changes[-1].kind if self.changes else None

    def write(self):
        text = f"{len(self.sent):05} from {self.person.name}"
        self.sent.append(text)
        self.person.send(text)

    def received(self):
        return [event.params["text"] for event in self.person.daemon.events if event.method == "message.received"]

    def road_changes(self, begin, end):
        """From one road to the other: there may be several paths that go straight."""
        pairs = zip(self.changes, self.changes[1:])
        return [after for before, after in pairs
                if (before.kind == ORDINARY) != (after.kind == ORDINARY) and begin <= after.time < end]

    def ordinary(self):
        """The path by the ordinary route once it has answered."""
        return next((path for path in self.paths() if path["kind"] == ORDINARY and path["answered"]), None)

    def straight(self):
        """The quickest of the others."""
        others = [path for path in self.paths() if path["kind"] != ORDINARY and path["answered"]]
        return min(others, key=lambda path: path["rtt_ms"], default=None)


class Talk:
    """Both ends write ten messages a second, and their paths are watched."""

    def __init__(self, ends):
        self._ends = ends
        self._next = time.monotonic()

    def until(self, condition, timeout):
        """Goes on until `condition` holds; whether it did within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if time.monotonic() >= self._next:
                self._next = max(self._next + MESSAGE_EVERY, time.monotonic())
                for end in self._ends:
                    end.write()
            for end in self._ends:
                end.watch()
            if condition():
                return True
            time.sleep(0.01)  # between two looks
        return False

    def go_on(self, seconds):
        self.until(lambda: False, seconds)

    def arrive(self, story):
        """What each wrote has arrived at the other once, in order."""
        for sender, receiver in (self._ends, self._ends[::-1]):
            until(lambda: len(receiver.received()) >= len(sender.sent), ARRIVED_WITHIN,
                  f"{len(receiver.received())} of {len(sender.sent)} messages of {sender.person.name}'s arrived", 0.1)
            got = receiver.received()
            twice = [text for text, count in collections.Counter(got).items() if count > 1]
            story.check(got == sender.sent, f"{len(got)} messages of {sender.person.name}'s arrived once and in order",
                        f"{len(got)} of {len(sender.sent)}, twice: {twice[:5]}")


class Town:
    """The internet with its relay, the detour, and the two ends."""

    def __init__(self, lab, options, alice_ipv6):
        self.lab = lab
        server = self.server = TeredoServer(lab, "server").start()
        self.relay = lab.add_public_host("relay", delay_ms=RELAY_MS, other_loss=LOSS_OF_LINK, seed=options.seed)
        MiredoRelay(lab, self.relay).start()
        bob = lab.add_home("bob", NatKind.FULL_CONE)
        alice = lab.add_home("alice", NatKind.PORT_RESTRICTED, alice_ipv6)
        self._lead_astray(alice, bob)
        args = ["--teredo-server", server.address]
        self.alice, self.bob = (End(lab, options, site, args) for site in (alice, bob))
        self.ends = (self.alice, self.bob)

    def _lead_astray(self, alice, bob):
        """IPv4 between the two goes over a host far away."""
        far = self.lab.add_public_host("detour", v6=False, delay_ms=DETOUR_MS)
        sysctl(far.host, {"net.ipv4.ip_forward": 1, "net.ipv4.conf.all.send_redirects": 0,
                          "net.ipv4.conf.eth0.send_redirects": 0})
        run_command("ip", "-n", self.lab.internet, "route", "add", "default", "via", far.public4, "table", "100")
        for site, other in ((alice, bob), (bob, alice)):
            run_command("ip", "-n", self.lab.internet, "rule", "add", "iif", site.uplink, "to", other.public4,
                        "lookup", "100")

    def start(self, allow=False):
        for end in self.ends:
            end.start(allow)

    def stop(self):
        for end in self.ends:
            end.person.daemon.stop()

    def befriend(self):
        for end in self.ends:
            end.call("profile.create", name=end.person.name)
            end.person.daemon.wait_for("ready")
        until(lambda: self.bob.call("diagnostics.report", masked=False)["teredo"]["kind"] == "cone", QUALIFIED_WITHIN,
              "Bob is no cone client", 0.1)
        addresses = [end.call("profile.address")["address"] for end in self.ends]
        for end, address in zip(self.ends, addresses[::-1]):
            end.person.peer = end.call("contact.add", address=address)["contact"]

    def meet(self):
        for end in self.ends:
            end.person.daemon.wait_for("ready")
            until(end.person.online, ONLINE_TIMEOUT, f"{end.person.name} does not see the other online", 0.05)

    def measured(self, story):
        """Both roads are measured at both ends, and the ordinary one is the quicker one."""
        for end in self.ends:
            until(lambda: end.ordinary() and end.straight(), MEASURED_WITHIN,
                  f"{end.person.name} does not know both roads: {end.paths()}", 0.1)
            ordinary, straight = end.ordinary(), end.straight()
            story.check(ordinary["rtt_ms"] + 20 < straight["rtt_ms"], f"{end.person.name} measures "
                        f"{ordinary['rtt_ms']:.0f} ms past the relay, {straight['rtt_ms']:.0f} ms straight "
                        f"({straight['kind']})", end.paths())

    def record(self):
        return Capture(self.lab, self.lab.internet, self.relay.uplink, "to-relay")

    def past_relay(self, packets):
        """The datagrams between the two that crossed the relay, each once: on its IPv6 side."""
        alice = self.alice.person.site.address6
        return [packet for packet in packets if packet.protocol == UDP and alice in (packet.source, packet.destination)]


def is_payload(packet):
    return packet.payload[:1] >= bytes([FIRST_DATA_OCTET])


def run(options, story):
    for alice_ipv6 in (Ipv6.OPEN,) if options.quick else (Ipv6.OPEN, Ipv6.FIREWALLED):
        story.say(f"Alice has {alice_ipv6.value}")
        run_with(options, story, alice_ipv6)


def run_with(options, story, alice_ipv6):
    with Lab("two-roads", bridge=options.bridge, keep=options.keep) as lab:
        town = Town(lab, options, alice_ipv6)
        town.start()
        town.befriend()
        town.meet()
        check_not_allowed(town, story)
        town.stop()
        town.start(allow=True)
        town.meet()
        check_loss(town, story, 8 if options.quick else 20)
        town.stop()
        town.start()
        town.meet()
        check_one_allows(town, story)
        check_system_teredo(lab, options, town, story)
        town.stop()


def check_not_allowed(town, story):
    story.say("nobody allowed the ordinary route")
    town.measured(story)
    story.check(not any(end.ordinary()["may_carry"] for end in town.ends), "both say that it may not carry messages")
    record, begun, talk = town.record(), time.time(), Talk(town.ends)
    talk.go_on(5)
    talk.arrive(story)
    seconds, seen = time.time() - begun, town.past_relay(record.stop())
    story.check(not any(is_payload(packet) for packet in seen), f"no payload among the {len(seen)} packets that crossed "
                f"the relay in {seconds:.0f} s")
    large = [len(packet.payload) for packet in seen if len(packet.payload) > PROBE_OCTETS_MAX]
    story.check(not large and len(seen) <= PROBES_PER_SECOND_MAX * seconds, "they are probes, few and small",
                f"{len(seen)} packets, too large: {large}")
    for end in town.ends:
        story.check(all(change.kind != ORDINARY for change in end.changes), f"{end.person.name}'s never took it: "
                    f"{', '.join(change.kind for change in end.changes)}")


def check_loss(town, story, seconds):
    story.say("both allow it")
    town.measured(story)
    record, talk = town.record(), Talk(town.ends)
    on_it = lambda: all(end.road() == ORDINARY for end in town.ends)
    story.check(talk.until(on_it, 5), "the messages of both go past the relay", roads(town))
    talk.go_on(2)  # it is measured closely meanwhile
    town.relay.toggle_loss()
    begun = time.time()
    talk.go_on(seconds)
    ended = time.time()
    town.relay.toggle_loss()
    check_left(town, story, begun, ended)
    story.check(talk.until(on_it, BACK_WITHIN), "the messages of both go past the relay again", roads(town))
    for end in town.ends:
        back = end.changes[-1].time - ended
        story.check(back >= BACK_AFTER, f"{end.person.name}'s {back:.1f} s after the last loss", end.changes)
        story.say(f"{end.person.name}'s paths: {trace(end, begun)}")
    talk.go_on(1)
    talk.arrive(story)
    payload = [packet for packet in town.past_relay(record.stop()) if is_payload(packet)]
    check_capture(story, town, payload, begun, ended)


def check_left(town, story, begun, ended):
    for end in town.ends:
        changes = end.road_changes(begun, ended)
        story.check(changes and changes[0].kind != ORDINARY and changes[0].time - begun <= LEFT_WITHIN,
                    f"{end.person.name}'s messages left the lossy road after "
                    f"{changes[0].time - begun if changes else float('inf'):.2f} s", trace(end, begun))
        story.check(len(changes) <= CHANGES_MAX, f"  and kept to the other one for {ended - begun:.0f} s",
                    trace(end, begun))


def check_capture(story, town, payload, begun, ended):
    """What the wire says of it. The last packets may have waited for their acknowledgement."""
    for name, side in (("Alice", lambda packet: packet.source), ("Bob", lambda packet: packet.destination)):
        mine = [packet for packet in payload if side(packet) == town.alice.person.site.address6]
        before = sum(packet.time < begun for packet in mine)
        late = sum(begun + LEFT_WITHIN <= packet.time < ended for packet in mine)
        after = sum(packet.time >= ended for packet in mine)
        story.check(before and after and not late, f"{name}'s payload on the wire at the relay: {before} packets before "
                    f"the loss, none from {LEFT_WITHIN:g} s on while it lasts, {after} after it", f"{late} meanwhile")


def check_one_allows(town, story):
    story.say("neither allows it in this run; then Alice does, for good")
    town.measured(story)
    record, talk = town.record(), Talk(town.ends)
    talk.go_on(1)
    story.check(all(end.road() != ORDINARY for end in town.ends), "the permission of the last run is gone", roads(town))
    town.alice.call("settings.set", allow_ordinary_route=True)
    story.check(talk.until(lambda: town.alice.road() == ORDINARY, 5), "Alice's messages go past the relay at once",
                roads(town))
    talk.go_on(2)
    story.check(town.bob.road() != ORDINARY, "Bob's go straight as before", roads(town))
    town.alice.call("settings.set", allow_ordinary_route=False)
    forbidden = time.time()
    talk.go_on(2)
    talk.arrive(story)
    payload = [packet for packet in town.past_relay(record.stop()) if is_payload(packet)]
    alices = [packet for packet in payload if packet.source == town.alice.person.site.address6]
    late = [packet for packet in alices if packet.time > forbidden + 0.1]  # when the answer to the call was read
    story.check(alices and len(alices) == len(payload) and not late, f"{len(alices)} packets of hers crossed the relay, "
                "none after she took the permission back, and none of Bob's", f"{len(payload)}, late: {len(late)}")


def check_system_teredo(lab, options, town, story):
    """Carol's operating system is a Teredo client, and Bob's is not: his culvertd is. Nothing else is IPv6 there."""
    site = lab.add_home("carol", NatKind.PORT_RESTRICTED)
    address = MiredoClient(lab, site, town.server).start().qualified()
    carol = End(lab, options, site, [])
    carol.start(allow=False)
    carol.call("profile.create", name="Carol")
    carol.person.daemon.wait_for("ready")
    story.say(f"Carol's system has a Teredo interface with {address}")
    bob = Person(town.bob.person.site, town.bob.person.daemon)
    bob.peer = bob.daemon.call("contact.add", address=carol.call("profile.address")["address"])["contact"]
    carol.person.peer = carol.call("contact.add", address=bob.daemon.call("profile.address")["address"])["contact"]
    for person, other in ((carol.person, bob), (bob, carol.person)):
        until(person.online, ONLINE_TIMEOUT, f"{person.name} does not see {other.name} online", 0.05)
        person.send(f"{person.name} writes")
        other.expect(f"{person.name} writes")
        until(lambda: teredo_of(person), MEASURED_WITHIN, f"no Teredo path of {person.name}'s to {other.name} answers: "
              f"{person.daemon.call('path.list', contact=person.peer)}", 0.1)
        story.check(teredo_of(person)["may_carry"], f"{person.name}'s message arrived, and a Teredo path to "
                    f"{other.name} works: {teredo_of(person)['rtt_ms']:.0f} ms, no stranger's relay in it")
    carol.person.daemon.stop()


def teredo_of(person):
    paths = person.daemon.call("path.list", contact=person.peer)["paths"]
    return next((path for path in paths if path["kind"] == "teredo" and path["answered"]), None)


def roads(town):
    return {end.person.name: end.paths() for end in town.ends}


def trace(end, since):
    return ", ".join(f"{change.time - since:.2f} s {change.kind}" for change in end.changes)
