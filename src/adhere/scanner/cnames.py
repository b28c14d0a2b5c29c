"""Hosts that carry a site's name but, by a CNAME record, belong to somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import dns.asyncresolver
import dns.exception
import dns.rdatatype

from adhere.scanner.options import Options
from adhere.scanner.sites import address_of, same_site

_SECONDS = 2.0


async def cloaked(hosts: Iterable[str], page: str, options: Options) -> dict[str, str]:
    """The hosts of the page's own site that lead to another's, with where they lead.

    A host that `--resolve` maps is not asked for, unless a resolver was given.
    """
    own = [
        host
        for host in dict.fromkeys(hosts)
        if same_site(host, page)
        and not address_of(host)
        and (options.resolver or not options.named(host))
    ]
    if not own:
        return {}
    resolver = _resolver(options.resolver)
    leads = await asyncio.gather(*(_canonical(resolver, host) for host in own))
    return {host: to for host, to in zip(own, leads, strict=True) if to and not same_site(to, host)}


def _resolver(address: str) -> dns.asyncresolver.Resolver:
    resolver = dns.asyncresolver.Resolver(configure=not address)
    if address:
        host, _, port = address.rpartition(":") if address.count(":") == 1 else (address, "", "")
        resolver.nameservers = [host.strip("[]")]
        resolver.port = int(port or 53)
    resolver.lifetime = _SECONDS
    return resolver


async def _canonical(resolver: dns.asyncresolver.Resolver, host: str) -> str:
    try:
        answer = await resolver.resolve(host, dns.rdatatype.A, raise_on_no_answer=False)
    except (dns.exception.DNSException, OSError):
        return ""
    name = str(answer.canonical_name).rstrip(".").lower()
    return "" if name == host else name
