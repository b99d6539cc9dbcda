"""A small internet in network namespaces, gone when its context ends, whatever happens.

    with Lab("demo", bridge="build/dev/tests/lab/delay_bridge") as lab:
        bob = lab.add_home("bob", NatKind.PORT_RESTRICTED, speaks=Speaks.UPNP, delay_ms=50)
        alice = lab.add_home("alice", NatKind.PORT_RESTRICTED, Ipv6.OPEN)

One namespace, the internet, forwards IPv4 and IPv6 between sites. Site number N has

    45.83.N.0/24, 2a0e:b107:N::/64      its link to the internet, which is ::1 there and .1
    192.168.N.0/24, 2a0e:b107:N:1::/64  the network behind its router (45.84.N.0/24 where there is no NAT)

in which the router is .1 and the host .2. A host's default router for IPv6 is fe80::1, a link-local address as router
advertisements give it. A nested router's WAN is 10.64.N.2 or 100.64.N.2, and the provider's NAT has the address on the
internet. A public host's further addresses are .3 and ::3 and so on. All these look like anybody's public addresses,
because miniupnpd refuses to work with the ranges set aside for documentation; no packet ever leaves the namespaces.

    internet  to-bob ------------------------- wan  bob's router  lan ------ eth0  bob
    internet  to-bob -- [ delay_bridge ] ----- wan  ...                      (where the link has a delay)
"""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from namespaces import LabError, end, remove_stale, run, start, until
from nat import PROVIDERS, Ipv6, NatKind, Silence, rules, silence
from sites import Site
from upnp import Miniupnpd, Speaks

