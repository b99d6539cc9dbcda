"""Teredo clients of others, the real miredo and plain sockets, are served by `culvertd rendezvous --teredo`."""

import collections
import ipaddress
import secrets
import select
import shutil
import socket
import struct
import time

import miredo
import teredo_peer as wire
from daemon import Daemon
from namespaces import LabError, inside, until
from nat import BEHAVIOUR, EI, NatKind
from miredo import MiredoClient
from netlab import Lab
from teredo_peer import SILENCE, TEREDO_PORT, TeredoPeer
from teredo_server import OwnTeredoServer

PING_TIMEOUT = 15
KINDS = (NatKind.PUBLIC, NatKind.FULL_CONE, NatKind.ADDRESS_RESTRICTED, NatKind.PORT_RESTRICTED)
Server = collections.namedtuple("Server", "address secondary")
Question = collections.namedtuple("Question", "name payload at_secondary", defaults=(False,))


def run(options, story):
    with Lab("teredoserver", bridge=options.bridge, keep=options.keep) as lab:
        site = lab.add_public_host("server", addresses=2, v6=False)
        server = Server(site.public4, site.alternates[0])
        daemon = Daemon(lab, site.host, options.culvertd, "server", ["--teredo"], mode="rendezvous").start()
        daemon.first_address()
        said = until(lambda: _said(daemon), 5, "culvertd does not say what it serves")
        story.check(f"{server.address}:3544" in said and f"{server.secondary}:3544" in said, f"it says: {said.strip()}")
        story.check(len(daemon.other_lines) == 1, "and nothing but the address string on standard output")
        for kind in KINDS:
            check_qualification(lab, story, server, kind)
        check_one_address(lab, story, options)
        check_bubbles(lab, story, server)
        if shutil.which("miredo-server"):
            check_alike(lab, story, server)
        else:
            story.say("not compared with another server: the program miredo-server is not installed")
        check_native(lab, story, options)
        if miredo.is_there():
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
    answers = [peer.ask(server.address, wire.solicitation(True, nonce), seconds=1)]
    answers += [peer.ask(address, wire.solicitation(False, nonce), seconds=1) for address in server]
    cone = answers[0]
    story.check(bool(cone) == (BEHAVIOUR[kind].filtering == EI), f"{kind.value}: with the cone bit "
                f"{'the other address answers' if cone else 'no answer passes the NAT'}", str(cone))
    for answer, address in zip(answers, (server.secondary, *server)):
        right = answer and (answer.source, answer.origin, answer.nonce, answer.prefix) == (
            (address, TEREDO_PORT), peer.mapped, nonce, b"\x20\x01\0\0" + wire.v4(server.address))
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
        peer.ask(server.address, wire.solicitation(False), seconds=1)
    there = wire.bubble(ann.address(server.address), ben.address(server.address))
    ann.socket.sendto(there, ben.mapped)
    story.check(not ben.hear(), "between two port-restricted NATs a direct bubble is lost")
    ann.send(server.address, there)
    indirect = ben.hear(1)
    story.check(indirect and indirect.source == (server.address, TEREDO_PORT) and indirect.origin == ann.mapped,
                f"one through the server arrives, and tells its origin {ann.mapped}", indirect)
    ben.socket.sendto(wire.bubble(ben.address(server.address), ann.address(server.address)), indirect.origin)
    direct = ann.hear(1)
    story.check(direct and direct.source == ben.mapped, "and the answer comes straight from the other one", direct)
    for peer, site in zip((ann, ben), sites):
        peer.close()
        lab.remove_site(site)


