"""The wall's data of one website, out of the notice that its banner shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from adhere.areas.cookies.config import vendor_key, with_defaults
from adhere.areas.cookies.wall.site import FORMAT, Wall, WallError, wall_of
from adhere.errors import Problem

Json = Mapping[str, Any]
_NOTICES = 2_000


def wall_data(
    content: Json, edge: str, origins: Sequence[str], notices: Iterable[str]
) -> dict[str, Any]:
    """The data that a wall stands on, as JSON can hold it (``adhere-wall.json``).

    ``content`` is the current notice's (see ``config``), ``origins`` are the site's own,
    ``notices`` the SHA-256 of every notice it ever showed, newest first: an answer to an older
    one still counts for each purpose that has not changed since. Raises ``Problem`` where a host
    or an address is none.
    """
    data = {
        "format": FORMAT,
        "site": content["site"],
        "origins": list(origins),
        "edge": edge.rstrip("/"),
        "months": with_defaults(content["settings"])["months"],
        "notices": list(dict.fromkeys(each[:12] for each in notices))[:_NOTICES],
        "purposes": [_purpose(each, content) for each in content["purposes"]],
        "cookies": _cookies(content),
    }
    checked(data)
    return data


def checked(data: Json) -> Wall:
    """The wall of this data, or a ``Problem`` that says what is wrong with it."""
    try:
        return wall_of(data)
    except WallError as error:
        raise Problem(str(error), field="wall") from error


def _purpose(purpose: Json, content: Json) -> dict[str, Any]:
    """Unnecessary trackers of a purpose that asks nothing open nothing."""
    known = {each["name"]: each["hosts"] for each in content["vendors"]}
    vendors: dict[str, list[str]] = {}
    for tracker in content["trackers"]:
        mine = tracker["purpose"] == purpose["slug"] and tracker["party"] == "third"
        if mine and (tracker["strictly_necessary"] or not purpose["necessary"]):
            hosts = known.get(tracker["vendor"]) or _hosts(tracker["domain"])
            vendors.setdefault(vendor_key(tracker["vendor"]) or "unnamed", []).extend(hosts)
    named = {key: sorted(set(hosts)) for key, hosts in vendors.items()}
    return {
        "slug": purpose["slug"],
        "necessary": bool(purpose["necessary"]),
        "hash": purpose["hash"],
        "hosts": sorted({host for hosts in named.values() for host in hosts}),
        "vendors": named,
    }


def _hosts(domain: str) -> list[str]:
    """A cookie's domain that starts with a dot stands for what is below it as well."""
    bare = domain.lower().lstrip(".")
    if not bare or bare.startswith("*"):
        return [bare] if bare else []
    return [bare, f"*.{bare}"] if domain.startswith(".") else [bare]


def _cookies(content: Json) -> list[list[str]]:
    return sorted(
        [each["name"], each["purpose"], vendor_key(each["vendor"])]
        for each in content["trackers"]
        if each["kind"] == "cookie"
    )
