"""Polderpolis: who works there, since when, and what was written down wrongly at first."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from adhere.core.kinds import kind_named
from adhere.core.models import Controller, Person, PersonRecord, PolicyVersion
from adhere.core.recording import Origin, record
from adhere.errors import Problem

SOURCE = "demo"
BEGINNING = 760  # days ago, when the company began to keep these records
MISWRITTEN = ("zoe.henrard", "Zoë Henrart")
_PEOPLE = Path(__file__).with_name("people.csv")


def is_filled() -> bool:
    """Whether the company is there already; a ``Problem`` where real people are."""
    records = PersonRecord.objects.all()
    if records.exclude(source=SOURCE).exists() or (
        Person.objects.exists() and not records.exists()
    ):
        raise Problem(
            "there are real people in this company",
            field="--demo",
            expected="an empty ADHERE_DATA folder or database of its own",
        )
    if not records.exists() and PolicyVersion.objects.exists():
        raise Problem(
            "policies are published here already",
            field="--demo",
            expected="an empty ADHERE_DATA folder or database of its own",
        )
    return records.exists()


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in the company's zone."""
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def make_controller() -> None:
    """The company itself."""
    Controller.objects.update_or_create(
        pk=1,
        defaults={
            "name": "Polderpolis",
            "registration": "BE 0000.000.097",
            "address": "Korenlei 999\n9000 Gent\nBelgium",
            "email": "privacy@polderpolis.example",
            "website": "https://polderpolis.example",
        },
    )


def record_people(today: date) -> None:
    """Everybody, as it was written down in the course of two years."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for day, row in sorted(_records(today), key=lambda each: each[0]):
        by_day.setdefault(day, []).append(row)
    for day, rows in by_day.items():
        record(kind_named("people"), rows, Origin(SOURCE, "", at(day)))


def _records(today: date) -> Iterator[tuple[date, dict[str, Any]]]:
    """Each record with the day it was written: at the start, on joining, before leaving."""
    beginning = today - timedelta(days=BEGINNING)
    with _PEOPLE.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            row = _row(cells, today)
            written = max(beginning, row["joined"] - timedelta(days=7))
            if row["key"] == MISWRITTEN[0]:
                yield written, row | {"name": MISWRITTEN[1]}
                written += timedelta(days=12)
            yield written, row
            if cells["left_ago"]:
                left = today - timedelta(days=int(cells["left_ago"]))
                yield left - timedelta(days=30), row | {"left": left}


def _row(cells: dict[str, str], today: date) -> dict[str, Any]:
    return {
        "key": cells["id"],
        "name": cells["name"],
        "email": f"{cells['id']}@polderpolis.example",
        "role": cells["kind"],
        "supervisor": cells["supervisor"],
        "teams": cells["teams"].split(";"),
        "joined": today - timedelta(days=int(cells["joined_ago"])),
        "left": None,
        "language": cells["language"],
    }
