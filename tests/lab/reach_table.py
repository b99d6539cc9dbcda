"""The reach matrix as Markdown, in the tree, for people."""

import os
import pathlib
import statistics

from reach_homes import HARD, HOMES, NO, YES
from reach_world import APART_SECONDS, ONE_WAY_MS

TABLE = pathlib.Path(__file__).with_name("reach-matrix.md")

PATHS = {"mapped4": "IPv4", "punched4": "IPv4, punched", "native6": "IPv6", "tcp": "TCP", "teredo": "Teredo"}
ORACLE = {YES: "yes", NO: "no"}


def path_words(kinds):
    """The path in use, as the caller names it and as the callee does."""
    words = [PATHS.get(kind, kind) for kind in kinds]
    return words[0] if len(set(words)) == 1 else " / ".join(words)


def summary(outcomes):
    """How often they met, the median of the times, and by what."""
    met = [outcome for outcome in outcomes if outcome.met]
    count = f"{len(met)}/{len(outcomes)}"
    return f"{count}, {_median(met):.0f} ms, {_path(met)}" if met else count


def _median(met):
    return statistics.median(outcome.milliseconds or 0 for outcome in met)


def _path(met):
    return "; ".join(dict.fromkeys(path_words(outcome.paths) for outcome in met))


class Notes:
    """Numbered footnotes; the same words have the same number."""

    def __init__(self):
        self._numbers = {}

    def mark(self, words):
        return f"({self._numbers.setdefault(words, len(self._numbers) + 1)})"

    def lines(self):
        return [f"{number}. {words}" for words, number in self._numbers.items()]


def write(cells, predicted, found):
    notes = Notes()
    rows = [_row(caller, [cell for cell in cells if cell.caller is caller], predicted, found, notes) for caller in HOMES]
    possible = [cell for cell in cells if predicted[cell].answer != NO]
    green = sum(all(outcome.met for outcome in found[cell]) for cell in possible)
    payload = sum(outcome.payload for cell in cells for outcome in found[cell])
    apart = len(cells) - len(possible)
    lines = [
        "# Who reaches whom", "",
        "Written by `./dev lab reach`. Each kind of home stands there twice, as caller and as callee, built from the",
        "kernel's NAT and a real miniupnpd, with an unprivileged `culvertd` in it. The caller has the callee's address",
        "string and writes at once; whoever is asked accepts. Everybody chose one third party, which hands over set-up",
        "messages.", "",
        f"- The time is the median from the order to \"delivered\". Each home is {ONE_WAY_MS:g} ms from the internet, so that a",
        f"  ping between two takes {4 * ONE_WAY_MS:g} ms.",
        "- The path is the one in use then; \"A / B\": A as the caller calls it, B as the callee does. Teredo is IPv6 in UDP/IPv4",
        "  straight between the two: there is neither a server nor a relay.",
        "- *With luck*: the oracle (`predict`) promises nothing, because the port of one end has to be searched for. That is",
        "  done for contacts alone, so that the callee adds the caller, too.",
        f"- **no**: the oracle calls it impossible. Both added each other, were watched for {APART_SECONDS} s, and were told what the",
        "  note says.", "",
        f"**{green} of {len(possible)} possible pairs met each time; {apart} impossible ones were told why. {payload} octets of payload",
        "went through the third party.**", "",
        "| from \\ to | " + " | ".join(home.words for home in HOMES) + " |", "|---|" + "---|" * len(HOMES), *rows, "",
        *notes.lines(), "", "What defeats the best of today:", "",
        *(f"- {words}: {summary(found[cell])}" for cell, words in HARD.items()), "", "## Each pair", "",
        "Set-up: octets between the two and the third party while the pair met or tried, keeping both registered included.", "",
        "| from | to | oracle | met | median | slowest | path | set-up | payload through third parties |",
        "|---|---|---|---|---|---|---|---|---|", *(_line(cell, predicted[cell], found[cell]) for cell in cells),
    ]
    TABLE.write_text("\n".join(lines) + "\n")
    owner = TABLE.parent.stat()
    os.chown(TABLE, owner.st_uid, owner.st_gid)


def _row(caller, cells, predicted, found, notes):
    told = []
    for cell in cells:
        outcomes = found[cell]
        if predicted[cell].answer == NO:
            words = "; ".join(dict.fromkeys(_notice(outcome.told) for outcome in outcomes))
            told.append(f"{'**MET**' if any(outcome.met for outcome in outcomes) else '**no**'} {notes.mark(words)}")
        else:
            all_met = all(outcome.met for outcome in outcomes)
            luck = "" if predicted[cell].answer == YES else ", with luck"
            told.append(("" if all_met else "**FAILED** ") + summary(outcomes) + luck)
    return f"| {caller.words} | " + " | ".join(told) + " |"


def _notice(told):
    """What both were told."""
    caller, callee = told
    return f"Both: {caller}" if caller == callee else f"The caller: {caller} The callee: {callee}"


def _line(cell, prediction, outcomes):
    met = [outcome for outcome in outcomes if outcome.met]
    answer = ORACLE.get(prediction.answer, "with luck")
    detail = f" ({PATHS.get(prediction.detail, prediction.detail.replace('_', ' '))})" if prediction.detail else ""
    times = f"{_median(met):.0f} ms | {max(each.milliseconds or 0 for each in met):.0f} ms | {_path(met)}" if met else "– | – | –"
    set_up = statistics.median(outcome.set_up for outcome in outcomes)
    payload = sum(outcome.payload for outcome in outcomes)
    return (f"| {cell.caller.words} | {cell.callee.words} | {answer}{detail} | {len(met)}/{len(outcomes)} | {times} | "
            f"{set_up:.0f} | {payload} |")
