"""A home whose router drops all UDP: who is met by TCP, how soon, and what happens when UDP comes back.

And while a stranger opens connections as fast as a host can. Where the other home is as closed, with IPv6 alone behind a
stateful firewall, both connect to each other at once, from the port they listen at (RFC 9293 §3.5).
"""

import os
import pathlib
import subprocess
import sys
import time

from namespaces import run as run_command, until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import MAPPING_TIMEOUT, Person, ScenarioFailed, address_with_mapping
from daemon import Daemon
from upnp import Speaks

ONE_WAY_MS = 25
# Half a second of UDP alone and a second for the third party, then connecting and proving; and that much for a machine
# with other work.
MEET_WITHIN = 6.0
BACK_WITHIN = 40.0  # what does not answer is asked every 15 s
SHUT_WITHIN = 12.0

FLOOD_SECONDS = 12
FLOOD_MEMORY_MAX = 8 << 20
HANDLES_MAX = 64 + 60  # connections that have proven nothing, and what a program has besides
SOURCES = 8

OTHERS = {
    "a host that is open": (NatKind.PUBLIC, Ipv6.NONE, Speaks.NOTHING),
    "a host whose router forwards its port by UPnP": (NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.UPNP),
    "a host with IPv6 alone and no firewall": (None, Ipv6.OPEN, Speaks.NOTHING),
}


CLOSED = (None, Ipv6.FIREWALLED, Speaks.NOTHING)


def run(options, story):
    for calls in (True, False):
        with Lab("tcp", bridge=options.bridge, keep=options.keep) as lab:
            cell = Cell(lab, options, *CLOSED)
            try:
                cell.run_crossing(story, calls)
            except BaseException:
                cell.print_last_words()
                raise
    for number, (words, (v4, v6, speaks)) in enumerate(OTHERS.items()):
        for calls in (True, False):
            if options.quick and number != 1:
                continue
            with Lab("tcp", bridge=options.bridge, keep=options.keep) as lab:
                cell = Cell(lab, options, v4, v6, speaks)
                try:
                    cell.run(story, words, calls, comes_back=options.quick or number == 0)
                except BaseException:
                    cell.print_last_words()
                    raise
    with Lab("tcp", bridge=options.bridge, keep=options.keep) as lab:
        cell = Cell(lab, options, *OTHERS["a host that is open"])
        try:
            cell.run_flooded(story)
        except BaseException:
            cell.print_last_words()
            raise


