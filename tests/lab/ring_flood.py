#!/usr/bin/env python3
"""Rings of a stranger: ICMPv6 errors about a flow of ADDRESS's port PORT to the dead place, with 32 random octets each.

    ring_flood.py ADDRESS PORT RATE SECONDS      says how many went out
"""

import os
import socket
import struct
import sys
import time

DEAD_PLACE = socket.inet_pton(socket.AF_INET6, "100::1"), 33434
RING_OCTETS = 32
STEP_SECONDS = 0.005


def error(address, port):
    quoted = struct.pack("!IHBB", 6 << 28, 8 + RING_OCTETS, 17, 64) + address + DEAD_PLACE[0]
    quoted += struct.pack("!HHHH", port, DEAD_PLACE[1], 8 + RING_OCTETS, 0)
    return struct.pack("!BBHI", 1, 4, 0, 0) + quoted  # the kernel fills in the checksum


def main(address, port, rate, seconds):
    sock = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    head = error(socket.inet_pton(socket.AF_INET6, address), int(port))
    begun, sent = time.monotonic(), 0
    while (passed := time.monotonic() - begun) < float(seconds):
        for _ in range(max(0, int(passed * int(rate)) - sent)):
            sock.sendto(head + os.urandom(RING_OCTETS), (address, 0))
            sent += 1
        time.sleep(STEP_SECONDS)
    print(sent)


if __name__ == "__main__":
    main(*sys.argv[1:])
