"""Network namespaces and the processes that live in them.

Everything here needs root. A namespace is named by its full name; `netlab` invents the names.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import struct
import subprocess
import time

CLONE_NEWNET = 0x40000000
NETLINK_NETFILTER = 12
REQUIRED_TOOLS = ("ip", "nft", "ethtool", "setpriv", "tcpdump", "miniupnpd")

_libc = ctypes.CDLL(None, use_errno=True)


class LabError(Exception):
    """The laboratory itself failed: nothing is said about the program under test."""


class Unavailable(Exception):
    """This machine does not allow what the laboratory needs; the text says what."""


def run(*command, check=True, stdin=None):
    """Runs one short command and returns its standard output; its words are in the error when it fails."""
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=30)
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def until(condition, timeout, what, interval=0.02):
    """Asks `condition` until it gives something true, which is returned; a LabError after `timeout` seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise LabError(f"gave up after {timeout:g} s: {what}")
        time.sleep(interval)


def require():
    """Raises Unavailable, in words a person can act upon, unless namespaces with NAT work here."""
    if os.geteuid() != 0:
        raise Unavailable("the network laboratory needs root (it makes network namespaces); run it with sudo")
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    os.environ["PATH"] = path
    missing = [tool for tool in REQUIRED_TOOLS if not shutil.which(tool)]
    if missing:
        raise Unavailable("the network laboratory needs these programs: " + ", ".join(missing))
    name = f"culvert-probe-{os.getpid()}"
    rules = "table inet probe {\n chain out {\n type nat hook postrouting priority 100;\n masquerade\n }\n}\n"
    try:
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "add", "name", "left", "type", "veth", "peer", "name", "right")
        run("ip", "netns", "exec", name, "nft", "-f", "-", stdin=rules)
    except LabError as problem:
        raise Unavailable(f"network namespaces with NAT are not allowed here ({problem})") from None
    finally:
        run("ip", "netns", "del", name, check=False)


@contextlib.contextmanager
def inside(namespace):
    """The calling thread is in `namespace` while the context lasts. Sockets made meanwhile stay there for good."""
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
    there = os.open(f"/run/netns/{namespace}", os.O_RDONLY | os.O_CLOEXEC)
    try:
        _set_namespace(there)
        yield
    finally:
        _set_namespace(home)
        os.close(there)
        os.close(home)


def _set_namespace(descriptor):
    if _libc.setns(descriptor, CLONE_NEWNET) != 0:
        raise LabError(f"setns: {os.strerror(ctypes.get_errno())}")


def udp_socket(namespace, address, port=0, timeout=2.0):
    """A UDP socket in `namespace`, bound to an IPv4 or IPv6 address."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with inside(namespace):
        made = socket.socket(family, socket.SOCK_DGRAM)
    made.settimeout(timeout)
    made.bind((address, port))
    return made


def ping(namespace, address, number, timeout=2.0):
    """Seconds until `address` (IPv4) answered an echo request (RFC 792) from `namespace`."""
    with inside(namespace):
        made = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    with made:
        made.settimeout(timeout)
        # Type 8, code 0, checksum, identifier 1, sequence number. The sum of these words is their checksum.
        asked = struct.pack("!BBHHH", 8, 0, ~(0x0800 + 1 + number) & 0xffff, 1, number)
        begun = time.monotonic()
        made.sendto(asked, (address, 0))
        while True:
            packet = made.recv(4096)
            answer = packet[(packet[0] & 15) * 4:]
            if answer[0] == 0 and answer[4:8] == asked[4:8]:
                return time.monotonic() - begun


def forget_flows(namespace, but_marked=False):
    """Empties the connection tracking of `namespace`, as minutes of silence would; or of those without a mark alone."""
    with inside(namespace):
        made = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
    # Attributes of eight octets each, in network order: CTA_MARK 8 is 0, looked at through CTA_MARK_MASK 21.
    unmarked = struct.pack("=HHIHHI", 8, 8, 0, 8, 21, 0xffffffff) if but_marked else b""
    with made:
        # nlmsghdr: length, type (subsystem 1 << 8 | IPCTNL_MSG_CT_DELETE 2), flags REQUEST | ACK, sequence, port;
        # nfgenmsg: any family, version 0, resource 0.
        made.send(struct.pack("=IHHIIBBH", 20 + len(unmarked), 0x0102, 0x0005, 0, 0, 0, 0, 0) + unmarked)
        answer = made.recv(4096)
    code = struct.unpack("=i", answer[16:20])[0]
    if code != 0:
        raise LabError(f"cannot empty connection tracking in {namespace}: {os.strerror(-code)}")


def start(namespace, command, options=(), **popen):
    """Starts a process in `namespace`. It dies with the thread that started it, so start from the main thread.

    `options` are further options of setpriv (the user to become, for instance), the rest is for Popen.
    """
    wrapped = ["ip", "netns", "exec", namespace, "setpriv", "--pdeathsig", "KILL", *options, *command]
    return subprocess.Popen(wrapped, **popen)


def end(process, timeout=3.0):
    """Ends a process we started: politely, then not."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(timeout)


def remove_stale(prefix):
    """Removes namespaces that a killed run with this prefix left behind: those whose process is no more."""
    for line in run("ip", "netns", "list", check=False).splitlines():
        name = line.split()[0]
        parts = name.split("-")
        if name.startswith(prefix + "-") and parts[2].isdigit() and not os.path.exists(f"/proc/{parts[2]}"):
            run("ip", "netns", "del", name, check=False)
