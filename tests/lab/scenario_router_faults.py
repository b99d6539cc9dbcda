"""Bob's router reboots, lets a lease run out, gets another address: the mapping, his address and the talk are back."""

import ipaddress
import signal
import time

import gateway_clients as clients
from address_string import address_bytes
from namespaces import LabError, until
from scenario_handoff import NEW_ADDRESS, add_third_party
from stage import ONLINE_TIMEOUT, ScenarioFailed, Stage
from upnp import Speaks

BACK_WITHIN = 10.0  # seconds, for the mapping and the address string
TALK_WITHIN = 10.0  # the same for messages both ways, where the path is still there
MEET_WITHIN = 10.0  # and where it is not: both must learn the new address
LEASE_SECONDS = 8  # at most, of PCP; a client renews at half of it (RFC 6887 §11.2.1), and not under 4 s
LIFETIMES = 2.5  # how many of them the mapping is watched for
UPTIME_SECONDS = 5  # of the router, before something happens to it
PER_FAULT = 3  # messages each way

# What the messages of a fault are counted under.
REBOOT, LEASE, SLEEP, MOVE = "reboot", "lease", "sleep", "move"


def run(options, story):
    for speaks in (Speaks.UPNP, Speaks.PCP):
        story.say(f"Bob's router speaks {speaks.value}, and nothing else")
        with Stage(options, f"faults_{speaks.name.lower()}", speaks=speaks) as stage:
            _, address = add_third_party(stage, story)
            for person in stage.people:
                person.daemon.args = ["--rendezvous", address]
            stage.befriend(story)
            Faults(stage, story, speaks).all()
            stage.stop()


