"""Loads Django, for the commands that need the database."""

from __future__ import annotations

import os


def prepare(*, migrate: bool) -> None:
    """Load Django, and bring the database up to date where that is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adhere.main.settings")
    import django

    django.setup()
    if migrate:
        from adhere.main.migrating import bring_up_to_date

        bring_up_to_date()


def has_database() -> bool:
    """Whether this installation has a database already; asks without making one."""
    from adhere.core.texts import data_folder

    url = os.environ.get("ADHERE_DATABASE_URL", "")
    return bool(url) or (data_folder() / "adhere.sqlite3").is_file()