SITES_MAX = 254
LINK_LOCAL = "fe80::1"  # every router's on its LAN
OFFLOADS = ("tx", "rx", "sg", "tso", "gso", "gro", "tx-udp-segmentation")


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
        process.namespace = namespace
        self._processes.append(process)
        return process

    def stop_process(self, process):
        end(process)
        if process in self._processes:
            self._processes.remove(process)

    def start_upnp(self, site, speaks=Speaks.ALL, ipv6=False, wait=True, **how):
        """A miniupnpd on the router of `site`; see `upnp.Miniupnpd` for the rest."""
        site.daemon = Miniupnpd(self, site.router, f"{site.lan}.0/24", speaks, ipv6, **how).start(wait)

    def remove_site(self, site):
        """Ends what runs for a site and removes its namespaces, so that many can come and go."""
        run("ip", "-n", self.internet, "link", "del", site.uplink, check=False)
        for namespace in filter(None, (site.host, site.router, site.carrier, site.middle, site.switch)):
            for process in list(self._processes):
                if process.namespace == namespace:
                    self.stop_process(process)
            if namespace in self._namespaces:  # a shared router is gone with the first of its hosts
                run("ip", "netns", "del", namespace, check=False)
                self._namespaces.remove(namespace)

    # Sites

    def add_public_host(self, name, v4=True, v6=True, addresses=1, **link):
        """A host directly on the internet, a third party, with this many addresses of each family.

        `link` is for `_connect`: the delay and the losses of its link.
        """
        site = self._site(name)
        self._connect(site, site.host, "eth0", **link)
        net4, net6, more = f"45.83.{site.number}.", f"2a0e:b107:{site.number}::", range(3, 2 + addresses)
        if v4:
            site.public4 = site.lan4 = f"{net4}2"
            address4(self.internet, site.uplink, f"{net4}1/24")
            address4(site.host, "eth0", f"{site.public4}/24", gateway=f"{net4}1")
            for last in more:
                address4(site.host, "eth0", f"{net4}{last}/24")
            site.alternates += [f"{net4}{last}" for last in more]
        if v6:
            site.address6 = f"{net6}2"
            address6(self.internet, site.uplink, f"{net6}1/64")
            address6(site.host, "eth0", f"{site.address6}/64", gateway=f"{net6}1")
            for last in more:
                address6(site.host, "eth0", f"{net6}{last}/64")
            site.alternates += [f"{net6}{last}" for last in more]
        return site

    def add_home(self, name, v4=NatKind.PORT_RESTRICTED, v6=Ipv6.NONE, speaks=Speaks.NOTHING, delay_ms=None, loss=0.0,
                 other_loss=0.0, seed=1, **daemon):
        """A host behind a router: `v4` a NatKind or None, `v6` an Ipv6 mode; `delay_ms` one way on its uplink.

        `daemon` is for the Miniupnpd of a router that speaks something. It is given IPv6 where the mode is PINHOLES.
        """
        reason = impossible(v4, v6, speaks)
        if reason:
            raise LabError(reason)
        site = self._site(name)
        site.router = self.namespace(f"{name}-router")
        _forward(site.router)
        self._connect(site, site.router, "wan", delay_ms, loss, other_loss, seed)
        self._join(site.router, "lan", site.host, "eth0")
        if v4:
            self._give_ipv4(site, v4)
        if v6 is not Ipv6.NONE:
            self._give_ipv6(site)
        self._load(site.router, rules(v4, v6, site.lan4, site.gateway4, site.public4))
        if speaks is not Speaks.NOTHING:
            self.start_upnp(site, speaks, v6 is Ipv6.PINHOLES, **daemon)
        return site

    def add_neighbours(self, names, silent=None):
        """Hosts on one LAN behind one port-restricted router, a site each; IPv4 only. The first is .2, the next .3.

        `silent` is a Silence of the router's. The hosts reach each other all the same, by the switch between them.
        """
        first = self._site(names[0])
        router = first.router = self.namespace(f"{names[0]}-router")
        _forward(router)
        self._connect(first, router, "wan")
        # The switch has a namespace of its own: in the router's, its rules would see the frames (bridge-nf).
        switch = first.switch = self.namespace(f"{names[0]}-switch")
        run("ip", "-n", switch, "link", "add", "name", "switch", "type", "bridge", "forward_delay", "0")
        run("ip", "-n", switch, "link", "set", "switch", "up")
        self._plug(switch, router, "lan")
        self._plug(switch, first.host, "eth0")
        self._give_ipv4(first, NatKind.PORT_RESTRICTED)
        sites = [first]
        for last, name in enumerate(names[1:], 3):
            site = Site(self, name, first.number)
            site.router, site.lan, site.gateway4, site.public4 = router, first.lan, first.gateway4, first.public4
            self._plug(switch, site.host, "eth0")
            site.lan4 = f"{site.lan}.{last}"
            address4(site.host, "eth0", f"{site.lan4}/24", gateway=site.gateway4)
            sites.append(site)
        # The kernel tells the switch of its ports' carriers when it has time.
        until(lambda: _forwarding(switch) == 1 + len(sites), 5, "the switch does not forward")
        self._load(router, rules(NatKind.PORT_RESTRICTED, Ipv6.NONE, first.lan4, first.gateway4, first.public4))
        if silent:
            self._load(router, silence(silent))
        if silent is Silence.ABSENT:
            run("ip", "-n", router, "addr", "flush", "dev", "lan")
        return sites

    def add_switch(self, names):
        """Hosts on one switch and nothing else: no router, no internet, and no address until give_*() gives one."""
        switch = self.namespace(f"{names[0]}-switch")
        run("ip", "-n", switch, "link", "add", "name", "switch", "type", "bridge", "forward_delay", "0")
        run("ip", "-n", switch, "link", "set", "switch", "up")
        sites = []
        for name in names:
            site = self._site(name)
            site.switch = switch
            self._plug(switch, site.host, "eth0")
            sites.append(site)
        until(lambda: _forwarding(switch) == len(sites), 5, "the switch does not forward")
        return sites

    def put_switch(self, site):
        """Puts a switch between the host of a home and its router, so that the host can change its interface."""
        switch = site.switch = self.namespace(f"{site.name}-switch")
        run("ip", "-n", switch, "link", "add", "name", "switch", "type", "bridge", "forward_delay", "0")
        run("ip", "-n", switch, "link", "set", "switch", "up")
        run("ip", "-n", site.host, "link", "set", "eth0", "netns", switch, "name", "router")
        run("ip", "-n", switch, "link", "set", "router", "master", "switch", "up")
        self._plug_home(site, "eth0")

    def unplug(self, site, interface):
        """An interface of a host behind `put_switch` is gone, with its address and its routes."""
        run("ip", "-n", site.host, "link", "del", interface)

    def plug(self, site, interface, last):
        """Another interface of that host comes up with the address that ends in `last`; it is usable on return."""
        site.lan4 = f"{site.lan}.{last}"
        self._plug_home(site, interface)

    def _plug_home(self, site, interface):
        self._plug(site.switch, site.host, interface)
        address4(site.host, interface, f"{site.lan4}/24", gateway=site.gateway4)
        until(lambda: _forwarding(site.switch) == 2, 5, "the switch does not forward", interval=0.002)

    def _plug(self, switch, namespace, name):
        """Joins interface `name` of a namespace to a switch."""
        port = f"port{len(run('ip', '-n', switch, '-o', 'link').splitlines())}"
        self._join(switch, port, namespace, name)
        run("ip", "-n", switch, "link", "set", port, "master", "switch")

    def _load(self, namespace, ruleset):
        run("ip", "netns", "exec", namespace, "nft", "-f", "-", stdin=ruleset)

    def _site(self, name):
        self._sites += 1
        if self._sites > SITES_MAX:
            raise LabError(f"the address plan has room for {SITES_MAX} sites")
        return Site(self, name, self._sites)

    def _connect(self, site, namespace, name, delay_ms=None, loss=0.0, other_loss=0.0, seed=1):
        """Joins interface `name` of a site's outermost namespace to the internet; see delay_bridge for the numbers."""
        if delay_ms is None and not loss and not other_loss:
            self._join(self.internet, site.uplink, namespace, name)
            return
        if not self._bridge:
            raise LabError("a link with a delay needs the delay_bridge program (--bridge)")
        middle = site.middle = self.namespace(f"{site.name}-link")
        self._join(self.internet, site.uplink, middle, "outer")
        self._join(middle, "inner", namespace, name)
        command = [str(self._bridge), "outer", "inner", "--delay-ms", str(delay_ms or 0)]
        command += ["--loss", str(loss), "--other-loss", str(other_loss), "--seed", str(seed)]
        site.link = self.start(middle, command, stdout=subprocess.PIPE, text=True)
        if site.link.stdout.readline().strip() != "ready":
            raise LabError(f"the delay bridge of {site.name} did not start")

    def _give_ipv4(self, site, kind):
        number, router = site.number, site.router
        address4(self.internet, site.uplink, f"45.83.{number}.1/24")
        if kind in PROVIDERS:
            self._insert_carrier(site, *PROVIDERS[kind])
        else:
            address4(router, "wan", f"45.83.{number}.2/24", gateway=f"45.83.{number}.1")
        site.public4 = f"45.83.{number}.2"
        site.lan = f"192.168.{number}"
        if kind is NatKind.PUBLIC:
            site.lan = f"45.84.{number}"
            run("ip", "-n", self.internet, "route", "add", f"{site.lan}.0/24", "via", site.public4)
            site.public4 = f"{site.lan}.2"
        site.lan4, site.gateway4 = f"{site.lan}.2", f"{site.lan}.1"
        address4(router, "lan", f"{site.gateway4}/24")
        address4(site.host, "eth0", f"{site.lan4}/24", gateway=site.gateway4)

    def _insert_carrier(self, site, kind, network):
        """Puts the provider's NAT between the internet and the router, which gets an address of `network`."""
        number, network = site.number, network.format(site.number)
        carrier = site.carrier = self.namespace(f"{site.name}-carrier")
        _forward(carrier)
        run("ip", "-n", site.router, "link", "set", "wan", "down")
        run("ip", "-n", site.router, "link", "set", "wan", "netns", carrier)
        self._join(carrier, "lan", site.router, "wan")
        run("ip", "-n", carrier, "link", "set", "wan", "up")
        address4(carrier, "wan", f"45.83.{number}.2/24", gateway=f"45.83.{number}.1")
        address4(carrier, "lan", f"{network}.1/24")
        address4(site.router, "wan", f"{network}.2/24", gateway=f"{network}.1")
        self._load(carrier, rules(kind, Ipv6.OPEN, f"{network}.2", f"{network}.1", f"45.83.{number}.2"))

    def _give_ipv6(self, site):
        number = site.number
        internet, link, lan = f"2a0e:b107:{number}::", f"2a0e:b107:{number}:2::", f"2a0e:b107:{number}:1::"
        site.address6 = f"{lan}2"
        outermost = site.carrier or site.router
        address6(self.internet, site.uplink, f"{internet}1/64")
        address6(outermost, "wan", f"{internet}2/64", gateway=f"{internet}1")
        if site.carrier:  # IPv6 is not translated: the provider routes it
            address6(site.carrier, "lan", f"{link}1/64")
            address6(site.router, "wan", f"{link}2/64", gateway=f"{link}1")
            run("ip", "-n", site.carrier, "-6", "route", "add", f"{lan}/64", "via", f"{link}2")
        run("ip", "-n", self.internet, "-6", "route", "add", f"{lan}/64", "via", f"{internet}2")
        address6(site.router, "lan", f"{lan}1/64")
        run("ip", "-n", site.router, "addr", "add", f"{LINK_LOCAL}/64", "dev", "lan", "nodad")
        address6(site.host, "eth0", f"{site.address6}/64", gateway=LINK_LOCAL)
        site.gateway6 = f"{LINK_LOCAL}%eth0"

    def _join(self, left, left_name, right, right_name):
        """A virtual cable between two namespaces whose frames are complete: nothing is left to hardware."""
        peer = ("peer", "name", right_name, "netns", right)
        run("ip", "-n", left, "link", "add", "name", left_name, "type", "veth", *peer)
        for namespace, name in ((left, left_name), (right, right_name)):
            settings = [word for offload in OFFLOADS for word in (offload, "off")]
            run("ip", "netns", "exec", namespace, "ethtool", "-K", name, *settings, check=False)
            run("ip", "-n", namespace, "link", "set", name, "up")


def impossible(v4, v6, speaks):
    """Why such a home cannot be built, or None."""
    if v6 is Ipv6.PINHOLES and speaks is Speaks.NOTHING:
        return "a router that speaks nothing opens no pinholes"
    if v4 is NatKind.PUBLIC and speaks is not Speaks.NOTHING:
        return "miniupnpd refuses to serve a LAN with public addresses"
    return None


def _forwarding(switch):
    """How many ports of a switch forward."""
    return run("bridge", "-n", switch, "link").count("state forwarding")


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
        run("ip", "-n", namespace, "-6", "route", "add", "default", "via", gateway, "dev", interface)


def _forward(namespace):
    sysctl(namespace, {"net.ipv4.ip_forward": 1, "net.ipv6.conf.all.forwarding": 1})


def _leave(number, _frame):
    raise SystemExit(128 + number)
