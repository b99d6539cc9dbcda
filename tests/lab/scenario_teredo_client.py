"""The real miredo-server qualifies culvertd behind each NAT as what the NAT is, and a relay reaches the cone ones."""

import dataclasses
import ipaddress
import time

from address_string import address_bytes
from capture import Capture, encapsulated
from daemon import Daemon
from namespaces import until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import ONLINE_TIMEOUT, Person
from teredo_server import PORT, TeredoServer
from upnp import Speaks

ALL_ROUTERS = ipaddress.ip_address("ff02::2").packed
CONE, RESTRICTED, SYMMETRIC = "cone", "restricted", "symmetric"
QUALIFIED_SECONDS = 5  # `culvertd diagnose` waits that long
SWITCHED_SECONDS = 15
REFRESH_SECONDS = 30  # RFC 4380 §5.2: until then a server need not be asked

# What RFC 4380's test must find. A router's mapping with equal ports makes a port-restricted NAT pass the cone test;
# behind another NAT the router is refused one, and a symmetric NAT does not send from the port that it maps.
EXPECTED = {
    (NatKind.PUBLIC, Speaks.NOTHING): CONE,
    (NatKind.FULL_CONE, Speaks.NOTHING): CONE,
    (NatKind.FULL_CONE, Speaks.UPNP): CONE,
    (NatKind.PORT_RESTRICTED, Speaks.NOTHING): RESTRICTED,
    (NatKind.PORT_RESTRICTED, Speaks.UPNP): CONE,
    (NatKind.ADDRESS_RESTRICTED, Speaks.NOTHING): RESTRICTED,
    (NatKind.ADDRESS_RESTRICTED, Speaks.UPNP): CONE,
    (NatKind.SYMMETRIC, Speaks.NOTHING): SYMMETRIC,
    (NatKind.SYMMETRIC, Speaks.UPNP): SYMMETRIC,
    (NatKind.DOUBLE, Speaks.NOTHING): RESTRICTED,
    (NatKind.DOUBLE, Speaks.UPNP): RESTRICTED,
    (NatKind.CARRIER, Speaks.NOTHING): SYMMETRIC,
    (NatKind.CARRIER, Speaks.UPNP): SYMMETRIC,
}
QUICK = [(NatKind.PUBLIC, Speaks.NOTHING), (NatKind.FULL_CONE, Speaks.NOTHING), (NatKind.PORT_RESTRICTED, Speaks.NOTHING),
         (NatKind.PORT_RESTRICTED, Speaks.UPNP), (NatKind.ADDRESS_RESTRICTED, Speaks.NOTHING),
         (NatKind.SYMMETRIC, Speaks.UPNP), (NatKind.CARRIER, Speaks.NOTHING)]


@dataclasses.dataclass
class Cell:
    """A home with a culvertd in it, and what must be found there."""

    kind: NatKind
    speaks: Speaks
    person: Person
    at_alice: str = ""  # how Alice knows it

    @property
    def expected(self):
        return EXPECTED[(self.kind, self.speaks)]

    def __str__(self):
        return f"{self.kind.name} x router {self.speaks.name}"

    def report(self):
        return self.person.daemon.call("diagnostics.report", masked=False)

    def teredo(self):
        return self.report()["teredo"]

    def address(self):
        return self.person.daemon.call("profile.address")["address"]

    def names(self, server):
        """Whether the address string holds a Teredo address with that server in it."""
        return ipaddress.ip_address(server).packed in address_bytes(self.address())


def run(options, story):
    with Lab("teredo-client", bridge=options.bridge, keep=options.keep) as lab:
        servers = [TeredoServer(lab, name).start() for name in ("one", "two")]
        alice = start(lab, options, lab.add_home("alice", NatKind.PORT_RESTRICTED, Ipv6.FIREWALLED), servers)
        cells = [build(lab, options, kind, speaks, servers, number)
                 for number, (kind, speaks) in enumerate(QUICK if options.quick else EXPECTED)]
        for cell in cells:
            check_qualification(story, cell, servers[0])
        check_host_with_ipv6(story, alice)
        for cell in cells:
            if cell.expected == CONE:
                check_relay(story, cell, alice)
        check_failover(lab, story, [cell for cell in cells if cell.speaks is Speaks.NOTHING], servers)
        for cell in cells:
            if cell.expected == CONE and cell.speaks is Speaks.NOTHING:
                check_messages(story, cell, alice, "after the other server took over")
        for person in [alice, *(cell.person for cell in cells)]:
            person.daemon.stop()


def start(lab, options, site, servers):
    args = [word for server in servers for word in ("--teredo-server", server.address)]
    daemon = Daemon(lab, site.host, options.culvertd, site.name, args=args).start()
    daemon.call("profile.create", name=site.name)
    return Person(site, daemon)


def build(lab, options, kind, speaks, servers, number):
    return Cell(kind, speaks, start(lab, options, lab.add_home(f"cell{number}", kind, Ipv6.NONE, speaks), servers))


