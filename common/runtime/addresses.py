"""Network addresses: whose a request is, and which proxies are believed when they say so."""

import ipaddress
from typing import Annotated

from pydantic import AfterValidator
from starlette.requests import HTTPConnection

from common.runtime.credentials import wrong

LOOPBACK = "127.0.0.1,::1"
HOUSEHOLD = 64  # bits: with IPv6 one connection gets at least so large a network of its own
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def network(request: HTTPConnection) -> str:
    """The network address to count by; with IPv6 the network that one connection is given.

    Empty when it is nobody's: this machine's own, by which a proxy would speak for everybody.
    """
    address = _address(request)
    if address is None or address.is_loopback:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, HOUSEHOLD), strict=False))
    return str(address)


def is_from_this_machine(request: HTTPConnection) -> bool:
    """Whether a program of this very machine asks, and no proxy for somebody else."""
    address = _address(request)
    forwarded = any(name in request.headers for name in _FORWARDED)
    return address is not None and address.is_loopback and not forwarded


def _address(request: HTTPConnection) -> _Address | None:
    try:
        address = ipaddress.ip_address(request.client.host if request.client else "")
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _known_proxies(text: str) -> str:
    try:
        networks = [ipaddress.ip_network(part.strip()) for part in text.split(",")]
    except ValueError:
        raise wrong(
            "it takes addresses and networks, parted by commas, as 10.0.0.5,172.18.0.0/16"
        ) from None
    if any(one.prefixlen == 0 for one in networks):
        raise wrong("whoever is believed may call himself anything: name your own proxies only")
    return text


Proxies = Annotated[str, AfterValidator(_known_proxies)]
"""Addresses and networks of proxies, parted by commas, that are believed whom they speak for."""
