"""Plain clients of a router, by which the laboratory proves its miniupnpd: NAT-PMP, PCP, SSDP and UPnP's SOAP.

Each waits at most `TIMEOUT` seconds and returns None where nothing answers.
"""

import dataclasses
import http.client
import ipaddress
import re
import socket
import struct
import urllib.parse

from namespaces import inside, udp_socket

TIMEOUT = 1.0
PCP_PORT = 5351
ANNOUNCE_PORT = 5350
NONCE = b"culvert-lab!"
UDP = 17

WAN = "urn:schemas-upnp-org:service:WANIPConnection:{}"
FIREWALL = "urn:schemas-upnp-org:service:WANIPv6FirewallControl:1"


@dataclasses.dataclass
class Answer:
    """An answer of NAT-PMP or PCP; what it does not hold is None."""

    version: int
    result: int
    lifetime: int | None = None
    epoch: int | None = None
    port: int | None = None
    address: str | None = None


def _ask(namespace, local, router, request):
    """One request to port 5351 from `local`, an address or a socket; the answer's octets."""
    made = udp_socket(namespace, local) if isinstance(local, str) else None
    sock = made or local
    try:
        sock.settimeout(TIMEOUT)
        sock.sendto(request, (router, PCP_PORT))
        return sock.recv(1100)
    except (socket.timeout, ConnectionRefusedError):
        return None
    finally:
        if made:
            made.close()


def nat_pmp_map(home, port, lifetime=3600, local=None):
    """Asks by NAT-PMP (RFC 6886 §3.3) for external UDP `port` to the same internal port, of `local` or the host."""
    data = _ask(home.host, local or home.lan4, home.gateway4, struct.pack("!BBHHHI", 0, 1, 0, port, port, lifetime))
    if data is None or len(data) < 16:
        return None
    version, _, result, epoch, _, external, granted = struct.unpack("!BBHIHHI", data[:16])
    return Answer(version, result, granted, epoch, external)


def nat_pmp_address(home):
    """Asks by NAT-PMP for the router's external address (RFC 6886 §3.2)."""
    data = _ask(home.host, home.lan4, home.gateway4, bytes(2))
    if data is None or len(data) < 8:
        return None
    version, _, result, epoch = struct.unpack("!BBHI", data[:8])
    return Answer(version, result, epoch=epoch, address=socket.inet_ntoa(data[8:12]) if len(data) >= 12 else None)


def pcp_map(home, port, lifetime=3600, six=False, router=None):
    """A PCP MAP for UDP `port` (RFC 6887 §11.1), over IPv6 for a pinhole where `six`."""
    local = home.address6 if six else home.lan4
    request = struct.pack("!BBHI16s", 2, 1, 0, lifetime, _octets(local)) + NONCE
    request += struct.pack("!B3xHH16s", UDP, port, port, _octets("::" if six else "0.0.0.0"))
    data = _ask(home.host, local, router or (home.gateway6 if six else home.gateway4), request)
    if data is None or len(data) < 24:
        return None
    answer = Answer(data[0], data[3], *struct.unpack("!II", data[4:12]))
    if len(data) >= 60:
        answer.port = struct.unpack("!H", data[42:44])[0]
        address = ipaddress.IPv6Address(data[44:60])
        answer.address = str(address.ipv4_mapped or address)
    return answer


def _octets(address):
    """An address as PCP writes it: IPv4 as ::ffff:a.b.c.d (RFC 6887 §5)."""
    packed = ipaddress.ip_address(address).packed
    return packed if len(packed) == 16 else bytes(10) + b"\xff\xff" + packed


def announcement_socket(home):
    """A socket that hears a router's announcements on 224.0.0.1 port 5350 (RFC 6886 §3.2.1, RFC 6887 §14.1.3)."""
    sock = udp_socket(home.host, "0.0.0.0", ANNOUNCE_PORT)
    with inside(home.host):
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                        socket.inet_aton("224.0.0.1") + socket.inet_aton(home.lan4))
    return sock


# UPnP

