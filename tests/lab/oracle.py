"""What a built network really does, by plain sockets and without culvertd: the proof that a cell is what it claims.

`measure` answers the questions of a report's verdict independently of it: RFC 4787 mapping (three destinations),
filtering, port preservation and hairpinning, whether a port that sent nothing is closed, and whether a stranger's
packet comes in: to a port that the router was asked to map or to open, and over IPv6 to one that nobody asked for.
`differences` compares that with what `nat.BEHAVIOUR` and the modes promise.
"""

import dataclasses
import secrets
import time

import gateway_clients as clients
from namespaces import LabError, udp_socket
from nat import AD, APD, BEHAVIOUR, EI, Ipv6
from upnp import Speaks

HEARD, SILENCE = 2.0, 0.3  # seconds: to wait for what must come, and for what must not
PORT = 47000  # of the host: the port that sends, one that does not, one that is mapped, one that tries to hairpin


@dataclasses.dataclass
class Observed:
    """What was seen. None: the question makes no sense here."""

    translated: bool
    mapping: str
    filtering: str
    port_preserved: bool
    hairpin: bool | None
    hairpin_to_itself: bool | None
    silent_port_open: bool
    inbound_mapped: bool | None  # IPv4, to a port that the router was asked for
    inbound6: bool | None  # to a port that nobody was asked for
    inbound6_pinhole: bool | None


