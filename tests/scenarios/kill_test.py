#!/usr/bin/env python3
"""kill -9 at random instants under load: two culvertd on loopback write to each other all the time, and one of them, or
both, is killed, again and again, at an instant that a seed chose. At the end every message is there exactly once on both sides
and in order, and nothing that was shown as sent or delivered is missing.

Usage: kill_test.py CULVERTD [--kills N] [--seed N]
"""

import argparse
import collections
import itertools
import json
import pathlib
import queue
import random
import subprocess
import tempfile
import threading
import time

DEADLINE = 60
# A new process opens its store and begins to write within some 100 ms; kills fall before, into and after that.
LIFE_MAX = 0.6
# Between two kills both ends write this many messages a second at most, so that a whole run can be read back at the end.
PACE = 0.002


class Died(Exception):
    """The process was killed, as it should be."""


class End:
    """One person's culvertd, through many lives, and what it showed of its messages."""

    def __init__(self, program, folder, port, name):
        self.name = name
        self.command = [program, "run", "--data", str(folder), "--bind", "127.0.0.1", "--port", str(port)]
        self.errors = open(str(folder) + ".stderr", "ab")
        self.ids = itertools.count(1)
        self.texts = {}  # id -> text of what was answered, so durable
        self.shown = {}  # id -> the furthest state that was shown
        self.given_up = set()  # texts whose answer the kill took; they may be there or not
        self.received = collections.Counter()  # texts told as received, in all lives
        self.written = 0
        self.lock = threading.Lock()
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True)
        self.answers = collections.defaultdict(lambda: queue.Queue(1))
        self.is_ready = threading.Event()
        self.reader = threading.Thread(target=self.read, args=(self.process.stdout,), daemon=True)
        self.reader.start()

    def read(self, stream):
        """Until the end: also what the program wrote and nobody had read when it was killed was shown."""
        for line in stream:
            try:
                message = json.loads(line)
            except ValueError:
                break  # the kill cut it
            if "id" in message:
                self.answers[message["id"]].put(message)
                continue
            params = message["params"]
            if message["method"] == "ready":
                self.is_ready.set()
            elif message["method"] == "message.received":
                self.received[params["text"]] += 1
            elif message["method"] == "message.state":
                with self.lock:
                    self.shown[params["id"]] = params["state"]

    def call(self, method, **params):
        number = next(self.ids)
        line = json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except (BrokenPipeError, OSError):
            raise Died from None
        end = time.monotonic() + DEADLINE
        while True:
            try:
                answer = self.answers[number].get(timeout=0.2)
                break
            except queue.Empty:
                if self.process.poll() is not None and not self.reader.is_alive() and self.answers[number].empty():
                    raise Died from None
                assert time.monotonic() < end, f"{self.name}: no answer to {method}"
        del self.answers[number]
        assert "result" in answer, f"{self.name}: {method}: {answer}"
        return answer["result"]

    def wait_ready(self):
        assert self.is_ready.wait(DEADLINE), f"{self.name} is not ready"

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.reader.join()
        self.process.stdin = None

    def write(self, contact, stop):
        """Writes numbered messages until `stop` is set or the process dies."""
        while not stop.is_set():
            text = f"{self.name} {self.written:06}"
            self.written += 1
            try:
                sent = self.call("message.send", contact=contact, text=text)["id"]
            except (Died, AttributeError):
                self.given_up.add(text)
                return
            self.texts[sent] = text
            time.sleep(PACE)  # the load, not a wait for anything

    def history(self, contact):
        """All messages, oldest first."""
        out, before = [], {}
        while True:
            page = self.call("message.list", contact=contact, limit=500, **before)["messages"]
            out = page + out
            if len(page) < 500:
                return out
            before = {"before": page[0]["id"]}


