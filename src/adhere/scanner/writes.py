"""Cookies as they are written, by a `Set-Cookie` line or by a script: RFC 6265bis, section 5.

The lifetime is the one that was written: `Max-Age` before `Expires`, the latter against the clock
of whoever wrote it (the `Date` header, or the page's own). The browser cuts both at 400 days.
"""

from __future__ import annotations

import http.cookiejar
from collections.abc import Callable

import msgspec

from adhere.scanner.sites import address_of, same_site, site_of


class Written(msgspec.Struct, frozen=True):
    """One cookie as written; ``lifetime`` in seconds, None for a session cookie."""

    name: str
    value: str = ""
    domain: str = ""
    path: str = "/"
    lifetime: int | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str = ""
    partitioned: bool = False

    @property
    def removed(self) -> bool:
        return self.lifetime is not None and self.lifetime <= 0

    def refused(self, host: str, secure: bool, third_party: bool) -> str:
        """Why a browser keeps no such cookie from a script of this host; empty where it does."""
        if self.domain and not _covers(self.domain, host):
            return "its domain is not the page's"
        if self.secure and not secure:
            return "it is Secure on an insecure page"
        if third_party and (self.same_site.lower() != "none" or not self.secure):
            return "in a third party's frame it has no SameSite=None"
        return ""


def parse(line: str, now: float) -> Written:
    """A `Set-Cookie` line, or what a script assigned, at ``now`` (seconds since 1970)."""
    first, *rest = line.split(";")
    name, equals, value = first.partition("=")
    if not equals:
        name, value = "", first
    given: dict[str, str] = {}
    for part in rest:
        key, _, word = part.partition("=")
        given[key.strip().lower()] = word.strip()
    path = given.get("path", "")
    return Written(
        name.strip(),
        value.strip(),
        given.get("domain", "").lower().lstrip("."),
        path if path.startswith("/") else "/",
        _lifetime(given, now),
        "secure" in given,
        "httponly" in given,
        given.get("samesite", ""),
        "partitioned" in given,
    )


def _lifetime(given: dict[str, str], now: float) -> int | None:
    age = given.get("max-age", "")
    if age.removeprefix("-").isdigit() and age.isascii():
        return int(age)
    if given.get("expires"):
        expires = moment(given["expires"])
        if expires is not None:
            return round(expires - now)
    return None


def moment(text: str) -> float | None:
    """A date as HTTP writes it, in seconds since 1970; None where it is not one."""
    http2time: Callable[[str], float | None] = vars(http.cookiejar)["http2time"]
    return http2time(text) if text else None


def stored(given: dict[str, object], now: float) -> Written:
    """What a script gave `cookieStore.set`; its `expires` is in milliseconds."""
    expires = given.get("expires")
    lifetime = round(expires / 1000 - now) if isinstance(expires, int | float) else None
    return Written(
        str(given.get("name", "")),
        str(given.get("value", "")),
        str(given.get("domain") or "").lower().lstrip("."),
        str(given.get("path") or "/"),
        lifetime,
        secure=True,
        same_site=str(given.get("sameSite") or "strict"),
        partitioned=bool(given.get("partitioned")),
    )


def _covers(domain: str, host: str) -> bool:
    if domain == host:
        return True
    if address_of(host) or not host.endswith(f".{domain}"):
        return False
    return same_site(domain, host) and len(domain) >= len(site_of(host))
