"""``banner.js`` as it goes out: built banner and configuration in one, compressed beforehand."""

from __future__ import annotations

import gzip
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

import brotli

from adhere.areas.cookies import config
from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.areas.cookies.edging.sites import KnownSite, Sites
from adhere.edge.http import Refusal, Request, Response

JAVASCRIPT = "text/javascript; charset=utf-8"
PACKAGED = Path(__file__).parents[1] / "static" / "cookies"
BUILT = Path(__file__).parents[5] / "banner" / "dist"
EXTRAS = ("tcf", "gpp", "group", "standing")
MOST_PACKED = 200
_CACHED = (("cache-control", "public, max-age=300"), ("vary", "Accept-Encoding"))
# Public and without any secret: pages of every origin load it.
_OPEN = (("access-control-allow-origin", "*"),)


@dataclass(frozen=True)
class Packed:
    """One script in its encodings."""

    etag: str
    bodies: Mapping[str, bytes]

    def response(self, request: Request) -> Response:
        headers = (("etag", self.etag), *_CACHED, *_OPEN)
        known = request.headers.get("if-none-match", "").split(",")
        if {"*", self.etag} & {each.strip().removeprefix("W/") for each in known}:
            return Response(b"", JAVASCRIPT, 304, headers)
        encoding = _accepted(request.headers.get("accept-encoding", ""))
        more = (("content-encoding", encoding),) if encoding else ()
        return Response(self.bodies[encoding], JAVASCRIPT, headers=headers + more)


def packed(script: bytes) -> Packed:
    """A script with its gzip and brotli forms."""
    tag = sha256(script).hexdigest()[:32]
    return Packed(
        f'"{tag}"',
        {
            "": script,
            "gzip": gzip.compress(script, 9, mtime=0),
            "br": brotli.compress(script, mode=brotli.MODE_TEXT, quality=11),
        },
    )


def _accepted(header: str) -> str:
    """The best encoding that the browser takes (RFC 9110, section 12.5.3)."""
    weights = {}
    for part in header.lower().split(","):
        name, _, weight = part.partition(";q=")
        weights[name.strip()] = weight.strip()
    for name in ("br", "gzip"):
        weight = weights.get(name, weights.get("*", "0"))
        if weight.rstrip("0").rstrip(".") != "" or weight == "":
            return name
    return ""


def built(name: str) -> bytes | None:
    """A built file of the banner: as packaged, or as built beside this source; None without."""
    for folder in (PACKAGED, BUILT):
        path = folder / f"{name}.js"
        if path.is_file():
            return path.read_bytes()
    return None


class Banners:
    """The scripts of all sites, made when first asked for and kept while they are current."""

    def __init__(self, sites: Sites, origin: str) -> None:
        self._sites = sites
        self._origin = origin
        self._packed: OrderedDict[tuple[str, str], Packed] = OrderedDict()

    async def banner(self, request: Request) -> Response:
        """``GET /e/{site}/banner.js?l=nl``: 404 where nothing may be placed."""
        site = await self._sites.site(request.named["site"])
        wanted = parse_qs(request.query).get("l", [""])[0].lower()
        notice = _notice(site, wanted)
        if notice is None:
            raise Refusal(404, "this website has published no notice", field="site", headers=_OPEN)
        return self._pack(notice.sha256, "banner", notice).response(request)

    async def extra(self, request: Request) -> Response:
        """``GET /e/{site}/tcf.js`` and its like: what a banner loads only when it needs it."""
        await self._sites.site(request.named["site"])
        name = request.path.rpartition("/")[2].removesuffix(".js")
        return self._pack("", name, None).response(request)

    def _pack(self, key: str, name: str, notice: KnownNotice | None) -> Packed:
        found = self._packed.get((key, name))
        if found is None:
            script = built(name)
            if script is None:
                raise Refusal(404, f"{name}.js is not built here", field="path", headers=_OPEN)
            if notice is not None:
                script = script.rstrip() + b"\n(" + self._configuration(notice) + b")\n"
            found = self._packed[key, name] = packed(script)
            if len(self._packed) > MOST_PACKED:
                self._packed.popitem(last=False)
        return found

    def _configuration(self, notice: KnownNotice) -> bytes:
        value = config.configuration(notice.content, notice.sha256, self._origin)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # Harmless wherever the script is put: in a page as well.
        return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").encode()


def _notice(site: KnownSite, wanted: str) -> KnownNotice | None:
    """The notice in the language asked for, ``nl-BE`` as ``nl``; else in the site's own."""
    for language in (wanted, wanted.partition("-")[0], site.language):
        if language in site.current:
            return site.current[language]
    return next(iter(site.current.values()), None)