def check_native(lab, story, options):
    """RFC 4380 §5.2.9, §5.3.1: an echo request goes on as its sender's; without the right a sentence says what to do."""
    native = lab.add_public_host("native", v4=False)
    asker = TeredoPeer(lab.add_public_host("knocker", v6=False))
    with inside(native.host):
        hears = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    hears.settimeout(1)
    target = ipaddress.IPv6Address(native.address6).packed
    for rights, args in ((("net_raw",), "--teredo-native"), ((), "--teredo-native"), (("net_raw",), "--teredo")):
        site = lab.add_public_host("forwarder", addresses=2)
        daemon = Daemon(lab, site.host, options.culvertd, f"forwarder{len(rights)}{len(args)}", [args],
                        mode="rendezvous", rights=rights).start()
        daemon.first_address()
        until(lambda: f"{site.public4}:3544" in _said(daemon), 5, "culvertd does not say what it serves")
        source, token = asker.address(site.public4), secrets.token_bytes(8)
        asker.send(site.public4, wire.icmpv6(source, target, wire.ECHO_REQUEST, token))
        heard = hear_echo(hears, token)
        if rights and args == "--teredo-native":
            story.check(heard == source and " It forwards ICMPv6" in _said(daemon), "an echo request reaches a native "
                        f"host, from {ipaddress.IPv6Address(source)}, the client's own address", heard)
            status = open(f"/proc/{daemon.process.pid}/status").read()
            story.check("CapEff:\t0000000000000000" in status and "CapPrm:\t0000000000000000" in status,
                        "and the right to open raw sockets is given up", status)
        else:
            story.check(heard is None, f"with {args} and {'' if rights else 'not '}the right, none does")
            story.check(("setcap cap_net_raw+ep" in _said(daemon)) == (not rights), f"it says: {_said(daemon)}")
        daemon.kill9()
        lab.remove_site(site)
    hears.close()
    asker.close()


def hear_echo(raw, token):
    """The source of the echo request with that body, as octets, or None."""
    deadline = time.monotonic() + SILENCE
    while (left := deadline - time.monotonic()) > 0:
        raw.settimeout(left)
        try:
            data, whence = raw.recvfrom(2048)
        except socket.timeout:
            return None
        if data[0] == wire.ECHO_REQUEST and data.endswith(token):
            return ipaddress.IPv6Address(whence[0]).packed
    return None


# The other server

def check_alike(lab, story, ours):
    """The same questions to miredo-server: what both must do they do alike."""
    site = lab.add_public_host("real", addresses=2)
    real = Server(site.public4, site.alternates[0])
    configuration = lab.folder / "miredo-server.conf"
    configuration.write_text(f"ServerBindAddress {real.address}\nServerBindAddress2 {real.secondary}\n")
    lab.start(site.host, ["miredo-server", "-f", "-u", "nobody", "-c", str(configuration), "-p",
                          str(lab.folder / "miredo-server.pid")], stderr=open(lab.folder / "miredo-server.log", "wb"))
    hosts = [lab.add_public_host(name) for name in ("carl", "dora")]
    peers = [TeredoPeer(host) for host in hosts]
    until(lambda: peers[0].ask(real.address, wire.solicitation(False)), 5, "miredo-server does not answer")
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
        return lambda server: wire.icmpv6(asker.address(server.address), other.address(server.address),
                                          wire.ECHO_REQUEST, bytes(size - 4))

    def between(source=None, before=b"", after=b""):
        return lambda server: before + wire.bubble(source or asker.address(server.address),
                                                   other.address(server.address)) + after

    def soliciting(source, destination=wire.ALL_ROUTERS, body=bytes(4)):
        return lambda server: wire.authentication(nonce) + wire.icmpv6(
            source(server), destination, wire.SOLICITATION, body)

    def packet(following, payload):
        return lambda server: wire.ipv6(asker.address(server.address), other.address(server.address), following, payload)

    def plain(_):
        return wire.link_local(False)

    return [
        Question("a solicitation", lambda _: wire.solicitation(False, nonce)),
        Question("a solicitation to the other address", lambda _: wire.solicitation(False, nonce), True),
        Question("with the cone bit", lambda _: wire.solicitation(True, nonce)),
        Question("with the cone bit, to the other address", lambda _: wire.solicitation(True, nonce), True),
        Question("with an identifier and a value", lambda _: wire.solicitation(False, nonce, b"bob", b"sum")),
        Question("with a link-layer address", soliciting(plain, body=bytes(4) + b"\1\1abcdef")),
        Question("from a Teredo address", soliciting(lambda server: asker.address(server.address))),
        Question("from nobody", soliciting(lambda _: bytes(16))),
        Question("a bubble", between()),
        Question("a bubble by the other address", between(), True),
        Question("a bubble of another server's client", between(asker.address("9.9.9.9"))),
        Question("a bubble of a native host", between(native)),
        Question("a bubble of a 6to4 host", between(six_to_four)),
        Question("a bubble of a link-local address", between(wire.link_local(False))),
        Question("a bubble at its end", lambda server: wire.bubble(
            wire.link_local(False), other.address(server.address), hops=0)),
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
            asker.address(server.address), b"\xfe\x80" + bytes(6) + wire.node(True, server.address, TEREDO_PORT),
            wire.ECHO_REQUEST, bytes(8))),
        Question("half a packet", lambda server: between()(server)[:20]),
    ]


