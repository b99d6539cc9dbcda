"""Teredo clients of others, the real miredo and plain sockets, are served by `culvertd rendezvous --teredo`."""

import collections
import ipaddress
import os
import secrets
import select
import shutil
import socket
import struct
import time

import teredo_peer as wire
from daemon import Daemon
from namespaces import LabError, inside, run as run_command, until
from nat import BEHAVIOUR, EI, NatKind
from netlab import Lab, sysctl
from teredo_peer import SILENCE, TEREDO_PORT, TeredoPeer

QUALIFY_TIMEOUT = 40  # seconds: miredo may try three times four seconds for each of its questions
PING_TIMEOUT = 15
KINDS = (NatKind.PUBLIC, NatKind.FULL_CONE, NatKind.ADDRESS_RESTRICTED, NatKind.PORT_RESTRICTED)
Server = collections.namedtuple("Server", "primary secondary")
Question = collections.namedtuple("Question", "name payload at_secondary", defaults=(False,))


def run(options, story):
    with Lab("teredoserver", bridge=options.bridge, keep=options.keep) as lab:
        site = lab.add_public_host("server", addresses=2, v6=False)
        server = Server(site.public4, site.alternates[0])
        daemon = Daemon(lab, site.host, options.culvertd, "server", ["--teredo"], mode="rendezvous").start()
        daemon.first_address()
        said = until(lambda: _said(daemon), 5, "culvertd does not say what it serves")
        story.check(f"{server.primary}:3544" in said and f"{server.secondary}:3544" in said, f"it says: {said.strip()}")
        story.check(len(daemon.other_lines) == 1, "and nothing but the address string on standard output")
        for kind in KINDS:
            check_qualification(lab, story, server, kind)
        check_one_address(lab, story, options)
        check_bubbles(lab, story, server)
        if shutil.which("miredo-server"):
            check_alike(lab, story, server)
        else:
            story.say("not compared with another server: the program miredo-server is not installed")
        if shutil.which("miredo") and os.path.exists("/dev/net/tun"):
            check_miredo(lab, story, server, daemon)
        else:
            story.say("not tried with another client: it takes the program miredo and /dev/net/tun")


def _said(daemon):
    return " ".join(daemon.error_lines())


# Plain clients

def check_qualification(lab, story, server, kind):
    """RFC 4380 §5.2.1, §5.3.2: which advertisements a client gets, and what they tell."""
    home = lab.add_home(f"q{kind.name.lower()[:7]}", kind)
    peer = TeredoPeer(home)
    nonce = secrets.token_bytes(8)
    answers = [peer.ask(server.primary, wire.solicitation(True, nonce), seconds=1)]
    answers += [peer.ask(address, wire.solicitation(False, nonce), seconds=1) for address in server]
    cone = answers[0]
    story.check(bool(cone) == (BEHAVIOUR[kind].filtering == EI), f"{kind.value}: with the cone bit "
                f"{'the other address answers' if cone else 'no answer passes the NAT'}", str(cone))
    for answer, address in zip(answers, (server.secondary, *server)):
        right = answer and (answer.source, answer.origin, answer.nonce, answer.prefix) == (
            (address, TEREDO_PORT), peer.mapped, nonce, b"\x20\x01\0\0" + wire.v4(server.primary))
        if answer is not cone or cone:
            story.check(right, f"{address} answers, with our nonce, our prefix and the origin {peer.mapped}", str(answer))
    peer.close()
    lab.remove_site(home)


def check_one_address(lab, story, options):
    """A server with one address answers only what it can answer truly."""
    site, home = lab.add_public_host("single", v6=False, addresses=2), lab.add_home("asker", NatKind.FULL_CONE)
    daemon = Daemon(lab, site.host, options.culvertd, "single", ["--teredo", "--bind", site.public4],
                    mode="rendezvous").start()
    daemon.first_address()
    peer = TeredoPeer(home)
    plain = until(lambda: peer.ask(site.public4, wire.solicitation(False)), 5, "no answer from the single address")
    cone = peer.ask(site.public4, wire.solicitation(True))
    story.check(plain.source[0] == site.public4 and not cone, "a server bound to one of its addresses answers "
                "without the cone bit alone")
    peer.close()
    daemon.kill9()
    for gone in (site, home):
        lab.remove_site(gone)


