"""The helper process that speaks to UPnP routers, spoken to directly (core/io/upnp_protocol.h has its words)."""

import pathlib
import queue
import subprocess
import threading
import time

from daemon import UNPRIVILEGED, runnable
from namespaces import LabError


class Helper:
    """`culvertd --upnp-helper` on a host, as an unprivileged user. Use as a context."""

    def __init__(self, lab, namespace, exe):
        command = [str(runnable(exe, lab.folder)), "--upnp-helper"]
        self.process = lab.start(namespace, command, options=UNPRIVILEGED, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._lab = lab
        self._lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()  # It takes no politer word: its parent's end is what it waits for.
        self._lab.stop_process(self.process)

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line.decode("ascii").rstrip("\n"))
        self._lines.put(None)

    def ask(self, command, timeout=6.0):
        """(the answer's words, the seconds that it took); None for the answer where none came in time."""
        begun = time.monotonic()
        self.process.stdin.write(command.encode() + b"\n")
        self.process.stdin.flush()
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            return None, time.monotonic() - begun
        if line is None:
            return None, time.monotonic() - begun
        return line.split(" "), time.monotonic() - begun

    def memory_peak(self):
        """The most that was resident at any time, in octets."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
        raise LabError("the helper is gone")

    def state(self):
        """Whether it runs, or how it ended."""
        try:
            return f"ended with code {self.process.wait(1)}"
        except subprocess.TimeoutExpired:
            return "it runs"

    def is_alive(self):
        return self.process.poll() is None

    def leave(self):
        """Closes its input, as the end of its parent would; whether it ended by itself."""
        self.process.stdin.close()
        try:
            return self.process.wait(3.0) == 0
        except subprocess.TimeoutExpired:
            return False


class Agent:
    """The agent that drives such a helper (upnp_agent.cpp), wishing for a port and perhaps a pinhole. Use as a context."""

    def __init__(self, lab, site, options, port):
        program = runnable(options.bridge.with_name("upnp_agent"), lab.folder)
        command = [str(program), str(runnable(options.culvertd, lab.folder)), str(port)]
        command += [site.address6] if site.address6 else []
        self._lab = lab
        self._process = lab.start(site.host, command, options=UNPRIVILEGED, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  text=True)
        self._changed = threading.Condition()
        self._lines = []
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._lab.stop_process(self._process)

    def _read(self):
        for line in self._process.stdout:
            with self._changed:
                self._lines.append(line.rstrip("\n"))
                self._changed.notify_all()

    def wait_for(self, beginning, timeout):
        """Seconds until the newest state begins so; None where it does not within `timeout`."""
        begun = time.monotonic()
        with self._changed:
            fits = self._changed.wait_for(lambda: self._lines and self._lines[-1].startswith(beginning), timeout)
        return time.monotonic() - begun if fits else None

    def last(self):
        with self._changed:
            return self._lines[-1] if self._lines else ""

    def leave(self):
        """The seconds that leaving took, as the agent says."""
        self._process.stdin.close()
        self._process.wait(10)
        return float(self.last().split()[1]) if self.wait_for("left ", 5) is not None else None
