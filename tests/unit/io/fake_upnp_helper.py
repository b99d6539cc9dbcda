"""A helper process for tests: `fake_upnp_helper.py <mode> [log]`. It writes each command that it gets to `log`.

good     answers as a router would that does everything
hang     reads and says nothing          exit     ends at once
flood    an answer without end           garbage  an answer that is none
chatty   two answers to each command     deaf     good, but never answers `unmap`
taken    good, but our own port belongs to another
alone    good, but finds no router; its process id is the first line of `log`
"""

import os
import signal
import sys
import time

ANSWERS = {
    "search": "devices http://192.168.1.1:5000/d",
    "use": "device 1 192.168.1.1 203.0.113.7 0 ",
    "status": "status 203.0.113.7 0 ",
    "map": "mapping 1 1 0 {external} 3600 0 ",
    "read": "mapping 1 1 0 {external} 3000 0 ",
    "unmap": "done 0 ",
    "firewall": "firewall 1 1",
    "open": "pinhole 1 5 3600 0 ",
    "check": "done 0 ",
    "close": "done 0 ",
}


def main(mode, log=None):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # only what cannot be ignored ends it
    if mode == "exit":
        return
    if mode == "alone":
        ANSWERS["search"] = "devices"
        with open(log, "w", encoding="ascii") as file:
            file.write(f"{os.getpid()}\n")
    for line in sys.stdin:
        verb = line.split()[0]
        if log:
            with open(log, "a", encoding="ascii") as file:
                file.write(line)
        while mode == "hang" or (mode == "deaf" and verb == "unmap"):
            time.sleep(1)
        while mode == "flood":
            sys.stdout.write("a" * 4096)
        if mode == "garbage":
            print("mapping 1 1 maybe", flush=True)
            continue
        answer = ANSWERS[verb].replace("{external}", line.split()[-1])
        if mode == "taken" and verb in ("map", "read") and line.split()[-1] == line.split()[-2]:
            answer = f"mapping 0 0 1 {line.split()[-1]} 0 718 ConflictInMappingEntry"
        sys.stdout.write((answer + "\n") * (2 if mode == "chatty" else 1))
        sys.stdout.flush()


try:
    main(*sys.argv[1:])
except BrokenPipeError:
    sys.stderr.close()
