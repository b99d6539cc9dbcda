"""The routers prove themselves by plain clients: what miniupnpd speaks, maps, opens, forgets, and announces."""

import socket
import time

import gateway_clients as clients
import oracle
from namespaces import udp_socket, until
from nat import Ipv6, NatKind
from netlab import Lab
from selftest import SILENCE, reaches
from upnp import Speaks

NAT_PMP_NETWORK_FAILURE = 3  # RFC 6886 §3.5
PCP_NO_RESOURCES = 8  # RFC 6887 §7.4
UPNP_ACTION_FAILED, UPNP_NOT_AUTHORIZED = 501, 606
NEW_ADDRESS = "45.83.{}.77"

# What answers: SSDP, NAT-PMP and PCP over IPv4; SSDP and PCP over IPv6; the version of the device; pinholes by UPnP.
ANSWERS = {
    Speaks.UPNP: (True, False, False, True, False, 2, True),
    Speaks.UPNP_V1: (True, False, False, True, False, 1, False),
    Speaks.PCP: (False, True, True, False, True, None, False),
    Speaks.ALL: (True, True, True, True, True, 2, True),
    Speaks.PINHOLES: (False, False, False, True, True, 2, True),
}


def run(options, story):
    with Lab("routers", bridge=options.bridge, keep=options.keep) as lab:
        third, other = lab.add_public_host("third"), lab.add_public_host("other")
        for speaks in ANSWERS:
            check_answers(lab, story, speaks, third, other)
        check_pinhole(lab, story, other)
        for kind in (NatKind.DOUBLE, NatKind.CARRIER):
            check_nested(lab, story, kind)
        check_boast(lab, story, other)
        check_leases(lab, story)
        check_restarts(lab, story, other)
        for speaks in (Speaks.ALL, Speaks.PCP):
            check_new_address(lab, story, other, speaks)


def check_answers(lab, story, speaks, third, other):
    """A router answers what it is told to speak and nothing else, and what it grants lets packets in."""
    home = lab.add_home(f"r{speaks.name.lower()[:7]}", NatKind.PORT_RESTRICTED, Ipv6.PINHOLES, speaks)
    device, device6 = clients.igd(home), clients.igd(home, six=True)
    described = device or device6
    found = (bool(device), bool(clients.nat_pmp_address(home)), bool(clients.pcp_map(home, 41000)), bool(device6),
             bool(clients.pcp_map(home, 41000, six=True)), described.version if described else None,
             bool(described) and clients.FIREWALL in described.controls)
    story.check(found == ANSWERS[speaks], f"a router that speaks {speaks.value} answers to that alone", f"{found}")
    wrong = oracle.differences(NatKind.PORT_RESTRICTED, Ipv6.PINHOLES, speaks,
                               oracle.measure(home, third, other, speaks))
    story.check(not wrong, "and strangers' packets come in where it says so, and nowhere else", "; ".join(wrong))
    lab.remove_site(home)


def check_pinhole(lab, story, other):
    """Pinholes stand in the forward chain, let in, and are closed again; each way of asking for them."""
    home = lab.add_home("hole", NatKind.PORT_RESTRICTED, Ipv6.PINHOLES, Speaks.ALL)
    outside = udp_socket(other.host, other.address6, 7020)
    device = clients.igd(home, six=True)
    refused = clients.igd(home).add_pinhole(41009)
    story.check(refused.error == UPNP_NOT_AUTHORIZED and not home.pinholes(),
                f"UPnP over IPv4 is refused a pinhole (error {refused.error})")
    identifier = None

    def by_upnp(lifetime):
        nonlocal identifier
        if lifetime:
            identifier = device.add_pinhole(41001, lifetime).values["UniqueID"]
        else:
            device.call(clients.FIREWALL, "DeletePinhole", UniqueID=identifier)

    def by_pcp(lifetime):
        clients.pcp_map(home, 41000, lifetime, six=True)

    ways = {"PCP to the router's link-local address": (41000, by_pcp), "UPnP over IPv6": (41001, by_upnp)}
    for way, (port, ask) in ways.items():
        host = udp_socket(home.host, home.address6, port)
        before = reaches(outside, (home.address6, port), host, SILENCE)
        ask(3600)
        listed = home.pinholes()
        during = reaches(outside, (home.address6, port), host)
        ask(0)
        home.forget_flows()
        after = reaches(outside, (home.address6, port), host, SILENCE)
        story.check(not before and during and not after and listed == [("udp", home.address6, port)]
                    and not home.pinholes(), f"{way}: a pinhole is in the chain, lets in, and goes again",
                    f"{before=} {during=} {after=} {listed=} {home.pinholes()=}")
        host.close()
    outside.close()
    lab.remove_site(home)


def check_nested(lab, story, kind):
    """With a private address of its own miniupnpd maps nothing, each protocol with its own word; pinholes it opens."""
    home = lab.add_home(f"n{kind.name.lower()[:7]}", kind, Ipv6.PINHOLES, Speaks.ALL)
    device = clients.igd(home)
    pmp, pcp, upnp = clients.nat_pmp_map(home, 41000), clients.pcp_map(home, 41001), device.add_mapping(41002)
    found = (pmp.result, pcp.result, upnp.error, device.external_address().values["NewExternalIPAddress"])
    expected = (NAT_PMP_NETWORK_FAILURE, PCP_NO_RESOURCES, UPNP_ACTION_FAILED, "")
    opened = clients.pcp_map(home, 41003, six=True)
    story.check(found == expected and not home.mappings() and opened.result == 0 and home.pinholes(),
                f"{kind.value}: NAT-PMP result {found[0]}, PCP result {found[1]} naming {pcp.address}, UPnP error "
                f"{found[2]} and no external address; a pinhole it opens", f"{found} {opened}")
    lab.remove_site(home)


