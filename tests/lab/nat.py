"""What routers do to packets: nftables rules for the kinds of NAT and of IPv6 firewall, in RFC 4787's words.

| kind               | mapping                    | filtering                  | port kept | hairpin |
|--------------------|----------------------------|----------------------------|-----------|---------|
| PUBLIC             | none                       | none                       | yes       | -       |
| PORT_RESTRICTED    | endpoint-independent       | address and port-dependent | yes       | no      |
| SYMMETRIC          | address and port-dependent | address and port-dependent | no        | no      |
| ADDRESS_RESTRICTED | endpoint-independent       | address-dependent          | yes       | yes     |
| FULL_CONE          | endpoint-independent       | endpoint-independent       | yes       | yes     |
| DOUBLE             | a PORT_RESTRICTED router behind a PORT_RESTRICTED one whose inner side is RFC 1918 |||||
| CARRIER            | a PORT_RESTRICTED router behind a SYMMETRIC one of the provider's in 100.64.0.0/10 |||||

The kernel maps by port preservation: while one host alone is behind the router, its source port is the outer port.
So the last two filters before the nested ones are sets of what was sent, kept for a minute after the last packet:
`mapped` holds the ports that sent anything, `contacted` the pairs of a remote address and the port that wrote to it.
A port that sent nothing is closed (RFC 4787 §5 filters by mapping, not by host), and an address is let in to the
port alone that wrote to it.

Hairpinning (RFC 4787 §6) by those two kinds: what a host inside sends to an outer address and a mapped port goes to
the owner of the port, and comes from the sender's outer address. The filter is for the internet: it does not ask.
The plain masquerade of the others does not hairpin, and neither do the mappings of miniupnpd: its rules name `wan`.

Every router drops what reaches itself unasked. That matters: a packet that was merely refused would leave a flow
behind, and a later packet of the host to the same place would then leave from another port.
"""

import dataclasses
import enum


class NatKind(enum.Enum):
    PUBLIC = "no NAT"
    PORT_RESTRICTED = "port-restricted"
    SYMMETRIC = "symmetric"
    ADDRESS_RESTRICTED = "address-restricted"
    FULL_CONE = "endpoint-independent filtering"
    DOUBLE = "port-restricted behind another port-restricted NAT"
    CARRIER = "port-restricted behind a symmetric carrier NAT"


class Ipv6(enum.Enum):
    NONE = "no IPv6"
    OPEN = "IPv6 without a firewall"
    FIREWALLED = "IPv6 behind a stateful firewall"
    STATEFUL = "IPv6 behind a stateful firewall that passes errors about flows of its own alone"
    PINHOLES = "IPv6 behind a stateful firewall in which the router opens pinholes"


@dataclasses.dataclass(frozen=True)
class Behaviour:
    """What a NAT does, as `verdict.nat` of a report says it. None: the question makes no sense."""

    translated: bool
    mapping: str | None
    filtering: str | None
    port_preserved: bool | None
    hairpin: bool | None
    nested: bool

    @property
    def varies(self):
        return None if self.mapping is None else self.mapping != EI


EI, AD, APD = "endpoint_independent", "address_dependent", "address_and_port_dependent"

BEHAVIOUR = {
    NatKind.PUBLIC: Behaviour(False, EI, EI, True, None, False),
    NatKind.PORT_RESTRICTED: Behaviour(True, EI, APD, True, False, False),
    NatKind.SYMMETRIC: Behaviour(True, APD, APD, False, False, False),
    NatKind.ADDRESS_RESTRICTED: Behaviour(True, EI, AD, True, True, False),
    NatKind.FULL_CONE: Behaviour(True, EI, EI, True, True, False),
    NatKind.DOUBLE: Behaviour(True, EI, APD, True, False, True),
    NatKind.CARRIER: Behaviour(True, APD, APD, False, False, True),
}

# What stands between a nested router and the internet, and the network between the two.
PROVIDERS = {NatKind.DOUBLE: (NatKind.PORT_RESTRICTED, "10.64.{}"), NatKind.CARRIER: (NatKind.SYMMETRIC, "100.64.{}")}

