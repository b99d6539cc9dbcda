"""Two newcomers at two real windows, by keys and mouse: first start, messages, search, settings, diagnostics."""

import contextlib
import re
import time

from desktop import SEEN_SECONDS, Desktop
from namespaces import until
from nat import Ipv6, NatKind
from netlab import Lab
from upnp import Speaks

PASSPHRASE = "seven boats under the bridge"
GREETING = "Bob from the rowing club"
HELLO = "Hello Alice, the window says we talk straight to each other."
ANSWER = "It does. Shall we row on Sunday at nine?"
MISTAKE = "Nein, I will bring the oars."
HEART = "❤️"  # The fonts that a fresh system has draw this one.
EDITED = "Nine, I will bring the oars."


class Journey:
    """At their desktops: Alice, whose router forwards a port when it is asked, and Bob, whose router forwards nothing."""

    def __init__(self, lab, options, story):
        self._story, self._options, self._step, self._acts = story, options, 0, []
        self.homes = [lab.add_home("alice", NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.ALL),
                      lab.add_home("bob", NatKind.PORT_RESTRICTED, Ipv6.NONE)]
        self.alice, self.bob = (Desktop(lab, home.host, options.culvert, home.name.capitalize(), self._acts)
                                for home in self.homes)

    def shot(self, desktop, what):
        """One more picture, where pictures are asked for, and what was done until then."""
        self._step += 1
        if not self._options.shots:
            return
        self._options.shots.mkdir(parents=True, exist_ok=True)
        name = f"{self._step:02}-{desktop.name.lower()}-{what}.png"
        (self._options.shots / name).write_bytes(desktop.shot())
        self._acts.append(f"{desktop.name} sees {name}")
        (self._options.shots / "steps.txt").write_text("\n".join(self._acts) + "\n")

    # The steps, in the order of the journey

    def first_run(self, desktop, passphrase):
        """Name, protection, address: three steps."""
        desktop.see("label", "Step 1 of 3")
        desktop.see("text", "Your name", "focused")
        desktop.type(desktop.name)
        desktop.see("text", "Your name", text=desktop.name)
        self.shot(desktop, "welcome")
        desktop.press("push button", "Next")
        desktop.see("label", "Step 2 of 3")
        if passphrase:
            desktop.see("password text", "Passphrase", "focused")
            desktop.type(f"{passphrase}\t{passphrase}")
        else:
            desktop.press("radio button", "Nothing")
            desktop.see("radio button", "Nothing", "checked")
        self.shot(desktop, "protection")
        desktop.press("push button", "Create")
        desktop.see("label", "Step 3 of 3")
        desktop.see("push button", "Copy address", "enabled")

    def copy_address(self):
        """Alice's, once her router has opened a port. The words that she sends by another channel."""
        self.alice.see("label", "Friends can probably reach you")
        self.alice.press("push button", "Copy address")
        self.alice.see("push button", "Copied")
        address = self.alice.copied()
        self._story.check(address.startswith("culvert:"), "an address was copied", address)
        self.shot(self.alice, "address")
        self.alice.press("push button", "Start")
        return f"My address in Culvert is {address} - see you there!"

    def request(self, words):
        """Bob pastes it and asks."""
        bob = self.bob
        self.shot(bob, "address")
        bob.press("push button", "Start")
        bob.press("push button", "I have a friend's address")
        bob.see("text", "Address of your friend", "focused")
        bob.hold(words)
        bob.key("ctrl+v")
        bob.see("label", "This is a sound address.")
        bob.press("text", "Greeting")
        bob.see("text", "Greeting", "focused")
        bob.type(GREETING)
        bob.see("text", "Greeting", text=GREETING)
        self.shot(bob, "request")
        bob.press("push button", "Send request")
        bob.see("label", parts=["Your request has reached them."])
        self.shot(bob, "waiting")

    def accept(self):
        alice = self.alice
        alice.press("list item", parts=["Bob"])
        alice.see("label", parts=[GREETING])
        self.shot(alice, "asked")
        alice.press("push button", "Accept")
        alice.see("text", "Message", "focused")
        self.bob.see("push button", "Connection: Direct, IPv4")
        self.shot(self.bob, "accepted")

    def say(self, sender, receiver, text):
        """Typed, sent, there, and seen to be there. Seconds from the key that sends it until the sender reads so."""
        sender.see("text", "Message", "focused")
        sender.type(text)
        begun = time.monotonic()
        sender.key("Return")
        receiver.see("list item", parts=[f"{sender.name}: {text}"])
        until(lambda: any(sender.find("list item", parts=["You: " + text, state]) for state in ("delivered", "read")),
              SEEN_SECONDS, f"{sender.name} does not see that '{text}' was delivered")
        return time.monotonic() - begun

    def change(self):
        """Bob corrects his last message; Alice reacts to it."""
        alice, bob = self.alice, self.bob
        bob.see("text", "Message", "focused")
        bob.key("Up")
        bob.see("text", "Message", "focused", text=MISTAKE)
        bob.key("ctrl+a")
        bob.type(EDITED + "\n")
        alice.see("list item", parts=[EDITED, "edited"])
        alice.press("list item", parts=[EDITED])
        alice.see("list item", None, "focused", parts=[EDITED])
        alice.key("+")
        alice.see("menu item", None, "focused")
        alice.key("Down")
        alice.see("menu item", HEART, "focused")
        alice.key("Return")
        bob.see("list item", parts=[EDITED, "reacted with " + HEART])
        self.shot(bob, "talk")

    def search(self):
        """The beginning of a word finds the message, and Enter leads to it."""
        alice = self.alice
        alice.key("ctrl+f")
        alice.see("text", "Search contacts and messages", "focused")
        alice.type("sund")
        alice.see("list item", parts=["In the conversation with Bob", ANSWER])
        alice.key("Down")
        alice.see("list item", None, "selected", parts=["In the conversation with Bob", ANSWER])
        self.shot(alice, "search")
        alice.key("Return")
        alice.see("list item", None, "focused", parts=["You: " + ANSWER])
        alice.key("Escape")
        alice.see("list", "Conversations")

    def storage(self):
        """Settings, Storage: what is kept, and its size on the disk."""
        alice = self.alice
        alice.key("ctrl+comma")
        alice.press("list item", "Storage")
        told = alice.see("label", parts=["3 messages, 1 contact", "on the disk."]).name
        self.shot(alice, "storage")
        alice.key("Escape")
        alice.see("frame", "Culvert", "active")
        return told

    def diagnostics(self):
        """The panel's sentence, its picture in words, and the report, which names nobody."""
        alice = self.alice
        alice.key("ctrl+shift+d")
        alice.see("dialog", "Network", "active")
        alice.see("label", "Friends can reach you")
        alice.see("push button", parts=["Router: open port"])
        alice.see("push button", parts=["IPv4: You to friends: works.", "Friends to you: works."])
        alice.see("push button", parts=["Bob: Direct, IPv4"])
        alice.press("push button", "Copy report")
        report = until(alice.copied, SEEN_SECONDS, "no report was copied")
        self.shot(alice, "network")
        alice.key("Escape")
        alice.see("frame", "Culvert", "active")
        return report

    def return_to(self):
        """Alice leaves, comes back with her passphrase, and finds all of it."""
        alice = self.alice
        alice.key("ctrl+q")
        alice.ended()
        alice.start()
        alice.see("password text", "Passphrase", "focused")
        self.shot(alice, "locked")
        alice.type(PASSPHRASE + "\n")
        alice.press("list item", parts=["Bob"])
        for words in ([f"Bob: {HELLO}"], [f"You: {ANSWER}", "read"], [f"Bob: {EDITED}", "edited", "you reacted with"]):
            alice.see("list item", parts=words)
        alice.see("push button", "Connection: Direct, IPv4")
        self.shot(alice, "again")


