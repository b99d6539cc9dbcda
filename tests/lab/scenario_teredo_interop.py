"""Our Teredo client, relay and server beside the real miredo's, all unmodified: who talks with whom, and how soon."""

import ipaddress
import pathlib
import time

from address_string import with_octets
from capture import (FIRST_DATA_OCTET, UDP, Capture, by_ordinary_route, check_setup_only, contains_bytes,
                     encapsulated, once, strangers)
from daemon import Daemon
from miredo import MiredoClient, MiredoRelay
from namespaces import LabError, until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import ONLINE_TIMEOUT, Person
from teredo_end import ORDINARY, PlainEnd, TeredoEnd, talk
from teredo_server import OwnTeredoServer, TeredoServer
from upnp import Speaks

TABLE = pathlib.Path(__file__).with_name("teredo-interop.md")
ONE_WAY_MS = 10  # of every home's link
QUALIFY_SECONDS = 20
SILENCE_SECONDS = 3
SETTLE_SECONDS = 2
SET_UP_MAX = 128  # octets in a UDP payload at a server: 40 of IPv6, and an ICMPv6 message of at most 88
CAP_NET_RAW = 13
DEAD_PORT = 9
KINDS = {NatKind.FULL_CONE: "cone", NatKind.ADDRESS_RESTRICTED: "restricted", NatKind.PORT_RESTRICTED: "restricted",
         NatKind.SYMMETRIC: "symmetric"}


class Table:
    """What was found: rows of our program, the other one, the server between, and the times."""

    def __init__(self, story):
        self._story = story
        self._rows = []

    def add(self, ours, other, server, what, result, holds=True):
        self._rows.append((ours, other, server, what, result))
        self._story.check(holds, f"{ours} with {other}, by {server}: {what}: {result}")

    def write(self):
        lines = ["# Our Teredo beside miredo's", "",
                 "Written by `./dev lab teredo_interop`. The programs at the other end are Debian's miredo and miredo-server, unmodified;",
                 f"every home is {ONE_WAY_MS} ms from the internet, everybody else is on it. All homes' NATs are port-restricted",
                 "(RFC 4787: address- and port-dependent filtering) unless said otherwise. Of a conversation: milliseconds until the first",
                 "packet was there and until its answer was back, bubbles and echoes included; in brackets the same once the way is known.",
                 "", "| ours | with | by the server | what | result |", "|---|---|---|---|---|"]
        TABLE.write_text("\n".join(lines + [f"| {' | '.join(row)} |" for row in self._rows]) + "\n")


def run(options, story):
    with Lab("teredo-interop", bridge=options.bridge, keep=options.keep) as lab:
        table = Table(story)
        relay = MiredoRelay(lab, lab.add_public_host("relay")).start()
        servers = {"miredo-server": TeredoServer(lab, "theirs").start(), "ours": OwnTeredoServer(lab, "ours", options).start()}
        for name, server in servers.items():
            cells = Cells(lab, options, table, name, server)
            cells.start_clients()
            cells.check_clients()
            cells.check_two_clients()
            cells.check_native_host()
            cells.check_relay()
            cells.check_culvert()
        relay.kill()
        lab.remove_site(relay.site)
        check_cone_and_relay(lab, story, options, table, servers["miredo-server"])
        for name, server in servers.items():
            check_restricted_miredo_and_relay(lab, story, options, table, name, server)
        if not options.quick:
            table.write()


