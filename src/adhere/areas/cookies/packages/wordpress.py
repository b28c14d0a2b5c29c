"""The WordPress plugin: one PHP file with the site's data inside."""

from __future__ import annotations

import json
from pathlib import Path

from adhere.areas.cookies.packages.snippets import tag
from adhere.areas.cookies.wall.cookies import expression
from adhere.areas.cookies.wall.servers.common import template
from adhere.areas.cookies.wall.servers.static import hashes, opens
from adhere.areas.cookies.wall.site import Wall

_OPENED = "\n"
_TEMPLATE = Path(__file__).with_name("wordpress.php")


def plugin(wall: Wall, edge: str, slug: str) -> str:
    """``adhere-consent.php``, for ``wp-content/plugins``."""
    data = {
        "months": wall.months,
        "notices": list(wall.notices),
        "keys": hashes(wall),
        "opens": opens(wall),
        # PHP never sees files of scripts and drawings, so workers are shut as on a static host.
        "policy": template(wall, _OPENED, static=True).split(_OPENED),
        "cookies": [[_form(name), purpose, vendor] for name, purpose, vendor in wall.cookies],
        "tag": tag(edge, slug, wall=True),
    }
    held = json.dumps(data, sort_keys=True, indent=1)
    return _TEMPLATE.read_text(encoding="utf-8").replace("ADHERE_WALL", held)


def _form(name: str) -> str:
    """The same expression in PHP, between slashes."""
    return "/^" + expression(name).replace("/", "\\/") + "$/D"