def befriend(one, other):
    one.call("profile.create", name=one.name)
    address = other.call("profile.create", name=other.name)["address"]
    theirs = one.call("contact.add", address=address)["contact"]
    end = time.monotonic() + DEADLINE
    while True:
        listed = other.call("contact.list")["contacts"]
        if listed and listed[0]["state"] == "pending":
            other.call("contact.accept", contact=listed[0]["contact"])
        if listed and listed[0]["state"] == "accepted" and one.call("contact.list")["contacts"][0]["state"] == "accepted":
            return theirs, listed[0]["contact"]
        assert time.monotonic() < end, "they do not meet"
        time.sleep(0.05)  # asks again


def settle(one, other, contacts):
    """Until everything that is stored is delivered, and both histories are equally long."""
    end = time.monotonic() + DEADLINE
    while True:
        histories = [end_.history(contact) for end_, contact in zip((one, other), contacts)]
        waiting = [m for history in histories for m in history if m["from"] == "me" and m["state"] not in ("delivered", "read")]
        if not waiting and len(histories[0]) == len(histories[1]):
            return histories
        assert time.monotonic() < end, f"{len(waiting)} wait; {[len(history) for history in histories]}"
        time.sleep(0.2)  # asks again


def check(writer, reader, written, read):
    """`written`: the writer's own history; `read`: the reader's."""
    mine = [m for m in written if m["from"] == "me"]
    theirs = [m for m in read if m["from"] == "them"]
    texts = [m["text"] for m in mine]
    assert texts == sorted(set(texts)), f"{writer.name}: twice or out of order at the writer"
    assert [m["text"] for m in theirs] == texts, f"{writer.name}: what arrived is not what was written"
    assert [m["id"] for m in theirs] == [m["id"] for m in mine]
    by_id = {m["id"]: m for m in mine}
    missing = [i for i in writer.texts if i not in by_id]
    assert not missing, f"{writer.name}: {len(missing)} messages were answered and are gone"
    for number, text in writer.texts.items():
        assert by_id[number]["text"] == text
    gone = [i for i, state in writer.shown.items() if state in ("sent", "delivered", "read") and i not in by_id]
    assert not gone, f"{writer.name}: {len(gone)} messages were shown as sent and are gone"
    extra = set(texts) - set(writer.texts.values()) - writer.given_up
    assert not extra, f"{writer.name}: {len(extra)} messages that nobody wrote"
    lost = [text for text in reader.received if text not in set(texts)]
    assert not lost, f"{reader.name}: {len(lost)} messages were shown as received and are gone"


def run(program, kills, seed, folder):
    chance = random.Random(seed)
    ports = chance.sample(range(20000, 30000), 2)
    ends = [End(program, folder / name, port, name) for name, port in zip(("alice", "bob"), ports)]
    try:
        contacts = befriend(*ends)
        for _ in range(kills):
            stop = threading.Event()
            writers = [threading.Thread(target=end.write, args=(contact, stop)) for end, contact in zip(ends, contacts)]
            for writer in writers:
                writer.start()
            victims = ends if chance.random() < 0.1 else [chance.choice(ends)]
            time.sleep(chance.uniform(0, LIFE_MAX))  # the random instant
            for victim in victims:
                victim.kill()
            stop.set()
            for writer in writers:
                writer.join()
            for victim in victims:
                victim.start()
            if chance.random() < 0.25:
                time.sleep(chance.uniform(0, 0.1))  # again, while it opens its store
                victims[0].kill()
                victims[0].start()
            for victim in victims:
                victim.wait_ready()
        histories = settle(*ends, contacts)
        check(ends[0], ends[1], *histories)
        check(ends[1], ends[0], *histories[::-1])
        for end in ends:
            verified = end.call("profile.verify")
            assert verified["sound"], verified
        print(f"{kills} kills (seed {seed}): {len(histories[0])} messages, each once and in order on both sides; "
              f"{sum(len(end.given_up) for end in ends)} whose answer a kill took")
    finally:
        for end in ends:
            end.process.kill()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="culvert-kill-") as folder:
        run(options.program, options.kills, options.seed, pathlib.Path(folder))


if __name__ == "__main__":
    main()
