"""Address strings, as core/wire/contact_address.h lays them out, read and altered without the program's own code."""

import base64
import dataclasses
import ipaddress
import zlib

from namespaces import LabError

FIRST_ENDPOINT = 2 + 32 + 8  # version and length, key, token

# Kinds of endpoint record by their first octet: the name, how many octets stand before the address, and its own. A
# port follows. Of a Teredo address the client's is told (RFC 4380 §4); one kind leaves the server out, being the same.
KINDS = {1: ("native6", 0, 16), 7: ("native6", 0, 16), 2: ("mapped4", 0, 4), 3: ("lan4", 0, 4), 4: ("lan6", 0, 16),
         5: ("teredo", 4 + 2, 4), 6: ("teredo", 2, 4)}


@dataclasses.dataclass(frozen=True)
class Endpoint:
    kind: str
    address: str
    port: int


def address_bytes(address):
    """The bytes of an address string."""
    text = address.split(":", 1)[-1].upper()
    text = text[:len(text) - {1: 1, 3: 1, 6: 1}.get(len(text) % 8, 0)]
    return base64.b32decode(text + "=" * (-len(text) % 8))


def endpoints(address):
    """What an address string says of where its owner is."""
    octets, found = address_bytes(address), []
    at = FIRST_ENDPOINT + 1
    for _ in range(octets[FIRST_ENDPOINT]):
        name, before, length = KINDS[octets[at]]
        host = at + 1 + before
        end = host + length
        found.append(Endpoint(name, str(ipaddress.ip_address(octets[host:end])), int.from_bytes(octets[end:end + 2], "big")))
        at = end + 2
    return found


def with_octets(address, old, new):
    """An address string that says `new` where it said `old`, as long as that, and is sound all the same."""
    body = address_bytes(address)[:-4]
    if body.count(old) != 1 or len(old) != len(new):
        raise LabError(f"the address string does not say {old.hex()} once")
    body = body.replace(old, new)
    text = base64.b32encode(body + zlib.crc32(body).to_bytes(4, "big")).decode().rstrip("=").lower()
    return f"culvert:{text}"
