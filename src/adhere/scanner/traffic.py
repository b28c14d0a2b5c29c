"""Requests and answers as the browser's own network events tell them, put together hop by hop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from adhere.scanner.observations import Script

if TYPE_CHECKING:
    from playwright.async_api import Request

Event = dict[str, Any]
KINDS = {"ping": "beacon", "cspviolationreport": "report"}
BODY = 65_536


class Hop(Struct):
    """One request and its answer: a redirect is two hops of one id."""

    url: str
    kind: str
    method: str
    frame: str
    document: str
    wall: float
    clock: float
    headers: dict[str, str]
    body: str = ""
    referrer: str = ""
    redirected_from: str = ""
    set_by: Script | None = None
    cookies: dict[str, str] = field(default_factory=dict)
    status: int = 0
    text: str = ""
    mime: str = ""
    failed: str = ""
    answered: dict[str, str] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)
    ended: float = 0
    size: int = 0
    protocol: str = ""
    address: str = ""
    order: float = 0

    @property
    def set_cookies(self) -> list[str]:
        """The raw `Set-Cookie` lines of the answer."""
        return [line for line in self.answered.get("set-cookie", "").split("\n") if line]


class Traffic:
    """Listens to one page, its frames and its workers.

    ``size`` is the bytes that arrived so far; ``over`` is called once they are more than ``limit``.
    """

    limit: float = float("inf")

    def __init__(self, heard: Callable[[], None]) -> None:
        self.heard = heard
        self.over: Callable[[], None] = lambda: None
        self.size = self.count = 0
        self.hops: dict[str, list[Hop]] = {}
        self.pending: set[str] = set()
        self.workers: set[str] = set()
        self._noticed: list[tuple[Request, float]] = []
        self._asked: dict[str, list[Event]] = defaultdict(list)
        self._told: dict[str, list[Event]] = defaultdict(list)
        self._handlers: dict[str, Callable[[Event], None]] = {
            "Network.requestWillBeSent": self._sent,
            "Network.requestWillBeSentExtraInfo": lambda e: self._asked[e["requestId"]].append(e),
            "Network.responseReceived": self._received,
            "Network.responseReceivedExtraInfo": self._headers,
            "Network.dataReceived": self._data,
            "Network.loadingFinished": self._finished,
            "Network.loadingFailed": self._failed,
            "Network.webSocketCreated": self._socket,
            "Network.webSocketWillSendHandshakeRequest": self._shaken,
            "Network.webSocketFrameSent": self._said,
        }

    @property
    def events(self) -> dict[str, Callable[[Event], None]]:
        """What is to be listened to, by the event's name."""
        return self._handlers

    def noticed(self, request: Request) -> None:
        """A request that may be a worker's, which the page's own session does not tell of."""
        if request.url.startswith(("http:", "https:")):
            self._noticed.append((request, self.count - 0.5))

    def _of_workers(self) -> None:
        known = {hop.url for hops in self.hops.values() for hop in hops}
        for request, order in self._noticed:
            if self.workers and request.url not in known:
                started = request.timing["startTime"] / 1000
                wall = started if started > 0 else 0
                hop = Hop(request.url, request.resource_type, request.method, "", "", wall, 0, {})
                hop.order, hop.body = order, (request.post_data or "")[:BODY]
                self.hops[f"worker {order} {request.url}"] = [hop]
        self._noticed.clear()

    def all(self) -> Iterator[Hop]:
        """Every hop so far, in order, with what its own raw headers say."""
        self._of_workers()
        for name, hops in self.hops.items():
            for place, hop in enumerate(hops):
                if place < len(self._asked[name]):
                    _sent_cookies(hop, self._asked[name][place])
                if place < len(self._told[name]):
                    _raw(hop, self._told[name][place])
                if hop.url in self.workers and hop.kind in ("other", "script"):
                    hop.kind = "worker"
                yield hop

    def waiting(self) -> set[str]:
        """The URLs that nothing has answered yet."""
        return {self.hops[name][-1].url for name in self.pending if name in self.hops}

    def _sent(self, event: Event) -> None:
        request, name = event["request"], event["requestId"]
        if not request["url"].startswith(("http:", "https:")):
            return
        earlier, by = "", initiator(event.get("initiator", {}))
        if (answer := event.get("redirectResponse")) and (hops := self.hops.get(name)):
            _answer(hops[-1], answer, event.get("timestamp", 0))
            earlier, by = hops[-1].url, hops[-1].set_by
        kind = event.get("type", "Other").lower()
        hop = Hop(
            request["url"],
            KINDS.get(kind, kind),
            request["method"],
            event.get("frameId", ""),
            event.get("documentURL", ""),
            event.get("wallTime", 0),
            event.get("timestamp", 0),
            request.get("headers", {}),
            request.get("postData", "")[:BODY],
            request.get("headers", {}).get("Referer", ""),
            earlier,
            by,
            order=self.count,
        )
        self._add(name, hop)
        self.pending.add(name)

    def _received(self, event: Event) -> None:
        if hops := self.hops.get(event["requestId"]):
            _answer(hops[-1], event["response"], event.get("timestamp", 0))
            self.heard()

    def _headers(self, event: Event) -> None:
        self._told[event["requestId"]].append(event)

    def _data(self, event: Event) -> None:
        self.size += event.get("encodedDataLength") or event.get("dataLength", 0)
        self.heard()
        if self.size > self.limit:
            self.over()

    def _finished(self, event: Event) -> None:
        self.pending.discard(event["requestId"])
        self.heard()
        if hops := self.hops.get(event["requestId"]):
            hops[-1].ended = event.get("timestamp", 0)
            hops[-1].size = int(event.get("encodedDataLength", 0))

    def _failed(self, event: Event) -> None:
        self.pending.discard(event["requestId"])
        self.heard()
        if hops := self.hops.get(event["requestId"]):
            hops[-1].ended = event.get("timestamp", 0)
            hops[-1].failed = event.get("blockedReason") or event.get("errorText", "failed")

    def _socket(self, event: Event) -> None:
        hop = Hop(event["url"], "websocket", "GET", "", "", 0, 0, {}, order=self.count)
        hop.set_by = initiator(event.get("initiator", {}))
        self._add(event["requestId"], hop)

    def _shaken(self, event: Event) -> None:
        if hops := self.hops.get(event["requestId"]):
            hops[-1].wall, hops[-1].clock = event["wallTime"], event["timestamp"]
            hops[-1].headers = event.get("request", {}).get("headers", {})

    def _add(self, name: str, hop: Hop) -> None:
        self.hops.setdefault(name, []).append(hop)
        self.count += 1

    def _said(self, event: Event) -> None:
        if hops := self.hops.get(event["requestId"]):
            said = event.get("response", {}).get("payloadData", "")
            hops[-1].body = f"{hops[-1].body}\n{said}".strip()[:BODY]


