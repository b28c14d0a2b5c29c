"""Brings the database to this version of Adhere, quickly where nothing is to do."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

_NUMBER = 0x41444D49  # any number will do that no other program of this database uses


def bring_up_to_date() -> None:
    """Apply the migrations that are missing; of several processes one does so, the others wait."""
    if not _is_missing():
        return
    with _alone():
        if _is_missing():
            call_command("migrate", interactive=False, verbosity=0)


def _is_missing() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_NUMBER])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])
        return
    with (Path(settings.DATA) / "migrating.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
