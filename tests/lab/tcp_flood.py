#!/usr/bin/env python3
"""Connections of a stranger, as many as go: half of them say nonsense in frames, half say nothing.

    tcp_flood.py ADDRESS PORT SECONDS [SOURCE ...]     says how many were made, and how many lasted a second
"""

import os
import selectors
import socket
import struct
import sys
import time

OPEN_MAX = 400
NONSENSE = 20


def connect(target, source):
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.setblocking(False)
    if source:
        sock.bind((source, 0))
    sock.connect_ex(target)
    return sock


def nonsense():
    frames = b""
    for first in (1, 2, 3, 4, 0x40, 0xC0):
        payload = bytes([first]) + os.urandom(200)
        frames += struct.pack("!H", len(payload)) + payload
    return frames


def main(address, port, seconds, *sources):
    target, sources = (address, int(port)), sources or (None,)
    selector = selectors.DefaultSelector()
    begun, made, lasted = time.monotonic(), 0, 0
    alive = {}  # socket -> when it was made
    while time.monotonic() < begun + float(seconds):
        while len(alive) < OPEN_MAX:
            sock = connect(target, sources[made % len(sources)])
            alive[sock] = time.monotonic()
            selector.register(sock, selectors.EVENT_WRITE if made % 2 else selectors.EVENT_READ)
            made += 1
        for key, _ in selector.select(0.02):
            sock = key.fileobj
            try:
                if key.events == selectors.EVENT_WRITE:
                    for _ in range(NONSENSE):
                        sock.send(nonsense())
                    selector.modify(sock, selectors.EVENT_READ)
                    continue
                if sock.recv(4096):
                    continue
            except BlockingIOError:
                continue
            except OSError:
                pass
            lasted += time.monotonic() - alive.pop(sock) > 1
            selector.unregister(sock)
            sock.close()
    print(made, lasted)


if __name__ == "__main__":
    main(*sys.argv[1:])
