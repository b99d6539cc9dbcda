"""A real miniupnpd for a router of the laboratory.

It wants a WAN address that it takes for a public one, and the three chains of `nat.rules` to write into.
"""

import re
import socket
import struct

from namespaces import LabError, run, start, until

HTTP_PORT = 5000

CONFIGURATION = """
ext_ifname=wan
listening_ip=lan
http_port={port}
enable_natpmp=yes
enable_upnp=yes
ipv6_disable={no_ipv6}
upnp_table_name=home
upnp_nat_table_name=home
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
secure_mode=yes
system_uptime=yes
min_lifetime=120
max_lifetime=86400
uuid=6f9b1a52-3d0c-4a6e-9d57-2f41c0a8be11
allow 1024-65535 {lan} 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
"""


def start_daemon(namespace, lan, folder, ipv6=False):
    """Starts miniupnpd on a router and returns its process once it answers. `lan` is like 192.168.1.0/24."""
    conf = folder / f"{namespace}.miniupnpd.conf"
    conf.write_text(CONFIGURATION.format(port=HTTP_PORT, lan=lan, no_ipv6="no" if ipv6 else "yes"))
    log = open(folder / f"{namespace}.miniupnpd.log", "ab")
    pid_file = folder / f"{namespace}.miniupnpd.pid"
    pid_file.unlink(missing_ok=True)
    process = start(namespace, ["miniupnpd", "-d", "-f", str(conf), "-P", str(pid_file)], stdout=log, stderr=log)
    log.close()

    def listening():
        if process.poll() is not None:
            raise LabError(f"miniupnpd ended at once: see {log.name}")
        return _bound(process.pid, "tcp", HTTP_PORT) and _bound(process.pid, "udp", 1900)

    until(listening, 10, f"miniupnpd does not listen in {namespace}")
    return process


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


def nat_pmp_map(sock, router, port, lifetime=3600):
    """Asks `router` by NAT-PMP (RFC 6886 §3.3) for external UDP `port` to the same internal port; the granted one."""
    sock.sendto(struct.pack("!BBHHHI", 0, 1, 0, port, port, lifetime), (router, 5351))
    try:
        answer = sock.recv(64)
    except socket.timeout:
        raise LabError("the router does not answer NAT-PMP") from None
    _, _, result, _, _, external, _ = struct.unpack("!BBHIHHI", answer[:16])
    if result != 0:
        raise LabError(f"the router refused the NAT-PMP mapping with result {result}")
    return external
