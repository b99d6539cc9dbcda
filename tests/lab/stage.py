"""What the scenarios share: the story they print, the two people, and the checks."""

import secrets
import sys
import time

import capture
from address_string import Endpoint, endpoints
from capture import Capture
from daemon import Daemon
from namespaces import until
from nat import Ipv6, NatKind
from netlab import Lab
from upnp import Speaks

ONE_WAY_MS = 50
MAPPING_TIMEOUT = 25
ONLINE_TIMEOUT = 25
MESSAGE_TIMEOUT = 20


class ScenarioFailed(Exception):
    """The program under test did not do what it must."""


class Story:
    """Prints what happens, with the seconds since the beginning."""

    def __init__(self, out=sys.stdout):
        self._out = out
        self._begin = time.monotonic()
        self._colour = out.isatty()

    def say(self, text):
        print(f"{time.monotonic() - self._begin:7.2f} s  {text}", file=self._out, flush=True)

    def check(self, holds, text, otherwise=""):
        """One thing that must hold; ScenarioFailed, with the details `otherwise`, where it does not."""
        if not holds:
            raise ScenarioFailed(f"{text}: no. {otherwise}")
        self.say(self.paint("32", "ok") + f"  {text}")

    def paint(self, code, text):
        return f"\033[{code}m{text}\033[0m" if self._colour else text


class Person:
    """A site, the culvertd on its host, and how the other one is called there."""

    def __init__(self, site, daemon):
        self.site = site
        self.daemon = daemon
        self.name = site.name.capitalize()
        self.peer = None

    def send(self, text):
        return self.daemon.call("message.send", contact=self.peer, text=text)["id"]

    def expect(self, text, timeout=MESSAGE_TIMEOUT):
        """The notification that exactly this text came from the peer."""
        def fits(params):
            return params.get("text") == text and params.get("contact") == self.peer

        return self.daemon.wait_for("message.received", fits, timeout, f"the message '{text[:40]}' did not arrive")

    def messages(self):
        return self.daemon.call("message.list", contact=self.peer, limit=1000)["messages"]

    def online(self):
        """Whether the peer is online in this person's eyes."""
        contacts = self.daemon.call("contact.list")["contacts"]
        return any(entry["contact"] == self.peer and entry.get("online") for entry in contacts)

    def active_path(self):
        """The path in use, in words."""
        for path in self.daemon.call("path.list", contact=self.peer).get("paths", []):
            if path.get("active"):
                return f"{path.get('kind')}: {path.get('local')} to {path.get('remote')}, {path.get('rtt_ms')} ms"
        return "none"


