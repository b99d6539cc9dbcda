"""The reach matrix built: each kind of home twice, a third party that everybody chose, and what one cell's run finds.

All programs are started once. Between two cells the contacts are removed, and the routers forget whatever was not with
the third party, at which everybody stays registered: so each cell is a first contact.
"""

import collections
import dataclasses
import time

from capture import Capture, third_party_octets
from daemon import Daemon
from live_pair import knows_itself
from namespaces import LabError, run as command, until
from stage import MAPPING_TIMEOUT, Person, address_with_mapping
from upnp import Speaks

ONE_WAY_MS = 12.5  # of each home: 25 ms between two
READY_SECONDS = 60
APART_SECONDS = 15  # an impossible pair is watched for this long, and is told why by then
BUSY_SECONDS = 5  # or this much later, by a machine with other work
IMPOSSIBLE = "cannot_connect"


@dataclasses.dataclass
class Outcome:
    """What one run of a cell found. Times are wall clock, as a capture's are."""

    met: bool
    begun: float
    ended: float
    milliseconds: float | None = None  # from the caller's order to "delivered"
    paths: tuple = ()  # in use then, as the caller and the callee name them
    told: tuple = ()  # an impossible pair's verdicts, in words, the caller's first
    wrong: str = ""
    set_up: int = 0  # octets at the third party
    payload: int = 0


class End:
    """A home of a kind, and the culvertd in it."""

    def __init__(self, world, home, side):
        self.home = home
        site = world.lab.add_home(f"{side}-{home.key}", home.v4, home.v6, home.speaks, delay_ms=ONE_WAY_MS)
        if not home.passes_udp:
            text = "table inet shut { chain passing { type filter hook forward priority -10; meta l4proto udp drop; }; }\n"
            command("ip", "netns", "exec", site.router, "nft", "-f", "-", stdin=text)
        site.keep_flows_with(world.third.addresses())
        self.site = site
        self.daemon = Daemon(world.lab, site.host, world.culvertd, site.name, args=["--rendezvous", world.address])
        self.person = Person(site, self.daemon)

    def start(self):
        self.daemon.start()
        self.daemon.call("profile.create", name=self.person.name)

    def wait_until_ready(self):
        """It knows its network, is registered, and its address string holds what it must."""
        self.daemon.wait_for("ready", timeout=READY_SECONDS)
        until(self.is_registered, READY_SECONDS, f"{self.site.name} is not registered", interval=0.1)
        if self.home.v4 and self.home.passes_udp:
            until(lambda: knows_itself(self.person), READY_SECONDS, f"{self.site.name} does not know its network", 0.1)
        if self.home.speaks is not Speaks.NOTHING:
            address_with_mapping(self.person)
            until(lambda: {entry[0] for entry in self.site.mappings()} == {"udp", "tcp"}, MAPPING_TIMEOUT,
                  "the router does not forward UDP and TCP", interval=0.1)

    def is_registered(self):
        parties = self.daemon.call("rendezvous.list")["rendezvous"]
        return any(party["health"] == "registered" for party in parties)

    def address(self):
        return self.daemon.call("profile.address")["address"]

    def path(self):
        paths = self.daemon.call("path.list", contact=self.person.peer).get("paths", [])
        return next((path["kind"] for path in paths if path.get("active")), "none")

    def contact(self):
        """How its only contact is listed."""
        return next(iter(self.daemon.call("contact.list")["contacts"]), {})

    def forget(self):
        for contact in self.daemon.call("contact.list")["contacts"]:
            self.daemon.call("contact.remove", contact=contact["contact"])
        self.person.peer = None


