"""Teredo servers with two addresses on public hosts of the laboratory: the real miredo-server, and our own.

miredo-server needs one raw IPv6 socket and no TUN. A cone flag is answered from the other address than was asked.
"""

import os
import pathlib
import shutil
import signal
import subprocess

from daemon import Daemon
from namespaces import LabError, Unavailable, run, until

PORT = 3544


class TeredoServer:
    """One miredo-server. `address` is what clients are given; the other one is the next."""

    def __init__(self, lab, name):
        if not shutil.which("miredo-server"):
            raise Unavailable("this scenario needs miredo-server (Debian: miredo-server)")
        self._lab = lab
        self.site = lab.add_public_host(name, addresses=2)
        self.address, self.secondary = self.site.public4, self.site.alternates[0]
        self._conf = lab.folder / f"{name}.miredo-server.conf"
        self._conf.write_text(f"ServerBindAddress {self.address}\nServerBindAddress2 {self.secondary}\n")
        self._process = None

    def start(self):
        # Nothing of a server of the machine's own is touched: the file with the process number lies in the lab's folder.
        command = ["miredo-server", "-f", "-u", "nobody", "-c", str(self._conf), "-p", str(self._conf) + ".pid"]
        log = pathlib.Path(str(self._conf) + ".log")
        with open(log, "ab") as out:
            self._process = self._lab.start(self.site.host, command, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                                            start_new_session=True)

        def listens():
            if self._process.poll() is not None:
                raise LabError(f"miredo-server ended at once: {log.read_text(errors='replace').strip()}")
            return run("ip", "netns", "exec", self.site.host, "ss", "-Hlun").count(f":{PORT} ") == 2

        until(listens, 10, f"miredo-server does not listen on {self.address} and {self.secondary}")
        return self

    def kill(self):
        """Ends all its processes at once: it forks, and says nothing."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(5)
        self._lab.stop_process(self._process)


class OwnTeredoServer:
    """The same of `culvertd rendezvous`. `native`: it forwards ICMPv6 to native hosts, with the one right for that."""

    def __init__(self, lab, name, options, native=True):
        self.site = lab.add_public_host(name, addresses=2)
        self.address, self.secondary = self.site.public4, self.site.alternates[0]
        self.daemon = Daemon(lab, self.site.host, options.culvertd, name, ["--teredo-native" if native else "--teredo"],
                             mode="rendezvous", rights=["net_raw"] if native else [])

    def start(self):
        self.daemon.start()
        self.daemon.first_address()
        until(lambda: f"{self.address}:{PORT}" in self.said(), 5, "culvertd does not say what it serves")
        return self

    def said(self):
        return " ".join(self.daemon.error_lines())

    def kill(self):
        self.daemon.kill9()
