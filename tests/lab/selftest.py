"""The laboratory proves itself by plain UDP sockets: NAT kinds, IPv6 firewalls, delay and captures."""

import secrets
import socket
import threading
import time
import types

import capture
import network_cells
import oracle
from namespaces import LabError, inside, run as run_command, udp_socket, until
from nat import Ipv6, NatKind
from netlab import Lab
from network_cells import Cell
from upnp import Speaks

HEARD, SILENCE = 2.0, 0.4  # seconds: to wait for what must come, and for what must not
DELAY_MS = 50
SO_RCVBUFFORCE = 33  # Linux; the socket module does not name it


def run(options, story):
    with Lab("selftest", bridge=options.bridge, keep=options.keep) as lab:
        third, other = lab.add_public_host("third", addresses=2), lab.add_public_host("other")
        check_third_party_addresses(story, third, other)
        check_expectations(story)
        for kind in NatKind:
            check_nat(lab, story, kind, third, other)
        for mode in Ipv6:
            check_ipv6(lab, story, mode, third, other)
        check_oracle(lab, story, third, other)
        far = lab.add_home("far", NatKind.PORT_RESTRICTED, Ipv6.OPEN, delay_ms=DELAY_MS)
        check_delay(story, far, third)
        check_loss(lab, story, third)
        check_capture(lab, story, far, third)
        check_third_party_octets(lab, story, far, third)


def hears(sock, token, seconds=HEARD):
    """The source from which exactly `token` arrives within `seconds`, or None."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        sock.settimeout(left)
        try:
            data, source = sock.recvfrom(2048)
        except (socket.timeout, ConnectionRefusedError):
            continue
        if data == token:
            return source[:2]
    return None


def reaches(sender, target, receiver, seconds=HEARD):
    """Whether (and as whom) a fresh token sent to `target` is heard by `receiver`."""
    token = secrets.token_bytes(16)
    sender.sendto(token, target)
    return hears(receiver, token, seconds)


def check_third_party_addresses(story, third, other):
    """A host with two addresses of each family can be reached at, and can answer from, each of them."""
    addresses = sorted(third.addresses())
    for address in addresses:
        here = udp_socket(third.host, address, 7010)
        there = udp_socket(other.host, other.address6 if ":" in address else other.public4, 7010)
        if not (reaches(there, (address, 7010), here) and reaches(here, there.getsockname()[:2], there)):
            raise LabError(f"nothing passes between {address} and another public host")
        here.close()
        there.close()
    story.check(len(addresses) == 4, f"a third party has two addresses of each family: {', '.join(addresses)}")


def check_expectations(story):
    """A right report is accepted, and each wrong answer in it is found; here with the report written out."""
    cell = Cell(NatKind.SYMMETRIC, Speaks.UPNP, Ipv6.FIREWALLED)
    site = types.SimpleNamespace(public4="45.83.9.2", number=9)
    nat = {"translated": True, "varies": True, "mapping": "address_and_port_dependent", "port_preserved": False,
           "filtering": "address_and_port_dependent", "hairpin": False, "nested": None}
    verdict = {"ipv4": True, "ipv6": True, "inbound4": "yes", "inbound6": "no", "mapped_by": "upnp", "pinhole_by": None}
    mapping = {"state": "proven", "failure": "none", "external": "45.83.9.2:4000", "protocol": "upnp",
               "router_address": "45.83.9.2"}
    right = {"complete": True, "verdict": verdict | {"nat": nat}, "port_mapping": mapping}
    found = []
    for part, wrong in ((nat, {"varies": False}), (nat, {"nested": True}), (nat, {"hairpin": 0}), (mapping, {
            "state": "claimed"}), (mapping, {"external": "45.83.9.1:4000"}), (verdict, {"inbound6": "not_tested"})):
        report = {"complete": True, "verdict": verdict | {"nat": nat}, "port_mapping": mapping}
        for name, whole in (("verdict", verdict), ("port_mapping", mapping)):
            report[name] = report[name] | (wrong if part is whole else {})
        report["verdict"]["nat"] = nat | (wrong if part is nat else {})
        found.append(len(network_cells.differences(cell, report, site)))
    story.check(not network_cells.differences(cell, right, site) and found == [1] * 6,
                "a right report is accepted, and one wrong answer is not", f"{found}")


def check_nat(lab, story, kind, third, other):
    """Mapping, filtering, ports and hairpinning of one kind, in RFC 4787's words."""
    home = lab.add_home(f"nat{kind.name.lower()[:6]}", kind)
    observed = oracle.measure(home, third, other)
    wrong = oracle.differences(kind, Ipv6.NONE, Speaks.NOTHING, observed)
    words = f"mapping {observed.mapping}, filtering {observed.filtering}, "
    words += f"port {'kept' if observed.port_preserved else 'changed'}, hairpin {observed.hairpin}"
    story.check(not wrong, f"{kind.value}: {words.replace('_', ' ')}", "; ".join(wrong))
    if observed.translated:
        check_filter_is_per_port(story, home, kind, third, other)
    lab.remove_site(home)


