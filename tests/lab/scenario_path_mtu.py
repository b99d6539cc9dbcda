"""Packets as large as the way takes them: found at first, and again after a link in the middle has shrunk.

The link swallows what is too large, and nothing tells of it (RFC 2923 §2.1): the routers' words are dropped.
"""

import time

from namespaces import run as run_command, until
from stage import Stage

WIDE, NARROW = 1500, 1400
IN_TUNNEL = 1500 - 28  # what is left of an Ethernet frame for the IPv6 packet inside UDP/IPv4
FOUND_WITHIN = 5.0
TALK_WITHIN = 2.5  # a second until the large ones are given up, and QUIC must have sent them again
LONG = "." * 6000


def run(options, story):
    with Stage(options, "path_mtu") as stage:
        silence_routers(stage)
        stage.befriend(story)
        numbers = iter(range(1, 1_000_000))
        expect_mtu(stage, story, numbers, IN_TUNNEL, "at first")
        shrink(stage, NARROW)
        begun = time.monotonic()
        text = stage.text(f"through the narrow link {LONG}")
        stage.alice.send(text)
        stage.bob.expect(text)
        taken = time.monotonic() - begun
        story.check(taken <= TALK_WITHIN, f"a long message arrived {taken * 1000:.0f} ms after the link shrank to "
                    f"{NARROW} (at most {TALK_WITHIN * 1000:.0f} ms)")
        expect_mtu(stage, story, numbers, NARROW - 28, "behind the narrow link")
        shrink(stage, WIDE)
        story.check(stage.alice.online() and stage.bob.online(), "and nobody went offline")
        stage.stop()


def shrink(stage, mtu):
    site = stage.bob.site
    run_command("ip", "-n", stage.lab.internet, "link", "set", site.uplink, "mtu", str(mtu))
    run_command("ip", "-n", site.router, "link", "set", "wan", "mtu", str(mtu))


def silence_routers(stage):
    """No ICMP message of a router arrives anywhere: a black hole."""
    for namespace in (stage.lab.internet, stage.bob.site.router, stage.alice.site.router):
        text = ("table inet quiet { chain out { type filter hook output priority 0; "
                "icmp type destination-unreachable drop; icmpv6 type packet-too-big drop; }; }\n")
        run_command("ip", "netns", "exec", namespace, "nft", "-f", "-", stdin=text)


def mtu_of(person):
    for path in person.daemon.call("path.list", contact=person.peer)["paths"]:
        if path.get("active"):
            return path["mtu"]
    return None


def expect_mtu(stage, story, numbers, wanted, when):
    def found():
        for sender, receiver in (stage.people, stage.people[::-1]):
            text = stage.text(f"{next(numbers)} {LONG}")
            sender.send(text)
            receiver.expect(text)
        return all(mtu_of(person) == wanted for person in stage.people)

    begun = time.monotonic()
    until(found, FOUND_WITHIN, f"the packets of both should have {wanted} octets {when}: "
          f"{[mtu_of(person) for person in stage.people]}", interval=0.05)
    story.say(f"{when} both send packets of {wanted} octets inside the tunnel, found in "
              f"{time.monotonic() - begun:.1f} s")
