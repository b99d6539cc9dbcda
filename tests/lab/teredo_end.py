"""One end of a Teredo conversation: our own client or relay (teredo_end.cpp), or a UDP socket of a host that has IPv6."""

import ipaddress
import socket
import subprocess
import threading
import time

from daemon import runnable, unprivileged
from namespaces import LabError, udp_socket

PORT = 40000
DIRECT, ORDINARY = "direct", "ordinary"


class TeredoEnd:
    """The program teredo_end on the host of `site`, and what it says, with the times."""

    def __init__(self, lab, site, options, role, argument, rights=()):
        program = runnable(options.bridge.with_name("teredo_end"), lab.folder)
        self._begun = time.monotonic()
        self._process = lab.start(site.host, [str(program), role, site.lan4, str(PORT), argument], options=unprivileged(rights),
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.site = site
        self.port = PORT
        self._lines = []
        self._changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    @staticmethod
    def client(lab, site, options, server):
        return TeredoEnd(lab, site, options, "client", server.address)

    @staticmethod
    def relay(lab, site, options, answers_echoes=False):
        """`answers_echoes`: with the right to hear them."""
        end = (TeredoEnd(lab, site, options, "echo", site.address6, ["net_raw"]) if answers_echoes
               else TeredoEnd(lab, site, options, "relay", site.address6))
        end.address = ipaddress.IPv6Address(site.address6)
        return end

    def qualified(self, timeout):
        """(kind, seconds since its start); from then on it has an address."""
        moment, words = self._wait(lambda words: words[0] == "qualified", timeout, "is not qualified")
        self.address, self.port = ipaddress.IPv6Address(words[2]), int(words[3])
        return words[1], moment - self._begun

    def send(self, other, payload, road=DIRECT):
        self._process.stdin.write(f"send {other.address} {other.port} {road} {payload.hex()}\n")
        self._process.stdin.flush()

    def receive(self, payload, timeout):
        """When that payload came (monotonic seconds), and by which road."""
        moment, words = self._wait(lambda words: words[0] == "received" and words[-1] == payload.hex(), timeout,
                                   f"did not hear {payload!r}")
        return moment, words[3]

    def _read(self):
        for line in self._process.stdout:
            with self._changed:
                self._lines.append((time.monotonic(), line.split()))
                self._changed.notify_all()

    def _wait(self, fits, timeout, what):
        def found():
            return next((entry for entry in self._lines if fits(entry[1])), None)

        with self._changed:
            self._changed.wait_for(found, timeout)
            entry = found()
        if not entry:
            said = "; ".join(" ".join(words) for _, words in self._lines[-5:])
            raise LabError(f"our end on {self.site.name} {what} within {timeout:g} s; it said: {said}")
        return entry


class PlainEnd:
    """A UDP socket at an IPv6 address of a host: what its system's Teredo tunnel or router does is no business of it."""

    def __init__(self, site, address, port=PORT + 1):
        self.site, self.port, self.address = site, port, ipaddress.IPv6Address(str(address))
        self._socket = udp_socket(site.host, str(address), port)

    def send(self, other, payload, _road=DIRECT):
        self._socket.sendto(payload, (str(other.address), other.port))

    def receive(self, payload, timeout):
        """The same as TeredoEnd.receive()."""
        deadline = time.monotonic() + timeout
        while (left := deadline - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                if self._socket.recv(2048) == payload:
                    return time.monotonic(), ORDINARY
            except socket.timeout:
                break
            except OSError:
                continue
        raise LabError(f"the socket on {self.site.name} did not hear {payload!r} within {timeout:g} s")


def talk(first, second, road=DIRECT, timeout=10.0):
    """`first` writes, `second` answers. Seconds until the writing and the answer have arrived, and the same again."""
    taken = []
    for word in (b"first", b"later"):
        begun = time.monotonic()
        payload, answer = word + b" words", word + b" answer"
        first.send(second, payload, road)
        arrived, _ = second.receive(payload, timeout)
        second.send(first, answer, road)
        answered, _ = first.receive(answer, timeout)
        taken.append((arrived - begun, answered - begun))
    return taken
