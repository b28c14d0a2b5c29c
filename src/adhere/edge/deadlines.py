"""Limits of time for many requests with one timer between them: one for each costs more."""

from __future__ import annotations

import asyncio
import threading
from types import TracebackType
from typing import Any


class Within:
    """``with Within(seconds):`` raises TimeoutError where a task's block takes longer."""

    __slots__ = ("_cancelling", "_late", "_queue", "_seconds", "_task")

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._late = False

    def __enter__(self) -> None:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("a limit of time is a task's")
        self._task: asyncio.Task[Any] = task
        self._cancelling = task.cancelling()
        self._queue = _here.queue(self._seconds)
        self._queue.add(self)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if not self._late:
            self._queue.remove(self)
        elif self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def end(self) -> None:
        """Its time is up."""
        self._late = True
        self._task.cancel()


class _Queue:
    """Limits of the same length, so that the first to come is the first to end."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        self._loop = loop
        self._seconds = seconds
        self._due: dict[Within, float] = {}
        self._timed = False

    def add(self, limit: Within) -> None:
        self._due[limit] = self._loop.time() + self._seconds
        if not self._timed:
            self._wait()

    def remove(self, limit: Within) -> None:
        del self._due[limit]

    def _wait(self) -> None:
        first = next(iter(self._due.values()), None)
        self._timed = first is not None
        if first is not None:
            self._loop.call_at(first, self._sweep)

    def _sweep(self) -> None:
        now = self._loop.time()
        over = [limit for limit, due in self._due.items() if due <= now]
        for limit in over:
            del self._due[limit]
            limit.end()
        self._wait()


class _Here(threading.local):
    """The queues of this thread's loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._queues: dict[float, _Queue] = {}

    def queue(self, seconds: float) -> _Queue:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._queues = loop, {}
        found = self._queues.get(seconds)
        if found is None:
            found = self._queues[seconds] = _Queue(loop, seconds)
        return found


_here = _Here()
