"""Bob writes first to Alice, whom his packets cannot reach: her program has reached out to his open end before."""

from capture import once
from stage import ONE_WAY_MS, Stage, check_captures, check_direct, exchange

FIRST_MESSAGE_MS_MAX = 5 * 2 * ONE_WAY_MS + 300


def run(options, story):
    with Stage(options, "inversion") as stage:
        story.say("Bob: IPv4, port-restricted NAT, UPnP. Alice: IPv6, and IPv4 behind a port-restricted NAT")
        for person in stage.people:
            stage.capture(person.site)
        stage.befriend(story)
        exchange(stage, story, "hello")
        for person in stage.people:
            story.say(f"{person.name}'s path is {person.active_path()}")
        for sender, receiver in (stage.people, stage.people[::-1]):
            measure_first_message(stage, story, sender, receiver)
        exchange(stage, story, "and again")
        stage.stop()
        packets = once(stage.captured(stage.bob.site), stage.captured(stage.alice.site))
        known = stage.bob.site.addresses() | stage.alice.site.addresses()
        check_captures(stage, story, packets, known)
        check_direct(stage, story, packets)


def measure_first_message(stage, story, sender, receiver):
    """Both restart; `sender` writes as soon as it is ready. How long until the text is there?"""
    stage.stop()
    stage.silence()
    text = stage.text(f"first after the restart, from {sender.name}")
    stage.start()
    sender.daemon.wait_for("ready")
    sender.send(text)
    ready = stage.ready()
    taken = (receiver.expect(text).time - ready) * 1000
    story.check(taken <= FIRST_MESSAGE_MS_MAX, f"{sender.name}'s first message after a restart of both took "
                f"{taken:.0f} ms from ready (at most {FIRST_MESSAGE_MS_MAX} ms)", f"it took {taken:.0f} ms")
