#!/usr/bin/env python3
"""Shows, in under a minute, two people talking through two NATs, and then finding each other again.

Everything is real but the wires: culvertd on both sides, the kernel's NAT, a UPnP router. Exit codes as in run.py.
"""

import argparse
import sys
import time

sys.dont_write_bytecode = True  # run as root: leave nothing of root's in the tree

import capture
from daemon import DaemonDied, RpcError
from namespaces import LabError, Unavailable, require
from nat import Ipv6
from run import SKIPPED, add_options, complete, with_time_limit
from scenario_handoff import NEW_ADDRESS, add_third_party, check_third_party, meet_again
from stage import ScenarioFailed, Stage, Story, check_captures, check_direct

SECONDS_MAX = 60

PICTURE = """
      Bob                                                                   Alice
   IPv4 only                                                            IPv4 and IPv6
       |                                                                      |
   [ router ]  forwards one port        ( internet )       forwards nothing [ router ]
       |       for him, by UPnP               |           IPv6: answers only  |
       +---------------- 50 ms ---------------+-------------------------------+
                                              |
                                        (third party)      only in the second part

   Whatever Bob sends to Alice's IPv4 address, her router drops; and IPv6 he has not. He wants to write first.
"""


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    options = complete(parser.parse_args(arguments))
    try:
        require()
    except Unavailable as reason:
        print(f"The demonstration cannot run: {reason}.")
        return SKIPPED
    print(PICTURE)
    story = Story()
    try:
        with_time_limit(SECONDS_MAX, show, options, story)
    except (ScenarioFailed, LabError, DaemonDied, RpcError) as problem:
        print(f"\n{story.paint('31', 'It did not work')}: {problem}")
        return 1
    print(f"\n{story.paint('32', 'It works')}: nobody carried a message but Bob's and Alice's own computers.")
    return 0


def show(options, story):
    with Stage(options, "demo", Ipv6.FIREWALLED) as stage:
        title(story, "First part: Bob writes to Alice")
        for person in stage.people:
            stage.capture(person.site)
        story.say("both start Culvert, and give each other their address strings")
        stage.befriend(story)
        say_something(stage, story, stage.bob, stage.alice, "Hello Alice, are you there?")
        say_something(stage, story, stage.alice, stage.bob, "I am. That was quick.")
        tell_paths(stage, story)
        stage.stop()
        packets = capture.once(stage.captured(stage.bob.site), stage.captured(stage.alice.site))
        tell_capture(stage, story, packets, set())

        title(story, "Second part: Bob's address changes while both are away")
        third, address = add_third_party(stage, story)
        old = stage.bob.site.public4
        stage.bob.site.change_public_address(NEW_ADDRESS)
        stage.silence()
        story.say(f"Bob was at {old} and is at {NEW_ADDRESS} now. Alice only knows where he was.")
        for site in (stage.bob.site, stage.alice.site, third):
            stage.capture(site)
        story.say("both start Culvert again, with the same third party in their settings; Bob writes at once")
        meet_again(stage, story, address)
        tell_paths(stage, story)
        stage.stop()
        at_third = stage.captured(third)
        packets = capture.once(at_third, stage.captured(stage.bob.site), stage.captured(stage.alice.site))
        check_third_party(story, third, at_third)
        tell_capture(stage, story, packets, third.addresses() | {old})


def title(story, text):
    print(f"\n   {story.paint('1', text)}\n", flush=True)


def say_something(stage, story, sender, receiver, words):
    """One message, as its writer and its reader see it. The digits after it are what the captures are searched for."""
    text = stage.text(words)
    sent = time.monotonic()
    message = sender.send(text)
    arrived = receiver.expect(text).time
    story.say(f"{sender.name} to {receiver.name}: {words}  (there after {(arrived - sent) * 1000:.0f} ms)")

    def delivered(params):
        return params.get("id") == message and params.get("state") in ("delivered", "read")

    known = sender.daemon.wait_for("message.state", delivered).time
    story.say(f"{sender.name} sees it as delivered after {(known - sent) * 1000:.0f} ms")


def tell_paths(stage, story):
    for person in stage.people:
        story.say(f"{person.name}'s path is {person.active_path()}")


def tell_capture(stage, story, packets, others):
    """What somebody saw who recorded every packet on the internet."""
    known = stage.bob.site.addresses() | stage.alice.site.addresses() | others
    for (left, right), octets in sorted(capture.conversations(packets).items()):
        story.say(f"on the wire: {octets} octets between {left} and {right}")
    check_captures(stage, story, packets, known)
    check_direct(stage, story, packets)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
