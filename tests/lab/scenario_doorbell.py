"""Bob's address changed, and Alice can't know it: he rings her through a miredo-server that knows nothing of Culvert."""

import dataclasses
import os
import pathlib
import subprocess
import sys
import time

from capture import UDP, check_setup_only, once, sent_to_nobody
from namespaces import run as command, until
from nat import Ipv6
from stage import ONE_WAY_MS, ScenarioFailed, Stage, check_captures, check_direct, exchange
from teredo_server import PORT, OwnTeredoServer, TeredoServer
from upnp import Speaks

ALICE_ONE_WAY_MS = 10
FIRST_MESSAGE_MS_MAX = 6 * 2 * (ONE_WAY_MS + ALICE_ONE_WAY_MS) + 300
RUNS, QUICK_RUNS = 20, 2
QUALIFIED_SECONDS = 15
ALONE_SECONDS = 1.5
FLOOD_PER_SECOND, FLOOD_SECONDS = 10_000, 6
FLOOD_MEMORY_MAX = 2 << 20
# A ring in Teredo's encapsulation: UDP, IPv6 and ICMPv6 headers, the quoted headers, 32 octets. Nothing else that goes
# to a server has this size.
RING_UDP_OCTETS = 8 + 40 + 8 + 40 + 8 + 32
# Bubbles and echoes (RFC 4380 §5.2.4) would bring two clients of a server together without any ring, so nothing else
# goes to it but these and solicitations: UDP, authentication, IPv6 and ICMPv6 headers.
SOLICITATION_UDP_OCTETS = 8 + 13 + 40 + 8
QUIET = "table inet quiet {{ chain rest {{ type filter hook forward priority -10; udp dport {} udp length != {{ {}, {} }} drop; }}\n}}\n"
HOLD = "table inet hold {{ chain rings {{ type filter hook forward priority -10; udp dport {} udp length {} drop; }}\n}}\n"


@dataclasses.dataclass(frozen=True)
class Case:
    """How Alice can be rung."""

    name: str
    alice_ipv6: Ipv6
    speaks: Speaks  # Bob's router
    own_server: bool = False  # the server that carries the rings is culvertd's

    @property
    def over4(self):
        return self.alice_ipv6 is Ipv6.NONE

    def __str__(self):
        if self.over4:
            return "Alice has IPv4 alone; both NATs let in only addresses and ports that were written to"
        return f"Alice has {self.alice_ipv6.value}{', and the server is our own' if self.own_server else ''}"


CASES = (Case("doorbell-open", Ipv6.OPEN, Speaks.ALL), Case("doorbell-errors", Ipv6.FIREWALLED, Speaks.ALL),
         Case("doorbell-stateful", Ipv6.STATEFUL, Speaks.ALL), Case("doorbell-ipv4", Ipv6.NONE, Speaks.NOTHING),
         Case("doorbell-ours", Ipv6.FIREWALLED, Speaks.ALL, own_server=True))


def run(options, story):
    for case in CASES:
        with Stage(options, case.name, case.alice_ipv6, case.speaks, ALICE_ONE_WAY_MS) as stage:
            story.say(f"{case}")
            run_case(stage, options, story, case, QUICK_RUNS if options.quick else RUNS)


def run_case(stage, options, story, case, runs):
    server = (OwnTeredoServer(stage.lab, "server", options) if case.own_server else TeredoServer(stage.lab, "server")).start()
    for person in stage.people:
        person.daemon.args = ["--teredo-server", server.address]
    befriend(stage, story, case)
    exchange(stage, story, "hello", 1)
    stage.bob.daemon.stop()
    load(stage, QUIET.format(PORT, SOLICITATION_UDP_OCTETS, RING_UDP_OCTETS))
    took, known = [], stage.bob.site.addresses() | stage.alice.site.addresses() | server.site.addresses()
    for site in (stage.bob.site, stage.alice.site, server.site):
        stage.capture(site)
    for number in range(runs):
        known |= {move(stage, number)}
        took.append(ring(stage, story, case, number))
    rings = report(stage.alice)["doorbell"]["rings_heard"]
    story.check(rings >= runs, f"Alice heard {rings} rings in {runs} runs", rings)
    at_server = stage.captured(server.site)
    packets = once(at_server, stage.captured(stage.bob.site), stage.captured(stage.alice.site))
    check_server(story, server, at_server)
    check_kept(story, case, packets)
    check_captures(stage, story, packets, known)
    check_direct(stage, story, packets)
    took.sort()
    story.say(f"from Bob's writing to Alice's reading, {runs} of {runs} times: {took[0]:.0f} to {took[-1]:.0f} ms, "
              f"mostly {took[len(took) // 2]:.0f}")
    if case.alice_ipv6 is Ipv6.OPEN:
        check_flood(stage, story, case, runs)
    stage.alice.daemon.stop()


def report(person):
    return person.daemon.call("diagnostics.report", masked=False)