def check_bubbles(lab, story, server):
    """RFC 4380 §5.2.4 case 5: two behind port-restricted NATs open them to each other."""
    sites = [lab.add_home(name, NatKind.PORT_RESTRICTED) for name in ("ann", "ben")]
    ann, ben = (TeredoPeer(site) for site in sites)
    for peer in (ann, ben):
        peer.ask(server.primary, wire.solicitation(False), seconds=1)
    there = wire.bubble(ann.address(server.primary), ben.address(server.primary))
    ann.socket.sendto(there, ben.mapped)
    story.check(not ben.hear(), "between two port-restricted NATs a direct bubble is lost")
    ann.send(server.primary, there)
    indirect = ben.hear(1)
    story.check(indirect and indirect.source == (server.primary, TEREDO_PORT) and indirect.origin == ann.mapped,
                f"one through the server arrives, and tells its origin {ann.mapped}", indirect)
    ben.socket.sendto(wire.bubble(ben.address(server.primary), ann.address(server.primary)), indirect.origin)
    direct = ann.hear(1)
    story.check(direct and direct.source == ben.mapped, "and the answer comes straight from the other one", direct)
    for peer, site in zip((ann, ben), sites):
        peer.close()
        lab.remove_site(site)


# The other server

def check_alike(lab, story, ours):
    """The same questions to miredo-server: what both must do they do alike."""
    site = lab.add_public_host("real", addresses=2)
    real = Server(site.public4, site.alternates[0])
    configuration = lab.folder / "miredo-server.conf"
    configuration.write_text(f"ServerBindAddress {real.primary}\nServerBindAddress2 {real.secondary}\n")
    lab.start(site.host, ["miredo-server", "-f", "-u", "nobody", "-c", str(configuration), "-p",
                          str(lab.folder / "miredo-server.pid")], stderr=open(lab.folder / "miredo-server.log", "wb"))
    hosts = [lab.add_public_host(name) for name in ("carl", "dora")]
    peers = [TeredoPeer(host) for host in hosts]
    until(lambda: peers[0].ask(real.primary, wire.solicitation(False)), 5, "miredo-server does not answer")
    questions = same_questions(*peers)
    different = [question.name for question in questions
                 if outcome(question, ours, *peers) != outcome(question, real, *peers)]
    story.check(not different, f"{len(questions)} questions are answered as miredo-server answers them",
                ", ".join(different))
    for question in stricter_questions(*peers):
        theirs, mine = outcome(question, real, *peers), outcome(question, ours, *peers)
        story.check(theirs and not mine, f"stricter than miredo-server: {question.name}", f"{theirs}, {mine}")
    for peer in peers:
        peer.close()
    for gone in (site, *hosts):
        lab.remove_site(gone)


