"""A plain Teredo client over one UDP socket (RFC 4380): it asks a server, sends bubbles, and reads what comes."""

import dataclasses
import ipaddress
import socket
import struct
import time

from namespaces import udp_socket

TEREDO_PORT = 3544
NONE, ICMPV6, UDP = 59, 58, 17  # next headers
SOLICITATION, ADVERTISEMENT, ECHO_REQUEST = 133, 134, 128
ALL_ROUTERS = ipaddress.IPv6Address("ff02::2").packed
SILENCE = 0.4  # seconds: how long nothing must come to be no answer


def v4(text):
    return ipaddress.IPv4Address(text).packed


def inverted(octets):
    return bytes(octet ^ 0xFF for octet in octets)


def node(cone, address, port):
    """RFC 4380 §4: the second half of a Teredo address."""
    return bytes([0x80 if cone else 0, 0]) + inverted(struct.pack("!H", port) + v4(address))


def teredo(server, cone, address, port):
    return b"\x20\x01\0\0" + v4(server) + node(cone, address, port)


def link_local(cone):
    return b"\xfe\x80" + bytes(6) + bytes([0x80 if cone else 0, 0]) + b"culver"


def ipv6(source, destination, following, payload=b"", hops=255):
    return struct.pack("!IHBB", 0x60000000, len(payload), following, hops) + source + destination + payload


def icmpv6(source, destination, kind, body, code=0, hops=255):
    """An ICMPv6 message in its packet, with the checksum of RFC 4443 §2.3."""
    message = struct.pack("!BBH", kind, code, 0) + body
    pseudo = source + destination + struct.pack("!II", len(message), ICMPV6) + message + b"\0" * (len(message) % 2)
    total = sum(struct.unpack(f"!{len(pseudo) // 2}H", pseudo))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    message = message[:2] + struct.pack("!H", ~total & 0xFFFF) + message[4:]
    return ipv6(source, destination, ICMPV6, message, hops)


def authentication(nonce, client=b"", value=b""):
    return struct.pack("!HBB", 1, len(client), len(value)) + client + value + nonce + b"\0"


def solicitation(cone, nonce=None, client=b"", value=b""):
    packet = icmpv6(link_local(cone), ALL_ROUTERS, SOLICITATION, bytes(4))
    return (authentication(nonce, client, value) if nonce else b"") + packet


def bubble(source, destination, hops=255):
    return ipv6(source, destination, NONE, hops=hops)


@dataclasses.dataclass
class Arrival:
    """One datagram with what its indicators say."""

    source: tuple  # IPv4 address and port
    octets: bytes
    client: bytes = b""
    nonce: bytes = b""
    origin: tuple = ()  # IPv4 address and port
    packet: bytes = b""

    @staticmethod
    def of(octets, source):
        arrival, rest = Arrival(source, octets), octets
        if rest[:2] == b"\0\1":
            client = 4 + rest[2]
            end = client + rest[3] + 9
            arrival.client, arrival.nonce, rest = rest[4:client], rest[end - 9:end - 1], rest[end:]
        if rest[:2] == b"\0\0":
            clear = inverted(rest[2:8])
            arrival.origin, rest = (str(ipaddress.IPv4Address(clear[2:])), int.from_bytes(clear[:2], "big")), rest[8:]
        arrival.packet = rest
        return arrival

    @property
    def source6(self):
        return self.packet[8:24]

    @property
    def destination6(self):
        return self.packet[24:40]

    @property
    def is_advertisement(self):
        return self.packet[6:7] == bytes([ICMPV6]) and self.packet[40:41] == bytes([ADVERTISEMENT])

    @property
    def prefix(self):
        """The first half of the one prefix that an advertisement tells, or None."""
        at = 56
        while self.is_advertisement and at + 8 <= len(self.packet) and self.packet[at + 1]:
            if self.packet[at] == 3:
                return self.packet[at + 16:at + 24]
            at += 8 * self.packet[at + 1]
        return None


class TeredoPeer:
    """One socket on the host of `site`."""

    def __init__(self, site, port=40000):
        self.socket = udp_socket(site.host, site.lan4, port)
        self.mapped = (site.public4, port)  # where its NAT keeps the port

    def close(self):
        self.socket.close()

    def address(self, server, cone=False):
        return teredo(server, cone, *self.mapped)

    def send(self, server, payload, port=TEREDO_PORT):
        self.socket.sendto(payload, (server, port))

    def hear(self, seconds=SILENCE):
        """The next datagram within that time, or None."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                return Arrival.of(*self.socket.recvfrom(2048))
            except socket.timeout:
                return None
            except ConnectionRefusedError:
                continue
        return None

    def ask(self, server, payload, seconds=SILENCE):
        self.send(server, payload)
        return self.hear(seconds)
