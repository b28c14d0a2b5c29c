"""Apache 2.4: ``.htaccess``, or the same lines inside ``<VirtualHost>``."""

from __future__ import annotations

from adhere.areas.cookies.wall.policy import policy
from adhere.areas.cookies.wall.servers.common import (
    DOCUMENTS,
    SCRIPTS,
    TWICE,
    head,
    openings,
    template,
)
from adhere.areas.cookies.wall.site import Wall

FILE = ".htaccess"
_PAGE = f'"expr=-z %{{CONTENT_TYPE}} || %{{CONTENT_TYPE}} =~ m#{DOCUMENTS}#i"'
# An empty value would become "1", which is no source.
_NOTHING = " 'self'"
_SCRIPT = f'"expr=%{{CONTENT_TYPE}} =~ m#{SCRIPTS}#i"'


def htaccess(wall: Wall) -> str:
    """Needs ``a2enmod headers setenvif``. No ``<IfModule>`` around it: without those modules
    the pages must not go out as if there were no wall."""
    found = openings(wall)
    used = "".join(f"%{{{each.name}}}e" for each in found)
    lines = [head(wall), "# Needs: a2enmod headers setenvif"]
    for each in found:
        lines += [
            f'SetEnvIf Request_Protocol "^" "{each.name}={_NOTHING}"',
            f'SetEnvIf Cookie "{each.pattern}" "{each.name}={each.words}"',
            f'SetEnvIf Cookie "{TWICE}" "{each.name}={_NOTHING}"',
        ]
    lines += [
        f'Header always add Content-Security-Policy "{template(wall, used)}" {_PAGE}',
        f'Header always add Content-Security-Policy "{policy(wall)}" {_SCRIPT}',
        f"Header always merge Vary Cookie {_PAGE}",
        "# Apache leaves the policy out of a 304, so a page must not be asked for that way.",
        f"Header unset ETag {_PAGE}",
        f"Header unset Last-Modified {_PAGE}",
    ]
    return "\n".join(lines) + "\n"
