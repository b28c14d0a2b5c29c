"""Hosts without any say on the server: a shut policy for everybody, and a service worker.

The policy stands in ``_headers`` (Netlify, Cloudflare Pages) or in a ``<meta>`` element. Once a
visitor has consented, the site's own service worker hands the page over with the policy widened.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

from adhere.areas.cookies.wall.policy import WORKER, policy, sources
from adhere.areas.cookies.wall.servers.common import template
from adhere.areas.cookies.wall.site import Wall

FILE = "_headers"
LOADER = "/adhere-wall.js"
_BROWSER = Path(__file__).parent.parent / "browser"
_OPENED = "\n"


def headers_file(wall: Wall) -> str:
    """``_headers``, for the folder that is published."""
    return (
        f"/*\n  Content-Security-Policy: {policy(wall)}\n"
        f"{WORKER}\n  Cache-Control: no-cache\n{LOADER}\n  Cache-Control: no-cache\n"
    )


def meta(wall: Wall, opened: str | None = None) -> str:
    """The element that must stand first in every page's head."""
    content = html.escape(opened or policy(wall, static=True), quote=False)
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def loader(wall: Wall) -> str:
    """``adhere-wall.js``: keeps the service worker as the answer is, loads the page again."""
    source = (_BROWSER / "adhere-wall.js").read_text(encoding="utf-8")
    return source.replace('"ADHERE_KEYS"', json.dumps(hashes(wall), sort_keys=True))


def service_worker(wall: Wall) -> str:
    """``adhere-wall-sw.js``, to be served from the root of the site."""
    shut, open_to = policy(wall), template(wall, _OPENED)
    static = meta(wall)
    held = {
        "months": wall.months,
        "notices": list(wall.notices),
        "keys": hashes(wall),
        "opens": opens(wall),
        "header": [shut, open_to.split(_OPENED)],
        "meta": [static, meta(wall, template(wall, _OPENED, static=True)).split(_OPENED)],
    }
    source = (_BROWSER / "adhere-wall-sw.js").read_text(encoding="utf-8")
    return source.replace('"ADHERE_WALL"', json.dumps(held, sort_keys=True))


def hashes(wall: Wall) -> dict[str, str]:
    """The hash of each purpose that asks for consent."""
    return {gate.slug: gate.hash for gate in wall.gates if not gate.necessary}


def opens(wall: Wall) -> dict[str, str]:
    """The sources that each key of an answer adds to the policy."""
    found: dict[str, str] = {}
    for gate in wall.gates:
        if not gate.necessary:
            found[gate.slug] = "".join(f" {each}" for each in sources(gate.hosts, wall.secure))
            for vendor, hosts in gate.vendors.items():
                words = "".join(f" {each}" for each in sources(hosts, wall.secure))
                found[f"{gate.slug}:{vendor}"] = words
    return found
