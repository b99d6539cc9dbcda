"""What a window must be for whoever uses it by ear and by keyboard: named, of sensible roles, all reached by Tab."""

from namespaces import until

# What AT-SPI's roles are for things one acts upon. `filler`, `frame` and `unknown` say nothing to a listener.
USABLE_ROLES = {"push button", "check box", "radio button", "text", "password text", "list", "list item", "table",
                "table cell", "combo box", "menu item", "panel", "label", "scroll bar"}
# Reached by the arrow keys inside what Tab reaches, or by their own key (Alt).
INSIDE_OTHERS = {"list item", "table cell", "menu item", "scroll bar"}
STOPS_MAX = 120
PICTURE = "Picture of your network"


def check_window(desktop):
    """Checks the window in front. Returns how many things can be used, how many stops Tab has, and what is wrong."""
    nodes = front(desktop.look())
    usable = [node for node in nodes if node.has("enabled") and (node.has("focusable") or "Press" in node.actions)]
    problems = [f"{node} has no name" for node in usable if not node.name.strip()]
    problems += [f"{node} has the role {node.role}" for node in usable if node.role not in USABLE_ROLES]
    problems += [f"{node} is described by markup: {node.description}" for node in nodes if "<qt>" in node.description]
    problems += twins([node for node in usable if node.role not in ("list item", "table cell", "label")])
    stops = walk(desktop, problems)
    problems += unreached(usable, stops)
    problems += disorder(desktop, stops)
    return len(usable), len(stops), problems


def check_menu(desktop):
    """The same of the open menu and the arrow key."""
    nodes = front(desktop.look())
    menu = max(index for index, node in enumerate(nodes) if node.role == "popup menu")
    items = [node for node in nodes if node.parent == menu and node.has("enabled") and node.name]
    problems = twins(items)
    stops = []
    if not any(node.has("focused") for node in items):  # it was opened by the mouse
        desktop.key("Down")
    until(lambda: desktop.focus().name in {node.name for node in items}, 5, "no part of the menu has the focus")
    current = desktop.focus()
    while current.name not in stops:
        stops.append(current.name)
        current = desktop.step("Down", current) or current
    problems += [f"the arrow does not reach {node}" for node in items if node.name not in stops]
    return len(items), len(stops), problems


def front(nodes):
    """Those of the window, or the pop-up, in front: the first tree."""
    others = [index for index, node in enumerate(nodes) if node.depth == 0][1:]
    return nodes[:others[0]] if others else nodes


def twins(nodes):
    """Things that a listener cannot tell apart."""
    seen, found = set(), []
    for node in nodes:
        key = (node.role, node.name)
        if key in seen:
            found.append(f"two are {node}")
        seen.add(key)
    return found


def walk(desktop, problems):
    """Presses Tab until the focus is where it was at first, and returns the stops, by role and name."""
    stops, first = [], desktop.focus()
    current = first
    while len(stops) < STOPS_MAX:
        stops.append(current.stop)
        following = desktop.step("Tab", current)
        if following is None:  # all right where there is nothing else: `unreached` knows
            if len(stops) > 1:
                problems.append(f"Tab does not leave {current}")
            return stops
        current = following
        if current.stop == first.stop:
            return stops
        if current.stop in stops:
            problems.append(f"Tab goes round without {first}, from {current}")
            return stops
    problems.append(f"after {STOPS_MAX} Tabs the focus is not back at {first}")
    return stops


def unreached(usable, stops):
    """What can be used and has no stop. Of radio buttons one is one, and arrows do the rest; labels are the mouse's."""
    missing = [node for node in usable if node.has("focusable") and node.role not in INSIDE_OTHERS and
               node.role != "label" and (node.role, node.name) not in stops]
    has_radio = any(role == "radio button" for role, _ in stops)
    return [f"Tab does not reach {node}" for node in missing if not (node.role == "radio button" and has_radio)]


def disorder(desktop, stops):
    """Steps back, up or to the left, where there is more than the one from the last stop to the first.

    What scrolls holds what comes after it, and a picture is no text: steps to and from these are left out.
    """
    nodes = front(desktop.look())
    boxes = {(node.role, node.name): node.box for node in nodes
             if node.role != "panel" and not (node.parent and nodes[node.parent].name == PICTURE)}
    steps = [step for step in zip(stops, stops[1:] + stops[:1]) if step[0] in boxes and step[1] in boxes]
    back = [(before, after) for before, after in steps if goes_back(boxes[before], boxes[after])]
    if len(back) <= 1:
        return []
    return ["not in the order of reading: " + ", ".join(f"{before[1]!r} to {after[1]!r}" for before, after in back)]


def goes_back(before, after):
    left, top, width, height = before
    to_left, to_top, to_width, to_height = after
    is_above, is_below = to_top + to_height <= top, to_top >= top + height
    is_before, is_after = to_left + to_width <= left, to_left >= left + width
    return (is_above and not is_after) or (is_before and not is_below)
