"""Caddy 2: a snippet that a site imports."""

from __future__ import annotations

from adhere.areas.cookies.wall.servers.common import TWICE, head, openings, template
from adhere.areas.cookies.wall.site import Wall

FILE = "adhere-wall.caddy"


def caddyfile(wall: Wall) -> str:
    """``import adhere-wall.caddy`` at the top of the Caddyfile, ``import adhere_wall`` in the site.

    Caddy cannot tell kinds of files apart here, so every answer carries the policy; on images
    and styles it means nothing.
    """
    found = openings(wall)
    lines = [head(wall), "(adhere_wall) {"]
    for each in found:
        lines += [
            f"\tmap {{http.request.header.Cookie}} {{{each.name}}} {{",
            f"\t\t`~{TWICE}` ``",
            f"\t\t`~{each.pattern}` `{each.words}`",
            "\t\tdefault ``\n\t}",
        ]
    used = "".join(f"{{{each.name}}}" for each in found)
    lines += [
        "\theader {",
        f"\t\t+Content-Security-Policy `{template(wall, used)}`",
        "\t\t+Vary Cookie\n\t\tdefer\n\t}\n}\n",
    ]
    return "\n".join(lines)
