"""What `culvertd diagnose` says of a network is what was built: each NAT, router and IPv6 mode, more and less help."""

import dataclasses
import json
import os
import pathlib
import subprocess
import threading
import time

import network_cells
import oracle
from daemon import KEPT_VARIABLES, NOBODY, UNPRIVILEGED, Daemon, runnable
from namespaces import LabError, until
from nat import NatKind
from netlab import Lab
from network_cells import MODES, ROUTERS, Cell, Helpers
from stage import ScenarioFailed

TABLE = pathlib.Path(__file__).with_name("network-matrix.md")
AT_ONCE = 3
SECONDS_MAX = 6.0
KILL_AFTER = 15.0
ROUTER_SECONDS = 3


@dataclasses.dataclass
class Result:
    cell: Cell
    wrong: list
    seconds: float


class Diagnosis:
    """One `culvertd diagnose` in a home of its own. Start from the main thread; a thread here notes when it ends."""

    def __init__(self, world, cell, number):
        self.cell = cell
        self.site = world.lab.add_home(f"cell{number}", cell.kind, cell.ipv6, cell.speaks)
        self.seconds = None
        self._process = None
        if world.culvertd:
            self._start(world, number)

    def _start(self, world, number):
        folder = world.lab.folder / f"cell{number}"
        folder.mkdir()
        os.chown(folder, NOBODY, NOBODY)
        helpers = world.addresses[self.cell.helpers]
        command = [str(world.culvertd), "diagnose", "--json"]
        command += [word for address in helpers for word in ("--rendezvous", address)]
        env = {key: os.environ[key] for key in KEPT_VARIABLES if key in os.environ} | {"HOME": str(folder)}
        self._out, self._errors = folder / "report.json", folder / "errors"
        with open(self._out, "wb") as out, open(self._errors, "wb") as errors:
            self._begun = time.monotonic()
            self._process = world.lab.start(self.site.host, command, options=UNPRIVILEGED, stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=errors, env=env, cwd=folder)
        threading.Thread(target=self._note_the_end, daemon=True).start()

    def _note_the_end(self):
        self._process.wait()
        self.seconds = time.monotonic() - self._begun

    def has_ended(self):
        if self._process is None or self.seconds is not None:
            return True
        if time.monotonic() - self._begun > KILL_AFTER:
            self._process.kill()
        return False

    def _left(self):
        return self.site.mappings() + self.site.pinholes()

    def wrong(self):
        """In words, what is wrong with the report, its time, or the end of the program."""
        if self._process is None:
            return []
        if self._process.returncode != 0:
            words = self._errors.read_text(errors="replace").strip().splitlines()[-1:]
            return [f"it ended with code {self._process.returncode} {' '.join(words)}".strip()]
        found = [f"took {self.seconds:.1f} s"] if self.seconds > SECONDS_MAX else []
        try:  # The router does what it was asked to a moment after the program has ended.
            until(lambda: not self._left(), ROUTER_SECONDS, "the router forgets what it was asked to")
        except LabError:
            found.append(f"it left {len(self._left())} entries in the router")
        try:
            report = json.loads(self._out.read_text())
        except ValueError:
            return found + ["its output is not JSON"]
        return found + network_cells.differences(self.cell, report, self.site)


class World:
    """The laboratory with its third parties, of which one has two addresses of each family."""

    def __init__(self, lab, options, story):
        self.lab = lab
        self.third, self.other = lab.add_public_host("third", addresses=2), lab.add_public_host("other")
        self.culvertd = None if options.oracle_only else runnable(options.culvertd, lab.folder)
        self.addresses = {helpers: [] for helpers in Helpers}
        if not self.culvertd:
            story.say("no culvertd: what is built is measured, and nothing is diagnosed")
            return
        first, second = (Daemon(lab, site.host, options.culvertd, site.name, mode="rendezvous").start().first_address()
                         for site in (self.third, self.other))
        self.addresses |= {Helpers.TWO: [first, second], Helpers.ONE: [second]}

    def check(self, diagnosis):
        """What differs in a cell: first from what was built, then from what is true."""
        wrong = diagnosis.wrong()  # before the oracle asks the router for anything
        differing = oracle.differences(diagnosis.cell.kind, diagnosis.cell.ipv6, diagnosis.cell.speaks,
                                       oracle.measure(diagnosis.site, self.third, self.other, diagnosis.cell.speaks))
        if differing:
            raise LabError(f"{diagnosis.cell} is not what it claims to be: {'; '.join(differing)}")
        return Result(diagnosis.cell, wrong, diagnosis.seconds or 0)