def check_cone_and_relay(lab, story, options, table, server):
    """Bob's router forwards a port to him, and a server says that he is cone. Alice has IPv6, and her relay is her program.

    All that anybody else sees is Bob's qualification.
    """
    bob_site = lab.add_home("bob", NatKind.PORT_RESTRICTED, speaks=Speaks.UPNP, delay_ms=ONE_WAY_MS)
    alice_site = lab.add_home("alice", NatKind.PORT_RESTRICTED, Ipv6.FIREWALLED, delay_ms=ONE_WAY_MS)
    captures = [Capture(lab, lab.internet, site.uplink, f"mission-{site.name}") for site in (bob_site, alice_site)]
    bob = person(lab, options, bob_site, ["--teredo-server", server.address])
    found = until(lambda: (status := report(bob)["teredo"])["kind"] and status, QUALIFY_SECONDS, "Bob is not qualified")
    story.check(found["kind"] == "cone", f"Bob, whose router speaks UPnP, is cone: {found['address']}", found)
    alice = person(lab, options, alice_site, [])
    alice.daemon.wait_for("ready")
    # Else the port that his router forwards may be found first. What is there he tells her later.
    told = bob.daemon.call("profile.address")["address"]
    port = until(lambda: report(bob)["port_mapping"].get("external"), QUALIFY_SECONDS, "no mapping").rsplit(":", 1)[1]
    result = meet(alice, bob, with_octets(told, mapped4(bob_site.public4, int(port)), mapped4(bob_site.public4, DEAD_PORT)))
    write_each_way(alice, bob)
    packets = once(*(capture.stop() for capture in captures))
    known = bob_site.addresses() | alice_site.addresses()
    others = strangers(packets, known | server.site.addresses())
    story.check(not others, "nobody but them and Bob's server took part", others)
    probes = by_ordinary_route(packets)
    story.check(all(packet.inner[0] < FIRST_DATA_OCTET for packet in probes), f"outside the tunnel {len(probes)} probes, which "
                "no relay took, and nothing else")
    count, octets, wrong = check_setup_only(packets, server.site.addresses())
    story.check(not wrong, f"the server saw {count} packets of {octets} octets, all of them qualification", wrong)
    carried = sum(len(packet.payload) for packet in packets if is_relayed(packet, alice_site.address6, found["address"]))
    story.check(not contains_bytes(packets, b"nobody else may read"), f"none of {len(packets)} packets shows a text")
    story.check(carried > 5000, f"{carried} octets went straight between Alice's relay and Bob, in packets from and to "
                f"{alice_site.address6} and {found['address']}", carried)
    table.add("culvertd with IPv6, relay in it", "culvertd, cone by miniupnpd", "miredo-server", "online, and a message each way",
              f"{result}; {carried} octets between IPv6 and Teredo address, none by others")


def check_restricted_miredo_and_relay(lab, story, options, table, name, server):
    """Bob has the address that miredo gives him behind a port-restricted NAT; Alice has IPv6, and her relay is her program.

    There is no other relay. Bob's miredo asks Alice's address for an echo, through its server, before it believes.
    Without the right to hear it her program is not believed, with it they talk straight.
    """
    bob_site = lab.add_home(f"bob{name[0]}", NatKind.PORT_RESTRICTED, delay_ms=ONE_WAY_MS)
    deaf_site, alice_site = (lab.add_home(f"{who}{name[0]}", NatKind.PORT_RESTRICTED, Ipv6.OPEN, delay_ms=ONE_WAY_MS)
                             for who in ("deaf", "alice"))
    miredo = MiredoClient(lab, bob_site, server).start()
    address = str(miredo.qualified())
    bob = person(lab, options, bob_site, ["--allow-ordinary-route"])  # to him every road is his system's
    deaf = person(lab, options, deaf_site, ["--native-echo"])
    deaf.daemon.wait_for("ready")
    story.check(any("setcap cap_net_raw" in line for line in deaf.daemon.error_lines()), "without the right Alice's program "
                "says what is missing")
    introduce(deaf, bob)
    time.sleep(SILENCE_SECONDS)  # for the length of it
    story.check(not deaf.online() and not bob.online(), "without the echo they do not meet, since there is no other relay")
    deaf.daemon.stop()
    captures = [Capture(lab, lab.internet, site.uplink, f"straight-{site.name}") for site in (bob_site, alice_site)]
    alice = person(lab, options, alice_site, ["--native-echo"], ["net_raw"])
    alice.daemon.wait_for("ready")
    begun = introduce(alice, bob)
    until(lambda: alice.online() and bob.online(), ONLINE_TIMEOUT, "with the right they do not meet")
    taken = time.monotonic() - begun
    write_each_way(alice, bob)
    packets = once(*(capture.stop() for capture in captures))
    others = strangers(packets, bob_site.addresses() | alice_site.addresses() | deaf_site.addresses() | server.site.addresses())
    story.check(not others, "nobody but them and Bob's server took part", others)
    to_server = sorted({len(packet.payload) for packet in packets if packet.protocol == UDP
                        and server.site.addresses() & {packet.source, packet.destination}})
    story.check(to_server and to_server[-1] <= SET_UP_MAX, f"the server saw bubbles, echoes and qualification, at most "
                f"{to_server[-1]} octets", to_server)
    carried = sum(len(packet.payload) for packet in packets if is_relayed(packet, alice_site.address6, address))
    story.check(carried > 5000, f"{carried} octets went straight between Alice's relay and Bob's miredo", carried)
    story.check(can_open_raw(alice.daemon.process.pid) is False, "Alice's program has given up its right")
    table.add("culvertd with IPv6, relay in it, --native-echo", "culvertd on miredo's address", name,
              "online, and ten messages each way, no other relay", f"{taken * 1000:.0f} ms, straight; "
              f"{carried} octets between IPv6 and Teredo address, none by others; without the right: no way")
    for each in (alice, bob):
        each.daemon.stop()
    miredo.kill()