class Cell:
    """The home without UDP, somebody else, and a third party."""

    def __init__(self, lab, options, v4, v6, speaks):
        self.lab, self.options = lab, options
        self.daemons = []
        home = lab.add_home("shut", NatKind.PORT_RESTRICTED, Ipv6.FIREWALLED, delay_ms=ONE_WAY_MS)
        self.shut = self._person(home)
        self.other = self._person(lab.add_home("other", v4, v6, speaks, delay_ms=ONE_WAY_MS))
        self.mapped = speaks is not Speaks.NOTHING
        self.third = lab.add_public_host("third")
        self.numbers = iter(range(1_000_000))
        self.forbid_udp()

    def print_last_words(self):
        for line in (line for daemon in self.daemons for line in daemon.last_words()):
            print(f"    {line}")

    def _person(self, site):
        return Person(site, self._daemon(site))

    def _daemon(self, site, **how):
        made = Daemon(self.lab, site.host, self.options.culvertd, site.name, **how)
        self.daemons.append(made)
        return made

    def _nft(self, text):
        run_command("ip", "netns", "exec", self.shut.site.router, "nft", "-f", "-", stdin=text)

    def forbid_udp(self):
        self._nft("table inet shut { chain passing { type filter hook forward priority -10; meta l4proto udp drop; }; }\n")

    def allow_udp(self):
        self._nft("delete table inet shut\n")

    def run(self, story, words, calls, comes_back):
        party = self._daemon(self.third, mode="rendezvous").start()
        address = party.first_address()
        # Who is called needs somebody to tell it; who calls does without.
        self.shut.daemon.args = [] if calls else ["--rendezvous", address]
        for person in (self.shut, self.other):
            person.daemon.start()
            person.daemon.call("profile.create", name=person.name)
            person.daemon.wait_for("ready")
        if self.mapped:
            self._wait_for_mapping()
        if not calls:
            until(self._registered, 10, "the home without UDP is not registered with its third party", interval=0.05)
            report = self.shut.daemon.call("diagnostics.report", masked=False)
            story.check(report["tcp"]["udp_blocked"] is True, "the report of the home says that UDP does not get through",
                        str(report["tcp"]))
        caller, callee = (self.shut, self.other) if calls else (self.other, self.shut)
        taken = self._meet(caller, callee)
        what = f"{words} {'is called' if calls else 'calls'}, first message"
        kinds = [self._kind(person) for person in (caller, callee)]
        story.check(taken <= MEET_WITHIN and kinds == ["tcp", "tcp"],
                    f"{what} after {taken * 1000:.0f} ms (at most {MEET_WITHIN:.0f} s), over TCP",
                    f"{taken:.2f} s, {kinds}")
        if comes_back:
            self._back_and_forth(story)
        for person in (self.shut, self.other):
            person.daemon.stop()

    def run_crossing(self, story, calls):
        """Nobody can be called: a third party with both families hands over, and the SYNs cross."""
        party = self._daemon(self.third, mode="rendezvous").start()
        for person in (self.shut, self.other):
            person.daemon.args = ["--rendezvous", party.first_address()]
            person.daemon.start()
            person.daemon.call("profile.create", name=person.name)
            person.daemon.wait_for("ready")
        for person in (self.shut, self.other):
            until(lambda who=person: self._registered(who), 10, f"{person.name} is not registered with the third party",
                  interval=0.05)
        caller, callee = (self.shut, self.other) if calls else (self.other, self.shut)
        taken = self._meet(caller, callee)
        kinds = [self._kind(person) for person in (caller, callee)]
        what = "is called" if calls else "calls"
        story.check(taken <= MEET_WITHIN and kinds == ["tcp", "tcp"],
                    f"a home with IPv6 alone behind a firewall {what}, first message after {taken * 1000:.0f} ms (at most "
                    f"{MEET_WITHIN:.0f} s), over TCP", f"{taken:.2f} s, {kinds}")
        story.check(self._crossed(), "from the one port to the other, by IPv6")
        for person in (self.shut, self.other):
            person.daemon.stop()

    def _crossed(self):
        """Whether each sees the other at the port that it listens at: no connection was let in from another one."""
        for person, other in ((self.shut, self.other), (self.other, self.shut)):
            port = other.daemon.call("diagnostics.report", masked=False)["port"]
            active = [path["remote"] for path in person.daemon.call("path.list", contact=person.peer)["paths"]
                      if path.get("active")]
            if active != [f"[{other.site.address6}]:{port}"]:
                return False
        return True

    def run_flooded(self, story):
        """A stranger's connections at the doors of the open host and of the third party; the home meets both."""
        party = self._daemon(self.third, mode="rendezvous").start()
        self.shut.daemon.args = ["--rendezvous", party.first_address()]
        self.other.daemon.start()
        self.other.daemon.call("profile.create", name=self.other.name)
        self.other.daemon.wait_for("ready")
        port = self.other.daemon.call("diagnostics.report", masked=False)["port"]
        stranger = self.lab.add_public_host("stranger", addresses=SOURCES)
        doors = ((self.other.daemon, self.other.site.public4, port), (party, self.third.public4, 4380))
        before = [daemon.resident_bytes() for daemon, _, _ in doors]
        floods = [self._flood(stranger, address, number) for _, address, number in doors]
        time.sleep(2)  # they are at it
        self.shut.daemon.start()
        self.shut.daemon.call("profile.create", name=self.shut.name)
        self.shut.daemon.wait_for("ready")
        until(self._registered, MEET_WITHIN, "the home without UDP does not get through to its third party", interval=0.05)
        taken = self._meet(self.other, self.shut)
        story.check(taken <= MEET_WITHIN, f"while a stranger connects, the first message is there after {taken * 1000:.0f} ms",
                    f"{taken:.2f} s")
        handles = [len(os.listdir(f"/proc/{daemon.process.pid}/fd")) for daemon, _, _ in doors]
        story.check(handles[0] <= HANDLES_MAX, f"the host has {handles[0]} handles (at most {HANDLES_MAX}), the third party "
                    f"{handles[1]}", str(handles))
        for (daemon, _, _), flood, memory in zip(doors, floods, before):
            made, lasted = flood.communicate(timeout=FLOOD_SECONDS + 20)[0].split()
            grown = daemon.resident_bytes() - memory
            story.check(int(made) > 1000 and grown < FLOOD_MEMORY_MAX, f"{made} connections of a stranger to {daemon.name}, "
                        f"{lasted} of which lasted a second, took {grown // 1024} KiB", f"{made}, {grown}")
        for person in (self.shut, self.other):
            person.daemon.stop()

    def _flood(self, stranger, address, port):
        command = [sys.executable, str(pathlib.Path(__file__).with_name("tcp_flood.py")), address, str(port),
                   str(FLOOD_SECONDS), stranger.public4, *[a for a in stranger.alternates if ":" not in a]]
        return self.lab.start(stranger.host, command, stdout=subprocess.PIPE, text=True)

    def _wait_for_mapping(self):
        """The string that the caller will get tells the port, and the router forwards TCP to it as well."""
        site = self.other.site
        address_with_mapping(self.other)
        until(lambda: {entry[0] for entry in site.mappings() if entry[2] == site.lan4} == {"udp", "tcp"},
              MAPPING_TIMEOUT, "the router does not forward UDP and TCP", interval=0.1)

    def _registered(self, person=None):
        parties = (person or self.shut).daemon.call("rendezvous.list")["rendezvous"]
        return any(party["health"] == "registered" for party in parties)

    def _meet(self, caller, callee):
        """Seconds from the moment when the caller gets the address to his first message there."""
        address = callee.daemon.call("profile.address")["address"]
        begun = time.monotonic()
        caller.peer = caller.daemon.call("contact.add", address=address, name=callee.name)["contact"]
        text = f"hello {next(self.numbers)}"
        caller.send(text)
        contacts = until(lambda: callee.daemon.call("contact.list")["contacts"], 30,
                         "the request did not arrive", interval=0.01)
        callee.peer = contacts[0]["contact"]
        callee.daemon.call("contact.accept", contact=callee.peer)
        callee.expect(text)
        return time.monotonic() - begun

    def _kind(self, person):
        for path in person.daemon.call("path.list", contact=person.peer)["paths"]:
            if path.get("active"):
                return path["kind"]
        return None

    def _talk(self, seconds, until_kind):
        """Ten messages a second each way until both have such a path; whether they came, and all texts."""
        sent = {self.shut.name: [], self.other.name: []}
        begun = time.monotonic()
        reached = None
        while time.monotonic() < begun + seconds and (reached is None or time.monotonic() < reached + 1):
            for person in (self.shut, self.other):
                sent[person.name].append(f"number {next(self.numbers)}")
                person.send(sent[person.name][-1])
            if reached is None and all(until_kind(self._kind(person)) for person in (self.shut, self.other)):
                reached = time.monotonic()
            time.sleep(0.1)
        return None if reached is None else reached - begun, sent

    def _check_history(self, story, sent, when):
        for sender, receiver in ((self.shut, self.other), (self.other, self.shut)):
            receiver.expect(sent[sender.name][-1])
            texts = [entry["text"] for entry in receiver.messages() if entry["text"] in set(sent[sender.name])]
            story.check(texts == sent[sender.name], f"{when} all {len(texts)} messages of {sender.name}'s arrived once "
                        "and in order", f"{len(texts)} of {len(sent[sender.name])}")

    def _offline(self):
        """Whether either saw the other go since they met."""
        return any(event.method == "contact.state" and event.params.get("online") is False
                   for person in (self.shut, self.other) for event in person.daemon.events[self._marks[person.name]:])

    def _back_and_forth(self, story):
        self._marks = {person.name: len(person.daemon.events) for person in (self.shut, self.other)}
        self.allow_udp()
        taken, sent = self._talk(BACK_WITHIN, lambda kind: kind not in (None, "tcp"))
        story.check(taken is not None, f"UDP is let through again: both use it after {taken or 0:.1f} s (at most "
                    f"{BACK_WITHIN:.0f} s)", f"{self._kind(self.shut)}, {self._kind(self.other)}")
        self._check_history(story, sent, "while they moved")
        story.check(not self._offline(), "and nobody went offline")
        self.forbid_udp()
        taken, sent = self._talk(SHUT_WITHIN, lambda kind: kind == "tcp")
        if taken is None:
            raise ScenarioFailed("UDP was shut again, and nobody took to TCP")
        story.say(f"UDP is shut again: both use TCP after {taken:.1f} s")
        self._check_history(story, sent, "across the shutting")