def check_filter_is_per_port(story, home, kind, third, other):
    """Where one port of the host wrote to an address, another port that wrote elsewhere is not open to that address."""
    hosts = [udp_socket(home.host, home.lan4, port) for port in (41000, 41001)]
    outside = [udp_socket(site.host, site.public4, 7011) for site in (third, other)]
    seen = [reaches(host, friend.getsockname(), friend) for host, friend in zip(hosts, outside)]
    crossed = reaches(outside[0], seen[1], hosts[1], SILENCE)
    story.check(all(seen) and bool(crossed) == (kind is NatKind.FULL_CONE),
                f"and a port that wrote to one address is {'open' if crossed else 'shut'} to another port's friend")
    for sock in hosts + outside:
        sock.close()


def check_ipv6(lab, story, mode, third, other):
    """What comes in unasked, and what does by a pinhole."""
    speaks = Speaks.PCP if mode is Ipv6.PINHOLES else Speaks.NOTHING
    home = lab.add_home(f"six{mode.name.lower()[:6]}", NatKind.PORT_RESTRICTED, mode, speaks)
    observed = oracle.measure(home, third, other, speaks)
    wrong = oracle.differences(NatKind.PORT_RESTRICTED, mode, speaks, observed)
    if mode is Ipv6.NONE:
        listed = run_command("ip", "-n", home.host, "-6", "-o", "addr").splitlines()
        story.check(len(listed) == 1 and " lo " in listed[0], f"{mode.value}: the host has it on lo only", str(listed))
    else:
        story.check(not wrong, f"{mode.value}: unasked packets {'do' if observed.inbound6 else 'do not'} come in"
                    + (", by a pinhole they do" if observed.inbound6_pinhole else ""), "; ".join(wrong))
        host, outside = (udp_socket(site.host, site.address6, 42000) for site in (home, third))
        story.check(reaches(host, outside.getsockname()[:2], outside) and
                    reaches(outside, host.getsockname()[:2], host), "and answers do")
    lab.remove_site(home)


def check_oracle(lab, story, third, other):
    """The oracle can tell: no kind passes for another one, and no mode."""
    home = lab.add_home("known", NatKind.ADDRESS_RESTRICTED, Ipv6.FIREWALLED)
    observed = oracle.measure(home, third, other)
    # STATEFUL differs from FIREWALLED by errors alone, and the oracle sends none.
    alike = [(kind.name, mode.name) for kind in NatKind for mode in Ipv6 if mode is not Ipv6.STATEFUL
             and not oracle.differences(kind, mode, Speaks.NOTHING, observed)]
    story.check(alike == [("ADDRESS_RESTRICTED", "FIREWALLED")], "the oracle takes no network for another one", alike)
    lab.remove_site(home)


def check_delay(story, far, third):
    """The link is as long as asked for, in both directions, and can be cut and mended."""
    host, outside = udp_socket(far.host, far.lan4, 40000), udp_socket(third.host, third.public4, 7006)
    source = reaches(host, outside.getsockname(), outside)  # also resolves the neighbours
    forth, back = [], []
    for _ in range(10):
        begun = time.monotonic()
        reaches(host, outside.getsockname(), outside)
        forth.append((time.monotonic() - begun) * 1000)
        begun = time.monotonic()
        reaches(outside, source, host)
        back.append((time.monotonic() - begun) * 1000)
    for name, times in (("out", sorted(forth)), ("in", sorted(back))):
        story.check(DELAY_MS <= times[0] and times[5] < DELAY_MS + 10,
                    f"{DELAY_MS} ms {name}: median {times[5]:.2f} ms, {times[0]:.2f} to {times[-1]:.2f} ms", times)
    far.toggle_link()
    cut = reaches(outside, source, host, SILENCE)
    far.toggle_link()
    story.check(not cut and reaches(outside, source, host), "the link can be cut and mended")
    story.check(megabyte_passes(far, third), "TCP passes through it unharmed (1 MB, so no frame was half-made)")


