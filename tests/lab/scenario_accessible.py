"""Every window as a screen reader and a keyboard meet it: names, roles, and Tab everywhere, in the order of reading."""

from accessible_walk import check_menu, check_window
from scenario_journey import HELLO, two_desktops

PAGES = ("Profile", "Privacy", "Network", "Notifications", "Appearance", "Storage", "About")

MENUS = ("Culvert", "Contact", "Message", "View", "Connection", "Help")
DIALOGS_OF = {"Storage": ("Export the profile", "Protection", "Delete the profile")}


class Tour:
    """Looks at one window after the other, and gathers what is wrong."""

    def __init__(self, story):
        self._story = story
        self.wrong = []

    def go_down(self, desktop, title):
        """Through the open menu by the arrow, from its first thing to its last."""
        self._tell(title, *check_menu(desktop))

    def visit(self, desktop, title):
        self._tell(title, *check_window(desktop))

    def _tell(self, title, usable, stops, problems):
        words = f"{title}: {usable} things to use, {stops} stops"
        if problems:
            words = f"{self._story.paint('31', 'MISSED')}  {words}: {'; '.join(problems)}"
        self._story.say(words)
        self.wrong += [f"{title}: {problem}" for problem in problems]


def run(options, story):
    with two_desktops(options, story, "accessible") as journey:
        alice, bob, tour = journey.alice, journey.bob, Tour(story)
        first_steps(journey, tour)
        bob.press("push button", "I have a friend's address")
        bob.see("text", "Address of your friend", "focused")
        bob.hold(journey.words)
        bob.key("ctrl+v")
        bob.see("push button", "Send request", "enabled")
        tour.visit(bob, "add a contact")
        bob.press("push button", "Send request")
        alice.press("list item", parts=["Bob"])
        alice.see("push button", "Accept")
        tour.visit(alice, "a request")
        alice.press("push button", "Accept")
        alice.see("text", "Message", "focused")
        journey.say(bob, alice, HELLO)
        tour.visit(alice, "a conversation")
        menus(alice, tour)
        searching(alice, tour)
        dialogs(alice, tour)
        story.check(not tour.wrong, "every window can be used by ear and by keyboard", "; ".join(tour.wrong))


def first_steps(journey, tour):
    """The first run of both, Bob's with a look at each step."""
    alice, bob = journey.alice, journey.bob
    journey.first_run(alice, None)
    journey.words = journey.copy_address()
    bob.see("text", "Your name", "focused")
    tour.visit(bob, "first run, name")
    bob.type(bob.name)
    bob.press("push button", "Next")
    bob.see("password text", "Passphrase", "focused")
    tour.visit(bob, "first run, protection")
    bob.press("radio button", "Nothing")
    bob.press("push button", "Create")
    bob.see("push button", "Copy address", "enabled")
    tour.visit(bob, "first run, address")
    bob.press("push button", "Start")
    bob.see("push button", "I have a friend's address")
    tour.visit(bob, "nobody yet")


def menus(alice, tour):
    """The arrows come to everything in each menu, and so in those of a message."""
    for title in MENUS:
        alice.press("menu item", title)
        alice.see("popup menu")
        tour.go_down(alice, f"menu {title}")
        alice.key("Escape")
        alice.gone("popup menu")
        if alice.find("menu bar", None, "focused"):
            alice.key("Escape")
        alice.see("text", "Message", "focused")
    alice.press("list item", parts=[HELLO])
    for key, title in (("Menu", "menu of a message"), ("+", "reactions")):
        alice.key(key)
        alice.see("popup menu")
        tour.go_down(alice, title)
        alice.key("Escape")
        alice.see("list item", None, "focused", parts=[HELLO])
    alice.press("text", "Message")


def searching(alice, tour):
    alice.key("ctrl+f")
    alice.type("hello")
    alice.see("list item", parts=["In the conversation with Bob", HELLO])
    tour.visit(alice, "a search")
    alice.see("text", "Search contacts and messages")
    alice.key("ctrl+f")
    alice.see("text", "Search contacts and messages", "focused")
    alice.key("Escape")
    alice.see("text", "Message", "focused")


def dialogs(alice, tour):
    for key, title in (("ctrl+shift+d", "Network"), ("F1", "Keyboard shortcuts"), ("ctrl+shift+s", "Share my address"),
                       ("ctrl+k", "Jump to"), ("ctrl+i", "Contact")):
        alice.key(key)
        alice.see("dialog", None, "active", parts=[title])
        tour.visit(alice, title)
        alice.key("Escape")
        alice.see("frame", "Culvert", "active")
    alice.key("ctrl+comma")
    for page in PAGES:
        alice.press("list item", page)
        alice.see("list item", page, "selected")
        alice.see("label", page)
        tour.visit(alice, f"settings, {page}")
        for button in DIALOGS_OF.get(page, ()):
            alice.press("push button", button)
            alice.gone("dialog", "Settings", "active")
            tour.visit(alice, f"settings, {page}, {button}")
            alice.key("Escape")
            alice.see("dialog", "Settings", "active")
