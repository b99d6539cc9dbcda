"""Drives one culvertd: JSON-RPC 2.0, one message a line, as an unprivileged user inside a namespace."""

import collections
import dataclasses
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import threading
import time

from namespaces import LabError

NOBODY = 65534
UNPRIVILEGED = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
ADDRESS = re.compile(r"culvert:[a-z2-7]+")
KEPT_VARIABLES = ("PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS")


class RpcError(Exception):
    """culvertd answered a call with an error."""


class DaemonDied(Exception):
    """culvertd ended though nobody asked it to."""


@dataclasses.dataclass
class Event:
    """A notification and when it was read, in monotonic seconds."""

    time: float
    method: str
    params: dict


class Daemon:
    """One culvertd and its data directory, which outlives restarts.

    Thread safety: one thread calls; another, started here, only reads. Start from the main thread.
    """

    def __init__(self, lab, namespace, exe, name, args=(), mode="run", rights=()):
        """`rights`: capabilities that it has all the same, as a file's or a service's would be ("net_raw")."""
        self.name = name
        self._lab = lab
        self._namespace = namespace
        self._exe = runnable(exe, lab.folder)
        self._mode = mode
        self._options = unprivileged(rights)
        self.args = list(args)
        self.data = lab.folder / f"{name}-data"
        self.data.mkdir()
        os.chown(self.data, NOBODY, NOBODY)
        self.data.chmod(0o700)
        self._stderr = lab.folder / f"{name}.stderr"
        self._ids = itertools.count(1)
        self._changed = threading.Condition()
        self.process = None

    # Life

    def start(self):
        command = [str(self._exe), self._mode, "--data", str(self.data), *self.args]
        env = {key: os.environ[key] for key in KEPT_VARIABLES if key in os.environ}
        env |= {"HOME": str(self.data), "LANG": "C.UTF-8"}
        self.events = []  # of this run
        self.other_lines = collections.deque(maxlen=200)  # what was neither an answer nor a notification
        self._answers = {}
        with open(self._stderr, "ab") as errors:
            self.process = self._lab.start(self._namespace, command, options=self._options, stdin=subprocess.PIPE,
                                           stdout=subprocess.PIPE, stderr=errors, env=env, cwd=self.data)
        self._reader = threading.Thread(target=self._read, args=(self.process,), daemon=True)
        self._reader.start()
        return self

    def stop(self, timeout=5.0):
        """Ends it by `shutdown` and demands that it ends well."""
        try:
            self.call("shutdown")
        except DaemonDied:
            pass  # it may end before it answers
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise DaemonDied(self._words(f"still runs {timeout:g} s after shutdown")) from None
        self._forget()
        if code != 0:
            raise DaemonDied(self._words(f"ended with code {code} after shutdown"))

    def kill9(self):
        self.process.kill()
        self.process.wait(5)
        self._forget()

    def restart(self):
        """Stops and starts; returns the `ready` notification."""
        self.stop()
        self.start()
        return self.wait_for("ready")

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def _forget(self):
        self._lab.stop_process(self.process)
        self._reader.join(5)

    # Calls

    def call(self, method, timeout=10.0, **params):
        """The result of a method. RpcError when it refuses, DaemonDied when it is gone."""
        number = next(self._ids)
        self.send_line(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode())

        def answer():
            return self._answers.pop(number, None)

        message = self._wait(answer, timeout, f"no answer to {method}")
        if "error" in message:
            raise RpcError(f"{self.name}: {method}: {message['error']}")
        return message.get("result") or {}

    def tell(self, method, **params):
        """Calls a method and drops its answer: for a program that may not answer now, being stopped for instance."""
        message = {"jsonrpc": "2.0", "id": "dropped", "method": method, "params": params}
        self.send_line(json.dumps(message).encode())

    def send_line(self, line):
        """Writes one raw line, well-formed or not."""
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            raise DaemonDied(self._words("its standard input is closed")) from None

    def wait_for(self, method, predicate=lambda params: True, timeout=15.0, what=None):
        """The first notification of this run with this name for which `predicate(params)` holds."""
        seen = 0

        def find():
            nonlocal seen
            while seen < len(self.events):
                event = self.events[seen]
                seen += 1
                if event.method == method and predicate(event.params):
                    return event
            return None

        return self._wait(find, timeout, what or f"no {method} that fits")

    def first_address(self, timeout=15.0):
        """The address string that a rendezvous prints, on a line of its own or in `ready`."""
        def find():
            texts = list(self.other_lines) + [json.dumps(event.params) for event in self.events]
            return next((hit.group(0) for text in texts if (hit := ADDRESS.search(text))), None)

        return self._wait(find, timeout, "no address string on standard output")

    def _wait(self, condition, timeout, what):
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                value = condition()
                if value:
                    return value
                if not self._reader.is_alive():
                    raise DaemonDied(self._words(f"ended with code {self._exit_code()}"))
                left = deadline - time.monotonic()
                if left <= 0:
                    raise LabError(self._words(f"{what} within {timeout:g} s"))
                self._changed.wait(min(left, 0.5))

    def _read(self, process):
        for line in process.stdout:
            now = time.monotonic()
            text = line.decode("utf-8", "replace").rstrip("\n")
            try:
                message = json.loads(text)
            except ValueError:
                message = None
            with self._changed:
                self._sort(now, message, text)
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def _sort(self, now, message, text):
        if isinstance(message, dict) and "method" in message:
            self.events.append(Event(now, message["method"], message.get("params") or {}))
        elif isinstance(message, dict) and isinstance(message.get("id"), int):
            self._answers[message["id"]] = message
        else:
            self.other_lines.append(text)

    def _exit_code(self):
        try:
            return self.process.wait(2)
        except subprocess.TimeoutExpired:
            return "none: it only closed its standard output"

    # Observation

    def resident_bytes(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise DaemonDied(self._words("is gone"))

    def udp_packets(self):
        """How many UDP packets have come to sockets in its namespace, those included for which there was no room."""
        base = pathlib.Path(f"/proc/{self.process.pid}/net")
        names, values = [row.split()[1:] for row in (base / "snmp").read_text().splitlines() if row.startswith("Udp:")]
        counters = {"Udp" + name: value for name, value in zip(names, values)}
        counters |= dict(row.split() for row in (base / "snmp6").read_text().splitlines())
        wanted = ("UdpInDatagrams", "UdpInErrors", "Udp6InDatagrams", "Udp6InErrors")
        return sum(int(counters[name]) for name in wanted)

    def error_lines(self, count=40):
        text = self._stderr.read_text(errors="replace") if self._stderr.exists() else ""
        return text.splitlines()[-count:]

    def last_words(self):
        """What it said and told last: for the report of a failure."""
        if self.process is None:
            return []
        lines = [f"{self.name} said: {line}" for line in self.error_lines()]
        return lines + [f"{self.name} told: {event.method} {json.dumps(event.params)[:300]}"
                        for event in self.events[-12:]]

    def _words(self, problem):
        return f"{self.name}'s culvertd: {problem}"


def unprivileged(rights=()):
    """Options of setpriv: nobody, with these capabilities all the same."""
    return [*UNPRIVILEGED, *(option for right in rights for option in (f"--inh-caps=+{right}", f"--ambient-caps=+{right}"))]


def runnable(exe, folder):
    """`exe`, or a copy of it where the unprivileged user cannot reach the original."""
    exe = pathlib.Path(exe).resolve()
    if not exe.is_file():
        raise LabError(f"there is no {exe}: build it first, or name it with --culvertd")
    test = ["setpriv", *UNPRIVILEGED, "test", "-x", str(exe)]
    if subprocess.run(test, check=False).returncode == 0:
        return exe
    copy = folder / exe.name
    if not copy.exists():
        shutil.copy2(exe, copy)
        copy.chmod(0o755)
    return copy
