"""The homes of the reach matrix, its cells, and what the oracle says of each. Nothing is built here."""

import dataclasses
import subprocess

from namespaces import LabError
from nat import Ipv6, NatKind
from upnp import Speaks

YES, NO, LUCK = "yes", "no", "unknown"  # as the oracle's words are


@dataclasses.dataclass(frozen=True)
class Home:
    """A kind of home. Its key names namespaces; `words` are for people."""

    key: str
    words: str
    v4: NatKind | None
    v6: Ipv6 = Ipv6.NONE
    speaks: Speaks = Speaks.NOTHING
    passes_udp: bool = True

    @property
    def spec(self):
        """In the words of tests/sim/known_homes.h."""
        six = {Ipv6.OPEN: "ipv6_open", Ipv6.FIREWALLED: "ipv6_firewalled"}.get(self.v6)
        words = (ORACLE_WORDS.get(self.v4), self.speaks is Speaks.UPNP and "upnp", six, not self.passes_udp and "no_udp")
        return "+".join(filter(None, words))


ORACLE_WORDS = {
    NatKind.PUBLIC: "public", NatKind.FULL_CONE: "full_cone", NatKind.ADDRESS_RESTRICTED: "address_restricted",
    NatKind.PORT_RESTRICTED: "port_restricted", NatKind.SYMMETRIC: "symmetric", NatKind.DOUBLE: "double",
}

OPEN = Home("open", "open", NatKind.PUBLIC)
EI = Home("ei", "endpoint-independent", NatKind.FULL_CONE)
AD = Home("ad", "address-dependent", NatKind.ADDRESS_RESTRICTED)
APD = Home("apd", "port-dependent", NatKind.PORT_RESTRICTED)
SYMMETRIC = Home("sym", "symmetric", NatKind.SYMMETRIC)
DOUBLE = Home("double", "double NAT", NatKind.DOUBLE)
UPNP = Home("upnp", "symmetric, UPnP", NatKind.SYMMETRIC, speaks=Speaks.UPNP)
SIX_OPEN = Home("v6open", "symmetric, IPv6 open", NatKind.SYMMETRIC, Ipv6.OPEN)
SIX_FIREWALLED = Home("v6fw", "symmetric, IPv6 firewalled", NatKind.SYMMETRIC, Ipv6.FIREWALLED)
SIX_ONLY = Home("v6only", "IPv6 only, firewalled", None, Ipv6.FIREWALLED)
NO_UDP = Home("noudp", "UDP blocked", NatKind.PORT_RESTRICTED, passes_udp=False)
HOMES = (OPEN, EI, AD, APD, SYMMETRIC, DOUBLE, UPNP, SIX_OPEN, SIX_FIREWALLED, SIX_ONLY, NO_UDP)


@dataclasses.dataclass(frozen=True)
class Cell:
    """The first contact of one home with another."""

    caller: Home
    callee: Home

    def __str__(self):
        return f"{self.caller.words} -> {self.callee.words}"


# What defeats the best of today, in words.
HARD = {
    Cell(UPNP, UPNP): "symmetric NATs with UPnP at both ends",
    Cell(SYMMETRIC, APD): "symmetric and port-restricted, without any mapping",
    Cell(SIX_ONLY, SIX_ONLY): "IPv6 alone, behind stateful firewalls",
    Cell(SIX_FIREWALLED, SIX_FIREWALLED): "symmetric IPv4 with firewalled IPv6",
}


def all_cells():
    return [Cell(caller, callee) for caller in HOMES for callee in HOMES]


def quick_cells():
    """A dozen in which each kind of home occurs, and the hard ones."""
    return [*HARD, Cell(NO_UDP, OPEN), Cell(NO_UDP, UPNP), Cell(EI, AD), Cell(SYMMETRIC, AD), Cell(DOUBLE, APD),
            Cell(SIX_ONLY, SIX_OPEN), Cell(SIX_ONLY, OPEN), Cell(NO_UDP, AD)]


@dataclasses.dataclass(frozen=True)
class Prediction:
    """Whether a cell's two can meet (YES, NO, LUCK), and by which path, or what stands between them."""

    answer: str
    detail: str = ""


def predictions(oracle, cells, who):
    """What the reach_oracle program says of each cell; `who` knows where the other is: "alone" is the caller."""
    lines = "".join(f"{cell.caller.spec} {cell.callee.spec} {who}\n" for cell in cells)
    done = subprocess.run([str(oracle)], input=lines, capture_output=True, text=True, timeout=30)
    answers = [Prediction(*line.split()) for line in done.stdout.splitlines()]
    if done.returncode != 0 or len(answers) != len(cells):
        raise LabError(f"{oracle.name} does not know these homes: {done.stderr.strip()}")
    return dict(zip(cells, answers))
