"""Many requests, one durable commit: a thread collects what waits and stores it together."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, Union

from adhere.edge.databases import Database, Errors, open_database
from adhere.edge.http import Refusal
from adhere.edge.place import Place

Item = TypeVar("Item")
Stored = TypeVar("Stored")
Outcome = Union[Stored, Refusal]  # noqa: UP007 - a type of its own only when written so
Store = Callable[[Database, Sequence[Item]], Sequence[Outcome[Stored]]]
Waiting = tuple[Item, "asyncio.Future[Stored]"]

MOST_IN_BATCH = 256
MOST_WAITING = 4_096
GATHER = 0.002
logger = logging.getLogger(__name__)


class Batcher(Generic[Item, Stored]):
    """Stores items by ``store``, called within a transaction with a batch of them.

    ``store`` gives for each item what was stored, or the refusal of that one. No answer comes
    before the commit; when it fails, everybody in the batch is told to come again.
    """

    def __init__(self, place: Place, store: Store[Item, Stored]) -> None:
        self._place = place
        self._store = store
        self._waiting: deque[Waiting[Item, Stored]] = deque()
        self._news = threading.Condition()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._database: Database | None = None
        self._crowd = False

    async def put(self, item: Item) -> Stored:
        """What was stored, after its commit; raises the item's refusal, or 503 under overload."""
        if len(self._waiting) >= MOST_WAITING:
            raise Refusal(503, "too many wait to be stored", retry_after=1)
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._start(loop)
        future: asyncio.Future[Stored] = loop.create_future()
        self._waiting.append((item, future))
        # Rousing the thread for each item would cost more than storing it.
        if len(self._waiting) in {1, MOST_IN_BATCH}:
            with self._news:
                self._news.notify()
        return await future

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        thread = threading.Thread(target=self._run, args=(loop,), name="storing", daemon=True)
        thread.start()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while loop is self._loop and not loop.is_closed():
            batch = self._gather()
            if batch:
                outcomes = self._outcomes([item for item, _ in batch])
                try:
                    loop.call_soon_threadsafe(_deliver, batch, outcomes)
                except RuntimeError:  # the loop has ended; so has everybody who waited
                    return

    def _gather(self) -> list[Waiting[Item, Stored]]:
        """All that waits: at once where nobody else came last time, else after 2 ms."""
        with self._news:
            if not self._waiting:
                self._news.wait(1.0)
            if not self._waiting:
                return []
            if self._crowd and len(self._waiting) < MOST_IN_BATCH:
                self._news.wait(GATHER)
        count = min(len(self._waiting), MOST_IN_BATCH)
        self._crowd = count > 1
        return [self._waiting.popleft() for _ in range(count)]

    def _outcomes(self, items: Sequence[Item]) -> Sequence[Outcome[Stored]]:
        try:
            return self._commit(items)
        except Exception as error:
            if len(items) > 1 and not isinstance(error, Errors):
                # One of them is at fault; the others need not suffer.
                return [self._outcomes([item])[0] for item in items]
            logger.error("nothing was stored: %s", error, exc_info=not isinstance(error, Errors))
            self._forget()
            return [Refusal(503, "this could not be stored", retry_after=2)] * len(items)

    def _commit(self, items: Sequence[Item]) -> Sequence[Outcome[Stored]]:
        if self._database is None:
            self._database = open_database(self._place)
        with self._database.transaction():
            return self._store(self._database, items)

    def _forget(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            try:
                database.close()
            except Errors:
                logger.warning("a connection could not be closed")


def _deliver(batch: Sequence[Waiting[Item, Stored]], outcomes: Sequence[Outcome[Stored]]) -> None:
    for (_, future), outcome in zip(batch, outcomes, strict=True):
        if future.done():  # whoever asked has gone; what is stored stays
            continue
        if isinstance(outcome, Refusal):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
