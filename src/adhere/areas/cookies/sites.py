"""Websites that show the banner: what their addresses and settings may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from adhere.areas.cookies.config import ENTRIES, POSITIONS
from adhere.errors import Problem

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_LOCAL = re.compile(r"localhost|127(?:\.\d{1,3}){3}|\[::1\]")
_PROPERTY = re.compile(r"--adhere-[a-z0-9-]{1,40}")
_VALUE = re.compile(r"[a-zA-Z0-9#%., ()'\"/+-]{1,120}")


def checked_origin(text: str) -> str:
    """An exact origin such as ``https://www.example.com``; http only on this very machine."""
    parts = urlsplit(text.strip().rstrip("/"))
    try:
        port = parts.port
    except ValueError:
        port = -1
    host = parts.hostname or ""
    bare = not (parts.path or parts.query or parts.fragment or parts.username)
    secure = parts.scheme == "https" or (parts.scheme == "http" and _LOCAL.fullmatch(host))
    if not (host and bare and secure and port != -1 and "*" not in host):
        raise Problem(
            _("“%s” is no origin") % text.strip(),
            field="origins",
            expected="https://www.example.com",
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def checked_domain(domain: str, origins: Iterable[str]) -> str:
    """A cookie domain that every origin lies in, with a leading dot; empty is the host alone."""
    name = domain.strip().lower().lstrip(".")
    if not name:
        return ""
    hosts = [urlsplit(origin).hostname or "" for origin in origins]
    outside = [host for host in hosts if host != name and not host.endswith(f".{name}")]
    if "." not in name or outside:
        expected = _("a domain that every origin lies in, such as .example.com")
        said = _("“%(domain)s” does not hold %(hosts)s")
        named = {"domain": domain, "hosts": ", ".join(outside) or _("a website")}
        raise Problem(said % named, field="cookie_domain", expected=expected)
    return f".{name}"


def checked_theme(text: str) -> dict[str, str]:
    """Custom properties of the banner, one a line: ``--adhere-accent: #063``."""
    found: dict[str, str] = {}
    for line in filter(None, (each.strip().rstrip(";") for each in text.splitlines())):
        name, _colon, value = (part.strip() for part in line.partition(":"))
        if not (_PROPERTY.fullmatch(name) and _VALUE.fullmatch(value)) or "url" in value.lower():
            raise Problem(
                _("“%s” does not fit") % line, field="theme", expected="--adhere-accent: #063"
            )
        found[name] = value
    return found


def checked_link(text: str, field: str) -> str:
    """A path or a web address that a visitor can follow, or nothing."""
    address = text.strip()
    parts = urlsplit(address)
    path = address.startswith("/") and not address.startswith("//")
    web = parts.scheme in {"http", "https"} and bool(parts.netloc)
    if address and not (path or web or parts.scheme == "mailto"):
        raise Problem(
            _("“%s” leads nowhere") % address, field=field, expected=_("/path or https://…")
        )
    return address


def checked_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """A site's settings; a ``Problem`` names the first that does not fit."""
    months, kept = int(given["months"]), int(given["record_months"])
    if not 1 <= months <= 13:
        raise Problem(_("%d months") % months, field="months", expected=_("1 to 13"))
    if not months <= kept <= 120:
        raise Problem(
            _("%d months") % kept, field="record_months", expected=_("%d to 120") % months
        )
    for name, known in (("entry", ENTRIES), ("position", POSITIONS)):
        if given[name] not in known:
            raise Problem(f"“{given[name]}”", field=name, expected=" or ".join(known))
    return dict(given)