@contextlib.contextmanager
def two_desktops(options, story, prefix):
    """A Journey whose two desktops are open, and whose programs were just started."""
    with Lab(prefix, bridge=options.bridge, keep=options.keep) as lab:
        journey = Journey(lab, options, story)
        for desktop in (journey.alice, journey.bob):
            desktop.open()
        for desktop in (journey.alice, journey.bob):
            desktop.start()
        yield journey


def run(options, story):
    with two_desktops(options, story, "journey") as journey:
        alice, bob = journey.alice, journey.bob
        begun = time.monotonic()
        journey.first_run(alice, PASSPHRASE)
        journey.first_run(bob, None)
        story.say("two first runs of three steps, one with a passphrase")
        journey.request(journey.copy_address())
        journey.accept()
        story.say("Alice's address was copied, pasted and asked; Alice has accepted")
        needed = journey.say(bob, alice, HELLO)
        story.say(f"{time.monotonic() - begun:.1f} s after the first start Bob reads that his message was delivered")
        took = [needed, journey.say(alice, bob, ANSWER), journey.say(bob, alice, MISTAKE)]
        figures = ", ".join(f"{each * 1000:.0f} ms" for each in took)
        story.say(f"from Enter to the sender's reading 'delivered': {figures}")
        journey.change()
        story.say("a message was corrected, and has a reaction")
        journey.search()
        story.say("the search found a message, and led to it")
        check_size(journey, story, journey.storage())
        check_report(journey, story, journey.diagnostics())
        journey.return_to()
        story.say("after another start with the passphrase all of it is there")
        for desktop in (alice, bob):
            desktop.key("ctrl+q")
            desktop.ended()


def check_size(journey, story, told):
    """Whether the settings tell the size that the database has, its log included, to the decimal they show."""
    shown = re.search(r"([\d.]+) (kB|MB)", told)
    octets = float(shown.group(1)) * {"kB": 1e3, "MB": 1e6}[shown.group(2)]
    kept = sum(file.stat().st_size for file in journey.alice.files("*.db*"))
    story.check(abs(octets - kept) <= 0.05 * kept, f"the settings say \"{told}\"", f"the files have {kept} octets")


def check_report(journey, story, report):
    private = ["Bob", journey.homes[0].lan4, journey.homes[0].public4, journey.homes[1].public4]
    held = [word for word in private if word in report]
    story.check(report.startswith("Friends can reach you.") and not held,
                "the copied report holds no names and addresses", f"{held}: {report[:200]}")