def run(options, story):
    cells = network_cells.quick_cells() if options.quick else network_cells.all_cells()
    with Lab("network", keep=options.keep) as lab:
        results = diagnose_all(World(lab, options, story), cells, story)
    if not options.quick and not options.oracle_only:
        write_table(results)
        story.say(f"the table is in {TABLE}")
    wrong = [result for result in results if result.wrong]
    if not options.oracle_only:
        slowest = max(results, key=lambda result: result.seconds)
        story.say(f"the slowest took {slowest.seconds:.1f} s: {slowest.cell}")
    if wrong:
        raise ScenarioFailed(f"{len(wrong)} of {len(results)} networks are told wrongly")
    story.check(True, f"{len(results)} networks are what they claim to be"
                + ("" if options.oracle_only else ", and are told as they are"))


def diagnose_all(world, cells, story):
    """A few at a time. What is built is measured after its diagnosis, so that nothing of it is left to find."""
    waiting, running, results = list(cells), [], []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            cell = waiting.pop(0)
            running.append(Diagnosis(world, cell, len(cells) - len(waiting)))
        ended = next((each for each in running if each.has_ended()), None)
        if not ended:
            time.sleep(0.02)
            continue
        running.remove(ended)
        results.append(world.check(ended))
        world.lab.remove_site(ended.site)
        tell(story, results[-1])
    return results


def tell(story, result):
    if result.wrong:
        story.say(story.paint("31", "differs") + f"  {result.cell}: {'; '.join(result.wrong)}")
    else:
        story.say(story.paint("32", "ok") + f"  {result.cell} ({result.seconds:.1f} s)")


def write_table(results):
    """The results as Markdown, in the tree, for people."""
    by_cell = {result.cell: result for result in results}
    right = sum(not result.wrong for result in results)
    lines = ["# What the diagnosis says of each network", "",
             "Written by `./dev lab network`. Every cell is a network of its own, built from the kernel's NAT and a",
             "real miniupnpd, measured by plain sockets, and diagnosed by an unprivileged `culvertd diagnose`.",
             "*ok*: every answer of `verdict` and `port_mapping` was right, and came within "
             f"{SECONDS_MAX:g} s. –: cannot be built.", "",
             f"**{right} of {len(results)} are told as they are**, the slowest in "
             f"{max(result.seconds for result in results):.1f} s.", "",
             f"## With {Helpers.TWO.value}", "", "| NAT | router | " + " | ".join(mode.value for mode in MODES) + " |",
             "|---|---|" + "---|" * len(MODES)]
    reasons = {}
    for kind in NatKind:
        for speaks in ROUTERS:
            row = [_told(by_cell, Cell(kind, speaks, mode), reasons) for mode in MODES]
            lines.append(f"| {kind.value} | {speaks.value} | {' | '.join(row)} |")
    lines += ["", *(f"- {mark} {reason}" for reason, mark in reasons.items())]
    for helpers in (Helpers.ONE, Helpers.NOBODY):
        lines += ["", f"## With {helpers.value}", "", "| NAT | router | IPv6 | |", "|---|---|---|---|"]
        lines += [f"| {cell.kind.value} | {cell.speaks.value} | {cell.ipv6.value} | {_told(by_cell, cell, {})} |"
                  for cell in network_cells.less_help(helpers)]
    TABLE.write_text("\n".join(lines) + "\n")
    owner = TABLE.parent.stat()
    os.chown(TABLE, owner.st_uid, owner.st_gid)


def _told(by_cell, cell, reasons):
    if cell.reason:
        return "– " + reasons.setdefault(cell.reason, f"({len(reasons) + 1})")
    return "; ".join(by_cell[cell].wrong).replace("|", "/") or "ok"