def megabyte_passes(far, third):
    """One megabyte over TCP from the far host to the third party, compared there."""
    with inside(third.host):
        server = socket.create_server((third.public4, 7007))
    with inside(far.host):
        client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    for sock in (server, client):
        sock.settimeout(10)
    data, received = secrets.token_bytes(1 << 20), bytearray()

    def send():
        client.connect((third.public4, 7007))
        client.sendall(data)
        client.close()

    sender = threading.Thread(target=send, daemon=True)
    sender.start()
    taken, _ = server.accept()
    taken.settimeout(10)
    while piece := taken.recv(65536):
        received += piece
    return bytes(received) == data


def check_loss(lab, story, third):
    """A lossy link loses what it is told to, in each direction."""
    home = lab.add_home("lossy", NatKind.PORT_RESTRICTED, delay_ms=1, loss=0.2, seed=7)
    host, outside = udp_socket(home.host, home.lan4, 40000), udp_socket(third.host, third.public4, 7008)
    outside.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 4 << 20)
    until(lambda: reaches(host, outside.getsockname(), outside, SILENCE), 10, "nothing passes the lossy link")
    for number in range(500):
        host.sendto(number.to_bytes(2, "big"), outside.getsockname())
    arrived = 0
    outside.settimeout(SILENCE)
    try:
        while outside.recv(64):
            arrived += 1
    except socket.timeout:
        pass
    story.check(350 <= arrived <= 450, f"20 % loss: {arrived} of 500 packets arrived")


def check_capture(lab, story, far, third):
    """A capture shows what passed, and its checks can tell set-up from anything else."""
    record = capture.Capture(lab, lab.internet, far.uplink, "selftest")
    host, outside = udp_socket(far.host, far.lan4, 40001), udp_socket(third.host, third.public4, 7009)
    host6, outside6 = udp_socket(far.host, far.address6, 40001), udp_socket(third.host, third.address6, 7009)
    marker = secrets.token_hex(12).encode()
    inner = b"\x60\0\0\0" + (8 + 30).to_bytes(2, "big") + b"\x11\x40" + bytes(32) + bytes(8)
    for payload in (b"\x01" + marker, inner + b"\x02" + bytes(29), inner + b"\x41" + bytes(29)):
        host.sendto(payload, outside.getsockname())
        outside.recv(2048)
    host6.sendto(b"\xc0", outside6.getsockname()[:2])
    outside6.recv(2048)
    packets = record.stop()
    count, octets, wrong = capture.check_setup_only(packets, third.addresses())
    story.check((count, octets, len(wrong)) == (4, 25 + 78 + 78 + 1, 2), "a capture tells set-up packets from others",
                f"{count} packets, {octets} octets, {wrong}")
    story.check(capture.contains_bytes(packets, marker) == 1, "and finds a readable text")
    known = third.addresses() | far.addresses()
    story.check(not capture.strangers(packets, known) and capture.strangers(packets, {far.public4}),
                "and tells who took part")


def check_third_party_octets(lab, story, far, third):
    """What a third party saw is counted as set-up or as payload, inside TCP connections too."""
    record = capture.Capture(lab, lab.internet, far.uplink, "octets")
    host, outside = udp_socket(far.host, far.lan4, 40002), udp_socket(third.host, third.public4, 7010)
    for payload in (b"\x01" * 10, b"\x41" * 20):
        host.sendto(payload, outside.getsockname())
        outside.recv(2048)
    frames = [b"\x01" * 100, b"\x41" * 7, b"\x02" * 3]
    stream = b"".join(len(frame).to_bytes(2, "big") + frame for frame in frames)
    with inside(third.host):
        server = socket.create_server((third.public4, 7011))
    with inside(far.host):
        client = socket.create_connection(server.getsockname(), HEARD)
    with server, client, server.accept()[0] as accepted:
        for part in (stream[:50], stream[50:], b"\0\0no frame"):  # frames are not packets
            client.sendall(part)
            received = 0
            while received < len(part):
                received += len(accepted.recv(2048))
    seen = list(capture.third_party_octets(record.stop(), third.addresses()))
    totals = tuple(sum(entry[column] for entry in seen) for column in (2, 3))
    story.check(totals == (10 + 100 + 3, 20 + 7 + 10), "set-up at a third party is told from payload, over TCP as well",
                str(totals))