def same_questions(asker, other):
    """What the standard settles."""
    nonce = b"12345678"
    native, six_to_four = (ipaddress.IPv6Address(text).packed for text in ("2a0e:b107:99::1", "2002:102:304::1"))

    def echo(size):
        return lambda server: wire.icmpv6(asker.address(server.primary), other.address(server.primary),
                                          wire.ECHO_REQUEST, bytes(size - 4))

    def between(source=None, before=b"", after=b""):
        return lambda server: before + wire.bubble(source or asker.address(server.primary),
                                                   other.address(server.primary)) + after

    def soliciting(source, destination=wire.ALL_ROUTERS, body=bytes(4)):
        return lambda server: wire.authentication(nonce) + wire.icmpv6(
            source(server), destination, wire.SOLICITATION, body)

    def packet(following, payload):
        return lambda server: wire.ipv6(asker.address(server.primary), other.address(server.primary), following, payload)

    def plain(_):
        return wire.link_local(False)

    return [
        Question("a solicitation", lambda _: wire.solicitation(False, nonce)),
        Question("a solicitation to the other address", lambda _: wire.solicitation(False, nonce), True),
        Question("with the cone bit", lambda _: wire.solicitation(True, nonce)),
        Question("with the cone bit, to the other address", lambda _: wire.solicitation(True, nonce), True),
        Question("with an identifier and a value", lambda _: wire.solicitation(False, nonce, b"bob", b"sum")),
        Question("with a link-layer address", soliciting(plain, body=bytes(4) + b"\1\1abcdef")),
        Question("from a Teredo address", soliciting(lambda server: asker.address(server.primary))),
        Question("from nobody", soliciting(lambda _: bytes(16))),
        Question("a bubble", between()),
        Question("a bubble by the other address", between(), True),
        Question("a bubble of another server's client", between(asker.address("9.9.9.9"))),
        Question("a bubble of a native host", between(native)),
        Question("a bubble of a 6to4 host", between(six_to_four)),
        Question("a bubble of a link-local address", between(wire.link_local(False))),
        Question("a bubble at its end", lambda server: wire.bubble(
            wire.link_local(False), other.address(server.primary), hops=0)),
        Question("a bubble of somebody else", between(other.address("9.9.9.9"))),
        Question("a bubble with a nonce trailer", between(after=b"\1\4abcd")),
        Question("a bubble with authentication", between(before=wire.authentication(nonce))),
        Question("a bubble with an origin", between(before=b"\0\0\1\2\3\4\5\6")),
        Question("an echo request", echo(12)),
        Question("the longest ICMPv6 message", echo(88)),
        Question("one octet more", echo(89)),
        Question("UDP", packet(wire.UDP, bytes(8))),
        Question("no next header, and octets", packet(wire.NONE, bytes(8))),
        Question("an echo request to the server", lambda server: wire.icmpv6(
            asker.address(server.primary), b"\xfe\x80" + bytes(6) + wire.node(True, server.primary, TEREDO_PORT),
            wire.ECHO_REQUEST, bytes(8))),
        Question("half a packet", lambda server: between()(server)[:20]),
    ]


def stricter_questions(asker, other):
    """What miredo-server lets pass and we do not; the sections are in the server's code and in ARCHITECTURE."""
    def between(source, target, after=b""):
        return lambda server: wire.bubble(source(server), target(server)) + after

    def own(server):
        return asker.address(server.primary)

    def client(server):
        return other.address(server.primary)

    return [
        Question("an advertisement by somebody else", lambda server: wire.icmpv6(
            wire.link_local(True), client(server), wire.ADVERTISEMENT, bytes(12))),
        Question("an echo request at its end", lambda server: wire.icmpv6(
            own(server), client(server), wire.ECHO_REQUEST, bytes(8), hops=1)),
        Question("another server's client", between(own, lambda _: other.address("9.9.9.9"))),
        Question("a trailer that discards the packet", between(own, client, after=b"\x41\0")),
        Question("a solicitation from another link", lambda _: wire.icmpv6(
            wire.link_local(False), wire.ALL_ROUTERS, wire.SOLICITATION, bytes(4), hops=64)),
        Question("a solicitation with a wrong checksum", lambda _: wire.ipv6(
            wire.link_local(False), wire.ALL_ROUTERS, wire.ICMPV6, bytes([wire.SOLICITATION, 0, 1, 1, 0, 0, 0, 0]))),
    ]


