"""A contact is asked to ring: what comes in through each kind of NAT and firewall, and what does not.

Bob is open; Alice asks him as soon as they are connected. He rings from a port that she never wrote to.
"""

from nat import Ipv6, NatKind
from netlab import Lab
from namespaces import until
from stage import Person, address_with_mapping
from daemon import Daemon
from upnp import Speaks

ONE_WAY_MS = 25
CONNECTED_WITHIN = 10
KNOWN_WITHIN = 4.0  # three seconds, and one for a machine with other work

# (IPv4, IPv6, the router speaks) -> what comes of the rings over IPv4 and IPv6
HOMES = {
    "through a port that the router opened by UPnP": (
        (NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.UPNP), ("came_in", None)),
    "through a NAT that filters by address and port": (
        (NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.NOTHING), ("nothing_came", None)),
    "through a NAT that filters nothing": ((NatKind.FULL_CONE, Ipv6.NONE, Speaks.NOTHING), ("came_in", None)),
    "over IPv6 without a firewall": (
        (NatKind.PORT_RESTRICTED, Ipv6.OPEN, Speaks.NOTHING), ("nothing_came", "came_in")),
    "over IPv6 past a stateful firewall": ((None, Ipv6.FIREWALLED, Speaks.NOTHING), (None, "nothing_came")),
}


def run(options, story):
    for words, (home, outcomes) in HOMES.items():
        with Lab("ring", bridge=options.bridge, keep=options.keep) as lab:
            people = [person(lab, options, lab.add_home("alice", *home, delay_ms=ONE_WAY_MS)),
                      person(lab, options, lab.add_public_host("bob", delay_ms=ONE_WAY_MS))]
            try:
                ring(story, *people, words, home[2] is not Speaks.NOTHING, outcomes)
            except BaseException:
                for line in (line for one in people for line in one.daemon.last_words()):
                    print(f"    {line}")
                raise


def person(lab, options, site):
    return Person(site, Daemon(lab, site.host, options.culvertd, site.name))


def ring(story, alice, bob, words, has_mapping, outcomes):
    for one in (alice, bob):
        one.daemon.start()
        one.daemon.call("profile.create", name=one.name)
        one.daemon.wait_for("ready")
    if has_mapping:
        address_with_mapping(alice)
    for one, other in ((alice, bob), (bob, alice)):
        address = other.daemon.call("profile.address")["address"]
        one.peer = one.daemon.call("contact.add", address=address, name=other.name)["contact"]
    until(lambda: agreed(alice) and agreed(bob), CONNECTED_WITHIN, "the two do not connect", interval=0.05)
    families = [number for number, outcome in zip((4, 6), outcomes) if outcome]
    until(lambda: all(has_way(alice, family) for family in families), CONNECTED_WITHIN, "a way does not work",
          interval=0.05)
    alice.daemon.call("path.ask_to_ring", contact=alice.peer)
    until(lambda: all(one is None or one["outcome"] != "waiting" for one in rung(alice)), KNOWN_WITHIN,
          "the report does not say what came of it", interval=0.02)
    found = rung(alice)
    story.check([one and one["outcome"] for one in found] == list(outcomes),
                f"{words}: {', '.join(said(*item) for item in zip(('IPv4', 'IPv6'), found) if item[1])}", str(found))
    for one in (alice, bob):
        one.daemon.stop()


def agreed(who):
    return who.online() and who.daemon.call("contact.list")["contacts"][0]["state"] == "accepted"


def rung(who):
    report = who.daemon.call("diagnostics.report", masked=False)
    return [report["rung4"], report["rung6"]]


def has_way(who, family):
    paths = who.daemon.call("path.list", contact=who.peer)["paths"]
    return any(path["works"] and path["kind"] != "tcp" and path["remote"].startswith("[") == (family == 6)
               for path in paths)


def said(family, ring_of_one):
    taken = ring_of_one["ms"]
    return f"{family} {ring_of_one['outcome']}" + (f" after {taken:.0f} ms" if taken else "")
