"""nginx: two files, for ``http`` and for ``server``."""

from __future__ import annotations

from adhere.areas.cookies.wall.policy import policy
from adhere.areas.cookies.wall.servers.common import (
    DOCUMENTS,
    SCRIPTS,
    TWICE,
    Opening,
    head,
    openings,
    template,
)
from adhere.areas.cookies.wall.site import Wall

HTTP = "adhere-wall-http.conf"
SERVER = "adhere-wall-server.conf"


def http_part(wall: Wall) -> str:
    """``include`` it inside ``http``: what each answer opens, and for which kinds of files."""
    found = openings(wall)
    used = "".join(f"${each.name}" for each in found)
    open_to = template(wall, used)
    return "\n".join([
        head(wall),
        *(_map(each) for each in found),
        "map $sent_http_content_type $adhere_policy {",
        f'    default "";\n    "" "{open_to}";',
        f'    "~*{DOCUMENTS}" "{open_to}";',
        "    # A worker obeys the headers of its own file; caches must not mix answers.",
        f'    "~*{SCRIPTS}" "{policy(wall)}";\n}}',
        "map $sent_http_content_type $adhere_vary {",
        f'    default "";\n    "" Cookie;\n    "~*{DOCUMENTS}" Cookie;\n}}\n',
    ])  # fmt: skip


def server_part(wall: Wall) -> str:
    """``include`` it inside ``server``, and in each block that has an ``add_header`` itself."""
    return (
        f"{head(wall)}# nginx forgets these lines in every block with an add_header of its own:\n"
        "# include this file there again.\n"
        "add_header Content-Security-Policy $adhere_policy always;\n"
        "add_header Vary $adhere_vary always;\n"
    )


def _map(opening: Opening) -> str:
    return (
        f"map $http_cookie ${opening.name} {{\n"
        f'    default "";\n    "~{TWICE}" "";\n'
        f'    "~{opening.pattern}" "{opening.words}";\n}}'
    )
