"""Packet captures by tcpdump, and what can be said about them.

On IPv4, programs of this project speak Teredo encapsulation (RFC 4380 §4): the UDP payload is, after optional
authentication and origin indications, a whole IPv6 packet. `Packet.inner` is what an application would see inside:
the UDP payload of that packet, or the outer one's where nothing is encapsulated.
"""

import collections
import dataclasses
import ipaddress
import re
import signal
import struct
import subprocess

from namespaces import LabError

UDP, TCP, ICMPV6, NO_NEXT_HEADER = 17, 6, 58, 59
SETUP_BYTES_MAX = 1280
TCP_FRAME_MAX = 1452
FIRST_DATA_OCTET = 0x40  # below: control messages; from here on: QUIC
DISCARD_ONLY = ipaddress.ip_network("100::/64")  # RFC 6666: packets sent there reach nobody


class Capture:
    """tcpdump on one interface of a namespace, from construction until `stop`."""

    def __init__(self, lab, namespace, interface, name):
        self.path = lab.folder / f"{name}.pcap"
        self._lab = lab
        command = ["tcpdump", "-i", interface, "-n", "-U", "--immediate-mode", "-s", "0", "-B", "16384"]
        command += ["-Z", "root", "-w", str(self.path)]
        self._process = lab.start(namespace, command, stderr=subprocess.PIPE, text=True)
        said = ""
        while "listening on" not in said:
            said = self._process.stderr.readline()
            if not said:
                raise LabError(f"tcpdump on {interface} ended at once")

    def stop(self):
        """Ends the capture and returns its packets. One that missed packets proves nothing, so that is an error."""
        self._process.send_signal(signal.SIGINT)
        _, said = self._process.communicate(timeout=10)
        self._lab.stop_process(self._process)
        missed = re.search(r"(\d+) packets? dropped by kernel", said)
        if missed and int(missed.group(1)):
            raise LabError(f"the capture {self.path.name} missed {missed.group(1)} packets")
        return read(self.path)


@dataclasses.dataclass
class Packet:
    """One IP packet. Ports are None and the payload empty where it is neither UDP nor TCP."""

    time: float
    source: str
    destination: str
    protocol: int
    source_port: int | None
    destination_port: int | None
    payload: bytes
    frame: bytes

    @property
    def inner(self):
        return inner_payload(self.payload)