class Faults:
    """What happens to Bob's router, one fault after the other, and the messages around each."""

    def __init__(self, stage, story, speaks):
        self._stage, self._story, self._speaks = stage, story, speaks
        self._bob = stage.bob
        self._sent = {person.name: [] for person in stage.people}

    def all(self):
        self._talk("before")
        self._reboot()
        self._move()
        if self._speaks.pcp:  # the lease of a UPnP mapping is the client's choice, and no router shortens it
            self._leases()
        for person, other in (self._stage.people, self._stage.people[::-1]):
            self._check_history(person, other)

    def _reboot(self):
        self._let_it_age()
        self._story.say("the router loses its power for a moment; its links stay up")
        self._bob.site.reboot_router()
        self._recovered("the reboot", REBOOT, survives=True)

    def _let_it_age(self):
        """A younger router's epoch cannot tell that it began again (RFC 6887 §8.5); a new address begins it, too."""
        if self._speaks.pcp:
            until(lambda: clients.nat_pmp_address(self._bob.site).epoch >= UPTIME_SECONDS, 2 * UPTIME_SECONDS,
                  "the router's epoch does not grow", interval=0.5)

    def _move(self):
        self._let_it_age()
        old = self._bob.site.public4
        self._bob.site.change_public_address(NEW_ADDRESS)
        self._story.say(f"the provider gives the router another address: {old} becomes {NEW_ADDRESS}")
        self._recovered("the change of the address", MOVE, MEET_WITHIN, without=old)

    def _leases(self):
        self._let_it_age()
        site = self._bob.site
        site.daemon.stop(politely=False)
        site.daemon.flush()
        self._stage.lab.start_upnp(site, self._speaks, min_lifetime=LEASE_SECONDS // 2, max_lifetime=LEASE_SECONDS)
        self._story.say(f"the router is another one: it grants {LEASE_SECONDS} s at most")
        self._recovered("the other router", LEASE, survives=True)
        held, begun = 0, time.monotonic()
        samples = 0
        while time.monotonic() - begun < LIFETIMES * LEASE_SECONDS:  # the length of the watch is the point
            samples += 1
            held += self._is_mapped()
            time.sleep(0.1)
        self._story.check(held >= 0.95 * samples, f"the mapping is renewed in time: it is there in {held} of {samples} "
                          f"looks in {LIFETIMES} lifetimes", f"{held} of {samples}")
        process = self._bob.daemon.process
        process.send_signal(signal.SIGSTOP)
        until(lambda: not self._is_mapped(), 2 * LEASE_SECONDS, "the lease does not run out while nobody renews it")
        process.send_signal(signal.SIGCONT)
        self._story.say("Bob's computer slept, and the lease ran out")
        self._recovered("the sleep", SLEEP, MEET_WITHIN)

    def _is_mapped(self):
        site = self._bob.site
        return any(entry[0] == "udp" and entry[2] == site.lan4 for entry in site.mappings())

    def _recovered(self, what, label, seconds=TALK_WITHIN, without=None, survives=False):
        """Messages of both at once; the mapping, the address string, the messages' arrival, and both online."""
        begun = time.monotonic()
        before = [len(person.daemon.events) for person in self._stage.people]
        texts = self._send(label)
        self._within(BACK_WITHIN, begun, self._is_mapped, f"{what}: Bob's mapping is back")
        self._within(BACK_WITHIN, begun, lambda: self._address_is_right(without),
                     f"{what}: his address string is right")
        for person, other in (self._stage.people, self._stage.people[::-1]):
            for text in texts[other.name]:
                person.expect(text, max(0.1, begun + seconds - time.monotonic()))
        taken = time.monotonic() - begun
        self._story.check(True, f"{what}: {PER_FAULT} messages each way, written at once, arrived within {taken:.1f} s")
        for person in self._stage.people:
            until(person.online, ONLINE_TIMEOUT, f"{person.name} does not see the other online", interval=0.05)
        lost = [person.name for person, seen in zip(self._stage.people, before)
                if any(event.method == "contact.state" and event.params.get("online") is False
                       for event in person.daemon.events[seen:])]
        if survives:
            self._story.check(not lost, f"{what}: the session survived", f"{' and '.join(lost)} lost the other")

    def _within(self, seconds, begun, condition, text):
        try:
            until(condition, max(0.1, begun + seconds - time.monotonic()), "", interval=0.05)
        except LabError:
            raise ScenarioFailed(f"{text}: not within {seconds:g} s. The router forwards {self._bob.site.mappings()}") \
                from None
        self._story.check(True, f"{text} after {time.monotonic() - begun:.1f} s")

    def _address_is_right(self, without):
        """The string holds the router's address and the port that it forwards, and not the old address."""
        octets = address_bytes(self._bob.daemon.call("profile.address")["address"])
        if without and ipaddress.ip_address(without).packed in octets:
            return False
        ports = [entry[1] for entry in self._bob.site.mappings() if entry[0] == "udp"]
        public = ipaddress.ip_address(self._bob.site.public4).packed
        return public in octets and any(port.to_bytes(2, "big") in octets for port in ports)

    def _talk(self, label):
        texts = self._send(label)
        for person, other in (self._stage.people, self._stage.people[::-1]):
            for text in texts[other.name]:
                person.expect(text)

    def _send(self, label):
        texts = {}
        for person in self._stage.people:
            mine = [self._stage.text(f"{label} {number} from {person.name}") for number in range(PER_FAULT)]
            for text in mine:
                person.send(text)
            texts[person.name] = mine
            self._sent[person.name] += mine
        return texts

    def _check_history(self, person, writer_of_others):
        for side, writer in (("me", person), ("them", writer_of_others)):
            texts = [message["text"] for message in person.messages() if message["from"] == side]
            expected = self._sent[writer.name]
            if texts and texts[0] == expected[-1]:
                texts.reverse()  # the list may begin with the newest
            self._story.check(texts == expected, f"{person.name} has all {len(expected)} messages of {writer.name}'s "
                              "once and in order", f"{len(texts)} texts, {len(set(expected) - set(texts))} missing")
