"""What the wall knows of one website: its own addresses, its purposes, whom each lets in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?")
_HOST = re.compile(
    r"(?:(?:https?|wss?)://)?(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,10}"
    r"(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~/-]{0,200})?"
)
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_NOTICE = re.compile(r"[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{6}")


class WallError(ValueError):
    """Data that no wall can be built from; the message says which part and why."""


@dataclass(frozen=True)
class Gate:
    """One purpose: the hosts that it opens, as a whole and for each single vendor."""

    slug: str
    necessary: bool
    hash: str
    hosts: tuple[str, ...]
    vendors: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Wall:
    """A website's wall. The empty one lets nobody in: what stands when its data is missing."""

    site: str = ""
    origins: tuple[str, ...] = ()
    edge: str = ""
    months: int = 0
    notices: Mapping[str, None] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    cookies: tuple[tuple[str, str, str], ...] = ()
    policies: dict[Any, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def secure(self) -> bool:
        """Whether every own address is https, so that others are let in over it alone."""
        return all(each.startswith("https://") for each in self.origins)


CLOSED = Wall()


def wall_of(data: Any) -> Wall:
    """The wall that data of ``FORMAT`` describes. Raises ``WallError``."""
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise WallError(f"the wall's data must be an object with format {FORMAT}")
    months = data.get("months")
    if not isinstance(months, int) or not 1 <= months <= 24:
        raise WallError("months must be a number from 1 to 24")
    edge = str(data.get("edge", ""))
    return Wall(
        site=str(data.get("site", "")),
        origins=_all(_ORIGIN, data.get("origins"), "origins"),
        edge=_all(_ORIGIN, [edge] if edge else [], "edge")[0] if edge else "",
        months=months,
        notices=dict.fromkeys(_all(_NOTICE, data.get("notices"), "notices")),
        gates=tuple(_gate(each) for each in _list(data.get("purposes"), "purposes")),
        cookies=tuple(_cookie(each) for each in _list(data.get("cookies"), "cookies")),
    )


def _gate(data: Any) -> Gate:
    if not isinstance(data, Mapping) or not isinstance(data.get("vendors", {}), Mapping):
        raise WallError("each purpose must be an object")
    slug = _all(_KEY, [data.get("slug")], "purposes")[0]
    vendors = {
        _all(_KEY, [name], f"vendors of {slug}")[0]: _all(_HOST, hosts, f"hosts of {name}")
        for name, hosts in data.get("vendors", {}).items()
    }
    return Gate(
        slug=slug,
        necessary=data.get("necessary") is True,
        hash=_all(_HASH, [data.get("hash")], f"hash of {slug}")[0],
        hosts=_all(_HOST, data.get("hosts"), f"hosts of {slug}"),
        vendors=vendors,
    )


def _cookie(data: Any) -> tuple[str, str, str]:
    if not isinstance(data, list) or len(data) != 3 or not all(isinstance(x, str) for x in data):
        raise WallError("each of cookies must be [name, purpose, vendor]")
    return data[0], data[1], data[2]


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        raise WallError(f"{name} must be a list")
    return value


def _all(form: re.Pattern[str], value: Any, name: str) -> tuple[str, ...]:
    for each in _list(value, name):
        if not isinstance(each, str) or not form.fullmatch(each):
            raise WallError(f"{name}: {each!r} is not of the form {form.pattern}")
    return tuple(dict.fromkeys(value))