def read(path):
    """All IP packets of a pcap file of Ethernet frames, in order."""
    data = path.read_bytes()
    magic = data[:4]
    order = "<" if magic in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    fraction = 1e-9 if magic in (b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d") else 1e-6
    if len(data) < 24 or struct.unpack(order + "I", data[20:24])[0] != 1:
        raise LabError(f"{path.name} is not a capture of Ethernet frames")
    packets, at = [], 24
    while at + 16 <= len(data):
        seconds, part, kept, _ = struct.unpack(order + "IIII", data[at:at + 16])
        frame = data[at + 16:at + 16 + kept]
        at += 16 + kept
        packet = _parse(seconds + part * fraction, frame)
        if packet:
            packets.append(packet)
    return packets


def _parse(time, frame):
    if len(frame) < 34:
        return None
    kind, body = struct.unpack("!H", frame[12:14])[0], frame[14:]
    if kind == 0x0800:
        protocol, rest = _ipv4(body)
        source, destination = body[12:16], body[16:20]
    elif kind == 0x86DD and len(body) >= 40:
        protocol, rest = body[6], body[40:40 + struct.unpack("!H", body[4:6])[0]]
        source, destination = body[8:24], body[24:40]
    else:
        return None
    ports, payload = _transport(protocol, rest)
    return Packet(time, str(ipaddress.ip_address(source)), str(ipaddress.ip_address(destination)), protocol, *ports,
                  payload, frame)


def _ipv4(body):
    header, total = (body[0] & 15) * 4, struct.unpack("!H", body[2:4])[0]
    later_fragment = struct.unpack("!H", body[6:8])[0] & 0x1FFF
    return (None if later_fragment else body[9]), body[header:total]


def _transport(protocol, rest):
    if protocol == UDP and len(rest) >= 8:
        return struct.unpack("!HH", rest[:4]), rest[8:]
    if protocol == TCP and len(rest) >= 20:
        return struct.unpack("!HH", rest[:4]), rest[(rest[12] >> 4) * 4:]
    return (None, None), b""


def encapsulated(payload):
    """The IPv6 packet in a Teredo UDP payload, or None where there is none."""
    while payload[:1] == b"\x00":
        if payload[:2] == b"\x00\x01" and len(payload) >= 4:  # authentication: two lengths, both texts, nonce, flag
            payload = payload[4 + payload[2] + payload[3] + 9:]
        elif payload[:2] == b"\x00\x00":  # origin indication: port and address
            payload = payload[8:]
        else:
            return None
    if len(payload) < 40 or payload[0] >> 4 != 6:
        return None
    length = struct.unpack("!H", payload[4:6])[0]
    return payload[:40 + length] if len(payload) >= 40 + length else None


def inner_payload(payload):
    """What an application sees of a UDP payload: see the head of this file. Empty for bubbles and ICMPv6."""
    packet = encapsulated(payload)
    if packet is None:
        return payload
    return packet[48:] if packet[6] == UDP else b""


def once(*captures):
    """Several captures as one, in order of time: a packet that two links saw counts once."""
    distinct = {}
    for packet in sorted((packet for packets in captures for packet in packets), key=lambda packet: packet.time):
        key = (packet.source, packet.destination, packet.protocol, packet.source_port, packet.destination_port)
        distinct.setdefault(key + ((packet.payload or packet.frame[14:]),), packet)
    return list(distinct.values())


def contains_bytes(packets, needle):
    """How many frames hold `needle` anywhere."""
    return sum(needle in packet.frame for packet in packets)


def udp_payloads(packets, host=None):
    """UDP payloads to or from `host` (an address), or all."""
    return [packet.payload for packet in packets
            if packet.protocol == UDP and host in (None, packet.source, packet.destination)]


def conversations(packets):
    """Octets of UDP and TCP payload by unordered pair of addresses."""
    octets = collections.Counter()
    for packet in packets:
        if packet.protocol in (UDP, TCP):
            octets[tuple(sorted((packet.source, packet.destination)))] += len(packet.payload)
    return octets


def strangers(packets, known):
    """Unicast addresses outside `known` that UDP or TCP packets come from or go to, RFC 6666's discard prefix aside.

    A Teredo address is its client's: who has the IPv4 address inside it.
    """
    seen = {address for pair in conversations(packets) for address in pair}
    return sorted(address for address in seen if _is_somebody(address) and not {address, owner(address)} & set(known))


def owner(text):
    """The IPv4 address of the client whose Teredo address this is (RFC 4380 §4), or the address itself."""
    address = ipaddress.ip_address(text)
    return str(address.teredo[1]) if address.version == 6 and address.teredo else text


def by_ordinary_route(packets):
    """UDP packets from or to a Teredo address outside any tunnel: whose relay they cross nobody of the two has chosen."""
    return [packet for packet in packets if packet.protocol == UDP
            and any(owner(address) != address for address in (packet.source, packet.destination))]


def sent_to_nobody(packets):
    """UDP packets into RFC 6666's discard prefix."""
    return [packet for packet in packets
            if packet.protocol == UDP and ipaddress.ip_address(packet.destination) in DISCARD_ONLY]


def _is_somebody(text):
    address = ipaddress.ip_address(text)
    return not (address.is_multicast or address.is_link_local or text == "255.255.255.255" or address in DISCARD_ONLY)


def check_setup_only(packets, addresses):
    """Whether all traffic of a third party is set-up: control messages, Teredo qualification and bubbles, none large.

    Returns (number of UDP packets, their octets, list of what is wrong).
    """
    count, octets, wrong = 0, 0, []
    for packet in packets:
        if not addresses & {packet.source, packet.destination}:
            continue
        if packet.protocol != UDP:
            if packet.protocol == TCP:
                wrong.append(f"TCP between {packet.source} and {packet.destination}")
            continue
        count += 1
        octets += len(packet.payload)
        inner = packet.inner
        if len(packet.payload) > SETUP_BYTES_MAX:
            wrong.append(f"{len(packet.payload)} octets from {packet.source} to {packet.destination}")
        elif inner and inner[0] >= FIRST_DATA_OCTET:
            wrong.append(f"first octet {inner[0]:#04x} from {packet.source} to {packet.destination}")
    return count, octets, wrong


def tcp_frames(packets):
    """The frames (core/wire/tcp_frame.h) of each TCP stream that was seen from its beginning, as packets of their own.

    Octets that are no frame are one packet of that many octets, so that nothing is left out.
    """
    streams = collections.defaultdict(dict)
    for packet in packets:
        if packet.protocol == TCP:
            key = (packet.source, packet.source_port, packet.destination, packet.destination_port)
            sequence, flags = _sequence(packet)
            if flags & 2:  # SYN: a new stream, though the ports may have been another's
                streams[key + (sequence,)] = {}
            stream = next((streams[each] for each in reversed(streams) if each[:4] == key), None)
            if packet.payload and stream is not None:
                stream.setdefault(sequence, packet)
            elif packet.payload:
                yield packet
    for key, segments in streams.items():
        yield from _framed(segments, key[4] + 1)


def _sequence(packet):
    """Sequence number and flags of a TCP packet."""
    start = 14 + ((packet.frame[14] & 15) * 4 if packet.frame[14] >> 4 == 4 else 40)
    return struct.unpack("!I", packet.frame[start + 4:start + 8])[0], packet.frame[start + 13]


def _framed(segments, begin):
    """Frames of one stream; segments that came twice, or in parts that overlap, are told once."""
    buffer, expected, last = b"", 0, None
    for sequence, packet in sorted(segments.items(), key=lambda entry: (entry[0] - begin) % 2**32):
        offset = (sequence - begin) % 2**32
        fresh = packet.payload[max(0, expected - offset):]
        expected = max(expected, offset + len(packet.payload))
        buffer, last = buffer + fresh, packet
        while len(buffer) >= 2:
            size = struct.unpack("!H", buffer[:2])[0]
            if size == 0 or size > TCP_FRAME_MAX or len(buffer) < 2 + size:
                break
            yield dataclasses.replace(packet, payload=buffer[2:2 + size])
            buffer = buffer[2 + size:]
    if buffer:
        yield dataclasses.replace(last, payload=b"\xff" * len(buffer))


def third_party_octets(packets, addresses):
    """What a third party with these addresses saw: (time, the other's address, octets that set up, other octets)."""
    theirs = [packet for packet in packets if addresses & {packet.source, packet.destination}]
    datagrams = [packet for packet in theirs if packet.protocol == UDP]
    for packet in (*datagrams, *tcp_frames(theirs)):
        other = packet.destination if packet.source in addresses else packet.source
        inner, size = packet.inner, len(packet.payload)
        is_set_up = size <= SETUP_BYTES_MAX and not (inner and inner[0] >= FIRST_DATA_OCTET)
        yield packet.time, other, size if is_set_up else 0, 0 if is_set_up else size
