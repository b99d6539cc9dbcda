"""A router that says nothing holds nobody up: not the program, not two people on its LAN, not the end."""

import time

from daemon import Daemon
from nat import Silence
from netlab import Lab
from stage import Person

READY_WITHIN = 1.0  # seconds, from the call of profile.create
MET_WITHIN = 2.0  # from the second contact.add to the message
ENDED_WITHIN = 2.0


def run(options, story):
    for silence in Silence:
        with Lab(f"silent_{silence.name.lower()}", keep=options.keep) as lab:
            story.say(f"the router {silence.value}")
            check(options, story, lab, silence)


def check(options, story, lab, silence):
    """Two people start behind such a router, meet, talk, and end."""
    sites = lab.add_neighbours(("bob", "alice"), silence)
    bob, alice = people = [Person(site, Daemon(lab, site.host, options.culvertd, site.name)) for site in sites]
    try:
        for person in people:
            begin(story, person)
        meet(story, bob, alice)
        for person in people:
            end(story, person)
    except Exception:
        for line in (line for person in people for line in person.daemon.last_words()):
            print(f"    {line}")
        raise


def begin(story, person):
    """Start, profile, ready."""
    person.daemon.start()
    begun = time.monotonic()
    person.daemon.call("profile.create", name=person.name)
    answered = time.monotonic() - begun
    ready = person.daemon.wait_for("ready").time - begun
    story.check(answered <= READY_WITHIN and ready <= READY_WITHIN, f"{person.name}'s profile.create is answered after "
                f"{answered * 1000:.0f} ms and followed by ready after {ready * 1000:.0f} ms (at most "
                f"{READY_WITHIN:g} s, the start of the program included)", f"{answered:.2f} s, {ready:.2f} s")


def meet(story, bob, alice):
    """Contacts, and a message each way, while the router is silent."""
    addresses = [person.daemon.call("profile.address")["address"] for person in (bob, alice)]
    bob.peer = bob.daemon.call("contact.add", address=addresses[1], name="Alice")["contact"]
    begun = time.monotonic()
    alice.peer = alice.daemon.call("contact.add", address=addresses[0], name="Bob")["contact"]
    for sender, receiver in ((bob, alice), (alice, bob)):
        text = f"over the LAN, from {sender.name}"
        sender.send(text)
        taken = receiver.expect(text).time - begun
        story.check(taken <= MET_WITHIN, f"{sender.name}'s message arrived {taken * 1000:.0f} ms after they became "
                    f"contacts (at most {MET_WITHIN:g} s)", f"it took {taken:.2f} s")
    story.say(f"Bob's path is {bob.active_path()}")


def end(story, person):
    begun = time.monotonic()
    person.daemon.stop()
    taken = time.monotonic() - begun
    story.check(taken <= ENDED_WITHIN, f"{person.name}'s shutdown took {taken:.2f} s (at most {ENDED_WITHIN:g} s)",
                f"it took {taken:.2f} s")
