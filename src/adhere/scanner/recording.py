"""Puts together what one page of one state wrote, sent and probed."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from adhere.scanner import hooks, writes
from adhere.scanner.hooks import Batch, Called
from adhere.scanner.observations import Probing, Request, Script, Storage, Stored
from adhere.scanner.sites import host_of, same_site
from adhere.scanner.traffic import Hop, Traffic

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.async_api import CDPSession, Page

_KINDS: dict[str, Storage] = {
    "local-storage": "local-storage",
    "session-storage": "session-storage",
    "indexed-db": "indexed-db",
    "cache": "cache",
    "service-worker": "service-worker",
}
_LOCAL = ("localhost", "127.0.0.1", "[::1]")


class Recorder:
    """Listens to a page from before it loads."""

    def __init__(self, url: str, state: str, heard: Callable[[], None]) -> None:
        self.url = url
        self.state = state
        self.traffic = Traffic(heard)
        self.batches: list[Batch] = []
        self._epoch = 0.0
        self._mark = self._told_early = 0
        self._end = self._told_end = sys.maxsize

    def limit(self, size: int, over: Callable[[], None]) -> None:
        """Call ``over`` once more bytes than that have arrived."""
        self.traffic.limit, self.traffic.over = size, over

    def attach(self, page: Page, cdp: CDPSession) -> None:
        """Hear the page and its frames by its session, its workers by the page's own events."""
        for name, handler in self.traffic.events.items():
            cdp.on(name, handler)
        cdp.on("Runtime.bindingCalled", self._told)
        page.on("worker", lambda worker: self.traffic.workers.add(worker.url))
        page.on("request", self.traffic.noticed)

    def chosen(self) -> None:
        """All that happened so far was before the choice that is looked at."""
        self._mark, self._told_early = self.traffic.count, len(self.batches)

    def stop(self) -> None:
        """Nothing that happens from now on is part of the record."""
        self._end, self._told_end = self.traffic.count, len(self.batches)

    def hops(self) -> list[Hop]:
        """The requests, in order."""
        ours = [hop for hop in self.traffic.all() if hop.order < self._end]
        return sorted(ours, key=lambda hop: hop.order)

    @property
    def document(self) -> Hop | None:
        """The page itself, after its redirects."""
        for hops in self.traffic.hops.values():
            if hops[0].kind == "document":
                return hops[-1]
        return None

    @property
    def host(self) -> str:
        """The host of the page at the top, as it is after redirects."""
        return host_of(self.document.url if self.document else self.url)

    def requests(self) -> Iterator[Request]:
        """Every request but those for data that the page carries itself."""
        host = self.host
        images = self._images()
        for hop in self.hops():
            name = host_of(hop.url)
            yield Request(
                hop.url,
                name,
                hop.kind,
                self.state,
                self.url,
                self._at(hop.wall),
                method=hop.method,
                frame=hop.document,
                third_party=not same_site(name, host),
                status=hop.status,
                failed=hop.failed,
                redirected_from=hop.redirected_from,
                referrer=hop.referrer,
                body=hop.body,
                cookies=hop.cookies,
                early=hop.order < self._mark,
                set_by=images.get(hop.redirected_from or hop.url, hop.set_by),
            )

    def _images(self) -> dict[str, Script]:
        """Who asked for the images that a script asked for."""
        records = (one for batch in self.batches for one in batch.records if one.kind == "image")
        found = ((one.name, hooks.place(one.stack)) for one in records)
        return {url: by for url, by in found if by is not None}

    def stored(self) -> Iterator[Stored]:
        """Every write, those that the browser refused (``blocked``) among them."""
        for hop in self.hops():
            yield from self._headers(hop)
        for place, batch in enumerate(self.batches[: self._told_end]):
            for one in batch.records:
                if hooks.RESTORING in one.stack:
                    continue
                if found := self._written(batch.frame, one):
                    early = place < self._told_early
                    yield msgspec.structs.replace(found, early=early) if early else found

    def probings(self) -> Iterator[Probing]:
        """Every interface that was read, by the script that did."""
        host = self.host
        counts: dict[tuple[str, str, str, bool], Probing] = {}
        for place, batch in enumerate(self.batches[: self._told_end]):
            early = place < self._told_early
            for one in batch.probes:
                by = hooks.place(one.stack)
                key = (one.interface, one.call, by.url if by else "", early)
                if known := counts.get(key):
                    counts[key] = msgspec.structs.replace(known, count=known.count + one.times)
                    continue
                whose = host_of(by.url if by else batch.frame) or host
                third = not same_site(whose, host)
                at = self._at(one.at / 1000)
                counts[key] = Probing(
                    one.interface,
                    one.call,
                    self.state,
                    self.url,
                    at,
                    count=one.times,
                    third_party=third,
                    early=early,
                    set_by=by,
                )
        yield from counts.values()

    def _headers(self, hop: Hop) -> Iterator[Stored]:
        now = writes.moment(hop.answered.get("date", "")) or hop.wall
        for line in hop.set_cookies:
            found = self._cookie(writes.parse(line, now), host_of(hop.url))
            yield msgspec.structs.replace(
                found,
                how="header",
                at=self._at(hop.wall),
                frame=hop.document,
                raw=line,
                early=hop.order < self._mark,
                set_by=hop.set_by,
                blocked=hop.blocked.get(line, ""),
            )

    def _written(self, frame: str, one: Called) -> Stored | None:
        kind = one.kind.removesuffix("-removed")
        host = host_of(frame) or self.host
        why = ""
        if kind in ("cookie", "cookie-store"):
            cookie = _cookie(kind, one)
            found = self._cookie(cookie, host)
            why = cookie.refused(host, _secure(frame), not same_site(host, self.host))
            removed = cookie.removed
        elif kind in _KINDS:
            third = not same_site(host, self.host)
            found = Stored(
                _KINDS[kind], one.name, host, self.state, self.url, 0, "script", one.value,
                third_party=third,
            )  # fmt: skip
            removed = one.kind.endswith("-removed")
        else:
            return None
        return msgspec.structs.replace(
            found,
            at=self._at(one.at / 1000),
            frame=frame,
            removed=removed,
            raw=one.value,
            set_by=hooks.place(one.stack),
            blocked="" if removed else why,
        )

    def _cookie(self, one: writes.Written, host: str) -> Stored:
        domain = one.domain or host
        return Stored(
            "cookie",
            one.name,
            domain,
            self.state,
            self.url,
            0,
            "script",
            value=one.value,
            lifetime=one.lifetime,
            removed=one.removed,
            path=one.path,
            secure=one.secure,
            http_only=one.http_only,
            same_site=one.same_site,
            partitioned=one.partitioned,
            third_party=not same_site(domain, self.host),
        )

    def _at(self, wall: float) -> float:
        if not self._epoch:
            document = self.document
            self._epoch = document.wall if document else 0
        return round(max(wall - self._epoch, 0), 3) if wall and self._epoch else 0

    def _told(self, event: dict[str, Any]) -> None:
        if event.get("name") == hooks.BINDING and (told := hooks.batch(event["payload"])):
            self.batches.append(told)


def _cookie(kind: str, one: Called) -> writes.Written:
    if kind == "cookie":
        return writes.parse(one.value, one.at / 1000)
    if one.kind.endswith("-removed"):
        return writes.Written(one.name, lifetime=0)
    return writes.stored(json.loads(one.value), one.at / 1000)


def _secure(frame: str) -> bool:
    return frame.startswith("https:") or host_of(frame).endswith(_LOCAL)
