"""Every pair of NAT kinds that RFC 6081's figure 1 calls possible meets with a Teredo server alone, by real kernels."""

import pathlib
import time

from daemon import Daemon
from namespaces import until
from nat import Ipv6, NatKind
from netlab import Lab
from stage import Person
from teredo_server import TeredoServer
from upnp import Speaks

TABLE = pathlib.Path(__file__).with_name("teredo-matrix.md")
QUALIFIED_SECONDS = 20
MEET_SECONDS = 15
DELAY_MS = 20  # one way, of each home

# The kinds of the figure that a kernel can make; a router's mapping makes the port-restricted one reachable.
KINDS = {
    "cone": (NatKind.FULL_CONE, Speaks.NOTHING),
    "address-restricted": (NatKind.ADDRESS_RESTRICTED, Speaks.NOTHING),
    "port-restricted": (NatKind.PORT_RESTRICTED, Speaks.NOTHING),
    "UPnP port-restricted": (NatKind.PORT_RESTRICTED, Speaks.UPNP),
    "UPnP port-symmetric": (NatKind.SYMMETRIC, Speaks.UPNP),
    "port-symmetric": (NatKind.SYMMETRIC, Speaks.NOTHING),
}
# RFC 6081 §3, figure 1, row by row: what makes the pair of source and destination meet. Nothing: no way is known.
FIGURE = {
    "cone": ("Yes", "Yes", "Yes", "Yes", "SNS", "SNS"),
    "address-restricted": ("Yes", "Yes", "Yes", "Yes", "SNS", "SNS"),
    "port-restricted": ("Yes", "Yes", "Yes", "Yes", None, None),
    "UPnP port-restricted": ("Yes", "Yes", "Yes", "Yes", "SNS + UPnP", None),
    "UPnP port-symmetric": ("SNS", "SNS", None, "SNS + UPnP", "SNS + UPnP", None),
    "port-symmetric": ("SNS", "SNS", None, None, None, None),
}


class End:
    """One side of the matrix: a home of a kind, and the culvertd in it."""

    def __init__(self, lab, options, kind, side, server):
        nat, speaks = KINDS[kind]
        site = lab.add_home(f"{side}{list(KINDS).index(kind)}", nat, Ipv6.NONE, speaks, delay_ms=DELAY_MS)
        daemon = Daemon(lab, site.host, options.culvertd, site.name, args=["--teredo-server", server.address]).start()
        daemon.call("profile.create", name=f"{side} {kind}")
        self.kind, self.person = kind, Person(site, daemon)

    def is_ready(self):
        """Whether it has its Teredo address, and its router's mapping where there is one to be had."""
        report = self.person.daemon.call("diagnostics.report", masked=False)
        waits = KINDS[self.kind][1] is not Speaks.NOTHING and report["port_mapping"]["state"] not in ("claimed", "confirmed", "proven")
        return report["teredo"]["state"] == "qualified" and not waits

    def address(self):
        return self.person.daemon.call("profile.address")["address"]


def run(options, story):
    with Lab("teredo-matrix", bridge=options.bridge, keep=options.keep) as lab:
        server = TeredoServer(lab, "server").start()
        sources, destinations = ([End(lab, options, kind, side, server) for kind in KINDS] for side in ("from", "to"))
        for end in (*sources, *destinations):
            until(end.is_ready, QUALIFIED_SECONDS, f"{end.kind} is not qualified", interval=0.1)
        story.say(f"{len(sources) + len(destinations)} homes have their Teredo addresses from one miredo-server")
        found = {(source.kind, destination.kind): meet(source, destination)
                 for source in sources for destination in destinations}
        results = {pair: arrival() for pair, arrival in found.items()}
        report(story, options, results)
        for end in (*sources, *destinations):
            end.person.daemon.stop()


def meet(source, destination):
    """The source asks, the destination has never heard of it. Gives a function that waits for the request to arrive."""
    begun = time.monotonic()
    name = f"{source.kind} to {destination.kind}"
    source.person.daemon.call("contact.add", address=destination.address(), greeting=name)

    def arrival():
        try:
            event = destination.person.daemon.wait_for("contact.request", lambda params: params.get("greeting") == name,
                                                       max(begun + MEET_SECONDS - time.monotonic(), 0.01), name)
        except Exception:
            return None
        return event.time - begun

    return arrival


def report(story, options, results):
    missing = []
    for (source, destination), seconds in results.items():
        by = FIGURE[source][list(KINDS).index(destination)]
        took = "no way" if seconds is None else f"{seconds:.2f} s"
        story.say(f"{source} to {destination}: {took} (the figure: {by or 'No'})")
        if by and seconds is None:
            missing.append(f"{source} to {destination}")
    if not options.quick:
        write_table(results)
    story.check(not missing, "every pair that the figure calls possible met", missing)


def write_table(results):
    lines = ["# Who meets by Teredo, behind real NATs", "",
             "Written by `tests/lab/run.py teredo_matrix`: both ends are `culvertd` without IPv6, all that they have in common is an",
             f"unmodified miredo-server, and the destination has never heard of the source. Each home is {DELAY_MS} ms from the internet.",
             "The time is the one until the source's request arrived;",
             "in brackets what RFC 6081 §3, figure 1 says. It may be more than the figure: a home whose router forwards its port tells",
             "that IPv4 address too, and Linux answers a flow that came in from the port where it came in.", "",
             "| source \\ destination | " + " | ".join(KINDS) + " |", "|---|" + "---|" * len(KINDS)]
    for source in KINDS:
        cells = []
        for destination, by in zip(KINDS, FIGURE[source]):
            seconds = results[source, destination]
            cells.append(("no way" if seconds is None else f"{seconds:.2f} s") + f" ({by or 'No'})")
        lines.append(f"| {source} | " + " | ".join(cells) + " |")
    TABLE.write_text("\n".join(lines) + "\n")
