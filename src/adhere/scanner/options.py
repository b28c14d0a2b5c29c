"""What is asked of a scan."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

from msgspec import Struct

from adhere.errors import Problem

STATES = ("before", "ignored", "refused", "accepted", "withdrawn", "gpc")
RESOLVE = "HOST=ADDRESS or HOST=ADDRESS:PORT, such as '*=127.0.0.1:8443'"
_HOST = re.compile(r"(\*|(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])")


class Resolution(Struct, frozen=True):
    """A host that the operator sends to an address of their own; ``*`` is every host.

    ``port`` takes the place of whatever port is asked for; None keeps it.
    """

    host: str
    address: str
    port: int | None = None

    def covers(self, host: str) -> bool:
        """Whether this names ``host``, itself or by ``*`` or ``*.domain``."""
        if self.host.startswith("*"):
            return host.endswith(self.host[1:])
        return host == self.host

    @property
    def rule(self) -> str:
        """The same as one of Chromium's host resolver rules."""
        address = f"[{self.address}]" if ":" in self.address else self.address
        return f"MAP {self.host} {address}" + (f":{self.port}" if self.port else "")


class Budget(Struct, frozen=True):
    """How much a scan may take: pages of the site, real seconds, bytes of one page and of all."""

    pages: int = 50
    seconds: float = 600
    page_bytes: int = 50_000_000
    bytes: int = 1_000_000_000


class Options(Struct, frozen=True, kw_only=True):
    """How to scan.

    ``states`` None is every state that the dialog offers, each of its purposes among them.
    ``private`` are hosts or networks (`10.0.0.0/8`) on private addresses that may be reached.
    ``login`` is a recorded script (see `login`). ``dwell_seconds`` is virtual time on each page;
    with ``virtual`` off it is waited out. ``resolver`` is the DNS server, `ADDRESS[:PORT]`, that is
    asked for CNAME records; empty is the system's.
    """

    max_pages: int = 1
    states: tuple[str, ...] | None = None
    resolve: tuple[Resolution, ...] = ()
    private: tuple[str, ...] = ()
    insecure: bool = False
    dwell_seconds: float = 10
    virtual: bool = True
    budget: Budget = Budget()
    robots: bool = True
    login: Path | None = None
    screenshots: bool = True
    har: bool = False
    parallel: int = 3
    accept_language: str = "en-GB,en;q=0.9"
    resolver: str = ""
    browser: Path | None = None
    page_seconds: float = 30

    def place(self, host: str, port: int) -> tuple[str, int]:
        """Where the operator says that a host and port are; the same where nothing is said."""
        for one in self.resolve:
            if one.covers(host):
                return one.address, one.port or port
        return host, port

    def named(self, host: str) -> bool:
        """Whether the operator said where ``host`` is."""
        return any(one.covers(host) for one in self.resolve)


def resolution(text: str) -> Resolution:
    """`HOST=ADDRESS[:PORT]` as the command line gives it; a Problem says what is wrong."""
    host, _, target = text.strip().partition("=")
    host = host.strip().lower().rstrip(".")
    if not _HOST.fullmatch(host) or not target.strip():
        raise Problem(f"“{text}” maps no host", field="--resolve", expected=RESOLVE)
    address, port = _target(target.strip(), text)
    return Resolution(host, address, port)


def _target(target: str, text: str) -> tuple[str, int | None]:
    address, port = target, ""
    if match := re.fullmatch(r"\[(.*)\](?::(.*))?", target):
        address, port = match[1], match[2] or ""
    elif target.count(":") == 1:
        address, _, port = target.partition(":")
        if not port:
            raise Problem(f"“{text}” has no port", field="--resolve", expected=RESOLVE)
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise Problem(f"“{port}” is no port", field="--resolve", expected="1 to 65535")
    try:
        return str(ipaddress.ip_address(address)), int(port) if port else None
    except ValueError:
        why = f"“{address}” is no IP address"
        raise Problem(why, field="--resolve", expected=RESOLVE) from None


def check_states(states: tuple[str, ...]) -> tuple[str, ...]:
    """The same states, each known and once; a Problem names one that is not."""
    for state in states:
        if state not in STATES and not (state.startswith("purpose:") and state[8:]):
            expected = ", ".join(STATES) + " or purpose:NAME"
            raise Problem(f"there is no state “{state}”", field="states", expected=expected)
    return tuple(dict.fromkeys(states))
