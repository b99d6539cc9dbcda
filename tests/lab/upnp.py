"""A real miniupnpd for a router of the laboratory: what it speaks is chosen, and it can be restarted and rebooted.

It wants a WAN address that it takes for a public one, and the three chains of `nat.rules` to write into.
"""

import enum
import ipaddress
import re
import signal

from namespaces import LabError, run, until

HTTP_PORT, SSDP_PORT, PCP_PORT = 5000, 1900, 5351
CHAINS = ("miniupnpd", "prerouting_miniupnpd", "postrouting_miniupnpd")


class Speaks(enum.Enum):
    """What a router answers to. NAT-PMP and PCP are one switch of miniupnpd's: it never speaks one of them alone."""

    NOTHING = "nothing"
    UPNP = "UPnP (IGD 2)"
    UPNP_V1 = "UPnP (IGD 1)"
    PCP = "PCP and NAT-PMP"
    ALL = "UPnP, PCP and NAT-PMP"
    PINHOLES = "all three, but over IPv6 only: it maps no IPv4 port"

    @property
    def upnp(self):
        return self not in (Speaks.NOTHING, Speaks.PCP)

    @property
    def pcp(self):
        return self in (Speaks.PCP, Speaks.ALL, Speaks.PINHOLES)


CONFIGURATION = """
ext_ifname=wan
listening_ip=lan
http_port={port}
enable_natpmp={pcp}
enable_upnp={upnp}
force_igd_desc_v1={version1}
ipv6_disable={no_ipv6}
upnp_table_name=home
upnp_nat_table_name=home
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
secure_mode=yes
system_uptime=no
min_lifetime={min_lifetime}
max_lifetime={max_lifetime}
uuid=6f9b1a52-3d0c-4a6e-9d57-{number:012x}
{external}
allow 1024-65535 {lan} 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
"""


class Miniupnpd:
    """The miniupnpd of one router. `lan` is like 192.168.1.0/24; `ipv6`: whether it opens pinholes.

    `external` makes it claim that address, as routers do that were told so, or that never look. Lifetimes in seconds
    bound those of PCP and nothing else (README.md tells what UPnP and NAT-PMP do).
    """

    def __init__(self, lab, namespace, lan, speaks, ipv6=False, external=None, min_lifetime=120, max_lifetime=86400):
        self._lab, self._namespace, self._speaks = lab, namespace, speaks
        self._conf = lab.folder / f"{namespace}.miniupnpd.conf"
        self._pid_file = lab.folder / f"{namespace}.miniupnpd.pid"
        self._log = lab.folder / f"{namespace}.miniupnpd.log"
        self._process = None
        self._conf.write_text(CONFIGURATION.format(
            port=HTTP_PORT, pcp=_word(speaks.pcp), upnp=_word(speaks.upnp), no_ipv6=_word(not ipv6),
            version1=_word(speaks is Speaks.UPNP_V1), min_lifetime=min_lifetime, max_lifetime=max_lifetime,
            number=int(lan.split(".")[2]), external=f"ext_ip={external}" if external else "", lan=lan))
        run("ip", "netns", "exec", namespace, "nft", "-f", "-", stdin=_deaf(speaks))

    def start(self, wait=True):
        """Starts it, and waits until it listens, unless `wait_until_listening` is called later."""
        self._pid_file.unlink(missing_ok=True)
        command = ["miniupnpd", "-d", "-f", str(self._conf), "-P", str(self._pid_file)]
        with open(self._log, "ab") as log:
            self._process = self._lab.start(self._namespace, command, stdout=log, stderr=log)
        if wait:
            self.wait_until_listening()
        return self

    def wait_until_listening(self):
        wanted = [("tcp", HTTP_PORT), ("udp", SSDP_PORT)] if self._speaks.upnp else []
        wanted += [("udp", PCP_PORT)] if self._speaks.pcp else []

        def listening():
            if self._process.poll() is not None:
                raise LabError(f"miniupnpd ended at once: see {self._log}")
            return all(_bound(self._process.pid, protocol, port) for protocol, port in wanted)

        until(listening, 10, f"miniupnpd does not listen in {self._namespace}")

    def stop(self, politely=True):
        """Ends it. Politely it says goodbye (SSDP byebye); a router that loses its power does not."""
        if not politely:
            self._process.send_signal(signal.SIGKILL)
        self._lab.stop_process(self._process)

    def restart(self):
        """Restarts the daemon alone: what it had written into its chains stays, and it knows of it no more."""
        self.stop()
        self.start()

    def tell_new_address(self):
        """What a firmware's ip-up script does: with UPnP off miniupnpd does not watch `wan`, and announces nothing."""
        if not self._speaks.upnp:
            self._process.send_signal(signal.SIGUSR1)

    def flush(self):
        """Empties its chains, as a reboot of the router does."""
        run("ip", "netns", "exec", self._namespace, "nft", "-f", "-",
            stdin="".join(f"flush chain inet home {chain}\n" for chain in CHAINS))

    def log(self):
        return self._log.read_text(errors="replace")


