"""The networks that `culvertd diagnose` must tell apart, and what its report must say of each. Pure: nothing is run.

An expectation is the set of answers that are right. It holds one answer wherever the question can be answered; more
where an honest program may not know (then None, or "not_tested", is among them, and the wrong answers are not).
"""

import dataclasses
import enum

from nat import BEHAVIOUR, EI, PROVIDERS, Ipv6, NatKind
from netlab import impossible
from upnp import Speaks

YES, NO, NOT_TESTED = "yes", "no", "not_tested"
ROUTERS = (Speaks.UPNP, Speaks.PCP, Speaks.NOTHING)
MODES = (Ipv6.OPEN, Ipv6.FIREWALLED, Ipv6.PINHOLES, Ipv6.NONE)


class Helpers(enum.Enum):
    """Who can be asked from outside."""

    TWO = "two third parties, one of them with two addresses"
    ONE = "one third party with one address"
    NOBODY = "no third party"


@dataclasses.dataclass(frozen=True)
class Cell:
    kind: NatKind
    speaks: Speaks
    ipv6: Ipv6
    helpers: Helpers = Helpers.TWO

    @property
    def mapped(self):
        """Whether the router gives an IPv4 mapping that works."""
        return self.speaks in (Speaks.UPNP, Speaks.PCP, Speaks.ALL) and not BEHAVIOUR[self.kind].nested

    @property
    def reason(self):
        """Why it cannot be built, or None."""
        return impossible(self.kind, self.ipv6, self.speaks)

    def __str__(self):
        return (f"{self.kind.name} x router {self.speaks.name} x IPv6 {self.ipv6.name}"
                + ("" if self.helpers is Helpers.TWO else f", {self.helpers.value}"))


def all_cells():
    """The matrix, those that cannot be built left out, and each kind with less help."""
    matrix = [Cell(kind, speaks, mode) for kind in NatKind for speaks in ROUTERS for mode in MODES]
    return [cell for cell in matrix if not cell.reason] + [*less_help(Helpers.ONE), *less_help(Helpers.NOBODY)]


def less_help(helpers):
    """Each kind once: with one third party the NAT alone, with none also what a router can tell."""
    for kind in NatKind:
        told = helpers is Helpers.NOBODY and kind is not NatKind.PUBLIC
        yield Cell(kind, Speaks.UPNP if told else Speaks.NOTHING, Ipv6.PINHOLES if told else Ipv6.FIREWALLED, helpers)


def quick_cells():
    """A dozen in which each kind, each router and each mode occurs."""
    return [
        Cell(NatKind.PUBLIC, Speaks.NOTHING, Ipv6.OPEN),
        Cell(NatKind.FULL_CONE, Speaks.NOTHING, Ipv6.NONE),
        Cell(NatKind.ADDRESS_RESTRICTED, Speaks.NOTHING, Ipv6.FIREWALLED),
        Cell(NatKind.PORT_RESTRICTED, Speaks.NOTHING, Ipv6.FIREWALLED),
        Cell(NatKind.PORT_RESTRICTED, Speaks.UPNP, Ipv6.PINHOLES),
        Cell(NatKind.PORT_RESTRICTED, Speaks.PCP, Ipv6.PINHOLES),
        Cell(NatKind.SYMMETRIC, Speaks.NOTHING, Ipv6.OPEN),
        Cell(NatKind.SYMMETRIC, Speaks.UPNP, Ipv6.NONE),
        Cell(NatKind.DOUBLE, Speaks.UPNP, Ipv6.PINHOLES),
        Cell(NatKind.CARRIER, Speaks.PCP, Ipv6.FIREWALLED),
        Cell(NatKind.ADDRESS_RESTRICTED, Speaks.NOTHING, Ipv6.FIREWALLED, Helpers.ONE),
        Cell(NatKind.PORT_RESTRICTED, Speaks.UPNP, Ipv6.PINHOLES, Helpers.NOBODY),
    ]


