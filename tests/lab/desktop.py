"""A desktop of its own for one person: an X display, a session bus, accessibility, a window manager, and the program.

All of it runs as an unprivileged user inside the namespace of the person's host, with a home of its own. `Desktop`
looks at the screen through AT-SPI and acts by key and mouse events alone (`desktop_agent.py`).
"""

import dataclasses
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import time

from daemon import KEPT_VARIABLES, NOBODY, UNPRIVILEGED, runnable
from namespaces import LabError, Unavailable, until

SIZE = "1100x760"
FIRST_DISPLAY, DISPLAYS = 400, 100
TOOLS = ("Xvfb", "dbus-daemon", "blackbox", "xclip")
ACCESSIBILITY = "/usr/libexec/at-spi-bus-launcher"
AGENT = pathlib.Path(__file__).with_name("desktop_agent.py")
ROWS = ("list item", "table cell")
SEEN_SECONDS = 20
STARTED_SECONDS = 15
MOVED_SECONDS = 3
ENDED_SECONDS = 10


def interpreter():
    """The interpreter that has the packaged `gi` and `Xlib`. Unavailable where it, or a program, is missing."""
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing or not os.path.exists(ACCESSIBILITY):
        raise Unavailable("a desktop needs these programs: " + ", ".join(missing or ["at-spi2-core"]))
    probe = "import gi, Xlib; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    for candidate in ("/usr/bin/python3", sys.executable):
        if os.path.exists(candidate) and subprocess.run([candidate, "-c", probe], capture_output=True).returncode == 0:
            return candidate
    raise Unavailable("a desktop needs Python's Xlib and AT-SPI (python3-xlib, python3-gi, gir1.2-atspi-2.0)")


@dataclasses.dataclass
class Node:
    """One accessible, as it was when one looked."""

    role: str
    name: str
    description: str
    states: list
    depth: int
    parent: int | None
    box: tuple = (0, 0, 0, 0)
    text: str = ""
    actions: list = dataclasses.field(default_factory=list)
    holder_role: str = ""  # of what it stands in, where it was asked for the focus
    holder_name: str = ""

    def has(self, *states):
        return all(state in self.states for state in states)

    @property
    def stop(self):
        """What Tab comes to: a row stands for its list, because lists tell of themselves and of their row."""
        return (self.holder_role, self.holder_name) if self.role in ROWS else (self.role, self.name)

    @property
    def middle(self):
        left, top, width, height = self.box
        return left + width // 2, top + height // 2

    def __str__(self):
        return f"{self.role} \"{self.name or self.text[:60]}\""


