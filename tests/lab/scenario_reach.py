"""Eleven kinds of home call eleven, behind real kernels' NATs: who can meet does, who cannot is told why."""

import statistics
import time

import reach_homes
import reach_table
from netlab import Lab
from reach_homes import HARD, LUCK, NO, YES
from reach_world import IMPOSSIBLE, World
from stage import ScenarioFailed

ROUNDS = 3
MEET_SECONDS = {YES: 15, LUCK: 75}  # a search that finds nothing, one in sixty, is followed by another after a minute


def run(options, story):
    cells = reach_homes.quick_cells() if options.quick else reach_homes.all_cells()
    oracle = options.bridge.with_name("reach_oracle")
    predicted = predict(oracle, cells)
    with Lab("reach", bridge=options.bridge, keep=options.keep) as lab:
        world = World(lab, options, cells)
        world.start()
        counts = ", ".join(f"{sum(p.answer == answer for p in predicted.values())} {words}" for answer, words in
                           ((YES, "can meet"), (LUCK, "can with luck"), (NO, "cannot")))
        story.say(f"{len(world.ends)} homes are registered with one third party; of {len(cells)} pairs {counts}")
        found = {cell: [] for cell in cells}
        rounds = 1 if options.quick else ROUNDS
        for number in range(rounds):
            one_round(world, story, predicted, found, f"round {number + 1} of {rounds}")
        set_up, payload = world.count_octets()
        world.stop()
    story.say(f"the third party saw {set_up} octets that set up")
    if not options.quick:
        reach_table.write(cells, predicted, found)
        story.say(f"the table is in {reach_table.TABLE}")
    for cell in HARD:
        story.say(f"{HARD[cell]}: {reach_table.summary(found[cell])}")
    wrong = [f"{cell}: {problem}" for cell in cells for problem in problems(predicted[cell], found[cell])]
    if payload:
        wrong.append(f"{payload} octets of payload went through the third party")
    if wrong:
        raise ScenarioFailed(f"{len(wrong)} are not as they must be: " + "; ".join(wrong))
    times = [outcome.milliseconds for cell in cells for outcome in found[cell] if predicted[cell].answer == YES]
    story.check(True, f"every pair that can meet did, each time, half of them within {statistics.median(times):.0f} ms; "
                "the others were told why, and no payload went through the third party")


def predict(oracle, cells):
    """By cell: for the caller's knowing alone where the other is, where that is enough; else for both having added."""
    alone = reach_homes.predictions(oracle, cells, "alone")
    both = reach_homes.predictions(oracle, cells, "both")
    return {cell: alone[cell] if alone[cell].answer == YES else both[cell] for cell in cells}


def one_round(world, story, predicted, found, words):
    begun = time.monotonic()
    for cell in (cell for cell in found if predicted[cell].answer != NO):
        answer = predicted[cell].answer
        # Strangers are not searched for: an invitation is no licence to send thousands of packets.
        outcome = world.meet(cell, MEET_SECONDS[answer], exchanged=answer == LUCK)
        found[cell].append(outcome)
        if outcome.met:
            story.say(f"{outcome.milliseconds:7.0f} ms  {cell}: {reach_table.path_words(outcome.paths)}")
        else:
            story.say(story.paint("31", "not met") + f"  {cell}: {outcome.wrong}")
    for batch in disjoint([cell for cell in found if predicted[cell].answer == NO]):
        for cell, outcome in world.stay_apart(batch).items():
            found[cell].append(outcome)
            story.say((story.paint("31", "MET") if outcome.met else "apart") + f"  {cell}: {outcome.told[0]}")
    story.say(f"{words} took {time.monotonic() - begun:.0f} s")


def disjoint(cells):
    """Groups of cells in which no home is twice; those whose homes are in most cells first, so that groups are few."""
    waiting = list(cells)
    while waiting:
        def demand(cell):
            return -sum((cell.caller is other.caller) + (cell.callee is other.callee) for other in waiting)

        group = []
        for cell in sorted(waiting, key=demand):
            if all(cell.caller is not other.caller and cell.callee is not other.callee for other in group):
                group.append(cell)
        waiting = [cell for cell in waiting if cell not in group]
        yield group


def problems(prediction, outcomes):
    """In words, what must not be."""
    for number, outcome in enumerate(outcomes, 1):
        if prediction.answer == NO:
            if outcome.met:
                yield f"run {number}: they met, against the oracle"
            if not all(told.startswith(IMPOSSIBLE) for told in outcome.told):
                yield f"run {number}: they were told {outcome.told}"
        elif not outcome.met or outcome.wrong:
            yield f"run {number}: {outcome.wrong}"