def can_open_raw(pid):
    """Whether any thread of a process may open raw sockets."""
    statuses = [(task / "status").read_text() for task in pathlib.Path(f"/proc/{pid}/task").iterdir()]
    sets = [int(line.split()[1], 16) for status in statuses for line in status.splitlines() if line.startswith(("CapPrm", "CapEff"))]
    return any(each >> CAP_NET_RAW & 1 for each in sets)


def is_relayed(packet, native, teredo):
    """Whether it is encapsulated conversation between these two inner addresses."""
    inner = encapsulated(packet.payload) if packet.protocol == UDP else None
    if inner is None or not packet.inner or packet.inner[0] < FIRST_DATA_OCTET:
        return False
    ends = {str(ipaddress.IPv6Address(inner[8:24])), str(ipaddress.IPv6Address(inner[24:40]))}
    return ends == {native, teredo}


class Cells:
    """All that can be tried with one server."""

    def __init__(self, lab, options, table, name, server):
        self._lab, self._options, self._table, self._name, self._server = lab, options, table, name, server
        self._homes = 0

    def home(self, kind=NatKind.PORT_RESTRICTED, v6=Ipv6.NONE):
        self._homes += 1
        return self._lab.add_home(f"{self._name[:2]}{self._homes}", kind, v6, delay_ms=ONE_WAY_MS)

    def start_clients(self):
        """Qualification behind a NAT takes seconds (RFC 4380 §5.2.1 waits for answers that cannot come): all at once."""
        self._by_kind = {kind: self._start(kind) for kind in KINDS}
        self._clients = [self._start(NatKind.PORT_RESTRICTED) for _ in range(4)]

    def _start(self, kind):
        return TeredoEnd.client(self._lab, self.home(kind), self._options, self._server)

    def our_client(self):
        end = self._clients.pop()
        end.qualified(QUALIFY_SECONDS)
        return end

    def their_client(self):
        """A socket at the address that miredo's tunnel gives its host."""
        client = MiredoClient(self._lab, self.home(), self._server).start()
        return PlainEnd(client.site, client.qualified())

    def add(self, ours, other, what, result, holds=True):
        self._table.add(ours, other, self._name, what, result, holds)

    def check_clients(self):
        """RFC 4380 §5.2.1"""
        for kind, end in self._by_kind.items():
            found, seconds = end.qualified(QUALIFY_SECONDS)
            self.add("client", "server", f"qualifies behind {kind.value}", f"{found}, {seconds * 1000:.0f} ms",
                     found == KINDS[kind])
        begun = time.monotonic()
        MiredoClient(self._lab, self.home(), self._server).start().qualified()
        self.add("–" if self._name != "ours" else "server", "miredo, client", "miredo qualifies behind port-restricted",
                 f"{(time.monotonic() - begun) * 1000:.0f} ms from its start")

    def check_two_clients(self):
        """RFC 4380 §5.2.4 case 5: bubbles through the server open both NATs."""
        end = self.our_client()
        self.converse("client", "miredo, client", "ours writes first", end, self.their_client())
        end = self.our_client()
        self.converse("client", "miredo, client", "miredo's host writes first", self.their_client(), end)

    def check_native_host(self):
        """RFC 4380 §5.2.9: an echo request through the server finds the relay that serves a native host."""
        for order in ("ours writes first", "the native host writes first"):
            self._homes += 1
            site = self._lab.add_public_host(f"{self._name[:2]}{self._homes}", v4=False)
            end = self.our_client()
            pair = [end, PlainEnd(site, site.address6)]
            if order != "ours writes first":
                pair.reverse()
            self.converse("client", "native host by miredo, relay", order, *pair, ORDINARY)

    def check_relay(self):
        """RFC 4380 §5.4: we have IPv6, and are a relay for ourselves, behind a NAT.

        miredo lets our bubbles open its NAT, but takes nothing from a native address before that has answered an echo
        request (§5.2.3 rule 6). The computer's system answers it, so that the answer comes from elsewhere, unless the
        program may hear it, too, and answers through its tunnel.
        """
        relay, other = TeredoEnd.relay(self._lab, self.home(v6=Ipv6.OPEN), self._options), self.their_client()
        relay.send(other, b"unheard")
        try:
            other.receive(b"unheard", SILENCE_SECONDS)
            heard = "heard"
        except LabError:
            heard = "not heard: miredo believes a native address by its echo alone, and that takes the ordinary route"
        self.add("relay in the program", "miredo, client", "ours writes first, straight", heard)

    def check_culvert(self):
        """Two culvertd: one uses miredo's address as it would any other, one is a client itself, or has IPv6."""
        client = MiredoClient(self._lab, self.home(), self._server).start()
        client.qualified()
        bob = self._person(client.site, ["--allow-ordinary-route"])
        alice = self._person(self.home(), ["--teredo-server", self._server.address])
        until(lambda: report(alice)["teredo"]["state"] == "qualified", QUALIFY_SECONDS, "Alice is not qualified")
        self.add("culvertd, client", "culvertd on miredo's address", "online, and a message each way", meet(alice, bob))
        alice = self._person(self.home(v6=Ipv6.OPEN), ["--allow-ordinary-route"])
        alice.daemon.wait_for("ready")
        self.add("culvertd with IPv6", "culvertd on miredo's address, by miredo's relay", "the same, the ordinary route allowed",
                 meet(alice, bob))
        self._check_echo(client, bob)

    def _check_echo(self, client, bob):
        """Alice's program answers Bob's miredo, and does not allow the ordinary route. The system's answers come as well."""
        alice = self._person(self.home(v6=Ipv6.OPEN), ["--native-echo"], ["net_raw"])
        alice.daemon.wait_for("ready")
        met = meet(alice, bob)
        time.sleep(SETTLE_SECONDS)  # for the length of it: both answers reach Bob's miredo, and the last one counts
        capture = Capture(self._lab, self._lab.internet, client.site.uplink, f"echo-{self._name}")
        write_each_way(alice, bob)
        packets, octets = capture.stop(), {}
        for packet in packets:
            if is_relayed(packet, alice.site.address6, str(client.address())):
                by = next(iter({packet.source, packet.destination} - {client.site.public4}))
                octets[by] = octets.get(by, 0) + len(packet.payload)
        straight = octets.pop(alice.site.public4, 0)
        rest = sum(octets.values())
        self.add("culvertd with IPv6, --native-echo", "culvertd on miredo's address, miredo's relay there, too",
                 f"online, and {SETTLE_SECONDS} s later ten messages each way", f"{met}; {straight} octets straight, {rest} by the relay",
                 straight > 10 * rest)

    def _person(self, site, args, rights=()):
        return person(self._lab, self._options, site, args, rights)

    def converse(self, ours, other, what, first, second, road="direct"):
        (there, back), (there2, back2) = talk(first, second, road)
        self.add(ours, other, what, f"{there * 1000:.0f}, {back * 1000:.0f} ms ({there2 * 1000:.0f}, {back2 * 1000:.0f})")