def ssdp_search(home, target="urn:schemas-upnp-org:device:InternetGatewayDevice:1", six=False):
    """The LOCATION that a router answers a search with, over IPv4 or IPv6 (link-local scope)."""
    group = "ff02::c" if six else "239.255.255.250"
    text = f'M-SEARCH * HTTP/1.1\r\nHOST: {f"[{group}]" if six else group}:1900\r\nMAN: "ssdp:discover"\r\n'
    text += f"MX: 1\r\nST: {target}\r\n\r\n"
    sock = udp_socket(home.host, home.address6 if six else home.lan4, timeout=TIMEOUT)
    with sock, inside(home.host):
        try:
            sock.sendto(text.encode(), (group, 1900, 0, socket.if_nametoindex("eth0")) if six else (group, 1900))
            found = re.search(rb"(?i)^location: *(\S+)", sock.recv(2048), re.MULTILINE)
        except (socket.timeout, ConnectionRefusedError):
            return None
    return found.group(1).decode() if found else None


@dataclasses.dataclass
class Soap:
    """A SOAP answer: the HTTP status, the UPnP error code (0: none), the elements by name."""

    status: int
    error: int
    values: dict


class Igd:
    """The services of a gateway device, as its description at `location` lists them."""

    def __init__(self, home, location):
        self._home = home
        self._url = urllib.parse.urlparse(location)
        text = self._request("GET", self._url.path).decode(errors="replace")
        self.controls = dict(re.findall(r"<serviceType>([^<]+)</serviceType>.*?<controlURL>([^<]+)</controlURL>", text,
                                        re.DOTALL))
        self.version = 2 if "device:InternetGatewayDevice:2" in text else 1

    def call(self, service, action, **arguments):
        body = "".join(f"<{name}>{value}</{name}>" for name, value in arguments.items())
        envelope = ('<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
                    's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>'
                    f'<u:{action} xmlns:u="{service}">{body}</u:{action}></s:Body></s:Envelope>')
        headers = {"Content-Type": 'text/xml; charset="utf-8"', "SOAPAction": f'"{service}#{action}"'}
        text = self._request("POST", self.controls[service], envelope, headers).decode(errors="replace")
        error = re.search(r"<errorCode>(\d+)</errorCode>", text)
        values = dict(re.findall(r"<([A-Za-z0-9]+)>([^<]*)</\1>", text))
        return Soap(self._status, int(error.group(1)) if error else 0, values)

    def _request(self, method, path, body=None, headers=None):
        host = self._url.hostname
        with inside(self._home.host):
            sock = socket.create_connection((host, self._url.port), TIMEOUT,
                                            (self._home.address6 if ":" in host else self._home.lan4, 0))
        connection = http.client.HTTPConnection(f"[{host}]" if ":" in host else host, self._url.port)
        connection.sock = sock
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            self._status = answer.status
            return answer.read()
        finally:
            connection.close()

    def wan(self):
        return next(name for name in (WAN.format(2), WAN.format(1)) if name in self.controls)

    def external_address(self):
        return self.call(self.wan(), "GetExternalIPAddress")

    def add_mapping(self, port, lease=0):
        return self.call(self.wan(), "AddPortMapping", NewRemoteHost="", NewExternalPort=port, NewProtocol="UDP",
                         NewInternalPort=port, NewInternalClient=self._home.lan4, NewEnabled=1,
                         NewPortMappingDescription="lab", NewLeaseDuration=lease)

    def entry(self, port):
        return self.call(self.wan(), "GetSpecificPortMappingEntry", NewRemoteHost="", NewExternalPort=port,
                         NewProtocol="UDP")

    def delete_mapping(self, port):
        return self.call(self.wan(), "DeletePortMapping", NewRemoteHost="", NewExternalPort=port, NewProtocol="UDP")

    def firewall(self):
        return self.call(FIREWALL, "GetFirewallStatus")

    def add_pinhole(self, port, lease=3600):
        return self.call(FIREWALL, "AddPinhole", RemoteHost="", RemotePort=0, InternalClient=self._home.address6,
                         InternalPort=port, Protocol=UDP, LeaseTime=lease)


def igd(home, six=False):
    """The gateway device that answers a search, or None."""
    location = ssdp_search(home, six=six)
    return Igd(home, location) if location else None
