"""One worker at a time: a lock that ends with its holder, whatever ends it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import connections
from django.db.utils import Error as DatabaseError

_NUMBER = 0x41444845  # any number will do that no other program of this database uses
_AGAIN = 1.0


class Turn:
    """The right to do the background work. ``held`` says whether it still is ours."""

    def __init__(self, held: Callable[[], bool], end: Callable[[], None]) -> None:
        self.held = held
        self.end = end


def stand_by(stop: Event, waiting: Callable[[], None]) -> Turn | None:
    """Blocks until it is our turn; None when told to stop. ``waiting`` is called once."""
    told = False
    while not stop.is_set():
        turn = take_turn()
        if turn:
            return turn
        if not told:
            waiting()
            told = True
        stop.wait(_AGAIN)
    return None


def take_turn() -> Turn | None:
    """The turn, or None while another process has it."""
    if connections["default"].vendor == "postgresql":
        return _advisory()
    return _file(Path(settings.DATA) / "worker.lock")


def _file(path: Path) -> Turn | None:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return Turn(held=lambda: True, end=lambda: os.close(handle))


def _advisory() -> Turn | None:
    # A connection of its own: the lock lasts exactly as long as that session.
    own = connections.create_connection("default")

    def ask(statement: str) -> bool:
        try:
            with own.cursor() as cursor:
                cursor.execute(statement)
                return bool(cursor.fetchone()[0])
        except DatabaseError:
            return False

    if not ask(f"SELECT pg_try_advisory_lock({_NUMBER})"):
        own.close()
        return None
    return Turn(held=lambda: ask("SELECT true"), end=own.close)
