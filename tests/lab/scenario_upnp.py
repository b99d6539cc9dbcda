"""The helper process and the real miniupnpd: mappings and pinholes are made, read back, renewed and taken back."""

import signal
import time

from gateway_clients import nat_pmp_map
from helper import Agent, Helper
from namespaces import run as run_command, udp_socket
from nat import Ipv6, NatKind
from netlab import Lab, address4
from selftest import HEARD, SILENCE, reaches
from upnp import Speaks

PORT = 41000
FIRST_ANSWER_SECONDS = 0.7
REPAIR_SECONDS = 10


def run(options, story):
    with Lab("upnp", bridge=options.bridge, keep=options.keep) as lab:
        home = lab.add_home("home", NatKind.PORT_RESTRICTED, Ipv6.PINHOLES, Speaks.ALL)
        third = lab.add_public_host("third")
        begun = time.monotonic()
        with Helper(lab, home.host, options.culvertd) as helper:
            url = find(story, helper, home, begun)
            check_mappings(story, helper, home, third)
            check_another(story, helper, home)
            check_pinhole(story, helper, home, third)
            check_restart(lab, story, helper, home, url)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                helper.process.send_signal(number)
            expect(story, helper, "status", "status", "signals to the whole group do not end the helper")
            story.check(helper.leave(), "the helper ends with its input")
        check_agent(lab, story, home, options)


def expect(story, helper, command, answer, text):
    heard, seconds = helper.ask(command)
    # A router that is asked back counts the second that has begun meanwhile.
    wanted = (answer, answer.replace(" 3600 ", " 3599 "))
    story.check(heard is not None and " ".join(heard).startswith(wanted), f"{text} ({seconds * 1000:.0f} ms)",
                heard or helper.state())
    return heard


def find(story, helper, home, begun):
    found = expect(story, helper, "search 4 quick", f"devices http://{home.lan}.1:", "the router is found")
    expect(story, helper, f"use 4 {found[1]}", f"device 1 {home.lan}.1 {home.public4} 0", "and says its outer address")
    seconds = time.monotonic() - begun
    story.check(seconds < FIRST_ANSWER_SECONDS, f"{seconds * 1000:.0f} ms after the helper was started")
    return found[1]


def check_mappings(story, helper, home, third):
    expect(story, helper, f"read udp {PORT} {PORT}", f"mapping 0 0 0 {PORT} 0 0", "nothing is mapped at first")
    for protocol in ("udp", "tcp"):
        expect(story, helper, f"map {protocol} {PORT} {PORT}", f"mapping 1 1 0 {PORT} 3600 0", f"{protocol} is mapped for an hour")
    wanted = {(protocol, PORT, home.lan4, PORT) for protocol in ("udp", "tcp")}
    story.check(wanted <= set(home.mappings()), "the router's table says so", home.mappings())
    host, outside = udp_socket(home.host, home.lan4, PORT), udp_socket(third.host, third.public4, 7001)
    story.check(reaches(outside, (home.public4, PORT), host, HEARD), "and a packet from the internet comes through")
    expect(story, helper, f"map udp {PORT} {PORT}", f"mapping 1 1 0 {PORT} 3600 0", "it can be renewed")
    for protocol in ("udp", "tcp"):
        expect(story, helper, f"unmap {protocol} {PORT} {PORT}", "done 0", f"{protocol} is taken back")
    home.forget_flows()
    story.check(not home.mappings(), "the router's table is empty", home.mappings())
    story.check(not reaches(outside, (home.public4, PORT), host, SILENCE), "and no packet comes through any more")
    host.close()
    outside.close()


def check_another(story, helper, home):
    """A port that the router forwards to another computer of the same network."""
    other = f"{home.lan}.77"
    address4(home.host, "eth0", f"{other}/24")
    nat_pmp_map(home, PORT + 1, local=other)
    expect(story, helper, f"read udp {PORT + 1} {PORT + 1}", f"mapping 0 0 1 {PORT + 1} 0 0", "another computer's mapping is seen as such")
    expect(story, helper, f"map udp {PORT + 1} {PORT + 1}", f"mapping 0 0 1 {PORT + 1} 0 718", "and stands in the way of ours")
    story.check(("udp", PORT + 1, other, PORT + 1) in home.mappings(), "which leaves it as it is", home.mappings())
    expect(story, helper, f"map udp {PORT + 1} {PORT + 2}", f"mapping 1 1 0 {PORT + 2} 3600 0", "another outer port is given")
    story.check(("udp", PORT + 2, home.lan4, PORT + 1) in home.mappings(), "and leads to our own", home.mappings())
    expect(story, helper, f"unmap udp {PORT + 1} {PORT + 2}", "done 0", "and is taken back")


