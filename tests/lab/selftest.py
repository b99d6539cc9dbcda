"""The laboratory proves itself by plain UDP sockets: NAT kinds, IPv6 firewalls, UPnP, delay and captures."""

import secrets
import shutil
import socket
import threading
import time

import capture
from namespaces import LabError, inside, run as run_command, udp_socket, until
from nat import Ipv6, NatKind
from netlab import Lab
from upnp import nat_pmp_map

HEARD, SILENCE = 2.0, 0.4  # seconds: to wait for what must come, and for what must not
DELAY_MS = 50
SO_RCVBUFFORCE = 33  # Linux; the socket module does not name it

# What each kind must show: same mapping towards everyone, port kept, filtering.
EXPECTED = {
    NatKind.PUBLIC: (True, True, "endpoint-independent"),
    NatKind.PORT_RESTRICTED: (True, True, "address and port-dependent"),
    NatKind.SYMMETRIC: (False, False, "address and port-dependent"),
    NatKind.ADDRESS_RESTRICTED: (True, True, "address-dependent"),
    NatKind.FULL_CONE: (True, True, "endpoint-independent"),
    NatKind.CARRIER: (False, False, "address and port-dependent"),
}


def run(options, story):
    with Lab("selftest", bridge=options.bridge, keep=options.keep) as lab:
        third, other = lab.add_public_host("third"), lab.add_public_host("other")
        for kind in NatKind:
            check_nat(lab, story, kind, third, other)
        for mode in Ipv6:
            check_ipv6(lab, story, mode, third)
        home = lab.add_home("upnp", NatKind.PORT_RESTRICTED, upnp=True)
        check_mapping(story, home, third)
        far = lab.add_home("far", NatKind.PORT_RESTRICTED, Ipv6.OPEN, delay_ms=DELAY_MS)
        check_delay(story, far, third)
        check_loss(lab, story, third)
        check_capture(lab, story, far, third)


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


def check_nat(lab, story, kind, third, other):
    """Mapping and filtering of one kind, in RFC 4787's words."""
    home = lab.add_home(f"nat{kind.name.lower()[:6]}", kind)
    port = 40000
    host = udp_socket(home.host, home.lan4, port)
    known, same_address = udp_socket(third.host, third.public4, 7001), udp_socket(third.host, third.public4, 7002)
    elsewhere = udp_socket(other.host, other.public4, 7001)
    first = reaches(host, known.getsockname(), known)
    if not first or not reaches(known, first, host):
        raise LabError(f"{kind.value}: not even answers pass")
    filtering = "address and port-dependent"
    if reaches(same_address, first, host, SILENCE):
        filtering = "address-dependent"
        if reaches(elsewhere, first, host, SILENCE):
            filtering = "endpoint-independent"
    mapped = {first, reaches(host, same_address.getsockname(), same_address),
              reaches(host, elsewhere.getsockname(), elsewhere)}
    independent = len(mapped) == 1
    found = (independent, first[1] == port, filtering)
    story.check(found == EXPECTED[kind], f"{kind.value}: mapping {'' if independent else 'not '}endpoint-independent, "
                f"port {'kept' if found[1] else 'changed'}, filtering {filtering}", f"found {found}, {mapped}")
    for sock in (host, known, same_address, elsewhere):
        sock.close()


def check_ipv6(lab, story, mode, third):
    """From within to without and back, and from without, unasked."""
    home = lab.add_home(f"six{mode.name.lower()[:6]}", NatKind.PORT_RESTRICTED, mode)
    listed = run_command("ip", "-n", home.host, "-6", "-o", "addr").splitlines()
    if mode is Ipv6.NONE:
        story.check(len(listed) == 1 and " lo " in listed[0], f"{mode.value}: the host has it on lo only", str(listed))
        return
    host, outside = udp_socket(home.host, home.address6, 40000), udp_socket(third.host, third.address6, 7001)
    unasked = reaches(outside, (home.address6, 40000), host, HEARD if mode is Ipv6.OPEN else SILENCE)
    answered = reaches(host, (third.address6, 7001), outside) and reaches(outside, (home.address6, 40000), host)
    story.check(answered and bool(unasked) == (mode is Ipv6.OPEN),
                f"{mode.value}: answers pass, unasked packets {'do' if unasked else 'do not'}")
    host.close()
    outside.close()


def check_mapping(story, home, third):
    """Mappings asked for by NAT-PMP and, where upnpc is installed, by UPnP forward for real, with equal ports."""
    asking = udp_socket(home.host, home.lan4)
    outside = udp_socket(third.host, third.public4, 7005)
    ways = {"NAT-PMP": lambda port: nat_pmp_map(asking, f"{home.lan}.1", port)}
    if shutil.which("upnpc"):
        ways["UPnP"] = lambda port: _upnpc(home, port)
    for port, (way, ask) in enumerate(ways.items(), 41000):
        host = udp_socket(home.host, home.lan4, port)
        before = reaches(outside, (home.public4, port), host, SILENCE)
        granted = ask(port)
        after = reaches(outside, (home.public4, port), host)
        seen_as = reaches(host, outside.getsockname(), outside)
        story.check(not before and granted == port and after == outside.getsockname() and seen_as[1] == port,
                    f"{way}: miniupnpd forwards port {port} to the same port, as a packet from the internet shows",
                    f"{before=} {granted=} {after=} {seen_as=}")
        listed = home.mappings()
        story.check(("udp", port, home.lan4, port) in listed, "and the router's table says so", listed)


def _upnpc(home, port):
    upnpc = ("ip", "netns", "exec", home.host, "upnpc", "-m", home.lan4)
    text = run_command(*upnpc, "-a", home.lan4, str(port), str(port), "UDP")
    return port if f"external {home.public4}:{port} UDP is redirected" in text else text


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
