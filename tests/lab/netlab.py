"""A small internet in network namespaces, gone when its context ends, whatever happens.

    with Lab("demo", bridge="build/dev/tests/lab/delay_bridge") as lab:
        bob = lab.add_home("bob", NatKind.PORT_RESTRICTED, upnp=True, delay_ms=50)
        alice = lab.add_home("alice", NatKind.PORT_RESTRICTED, Ipv6.OPEN)

One namespace, the internet, forwards IPv4 and IPv6 between sites. Site number N has

    45.83.N.0/24, 2a0e:b107:N::/64      its link to the internet, which is ::1 there and .1
    192.168.N.0/24, 2a0e:b107:N:1::/64  the network behind its router (45.84.N.0/24 where there is no NAT)

in which the router is .1 and the host .2. These look like anybody's public addresses, because miniupnpd refuses to
work with the ranges set aside for documentation; no packet ever leaves the namespaces.

    internet  to-bob ------------------------- wan  bob's router  lan ------ eth0  bob
    internet  to-bob -- [ delay_bridge ] ----- wan  ...                      (where the link has a delay)
"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

import upnp as upnp_daemon
from namespaces import LabError, end, forget_flows, remove_stale, run, start
from nat import Ipv6, NatKind, rules

OFFLOADS = ("tx", "rx", "sg", "tso", "gso", "gro", "tx-udp-segmentation")


class Site:
    """A host and what stands between it and the internet."""

    def __init__(self, lab, name, number):
        self._lab = lab
        self.name = name
        self.number = number
        self.host = lab.namespace(name)
        self.router = None
        self.link = None  # the running delay_bridge
        self.cut = False
        self.lan = None
        self.lan4 = None  # the host's own addresses
        self.address6 = None
        self.public4 = None  # what the internet sees
        self.upnp = None  # the running miniupnpd

    @property
    def uplink(self):
        """The internet's interface towards this site."""
        return f"to-{self.name}"

    def addresses(self):
        """Every address by which the internet can see this site."""
        return {address for address in (self.public4, self.address6) if address}

    def toggle_link(self):
        """Cuts the link to the internet, or restores it. Only where the link has a delay_bridge."""
        self.link.send_signal(signal.SIGUSR1)
        expected = "restored" if self.cut else "cut"
        if self.link.stdout.readline().strip() != expected:
            raise LabError(f"the link of {self.name} did not say '{expected}'")
        self.cut = not self.cut

    def stop_upnp(self):
        """Ends the miniupnpd of the router; what it had the kernel forward stays forwarded."""
        self._lab.stop_process(self.upnp)

    def mappings(self):
        return upnp_daemon.mappings(self.router)

    def forget_flows(self):
        """The router forgets the flows it tracks, as after minutes of silence."""
        forget_flows(self.router)

    def change_public_address(self, address):
        """The provider gives the router another IPv4 address; mappings of the UPnP daemon stay.

        Nothing answers at the old one: the rules of miniupnpd forward by port alone, so it must not get there.
        """
        old = self.public4
        run("ip", "-n", self._lab.internet, "route", "add", "blackhole", f"{old}/32")
        run("ip", "-n", self.router, "addr", "del", f"{old}/24", "dev", "wan")
        run("ip", "-n", self.router, "addr", "add", f"{address}/24", "dev", "wan")
        run("ip", "-n", self.router, "route", "replace", "default", "via", f"45.83.{self.number}.1")
        self.public4 = address
        self.forget_flows()


