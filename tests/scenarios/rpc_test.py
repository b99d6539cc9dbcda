#!/usr/bin/env python3
"""The JSON-RPC contract, on real processes: two culvertd on loopback, every method, every error, restarts and garbage.

Usage: rpc_test.py CULVERTD
"""

import base64
import json
import pathlib
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time

DEADLINE = 20


class Daemon:
    """One culvertd. Answers and notifications are kept apart; every line must be JSON."""

    def __init__(self, program, folder, port, *more):
        self.command = [program, "run", "--data", str(folder), "--bind", "127.0.0.1", "--port", str(port), *more]
        self.start()

    def start(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answers, self.notes, self.next_id = queue.Queue(), queue.Queue(), 0
        threading.Thread(target=self.read, args=(self.process.stdout, self.answers, self.notes), daemon=True).start()

    @staticmethod
    def read(stream, answers, notes):
        for line in stream:
            message = json.loads(line)
            assert message["jsonrpc"] == "2.0", line
            (answers if "id" in message else notes).put(message)

    def line(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def answer(self):
        return self.answers.get(timeout=DEADLINE)

    def ask(self, method, **params):
        self.next_id += 1
        self.line(json.dumps({"jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params}))
        answer = self.answer()
        assert answer["id"] == self.next_id, answer
        return answer

    def call(self, method, **params):
        answer = self.ask(method, **params)
        assert "result" in answer, f"{method}: {answer}"
        return answer["result"]

    def refused(self, code, word, method, **params):
        answer = self.ask(method, **params)
        assert "error" in answer, f"{method} should fail: {answer}"
        assert code in (None, answer["error"]["code"]), answer
        assert word in answer["error"]["message"], answer

    def note(self, method, wanted=lambda params: True):
        end = time.monotonic() + DEADLINE
        while True:
            message = self.notes.get(timeout=max(0.01, end - time.monotonic()))
            if message["method"] == method and wanted(message["params"]):
                return message["params"]

    def stop(self):
        self.call("shutdown")
        assert self.process.wait(DEADLINE) == 0

    def kill(self):
        self.process.kill()
        self.process.wait()


def check_refusals(one):
    """Bad requests are answered with what is wrong, and leave the program as it was."""
    one.refused(None, "Create", "profile.address")
    one.refused(-32601, "no method \"nope\"", "nope")
    one.refused(-32602, "\"name\" is missing", "profile.create")
    one.refused(-32602, "wrong type", "profile.create", name=5)
    one.refused(-32602, "no member \"nam\"", "profile.create", name="x", nam="y")
    one.refused(None, "1 to 64", "profile.create", name="")
    for text, code in (("{", -32700), ("[]", -32600), ("5", -32700), ('{"jsonrpc":"1.0","id":1,"method":"x"}', -32600),
                       ('{"jsonrpc":"2.0","id":1,"method":"contact.list","params":[1]}', -32602)):
        one.line(text)
        answer = one.answer()
        assert answer["error"]["code"] == code, (text, answer)
    one.line("x" * (1024 * 1024 + 10))
    assert one.answer()["error"]["code"] == -32600
    one.line(json.dumps({"jsonrpc": "2.0", "method": "nope"}))  # a notification is never answered
    one.line("")


def check_garbage(one, chance):
    for _ in range(2000):
        one.line("".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(160, 0x2fff)]))
                         for _ in range(chance.randrange(1, 200))))
    for _ in range(2000):
        assert "error" in one.answer()


def befriend(alice, bob):
    created = alice.call("profile.create", name="Alice", passphrase="deep water")
    assert created["key"] == "passphrase" and created["address"].startswith("culvert:"), created
    assert alice.note("ready")["address"] == created["address"]
    beside = bob.call("profile.create", name="Bob")
    assert beside["key"] == "beside_store" and "warning" in beside, beside
    alice.refused(None, "already", "profile.create", name="Again")
    alice.refused(None, "your own address", "contact.add", address=created["address"])
    alice.refused(None, "cut off", "contact.add", address=beside["address"][:-3])
    bob_at_alice = alice.call("contact.add", address=f"hi, I am at {beside['address']}!", greeting="It's me")["contact"]
    alice.refused(None, "have to accept", "contact.accept", contact=bob_at_alice)
    request = bob.note("contact.request")
    assert request["name"] == "Alice" and request["greeting"] == "It's me", request
    alice_at_bob = request["contact"]
    listed = bob.call("contact.list")["contacts"]
    assert [contact["state"] for contact in listed] == ["pending"], listed
    bob.refused(None, "Accept this contact", "message.send", contact=alice_at_bob, text="too early")
    bob.call("contact.accept", contact=alice_at_bob)
    alice.note("contact.state", lambda params: params["state"] == "accepted" and params["online"])
    known = alice.call("contact.list")["contacts"][0]
    assert {"contact", "name", "state", "online", "verified", "safety_number"} <= known.keys(), known
    assert known["name"] == "Bob" and not known["verified"]
    bobs = bob.call("contact.list")["contacts"][0]
    assert known["safety_number"] == bobs["safety_number"]
    alice.call("contact.verify", contact=bob_at_alice)
    assert alice.call("contact.list")["contacts"][0]["verified"]
    return bob_at_alice, alice_at_bob


def check_messages(alice, bob, bob_at_alice, alice_at_bob):
    alice.refused(-32602, "not a contact's key", "message.send", contact="nobody", text="x")
    alice.refused(None, "no such contact", "message.send", contact="a" * 52, text="x")
    alice.refused(None, "empty", "message.send", contact=bob_at_alice, text="")
    alice.refused(None, "too long", "message.send", contact=bob_at_alice, text="x" * 40000)
    text = "Grüße, \"Bob\"\n\\ 水 🌊"
    sent = alice.call("message.send", contact=bob_at_alice, text=text)["id"]
    got = bob.note("message.received")
    assert got["id"] == sent and got["text"] == text and got["contact"] == alice_at_bob and got["sent_at"] > 1.6e12, got
    alice.note("message.state", lambda params: params["id"] == sent and params["state"] == "delivered")
    ids = [bob.call("message.send", contact=alice_at_bob, text=f"m{i}")["id"] for i in range(10)]
    bob.note("message.state", lambda params: params["id"] == ids[-1] and params["state"] == "delivered")
    listed = alice.call("message.list", contact=bob_at_alice, limit=4)["messages"]
    assert [message["text"] for message in listed] == ["m6", "m7", "m8", "m9"], listed
    assert all({"id", "from", "text", "sent_at", "state"} <= message.keys() for message in listed)
    earlier = alice.call("message.list", contact=bob_at_alice, before=listed[0]["id"], limit=2)["messages"]
    assert [message["text"] for message in earlier] == ["m4", "m5"], earlier
    alice.refused(None, "no message with the id", "message.list", contact=bob_at_alice, before="zzzz")
    answer = alice.call("path.list", contact=bob_at_alice)
    ways = {way["mechanism"]: way for way in answer["ways"]}
    assert ways["culvert_tunnel"]["present"] == "yes" and all(way["reason"] for way in ways.values()), ways
    paths = answer["paths"]
    active = [path for path in paths if path["active"]]
    assert len(active) == 1 and active[0]["kind"] == "lan" and active[0]["remote"].startswith("127.0.0.1:"), paths
    assert {"kind", "local", "remote", "rtt_ms", "loss", "active", "samples"} <= active[0].keys()
    assert active[0]["result"] == "answered" and active[0]["last_try"] and active[0]["reason"], active
    assert "up" in [moment["kind"] for moment in answer["history"]], answer["history"]
    assert answer["predicted"] is None, "nothing has to be foretold of who is connected"
    assert alice.call("path.retry", contact=bob_at_alice) == {}
    alice.refused(None, "would prove nothing", "path.ask_to_ring", contact=bob_at_alice)
    assert alice.call("diagnostics.report")["rung4"] is None
    alice.refused(None, "cannot be sent yet", "file.offer", contact=bob_at_alice, path="/etc/passwd")


def check_conversation(alice, bob, bob_at_alice, alice_at_bob):
    """Replies, changes, reactions, receipts, typing, timers; what is refused, and what waits through a kill -9."""
    def about(message):
        return lambda params: params["id"] == message

    def known(who, contact, message):
        return next(m for m in who.call("message.list", contact=contact)["messages"] if m["id"] == message)

    sent = alice.call("message.send", contact=bob_at_alice, text="helo")["id"]
    bob.note("message.received", about(sent))
    answer = bob.call("message.send", contact=alice_at_bob, text="hi", reply_to=sent)["id"]
    got = alice.note("message.received", about(answer))
    assert got["reply_to"] == sent and got["reply_from"] == "me", got
    alice.call("message.edit", contact=bob_at_alice, id=sent, text="hello")
    changed = bob.note("message.edited", about(sent))
    assert changed["text"] == "hello" and changed["from"] == changed["by"] == "them", changed
    bob.call("message.react", contact=alice_at_bob, id=sent, reaction="👍")
    assert alice.note("message.reacted", about(sent))["reaction"] == "👍"
    seen = known(bob, alice_at_bob, sent)
    assert seen["text"] == "hello" and seen["edited_at"] > 1.6e12 and seen["my_reaction"] == "👍", seen
    bob.call("message.read", contact=alice_at_bob)
    alice.note("message.state", lambda params: params["id"] == sent and params["state"] == "read")
    bob.refused(None, "no such message", "message.edit", contact=alice_at_bob, id=sent, text="not mine")
    bob.refused(None, "Only who wrote", "message.delete", contact=alice_at_bob, id=sent, **{"from": "them"})
    bob.refused(None, "one emoji", "message.react", contact=alice_at_bob, id=sent, reaction="well done")
    bob.refused(-32602, "26 characters", "message.react", contact=alice_at_bob, id="x", reaction="👍")
    bob.refused(-32602, "me or them", "message.delete", contact=alice_at_bob, id=sent, **{"from": "us"})
    alice.call("message.delete", contact=bob_at_alice, id=sent)
    bob.note("message.deleted", about(sent))
    for who, contact in ((alice, bob_at_alice), (bob, alice_at_bob)):
        left = known(who, contact, sent)
        assert left["deleted"] and left["text"] == "" and "my_reaction" not in left, left
    alice.refused(None, "deleted", "message.edit", contact=bob_at_alice, id=sent, text="again")
    bob.call("message.delete", contact=alice_at_bob, id=sent, here=True, **{"from": "them"})
    assert all(m["id"] != sent for m in bob.call("message.list", contact=alice_at_bob)["messages"])
    bob.call("contact.typing", contact=alice_at_bob, typing=True)
    assert alice.note("contact.typing")["typing"]
    bob.call("contact.mute", contact=alice_at_bob)
    assert bob.call("contact.list")["contacts"][0]["muted"]
    bob.call("contact.unmute", contact=alice_at_bob)
    assert "muted" not in bob.call("contact.list")["contacts"][0]
    bob.call("contact.disappearing", contact=alice_at_bob, seconds=1)
    assert alice.note("contact.disappearing")["seconds"] == 1
    gone = bob.call("message.send", contact=alice_at_bob, text="soon gone")["id"]
    alice.note("message.received", about(gone))
    bob.note("message.erased", about(gone))
    alice.call("message.read", contact=bob_at_alice)
    alice.note("message.erased", about(gone))
    bob.refused(None, "four weeks", "contact.disappearing", contact=alice_at_bob, seconds=10**9)
    bob.call("contact.disappearing", contact=alice_at_bob, seconds=0)
    kept = bob.call("message.send", contact=alice_at_bob, text="before")["id"]
    alice.note("message.received", about(kept))
    alice.kill()
    bob.call("message.edit", contact=alice_at_bob, id=kept, text="after")
    bob.kill()
    for daemon in (alice, bob):
        daemon.start()
    alice.call("profile.unlock", passphrase="deep water")
    assert alice.note("message.edited", about(kept))["text"] == "after"
    bob.note("contact.state", lambda params: params["online"])


def check_restart(alice, bob, bob_at_alice, alice_at_bob):
    """A passphrase at every start; what waited arrives once."""
    alice.stop()
    bob.note("contact.state", lambda params: not params["online"])
    waiting = bob.call("message.send", contact=alice_at_bob, text="while you were away")["id"]
    bob.kill()
    bob.start()
    bob.note("ready")
    alice.start()
    alice.refused(None, "not the passphrase", "profile.unlock", passphrase="shallow")
    alice.call("profile.unlock", passphrase="deep water")
    assert alice.note("message.received")["text"] == "while you were away"
    bob.note("message.state", lambda params: params["id"] == waiting and params["state"] == "delivered")
    texts = [m["text"] for m in alice.call("message.list", contact=bob_at_alice, limit=500)["messages"]]
    assert texts.count("while you were away") == 1 and texts.count("m3") == 1, texts


def check_storage(alice, bob, bob_at_alice, folder, program, port):
    """Search, and the profile as a whole: its size, its copies, its passphrase, its end."""
    found = alice.call("message.search", text="GRUSSE bob")
    assert [m["text"][:5] for m in found["messages"]] == ["Grüße"] and "next" not in found, found
    assert found["messages"][0]["contact"] == bob_at_alice and found["messages"][0]["from"] == "me", found
    page = alice.call("message.search", text="m", contact=bob_at_alice, limit=3)
    assert [m["text"] for m in page["messages"]] == ["m9", "m8", "m7"], page
    page = alice.call("message.search", text="m", limit=100, before=page["next"])
    assert [m["text"] for m in page["messages"]] == [f"m{i}" for i in range(6, -1, -1)], page
    assert alice.call("message.search", text="…")["messages"] == []
    alice.refused(None, "another page", "message.search", text="m", before="x")
    info = alice.call("profile.storage")
    assert info["contacts"] == 1 and info["messages"] >= 12 and info["key"] == "passphrase", info
    assert info["database_octets"] > 4096 and info["folder"] == str(folder / "alice"), info
    assert alice.call("profile.verify")["sound"]
    alice.call("profile.compact")
    file = folder / "copy.culvert"
    alice.refused(None, "passphrase is empty", "profile.export", path=str(file), passphrase="")
    alice.call("profile.export", path=str(file), passphrase="on a stick")
    alice.refused(None, "already", "profile.export", path=str(file), passphrase="on a stick")
    alice.refused(None, "already", "profile.import", path=str(file), passphrase="on a stick")
    alice.refused(None, "not the passphrase", "profile.protect", passphrase="wrong", new_passphrase="x")
    assert alice.call("profile.protect", passphrase="deep water", new_passphrase="high water") == {"key": "passphrase"}
    check_import(alice, bob, bob_at_alice, folder, program, port)


def check_import(alice, bob, bob_at_alice, folder, program, port):
    file = str(folder / "copy.culvert")
    alice.stop()
    other = Daemon(program, folder / "other", port)
    other.refused(None, "not the passphrase", "profile.import", path=file, passphrase="wrong")
    other.refused(None, "Cannot read", "profile.import", path=file + "x", passphrase="on a stick")
    other.call("profile.import", path=file, passphrase="on a stick", new_passphrase="new")
    assert other.call("contact.list")["contacts"][0]["contact"] == bob_at_alice
    assert len(other.call("message.search", text="m", limit=100)["messages"]) >= 10
    other.refused(None, "not the passphrase", "profile.delete", passphrase="high water")
    other.call("profile.delete", passphrase="new")
    other.refused(None, "No profile", "contact.list")
    assert list((folder / "other").iterdir()) == []
    other.call("profile.create", name="Another")
    other.note("ready")
    other.stop()
    alice.start()
    alice.refused(None, "not the passphrase", "profile.unlock", passphrase="deep water")
    alice.call("profile.unlock", passphrase="high water")
    bob.note("contact.state", lambda params: params["online"])
    check_damage(alice, bob, folder / "alice")


def check_damage(alice, bob, folder):
    """The first page of the file, which says what it is, is overwritten: nothing is lost, and everything is told."""
    known = alice.call("profile.storage")
    alice.stop()
    with open(folder / "culvert.db", "r+b") as file:
        file.write(random.Random(5).randbytes(4096))
    alice.start()
    alice.call("profile.unlock", passphrase="high water")
    problem = alice.note("profile.problem")
    assert problem["kind"] == "salvaged" and (folder / problem["file"]).exists(), problem
    assert problem["saved_contacts"] == known["contacts"] and problem["saved_messages"] == known["messages"], problem
    assert len(alice.call("message.search", text="m", limit=100)["messages"]) >= 10
    info = alice.call("profile.storage")
    assert info["messages"] == known["messages"] and info["aside_octets"] > 4096, info
    bob.note("contact.state", lambda params: params["online"])


def check_piped(program, folder):
    """A script that writes everything at once and closes: every request is answered before the end."""
    requests = [{"method": "profile.create", "params": {"name": "Script"}}] + [{"method": "contact.list"}] * 30
    lines = "".join(json.dumps({"jsonrpc": "2.0", "id": i, **request}) + "\n" for i, request in enumerate(requests))
    command = [program, "run", "--data", str(folder), "--bind", "127.0.0.1"]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, timeout=DEADLINE, check=True)
    ids = {json.loads(line)["id"] for line in done.stdout.splitlines() if "id" in json.loads(line)}
    assert ids == set(range(len(requests))), ids


