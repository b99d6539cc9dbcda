"""Faults while all write all the time: soon after the network is back they talk again, and nothing is lost."""

import dataclasses
import signal
import time
import typing

from live_pair import LATE_SECONDS, LivePair, Talk
from namespaces import run as run_command
from nat import NatKind
from upnp import Speaks

ONE_WAY_MS = 12.5  # of each home: 25 ms between the two
BACK_WITHIN = 3.0  # seconds from when the network is back until no message is late any more
QUICK_FACTOR = 5  # a short run may share its machine
WATCHED, QUICK_WATCHED = 6.0, 2.0  # after the network is back: what recovers must stay so
GIVEN_UP = 60.0
MAPPED_WITHIN = 10.0  # a router that forwards ports does so to the host's new address
OTHER_PORT = 40001  # in place of the one that a NAT gave before it was restarted
KINDS = (NatKind.PORT_RESTRICTED, NatKind.PORT_RESTRICTED)


@dataclasses.dataclass(frozen=True)
class Drill:
    """What happens to a pair's network: `break_it(pair)`, and `seconds` later `mend(pair)`."""

    name: str
    break_it: typing.Callable
    seconds: float = 0
    mend: typing.Callable = lambda pair: None
    within: float = BACK_WITHIN
    maps: bool = False  # Bob's router must be asked anew


def run(options, story):
    with LivePair(options, "drills-mapped", KINDS, Speaks.UPNP, ONE_WAY_MS, switches=True) as mapped, \
            LivePair(options, "drills-punched", KINDS, Speaks.NOTHING, ONE_WAY_MS, switches=True) as punched:
        pairs = {"mapped": mapped, "punched": punched}
        for pair in pairs.values():
            pair.create()
        for pair in pairs.values():
            pair.ready()
            pair.befriend()
        talk = Talk(pairs.values())
        talk.go_on(1)
        story.say("the mapped pair: Bob's router forwards a port, and Alice's NAT is port-restricted")
        story.say("the punched pair: both NATs are port-restricted, and a third party led them together")
        for name, pair in pairs.items():
            story.say(f"{name}: Bob's path is {pair.bob.active_path()}")
        missed = []
        for drills in quick_rounds() if options.quick else rounds():
            missed += play(list(zip(pairs, pairs.values(), drills)), talk, story, options.quick)
        for name, pair in pairs.items():
            story.say(f"{name}:")
            missed += pair.check_once(story)
            for person in pair.people:
                person.daemon.stop()
    story.check(not missed, "each time they talked again in time, and nothing was lost or doubled", "; ".join(missed))


def rounds():
    """What happens at the same time to the mapped pair and to the punched one, one after the other."""
    both = [FLUSH, (REBOOT, OTHER_NAT), new_address("bob"), new_address("alice"), swap("bob"), swap("alice"),
            black_out(60), suspend("bob", 20), suspend("alice", 20), KILL_THIRD, FLUSH_ALONE]
    return [drill if isinstance(drill, tuple) else (drill, drill) for drill in both]


def quick_rounds():
    # miniupnpd keeps Bob's mapping for the address that he had (secure_mode): he needs another outer port.
    return [(REBOOT, OTHER_NAT), (new_address("bob"), new_address("alice")), (swap("alice"), swap("alice")),
            (swap("bob"), swap("bob")), (suspend("bob", 5), black_out(8)), (KILL_THIRD, KILL_THIRD), (FLUSH_ALONE, FLUSH_ALONE)]


def play(cast, talk, story, quick):
    """A drill of each pair at the same time; what was missed, in words."""
    talk.go_on(0.5)
    since = time.monotonic()
    for _, pair, drill in cast:
        drill.break_it(pair)
    broken, back = time.monotonic(), {}
    for name, pair, drill in sorted(cast, key=lambda part: part[2].seconds):
        talk.go_on(broken + drill.seconds - time.monotonic())
        drill.mend(pair)
        back[name] = time.monotonic()
    watched = QUICK_WATCHED if quick else WATCHED

    def over():
        return time.monotonic() > max(back.values()) + watched and all(
            None not in pair.recovered(since, back[name]).values() for name, pair, _ in cast)

    talk.until(over, GIVEN_UP)
    missed = [judge(story, name, pair, drill, since, back[name], quick) for name, pair, drill in cast]
    missed += [look_at_mapping(story, name, pair, talk) for name, pair, drill in cast
               if drill.maps and pair.bob.site.daemon]
    return [text for text in missed if text]


