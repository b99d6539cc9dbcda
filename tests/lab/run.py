#!/usr/bin/env python3
"""Runs scenarios of the network laboratory: real kernels' NAT, a real UPnP router, the real culvertd.

    sudo tests/lab/run.py list
    sudo tests/lab/run.py inversion
    sudo tests/lab/run.py --quick exactly_once flood

Exit codes: 0 all passed, 1 one failed, 77 this machine does not allow network namespaces.
"""

import argparse
import pathlib
import signal
import sys
import traceback

sys.dont_write_bytecode = True  # run as root: leave nothing of root's in the tree

import scenario_accessible
import scenario_bad_router
import scenario_doorbell
import scenario_drills
import scenario_exactly_once
import scenario_flood
import scenario_handoff
import scenario_inversion
import scenario_local_discovery
import scenario_refresh_search
import scenario_journey
import scenario_lan
import scenario_upnp
import scenario_network
import scenario_new_prefix
import scenario_path_mtu
import scenario_punch
import scenario_reach
import scenario_ring
import scenario_router_faults
import scenario_silent_router
import scenario_tcp
import scenario_teredo_client
import scenario_teredo_interop
import scenario_teredo_matrix
import scenario_teredo_server
import scenario_timing
import scenario_two_roads
import selftest
import selftest_routers
from daemon import DaemonDied, RpcError
from namespaces import LabError, Unavailable, require
from stage import ScenarioFailed, Story

BUILD = pathlib.Path(__file__).resolve().parents[2] / "build" / "dev"
SKIPPED = 77

# name: (module with run(options, story), seconds it may take)
SCENARIOS = {
    "selftest": (selftest, 90),
    "routers": (selftest_routers, 90),
    "inversion": (scenario_inversion, 120),
    "handoff": (scenario_handoff, 120),
    "doorbell": (scenario_doorbell, 900),
    "exactly_once": (scenario_exactly_once, 330),
    "drills": (scenario_drills, 600),
    "flood": (scenario_flood, 150),
    "upnp": (scenario_upnp, 60),
    "bad_router": (scenario_bad_router, 150),
    "network": (scenario_network, 420),
    "router_faults": (scenario_router_faults, 240),
    "new_prefix": (scenario_new_prefix, 120),
    "silent_router": (scenario_silent_router, 120),
    "path_mtu": (scenario_path_mtu, 90),
    "lan": (scenario_lan, 180),
    "punch": (scenario_punch, 1200),
    "reach": (scenario_reach, 2700),
    "ring": (scenario_ring, 120),
    "tcp": (scenario_tcp, 420),
    "teredo_client": (scenario_teredo_client, 240),
    "local_discovery": (scenario_local_discovery, 120),
    "refresh_search": (scenario_refresh_search, 120),
    "teredo_interop": (scenario_teredo_interop, 140),
    "teredo_matrix": (scenario_teredo_matrix, 240),
    "teredo_server": (scenario_teredo_server, 150),
    "timing": (scenario_timing, 480),
    "two_roads": (scenario_two_roads, 220),
    "journey": (scenario_journey, 100),
    "accessible": (scenario_accessible, 180),
}


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_options(parser)
    parser.add_argument("--quick", action="store_true", help="shorter cuts and floods")
    parser.add_argument("--seed", type=int, default=1, help="what random moments and bytes follow from (default: 1)")
    parser.add_argument("--times", type=int, default=1, help="how often each scenario is run (default: 1)")
    parser.add_argument("--shots", type=pathlib.Path, help="journey: the folder for a picture of each step")
    parser.add_argument("--oracle-only", action="store_true", help="network: build and measure, diagnose nothing")
    parser.add_argument("scenario", nargs="+", choices=["list", *SCENARIOS])
    return parser.parse_args(arguments)


def add_options(parser):
    """Where the programs are; shared with the demonstration."""
    lab = BUILD / "tests" / "lab"
    parser.add_argument("--culvertd", type=pathlib.Path, default=BUILD / "app" / "culvertd")
    parser.add_argument("--culvert", type=pathlib.Path, default=BUILD / "app" / "culvert", help="the window's program")
    parser.add_argument("--bridge", type=pathlib.Path, default=lab / "delay_bridge", help="the delay_bridge program")
    parser.add_argument("--flood", type=pathlib.Path, help="the flood program (default: beside the bridge)")
    parser.add_argument("--keep", action="store_true", help="keep captures and logs, and say where")


def complete(options):
    options.flood = options.flood or options.bridge.with_name("flood")
    return options


def run_one(name, options):
    """Runs one scenario in full and returns its exit code."""
    module, seconds = SCENARIOS[name]
    story = Story()
    story.say(f"scenario {name}: {module.__doc__.splitlines()[0]}")
    try:
        with_time_limit(seconds, module.run, options, story)
    except Unavailable as reason:
        story.say(f"SKIPPED {name}: {reason}")
        return SKIPPED
    except (ScenarioFailed, LabError, DaemonDied, RpcError) as problem:
        story.say(story.paint("31", "FAIL") + f" {name}: {problem}")
        return 1
    except KeyboardInterrupt:
        story.say(f"FAIL {name}: interrupted")
        return 1
    except Exception:
        traceback.print_exc()
        story.say(story.paint("31", "FAIL") + f" {name}: the scenario itself is at fault")
        return 1
    story.say(story.paint("32", "PASS") + f" {name}")
    return 0


def with_time_limit(seconds, function, *arguments):
    """Calls `function`; a LabError after `seconds`, so that the namespaces are removed whatever hangs."""
    def too_long(_number, _frame):
        raise LabError(f"took more than {seconds} s")

    before = signal.signal(signal.SIGALRM, too_long)
    signal.alarm(seconds)
    try:
        return function(*arguments)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def main(arguments):
    options = complete(parse(arguments))
    if "list" in options.scenario:
        for name, (module, _) in SCENARIOS.items():
            print(f"{name:14} {module.__doc__.splitlines()[0]}")
        return 0
    try:
        require()
    except Unavailable as reason:
        print(f"SKIPPED: {reason}")
        return SKIPPED
    codes = [run_one(name, options) for name in options.scenario for _ in range(options.times)]
    return 1 if 1 in codes else max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