def check_taken_port(program, folder, port):
    """A profile whose port is taken says so and ends, though nobody closes its input."""
    command = [program, "run", "--data", str(folder), "--bind", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.wait(DEADLINE) == 1 and "another program" in process.stderr.read()


def check_invitations(alice, bob_at_alice):
    """Each has an address of its own, which is refused only once it is revoked; the main one says who used it."""
    assert alice.call("profile.rename", name="Alicia") == {}
    alice.refused(None, "1 to 64", "profile.rename", name="")
    main = alice.call("invitation.list")["invitations"][0]
    assert main["main"] and main["used_by"] in ([], [bob_at_alice]), main
    made = alice.call("invitation.create", label="the choir")
    assert made["label"] == "the choir" and made["address"] != main["address"] and made["created_at"] > 0
    assert [i["id"] for i in alice.call("invitation.list")["invitations"]] == [main["id"], made["id"]]
    left = alice.call("invitation.revoke", id=made["id"])["invitations"]
    assert [i["id"] for i in left] == [main["id"]]
    alice.refused(None, "no such invitation", "invitation.revoke", id=made["id"])
    alice.refused(None, "invitation.list", "invitation.revoke", id="nonsense")


def plain_jpeg(number):
    """Octets that have the form of a small picture, as tests/support/picture_octets.h makes them."""
    part = lambda marker, body: bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body
    return (b"\xff\xd8" + part(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + part(0xDB, bytes(65))
            + part(0xC0, bytes([8, 0, 64, 0, 64, 1, 1, 0x11, 0])) + part(0xC4, bytes(17))
            + part(0xDA, bytes([1, 1, 0, 0, 63, 0])) + bytes([number] * 20_000) + b"\xff\xd9")


def check_pictures(alice, bob, bob_at_alice, alice_at_bob):
    """A picture reaches the contact, survives a restart there, and is taken back."""
    assert alice.call("profile.picture") == {"picture": ""}
    alice.refused(None, "no base64", "profile.set_picture", picture="{}")
    alice.refused(None, "JPEG", "profile.set_picture", picture=base64.b64encode(b"GIF89a").decode())
    bob.refused(None, "no picture", "contact.picture", contact=alice_at_bob)
    name = None
    for number in (1, 2):
        picture = base64.b64encode(plain_jpeg(number)).decode()
        assert alice.call("profile.set_picture", picture=picture) == {}
        assert alice.call("profile.picture") == {"picture": picture}
        name = bob.note("contact.state", lambda params: params.get("picture") not in (None, name))["picture"]
        assert bob.call("contact.picture", contact=alice_at_bob) == {"picture": picture}
    bob.stop()
    bob.start()
    bob.note("ready")
    assert bob.call("contact.list")["contacts"][0]["picture"] == name
    assert bob.call("contact.picture", contact=alice_at_bob) == {"picture": picture}
    bob.note("contact.state", lambda params: params["online"])
    alice.call("profile.set_picture", picture="")
    bob.note("contact.state", lambda params: "picture" not in params)
    bob.refused(None, "no picture", "contact.picture", contact=alice_at_bob)
    alice.note("contact.state", lambda params: params["online"])


def check_rest(alice, bob, bob_at_alice, alice_at_bob):
    third = bob.call("profile.address")["address"]
    assert alice.call("rendezvous.list") == {"rendezvous": []}
    alice.refused(None, "no Culvert address", "rendezvous.add", address="nowhere")
    parties = alice.call("rendezvous.add", address=third)["rendezvous"]
    assert len(parties) == 1
    alice.refused(None, "no such third party", "rendezvous.remove", key="nobody")
    alice.refused(None, "no such third party", "rendezvous.move", key="nobody")
    assert alice.call("rendezvous.move", key=parties[0]["key"])["rendezvous"][0]["key"] == parties[0]["key"]
    assert alice.call("rendezvous.remove", key=parties[0]["key"]) == {"rendezvous": []}
    assert len(alice.call("rendezvous.add", address=third)["rendezvous"]) == 1
    assert alice.call("teredo_server.add", address="teredo.example")["teredo_servers"][0]["address"] == "teredo.example"
    alice.refused(None, "no such Teredo server", "teredo_server.remove", address="other.example")
    assert alice.call("teredo_server.remove", address="teredo.example") == {"teredo_servers": []}
    alice.refused(None, "--port", "port.change")
    check_invitations(alice, bob_at_alice)
    chosen = {"allow_ordinary_route": False, "couriers": False, "hard_punching": "auto", "lan_discovery": True, "map_port": True,
              "read_receipts": True, "tcp": True, "typing_hints": True}
    assert alice.call("settings.get") == chosen
    for change in ({"allow_ordinary_route": True}, {"couriers": True}, {"lan_discovery": False}, {"map_port": False}, {"read_receipts": False},
                   {"tcp": False}, {"typing_hints": False}, {"hard_punching": "off"}, {"hard_punching": "on"}):
        chosen |= change
        assert alice.call("settings.set", **change) == chosen, "what is left out stays"
        assert alice.call("settings.get") == chosen
    alice.refused(None, "hard_punching", "settings.set", hard_punching="perhaps")
    alice.refused(None, "allow_ordinary_route", "settings.set", allow_ordinary_route="yes")
    alice.refused(None, "lan_discovery", "settings.set", lan_discovery=1)
    alice.refused(None, "tcp", "settings.set", tcp=1)
    alice.refused(None, "map_port", "settings.set", map_port="no")
    plain, masked = alice.call("diagnostics.report"), alice.call("diagnostics.report", masked=True)
    assert plain["local4"] == ["127.0.0.1"] and masked["local4"] == ["127.0.x.x"], (plain, masked)
    assert all({"since", "action"} <= item.keys() for item in plain["items"]) and "checked_at" in plain, plain
    assert isinstance(plain["events"], list), plain
    bob.call("contact.block", contact=alice_at_bob)
    assert bob.call("contact.list")["contacts"][0]["state"] == "blocked"
    bob.refused(None, "blocked", "message.send", contact=alice_at_bob, text="x")
    bob.call("contact.accept", contact=alice_at_bob)
    bob.call("contact.remove", contact=alice_at_bob)
    assert bob.call("contact.list") == {"contacts": []}


def check_diagnose(program, used):
    """The report without a profile: as JSON, and as text that others may see."""
    command = [program, "diagnose", "--bind", "127.0.0.1"]
    done = subprocess.run([*command, "--json"], capture_output=True, text=True, timeout=DEADLINE, check=True)
    report = json.loads(done.stdout)
    assert report["complete"] and report["verdict"]["inbound4"] == "not_tested", report
    assert [item["code"] for item in report["items"]][0] == "network.none", report
    assert {way["mechanism"] for way in report["mechanisms"]} == {
        "native", "6to4", "6rd", "6in4", "teredo", "culvert_tunnel"}, report
    masked = subprocess.run([*command, "--masked"], capture_output=True, text=True, timeout=DEADLINE, check=True).stdout
    assert "This computer has no network." in masked and "127.0.0.1" not in masked, masked
    masked = subprocess.run([*command, "--masked", "--json"], capture_output=True, text=True, timeout=DEADLINE, check=True)
    assert json.loads(masked.stdout)["local4"] == ["127.0.x.x"], masked
    # A profile that is in use keeps its third parties to itself, and says so.
    done = subprocess.run([*command, "--data", used], capture_output=True, text=True, timeout=DEADLINE, check=True)
    assert "--rendezvous" in done.stderr and "This computer has no network." in done.stdout, done


def main():
    program, chance = sys.argv[1], random.Random(1)
    with tempfile.TemporaryDirectory(prefix="culvert-rpc-") as folder:
        ports = chance.sample(range(20000, 30000), 2)
        alice = Daemon(program, pathlib.Path(folder) / "alice", ports[0])
        bob = Daemon(program, pathlib.Path(folder) / "bob", ports[1])
        try:
            check_refusals(alice)
            contacts = befriend(alice, bob)
            check_messages(alice, bob, *contacts)
            check_garbage(alice, chance)
            check_conversation(alice, bob, *contacts)
            check_restart(alice, bob, *contacts)
            check_storage(alice, bob, contacts[0], pathlib.Path(folder), program, chance.randrange(30000, 32000))
            check_pictures(alice, bob, *contacts)
            check_rest(alice, bob, *contacts)
            check_piped(program, pathlib.Path(folder) / "script")
            check_diagnose(program, str(pathlib.Path(folder) / "alice"))
            check_taken_port(program, pathlib.Path(folder) / "script", ports[0])
            alice.stop()
            bob.stop()
        finally:
            for daemon in (alice, bob):
                daemon.process.kill()
    print("the contract holds")


if __name__ == "__main__":
    main()