def expectations(cell):
    """The right answers: {(key, ...): set of values} for `verdict` and `port_mapping`."""
    nat = _nat(cell)
    wanted = {("verdict", "nat", name): values for name, values in nat.items()}
    wanted[("complete",)] = {True}
    wanted[("verdict", "ipv4")] = {True}
    wanted[("verdict", "ipv6")] = {cell.ipv6 is not Ipv6.NONE}
    open4 = cell.mapped or cell.kind in (NatKind.PUBLIC, NatKind.FULL_CONE)
    open6 = None if cell.ipv6 is Ipv6.NONE else cell.ipv6 is not Ipv6.FIREWALLED
    wanted[("verdict", "inbound4")] = _inbound(cell, open4)
    wanted[("verdict", "inbound6")] = _inbound(cell, open6)
    protocol = {Speaks.UPNP: "upnp", Speaks.PCP: "pcp"}.get(cell.speaks)
    wanted[("verdict", "mapped_by")] = {protocol if cell.mapped else None}
    wanted[("verdict", "pinhole_by")] = {protocol if cell.ipv6 is Ipv6.PINHOLES else None}
    return wanted | _port_mapping(cell, protocol)


def _nat(cell):
    """What of `verdict.nat` must be told with so much help."""
    truth = BEHAVIOUR[cell.kind]
    names = ("translated", "varies", "mapping", "filtering", "port_preserved", "hairpin")
    nat = {name: {getattr(truth, name)} for name in names}
    # Only a router can tell of a second one: it has no public address. Without one nobody claims that there is none;
    # and by UPnP miniupnpd says no more than "action failed".
    is_told = cell.speaks in (Speaks.PCP, Speaks.ALL)
    nat["nested"] = {True} if truth.nested and is_told else {truth.nested, None}
    if cell.mapped:  # everybody may come in by the mapping, whatever the NAT does elsewhere
        nat["filtering"].add(EI)
    if not truth.translated:  # what is not there need not have a behaviour
        nat |= {name: {getattr(truth, name), None} for name in names[1:]} | {"hairpin": {True, False, None}}
    if cell.helpers is Helpers.ONE:
        for name in ("varies", "mapping", "filtering", "hairpin"):
            nat[name].add(None)
    if cell.helpers is Helpers.NOBODY:
        nat |= {name: {None} for name in ("varies", "mapping", "filtering", "port_preserved")}
        for name in ("translated", "hairpin", "nested"):
            nat[name].add(None)
    return nat


def _inbound(cell, is_open):
    if is_open is None or cell.helpers is Helpers.NOBODY:
        return {NOT_TESTED}
    answer = YES if is_open else NO
    return {answer} if cell.helpers is Helpers.TWO else {answer, NOT_TESTED}


def _port_mapping(cell, protocol):
    state, failure = ("port_mapping", "state"), ("port_mapping", "failure")
    if cell.mapped:
        proven = {"proven"} if cell.helpers is Helpers.TWO else {"claimed", "confirmed", "proven"}
        if cell.helpers is Helpers.NOBODY:
            proven.remove("proven")
        return {state: proven, failure: {"none", None}, ("port_mapping", "protocol"): {protocol}}
    if cell.speaks is not Speaks.NOTHING:
        return {state: {"failed"}, failure: {"private_external", "refused"}}
    if cell.kind is NatKind.PUBLIC:  # nothing need be asked for
        return {state: {"failed", "off"}, failure: {"no_router", "none", None}}
    return {state: {"failed"}, failure: {"no_router"}}


def differences(cell, report, site):
    """In words, where a report says what is not so. `site` is what was built: for its addresses."""
    if not isinstance(report.get("verdict"), dict):
        return ["the report has no verdict"]
    wrong = []
    for path, right in expectations(cell).items():
        value = report
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if not any(value is each or (value == each and type(value) is type(each)) for each in right):
            wrong.append(f"{'.'.join(path)}: {_word(value)} for {' or '.join(sorted(map(_word, right)))}")
    return wrong + _wrong_addresses(cell, report.get("port_mapping") or {}, site)


def _wrong_addresses(cell, mapping, site):
    wrong, external, router = [], mapping.get("external"), mapping.get("router_address")
    if cell.mapped and not str(external).startswith(f"{site.public4}:"):
        wrong.append(f"port_mapping.external: {_word(external)} for {site.public4}")
    wan = site.public4
    if cell.kind in PROVIDERS:
        wan = PROVIDERS[cell.kind][1].format(site.number) + ".2"
    if router not in ({wan} if cell.mapped else {wan, None, ""}):
        wrong.append(f"port_mapping.router_address: {_word(router)} for {wan}")
    return wrong


def _word(value):
    return {True: "true", False: "false", None: "null"}.get(value, str(value)) if not isinstance(value, dict) else "{}"