def _deaf(speaks):
    """A table that keeps from miniupnpd what it would answer though it is not configured to.

    Over IPv6 it answers PCP whenever it has IPv6, also with enable_natpmp=no. And a miniupnpd whose rules deny every
    IPv4 port does not refuse NAT-PMP but looks for a port that is allowed for ever, so PINHOLES is made here.
    """
    text = []
    if not speaks.pcp:
        text.append(f"udp dport {PCP_PORT} reject")
    if speaks is Speaks.PINHOLES:
        text.append(f"meta nfproto ipv4 udp dport {PCP_PORT} reject")
        text.append(f"meta nfproto ipv4 udp dport {SSDP_PORT} drop")
        text.append(f"meta nfproto ipv4 tcp dport {HTTP_PORT} reject with tcp reset")
    lines = "".join(f'iifname "lan" {line}\n' for line in text)
    return f"table inet deaf {{ chain input {{ type filter hook input priority -10;\n{lines}}}\n}}\n"


def _word(yes):
    return "yes" if yes else "no"


def _bound(pid, protocol, port):
    """Whether something in the network namespace of `pid` is bound to `port`."""
    for name in (protocol, protocol + "6"):
        try:
            with open(f"/proc/{pid}/net/{name}", encoding="ascii") as table:
                if any(line.split()[1].endswith(f":{port:04X}") for line in list(table)[1:]):
                    return True
        except FileNotFoundError:
            continue
    return False


def mappings(namespace):
    """What the router forwards for UPnP clients: a list of (protocol, external port, host, internal port)."""
    text = run("ip", "netns", "exec", namespace, "nft", "-n", "list", "chain", "inet", "home", "prerouting_miniupnpd")
    found = []
    for line in text.splitlines():
        target = re.search(r"dnat ip to ([0-9.]+):(\d+)", line)
        port = re.search(r"dport (\d+)", line)
        if target and port:
            # miniupnpd matches the protocol as raw octets of the IPv4 header, which nft shows as such: 17 is UDP.
            protocol = "udp" if re.search(r"@nh,72,8 0x11\b|\budp\b", line) else "tcp"
            found.append((protocol, int(port.group(1)), target.group(1), int(target.group(2))))
    return found


def pinholes(namespace):
    """The IPv6 pinholes that miniupnpd wrote into its forward chain: a list of (protocol, host, port)."""
    text = run("ip", "netns", "exec", namespace, "nft", "-n", "list", "chain", "inet", "home", "miniupnpd")
    found = []
    for line in text.splitlines():
        # The destination and the next header as raw octets of the IPv6 header.
        host, port = re.search(r"@nh,192,128 0x([0-9a-f]+)", line), re.search(r"dport (\d+)", line)
        if host and port:
            octets = bytes.fromhex(host.group(1).zfill(32))
            protocol = "udp" if "@nh,48,8 0x11 " in line else "tcp"
            found.append((protocol, str(ipaddress.IPv6Address(octets)), int(port.group(1))))
    return found
