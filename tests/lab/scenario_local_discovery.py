"""Two Teredo clients behind one NAT find each other on their switch by discovery alone (RFC 4380 §5.2.8)."""

import ipaddress
import time

from address_string import address_bytes, with_octets
from capture import UDP, Capture, encapsulated
from daemon import Daemon
from namespaces import run as command, until
from nat import NatKind
from netlab import Lab
from stage import Person
from teredo_server import TeredoServer

GROUP = "224.0.0.253"
ALL_NODES = ipaddress.ip_address("ff02::1").packed
QUALIFIED_SECONDS = 20
ANNOUNCED_SECONDS = 5  # the first bubble comes within 3 s
MET_SECONDS = 5
SILENCE_SECONDS = 6
NOBODY_LAST = 77  # of the address in their network that Alice's string names


def run(options, story):
    with Lab("local-discovery", bridge=options.bridge, keep=options.keep) as lab:
        server = TeredoServer(lab, "server").start()
        check_public(lab, options, story, server)
        check_neighbours(lab, options, story, server)


def start(lab, options, site, server):
    daemon = Daemon(lab, site.host, options.culvertd, site.name, args=["--teredo-server", server.address, "--no-mapping"]).start()
    daemon.call("profile.create", name=site.name)
    return Person(site, daemon)


def teredo(person):
    status = person.daemon.call("diagnostics.report", masked=False)["teredo"]
    return status if status["state"] == "qualified" else None


def qualified(person):
    return until(lambda: teredo(person), QUALIFIED_SECONDS, f"{person.name} is not qualified", interval=0.1)


def announcements(packets, address):
    """Discovery bubbles of a Teredo address."""
    found = []
    for packet in packets:
        inner = encapsulated(packet.payload) if packet.protocol == UDP and packet.destination == GROUP else None
        if inner and inner[8:24] == ipaddress.ip_address(address).packed and inner[24:40] == ALL_NODES:
            found.append(packet)
    return found


def hears_group(site):
    return GROUP in command("ip", "-n", site.host, "maddr", "show", "dev", "eth0")


def lan4(address):
    """The beginning of an endpoint in an address string: its kind, and the address."""
    return bytes([3]) + ipaddress.ip_address(address).packed


def check_public(lab, options, story, server):
    """A host with a public address has no neighbours of its own: nothing leaves, and nothing listens."""
    site = lab.add_home("public", NatKind.PUBLIC)
    capture = Capture(lab, site.router, "lan", "public")
    person = start(lab, options, site, server)
    qualified(person)
    time.sleep(SILENCE_SECONDS)  # for the length of it: the first bubble would have come
    packets = capture.stop()
    others = sorted({packet.destination for packet in packets if packet.destination == GROUP})
    story.check(packets and not others, f"{len(packets)} packets of a client with a public address, none to {GROUP}", others)
    story.check(not hears_group(site), "nor does it listen there")
    person.daemon.stop()


def check_neighbours(lab, options, story, server):
    """Alice's string names an address where nobody is; their NAT leads nothing back in, and the server dies.

    What is left is what her bubbles to the group say.
    """
    bob_site, alice_site = lab.add_neighbours(("bob", "alice"))
    capture = Capture(lab, alice_site.host, "eth0", "alice")
    alice, bob = start(lab, options, alice_site, server), start(lab, options, bob_site, server)
    alice_address, bob_address = (qualified(person)["address"] for person in (alice, bob))
    dead = f"{alice_site.lan}.{NOBODY_LAST}"
    told = with_octets(alice.daemon.call("profile.address")["address"], lan4(alice_site.lan4), lan4(dead))
    story.check(ipaddress.ip_address(alice_site.lan4).packed not in address_bytes(told), f"Alice's string names {dead}, where "
                "nobody is")
    until(lambda: hears_group(bob_site) and hears_group(alice_site), ANNOUNCED_SECONDS, "they do not listen")
    time.sleep(ANNOUNCED_SECONDS)  # for the length of it: both have announced themselves by then
    server.kill()
    story.say("the server is dead, and nobody told Bob where Alice is")
    begun = time.monotonic()
    bob.peer = bob.daemon.call("contact.add", address=told, greeting="from next door")["contact"]
    event = alice.daemon.wait_for("contact.request", lambda params: params.get("greeting") == "from next door", MET_SECONDS,
                                  "Bob's request did not arrive")
    alice.peer = event.params["contact"]
    alice.daemon.call("contact.accept", contact=alice.peer)
    for sender, receiver in ((bob, alice), (alice, bob)):
        sender.send(f"a word of {sender.name}'s")
        receiver.expect(f"a word of {sender.name}'s")
    paths = bob.daemon.call("path.list", contact=bob.peer)["paths"]
    packets = capture.stop()
    for person, address in ((alice, alice_address), (bob, bob_address)):
        story.check(announcements(packets, address), f"{person.name} said to {GROUP} that {address} is there")
    straight = sum(len(packet.payload) for packet in packets if {packet.source, packet.destination} == {bob_site.lan4, alice_site.lan4})
    story.check(straight > 1000, f"Bob's request was there after {event.time - begun:.2f} s, and {straight} octets went over "
                "the switch", paths)
    for person in (alice, bob):
        person.daemon.stop()
