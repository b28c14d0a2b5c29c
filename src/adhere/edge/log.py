"""The ledger for everyone, as C2SP tlog-tiles; only what its checkpoint covers is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from adhere.edge.http import TEXT, Refusal, Request, Response, Route
from adhere.errors import Problem
from adhere.ledger.reader import LogReader
from adhere.ledger.tiles import parse_path

_OPEN = ("access-control-allow-origin", "*")
# A tile's address says its width, so what stands there never changes.
_FOR_EVER = (_OPEN, ("cache-control", "public, max-age=31536000, immutable"))
_FRESH = (_OPEN, ("cache-control", "no-cache"))


def log_routes(folder: Path) -> tuple[Route, ...]:
    """``/e/log/checkpoint`` and the tiles of the ledger in ``folder``."""

    async def checkpoint(request: Request) -> Response:
        note = await _read(folder, lambda reader: reader.checkpoint().encode())
        return Response(note, TEXT, headers=_FRESH)

    async def tile(request: Request) -> Response:
        path = "tile/" + request.named["rest"]
        data = await _read(folder, lambda reader: reader.resource(parse_path(path)))
        return Response(data, "application/octet-stream", headers=_FOR_EVER)

    return (
        Route("GET", "/e/log/checkpoint", checkpoint),
        Route("GET", "/e/log/tile/{rest*}", tile),
    )


async def _read(folder: Path, take: Callable[[LogReader], bytes]) -> bytes:
    """Opened anew each time: a restore may have put another folder in its place."""

    def read() -> bytes:
        with LogReader(folder) as reader:
            return take(reader)

    try:
        return await asyncio.to_thread(read)
    except Problem as problem:
        raise Refusal(
            404, problem.message, field=problem.field or "path", expected=problem.expected or ""
        ) from None
