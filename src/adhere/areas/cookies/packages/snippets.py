"""The lines of HTML that a page carries."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from adhere.areas.cookies.wall.servers import static
from adhere.areas.cookies.wall.site import Wall


def banner_address(edge: str, slug: str) -> str:
    """Where the banner of a site is."""
    return f"{edge.rstrip('/')}/e/{slug}/banner.js"


def tag(edge: str, slug: str, *, wall: bool = False) -> str:
    """The script element. With ``wall`` an answer loads the page again, for a policy in force
    cannot be widened."""
    marked = " data-adhere-wall" if wall else ""
    return f'<script src="{html.escape(banner_address(edge, slug))}" async{marked}></script>'


def static_head(wall: Wall, edge: str) -> str:
    """What stands first in the head of every page of a site without a server of its own."""
    return "\n".join(
        [static.meta(wall), f'<script src="{static.LOADER}"></script>', tag(edge, wall.site), ""]
    )


def placeholders(purpose: str, vendor: str) -> str:
    """Examples of marked elements: the banner shows a placeholder and asks in its place."""
    where = html.escape(vendor)
    return f"""\
<!-- An embed. Until it is allowed, a placeholder of the same size explains and asks. -->
<iframe data-adhere="{purpose}" data-adhere-vendor="{where}" width="560" height="315"
  title="Film" data-src="https://www.example.com/embed/film"></iframe>

<!-- A script from elsewhere. -->
<script type="text/plain" data-adhere="{purpose}" data-src="https://cdn.example.com/a.js"></script>

<!-- A script in the page. -->
<script type="text/plain" data-adhere="{purpose}">
  window.example = true;
</script>

<!-- A picture from elsewhere. -->
<img data-adhere="{purpose}" data-src="https://www.example.com/picture.png" alt="">

<!-- The way back to the choice, where the site is set to a link of its own. -->
<a href="#adhere">Cookies</a>
"""


def literal(value: Mapping[str, Any] | str) -> str:
    """A value as JavaScript or JSON may hold it inside a page."""
    return json.dumps(value, sort_keys=True).replace("</", "<\\/")