class Stage:
    """The inversion topology with both people in it. Use as a context.

    Bob: IPv4 only, behind a port-restricted NAT whose router forwards a port (it speaks all protocols, or what
    `speaks` says), his uplink 50 ms long.
    Alice: IPv6, and IPv4 behind a port-restricted NAT that forwards nothing; her uplink has no delay unless asked for.
    """

    def __init__(self, options, prefix, alice_ipv6=Ipv6.FIREWALLED, speaks=Speaks.ALL, alice_delay_ms=None):
        self._options = options
        self._lab = Lab(prefix, bridge=options.bridge, keep=options.keep)
        self._alice_ipv6, self._speaks, self._alice_delay_ms = alice_ipv6, speaks, alice_delay_ms
        self._captures = {}
        self._daemons = []
        self.marker = secrets.token_hex(12)

    def __enter__(self):
        lab = self.lab = self._lab.__enter__()
        try:
            bob = lab.add_home("bob", NatKind.PORT_RESTRICTED, Ipv6.NONE, self._speaks, delay_ms=ONE_WAY_MS)
            alice = lab.add_home("alice", NatKind.PORT_RESTRICTED, self._alice_ipv6, delay_ms=self._alice_delay_ms)
            self.bob, self.alice = self._person(bob), self._person(alice)
            self.people = (self.bob, self.alice)
        except BaseException:
            self._lab.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, kind, *details):
        if kind and issubclass(kind, Exception):
            for line in (line for daemon in self._daemons for line in daemon.last_words()):
                print(f"    {line}")
        self._lab.__exit__(kind, *details)

    def daemon(self, site, **how):
        """A culvertd for the host of `site`, not started yet."""
        made = Daemon(self.lab, site.host, self._options.culvertd, site.name, **how)
        self._daemons.append(made)
        return made

    def _person(self, site):
        return Person(site, self.daemon(site))

    def start(self):
        for person in self.people:
            person.daemon.start()

    def stop(self):
        for person in self.people:
            person.daemon.stop()

    def ready(self, timeout=15):
        """Waits for both; the later of the two times."""
        return max(person.daemon.wait_for("ready", timeout=timeout).time for person in self.people)

    def silence(self):
        """Both routers forget their flows, as they would over a night; port mappings stay."""
        for person in self.people:
            person.site.forget_flows()

    def capture(self, site):
        """Begins to record all that passes between the internet and `site`."""
        self._captures[site.name] = Capture(self.lab, self.lab.internet, site.uplink, f"to-{site.name}")

    def captured(self, site):
        """Ends that record, and returns its packets."""
        return self._captures.pop(site.name).stop()

    def text(self, what):
        """A message text that no packet may show."""
        return f"{what} {self.marker}"

    def befriend(self, story):
        """Profiles, the exchange of address strings, mutual contacts, and both online."""
        self.start()
        for person in self.people:
            person.daemon.call("profile.create", name=person.name)
        self.ready()
        story.say("both profiles exist; waiting for Bob's router to forward a port")
        bob_address = address_with_mapping(self.bob)
        external = [entry[1] for entry in self.bob.site.mappings() if entry[0] == "udp"]
        story.say(f"Bob's router forwards UDP port {external[0]}; his address string has {len(bob_address)} characters")
        alice_address = self.alice.daemon.call("profile.address")["address"]
        self.alice.peer = self.alice.daemon.call("contact.add", address=bob_address, name="Bob")["contact"]
        self.bob.peer = self.bob.daemon.call("contact.add", address=alice_address, name="Alice")["contact"]
        self.wait_online(story)

    def wait_online(self, story):
        for person in self.people:
            until(person.online, ONLINE_TIMEOUT, f"{person.name} does not see the other online", interval=0.05)
        story.say("each sees the other online")


def address_with_mapping(person):
    """Bob's address string once it tells the very UDP port that his router forwards to him."""
    site = person.site

    def found():
        forwarded = [Endpoint("mapped4", site.public4, entry[1]) for entry in site.mappings()
                     if entry[0] == "udp" and entry[2] == site.lan4]
        if not forwarded:
            return None
        address = person.daemon.call("profile.address")["address"]
        return address if set(forwarded) & set(endpoints(address)) else None

    return until(found, MAPPING_TIMEOUT, f"{person.name}'s address does not hold the port that the router forwards",
                 interval=0.1)


def exchange(stage, story, what, count=5):
    """`count` texts each way, all sent before the first is looked for; each must arrive, exactly so and in order."""
    for sender, receiver in (stage.people, stage.people[::-1]):
        texts = [stage.text(f"{what} {number} from {sender.name}") for number in range(count)]
        begun = time.monotonic()
        for text in texts:
            sender.send(text)
        events = [receiver.expect(text) for text in texts]
        times = [event.time for event in events]
        story.check(times == sorted(times), f"{count} messages of {sender.name}'s arrived as written and in order, the "
                    f"first after {(times[0] - begun) * 1000:.0f} ms")


def check_captures(stage, story, packets, known):
    """Nothing readable anywhere, nobody else on the road, and a road that was really used."""
    story.check(not capture.contains_bytes(packets, stage.marker.encode()), "the texts' marker is in none of the "
                f"{len(packets)} packets that crossed the internet")
    others = capture.strangers(packets, known)
    story.check(not others, "nobody else took part", f"seen: {', '.join(others)}")
    ordinary = capture.by_ordinary_route(packets)
    payload = [packet for packet in ordinary if packet.payload[:1] >= bytes([capture.FIRST_DATA_OCTET])]
    story.check(not payload, f"{len(ordinary)} probes and no message took the ordinary route to a Teredo address",
                f"{len(payload)} of {len(ordinary)} were more than probes")


def check_direct(stage, story, packets):
    """Some of the packets went between the two people's own addresses."""
    pairs = capture.conversations(packets)
    bob, alice = (person.site.addresses() for person in stage.people)
    octets = sum(size for pair, size in pairs.items() if set(pair) & bob and set(pair) & alice)
    story.check(octets > 1000, f"{octets} octets went straight between Bob and Alice")
