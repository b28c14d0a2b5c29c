"""The Content-Security-Policy that lets in a site's own addresses and who was consented to.

It stands beside a policy that the site sends itself: a browser asks both, so it only ever takes
away. It speaks of where things come from, not of inline code, which stays as the site has it.
``default-src`` covers every kind of load that browsers know now and later (CSP level 3, 6.8);
only forms need a word of their own.
"""

from __future__ import annotations

from collections.abc import Iterable

from adhere.areas.cookies.wall.choices import Choices
from adhere.areas.cookies.wall.site import Wall

WORKER = "/adhere-wall-sw.js"
_LOCAL = ("data:", "blob:", "'unsafe-inline'", "'unsafe-eval'")
NOBODY = Choices()


def policy(wall: Wall, choices: Choices = NOBODY, *, static: bool = False) -> str:
    """The policy for these choices.

    ``static`` is for a ``<meta>`` element, which does not reach into the workers and plug-in
    documents of the site itself: those are shut as well.
    """
    key = (choices.given, static)
    if key not in wall.policies:
        if len(wall.policies) > 500:
            wall.policies.clear()
        wall.policies[key] = _written(wall, choices, static)
    return wall.policies[key]


def opened(wall: Wall, choices: Choices) -> list[str]:
    """The host patterns that are let in: of necessary purposes, and of what was given."""
    found: list[str] = []
    for gate in wall.gates:
        if gate.necessary or gate.slug in choices.given:
            found += gate.hosts
        for vendor, hosts in gate.vendors.items():
            if f"{gate.slug}:{vendor}" in choices.given:
                found += hosts
    return list(dict.fromkeys(found))


def sources(patterns: Iterable[str], secure: bool) -> list[str]:
    """Host patterns as source expressions; one without a scheme also opens web sockets."""
    schemes = ("https", "wss") if secure else ("https", "wss", "http", "ws")
    return [
        written
        for each in patterns
        for written in ([each] if "://" in each else [f"{scheme}://{each}" for scheme in schemes])
    ]


def own(wall: Wall) -> list[str]:
    """The site's own addresses, web sockets of the same host included."""
    sockets = [each.replace("http", "ws", 1) for each in wall.origins]
    return ["'self'", *wall.origins, *sockets, *([wall.edge] if wall.edge else [])]


def _written(wall: Wall, choices: Choices, static: bool) -> str:
    hosts = list(dict.fromkeys([*own(wall), *sources(opened(wall, choices), wall.secure)]))
    said = [("default-src", [*hosts, *_LOCAL]), ("form-action", hosts)]
    if static:
        workers = [f"{each}{WORKER}" for each in wall.origins]
        said += [("worker-src", [*workers, "data:", "blob:"]), ("object-src", ["'none'"])]
    return "; ".join(f"{name} {' '.join(values)}" for name, values in said)
