"""What the wall adds to an answer's headers and takes out of them, whatever the server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adhere.areas.cookies.wall.choices import Choices
from adhere.areas.cookies.wall.cookies import expiries, leftovers, permitted
from adhere.areas.cookies.wall.policy import policy
from adhere.areas.cookies.wall.site import Wall

Headers = list[tuple[str, str]]
# A browser may also take for a page what carries no type, or one of these (MIME Sniffing, 7).
_DOCUMENTS = re.compile(
    r"(?:text/html|[a-z]+/(?:[a-z0-9.-]+\+)?xml|multipart/x-mixed-replace"
    r"|(?:unknown|application)/unknown|\*/\*|)"
)
_SCRIPTS = re.compile(r"(?:text|application)/(?:x-)?(?:java|ecma)script")
_WORKERS = {"worker", "sharedworker", "serviceworker"}
_REPORTING = {"nel", "report-to", "reporting-endpoints"}


@dataclass(frozen=True)
class Asked:
    """The parts of a request that the wall looks at."""

    cookie: str = ""
    host: str = ""
    destination: str = ""


def walled(
    headers: Sequence[tuple[str, str]], asked: Asked, wall: Wall, choices: Choices
) -> Headers:
    """The headers of an answer as they go out.

    A page gets the policy and ``Vary: Cookie``. A script gets one too, for a worker obeys the
    headers of its own file: the open one where a worker asked for it, else the shut one, so that
    no cache ever hands a worker more than was given.
    """
    found = [each for each in headers if _stays(each, wall, choices)]
    media = content_type(headers)
    if _DOCUMENTS.fullmatch(media):
        found = varied(found)
        found.append(("Content-Security-Policy", policy(wall, choices)))
        if not choices.given:
            found.append(("X-DNS-Prefetch-Control", "off"))
        gone = leftovers(asked.cookie, wall, choices)
        found += [("Set-Cookie", line) for line in expiries(gone, asked.host)]
    elif _SCRIPTS.fullmatch(media):
        if asked.destination in _WORKERS:
            found = varied(found)
            found.append(("Content-Security-Policy", policy(wall, choices)))
        else:
            found.append(("Content-Security-Policy", policy(wall)))
    return found


def content_type(headers: Sequence[tuple[str, str]]) -> str:
    """The media type without its parameters, in small letters; empty where none is said."""
    said = [value for name, value in headers if name.lower() == "content-type"]
    return said[-1].partition(";")[0].strip().lower() if said else ""


def varied(headers: Headers) -> Headers:
    """The same with ``Cookie`` in ``Vary``, so that no cache mixes visitors' answers."""
    said = ", ".join(value for name, value in headers if name.lower() == "vary")
    words = {each.strip().lower() for each in said.split(",")}
    if words & {"*", "cookie"}:
        return headers
    rest = [each for each in headers if each[0].lower() != "vary"]
    return [*rest, ("Vary", f"{said}, Cookie" if said else "Cookie")]


def _stays(header: tuple[str, str], wall: Wall, choices: Choices) -> bool:
    name, value = header[0].lower(), header[1]
    if name == "set-cookie":
        return permitted(value, wall, choices)
    # Reports leave the browser past every policy, so they may only go home.
    return name not in _REPORTING or _at_home(value, wall)


def _at_home(value: str, wall: Wall) -> bool:
    found = re.findall(r"https?://[^/\"\s]+", value)
    return all(each.lower() in {*wall.origins, wall.edge} for each in found)
