"""Numbered messages both ways through restarts, kill -9 and a cut link: each arrives exactly once and in order."""

import random
import time

from namespaces import LabError, until
from stage import ScenarioFailed, Stage

MESSAGES = 40
CUT_AT, MENDED_AT = 30, 36
RESTARTS = {6: ("alice",), 10: ("bob",), 14: ("bob", "alice")}
KILLS = 7
SETTLE_TIMEOUT = 120


def run(options, story):
    chance = random.Random(options.seed)
    cut_seconds = 20 if options.quick else 60
    story.say(f"seed {options.seed}; {MESSAGES} messages each way; the link will be cut for {cut_seconds} s")
    with Stage(options, "once") as stage:
        stage.befriend(story)
        kills = {step: chance.choice((("bob",), ("alice",), ("bob", "alice")))
                 for step in chance.sample(range(16, CUT_AT), KILLS)}
        cut_since = None
        for step in range(MESSAGES):
            if step == CUT_AT:
                stage.bob.site.toggle_link()
                cut_since = time.monotonic()
                story.say(f"message {step}: the link is cut")
            if step == MENDED_AT:
                time.sleep(max(0, cut_since + cut_seconds - time.monotonic()))  # how long the cut lasts, not a guess
                stage.bob.site.toggle_link()
                story.say(f"message {step}: the link is mended")
            for person in stage.people:
                person.send(numbered(stage, person, step))
            disturb(stage, story, chance, step, kills)
        begun = time.monotonic()
        wait_until_settled(stage)
        story.say(f"all is settled {time.monotonic() - begun:.1f} s after the last message")
        for person, other in (stage.people, stage.people[::-1]):
            check_history(stage, story, person, other)
        stage.stop()


def numbered(stage, person, number):
    return stage.text(f"{number:03} from {person.name}")


def disturb(stage, story, chance, step, kills):
    """What happens after the messages of `step` were taken: nothing, a restart, or a kill at a random moment."""
    time.sleep(chance.uniform(0, 0.05))  # the pace of writing
    for person in stage.people:
        if person.site.name in RESTARTS.get(step, ()):
            person.daemon.restart()
            story.say(f"message {step}: {person.name} restarted")
    for person in stage.people:
        if person.site.name in kills.get(step, ()):
            time.sleep(chance.uniform(0, 0.4))  # the random moment
            person.daemon.kill9()
            person.daemon.start()
            if chance.random() < 0.3:
                time.sleep(chance.uniform(0, 0.1))
                person.daemon.kill9()
                person.daemon.start()
            person.daemon.wait_for("ready")
            story.say(f"message {step}: {person.name} was killed, and is back")


def wait_until_settled(stage):
    """Waits until both histories are whole and everything sent is known to be delivered."""
    def settled():
        for person in stage.people:
            messages = person.messages()
            mine = [message for message in messages if message["from"] == "me"]
            if len(messages) < 2 * MESSAGES or any(message["state"] not in ("delivered", "read") for message in mine):
                return False
        return True

    try:
        until(settled, SETTLE_TIMEOUT, "", interval=0.2)
    except LabError as problem:
        states = [describe(person) for person in stage.people]
        raise ScenarioFailed(f"not settled within {SETTLE_TIMEOUT} s: {'; '.join(states)} ({problem})") from None


def describe(person):
    messages = person.messages()
    mine = [message["state"] for message in messages if message["from"] == "me"]
    states = ", ".join(f"{mine.count(state)} {state}" for state in sorted(set(mine)))
    return f"{person.name} sent {len(mine)} ({states}) and received {len(messages) - len(mine)}"


def check_history(stage, story, person, other):
    """What `person` sees: each text of both sides exactly once, in the order in which it was written."""
    messages = person.messages()
    for side, writer in (("me", person), ("them", other)):
        texts = [message["text"] for message in messages if message["from"] == side]
        expected = [numbered(stage, writer, number) for number in range(MESSAGES)]
        if texts and texts[0] == expected[-1]:
            texts.reverse()  # the list may begin with the newest
        missing, extra = len(set(expected) - set(texts)), len(texts) - len(set(texts))
        what = f"{person.name} has all {MESSAGES} messages of {writer.name}'s once and in order"
        order = " ".join(text[:3] for text in texts)
        story.check(texts == expected, what, f"{missing} missing, {extra} too many; the order is {order}")
