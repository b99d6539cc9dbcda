"""The real miredo, unmodified, as a Teredo client or as a relay, on a host of the laboratory.

It makes a TUN interface, gives up being root, and forks; all of it ends with its process group.
"""

import ipaddress
import os
import shutil
import signal
import subprocess

from namespaces import LabError, Unavailable, run, until
from netlab import sysctl

QUALIFY_TIMEOUT = 40  # seconds: it may try three times four seconds for each of its questions
INTERFACE = "teredo"
PREFIX = "2001::/32"


def is_there():
    """Whether the programs are installed, and may make their interface."""
    return bool(shutil.which("miredo")) and os.path.exists("/dev/net/tun")


class _Miredo:
    """One miredo with this configuration."""

    def __init__(self, lab, site, configuration):
        if not is_there():
            raise Unavailable("this takes the program miredo and /dev/net/tun")
        self._lab, self.site = lab, site
        self._conf = lab.folder / f"{site.name}.miredo.conf"
        self._conf.write_text(f"InterfaceName {INTERFACE}\n{configuration}")
        self._log = lab.folder / f"{site.name}.miredo.log"
        self._process = None

    def start(self):
        sysctl(self.site.host, {"net.ipv6.conf.default.disable_ipv6": 0})  # of the interface that it makes
        command = ["miredo", "-f", "-u", "nobody", "-c", str(self._conf), "-p", f"{self._conf}.pid"]
        with open(self._log, "ab") as log:
            self._process = self._lab.start(self.site.host, command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)
        return self

    def kill(self):
        """Ends all its processes at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(5)
        self._lab.stop_process(self._process)

    def _until(self, condition, what, timeout=QUALIFY_TIMEOUT):
        def holds():
            if self._process.poll() is not None:
                raise LabError(f"miredo ended at once: {self._log.read_text(errors='replace').strip()}")
            return condition()

        return until(holds, timeout, f"miredo on {self.site.name}: {what}", interval=0.05)


class MiredoClient(_Miredo):
    """A client of one server. Once it is qualified its host has a Teredo address, like any IPv6 address to programs."""

    def __init__(self, lab, site, server):
        super().__init__(lab, site, "RelayType client\n"
                         f"ServerAddress {server.address}\nServerAddress2 {server.secondary}\n")

    def qualified(self):
        """Waits for its Teredo address and returns it."""
        return self._until(self.address, "has no Teredo address")

    def address(self):
        """The Teredo address of its interface, or None."""
        shown = run("ip", "-n", self.site.host, "-6", "-o", "addr", "show", check=False)
        for line in shown.splitlines():
            address = ipaddress.IPv6Address(line.split()[3].split("/")[0])
            if address in ipaddress.ip_network(PREFIX):
                return address
        return None


class MiredoRelay(_Miredo):
    """A relay between the internet and Teredo clients, on a public host with both families."""

    def __init__(self, lab, site):
        super().__init__(lab, site, f"RelayType relay\nBindAddress {site.public4}\n")

    def start(self):
        """Starts it, and gives it the internet's packets for Teredo addresses."""
        super().start()
        sysctl(self.site.host, {"net.ipv6.conf.all.forwarding": 1})
        self._until(lambda: PREFIX in run("ip", "-n", self.site.host, "-6", "route", "show"), "has no route")
        run("ip", "-n", self._lab.internet, "route", "replace", PREFIX, "via", self.site.address6, "dev",
            self.site.uplink)
        return self
