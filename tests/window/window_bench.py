#!/usr/bin/env python3
"""What the window costs beside an empty window of Qt Widgets, and beside its limits.

Usage: window_bench.py BUILD [--runs N] [--messages N]

BUILD is a build folder with culvert, culvertd, store_bench, empty_window, window_watch, stall_bench and conversation_bench. Everything
runs in a network namespace of its own (a home whose router answers nothing), with a session bus and under an X server of its
own, so that nothing of the computer is touched. Profiles are made by culvertd, whose friends are other culvertd.

Both programs are started in turns; figures are medians. "processor" is the time that all threads of a program had until its
window could be used: it is the figure to trust where others use the computer, too.
"""

import argparse
import json
import os
import pathlib
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "scenarios"))
from kill_test import DEADLINE, End

FRIENDS = 8
STRIP = "14,270,36,26"  # within the avatar of the third contact, when all stand in their order; no focus is drawn there
PASSPHRASE = "travel"
SETTLE_SECONDS = 20  # what the network does and has is found out, and the list of messages indexed
IDLE_SECONDS = 20

LIMITS = {"start": 3.0, "start_processor": 3.0, "memory": 2.5, "idle": 0.3, "open_ms": 1000.0, "open_mb": 200.0}


def enter_home(arguments):
    """Runs this program again where the only network is a home with a silent router."""
    if os.environ.get("CULVERT_BENCH_HOME"):
        for line in ("link set lo up", "link add home0 type veth peer name wire0", "addr add 192.168.77.2/24 dev home0", "link set home0 up",
                     "link set wire0 up", "route add default via 192.168.77.1"):
            subprocess.run(["ip", *line.split()], check=True)
        return
    bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
    environment = dict(os.environ, CULVERT_BENCH_HOME="1")
    os.execvpe("unshare", ["unshare", "--map-root-user", "--net", "--", *bus, sys.executable, __file__, *arguments], environment)


def meet(one, other):
    address = other.call("profile.create", name=other.name)["address"]
    contact = one.call("contact.add", address=address)["contact"]
    end = time.monotonic() + DEADLINE
    while one.call("contact.list")["contacts"] == [] or not all(
            listed["state"] == "accepted" for listed in one.call("contact.list")["contacts"]):
        for listed in other.call("contact.list")["contacts"]:
            if listed["state"] == "pending":
                other.call("contact.accept", contact=listed["contact"])
        assert time.monotonic() < end, "they do not meet"
        time.sleep(0.02)  # asks again
    return contact


def make_profile(build, folder):
    """A profile with friends, who wrote and were answered."""
    owner = End(build / "app/culvertd", folder / "profile", 21800, "Ida Marlow")
    ends = [owner]
    try:
        owner.call("profile.create", name=owner.name)
        for number in range(FRIENDS):
            friend = End(build / "app/culvertd", folder / f"friend{number}", 21802 + number, f"Friend {number}")
            ends.append(friend)
            contact = meet(owner, friend)
            back = friend.call("contact.list")["contacts"][0]["contact"]
            for line in range(20):
                owner.call("message.send", contact=contact, text=f"What do you say to number {line}?")
                friend.call("message.send", contact=back, text=f"To number {line} I say yes, as I always do.")
            friend.call("shutdown")
            friend.process.wait()
        owner.call("shutdown")
        owner.process.wait()
    finally:
        for end in ends:
            end.process.kill()
    return folder / "profile"


class Server:
    """An X server without a window manager."""

    def __enter__(self):
        read, write = os.pipe()
        self.process = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
                                        pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        os.environ["DISPLAY"] = ":" + os.fdopen(read).readline().strip()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Program:
    """A program that is watched until its window can be used, and runs until it is left."""

    def __init__(self, build, command, picture=None, typed=None):
        options = ["--strip", STRIP] + (["--like", picture] if picture else []) + (["--type", typed] if typed else [])
        self.watcher = subprocess.Popen([build / "tests/window_watch", *options, *command], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)

    def wait(self):
        self.seen = json.loads(self.watcher.stdout.readline() or sys.exit("the window did not come"))
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.watcher.stdin.close()
        self.watcher.wait()

    def processes(self):
        """It and all its descendants."""
        children = {}
        for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
            except (FileNotFoundError, ProcessLookupError):
                pass
        found, waiting = [], [self.seen["pid"]]
        while waiting:
            found.append(waiting.pop())
            waiting += children.get(found[-1], [])
        return found

    def pss_mb(self):
        return sum(pss_mb(process) for process in self.processes())

    def processor_ms(self):
        total = 0
        for process in self.processes():
            for schedstat in pathlib.Path(f"/proc/{process}/task").glob("*/schedstat"):
                total += int(schedstat.read_text().split()[0]) / 1e6
        return total


def pss_mb(process):
    try:
        for line in pathlib.Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / 1e6
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0.0


class Judge:
    """Prints each figure beside its limit, and knows whether all hold."""

    def __init__(self):
        self.is_good = True

    def say(self, what, value, limit, unit):
        is_within = value <= limit
        self.is_good &= is_within
        print(f"  {what}: {value:.2f} {unit}, {value / limit:.2f} of the limit {limit:g}{'' if is_within else '   BEYOND IT'}",
              flush=True)

    def run(self, command, **environment):
        """Another measurement, which judges by itself."""
        self.is_good &= subprocess.run(command, env=dict(os.environ, **environment)).returncode == 0


def learn(build, command):
    """What the strip comes to look like, in the second run: the first one makes files that later ones find."""
    for _ in range(2):
        with Program(build, command) as program:
            picture = program.wait().seen["picture"]
    return picture