def check_boast(lab, story, other):
    """A nested router that was told a public address says yes, and nothing comes in."""
    home = lab.add_home("boast", NatKind.DOUBLE, Ipv6.NONE, Speaks.ALL, external="45.83.250.2")
    answer = clients.pcp_map(home, 41000)
    host, outside = udp_socket(home.host, home.lan4, 41000), udp_socket(other.host, other.public4, 7021)
    came = reaches(outside, (home.public4, 41000), host, SILENCE)
    story.check(answer.result == 0 and answer.address == "45.83.250.2" and not came,
                "a nested router with a configured address grants what does not work", f"{answer} {came}")
    for sock in (host, outside):
        sock.close()
    lab.remove_site(home)


def check_leases(lab, story):
    """Short leases run out; only those of PCP are bounded by the router."""
    home = lab.add_home("lease", NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.ALL, min_lifetime=1, max_lifetime=3)
    device = clients.igd(home)
    pcp, pmp, long = clients.pcp_map(home, 41000), clients.nat_pmp_map(home, 41001, 2), clients.nat_pmp_map(home, 41002)
    device.add_mapping(41003, lease=2)
    lease = device.entry(41003).values["NewLeaseDuration"]
    found = (pcp.lifetime, pmp.lifetime, long.lifetime, lease)
    story.check(found[:3] == (3, 2, 3600) and lease in ("1", "2"), "the router bounds the lifetime of PCP (3600 s "
                "become 3 s), and grants what NAT-PMP and UPnP ask for", str(found))
    begun = time.monotonic()
    until(lambda: [entry[1] for entry in home.mappings()] == [41002], 8, "short leases stay")
    story.check(True, f"and they run out: all were gone after {time.monotonic() - begun:.1f} s")
    lab.remove_site(home)


def check_restarts(lab, story, other):
    """A restarted daemon leaves its rules; a rebooted router has forgotten all, and says so by PCP."""
    home = lab.add_home("reboot", NatKind.PORT_RESTRICTED, Ipv6.NONE, Speaks.ALL)
    host, outside = udp_socket(home.host, home.lan4, 41000), udp_socket(other.host, other.public4, 7022)
    clients.pcp_map(home, 41000)
    until(lambda: clients.nat_pmp_address(home).epoch >= 2, 5, "the epoch does not grow")
    home.daemon.restart()
    kept = reaches(outside, (home.public4, 41000), host)
    story.check(kept and home.mappings(), "after a restart of the daemon alone the mapping still lets in")
    epoch = until(lambda: (found := clients.nat_pmp_address(home).epoch) >= 2 and found, 5, "the epoch does not grow")
    ear = clients.announcement_socket(home)
    home.reboot_router()
    gone = not reaches(outside, (home.public4, 41000), host, SILENCE)
    after = clients.nat_pmp_address(home).epoch
    said = announcements(ear)
    story.check(gone and not home.mappings() and after < epoch and "PCP" in said, "after a reboot the mapping is gone, "
                f"the epoch begins again ({epoch} s, then {after} s), and {' and '.join(said)} announces it", f"{said}")
    for sock in (host, outside, ear):
        sock.close()
    lab.remove_site(home)


def check_new_address(lab, story, other, speaks):
    """The daemon learns of another public address, announces it, and its mappings forward there."""
    home = lab.add_home(f"moved{speaks.name.lower()}", NatKind.PORT_RESTRICTED, Ipv6.NONE, speaks)
    host, outside = udp_socket(home.host, home.lan4, 41000), udp_socket(other.host, other.public4, 7023)
    clients.pcp_map(home, 41000)
    ear, old, new = clients.announcement_socket(home), home.public4, NEW_ADDRESS.format(home.number)
    home.change_public_address(new)
    said = announcements(ear)
    told = {clients.nat_pmp_address(home).address, clients.pcp_map(home, 41000).address}
    if speaks.upnp:
        told.add(clients.igd(home).external_address().values["NewExternalIPAddress"])
    story.check(told == {new} and said == ["NAT-PMP", "PCP"], f"speaking {speaks.value}: a new address is announced by "
                f"{' and '.join(said)} and told by every protocol", f"{told} {said}")
    story.check(reaches(outside, (new, 41000), host) and not reaches(outside, (old, 41000), host, SILENCE),
                "the mapping lets in there, and nothing comes in by the old one")
    for sock in (host, outside, ear):
        sock.close()
    lab.remove_site(home)


def announcements(ear):
    """The protocols whose announcements came, until it is quiet."""
    heard = set()
    ear.settimeout(1)
    while True:
        try:
            data = ear.recv(64)
        except socket.timeout:
            return sorted(heard)
        heard.add("PCP" if data[0] == 2 else "NAT-PMP")
