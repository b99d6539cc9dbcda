"""Two computers on one switch, and nothing else: no router, no internet, no server, and no address that is still true.

What each has is tried apart: a private IPv4 address, one of RFC 3927 (169.254.0.0/16), and an IPv6 link-local address
alone. Address strings and everything that was learnt name addresses of before.
"""

import time

from capture import Capture
from daemon import Daemon
from namespaces import run as run_command, until
from netlab import Lab, sysctl
from stage import Person

FIRST_WITHIN = 1.0  # seconds, from the moment when both are ready
ASKED_WITHIN = 1.0  # from contact.add to contact.request at the other one
PLUGGED_WITHIN = 1.0  # from the moment when the cable is in
BEACON_PORT = 48619

# name: what an interface has after a start; `%d` is the host's number and the first number the network's.
NETWORKS = {
    "private IPv4 addresses": "10.{net}.7.{host}/24",
    "link-local IPv4 addresses": "169.254.{net}.{host}/16",
    "IPv6 link-local addresses": "fe80::{net}:{host}/64",
}


def run(options, story):
    for name, pattern in NETWORKS.items():
        with Lab("lan", keep=options.keep) as lab:
            story.say(f"a switch, and {name} alone")
            check(options, story, lab, pattern)


def check(options, story, lab, pattern):
    sites = lab.add_switch(("bob", "alice"))
    bob, alice = people = [Person(site, Daemon(lab, site.host, options.culvertd, site.name)) for site in sites]
    try:
        number(people, pattern, 1)
        for person in people:
            person.daemon.start()
            person.daemon.call("profile.create", name=person.name)
        pasted = bob.daemon.call("profile.address")["address"]
        stop(people)
        number(people, pattern, 2)
        ask(story, bob, alice, pasted)
        measure_first_message(story, people, pattern)
        replug(story, bob, alice, pattern)
        listen(story, lab, people)
        stop(people)
    except Exception:
        for line in (line for person in people for line in person.daemon.last_words()):
            print(f"    {line}")
        raise


def number(people, pattern, net):
    """Each interface has this address and no other."""
    for host, person in enumerate(people, 2):
        namespace = person.site.host
        sysctl(namespace, {"net.ipv6.conf.eth0.addr_gen_mode": 1, "net.ipv6.conf.eth0.accept_dad": 0,
                           "net.ipv6.conf.eth0.disable_ipv6": 0 if ":" in pattern else 1})
        run_command("ip", "-n", namespace, "addr", "flush", "dev", "eth0")
        nodad = ["nodad"] if ":" in pattern else []
        run_command("ip", "-n", namespace, "addr", "add", pattern.format(net=net, host=host), "dev", "eth0", *nodad)


def stop(people):
    for person in people:
        person.daemon.stop()


def start(people):
    """Both programs at once; when the later one was ready."""
    for person in people:
        person.daemon.start()
    return max(person.daemon.wait_for("ready").time for person in people)


def ask(story, bob, alice, pasted):
    """Alice pastes Bob's address string of before; he wants for nobody, and does not know her."""
    start((bob, alice))
    time.sleep(3)  # his greetings are over
    begun = time.monotonic()
    alice.peer = alice.daemon.call("contact.add", address=pasted, name="Bob", greeting="next door")["contact"]
    request = bob.daemon.wait_for("contact.request")
    taken = request.time - begun
    story.check(taken <= ASKED_WITHIN, f"Bob was asked {taken * 1000:.0f} ms after Alice pasted an address of before "
                f"(at most {ASKED_WITHIN * 1000:.0f} ms)", f"it took {taken:.2f} s")
    bob.peer = request.params["contact"]
    bob.daemon.call("contact.accept", contact=bob.peer)
    for sender, receiver in ((bob, alice), (alice, bob)):
        text = f"hello from {sender.name}"
        until(sender.online, 5, f"{sender.name} does not see the other online")
        sender.send(text)
        receiver.expect(text)


def measure_first_message(story, people, pattern):
    """Both had been away, and have other addresses. How long from both being ready to the first text?"""
    taken = []
    for net in range(3, 8):
        stop(people)
        number(people, pattern, net)
        sender, receiver = people[::1 if net % 2 else -1]
        text = f"first, in network {net}"
        for person in people:
            person.daemon.start()
        sender.daemon.wait_for("ready")
        sender.send(text)
        ready = max(person.daemon.wait_for("ready").time for person in people)
        taken.append(receiver.expect(text).time - ready)
        kinds = [path["kind"] for path in sender.daemon.call("path.list", contact=sender.peer)["paths"]
                 if path.get("active")]
        story.check(kinds == ["lan"], f"{sender.name}'s path is {sender.active_path()}")
    story.check(max(taken) <= FIRST_WITHIN, "the first message after both were ready took "
                + ", ".join(f"{each * 1000:.0f}" for each in taken)
                + f" ms (at most {FIRST_WITHIN * 1000:.0f} ms)")


def replug(story, bob, alice, pattern):
    """Alice's cable is out for a while; when it is in again her address is another one."""
    for net in range(20, 23):
        run_command("ip", "-n", alice.site.host, "link", "set", "eth0", "down")
        until(lambda: not bob.online(), 20, "Bob does not see that Alice is gone")
        number((bob, alice), pattern, net)
        text = f"after the cable {net}"
        bob.send(text)
        time.sleep(2)
        run_command("ip", "-n", alice.site.host, "link", "set", "eth0", "up")
        if ":" in pattern:  # a link that goes down takes its IPv6 addresses along
            number((alice,), pattern, net + 100)
        begun = time.monotonic()
        taken = alice.expect(text).time - begun
        story.check(taken <= PLUGGED_WITHIN, f"a message that waited arrived {taken * 1000:.0f} ms after the cable was "
                    f"in (at most {PLUGGED_WITHIN * 1000:.0f} ms)", f"it took {taken:.2f} s")


def listen(story, lab, people):
    """Nobody is missing: nothing but the path's own keepalives is on the wire. What the report says of it."""
    time.sleep(3)
    wire = Capture(lab, people[0].site.host, "eth0", "idle")
    time.sleep(5)
    beacons = [packet for packet in wire.stop() if packet.destination_port == BEACON_PORT]
    story.check(not beacons, "no beacon goes out while both are connected", f"{len(beacons)} did")
    for person in people:
        items = person.daemon.call("diagnostics.report", masked=True)["items"]
        found = [item["title"] for item in items if item["code"] == "lan.heard"]
        story.check(found, f"{person.name}'s report: {found[0] if found else 'nothing'}")
