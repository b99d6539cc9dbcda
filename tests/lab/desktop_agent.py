#!/usr/bin/env python3
"""The eyes and hands of one person at one display: sees by AT-SPI, as a screen reader does, and acts by X events.

Runs as the desktop's user with DISPLAY and DBUS_SESSION_BUS_ADDRESS set, under the interpreter that has `gi` and
`Xlib`. Each line on standard input is a request, a JSON object whose `do` names a method below; each gets one line of
answer. It never calls an action of an accessible: what is pressed is pressed where the screen shows it.
"""

import contextlib
import json
import struct
import sys
import zlib

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib
from Xlib import X, XK, display
from Xlib.ext import xtest

NODES_MAX = 4000
CALL_MS = 2000
TOLD_STATES = {name: getattr(Atspi.StateType, name.upper()) for name in (
    "showing", "enabled", "focusable", "focused", "selected", "checked", "active", "expanded", "editable")}
MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L"}
KEYSYMS = {"\n": "Return", "\t": "Tab"}


class Eyes:
    """What AT-SPI tells of the one program on this desktop."""

    def __init__(self):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        # As a screen reader does when it starts: programs may tell what they show.
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                      GLib.Variant("(ssv)", ("org.a11y.Status", "IsEnabled", GLib.Variant("b", True))), None,
                      Gio.DBusCallFlags.NONE, CALL_MS)
        Atspi.init()
        Atspi.set_timeout(CALL_MS, CALL_MS)
        Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)
        self._focused = None
        self._listener = Atspi.EventListener.new(self._note_focus)
        self._listener.register("object:state-changed:focused")

    def look(self):
        """Every accessible that shows, with all that is told of it, in the tree's order."""
        nodes, numbers = [], {}
        for accessible, depth, states in self._walk():
            if len(nodes) >= NODES_MAX:
                raise RuntimeError(f"more than {NODES_MAX} accessibles")
            with _gone_is_no_matter():
                node = _describe(accessible, states) | {"depth": depth, "parent": numbers.get(depth - 1)}
                numbers[depth] = len(nodes)
                nodes.append(node)
        return nodes

    def find(self, role, name=None, parts=(), states=(), text=None):
        """The first that shows and has this role, the name (or these parts in it), the states, and the text in it."""
        for accessible, depth, had in self._walk():
            with _gone_is_no_matter():
                if not all(state in had for state in states) or accessible.get_role_name() != role:
                    continue
                told = accessible.get_name()
                if (name is not None and told != name) or not all(part in told for part in parts):
                    continue
                if not text or text in _text(accessible):
                    return _describe(accessible, had) | {"depth": depth, "parent": None}
        return None

    def focus(self):
        """What has the focus, as the last event told, with what it stands in; None where it is gone."""
        _hear()
        if self._focused is None:
            return None
        try:
            holder = self._focused.get_parent()
            return _describe(self._focused, _states(self._focused)) | {
                "depth": 0, "parent": None, "holder_role": holder.get_role_name(), "holder_name": holder.get_name()}
        except (GLib.Error, AttributeError):
            return None

    def _walk(self):
        """Accessibles with their depths and states, the window in front first."""
        _hear()
        windows = [(window, _states(window)) for application in _children(Atspi.get_desktop(0))
                   for window in _children(application)]
        ahead = [(window, 0) for window, states in sorted(windows, key=lambda each: "active" in each[1])]
        ahead += [(popup, 0) for popup in self._popup()]
        while ahead:
            accessible, depth = ahead.pop()
            states = _states(accessible)
            if "showing" not in states:
                continue
            yield accessible, depth, states
            ahead += [(child, depth + 1) for child in reversed(_children(accessible))]


    def _note_focus(self, event):
        if event.detail1:
            self._focused = event.source

    def _popup(self):
        """The menu or pop-up that has the focus, if one has. Qt tells of it by the focus alone: it is nobody's child."""
        try:
            node = self._focused
            while node and node.get_role() not in (Atspi.Role.FRAME, Atspi.Role.DIALOG, Atspi.Role.APPLICATION):
                if node.get_index_in_parent() < 0:
                    return [node]
                node = node.get_parent()
        except GLib.Error:
            self._focused = None  # it is gone
        return []