def initiator(given: Event) -> Script | None:
    """The place in a script, or in a document's own text, that caused a request."""
    stack = given.get("stack")
    while stack:
        for call in stack.get("callFrames", ()):
            if call.get("url"):
                line, column = call["lineNumber"] + 1, call["columnNumber"] + 1
                return Script(call["url"], line, column, call.get("functionName", ""))
        stack = stack.get("parent")
    if given.get("url"):
        line, column = int(given.get("lineNumber", -1)) + 1, int(given.get("columnNumber", -1)) + 1
        return Script(given["url"], line, column)
    return None


def _answer(hop: Hop, answer: Event, at: float) -> None:
    hop.status = answer.get("status", 0)
    hop.text = answer.get("statusText", "")
    hop.mime = answer.get("mimeType", "")
    hop.protocol = answer.get("protocol", "")
    hop.address = answer.get("remoteIPAddress", "")
    hop.answered = {key.lower(): value for key, value in answer.get("headers", {}).items()}
    hop.headers = answer.get("requestHeaders") or hop.headers
    hop.ended = hop.ended or at


def _sent_cookies(hop: Hop, event: Event) -> None:
    hop.headers = event.get("headers") or hop.headers
    hop.cookies = {
        one["cookie"]["name"]: one["cookie"]["value"]
        for one in event.get("associatedCookies", ())
        if not one.get("blockedReasons") and one.get("cookie")
    }


def _raw(hop: Hop, event: Event) -> None:
    hop.answered = {key.lower(): value for key, value in event.get("headers", {}).items()}
    hop.status = hop.status or event.get("statusCode", 0)
    hop.blocked = {
        one["cookieLine"]: ", ".join(one.get("blockedReasons", ()))
        for one in event.get("blockedCookies", ())
        if one.get("cookieLine")
    }