class Lab:
    """The internet and its sites. Use as a context."""

    def __init__(self, prefix, bridge=None, keep=False):
        self._prefix = f"culvert-{prefix.replace('-', '_')}"
        self._bridge = bridge
        self._keep = keep
        self._namespaces = []
        self._processes = []
        self._handlers = {}
        self._sites = 0

    def __enter__(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            self._handlers[number] = signal.signal(number, _leave)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{self._prefix}-"))
        self.folder.chmod(0o755)
        try:
            remove_stale(self._prefix)
            self.internet = self.namespace("internet")
            _forward(self.internet)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(self, *_):
        ignored = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM]
        before = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
        for process in reversed(self._processes):
            end(process)
        for name in reversed(self._namespaces):
            run("ip", "netns", "del", name, check=False)
        if self._keep:
            print(f"kept: {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
        for number, handler in {**before, **self._handlers}.items():
            signal.signal(number, handler)

    # Building blocks

    def namespace(self, name):
        """A new namespace with `lo` up and IPv6 nowhere but on `lo`, until an interface is given an address."""
        full = f"{self._prefix}-{os.getpid()}-{name}"
        run("ip", "netns", "add", full)
        self._namespaces.append(full)
        settings = {"disable_ipv6": 1, "accept_dad": 0, "accept_ra": 0, "use_tempaddr": 0}
        sysctl(full, {f"net.ipv6.conf.default.{key}": value for key, value in settings.items()})
        sysctl(full, {"net.ipv6.conf.all.accept_dad": 0, "net.ipv6.conf.lo.disable_ipv6": 0})
        run("ip", "-n", full, "link", "set", "lo", "up")
        return full

    def start(self, namespace, command, **how):
        """Starts a process that ends with the laboratory; see `namespaces.start`."""
        process = start(namespace, command, **how)
        self._processes.append(process)
        return process

    def stop_process(self, process):
        end(process)
        if process in self._processes:
            self._processes.remove(process)

    def start_upnp(self, site):
        """A miniupnpd on the router of `site`."""
        process = upnp_daemon.start_daemon(site.router, f"{site.lan}.0/24", self.folder, site.address6 is not None)
        self._processes.append(process)
        site.upnp = process

    # Sites

    def add_public_host(self, name, v4=True, v6=True):
        """A host directly on the internet: a third party."""
        site = self._site(name)
        self._join(self.internet, site.uplink, site.host, "eth0")
        number = site.number
        if v4:
            site.public4 = site.lan4 = f"45.83.{number}.2"
            address4(self.internet, site.uplink, f"45.83.{number}.1/24")
            address4(site.host, "eth0", f"{site.public4}/24", gateway=f"45.83.{number}.1")
        if v6:
            site.address6 = f"2a0e:b107:{number}::2"
            address6(self.internet, site.uplink, f"2a0e:b107:{number}::1/64")
            address6(site.host, "eth0", f"{site.address6}/64", gateway=f"2a0e:b107:{number}::1")
        return site

    def add_home(self, name, v4=NatKind.PORT_RESTRICTED, v6=Ipv6.NONE, upnp=False, delay_ms=None, loss=0.0, seed=1):
        """A host behind a router: `v4` a NatKind or None, `v6` an Ipv6 mode; `delay_ms` one way on its uplink."""
        site = self._site(name)
        site.router = self.namespace(f"{name}-router")
        _forward(site.router)
        self._connect_router(site, delay_ms, loss, seed)
        self._join(site.router, "lan", site.host, "eth0")
        if v4:
            self._give_ipv4(site, v4)
        if v6 is not Ipv6.NONE:
            self._give_ipv6(site)
        run("ip", "netns", "exec", site.router, "nft", "-f", "-", stdin=rules(v4, v6, site.lan4))
        if upnp:
            self.start_upnp(site)
        return site

    def _site(self, name):
        self._sites += 1
        return Site(self, name, self._sites)

    def _connect_router(self, site, delay_ms, loss, seed):
        if delay_ms is None and not loss:
            self._join(self.internet, site.uplink, site.router, "wan")
            return
        if not self._bridge:
            raise LabError("a link with a delay needs the delay_bridge program (--bridge)")
        middle = self.namespace(f"{site.name}-link")
        self._join(self.internet, site.uplink, middle, "outer")
        self._join(middle, "inner", site.router, "wan")
        command = [str(self._bridge), "outer", "inner", "--delay-ms", str(delay_ms or 0)]
        command += ["--loss", str(loss), "--seed", str(seed)]
        site.link = self.start(middle, command, stdout=subprocess.PIPE, text=True)
        if site.link.stdout.readline().strip() != "ready":
            raise LabError(f"the delay bridge of {site.name} did not start")

    def _give_ipv4(self, site, kind):
        number, router = site.number, site.router
        address4(self.internet, site.uplink, f"45.83.{number}.1/24")
        if kind is NatKind.CARRIER:
            router = self._insert_carrier(site)
        else:
            address4(router, "wan", f"45.83.{number}.2/24", gateway=f"45.83.{number}.1")
        site.public4 = f"45.83.{number}.2"
        site.lan = f"192.168.{number}"
        if kind is NatKind.PUBLIC:
            site.lan = f"45.84.{number}"
            run("ip", "-n", self.internet, "route", "add", f"{site.lan}.0/24", "via", site.public4)
            site.public4 = f"{site.lan}.2"
        site.lan4 = f"{site.lan}.2"
        address4(router, "lan", f"{site.lan}.1/24")
        address4(site.host, "eth0", f"{site.lan4}/24", gateway=f"{site.lan}.1")

    def _insert_carrier(self, site):
        """Puts the provider's symmetric NAT between the internet and the router, which gets a 100.64/10 address."""
        number = site.number
        carrier = self.namespace(f"{site.name}-carrier")
        _forward(carrier)
        run("ip", "-n", site.router, "link", "set", "wan", "down")
        run("ip", "-n", site.router, "link", "set", "wan", "netns", carrier)
        self._join(carrier, "lan", site.router, "wan")
        run("ip", "-n", carrier, "link", "set", "wan", "up")
        address4(carrier, "wan", f"45.83.{number}.2/24", gateway=f"45.83.{number}.1")
        address4(carrier, "lan", f"100.64.{number}.1/24")
        address4(site.router, "wan", f"100.64.{number}.2/24", gateway=f"100.64.{number}.1")
        text = rules(NatKind.SYMMETRIC, Ipv6.NONE, f"100.64.{number}.2")
        run("ip", "netns", "exec", carrier, "nft", "-f", "-", stdin=text)
        return site.router

    def _give_ipv6(self, site):
        number = site.number
        site.address6 = f"2a0e:b107:{number}:1::2"
        address6(self.internet, site.uplink, f"2a0e:b107:{number}::1/64")
        address6(site.router, "wan", f"2a0e:b107:{number}::2/64", gateway=f"2a0e:b107:{number}::1")
        address6(site.router, "lan", f"2a0e:b107:{number}:1::1/64")
        address6(site.host, "eth0", f"{site.address6}/64", gateway=f"2a0e:b107:{number}:1::1")
        inward = f"2a0e:b107:{number}:1::/64"
        run("ip", "-n", self.internet, "-6", "route", "add", inward, "via", f"2a0e:b107:{number}::2")

    def _join(self, left, left_name, right, right_name):
        """A virtual cable between two namespaces whose frames are complete: nothing is left to hardware."""
        peer = ("peer", "name", right_name, "netns", right)
        run("ip", "-n", left, "link", "add", "name", left_name, "type", "veth", *peer)
        for namespace, name in ((left, left_name), (right, right_name)):
            settings = [word for offload in OFFLOADS for word in (offload, "off")]
            run("ip", "netns", "exec", namespace, "ethtool", "-K", name, *settings, check=False)
            run("ip", "-n", namespace, "link", "set", name, "up")


def sysctl(namespace, settings):
    words = [f"{key}={value}" for key, value in settings.items()]
    run("ip", "netns", "exec", namespace, "sysctl", "-q", "-w", *words)


def address4(namespace, interface, address, gateway=None):
    run("ip", "-n", namespace, "addr", "add", address, "dev", interface)
    if gateway:
        run("ip", "-n", namespace, "route", "add", "default", "via", gateway)


def address6(namespace, interface, address, gateway=None):
    """Gives an interface its first IPv6 address, usable at once."""
    sysctl(namespace, {f"net.ipv6.conf.{interface}.disable_ipv6": 0, f"net.ipv6.conf.{interface}.accept_dad": 0})
    run("ip", "-n", namespace, "addr", "add", address, "dev", interface, "nodad")
    if gateway:
        run("ip", "-n", namespace, "-6", "route", "add", "default", "via", gateway)


def _forward(namespace):
    sysctl(namespace, {"net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1})


def _leave(number, _frame):
    raise SystemExit(128 + number)
