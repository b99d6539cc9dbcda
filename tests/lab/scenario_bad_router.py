"""Routers that answer badly cost the process that speaks UPnP its time, and nobody else anything."""

import pathlib
import queue
import subprocess
import sys
import threading

from helper import Agent, Helper
from nat import NatKind
from netlab import Lab
from upnp import Speaks

LIMIT = 6.0  # seconds: the agent's patience with a command
MEMORY_MAX = 80 << 20
LEAVING = 1.2  # seconds

# mode: how the answer to `use` begins; None where none may come in time
EXPECTED = {
    "silent": ("none", None),
    "endless": ("none", "broken"),
    "trickle": (None,),
    "garbage": ("broken",),
    "binary": ("none", "broken"),
    "redirect": ("broken",),
    "control": ("broken",),
    "soap": ("device", None),
    "mute": ("device", None),
    "words": ("device",),
}


class BadRouter:
    """bad_router.py on a site's router. Use as a context."""

    def __init__(self, lab, site, mode):
        script = pathlib.Path(__file__).with_name("bad_router.py")
        self._lab = lab
        self._process = lab.start(site.router, [sys.executable, str(script), mode, f"{site.lan}.1"],
                                  stdout=subprocess.PIPE, text=True)
        self.ready = self._process.stdout.readline().strip() == "ready"
        self._requests = queue.Queue()
        self._reader = threading.Thread(target=lambda: [self._requests.put(line) for line in self._process.stdout], daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._lab.stop_process(self._process)

    def wait_for_request(self):
        self._requests.get(timeout=LIMIT)

    def all_requests(self):
        """Ends the router: what it was asked for is whole only then."""
        self._lab.stop_process(self._process)
        self._reader.join(LIMIT)
        return [self._requests.get() for _ in range(self._requests.qsize())]


def run(options, story):
    with Lab("bad_router", bridge=options.bridge, keep=options.keep) as lab:
        home = lab.add_home("home", NatKind.PORT_RESTRICTED)
        check_silence(lab, story, home, options.culvertd)
        check_foreign(lab, story, home, options.culvertd)
        for mode, answers in EXPECTED.items():
            check_mode(lab, story, home, options.culvertd, mode, answers)
        for mode in ("silent", "endless", "trickle", "soap"):
            check_agent(lab, story, home, options, mode)
        check_beside_a_good_one(lab, story, home, options)


def check_silence(lab, story, home, exe):
    with Helper(lab, home.host, exe) as helper:
        answer, seconds = helper.ask("search 4 quick")
        story.check(answer == ["devices"] and 1.5 < seconds < 2.5, f"no router at all: known after {seconds:.2f} s", answer)
        answer, seconds = helper.ask("status")
        story.check(answer == ["none"], "and nothing can be asked of it", answer)
        story.check(helper.leave(), "the helper ends with its input")


def check_foreign(lab, story, home, exe):
    with BadRouter(lab, home, "foreign") as router, Helper(lab, home.host, exe) as helper:
        answer, _ = helper.ask("search 4 quick")
        story.check(answer == ["devices"], "foreign: who sends us to another host is not heard", answer)
        answer, _ = helper.ask(f"use 4 http://{home.public4}:5001/d.xml")
        story.check(answer == ["broken", "foreign", "address"], "foreign: and it is refused where it is named", answer)
        story.check(not router.all_requests(), "foreign: nothing was fetched there")


def check_mode(lab, story, home, exe, mode, answers):
    with BadRouter(lab, home, mode) as router, Helper(lab, home.host, exe) as helper:
        found, _ = helper.ask("search 4 quick")
        story.check(found == ["devices", f"http://{home.lan}.1:5001/d.xml"], f"{mode}: the router is found", found)
        answer, seconds = helper.ask(f"use 4 {found[1]}", LIMIT)
        memory = helper.memory_peak() if helper.is_alive() else 0
        words = "nothing" if answer is None else " ".join(answer)
        story.check((answer[0] if answer else None) in answers and memory < MEMORY_MAX and seconds < LIMIT + 1,
                    f"{mode}: '{words}' after {seconds:.2f} s, {memory / (1 << 20):.0f} MiB at most", words)
        if mode in ("redirect", "control"):
            requests = router.all_requests()
            story.check(len(requests) == 1, f"{mode}: nothing but the description was asked for", requests)
        if mode in ("soap", "words") and answer is not None:
            answer, _ = helper.ask("map udp 41000 41000", LIMIT)
            memory = helper.memory_peak() if helper.is_alive() else 0
            story.check((answer is None or answer[:3] == ["mapping", "0", "0"]) and memory < MEMORY_MAX,
                        f"{mode}: a mapping is not got, {memory / (1 << 20):.0f} MiB at most", answer)


def check_agent(lab, story, home, options, mode):
    """The agent, in the middle of it, and while it leaves."""
    with BadRouter(lab, home, mode) as router, Agent(lab, home, options, 41000) as agent:
        router.wait_for_request()
        told = agent.wait_for("broken", 2 * LIMIT)
        story.check(told is not None, f"{mode}: the agent says '{agent.last()}' after {told or 0:.2f} s", agent.last())
        seconds = agent.leave()
        story.check(seconds is not None and seconds < LEAVING, f"{mode}: the agent leaves in {seconds or 0:.2f} s")
    with BadRouter(lab, home, mode) as router, Agent(lab, home, options, 41000) as agent:
        router.wait_for_request()
        seconds = agent.leave()
        story.check(seconds is not None and seconds < LEAVING, f"{mode}: at once, in {seconds or 0:.2f} s, when asked to")


def check_beside_a_good_one(lab, story, home, options):
    """A device that plays router beside the real one: both are found, and the real one is used."""
    lab.start_upnp(home, Speaks.ALL)
    for mode in ("silent", "endless"):
        with BadRouter(lab, home, mode), Agent(lab, home, options, 41000) as agent:
            seconds = agent.wait_for(f"speaks {home.public4} 1 1", 2 * LIMIT)
            story.check(seconds is not None, f"{mode} beside a good one: mapped after {seconds or 0:.2f} s", agent.last())
            agent.leave()
    with BadRouter(lab, home, "endless"), Helper(lab, home.host, options.culvertd) as helper:
        found, _ = helper.ask("search 4 full")
        story.check(sorted(url.rsplit(":", 1)[1] for url in found[1:]) == ["5000/rootDesc.xml", "5001/d.xml"],
                    "a bad one beside a good one: both are found", found)
        answer, _ = helper.ask(f"use 4 http://{home.lan}.1:5000/rootDesc.xml")
        story.check(answer[:4] == ["device", "1", f"{home.lan}.1", home.public4], "and the good one works", answer)
