"""What routers do to packets: nftables rules for the kinds of NAT and of IPv6 firewall, in RFC 4787's words.

| kind             | mapping                    | filtering                  | port kept |
|------------------|----------------------------|----------------------------|-----------|
| PUBLIC           | none                       | none                       | yes       |
| PORT_RESTRICTED  | endpoint-independent       | address and port-dependent | yes       |
| SYMMETRIC        | address and port-dependent | address and port-dependent | no        |
| ADDRESS_RESTRICTED | endpoint-independent     | address-dependent          | yes       |
| FULL_CONE        | endpoint-independent       | endpoint-independent       | yes       |
| CARRIER          | a PORT_RESTRICTED router behind a SYMMETRIC one of the provider's        |||

Every router drops what reaches itself unasked. That matters: a packet that was merely refused would leave a flow
behind, and a later packet of the host to the same place would then leave from another port.
"""

import enum


class NatKind(enum.Enum):
    PUBLIC = "no NAT"
    PORT_RESTRICTED = "port-restricted"
    SYMMETRIC = "symmetric"
    ADDRESS_RESTRICTED = "address-restricted"
    FULL_CONE = "endpoint-independent filtering"
    CARRIER = "port-restricted behind a symmetric carrier NAT"


class Ipv6(enum.Enum):
    NONE = "no IPv6"
    OPEN = "IPv6 without a firewall"
    FIREWALLED = "IPv6 behind a stateful firewall"


def rules(kind, ipv6, host):
    """The whole ruleset of a router: `wan` and `lan` are its interfaces, `host` the IPv4 address behind it.

    The chains that miniupnpd fills exist in each, and are empty where no miniupnpd runs.
    """
    return f"""
table inet home {{
    set contacted {{ type ipv4_addr; flags timeout; timeout 60s; }}

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
        {_prerouting(kind, host)}
    }}
    chain postrouting {{
        type nat hook postrouting priority 100; policy accept;
        jump postrouting_miniupnpd
        {_postrouting(kind)}
    }}
    chain miniupnpd {{ }}
    chain prerouting_miniupnpd {{ }}
    chain postrouting_miniupnpd {{ }}
}}
"""


def _forward_ipv4(kind):
    return "meta nfproto ipv4 accept" if kind is NatKind.PUBLIC else ""


def _forward_ipv6(ipv6):
    if ipv6 is Ipv6.OPEN:
        return "meta nfproto ipv6 accept"
    errors = "destination-unreachable, packet-too-big, time-exceeded, parameter-problem"
    return f"icmpv6 type {{ {errors} }} accept"


def _remember(kind):
    return "add @contacted { ip daddr }" if kind is NatKind.ADDRESS_RESTRICTED else ""


def _prerouting(kind, host):
    if kind is NatKind.FULL_CONE:
        return f'iifname "wan" meta l4proto udp dnat ip to {host}'
    if kind is NatKind.ADDRESS_RESTRICTED:
        return f'iifname "wan" meta l4proto udp ip saddr @contacted dnat ip to {host}'
    return ""


def _postrouting(kind):
    if kind in (NatKind.PUBLIC, None):
        return ""
    how = "masquerade fully-random" if kind is NatKind.SYMMETRIC else "masquerade"
    return f'oifname "wan" meta nfproto ipv4 {how}'
