"""Garbage at both doors, by UDP and on standard input: nothing breaks, nothing grows, and messages still pass."""

import json
import random
import subprocess
import time

from nat import Ipv6
from stage import ScenarioFailed, Stage

RATE = 10_000
GROWTH_BYTES_MAX = 8 << 20
MESSAGE_SECONDS_MAX = 5
LINES_PER_ROUND = 40
LINE_BYTES_MAX = 64 << 10


def run(options, story):
    seconds = 10 if options.quick else 30
    chance = random.Random(options.seed)
    with Stage(options, "flood", alice_ipv6=Ipv6.OPEN) as stage:
        stage.befriend(story)
        for person in stage.people:
            send_one(stage, person, "before the flood")
        before = {person.name: person.daemon.resident_bytes() for person in stage.people}
        arrived = {person.name: person.daemon.udp_packets() for person in stage.people}
        floods = start_floods(stage, options, story, seconds)
        slowest = talk_through(stage, chance, floods)
        story.check(slowest <= MESSAGE_SECONDS_MAX, f"messages passed meanwhile, the slowest in {slowest:.2f} s")
        sent = [int(flood.communicate()[0]) for flood in floods]
        story.say(f"packets sent: {' and '.join(map(str, sent))} in {seconds} s")
        for person in stage.people:
            count = person.daemon.udp_packets() - arrived[person.name]
            enough = count > 0.8 * RATE * seconds
            story.check(enough, f"{count} packets reached {person.name}'s sockets, {RATE} per second were meant to")
        for person in stage.people:
            took = send_one(stage, person, "after the flood")
            story.check(took <= MESSAGE_SECONDS_MAX, f"{person.name}'s message after it passed in {took:.2f} s")
        check_memory(story, stage, options, before)
        stage.stop()


def start_floods(stage, options, story, seconds):
    """One at Bob, through the port that his router forwards; one at Alice, from her router, by IPv4 and IPv6."""
    lab, bob, alice = stage.lab, stage.bob, stage.alice
    forwarded = [entry[1] for entry in bob.site.mappings() if entry[0] == "udp"]
    at_bob = [(bob.site.public4, port) for port in forwarded]
    port = alice.daemon.call("diagnostics.report")["port"]
    at_alice = [(alice.site.lan4, port), (alice.site.address6, port)]
    floods = []
    for namespace, targets in ((lab.internet, at_bob), (alice.site.router, at_alice)):
        story.say("flooding " + ", ".join(f"{address} port {port}" for address, port in targets))
        command = [str(options.flood), "--rate", str(RATE), "--seconds", str(seconds), "--seed", str(options.seed)]
        for address, port in targets:
            command += ["--to", address, str(port)]
        floods.append(lab.start(namespace, command, stdout=subprocess.PIPE, text=True))
    return floods


def talk_through(stage, chance, floods):
    """Until the floods end: garbage lines to both daemons, and a message each way. The slowest message, in seconds."""
    slowest, round_number = 0.0, 0
    while any(flood.poll() is None for flood in floods):
        for person in stage.people:
            for _ in range(LINES_PER_ROUND):
                person.daemon.send_line(garbage_line(chance))
            slowest = max(slowest, send_one(stage, person, f"round {round_number}"))
        round_number += 1
    if round_number == 0:
        raise ScenarioFailed("the floods ended before the first message")
    return slowest


def send_one(stage, sender, what):
    """Sends one text to the other and returns the seconds until it was there."""
    receiver = stage.alice if sender is stage.bob else stage.bob
    text = stage.text(f"{what}, from {sender.name}")
    begun = time.monotonic()
    sender.send(text)
    return receiver.expect(text).time - begun


def garbage_line(chance):
    """A line that is not a request: bytes, broken or deep JSON, unknown methods, members of wrong types."""
    kind = chance.randrange(8)
    if kind == 0:
        return chance.randbytes(chance.randrange(LINE_BYTES_MAX)).replace(b"\n", b" ")
    if kind == 1:
        return b"[" * chance.randrange(1, 20_000)
    if kind == 2:
        return b'{"a":' * chance.randrange(1, 5_000) + b"1"
    if kind == 3:
        return json.dumps("x" * chance.randrange(LINE_BYTES_MAX)).encode()
    method = chance.choice(("message.send", "contact.add", "file.offer", "no.such", "path.list", "message.list", ""))
    wrong = [None, 7, -1e308, [], {}, "\u0000", "culvert:aaaa", True, "é" * 500]
    params = {name: chance.choice(wrong) for name in ("contact", "text", "address", "path", "limit", "id")}
    whole = {"jsonrpc": "2.0", "id": f"garbage-{chance.randrange(1000)}", "method": method, "params": params}
    if kind == 4:
        return json.dumps(whole).encode()[:chance.randrange(1, 60)]
    if kind == 5:
        whole["params"] = chance.choice(wrong)
    if kind == 6:
        whole["method"] = chance.choice(wrong)
    return json.dumps(whole).encode()


def check_memory(story, stage, options, before):
    """Memory is flat. Not measured with a sanitizer, which keeps freed memory on purpose."""
    with open(options.culvertd, "rb") as program:
        sanitized = any(name in program.read() for name in (b"__asan_init", b"__tsan_init"))
    for person in stage.people:
        growth = person.daemon.resident_bytes() - before[person.name]
        words = f"{person.name}'s memory went from {before[person.name] >> 10} KiB by {growth / 1024:+.0f} KiB"
        if sanitized:
            story.say(f"{words} (not judged: this build has a sanitizer)")
        else:
            story.check(growth < GROWTH_BYTES_MAX, f"{words} (less than {GROWTH_BYTES_MAX >> 20} MiB)")
