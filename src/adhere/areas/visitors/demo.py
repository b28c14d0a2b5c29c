"""The visitors of the fictitious company: three months at the desk, and violations on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from adhere.areas.visitors.announcing import Guest, announce, rule_of
from adhere.areas.visitors.models import Badge
from adhere.areas.visitors.records import VISITS
from adhere.core.models import Person
from adhere.core.recording import Origin, record

SOURCE = "demo"
NAMES = ("Nora Vidal", "Jef Tack", "Aïcha Benali", "Karl Brandt", "Lucie Morel", "Sam Okafor",
         "Ines Duarte", "Piet Vroom", "Greta Lind", "Tom Hale")  # fmt: skip
COMPANIES = ("Kanaal Drukwerk", "Brandt & Sohn", "Atelier Morel", "Zilverlift", "")
# Days ago, what is changed in a fine visit, and what makes it a violation.
PLANTED: tuple[tuple[str, int, dict[str, Any], str], ...] = (
    ("slipped-in", 17, {"registered": False}, "a visitor neither registered nor accompanied"),
    ("no-host", 24, {"host": ""}, "a visit without a host"),
    ("no-end", 5, {"left_at": None, "badge": "9"}, "a visitor who never signed out"),
    ("badge-gone", 11, {"badge": "8", "badge_returned": False}, "a badge that did not come back"),
)


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Record three months of visits; yields each violation that was put in."""
    hosts = list(
        Person.objects.filter(role="employee", left=None, joined__lt=today - timedelta(days=120))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not hosts:
        return
    Badge.objects.bulk_create([Badge(number=str(number)) for number in range(1, 13)])
    _ordinary(random, today, hosts)
    _announced(random, today, hosts)
    for key, ago, changed, why in PLANTED:
        day = _weekday(today, ago)
        row = {**_visit(f"demo-{key}", random, day, 15, hosts), "badge": "", **changed}
        _record(row)
        yield {
            "policy": "work-behaviours",
            "check": "visitors.registered_or_accompanied",
            "subject": row["key"],
            "state": "not-satisfied",
            "why": why,
        }


def _weekday(today: date, ago: int) -> date:
    day = today - timedelta(days=ago)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _visit(key: str, random: Random, day: date, hour: int, hosts: list[str]) -> dict[str, Any]:
    came = datetime.combine(day, time(hour, random.randrange(60)), timezone.get_default_timezone())
    return {
        "key": key,
        "visitor": random.choice(NAMES),
        "company": random.choice(COMPANIES),
        "host": random.choice(hosts),
        "arrived_at": came,
        "left_at": came + timedelta(minutes=random.randrange(30, 110)),
        "registered": True,
        "accompanied_by": "",
        "badge": "",
        "badge_returned": None,
    }


def _ordinary(random: Random, today: date, hosts: list[str]) -> None:
    """One or two a working day, each with a badge of its own hour; some only accompanied."""
    for ago in range(85, 0, -1):
        day = today - timedelta(days=ago)
        if day.weekday() > 4:
            continue
        for number, hour in enumerate((9, 12)[: random.randrange(1, 3)]):
            row = _visit(f"demo-{day}-{number}", random, day, hour, hosts)
            row["badge"] = str(number + 1)
            if random.random() < 0.1:
                row |= {"registered": False, "accompanied_by": row["host"], "badge": ""}
            _record(row)


def _record(row: dict[str, Any]) -> None:
    at = row["left_at"] or row["arrived_at"] + timedelta(hours=9)
    record(VISITS, [row], Origin(SOURCE, "", min(at, timezone.now())))


def _announced(random: Random, today: date, hosts: list[str]) -> None:
    """One visit today, one in a week with two people, one that recurs."""
    for ahead, every, names in ((0, "", NAMES[:1]), (7, "", NAMES[1:3]), (3, "weekly", NAMES[3:4])):
        day = today + timedelta(days=ahead)
        start = datetime.combine(day, time(10), timezone.get_default_timezone())
        host = Person.objects.get(pk=random.choice(hosts))
        values = {
            "host": host,
            "company": COMPANIES[ahead % 4],
            "purpose": "Planning",
            "place": "Korenlei 999",
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "rule": rule_of(every, day + timedelta(days=56) if every else None),
        }
        announce(values, [Guest(name, "", host.language) for name in names], host.pk)