def judge(story, name, pair, drill, since, back, quick):
    """Says how it went; what was missed, in words."""
    taken = pair.recovered(since, back)
    lost = [voice.person.name for voice in pair.voices if voice.lost_sight(since)]
    figures = ", ".join(f"{writer}'s words {'never' if took is None else f'{took:.2f} s'}"
                        for writer, took in taken.items())
    session = f"; {' and '.join(lost)} saw the other offline" if lost else ""
    within = drill.within * (QUICK_FACTOR if quick else 1)
    late = [took for took in taken.values() if took is None or took > within]
    story.say(f"{story.paint('31', 'MISSED') if late else 'ok'}  {name}: {drill.name}: no word late by "
              f"{LATE_SECONDS:g} s any more after: {figures} (limit {within:g} s){session}; {pair.bob.active_path()}")
    return f"{name}: {drill.name}: {figures}" if late else None


def look_at_mapping(story, name, pair, talk):
    """Whether the router forwards to Bob where he is now; what was missed, in words."""
    site = pair.bob.site

    def is_right():
        return any(protocol == "udp" and host == site.lan4 for protocol, _, host, _ in site.mappings())

    if talk.until(is_right, MAPPED_WITHIN):
        return None
    words = f"{name}: the router forwards {site.mappings()} and nothing to {site.lan4} after {MAPPED_WITHIN:g} s"
    story.say(f"{story.paint('31', 'MISSED')}  {words}")
    return words


def flush(pair):
    for person in pair.people:
        person.site.forget_flows()


def give_another_port(pair):
    """As a NAT that forgot what it had given, and gives what is free now."""
    local = next(path["local"] for path in pair.bob.daemon.call("path.list", contact=pair.bob.peer)["paths"]
                 if path["active"])
    site, port = pair.bob.site, local.rsplit(":", 1)[1]
    run_command("ip", "netns", "exec", site.router, "nft", "insert", "rule", "inet", "home", "postrouting", "oifname",
                "wan", "ip", "saddr", site.lan4, "udp", "sport", port, "masquerade", "to", f":{OTHER_PORT}")
    site.forget_flows()


FLUSH = Drill("both NATs forget their flows", flush)
REBOOT = Drill("Bob's router reboots and has no mapping", lambda pair: pair.bob.site.reboot_router(), maps=True)
OTHER_NAT = Drill("Bob's NAT restarts and gives another port", give_another_port)
KILL_THIRD = Drill("the third party is killed", lambda pair: pair.helper.kill9(), within=0.0)
FLUSH_ALONE = Drill("both NATs forget their flows, and there is no third party", flush)


def new_address(who):
    def change(pair):
        site = pair.person(who).site
        site.change_public_address(f"45.83.{site.number}.77")

    return Drill(f"{who.capitalize()}'s public address changes", change)


def swap(who):
    """The cable is pulled, and a second later the radio has an address."""
    def pull(pair):
        pair.lab.unplug(pair.person(who).site, "eth0")

    def plug(pair):
        pair.lab.plug(pair.person(who).site, "wlan0", 3)

    return Drill(f"{who.capitalize()}'s interface is another one", pull, 1, plug, maps=who == "bob")


def black_out(seconds):
    return Drill(f"{seconds} s without a network", lambda pair: pair.bob.site.toggle_link(), seconds,
                 lambda pair: pair.bob.site.toggle_link())


def suspend(who, seconds):
    def tell(number):
        return lambda pair: pair.person(who).daemon.process.send_signal(number)

    return Drill(f"{who.capitalize()}'s computer sleeps {seconds} s", tell(signal.SIGSTOP), seconds,
                 tell(signal.SIGCONT))
