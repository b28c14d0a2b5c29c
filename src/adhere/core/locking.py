"""One writer at a time for what must not be decided twice at once."""

from __future__ import annotations

import zlib

from django.db import connection


def wait_for_turn(name: str) -> None:
    """Hold a named lock until the running transaction ends.

    SQLite needs none: its transactions begin as the only writer (``IMMEDIATE``).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