def stricter_questions(asker, other):
    """What miredo-server lets pass and we do not; the sections are in the server's code and in ARCHITECTURE."""
    def between(source, target, after=b""):
        return lambda server: wire.bubble(source(server), target(server)) + after

    def own(server):
        return asker.address(server.address)

    def client(server):
        return other.address(server.address)

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
    asker.send(server.secondary if question.at_secondary else server.address, question.payload(server))
    readable, _, _ = select.select([asker.socket, other.socket], [], [], SILENCE)
    if not readable:
        return None
    heard = (asker if readable == [asker.socket] else other).hear()
    packet = bytearray(without_mtu(heard))
    packet[42:44] = bytes(len(packet[42:44]))  # a checksum is over the addresses, too
    if packet[6] == wire.ICMPV6 and not heard.is_advertisement:
        packet[7] = 0  # we count the hop limit down, as RFC 8200 tells who forwards
    packet = bytes(packet)
    for name, address in zip((b"PRIM", b"OTHR"), server):
        packet = packet.replace(wire.v4(address), name).replace(wire.inverted(wire.v4(address)), name.lower())
    whence = "PRIM" if heard.source[0] == server.address else "OTHR"
    return readable == [asker.socket], whence, heard.source[1], heard.client, heard.nonce, heard.origin, packet


def without_mtu(arrival):
    """The packet less the MTU option, which the standard does not ask for: we leave it out, to answer with less."""
    packet = arrival.packet
    if not arrival.is_advertisement or packet[-8:-4] != b"\5\1\0\0":
        return packet
    return packet[:4] + struct.pack("!H", len(packet) - 48) + packet[6:-8]


# The other client

def check_miredo(lab, story, server, daemon):
    """The real client qualifies with us behind each NAT, and two of them reach each other, straight."""
    homes = {name: lab.add_home(name, kind) for name, kind in
             (("restr", NatKind.PORT_RESTRICTED), ("other", NatKind.PORT_RESTRICTED), ("cone", NatKind.FULL_CONE),
              ("bare", NatKind.PUBLIC))}
    clients = {name: MiredoClient(lab, home, server).start() for name, home in homes.items()}
    addresses = {}
    for name, home in homes.items():
        address = addresses[name] = clients[name].qualified()
        mapped = str(ipaddress.IPv4Address(wire.inverted(address.packed[12:])))
        story.check(address.packed[4:8] == wire.v4(server.address) and mapped == home.public4,
                    f"miredo qualifies at {home.public4}: {address}")
    for left, right in (("restr", "other"), ("restr", "cone"), ("bare", "other")):
        took = ping(homes[left], addresses[left], addresses[right])
        story.check(took, f"{left} pings {right}, by bubbles of our server, for the first time after {took * 1000:.0f} ms")
    daemon.kill9()
    took = ping(homes["other"], addresses["other"], addresses["restr"], 2)
    story.check(took, f"and straight: the server is gone, and an answer comes after {took * 1000:.0f} ms")


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
