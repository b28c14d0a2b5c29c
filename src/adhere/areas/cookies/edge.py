"""The public addresses of consent: the banner, the answers, and what proves them."""

from __future__ import annotations

from adhere.areas.cookies.edging.answers import BODY_LIMIT, Answered, read
from adhere.areas.cookies.edging.doors import Doors
from adhere.areas.cookies.edging.handing import Handing
from adhere.areas.cookies.edging.making import Made
from adhere.areas.cookies.edging.packing import EXTRAS, Banners
from adhere.areas.cookies.edging.reading import Reading, Shelf
from adhere.areas.cookies.edging.receipts import Receipts
from adhere.areas.cookies.edging.sites import KnownSite, Sites
from adhere.areas.cookies.edging.storing import Keeper
from adhere.areas.cookies.edging.tokens import Tokens
from adhere.edge.batching import Batcher
from adhere.edge.http import JSON, Request, Response, Route
from adhere.edge.limits import RateLimit
from adhere.edge.place import Place

CONSENTS = "/e/{site}/consents"
_FRESH = (("cache-control", "no-store"),)


def make_routes(place: Place, limit: RateLimit | None = None) -> tuple[Route, ...]:
    """The routes of this installation; nothing is opened before the first request."""
    house = _House(place, limit or RateLimit())
    return house.routes()


class _House:
    def __init__(self, place: Place, limit: RateLimit) -> None:
        self._place = place
        self._limit = limit
        self._sites = Sites(place)
        self._doors = Doors(self._sites, place.url)
        self._parts: _Parts | None = None

    def routes(self) -> tuple[Route, ...]:
        banners = Banners(self._sites, self._place.url)
        guarded, one = self._doors.guarded, f"{CONSENTS}/{{id}}"
        return (
            Route("GET", "/e/{site}/banner.js", banners.banner),
            *(Route("GET", f"/e/{{site}}/{name}.js", banners.extra) for name in EXTRAS),
            Route("POST", CONSENTS, guarded(self._post), BODY_LIMIT),
            Route("OPTIONS", CONSENTS, self._doors.preflight("POST")),
            Route("GET", one, guarded(self._show, named=False)),
            Route("OPTIONS", one, self._doors.preflight("GET")),
            Route("POST", f"{one}/handover", guarded(self._give), 1_024),
            Route("OPTIONS", f"{one}/handover", self._doors.preflight("POST")),
            Route("POST", "/e/{site}/handover", guarded(self._take), 1_024),
            Route("OPTIONS", "/e/{site}/handover", self._doors.preflight("POST")),
        )

    @property
    def _all(self) -> _Parts:
        # The keys come from the data folder, which may be made after this process began.
        if self._parts is None:
            self._parts = _Parts(self._place, self._sites)
        return self._parts

    async def _post(self, request: Request, site: KnownSite) -> Response:
        self._limit.take(site.slug, request.client)
        made = await self._all.batcher.put(read(request, site))
        return Response(self._all.receipts.receipt(made), JSON, 201, _FRESH)

    async def _show(self, request: Request, site: KnownSite) -> Response:
        self._limit.take(site.slug, request.client)
        return await self._all.reading.show(request, site)

    async def _give(self, request: Request, site: KnownSite) -> Response:
        self._limit.take(site.slug, request.client)
        return await self._all.handing.give(request, site)

    async def _take(self, request: Request, site: KnownSite) -> Response:
        self._limit.take(site.slug, request.client)
        return await self._all.handing.take(request, site)


class _Parts:
    """What needs the ledger's keys."""

    def __init__(self, place: Place, sites: Sites) -> None:
        signer = place.signer()
        tokens = Tokens(signer)
        self.receipts = Receipts(signer, tokens)
        self.batcher: Batcher[Answered, Made] = Batcher(place, Keeper(tokens).store)
        shelf = Shelf(place)
        self.reading = Reading(place, shelf, tokens, self.receipts)
        self.handing = Handing(sites, shelf, self.reading)


routes = make_routes(Place.from_environment())
