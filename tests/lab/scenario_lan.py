"""Two computers on one switch, and nothing else: no router, no internet, no server, and no address that is still true.

What each has is tried apart: a private IPv4 address, one of RFC 3927 (169.254.0.0/16), and an IPv6 link-local address
alone. Address strings and everything that was learnt name addresses of before.
"""

import os
import socket
import struct
import threading
import time

from capture import Capture
from daemon import Daemon
from namespaces import inside, run as run_command, until
from netlab import Lab, sysctl
from stage import Person

FIRST_WITHIN = 1.0  # seconds, from the moment when both are ready
ASKED_WITHIN = 1.0  # from contact.add to contact.request at the other one
PLUGGED_WITHIN = 1.0  # from the moment when the cable is in
AMONG_NOISE_WITHIN = 5.0  # from both being ready, while a neighbour floods the group
NOISE_RATE = 5000  # beacons a second, of 64 tags each: 5 megabytes
NOISE_SECONDS = 10
CPU_SHARE_MAX = 0.5
BEACON_PORT = 48619
GROUP4 = "239.255.189.235"

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
    sites = lab.add_switch(("bob", "alice", "mallory"))
    mallory = sites.pop()
    bob, alice = people = [Person(site, Daemon(lab, site.host, options.culvertd, site.name)) for site in sites]
    carol = Person(bob.site, Daemon(lab, bob.site.host, options.culvertd, "carol"))
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
        share_computer(story, bob, carol, pasted)
        stop((carol,))
        if pattern.startswith("10."):
            resist(story, people, mallory, pattern)
        stop(people)
    except Exception:
        for line in (line for person in (*people, carol) for line in person.daemon.last_words()):
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
        text = f"after the cable {net}"
        bob.send(text)  # Who has nothing to say looks after an idle path every 28 s at the latest.
        until(lambda: not bob.online(), 20, "Bob does not see that Alice is gone")
        number((bob, alice), pattern, net)
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


def share_computer(story, bob, carol, pasted):
    """Another profile on Bob's computer pastes his old address string, too."""
    carol.daemon.start()
    carol.daemon.call("profile.create", name="Carol")
    begun = time.monotonic()
    carol.daemon.call("contact.add", address=pasted, name="Bob")
    taken = bob.daemon.wait_for("contact.request", lambda params: params.get("name") == "Carol").time - begun
    story.check(taken <= ASKED_WITHIN, f"and {taken * 1000:.0f} ms after another profile on his own computer did")


class Noise(threading.Thread):
    """A neighbour who sends sound beacons with tags of nobody, and each one it hears again, to the group."""

    def __init__(self, site, address):
        super().__init__(daemon=True)
        with inside(site.host):
            self._out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._heard = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
        self._out.bind((address, 0))
        self._heard.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._heard.bind((GROUP4, BEACON_PORT))
        member = struct.pack("4s4s", socket.inet_aton(GROUP4), socket.inet_aton(address))
        self._heard.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
        self._heard.setblocking(False)
        self.sent = self.repeated = 0
        self.ends = time.monotonic() + NOISE_SECONDS

    def run(self):
        recorded, begun = [], time.monotonic()
        noise = [b"Cvl\0" + os.urandom(64 * 16) for _ in range(50)]
        while time.monotonic() < self.ends:
            due = int((time.monotonic() - begun) * NOISE_RATE)
            while self.sent < due:
                repeat = recorded and self.sent % 100 == 0
                beacon = recorded[self.repeated % len(recorded)] if repeat else noise[self.sent % len(noise)]
                self.repeated += 1 if repeat else 0
                self._out.sendto(beacon, (GROUP4, BEACON_PORT))
                self.sent += 1
            try:
                beacon, source = self._heard.recvfrom(2000)
                if source[1] != self._out.getsockname()[1] and len(recorded) < 100:
                    recorded.append(beacon)
            except BlockingIOError:
                time.sleep(0.002)


def cpu_seconds(daemon):
    with open(f"/proc/{daemon.process.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resist(story, people, mallory, pattern):
    """A third host floods the group, and repeats what it hears, while both start."""
    stop(people)
    number(people, pattern, 30)
    address = pattern.format(net=30, host=66)
    run_command("ip", "-n", mallory.host, "addr", "add", address, "dev", "eth0")
    noise = Noise(mallory, address.split("/")[0])
    noise.start()
    time.sleep(0.5)
    sender, receiver = people
    ready = start(people)
    sender.send("through the noise")
    taken = receiver.expect("through the noise").time - ready
    story.check(taken <= AMONG_NOISE_WITHIN, f"among {NOISE_RATE} beacons a second of a stranger's the first message "
                f"took {taken * 1000:.0f} ms (at most {AMONG_NOISE_WITHIN * 1000:.0f} ms)")
    begun, before = time.monotonic(), [cpu_seconds(person.daemon) for person in people]
    noise.join()
    passed = time.monotonic() - begun
    shares = [(cpu_seconds(person.daemon) - used) / passed for person, used in zip(people, before)]
    story.check(max(shares) <= CPU_SHARE_MAX, f"{noise.sent} beacons were sent, {noise.repeated} of them heard before; "
                f"the programs took {shares[0] * 100:.0f} % and {shares[1] * 100:.0f} % of a processor meanwhile")
    story.check(all(person.daemon.resident_bytes() < 64 * 2**20 for person in people), "and memory stayed: "
                + ", ".join(f"{person.daemon.resident_bytes() // 2**20} MiB" for person in people))
