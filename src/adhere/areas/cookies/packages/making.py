"""Makes the files. Pure: the same website gives the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies.packages import frames, snippets, tagmanager, wordpress
from adhere.areas.cookies.wall.data import checked
from adhere.areas.cookies.wall.policy import WORKER
from adhere.areas.cookies.wall.servers import apache, caddy, nginx, static
from adhere.areas.cookies.wall.single import single_file
from adhere.areas.cookies.wall.site import Wall
from adhere.errors import Problem, nearest

Files = dict[str, str]


@dataclass(frozen=True)
class Website:
    """A website as packages need it: ``data`` is ``wall.data.wall_data``'s, ``edge`` the address
    that the banner comes from."""

    slug: str
    title: str
    edge: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """One package: its name, what it does, and whether it holds unmarked trackers back."""

    title: str | Promise
    description: str | Promise
    walls: bool
    make: Callable[[Website, Wall], Files]


def package(kind: str, site: Website) -> tuple[str, bytes]:
    """File name and bytes. Several files come as one ZIP. Raises ``Problem``."""
    if kind not in KINDS:
        raise Problem(f"no package is called {kind}", field="kind", expected=nearest(kind, KINDS))
    files = KINDS[kind].make(site, checked(site.data))
    if len(files) == 1:
        ((name, text),) = files.items()
        return name, text.encode()
    return f"adhere-{site.slug}-{kind}.zip", _zipped(files)


def _zipped(files: Files) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return held.getvalue()


def _script(site: Website, wall: Wall) -> Files:
    return {"banner.html": snippets.tag(site.edge, site.slug) + "\n"}


def _python(site: Website, wall: Wall) -> Files:
    return {
        "adhere_wall.py": single_file(site.data),
        "adhere-wall.json": json.dumps(site.data, indent=2, sort_keys=True) + "\n",
        **_walled_tag(site),
    }


def _walled_tag(site: Website) -> Files:
    return {"banner.html": snippets.tag(site.edge, site.slug, wall=True) + "\n"}


def _nginx(site: Website, wall: Wall) -> Files:
    return {
        nginx.HTTP: nginx.http_part(wall), nginx.SERVER: nginx.server_part(wall),
        **_walled_tag(site),
    }  # fmt: skip


def _apache(site: Website, wall: Wall) -> Files:
    return {apache.FILE: apache.htaccess(wall), **_walled_tag(site)}


def _caddy(site: Website, wall: Wall) -> Files:
    return {caddy.FILE: caddy.caddyfile(wall), **_walled_tag(site)}


def _scripts(wall: Wall) -> Files:
    return {
        static.LOADER.lstrip("/"): static.loader(wall),
        WORKER.lstrip("/"): static.service_worker(wall),
    }


def _headers(site: Website, wall: Wall) -> Files:
    head = f'<script src="{static.LOADER}"></script>\n{snippets.tag(site.edge, site.slug)}\n'
    return {static.FILE: static.headers_file(wall), "head.html": head, **_scripts(wall)}


def _static(site: Website, wall: Wall) -> Files:
    return {"head.html": snippets.static_head(wall, site.edge), **_scripts(wall)}


def _wordpress(site: Website, wall: Wall) -> Files:
    return {"adhere-consent.php": wordpress.plugin(wall, site.edge, site.slug)}


def _placeholders(site: Website, wall: Wall) -> Files:
    gates = [gate for gate in wall.gates if not gate.necessary]
    slug = gates[-1].slug if gates else "embeds"
    vendor = next((name for gate in gates[::-1] for name in gate.vendors), "example")
    return {"placeholders.html": snippets.placeholders(slug, vendor)}


KINDS: dict[str, Kind] = {
    "script": Kind(
        _("Script tag"),
        _(
            "One line for the head of every page. Holds back what is marked; trackers that "
            "nobody marked need one of the walls below."
        ),
        False, _script,
    ),
    "python": Kind(
        _("Python middleware"),
        _(
            "One file without dependencies for WSGI, ASGI and Django. Also strips refused "
            "cookies."
        ),
        True, _python,
    ),
    "nginx": Kind(
        "nginx",
        _("Two files to include. Read the consent cookie."),
        True, _nginx,
    ),
    "apache": Kind(
        "Apache",
        _("A .htaccess that reads the consent cookie."),
        True, _apache,
    ),
    "caddy": Kind(
        "Caddy",
        _("A snippet to import. Reads the consent cookie."),
        True, _caddy,
    ),
    "headers": Kind(
        "Netlify, Cloudflare Pages",
        _("A _headers file for everybody, and a service worker that widens it after consent."),
        True, _headers,
    ),
    "static": Kind(
        _("Any host, no server control"),
        _(
            "Lines for the head of every page, and a service worker that widens them after "
            "consent."
        ),
        True, _static,
    ),
    "wordpress": Kind(
        _("WordPress plugin"),
        _(
            "One file for wp-content/plugins: banner and wall. Calls nobody but the visitor's "
            "page."
        ),
        True, _wordpress,
    ),
    "gtm": Kind(
        _("Google Tag Manager template"),
        _(
            "Loads the banner and sets the consent defaults. Whatever the page loads beside the "
            "tag manager, and the tag manager itself, is out of its reach."
        ),
        False, lambda site, wall: {"adhere.tpl": tagmanager.template(site.edge, site.slug)},
    ),
    "react": Kind(
        "React",
        _("A component and a hook of a few lines."),
        False, lambda site, wall: {"adhere.jsx": frames.react(site.edge, site.slug)},
    ),
    "vue": Kind(
        "Vue 3",
        _("A plugin and a composable of a few lines."),
        False, lambda site, wall: {"adhere.js": frames.vue(site.edge, site.slug)},
    ),
    "placeholders": Kind(
        _("Marked embeds"),
        _("Examples of marked elements and their placeholders."),
        False, _placeholders,
    ),
}  # fmt: skip
"""Every package, in the order in which the console offers them."""