def outcome(question, server, asker, other):
    """Who hears what because of a question, from which of the server's addresses; its own addresses are taken out."""
    asker.send(server.secondary if question.at_secondary else server.primary, question.payload(server))
    readable, _, _ = select.select([asker.socket, other.socket], [], [], SILENCE)
    if not readable:
        return None
    heard = (asker if readable == [asker.socket] else other).hear()
    packet = bytearray(heard.packet)
    packet[42:44] = bytes(len(packet[42:44]))  # a checksum is over the addresses, too
    if packet[6] == wire.ICMPV6 and not heard.is_advertisement:
        packet[7] = 0  # we count the hop limit down, as RFC 8200 tells who forwards
    packet = bytes(packet)
    for name, address in zip((b"PRIM", b"OTHR"), server):
        packet = packet.replace(wire.v4(address), name).replace(wire.inverted(wire.v4(address)), name.lower())
    whence = "PRIM" if heard.source[0] == server.primary else "OTHR"
    return readable == [asker.socket], whence, heard.source[1], heard.client, heard.nonce, heard.origin, packet


# The other client

def check_miredo(lab, story, server, daemon):
    """The real client qualifies with us behind each NAT, and two of them reach each other, straight."""
    homes = {name: lab.add_home(name, kind) for name, kind in
             (("restr", NatKind.PORT_RESTRICTED), ("other", NatKind.PORT_RESTRICTED), ("cone", NatKind.FULL_CONE),
              ("bare", NatKind.PUBLIC))}
    for name, home in homes.items():
        start_miredo(lab, home, server)
    addresses = {}
    for name, home in homes.items():
        address = addresses[name] = until(lambda: teredo_address(home), QUALIFY_TIMEOUT, f"miredo on {name} has no address",
                                          interval=0.1)
        mapped = str(ipaddress.IPv4Address(wire.inverted(address.packed[12:])))
        story.check(address.packed[4:8] == wire.v4(server.primary) and mapped == home.public4,
                    f"miredo qualifies at {home.public4}: {address}")
    for left, right in (("restr", "other"), ("restr", "cone"), ("bare", "other")):
        took = ping(homes[left], addresses[left], addresses[right])
        story.check(took, f"{left} pings {right}, by bubbles of our server, for the first time after {took * 1000:.0f} ms")
    daemon.kill9()
    took = ping(homes["other"], addresses["other"], addresses["restr"], 2)
    story.check(took, f"and straight: the server is gone, and an answer comes after {took * 1000:.0f} ms")


def start_miredo(lab, home, server):
    sysctl(home.host, {"net.ipv6.conf.default.disable_ipv6": 0})  # of the interface that it makes
    configuration = lab.folder / f"miredo-{home.name}.conf"
    configuration.write_text("RelayType client\nInterfaceName teredo\n"
                             f"ServerAddress {server.primary}\nServerAddress2 {server.secondary}\n")
    lab.start(home.host, ["miredo", "-f", "-u", "nobody", "-c", str(configuration), "-p",
                          str(lab.folder / f"miredo-{home.name}.pid")],
              stderr=open(lab.folder / f"miredo-{home.name}.log", "wb"))


def teredo_address(home):
    """The Teredo address of a host's interface, or None."""
    for line in run_command("ip", "-n", home.host, "-6", "-o", "addr", "show").splitlines():
        address = ipaddress.IPv6Address(line.split()[3].split("/")[0])
        if address.packed[:4] == b"\x20\x01\0\0":
            return address
    return None


def ping(home, source, target, timeout=PING_TIMEOUT):
    """Echo requests, twice a second, until an answer comes: the seconds that took. LabError where none does."""
    with inside(home.host):
        raw = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    token, begun = secrets.token_bytes(8), time.monotonic()
    with raw:
        raw.bind((str(source), 0))
        raw.settimeout(0.5)
        while time.monotonic() - begun < timeout:
            raw.sendto(struct.pack("!BBHHH", wire.ECHO_REQUEST, 0, 0, 7, 7) + token, (str(target), 0))
            try:
                while True:
                    data, whence = raw.recvfrom(2048)
                    if data[0] == wire.ECHO_REQUEST + 1 and data.endswith(token) and whence[0] == str(target):
                        return time.monotonic() - begun
            except socket.timeout:
                continue
    raise LabError(f"no answer from {target} within {timeout} s")