HAIRPINS = (NatKind.ADDRESS_RESTRICTED, NatKind.FULL_CONE)


def rules(kind, ipv6, host, inside=None, outer=None):
    """The whole ruleset of a router: `wan` and `lan` are its interfaces, `host` the IPv4 address behind it.

    `inside` and `outer` are the router's own IPv4 addresses; they matter where it hairpins.
    The chains that miniupnpd fills exist in each, and are empty where no miniupnpd runs.
    """
    return f"""
table inet home {{
    set mapped {{ type inet_service; flags timeout; timeout 60s; }}
    set contacted {{ type ipv4_addr . inet_service; flags timeout; timeout 60s; }}
    map outer {{ type ifname : ipv4_addr; {_elements(outer)} }}

    chain input {{
        type filter hook input priority 0; policy accept;
        iifname "wan" ct state established,related accept
        iifname "wan" meta l4proto {{ icmp, ipv6-icmp }} accept
        iifname "wan" drop
    }}
    chain forward {{
        type filter hook forward priority 0; policy drop;
        iifname "lan" oifname "wan" jump outward
        jump miniupnpd
        ct state established,related accept
        ct status dnat accept
        {_forward_ipv4(kind)}
        {_forward_ipv6(ipv6)}
    }}
    chain outward {{
        {_remember(kind)}
        accept
    }}
    chain prerouting {{
        type nat hook prerouting priority -100; policy accept;
        jump prerouting_miniupnpd
        {_prerouting(kind, host, inside)}
    }}
    chain postrouting {{
        type nat hook postrouting priority 100; policy accept;
        jump postrouting_miniupnpd
        {_postrouting(kind, inside)}
    }}
    chain miniupnpd {{ }}
    chain prerouting_miniupnpd {{ }}
    chain postrouting_miniupnpd {{ }}
}}
"""


class Silence(enum.Enum):
    """What a router does not say."""

    EVERYTHING = "swallows every packet, and answers none"
    ABSENT = "is not there: not even its hardware address can be had"
    SSDP = "forwards and refuses like any other, and is deaf to SSDP"


def silence(how):
    """A second table, of a router that says little or nothing."""
    what = 'iifname "lan" udp dport 1900 drop' if how is Silence.SSDP else 'iifname "lan" drop'
    return f"table inet silent {{ chain early {{ type filter hook prerouting priority -300; {what}; }}\n}}\n"


def _elements(outer):
    return f'elements = {{ "lan" : {outer} }};' if outer else ""


def _forward_ipv4(kind):
    return "meta nfproto ipv4 accept" if kind is NatKind.PUBLIC else ""


def _forward_ipv6(ipv6):
    if ipv6 is Ipv6.OPEN:
        return "meta nfproto ipv6 accept"
    if ipv6 is Ipv6.STATEFUL:  # RFC 6092 §3.2.3, REC-18: the errors that established,related stands for
        return ""
    errors = "destination-unreachable, packet-too-big, time-exceeded, parameter-problem"
    return f"icmpv6 type {{ {errors} }} accept"


def _remember(kind):
    if kind is NatKind.ADDRESS_RESTRICTED:
        return "update @contacted { ip daddr . udp sport }\n        update @mapped { udp sport }"
    return "meta nfproto ipv4 update @mapped { udp sport }" if kind is NatKind.FULL_CONE else ""


def _prerouting(kind, host, inside):
    if kind not in HAIRPINS:
        return ""
    filters = "ip saddr . udp dport @contacted" if kind is NatKind.ADDRESS_RESTRICTED else "udp dport @mapped"
    return f"""iifname "wan" {filters} dnat ip to {host}
        iifname "lan" ip daddr != {inside} fib daddr type local udp dport @mapped dnat ip to {host}"""


def _postrouting(kind, inside):
    if kind in (NatKind.PUBLIC, None):
        return ""
    how = "masquerade fully-random" if kind is NatKind.SYMMETRIC else "masquerade"
    text = f'oifname "wan" meta nfproto ipv4 {how}'
    if kind in HAIRPINS:
        text += f'\n        oifname "lan" ip saddr {inside}/24 ct status dnat snat ip to oifname map @outer'
    return text
