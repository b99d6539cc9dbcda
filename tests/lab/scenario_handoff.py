"""Bob's address changed while both were away: only a third party of their choice can tell Alice where he is now."""

from capture import check_setup_only, once
from namespaces import LabError
from stage import ScenarioFailed, Stage, check_captures, check_direct

NEW_ADDRESS = "45.83.1.77"
ALONE_SECONDS = 4


def run(options, story):
    with Stage(options, "handoff") as stage:
        third, address = add_third_party(stage, story)
        stage.befriend(story)
        stage.stop()
        old = stage.bob.site.public4
        stage.bob.site.change_public_address(NEW_ADDRESS)
        stage.silence()
        story.say(f"both are away; Bob's public address changes from {old} to {NEW_ADDRESS}, and Alice does not know")
        check_needed(stage, story)
        for site in (stage.bob.site, stage.alice.site, third):
            stage.capture(site)
        took = meet_again(stage, story, address)
        story.say(f"Bob's path is {stage.bob.active_path()}")
        stage.stop()
        at_third = stage.captured(third)
        everywhere = once(at_third, stage.captured(stage.bob.site), stage.captured(stage.alice.site))
        check_third_party(story, third, at_third)
        known = stage.bob.site.addresses() | stage.alice.site.addresses() | third.addresses() | {old}
        check_captures(stage, story, everywhere, known)
        check_direct(stage, story, everywhere)
        story.say(f"from ready to Bob's message at Alice's: {took:.0f} ms")


def add_third_party(stage, story):
    """A dual-stack host that runs `culvertd rendezvous`: its site and its address string."""
    site = stage.lab.add_public_host("third")
    daemon = stage.daemon(site, mode="rendezvous").start()
    address = daemon.first_address()
    story.say(f"a third party serves at {site.public4} and {site.address6}")
    return site, address


def check_needed(stage, story):
    """Without the third party they do not meet; else this scenario would prove nothing."""
    text = stage.text("lost without help, from Bob")
    stage.start()
    stage.ready()
    stage.bob.send(text)
    try:
        stage.alice.expect(text, ALONE_SECONDS)
    except LabError:
        story.say(f"without a third party, what Bob sends does not arrive within {ALONE_SECONDS} s, as it must be")
    else:
        raise ScenarioFailed("Bob's message arrived without any third party: this topology proves nothing")
    stage.stop()
    stage.silence()


def meet_again(stage, story, address):
    """Both start with the third party's address, Bob writes, Alice answers. Milliseconds from ready to his text."""
    for person in stage.people:
        person.daemon.args = ["--rendezvous", address]
    stage.start()
    question, answer = stage.text("where I am now, from Bob"), stage.text("found you, from Alice")
    stage.bob.daemon.wait_for("ready")
    stage.bob.send(question)
    ready = stage.ready()
    took = (stage.alice.expect(question).time - ready) * 1000
    story.say(f"Bob's message reached Alice {took:.0f} ms after both were ready")
    stage.alice.send(answer)
    stage.bob.expect(answer)
    story.say("Alice's answer reached Bob")
    return took


def check_third_party(story, site, packets):
    """What it saw is enough to set up a connection, and nothing more."""
    count, octets, wrong = check_setup_only(packets, site.addresses())
    story.check(count > 0, f"the third party took part, with {count} packets of {octets} octets in all")
    story.check(not wrong, "each of them only sets up, and none is larger than 1280 octets", "; ".join(wrong[:5]))
