"""Who may ask from where: a website's own pages, by the Origin that the browser names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from adhere.areas.cookies.edging.sites import KnownSite, Sites
from adhere.edge.http import Handler, Headers, Refusal, Request, Response

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_ASKED = "content-type, authorization, idempotency-key"
Answer = Callable[[Request, KnownSite], Awaitable[Response]]


class Doors:
    """Wraps what a site's own pages may ask, so that their scripts can read the answer."""

    def __init__(self, sites: Sites, url: str) -> None:
        self._sites = sites
        address = urlsplit(url)
        self._own = f"{address.scheme}://{address.netloc}"

    def admits(self, site: KnownSite, origin: str, host: str) -> bool:
        """Whether a page of that origin is the site's.

        A site on this very machine (the demonstration) answers at whatever port it runs.
        """
        if origin in site.origins:
            return True
        asked = urlsplit(origin)
        return (
            self._own in site.origins
            and asked.netloc == host
            and asked.hostname in _HERE
            and asked.scheme in {"http", "https"}
        )

    def guarded(self, answer: Answer, *, named: bool = True) -> Handler:
        """``answer`` for the site's pages alone; refused with 403 otherwise.

        Without ``named`` a request that names no origin passes: a page's own GET names none.
        """

        async def handler(request: Request) -> Response:
            site = await self._sites.site(request.named["site"])
            origin = request.headers.get("origin", "")
            if origin or named:
                self._require(site, origin, request.headers.get("host", ""))
            shared = _shared(origin)
            try:
                response = await answer(request, site)
            except Refusal as refusal:
                refusal.headers += shared
                raise
            return Response(
                response.body, response.content_type, response.status, response.headers + shared
            )

        return handler

    def preflight(self, methods: str) -> Handler:
        """Answers OPTIONS for the site's pages."""

        async def handler(request: Request) -> Response:
            site = await self._sites.site(request.named["site"])
            origin = request.headers.get("origin", "")
            self._require(site, origin, request.headers.get("host", ""))
            headers = (
                ("access-control-allow-methods", methods),
                ("access-control-allow-headers", _ASKED),
                ("access-control-max-age", "7200"),
            )
            return Response(b"", status=204, headers=_shared(origin) + headers)

        return handler

    def _require(self, site: KnownSite, origin: str, host: str) -> None:
        if not self.admits(site, origin, host):
            what = "this origin is not the website's" if origin else "no origin is named"
            raise Refusal(
                403, what, field="origin", expected="a page of the website", headers=_VARY
            )


_VARY = (("vary", "Origin"),)


def _shared(origin: str) -> Headers:
    return (("access-control-allow-origin", origin), *_VARY) if origin else _VARY