def check_qualification(story, cell, server):
    found = until(lambda: (status := cell.teredo())["state"] == "qualified" and status, QUALIFIED_SECONDS,
                  f"{cell} is not qualified: {cell.teredo()}", interval=0.1)
    story.check((found["kind"], found["state"]) == (cell.expected, "qualified"), f"{cell} is {cell.expected}", found)
    story.check(found["server_address"] == server.address, f"  by {server.address}", found)
    host, port = found["mapped"].rsplit(":", 1)
    story.check(host == cell.person.site.public4, f"  seen as {found['mapped']}", cell.person.site.public4)
    report = cell.report()
    keeps = cell.expected != SYMMETRIC
    story.check((int(port) == report["port"]) == keeps, "  with the port that the NAT gives it", report["port"])
    if cell.expected == CONE:
        story.check(cell.names(server.address), "  its address string names the server")
        story.check(report["teredo_address"] == found["address"] and report["inbound4"]["open"] is True
                    and report["inbound4"]["witness"] == "teredo_server", "  it is proven open", report["inbound4"])
    else:
        # RFC 4380 §5.2.4 case 5, RFC 6081 §5.2: it is found through the server.
        story.check(cell.names(server.address), "  its address string names the server")
        story.check(report["inbound4"]["open"] is not True, "  nothing claims that it is open", report["inbound4"])
    check_verdict(story, cell, report)


def check_verdict(story, cell, report):
    nat = report["verdict"]["nat"]
    wanted = {"translated": cell.kind is not NatKind.PUBLIC, "port_preserved": cell.expected != SYMMETRIC}
    if cell.expected == CONE:
        wanted["filtering"] = "endpoint_independent" if cell.speaks is Speaks.NOTHING else None
        if cell.speaks is Speaks.UPNP:
            story.check(report["port_mapping"]["state"] == "proven", "  its mapping is proven", report["port_mapping"])
    else:
        wanted["varies"] = cell.expected == SYMMETRIC
    wrong = {name: nat[name] for name, value in wanted.items() if nat[name] != value}
    story.check(not wrong, "  the verdict on the NAT follows", wrong)
    listed = cell.person.daemon.call("teredo_server.list")["teredo_servers"][0]
    story.check(listed["health"] == "qualified" and listed["rtt_ms"] > 0, "  teredo_server.list says so", listed)


def check_host_with_ipv6(story, alice):
    """RFC 4380 §5.5: whoever has native IPv6 is no client."""
    status = alice.daemon.call("diagnostics.report", masked=False)["teredo"]
    health = {entry["health"] for entry in alice.daemon.call("teredo_server.list")["teredo_servers"]}
    story.check(status["state"] == "off" and health == {"not_used"}, "with native IPv6 no server is asked", status)


def check_relay(story, cell, alice):
    """Alice, who has native IPv6, talks with a cone client by its Teredo address."""
    bob = cell.person
    bob.peer = bob.daemon.call("contact.add", address=alice.daemon.call("profile.address")["address"])["contact"]
    alice.peer = cell.at_alice = alice.daemon.call("contact.add", address=cell.address())["contact"]
    until(lambda: bob.online() and alice.online(), ONLINE_TIMEOUT, f"Alice and {cell} do not meet", interval=0.05)
    check_messages(story, cell, alice, "at first")
    until(lambda: any(path["kind"] == "teredo" and path["answered"] for path in paths(alice)), ONLINE_TIMEOUT,
          f"the Teredo address of {cell} does not answer: {paths(alice)}", interval=0.1)
    story.check(True, f"Alice reaches {cell} by its Teredo address")


def paths(person):
    return person.daemon.call("path.list", contact=person.peer)["paths"]


def check_messages(story, cell, alice, when):
    alice.peer = cell.at_alice
    for sender, receiver in ((alice, cell.person), (cell.person, alice)):
        sender.send(f"{cell} {when}")
        receiver.expect(f"{cell} {when}")
    story.say(f"a message each way between Alice and {cell}, {when}")


def check_failover(lab, story, cells, servers):
    """The first server dies. From the first question that it leaves unanswered it takes 15 s at most."""
    captures = {cell.kind: Capture(lab, lab.internet, cell.person.site.uplink, f"failover-{cell.person.site.name}")
                for cell in cells}
    ports = {cell.kind: int(cell.teredo()["mapped"].rsplit(":", 1)[1]) for cell in cells}
    servers[0].kill()
    killed, waiting, switched = time.time(), list(cells), {}
    while waiting:
        cell = until(lambda: next((each for each in waiting if has_switched(each, servers[1])), None),
                     REFRESH_SECONDS + SWITCHED_SECONDS, f"no switch to the second server: {waiting[0].teredo()}", 0.1)
        waiting.remove(cell)
        switched[cell.kind] = time.time()
    for cell in cells:
        packets = captures[cell.kind].stop()
        asked = min(packet.time for packet in packets if packet.time > killed
                    and packet.source_port == ports[cell.kind] and is_question(packet, servers[0]))
        taken = switched[cell.kind] - asked
        story.check(taken <= SWITCHED_SECONDS, f"{cell} uses the second server {taken:.1f} s after its first question "
                    "that was not answered", f"{taken:.1f} s")
        found = cell.teredo()
        story.check(found["kind"] == cell.expected, f"  and is {cell.expected} there, too", found)
        if cell.expected == CONE:
            story.check(cell.names(servers[1].address) and not cell.names(servers[0].address),
                        "  its address string names the second server")
        health = [entry["health"] for entry in cell.person.daemon.call("teredo_server.list")["teredo_servers"]]
        story.check(health == ["no_answer", "qualified"], "  and its list says so", health)


def is_question(packet, server):
    """Whether it is a router solicitation to this server: echo requests and bubbles go there, too.

    So do solicitations of another port, which measures how long the NAT remembers (RFC 4380 §5.2.7).
    """
    inner = encapsulated(packet.payload)
    return ((packet.destination, packet.destination_port) == (server.address, PORT) and inner is not None
            and inner[24:40] == ALL_ROUTERS)


def has_switched(cell, server):
    status = cell.teredo()
    return status["state"] == "qualified" and status["server_address"] == server.address
