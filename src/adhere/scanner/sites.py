"""Which hosts are one site: those under the same registrable domain of the Public Suffix List."""

from __future__ import annotations

import ipaddress
from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


@cache
def site_of(host: str) -> str:
    """The registrable domain of a host; an address or a single label stands for itself."""
    host = host.strip("[]").lower().rstrip(".")
    if address_of(host):
        return host
    return _suffixes().privatesuffix(host) or host


def address_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, where a host is written as one."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def host_of(url: str) -> str:
    """The host that a URL names, in lower case; empty where it names none."""
    try:
        return (urlsplit(url.removeprefix("blob:")).hostname or "").rstrip(".")
    except ValueError:
        return ""


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are of one site."""
    return site_of(one) == site_of(other)