def check_pinhole(story, helper, home, third):
    host, outside = udp_socket(home.host, home.address6, PORT), udp_socket(third.host, third.address6, 7001)
    story.check(not reaches(outside, (home.address6, PORT), host, SILENCE), "the IPv6 firewall keeps packets out")
    found = expect(story, helper, "search 6 quick", "devices http://[", "the router is found over IPv6")
    expect(story, helper, f"use 6 {found[1]}", "device", "it can be used")
    expect(story, helper, "firewall", "firewall 1 1", "its firewall is on and may be opened")
    opened = expect(story, helper, f"open {home.address6} {PORT} -", "pinhole 1 ", "a pinhole is opened")
    story.check(reaches(outside, (home.address6, PORT), host, HEARD), "and a packet from the internet comes through")
    number = opened[2]
    expect(story, helper, f"check {home.address6} {number}", "done 0", "the router knows it")
    expect(story, helper, f"open {home.address6} {PORT} {number}", f"pinhole 1 {number} 3600", "it can be renewed")
    expect(story, helper, f"close {home.address6} {number}", "done 0", "and closed")
    checked, _ = helper.ask(f"check {home.address6} {number}")
    story.check(checked[0] == "done" and int(checked[1]) > 0, "which the router remembers", checked)
    again = expect(story, helper, f"open {home.address6} {PORT} {number}", "pinhole 1 ", "one that is gone is made anew")
    expect(story, helper, f"close {home.address6} {again[2]}", "done 0", "and closed")
    check_second_address(story, helper, home)
    host.close()
    outside.close()


def check_second_address(story, helper, home):
    """Pinholes for two addresses of this computer: each asks for itself, whichever the system would take."""
    other = home.address6 + "2"
    run_command("ip", "-n", home.host, "addr", "add", f"{other}/64", "dev", "eth0", "nodad")
    for address in (home.address6, other):
        opened = expect(story, helper, f"open {address} {PORT} -", "pinhole 1 ", f"a pinhole for {address}")
        expect(story, helper, f"close {address} {opened[2]}", "done 0", "closed")


def check_restart(lab, story, helper, home, url):
    expect(story, helper, f"map udp {PORT} {PORT}", f"mapping 1 1 0 {PORT} 3600 0", "mapped once more")
    home.daemon.stop()
    answer, seconds = helper.ask("status")
    answer = answer or [f"no answer, {helper.state()}"]
    story.check(answer[:2] == ["status", "-"] and int(answer[2]) < 0, f"a daemon that is gone is noticed in {seconds:.2f} s", answer)
    home.daemon.start()
    expect(story, helper, f"use 4 {url}", f"device 1 {home.lan}.1 {home.public4} 0", "restarted, it is found where it was")
    expect(story, helper, f"map udp {PORT} {PORT}", f"mapping 1 1 0 {PORT} 3600 0", "and maps again")


def check_agent(lab, story, home, options):
    """Everything together: a wish is made true, kept true through what happens to routers, and taken back."""
    with Agent(lab, home, options, PORT) as agent:
        def expect_state(state, limit, text):
            seconds = agent.wait_for(state, limit)
            story.check(seconds is not None, f"the agent: {text} after {seconds or 0:.2f} s", agent.last())

        expect_state(f"speaks {home.public4} 1 1", FIRST_ANSWER_SECONDS, "both mapped and confirmed")
        expect_state(f"speaks {home.public4} 1 1 1", FIRST_ANSWER_SECONDS, "and a pinhole opened")
        home.change_public_address(home.public4[:-1] + "77")
        expect_state(f"speaks {home.public4} 1 1 1", REPAIR_SECONDS, "a new outer address is known")
        home.daemon.stop()
        expect_state("silent - 0 0 0", 2 * REPAIR_SECONDS, "a router that is gone is said to be")
        run_command("ip", "netns", "exec", home.router, "nft", "flush", "chain", "inet", "home", "prerouting_miniupnpd")
        home.daemon.start()
        expect_state(f"speaks {home.public4} 1 1 1", REPAIR_SECONDS, "restarted with an empty table, it has all again")
        seconds = agent.leave()
        story.check(seconds is not None and seconds < 1.0 and not home.mappings(),
                    f"everything is taken back in {seconds or 0:.2f} s", home.mappings())
