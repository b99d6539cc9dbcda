"""A site of the laboratory: a host, its router, and what can happen to them while programs run."""

import re
import signal

import upnp
from namespaces import LabError, forget_flows, run


class Site:
    """A host and what stands between it and the internet."""

    def __init__(self, lab, name, number):
        self._lab = lab
        self.name = name
        self.number = number
        self.host = lab.namespace(name)
        self.router = None
        self.carrier = None  # the namespace of the provider's NAT, where there is one
        self.middle = None  # the namespace of the link's delay_bridge, and its process
        self.link = None
        self.switch = None  # the namespace of a LAN's switch, where several hosts share a router
        self.cut = False
        self.lossy = False  # the link has its other loss
        self.daemon = None  # the router's Miniupnpd
        self.lan = None
        self.lan4 = None  # the host's own addresses
        self.address6 = None
        self.gateway4 = None  # its default routers
        self.gateway6 = None
        self.public4 = None  # what the internet sees
        self._kept = set()  # with whom flows are kept
        self.alternates = []  # further addresses of a public host

    @property
    def uplink(self):
        """The internet's interface towards this site."""
        return f"to-{self.name}"

    def addresses(self):
        """Every address by which the internet can see this site."""
        return {address for address in (self.public4, self.address6, *self.alternates) if address}

    def toggle_link(self):
        """Cuts the link to the internet, or restores it. Only where the link has a delay_bridge."""
        self._tell_link(signal.SIGUSR1, "restored" if self.cut else "cut")
        self.cut = not self.cut

    def toggle_loss(self):
        """The link gets its other loss, or its usual one again. Only where it has a delay_bridge."""
        self._tell_link(signal.SIGUSR2, "usual loss" if self.lossy else "other loss")
        self.lossy = not self.lossy

    def _tell_link(self, number, expected):
        self.link.send_signal(number)
        if self.link.stdout.readline().strip() != expected:
            raise LabError(f"the link of {self.name} did not say '{expected}'")

    def mappings(self):
        return upnp.mappings(self.router)

    def pinholes(self):
        return upnp.pinholes(self.router)

    def forget_flows(self):
        """The routers forget the flows they track, as after minutes of silence."""
        for router in filter(None, (self.router, self.carrier)):
            forget_flows(router)
            for name in ("mapped", "contacted"):
                run("ip", "netns", "exec", router, "nft", "flush", "set", "inet", "home", name)

    def keep_flows_with(self, addresses):
        """From now on `forget_flows_but_kept` leaves the flows with these IPv4 and IPv6 addresses as they are."""
        self._kept = set(addresses)
        four, six = (", ".join(a for a in sorted(self._kept) if (":" in a) is six) for six in (False, True))
        rules = [f"{family} {side} {{ {those} }} ct mark set 1" for family, those in (("ip", four), ("ip6", six)) if those
                 for side in ("saddr", "daddr")]
        text = f"table inet kept {{ chain marking {{ type filter hook prerouting priority -150; {'; '.join(rules)}; }}\n}}\n"
        for router in filter(None, (self.router, self.carrier)):
            run("ip", "netns", "exec", router, "nft", "-f", "-", stdin=text)

    def forget_flows_but_kept(self):
        """The routers forget everybody but those whose flows are kept, as if nobody else had been met."""
        for router in filter(None, (self.router, self.carrier)):
            forget_flows(router, but_marked=True)
        text = run("ip", "netns", "exec", self.router, "nft", "-n", "list", "set", "inet", "home", "contacted")
        others = [f"{address} . {port}" for address, port in re.findall(r"([0-9.]+) \. (\d+) ", text)
                  if address not in self._kept]
        if others:
            run("ip", "netns", "exec", self.router, "nft", "delete", "element", "inet", "home", "contacted",
                f"{{ {', '.join(others)} }}")

    def reboot_router(self):
        """The router loses its power for a moment: no goodbye, and every mapping, pinhole and flow is gone.

        Its links stay up, so the host's operating system notices nothing.
        """
        if self.daemon:
            self.daemon.stop(politely=False)
            self.daemon.flush()
        self.forget_flows()
        if self.daemon:
            self.daemon.start()

    def change_public_address(self, address):
        """The provider gives the router another IPv4 address; mappings of the UPnP daemon stay.

        Nothing answers at the old one: the rules of miniupnpd forward by port alone, so it must not get there.
        """
        old, outermost = self.public4, self.carrier or self.router
        run("ip", "-n", self._lab.internet, "route", "add", "blackhole", f"{old}/32")
        run("ip", "-n", self._lab.internet, "route", "del", "blackhole", f"{address}/32", check=False)
        run("ip", "-n", outermost, "addr", "del", f"{old}/24", "dev", "wan")
        run("ip", "-n", outermost, "addr", "add", f"{address}/24", "dev", "wan")
        run("ip", "-n", outermost, "route", "replace", "default", "via", f"45.83.{self.number}.1")
        text = f'flush map inet home outer\nadd element inet home outer {{ "lan" : {address} }}\n'
        run("ip", "netns", "exec", outermost, "nft", "-f", "-", stdin=text)
        self.public4 = address
        self.forget_flows()
        if self.daemon:
            self.daemon.tell_new_address()
