"""How long a real kernel's NAT remembers, found through the real miredo-server (RFC 4380 §5.2.7)."""

import select
import subprocess
import time

from capture import UDP, Capture, encapsulated
from daemon import UNPRIVILEGED, runnable
from namespaces import LabError
from nat import NatKind
from netlab import Lab, sysctl
from teredo_server import PORT, OwnTeredoServer, TeredoServer

FASTER = 6  # the programs' clock: the search starts with 60 s of silence
END_SECONDS = 60
NO_NEXT_HEADER = 59
NONCE_TRAILER = bytes([1, 4])  # RFC 6081 §4.2: type, length
MAIN_PORT = 40000
# The NAT's timeout in seconds of ours -> the interval in ms of theirs, which halves and doubles between 7.5 and 120 s.
EXPECTED = {
    2: 11250,  # 12 s of theirs: 60, 30 and 15 are too long, 7.5 is not, and 11.25 is 75 % of what is
    7: 37500,  # 42 s: 60 is too long, 30 is not, 45 is, 37.5 is not, and is more than 75 % of what is
    30: 90000,  # 180 s: 60 is not too long, nor is 90, which is 75 % of the longest
}


def run(options, story):
    with Lab("refresh-search", bridge=options.bridge, keep=options.keep) as lab:
        servers = {"miredo-server": TeredoServer(lab, "theirs").start()}
        if not options.quick:
            servers["ours"] = OwnTeredoServer(lab, "ours", options, native=False).start()
        ends = [End(lab, options, name, server, timeout) for name, server in servers.items() for timeout in EXPECTED]
        for end in ends:
            seconds = end.wait()
            story.check(end.interval == EXPECTED[end.timeout], f"by {end.name}, a NAT that forgets after {end.timeout * FASTER} s: "
                        f"every {end.interval / 1000:g} s, known after {seconds * FASTER:.0f} s, in {end.packets()} packets",
                        f"{end.interval} ms instead of {EXPECTED[end.timeout]}")
        check_bubbles(story, ends[0])


class End:
    """A client behind a NAT that forgets UDP flows after `timeout` seconds, and what it says."""

    def __init__(self, lab, options, name, server, timeout):
        self.name, self.server, self.timeout, self.interval, self._said = name, server, timeout, 0, b""
        self.site = lab.add_home(f"{name[:2]}{timeout}", NatKind.PORT_RESTRICTED)
        sysctl(self.site.router, {f"net.netfilter.nf_conntrack_udp_timeout{which}": timeout for which in ("", "_stream")})
        self._capture = Capture(lab, lab.internet, self.site.uplink, f"search-{self.site.name}")
        program = runnable(options.bridge.with_name("search_end"), lab.folder)
        self._begun = time.monotonic()
        self._process = lab.start(self.site.host, [str(program), self.site.lan4, str(MAIN_PORT), server.address, str(FASTER)],
                                  options=UNPRIVILEGED, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def wait(self):
        """The seconds that it took until nothing was left to find."""
        while b"over" not in self._said:
            left = self._begun + END_SECONDS - time.monotonic()
            if left <= 0 or not select.select([self._process.stdout], [], [], left)[0]:
                raise LabError(f"by {self.name}, {self.timeout} s: not over after {END_SECONDS} s; it said: {self._said}")
            more = self._process.stdout.read1(4096)
            if not more:
                raise LabError(f"by {self.name}, {self.timeout} s: it ended; it said: {self._said}")
            self._said += more
        words = [line.split() for line in self._said.decode().splitlines()]
        self.interval = int([line[1] for line in words if line[0] == "interval"][-1])
        self._packets = self._capture.stop()
        return time.monotonic() - self._begun

    def packets(self):
        """How many left for the server, the qualification of the first port included."""
        return sum(packet.source == self.site.public4 and packet.destination_port == PORT for packet in self._packets)

    def bubbles(self):
        """Those that came from the server: the port that they went to, and what follows the IPv6 packet."""
        found = []
        for packet in self._packets:
            inner = encapsulated(packet.payload) if packet.protocol == UDP and packet.source == self.server.address else None
            if inner and inner[6] == NO_NEXT_HEADER:
                found.append((packet.destination_port, packet.payload[packet.payload.index(inner[:40]) + 40:]))
        return found


def check_bubbles(story, end):
    """The real server forwards our bubbles with their nonce, to the other port of the same NAT."""
    bubbles = end.bubbles()
    story.check(bubbles and all(port != MAIN_PORT and trailer[:2] == NONCE_TRAILER for port, trailer in bubbles),
                f"{end.name} led {len(bubbles)} bubbles with a nonce to another port than they came from", bubbles)
