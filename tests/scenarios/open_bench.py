#!/usr/bin/env python3
"""How long the whole program takes to open a profile with many messages, and what memory it has then.

Usage: open_bench.py CULVERTD STORE_BENCH [COUNT]

Two culvertd become contacts; then STORE_BENCH adds COUNT (1000000) messages to one's store, and that one is started again,
three times, then checked, exported and imported. Its key lies beside the store: a passphrase would add what Argon2id is made to cost.
"""

import pathlib
import subprocess
import sys
import tempfile
import time

from kill_test import End, befriend


def pss_megabytes(process):
    for line in pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def timed(call):
    begun = time.monotonic()
    result = call()
    return result, (time.monotonic() - begun) * 1000


def copy_and_check(one, program, folder, ends):
    """What takes long, and holds up messages meanwhile."""
    one.start()
    one.wait_ready()
    _, verified = timed(lambda: one.call("profile.verify"))
    path = str(folder / "copy.culvert")
    _, exported = timed(lambda: one.call("profile.export", path=path, passphrase="travel"))
    other = End(program, folder / "copy", 21747, "copy")
    ends.append(other)
    _, imported = timed(lambda: other.call("profile.import", path=path, passphrase="travel"))
    print(f"  everything read by profile.verify in {verified / 1000:.1f} s, exported in {exported / 1000:.1f} s, imported in "
          f"{imported / 1000:.1f} s, a file of {pathlib.Path(path).stat().st_size / 1e6:.0f} MB")


def main():
    program, grower, count = sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "1000000"
    with tempfile.TemporaryDirectory(prefix="culvert-open-") as folder:
        ends = [End(program, pathlib.Path(folder) / name, port, name) for name, port in (("alice", 21743), ("bob", 21745))]
        one = ends[0]
        try:
            contact = befriend(*ends)[0]
            one.call("message.send", contact=contact, text="the first")
            for end in ends:
                end.call("shutdown")
                end.process.wait()
            subprocess.run([grower, "--grow", str(pathlib.Path(folder) / "alice"), count], check=True)
            print(f"{count} messages, the whole program")
            for _ in range(3):
                _, ready = timed(lambda: (one.start(), one.wait_ready()))
                _, listed = timed(lambda: one.call("message.list", contact=contact))
                found, searched = timed(lambda: one.call("message.search", text="needle"))
                assert len(found["messages"]) == 1, found
                print(f"  from its start to ready {ready:.0f} ms, newest page {listed:.1f} ms, a search for the oldest message "
                      f"{searched:.1f} ms, PSS {pss_megabytes(one.process):.1f} MB")
                one.call("shutdown")
                one.process.wait()
            copy_and_check(one, program, pathlib.Path(folder), ends)
        finally:
            for end in ends:
                end.process.kill()


if __name__ == "__main__":
    main()
