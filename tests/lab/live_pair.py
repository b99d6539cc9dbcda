"""Two friends and the third party that both chose, and the talk of such pairs: numbered, timed messages both ways."""

import collections
import time

from daemon import Daemon
from namespaces import until
from nat import Ipv6
from netlab import Lab
from stage import ONLINE_TIMEOUT, Person, address_with_mapping
from upnp import Speaks

KNOWN_SECONDS = 15
MESSAGE_EVERY = 0.1  # each way
ARRIVED_WITHIN = 30
LATE_SECONDS = 0.5  # more than a live session's message ever needs on these links


class Voice:
    """One of the two: what it wrote and when, and when each of these texts came to the other one."""

    def __init__(self, person):
        self.person = person
        self.sent = {}
        self.arrived = collections.defaultdict(list)  # here, by text
        self.order = []
        self._seen = 0

    def write(self):
        text = f"{len(self.sent):05} from {self.person.name}"
        self.sent[text] = time.monotonic()
        self.person.daemon.tell("message.send", contact=self.person.peer, text=text)

    def listen(self):
        events = self.person.daemon.events
        while self._seen < len(events):
            event = events[self._seen]
            self._seen += 1
            if event.method == "message.received" and event.params.get("contact") == self.person.peer:
                self.arrived[event.params["text"]].append(event.time)
                self.order.append(event.params["text"])

    def lost_sight(self, since):
        """Whether it saw the other go offline since then."""
        return any(event.method == "contact.state" and event.params.get("online") is False and event.time >= since
                   for event in self.person.daemon.events)


class LivePair:
    """Bob and Alice with IPv4 alone, behind NATs of these kinds; Bob's router may forward ports. Use as a context.

    `one_way_ms` is of each home's link; None: no bridge, and no delay. `loss` is of Bob's, once that is toggled.
    """

    def __init__(self, options, prefix, kinds, bob_speaks=Speaks.NOTHING, one_way_ms=None, switches=False, loss=0.0):
        self._options, self._kinds, self._speaks = options, kinds, bob_speaks
        self._one_way_ms, self._switches, self._loss = one_way_ms, switches, loss
        self._lab = Lab(prefix, bridge=options.bridge, keep=options.keep)

    def __enter__(self):
        lab = self.lab = self._lab.__enter__()
        try:
            self._build(lab)
        except BaseException:
            self._lab.__exit__(None, None, None)
            raise
        return self

    def _build(self, lab):
        self.third = lab.add_public_host("third")
        self.helper = Daemon(lab, self.third.host, self._options.culvertd, "third", mode="rendezvous").start()
        self.args = ["--rendezvous", self.helper.first_address()]
        self.people = []
        for name, kind, speaks, loss in zip(("bob", "alice"), self._kinds, (self._speaks, Speaks.NOTHING),
                                            (self._loss, 0.0)):
            site = lab.add_home(name, kind, Ipv6.NONE, speaks, delay_ms=self._one_way_ms, other_loss=loss,
                                seed=self._options.seed)
            if self._switches:
                lab.put_switch(site)
            self.people.append(Person(site, Daemon(lab, site.host, self._options.culvertd, name, args=self.args)))
        self.bob, self.alice = self.people
        self.voices = [Voice(person) for person in self.people]

    def __exit__(self, kind, *details):
        if kind and issubclass(kind, Exception):
            for line in (line for person in self.people for line in person.daemon.last_words()):
                print(f"    {line}")
        self._lab.__exit__(kind, *details)

    def start(self):
        for person in self.people:
            person.daemon.start()

    def create(self):
        """Starts both for the first time."""
        self.start()
        for person in self.people:
            person.daemon.call("profile.create", name=person.name)

    def ready(self):
        """Both know their networks, and have what their addresses must hold."""
        for person in self.people:
            person.daemon.wait_for("ready")
            until(lambda: knows_itself(person), KNOWN_SECONDS, f"{person.name} does not know the network", 0.05)
        if self._speaks is not Speaks.NOTHING:
            address_with_mapping(self.bob)

    def befriend(self):
        """They add each other at the same time. Seconds until both see the other online."""
        addresses = [person.daemon.call("profile.address")["address"] for person in self.people]
        begun = time.monotonic()
        for person, address in zip(self.people, reversed(addresses)):
            person.daemon.tell("contact.add", address=address)
        seen = [person.daemon.wait_for("contact.state", lambda params: params.get("online"), ONLINE_TIMEOUT,
                                       f"{person.name} does not see the other online") for person in self.people]
        for person, event in zip(self.people, seen):
            person.peer = event.params["contact"]
        return max(event.time for event in seen) - begun

    def part(self):
        """Everything is forgotten, by both, by their routers and by the third party, whose budgets are for people."""
        for person in self.people:
            person.daemon.call("contact.remove", contact=person.peer)
            person.daemon.stop()
        for person in self.people:
            person.site.forget_flows()
        self.helper.kill9()
        self.helper.start().first_address()

    def person(self, name):
        return next(person for person in self.people if person.site.name == name)

    def directions(self):
        return ((self.voices[0], self.voices[1]), (self.voices[1], self.voices[0]))

    def recovered(self, since, back):
        """Seconds from `back` to the arrival of the last late message of those written from `since` on, by direction.

        None where one that is late already has not arrived; zero where none is late.
        """
        found = {}
        now = time.monotonic()
        for sender, receiver in self.directions():
            last = 0.0
            for text, written in sender.sent.items():
                if written < since:
                    continue
                times = receiver.arrived.get(text)
                if not times and now - written > LATE_SECONDS:
                    last = None
                    break
                if times and times[0] - written > LATE_SECONDS:
                    last = max(last, times[0] - back)
            found[sender.person.name] = last
        return found

    def check_once(self, story):
        """Whether what each wrote has arrived at the other once, and in order; what did not, in words."""
        wrong = []
        for sender, receiver in self.directions():
            wanted = list(sender.sent)

            def all_there():
                receiver.listen()
                return len(receiver.arrived) >= len(wanted)

            wait(all_there, ARRIVED_WITHIN)
            lost = sum(text not in receiver.arrived for text in wanted)
            twice = sum(len(times) > 1 for times in receiver.arrived.values())
            words = f"{len(wanted)} messages of {sender.person.name}'s: {lost} missing, {twice} twice"
            if receiver.order == wanted:
                story.say(f"ok  {words}, and all in order")
            else:
                story.say(f"{story.paint('31', 'MISSED')}  {words}, {len(receiver.order)} in all")
                wrong.append(words)
        return wrong


class Talk:
    """All people of some pairs write ten messages a second."""

    def __init__(self, pairs):
        self._voices = [voice for pair in pairs for voice in pair.voices]
        self._next = 0

    def go_on(self, seconds):
        self.until(lambda: False, seconds)

    def until(self, condition, timeout):
        """Goes on until `condition` holds; whether it did within `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if time.monotonic() >= self._next:
                self._next = max(self._next + MESSAGE_EVERY, time.monotonic())
                for voice in self._voices:
                    voice.write()
            for voice in self._voices:
                voice.listen()
            if condition():
                return True
            time.sleep(0.005)  # between two looks
        return False


def wait(condition, timeout):
    """Whether `condition` held within `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)  # between two looks
    return True


def knows_itself(person):
    report = person.daemon.call("diagnostics.report", masked=False)
    nat = report["verdict"]["nat"]
    return report["complete"] and (nat["translated"] is False or nat["filtering"] is not None)