def person(lab, options, site, args, rights=()):
    """A culvertd with a profile on the host of `site`, and with these capabilities."""
    daemon = Daemon(lab, site.host, options.culvertd, site.name, args=args, rights=rights).start()
    daemon.call("profile.create", name=site.name)
    return Person(site, daemon)


def report(person):
    return person.daemon.call("diagnostics.report", masked=False)


def write_each_way(alice, bob):
    """Ten messages each way, that no packet may show."""
    texts = [f"text {number} that nobody else may read " + "." * 200 for number in range(10)]
    for sender, receiver in ((alice, bob), (bob, alice)):
        for text in texts:
            sender.send(text)
        for text in texts:
            receiver.expect(text)


def mapped4(address, port):
    """An endpoint in an address string."""
    return bytes([2]) + ipaddress.ip_address(address).packed + port.to_bytes(2, "big")


def introduce(alice, bob, bobs_string=None):
    """Each adds the other. When that began."""
    addresses = [person.daemon.call("profile.address")["address"] for person in (alice, bob)]
    addresses[1] = bobs_string or addresses[1]
    begun = time.monotonic()
    bob.peer = bob.daemon.call("contact.add", address=addresses[0])["contact"]
    alice.peer = alice.daemon.call("contact.add", address=addresses[1])["contact"]
    return begun


def meet(alice, bob, bobs_string=None):
    """Each adds the other, and both write. What it took, and what carries it, as a cell."""
    begun = introduce(alice, bob, bobs_string)
    until(lambda: alice.online() and bob.online(), ONLINE_TIMEOUT, f"{alice.name} and {bob.name} do not meet")
    taken = time.monotonic() - begun
    for sender, receiver in ((alice, bob), (bob, alice)):
        sender.send(f"a word of {sender.name}'s")
        receiver.expect(f"a word of {sender.name}'s")
    paths = alice.daemon.call("path.list", contact=alice.peer)["paths"]
    kind = next((path["kind"] for path in paths if path["active"]), "none")
    return f"{taken * 1000:.0f} ms, path: {kind}"