class Ear:
    """Sockets that listen for tokens together, so that ten silences last no longer than one."""

    def __init__(self):
        self._heard = {}
        self._sockets = []

    def open(self, namespace, address, port=0):
        sock = udp_socket(namespace, address, port)
        sock.setblocking(False)
        self._sockets.append(sock)
        return sock

    def send(self, sock, target):
        """A fresh token to `target`; `source` tells later whether it was heard."""
        token = secrets.token_bytes(16)
        sock.sendto(token, target)
        return token

    def source(self, token, sock):
        """Where the token that `sock` should hear came from, or None."""
        return self._heard.get((token, sock.fileno()))

    def listen(self, seconds, until=()):
        """Collects for `seconds`, or until each of the (token, socket) in `until` has come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for sock in self._sockets:
                self._collect(sock)
            if until and all(self.source(*each) for each in until):
                return
            time.sleep(0.002)

    def _collect(self, sock):
        while True:
            try:
                token, source = sock.recvfrom(2048)
            except BlockingIOError:
                return
            except ConnectionRefusedError:
                continue
            self._heard[(token, sock.fileno())] = source[:2]

    def close(self):
        for sock in self._sockets:
            sock.close()


def measure(home, third, other, speaks=Speaks.NOTHING):
    """Measures `home` from the public hosts `third` and `other`; `speaks` tells how to ask its router."""
    ear = Ear()
    try:
        return _measure(ear, home, third, other, speaks)
    finally:
        ear.close()


def _measure(ear, home, third, other, speaks):
    host, silent, mapped, second = (ear.open(home.host, home.lan4, PORT + offset) for offset in range(4))
    known, same_address = ear.open(third.host, third.public4), ear.open(third.host, third.public4)
    elsewhere = ear.open(other.host, other.public4)
    outer = _learn(ear, host, known)
    translated = outer[0] != home.lan4
    asked = speaks is not Speaks.NOTHING and _ask_mapping(home, speaks)
    six = _Six(ear, home, other, speaks) if home.address6 else None

    # Everything that may have to stay unheard, before anything is sent to where it comes from.
    port_probe, address_probe = ear.send(same_address, outer), ear.send(elsewhere, outer)
    silent_probe = ear.send(elsewhere, (outer[0], PORT + 1))
    mapped_probe = ear.send(elsewhere, (home.public4, PORT + 2))
    hairpin, to_itself = (ear.send(second, outer), ear.send(host, outer)) if translated else (None, None)
    ear.listen(SILENCE)
    filtering = EI if ear.source(address_probe, host) else AD if ear.source(port_probe, host) else APD
    seen = {outer, _learn(ear, host, same_address), _learn(ear, host, elsewhere)}
    observed = Observed(
        translated=translated, mapping=_mapping(ear, host, third, outer, seen), filtering=filtering,
        port_preserved=outer[1] == PORT, hairpin=_outer_source(ear, hairpin, host, outer),
        hairpin_to_itself=_outer_source(ear, to_itself, host, outer),
        silent_port_open=bool(ear.source(silent_probe, silent)),
        inbound_mapped=bool(ear.source(mapped_probe, mapped)) if asked else None,
        inbound6=six and six.unasked(), inbound6_pinhole=six and six.pinhole())
    if asked:
        _take_back(home, speaks)
    if six:
        six.take_back()
    return observed


def _learn(ear, host, outside):
    """As whom `outside` sees `host`; answers must pass too."""
    token = ear.send(host, outside.getsockname())
    ear.listen(HEARD, [(token, outside)])
    source = ear.source(token, outside)
    if not source:
        raise LabError(f"nothing of {host.getsockname()} reaches {outside.getsockname()}")
    answer = ear.send(outside, source)
    ear.listen(HEARD, [(answer, host)])
    if not ear.source(answer, host):
        raise LabError(f"no answer of {outside.getsockname()} reaches {host.getsockname()} by {source}")
    return source


def _mapping(ear, host, third, outer, seen):
    """Three destinations: one, another port of it, another address."""
    if len(seen) == 1:
        return EI
    again = ear.open(third.host, third.public4)
    return AD if _learn(ear, host, again) == outer else APD


def _outer_source(ear, token, host, outer):
    """Whether a hairpinned packet came, and from the outer address, as RFC 4787 REQ-9 demands."""
    if token is None:
        return None
    source = ear.source(token, host)
    return bool(source) and source[0] == outer[0]


def _ask_mapping(home, speaks):
    """Asks the router for PORT + 2 in what it speaks; whether it agreed."""
    if speaks.pcp:
        answer = clients.pcp_map(home, PORT + 2)
        return answer is not None and answer.result == 0 and answer.port == PORT + 2
    device = clients.igd(home)
    return device is not None and device.add_mapping(PORT + 2).error == 0


def _take_back(home, speaks):
    if speaks.pcp:
        clients.pcp_map(home, PORT + 2, lifetime=0)
    else:
        clients.igd(home).delete_mapping(PORT + 2)


class _Six:
    """The same over IPv6: an unasked packet to PORT, and one to PORT + 2, for which a pinhole is asked for."""

    def __init__(self, ear, home, other, speaks):
        self._ear, self._home, self._speaks = ear, home, speaks
        self._hosts = [ear.open(home.host, home.address6, port) for port in (PORT, PORT + 2)]
        self._asked = self._ask()
        outside = ear.open(other.host, other.address6)
        self._probes = [ear.send(outside, (home.address6, port)) for port in (PORT, PORT + 2)]

    def _ask(self, lifetime=3600):
        if self._speaks is Speaks.NOTHING:
            return False
        if self._speaks.pcp:
            answer = clients.pcp_map(self._home, PORT + 2, lifetime, six=True)
            return answer is not None and answer.result == 0
        device = clients.igd(self._home, six=True)
        if not device or clients.FIREWALL not in device.controls:
            return False
        if lifetime:
            answer = device.add_pinhole(PORT + 2, lifetime)
            self._pinhole_id = answer.values.get("UniqueID")
        else:
            answer = device.call(clients.FIREWALL, "DeletePinhole", UniqueID=self._pinhole_id)
        return answer.error == 0

    def unasked(self):
        return bool(self._ear.source(self._probes[0], self._hosts[0]))

    def pinhole(self):
        return bool(self._ear.source(self._probes[1], self._hosts[1])) if self._asked else None

    def take_back(self):
        if self._asked:
            self._ask(lifetime=0)


def expected(kind, ipv6, speaks):
    """What `measure` must find where `kind`, `ipv6` and `speaks` were built."""
    nat = BEHAVIOUR[kind]
    mapped = None if speaks in (Speaks.NOTHING, Speaks.PINHOLES) or nat.nested else True
    return Observed(
        translated=nat.translated, mapping=nat.mapping, filtering=nat.filtering, port_preserved=nat.port_preserved,
        hairpin=nat.hairpin, hairpin_to_itself=nat.hairpin, silent_port_open=not nat.translated,
        inbound_mapped=mapped, inbound6=None if ipv6 is Ipv6.NONE else ipv6 is Ipv6.OPEN,
        inbound6_pinhole=True if ipv6 is Ipv6.PINHOLES and speaks is not Speaks.UPNP_V1 else None)


def differences(kind, ipv6, speaks, observed):
    """In words, where the built network is not what it claims to be."""
    wanted, found = dataclasses.asdict(expected(kind, ipv6, speaks)), dataclasses.asdict(observed)
    return [f"{name}: {found[name]} for {wanted[name]}" for name in wanted if wanted[name] != found[name]]
