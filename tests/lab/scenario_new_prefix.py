"""The host's IPv6 address changes: its pinhole follows it, the report proves it, and a friend is told and stays."""

import time

from daemon import Daemon
from namespaces import run as run_command, until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import Person
from upnp import Speaks

BACK_WITHIN = 10.0  # seconds, for the pinhole, and for what the report says of it
TALK_WITHIN = 10.0
NEW_LAST = "77"


def run(options, story):
    for speaks in (Speaks.PCP, Speaks.UPNP):
        with Lab(f"prefix_{speaks.name.lower()}", keep=options.keep) as lab:
            story.say(f"the router speaks {speaks.value}, and nothing else")
            check(options, story, lab, speaks)


def check(options, story, lab, speaks):
    third = lab.add_public_host("third", addresses=2)
    rendezvous = Daemon(lab, third.host, options.culvertd, "third", mode="rendezvous").start()
    args = ["--rendezvous", rendezvous.first_address()]
    sites = [lab.add_home("bob", NatKind.SYMMETRIC, Ipv6.PINHOLES, speaks),
             lab.add_home("alice", NatKind.SYMMETRIC, Ipv6.FIREWALLED)]
    bob, alice = people = [Person(site, Daemon(lab, site.host, options.culvertd, site.name, args=args)) for site in sites]
    try:
        befriend(story, people)
        proven(story, bob, "before")
        renumber(lab, story, bob)
        exchange(story, bob, alice)
        proven(story, bob, "after")
    except Exception:
        for line in (line for person in people for line in person.daemon.last_words()):
            print(f"    {line}")
        raise


def befriend(story, people):
    for person in people:
        person.daemon.start()
        person.daemon.call("profile.create", name=person.name)
        person.daemon.wait_for("ready")
    holed(story, people[0])
    addresses = [person.daemon.call("profile.address")["address"] for person in people]
    for person, other, address in zip(people, people[::-1], addresses[::-1]):
        person.peer = person.daemon.call("contact.add", address=address, name=other.name)["contact"]
    for person in people:
        until(person.online, TALK_WITHIN, f"{person.name} does not see the other online", interval=0.05)
    story.say("Bob and Alice see each other online")


def holed(story, person):
    """The router has a pinhole for the person's present address."""
    begun = time.monotonic()
    until(lambda: ("udp", person.site.address6) in [hole[:2] for hole in person.site.pinholes()], BACK_WITHIN,
          f"the router opens no pinhole for {person.site.address6}")
    story.check(True, f"the router has a pinhole for {person.site.address6} after {time.monotonic() - begun:.1f} s")


def proven(story, person, when):
    def report():
        told = person.daemon.call("diagnostics.report")
        holes = {hole["address"]: hole["state"] for hole in told["pinholes"]}
        return told["native6"] == [person.site.address6] and holes == {person.site.address6: "proven"} and \
            told["verdict"]["inbound6"] == "yes"

    begun = time.monotonic()
    until(report, BACK_WITHIN, f"{person.name}'s report does not prove the pinhole {when}", interval=0.1)
    story.check(True, f"{when}: the report says that it is proven, after {time.monotonic() - begun:.1f} s")


def renumber(lab, story, person):
    """Another address on the same link, as a new prefix or the privacy extensions bring it."""
    site, old = person.site, person.site.address6
    site.address6 = f"{old.rsplit(':', 1)[0]}:{NEW_LAST}"
    run_command("ip", "-n", site.host, "addr", "add", f"{site.address6}/64", "dev", "eth0", "nodad")
    run_command("ip", "-n", site.host, "addr", "del", f"{old}/64", "dev", "eth0")
    story.say(f"Bob's address {old} becomes {site.address6}")
    holed(story, person)


def exchange(story, bob, alice):
    begun = time.monotonic()
    for sender, receiver in ((bob, alice), (alice, bob)):
        text = f"at my new address, from {sender.name}"
        sender.send(text)
        receiver.expect(text, TALK_WITHIN)
    story.check(True, f"a message each way arrived within {time.monotonic() - begun:.1f} s")
    story.say(f"Bob's path is {bob.active_path()}")