def befriend(stage, story, case):
    if not case.over4:
        return stage.befriend(story)
    stage.start()
    for person in stage.people:
        person.daemon.call("profile.create", name=person.name)
    stage.ready()
    for person in stage.people:
        until_qualified(person)
    addresses = [person.daemon.call("profile.address")["address"] for person in stage.people]
    stage.alice.peer = stage.alice.daemon.call("contact.add", address=addresses[0], name="Bob")["contact"]
    stage.bob.peer = stage.bob.daemon.call("contact.add", address=addresses[1], name="Alice")["contact"]
    stage.wait_online(story)


def until_qualified(person):
    until(lambda: report(person)["teredo"]["state"] == "qualified", QUALIFIED_SECONDS,
          f"{person.name} is not qualified", interval=0.1)


def move(stage, number):
    """Bob, whose program is not running, gets another public address. Nobody's router knows it."""
    address = f"45.83.{stage.bob.site.number}.{100 + number}"
    stage.bob.site.change_public_address(address)
    return address


def ring(stage, story, case, number):
    """Bob writes. Milliseconds until Alice has it. While his rings are held back they do not meet."""
    hold(stage)
    stage.bob.daemon.start()
    stage.bob.daemon.wait_for("ready")
    until_qualified(stage.bob)
    until(lambda: not stage.alice.online(), 60, "Alice still believes that Bob is where he was", interval=0.1)
    kept = report(stage.alice)["doorbell"]
    story.check(kept["by_server"] if case.over4 else kept["kept"] or case.alice_ipv6 is Ipv6.OPEN,
                "Alice's doorbell is kept", kept) if number == 0 else None
    time.sleep(ALONE_SECONDS)
    if stage.bob.online():
        raise ScenarioFailed("Bob reached Alice without ringing: this topology proves nothing")
    command("ip", "netns", "exec", stage.lab.internet, "nft", "delete", "table", "inet", "hold")
    text = stage.text(f"where I am now, {number}")
    begun = time.monotonic()
    stage.bob.send(text)
    took = (stage.alice.expect(text).time - begun) * 1000
    story.check(took <= FIRST_MESSAGE_MS_MAX, f"run {number + 1}: Bob's message is at Alice's after {took:.0f} ms (at "
                f"most {FIRST_MESSAGE_MS_MAX}); {stage.bob.active_path()}", f"{took:.0f} ms")
    answer = stage.text(f"found you, {number}")
    stage.alice.send(answer)
    stage.bob.expect(answer)
    stage.bob.daemon.stop()
    return took


def check_flood(stage, story, case, number):
    """A stranger rings ten thousand times a second. Bob's one ring is heard all the same."""
    stranger = stage.lab.add_public_host("stranger")
    alice = stage.alice.daemon
    memory, heard, busy = alice.resident_bytes(), unreachables(alice), processor_seconds(alice)
    flood = [sys.executable, str(pathlib.Path(__file__).with_name("ring_flood.py")), stage.alice.site.address6,
             str(report(stage.alice)["port"]), str(FLOOD_PER_SECOND), str(FLOOD_SECONDS)]
    begun = time.monotonic()
    process = stage.lab.start(stranger.host, flood, stdout=subprocess.PIPE, text=True)
    move(stage, number)
    ring(stage, story, case, number)
    sent = int(process.communicate(timeout=30)[0])
    passed = time.monotonic() - begun
    heard, busy = unreachables(alice) - heard, processor_seconds(alice) - busy
    story.check(heard >= sent * 0.9, f"{heard} rings of a stranger reached her computer within {passed:.1f} s", sent)
    grown = alice.resident_bytes() - memory
    story.check(grown < FLOOD_MEMORY_MAX, f"they took {busy * 100 / passed:.0f} % of a processor, and {grown // 1024} KiB",
                grown)


def unreachables(daemon):
    """How many ICMPv6 errors of type 1 have come to a daemon's namespace."""
    lines = pathlib.Path(f"/proc/{daemon.process.pid}/net/snmp6").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Icmp6InDestUnreachs"))


def processor_seconds(daemon):
    fields = pathlib.Path(f"/proc/{daemon.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hold(stage):
    load(stage, HOLD.format(PORT, RING_UDP_OCTETS))


def load(stage, ruleset):
    command("ip", "netns", "exec", stage.lab.internet, "nft", "-f", "-", stdin=ruleset)


def check_server(story, server, packets):
    """What the server saw is small, and nothing of a conversation."""
    count, octets, wrong = check_setup_only(packets, server.site.addresses())
    story.check(count > 0 and not wrong, f"the server saw {count} packets of {octets} octets, all of them set-up",
                "; ".join(wrong[:5]))
    largest = max(len(packet.payload) for packet in packets if packet.protocol == UDP)
    story.check(largest <= RING_UDP_OCTETS, f"the largest of them has {largest} octets", largest)


def check_kept(story, case, packets):
    """What keeps the way open is one octet, seldom."""
    kept = sent_to_nobody(packets)
    wrong = [packet for packet in kept if len(packet.payload) != 1]
    if not case.over4:
        story.check(not wrong, f"Alice kept her doorbell with {len(kept)} packets of one octet", wrong)
