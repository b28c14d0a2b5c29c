"""A visitor of the edge as a browser is, for the tests, and what the edge then keeps."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from adhere.edge.app import Edge
from adhere.edge.place import Place
from adhere.ledger.encoding import strict_json

from .consent_cast import ORIGIN, ORIGINS, SHOP


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Visitor:
    """Asks the edge as a browser does; every call in the one event loop of the test.

    It runs in a thread of its own: a browser test may have left a loop running in this one.
    """

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.loop = asyncio.new_event_loop()
        self.thread = Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        origin: str = ORIGIN,
        client: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        return self.run(self.told(method, path, body, origin=origin, client=client, **headers))

    async def told(
        self, method: str, path: str, body: bytes, *, origin: str, client: str, **headers: str
    ) -> Answer:
        given = {"content-length": str(len(body)), "host": "edge.example"}
        if method == "POST":
            given["content-type"] = "application/json"
        if origin:
            given["origin"] = origin
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        path, _, query = path.partition("?")
        sent: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "client": (client, 4711),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }  # fmt: skip
        await self.edge(scope, receive, send)
        fields = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], fields, b"".join(part["body"] for part in sent[1:]))

    def post(self, body: bytes, site: str = SHOP, **options: Any) -> Answer:
        return self.ask("POST", f"/e/{site}/consents", body,
                        **{"origin": ORIGINS[site], **options})  # fmt: skip


def place() -> Place:
    """Where the tests' own database is."""
    from django.db import connection

    data = Path(os.environ["ADHERE_DATA"])
    if connection.vendor == "sqlite":
        link = data / "adhere.sqlite3"
        link.unlink(missing_ok=True)
        link.symlink_to(connection.settings_dict["NAME"])
        return Place(data)
    url = os.environ["ADHERE_DATABASE_URL"]
    return Place(data, url.rpartition("/")[0] + "/" + str(connection.settings_dict["NAME"]))


def records() -> list[Any]:
    from adhere.areas.cookies.models import ConsentRecord

    return list(ConsentRecord.objects.select_related("entry").order_by("at"))


def bearer(receipt: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {receipt['token']}"}


def changed(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy with one leaf changed."""
    copy = strict_json(json.dumps(value).encode())
    at: Any = copy
    for name in path[:-1]:
        at = at[name]
    old = at[path[-1]]
    at[path[-1]] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else (
        "changed" if old is None else old[:-2] + ("A" if old[-2:-1] != "A" else "B") + old[-1:]
        if old else "x")  # fmt: skip
    return copy