class World:
    """The homes that some cells need, each with its program running, and a third party's record. Use as a context."""

    def __init__(self, lab, options, cells):
        self.lab, self.culvertd = lab, options.culvertd
        self.third = lab.add_public_host("third", addresses=2)
        self._capture = Capture(lab, lab.internet, self.third.uplink, "to-third")
        helper = Daemon(lab, self.third.host, options.culvertd, "third", mode="rendezvous").start()
        self.address = helper.first_address()
        self.callers = {home: End(self, home, "from") for home in dict.fromkeys(cell.caller for cell in cells)}
        self.callees = {home: End(self, home, "to") for home in dict.fromkeys(cell.callee for cell in cells)}
        self._texts = collections.Counter()
        self._outcomes = []

    @property
    def ends(self):
        return [*self.callers.values(), *self.callees.values()]

    def start(self):
        for end in self.ends:
            end.start()
        for end in self.ends:
            end.wait_until_ready()

    def stop(self):
        for end in self.ends:
            end.daemon.stop()

    def pair(self, cell):
        return self.callers[cell.caller], self.callees[cell.callee]

    def meet(self, cell, seconds, exchanged):
        """The caller adds the callee and writes; who is asked says yes. Waits for "delivered".

        `exchanged`: the callee adds the caller as well, right after, and is asked nothing.
        """
        caller, callee = self.pair(cell)
        addresses, text = (callee.address(), caller.address()), self._text(cell)
        outcome = Outcome(False, time.time(), 0)
        begun = time.monotonic()
        try:
            caller.person.peer = caller.daemon.call("contact.add", address=addresses[0], greeting=text)["contact"]
            wanted = caller.person.send(text)
            if exchanged:
                callee.person.peer = callee.daemon.call("contact.add", address=addresses[1])["contact"]
            delivered = self._first_message(caller, callee, text, wanted, begun + seconds)
            outcome.met, outcome.milliseconds = True, (delivered - begun) * 1000
            outcome.paths = (caller.path(), callee.path())
            self._answer(caller, callee, text)
        except LabError as problem:
            outcome.wrong = str(problem)
        return self._end(outcome, cell)

    def _first_message(self, caller, callee, text, wanted, deadline):
        def left():
            return max(deadline - time.monotonic(), 0.01)

        if not callee.person.peer:
            request = callee.daemon.wait_for("contact.request", lambda params: params.get("greeting") == text, left(),
                                             "the request did not arrive")
            callee.person.peer = request.params["contact"]
            callee.daemon.call("contact.accept", contact=callee.person.peer)
        callee.person.expect(text, left())
        return caller.daemon.wait_for("message.state", lambda params: params["id"] == wanted and
                                      params["state"] == "delivered", left(), "the message was not delivered").time

    def _answer(self, caller, callee, text):
        answer = f"{text}, answered"
        callee.person.send(answer)
        caller.person.expect(answer)

    def stay_apart(self, cells):
        """Both of each pair add each other; all pairs at once, since no home is in two of them. Outcomes by cell."""
        begun, outcomes = time.monotonic(), {}
        for cell in cells:
            caller, callee = self.pair(cell)
            outcomes[cell] = Outcome(False, time.time(), 0, told=("", ""))
            addresses = callee.address(), caller.address()
            for end, address in zip((caller, callee), addresses):
                end.person.peer = end.daemon.call("contact.add", address=address)["contact"]
            caller.person.send(self._text(cell))
        last = begun + APART_SECONDS
        while time.monotonic() < last or not (self._all_told(outcomes) or time.monotonic() > last + BUSY_SECONDS):
            time.sleep(0.25)  # between two looks, since none must find them online
            for cell, outcome in outcomes.items():
                contacts = [end.contact() for end in self.pair(cell)]
                outcome.told = tuple(_told(contact) for contact in contacts)
                outcome.met = outcome.met or any(contact.get("online") for contact in contacts)
        for cell, outcome in outcomes.items():
            self._end(outcome, cell)
        return outcomes

    def _all_told(self, outcomes):
        return all(told.startswith(IMPOSSIBLE) for outcome in outcomes.values() for told in outcome.told)

    def _text(self, cell):
        self._texts[cell] += 1
        return f"{cell}, {self._texts[cell]}"

    def _end(self, outcome, cell):
        """Everything is as before the cell."""
        outcome.ended = time.time()
        for end in self.pair(cell):
            end.forget()
        for end in self.pair(cell):
            end.site.forget_flows_but_kept()
        for end in self.pair(cell):
            until(end.is_registered, READY_SECONDS, f"{end.site.name} is not registered any more", interval=0.05)
        self._outcomes.append((cell, outcome))
        return outcome

    def count_octets(self):
        """Ends the third party's record, and writes into each outcome what its two sent to and got from it."""
        octets = list(third_party_octets(self._capture.stop(), self.third.addresses()))
        for cell, outcome in self._outcomes:
            addresses = set().union(*(end.site.addresses() for end in self.pair(cell)))
            for when, other, set_up, payload in octets:
                if other in addresses and outcome.begun <= when <= outcome.ended:
                    outcome.set_up += set_up
                    outcome.payload += payload
        return sum(set_up for _, _, set_up, _ in octets), sum(payload for _, _, _, payload in octets)


def _told(contact):
    """The verdict on a contact: its word and what stands between, and the advice."""
    words = [contact.get("verdict"), contact.get("outlook", {}).get("obstacle")]
    return f"{', '.join(filter(None, words)) or 'nothing'}: {contact.get('advice', '')}"