def _gone_is_no_matter():
    """What goes away while one looks at it is left out."""
    return contextlib.suppress(GLib.Error)


def _hear():
    """Takes the events that have come."""
    context = GLib.MainContext.default()
    while context.iteration(False):
        pass


def _children(accessible):
    try:
        found = [accessible.get_child_at_index(index) for index in range(accessible.get_child_count())]
    except GLib.Error:
        return []
    return [child for child in found if child]


def _states(accessible):
    try:
        states = accessible.get_state_set()
    except GLib.Error:
        return []
    return [name for name, state in TOLD_STATES.items() if states.contains(state)]


def _describe(accessible, states):
    box = accessible.get_extents(Atspi.CoordType.SCREEN)
    actions = accessible.get_action_iface()
    return {"role": accessible.get_role_name(), "name": _name(accessible), "states": states,
            "description": accessible.get_description() or "", "text": _text(accessible),
            "box": (box.x, box.y, box.width, box.height),
            "actions": [actions.get_action_name(index) for index in range(actions.get_n_actions())] if actions else []}


def _name(accessible):
    """A combo box is named by its label alone (Qt gives its value for a name, and the label as a relation)."""
    name = accessible.get_name()
    if accessible.get_role() == Atspi.Role.COMBO_BOX:
        labels = [relation.get_target(0).get_name() for relation in accessible.get_relation_set()
                  if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY]
        name = ": ".join([*labels, name])
    return name


def _text(accessible):
    words = accessible.get_text_iface()
    return words.get_text(0, words.get_character_count()) if words else ""


class Hands:
    """A keyboard and a mouse (XTEST), and a camera."""

    def __init__(self):
        self._display = display.Display()
        self._root = self._display.screen().root

    def click(self, x, y):
        xtest.fake_input(self._display, X.MotionNotify, x=x, y=y)
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._display, kind, 1)
        self._display.sync()

    def key(self, chord):
        """One key with its modifiers: `ctrl+shift+d`, `Return`, `F1`."""
        *modifiers, name = chord.split("+") if len(chord) > 1 else [chord]
        self._press([MODIFIERS[modifier] for modifier in modifiers], name)

    def type(self, text):
        for character in text:
            keysym = XK.string_to_keysym(KEYSYMS.get(character, "")) or ord(character)
            self._press([], keysym)

    def shot(self, path):
        """What the display shows, as a PNG file (RFC 2083)."""
        size = self._root.get_geometry()
        pixels = self._root.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xffffffff).data
        rows = []
        for top in range(0, len(pixels), size.width * 4):
            row = pixels[top:top + size.width * 4]
            rgb = bytearray(size.width * 3)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            rows.append(b"\0" + rgb)

        def chunk(kind, data):
            return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

        header = struct.pack("!IIBBBBB", size.width, size.height, 8, 2, 0, 0, 0)
        with open(path, "wb") as out:
            out.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"".join(rows)))
                      + chunk(b"IEND", b""))

    def _press(self, modifiers, key):
        keysym = key if isinstance(key, int) else XK.string_to_keysym(key) or ord(key)
        code, column = next(((code, column) for code, column in self._display.keysym_to_keycodes(keysym)
                             if column in (0, 1)), (None, None))
        if code is None:
            raise RuntimeError(f"the keyboard has no key for {key!r}")
        held = [self._display.keysym_to_keycode(XK.string_to_keysym(name)) for name in
                modifiers + ([MODIFIERS["shift"]] if column == 1 else [])]
        for each in held:
            xtest.fake_input(self._display, X.KeyPress, each)
        xtest.fake_input(self._display, X.KeyPress, code)
        xtest.fake_input(self._display, X.KeyRelease, code)
        for each in reversed(held):
            xtest.fake_input(self._display, X.KeyRelease, each)
        self._display.sync()


def main():
    eyes, hands = Eyes(), Hands()
    doers = {"look": eyes.look, "find": eyes.find, "focus": eyes.focus, "click": hands.click,
             "key": hands.key, "type": hands.type, "shot": hands.shot}
    print(json.dumps({"result": "ready"}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"result": doers[request.pop("do")](**request)}
        except (GLib.Error, RuntimeError, OSError) as problem:
            answer = {"error": str(problem)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