class Desktop:
    """Thread safety: one thread. Start from the main thread (namespaces.start)."""

    def __init__(self, lab, namespace, exe, name, acts):
        """Every click and key is written into the list `acts`, in words."""
        self.name, self._acts = name, acts
        self._lab, self._namespace = lab, namespace
        self._exe = runnable(exe, lab.folder)
        self._errors = lab.folder / f"{name}-desktop.stderr"
        self._home = lab.folder / f"{name}-home"
        self.program = None
        for folder in (self._home, self._home / "run"):
            folder.mkdir()
            os.chown(folder, NOBODY, NOBODY)
            folder.chmod(0o700)
        self._env = {key: os.environ[key] for key in KEPT_VARIABLES if key in os.environ}
        self._env |= {"HOME": str(self._home), "XDG_RUNTIME_DIR": str(self._home / "run"), "LANG": "C.UTF-8",
                      "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._home}/run/bus", "PYTHONDONTWRITEBYTECODE": "1"}

    # Life

    def open(self):
        """The desktop without the program."""
        python = interpreter()
        self._env["DISPLAY"] = self._open_display()
        self._spawn(["dbus-daemon", "--session", "--nofork", "--address", self._env["DBUS_SESSION_BUS_ADDRESS"]])
        until((self._home / "run" / "bus").exists, STARTED_SECONDS, "the session bus did not start")
        (self._home / "blackboxrc").write_text(
            "session.screen0.enableToolbar: False\nsession.focusNewWindows: True\nsession.placementPolicy: Center\n")
        self._spawn(["blackbox", "-rc", str(self._home / "blackboxrc")])
        # Its bindings mark the names that C has, and Python needs, as deprecated.
        self._agent = self._spawn([python, "-W", "ignore::DeprecationWarning", str(AGENT)], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True)
        self._answer()
        return self

    def _open_display(self):
        """Displays are one row of numbers for the whole machine: their locks and sockets are files, in no namespace."""
        for number in range(FIRST_DISPLAY, FIRST_DISPLAY + DISPLAYS):
            if os.path.exists(f"/tmp/.X{number}-lock") or os.path.exists(f"/tmp/.X11-unix/X{number}"):
                continue
            server = self._spawn(["Xvfb", f":{number}", "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp"])
            until(lambda: os.path.exists(f"/tmp/.X11-unix/X{number}") or server.poll() is not None, STARTED_SECONDS,
                  "Xvfb did not start")
            if server.poll() is None:
                return f":{number}"
        raise LabError(f"no display of {DISPLAYS} is free")

    def start(self, *arguments):
        """Starts the program, as its icon would."""
        self.program = self._spawn([str(self._exe), *arguments])
        return self.program

    def ended(self):
        """Waits until the program has ended by itself, and demands that it ended well."""
        code = self.program.wait(ENDED_SECONDS)
        if code != 0:
            raise LabError(f"{self.name}'s Culvert ended with code {code}")

    def files(self, pattern):
        """Those of the program's own that fit."""
        return list(self._home.glob(f".local/share/**/{pattern}"))

    def _spawn(self, command, **popen):
        with open(self._errors, "ab") as errors:
            popen = {"stdout": errors, "stdin": subprocess.DEVNULL} | popen
            return self._lab.start(self._namespace, command, options=UNPRIVILEGED, env=self._env, cwd=self._home,
                                   stderr=errors, **popen)

    # Eyes

    def look(self):
        return [Node(**node) for node in self._ask(do="look")]

    def find(self, role, name=None, *states, parts=(), text=None):
        """The first accessible that shows and has this role, name (or parts in it), states, and text; or None."""
        found = self._ask(do="find", role=role, name=name, parts=parts, states=states, text=text)
        return found and Node(**found)

    def see(self, role, name=None, *states, parts=(), text=None, timeout=SEEN_SECONDS):
        """Waits until it shows."""
        try:
            return until(lambda: self.find(role, name, *states, parts=parts, text=text), timeout, "")
        except LabError as problem:
            wanted = " ".join(map(str, filter(None, (role, name, *states, *parts, text))))
            raise LabError(f"{self.name} sees no {wanted}: {problem}; {self._last_words()}") from None

    def focus(self):
        """What has the keyboard's focus."""
        def found():
            node = self._ask(do="focus")
            return node and Node(**node)

        return until(found, SEEN_SECONDS, f"{self.name} hears of no focus")

    def step(self, chord, here):
        """Presses a key that moves the focus, and returns where it went from `here`; None where it stays."""
        self._ask(do="key", chord=chord)

        def moved():
            node = self.focus()
            return node.stop != here.stop and node

        try:
            return until(moved, MOVED_SECONDS, "")
        except LabError:
            return None

    def gone(self, role, name=None, *states, timeout=SEEN_SECONDS):
        """Waits until no such thing shows any more."""
        until(lambda: not self.find(role, name, *states), timeout, f"{self.name} still sees {role} {name}")

    def _last_words(self):
        said = "".join(f"\n  said: {line}" for line in self._errors.read_text(errors="replace").splitlines()[-12:])
        code = self.program.poll()
        return (f"the program ended with code {code}" if code is not None else f"what shows:\n{self.picture()}") + said

    def picture(self):
        """All that shows, in words."""
        return "\n".join(f"{'  ' * node.depth}{node} {' '.join(node.states)}" for node in self.look())

    # Hands

    def press(self, role, name=None, *states, **how):
        """Clicks in the middle of what AT-SPI says is there."""
        node = self.see(role, name, "enabled", *states, **how)
        self._acts.append(f"{self.name}: click {node}")
        self._ask(do="click", x=node.middle[0], y=node.middle[1])
        return node

    def key(self, chord):
        self._acts.append(f"{self.name}: key {chord}")
        self._ask(do="key", chord=chord)

    def type(self, text):
        self._acts.append(f"{self.name}: type {text!r}")
        self._ask(do="type", text=text)

    def copied(self):
        """What the clipboard holds; nothing where nobody holds it."""
        return self._xclip("-out", stdout=subprocess.PIPE).stdout

    def hold(self, text):
        """Something came by another channel, and was copied there."""
        self._acts.append(f"{self.name}: copies {text!r} where it came in")
        self._xclip("-in", input=text, stdout=subprocess.DEVNULL, check=True)

    def _xclip(self, way, **how):
        command = ["setpriv", *UNPRIVILEGED, "xclip", "-selection", "clipboard", "-target", "UTF8_STRING", way]
        return subprocess.run(command, env=self._env, text=True, timeout=10, stderr=subprocess.DEVNULL, **how)

    def shot(self):
        """What the display shows, as the octets of a PNG file."""
        path = self._home / "shot.png"
        self._ask(do="shot", path=str(path))
        return path.read_bytes()

    def _ask(self, **request):
        self._agent.stdin.write(json.dumps(request) + "\n")
        self._agent.stdin.flush()
        return self._answer()

    def _answer(self):
        if not select.select([self._agent.stdout], [], [], STARTED_SECONDS)[0]:
            raise LabError(f"{self.name}'s eyes and hands do not answer")
        line = self._agent.stdout.readline()
        answer = json.loads(line) if line else {"error": "ended: " + self._errors.read_text(errors="replace")[-2000:]}
        if "error" in answer:
            raise LabError(f"{self.name}'s eyes and hands: {answer['error']}")
        return answer["result"]