def measure_start(build, commands, runs, judge):
    pictures = {name: learn(build, command) for name, command in commands.items()}
    seen = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            with Program(build, command, pictures[name]) as program:
                seen[name].append(program.wait().seen)
                seen[name][-1]["own"] = program.seen["usable"] - program.seen["waited"]
    middle = {name: {key: statistics.median(run[key] for run in runs_)
                     for key in ("mapped", "painted", "usable", "own", "processor")} for name, runs_ in seen.items()}
    print(f"start, medians of {runs} runs in turns:")
    for name, figures in middle.items():
        print(f"  {name}: mapped {figures['mapped']:.1f} ms, painted {figures['painted']:.1f} ms, usable {figures['usable']:.1f} ms "
              f"({figures['own']:.1f} ms without waiting for a processor that others had), processor {figures['processor']:.1f} ms")
    judge.say("start to usable, by the clock", middle["culvert"]["own"] / middle["empty"]["own"], LIMITS["start"], "x empty")
    judge.say("start to usable, processor", middle["culvert"]["processor"] / middle["empty"]["processor"],
              LIMITS["start_processor"], "x empty")
    return pictures


def rest(programs):
    """PSS in MB and the share of a core in percent of each when nobody does anything."""
    time.sleep(SETTLE_SECONDS)
    before = [program.processor_ms() for program in programs]
    time.sleep(IDLE_SECONDS)
    return [(program.pss_mb(), (program.processor_ms() - spent) / (IDLE_SECONDS * 10), len(program.processes()))
            for program, spent in zip(programs, before)]


def measure_idle(build, commands, pictures, runs, judge):
    """One after the other, so that neither shares a library with the other; and once beside each other."""
    print("idle:")
    seen = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            with Program(build, command, pictures[name]) as program:
                seen[name] += rest([program.wait()])
            memory, idle, processes = seen[name][-1]
            print(f"  {name}: PSS {memory:.1f} MB in {processes} process(es), {idle:.3f} % of a core")
    both = [Program(build, commands[name], pictures[name]).wait() for name in commands]
    beside = [memory for memory, *_ in rest(both)]
    for program in both:
        with program:
            pass
    print("  beside each other: " + ", ".join(f"{name} {memory:.1f} MB" for name, memory in zip(commands, beside)))
    # Neighbours in time: what others run of Qt meanwhile takes its share of the libraries from both.
    ratios = [culvert[0] / empty[0] for culvert, empty in zip(seen["culvert"], seen["empty"])]
    judge.say("memory when idle, PSS of all processes", statistics.median(ratios), LIMITS["memory"], "x empty")
    judge.say("processor when idle", statistics.median(idle for _, idle, _ in seen["culvert"]), LIMITS["idle"], "% of a core")


def watch_peak(program):
    """The most memory while the window comes up."""
    peak = 0.0
    children = pathlib.Path(f"/proc/{program.watcher.pid}/task/{program.watcher.pid}/children")
    while not select.select([program.watcher.stdout], [], [], 0.01)[0]:
        peak = max(peak, sum(pss_mb(child) for child in children.read_text().split()))
    return max(peak, program.wait().pss_mb())


def measure_million(build, folder, profile, count, judge):
    subprocess.run([build / "tests/store_bench", "--grow", profile, str(count)], check=True)
    command = [build / "app/culvert", "--data", profile]
    print(f"standing still, also with a profile of {count} messages:", flush=True)
    judge.run([build / "tests/stall_bench", profile])
    picture = learn(build, command)
    print(f"a profile with {count} messages:")
    for what, typed in (("its key beside it", None), ("protected by a passphrase", PASSPHRASE)):
        if typed:
            owner = End(build / "app/culvertd", profile, 21800, "Ida Marlow")
            owner.wait_ready()
            owner.call("profile.protect", passphrase="", new_passphrase=typed)
            owner.call("shutdown")
            owner.process.wait()
        times, peaks = [], []
        for _ in range(5):
            with Program(build, command, picture, typed) as program:
                peaks.append(watch_peak(program))
                times.append(program.seen["usable"])
        if typed:  # Its key is made to take long.
            print(f"  opened, {what}: {statistics.median(times):.1f} ms from the Return after it, most of which makes the key")
        else:
            judge.say(f"opened, {what}", statistics.median(times), LIMITS["open_ms"], "ms")
        judge.say(f"most memory meanwhile, {what}", max(peaks), LIMITS["open_mb"], "MB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--messages", type=int, default=1000000)
    arguments = parser.parse_args()
    enter_home(sys.argv[1:])
    build = arguments.build.resolve()
    judge = Judge()
    with tempfile.TemporaryDirectory(prefix="culvert-window-") as name, Server():
        folder = pathlib.Path(name)
        os.environ.update(HOME=name, XDG_RUNTIME_DIR=name, XDG_CONFIG_HOME=f"{name}/config", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")
        profile = make_profile(build, folder)
        commands = {"empty": [build / "tests/empty_window"], "culvert": [build / "app/culvert", "--data", profile]}
        pictures = measure_start(build, commands, arguments.runs, judge)
        measure_idle(build, commands, pictures, 3, judge)
        measure_million(build, folder, profile, arguments.messages, judge)
        print("scrolling:", flush=True)
        judge.run([build / "tests/conversation_bench"], QT_QPA_PLATFORM="offscreen")
    sys.exit(0 if judge.is_good else 1)


if __name__ == "__main__":
    main()
