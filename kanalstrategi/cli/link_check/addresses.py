"""Decides which IP addresses are on the open internet. Everything else may be a machine inside, which no page of ours may have asked."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""The only addresses of IPv6 that are handed out to machines on the internet."""
_NOT_FOR_MACHINES = (
    IPv6Network("2001::/23"),  # protocols: Teredo, which has an IPv4 address in it, among them
    IPv6Network("2001:db8::/32"),  # examples
    IPv6Network("2002::/16"),  # 6to4, which has an IPv4 address in it, and which nobody uses any more (RFC 7526)
    IPv6Network("3fff::/20"),  # examples; Python 3.11 does not know it
)
_NAT64 = IPv6Network("64:ff9b::/96")
"""How a network without IPv4 reaches an IPv4 address, which is its last 32 bits."""
_IPV4_NOT_FOR_MACHINES = (
    IPv4Network("192.0.0.0/24"),  # protocols, of which Python 3.11 only knows some
    IPv4Network("192.88.99.0/24"),  # the former relays of 6to4
)


def is_public(text: str) -> bool:
    """Whether a text is an IP address that a machine on the open internet has."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _is_public_ipv6(address) if isinstance(address, IPv6Address) else _is_public_ipv4(address)


def is_address(host: str) -> bool:
    """Whether a host is an IP address and not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_public_ipv4(address: IPv4Address) -> bool:
    is_special = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not is_special and not any(address in network for network in _IPV4_NOT_FOR_MACHINES)


def _is_public_ipv6(address: IPv6Address) -> bool:
    if address.scope_id is not None:
        return False
    if address in _NAT64:
        return _is_public_ipv4(IPv4Address(int(address) & 0xFFFFFFFF))
    return address in _GLOBAL_UNICAST and address.is_global and not any(address in network for network in _NOT_FOR_MACHINES)
