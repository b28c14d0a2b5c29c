"""Fills a data folder with a company of many people and five years of facts.

Not a benchmark itself: ``python bench/company.py 500`` with ``ADHERE_DATA`` set.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

FIRST = date(2021, 1, 4)
LAST = date(2026, 6, 30)
BATCH = 20_000
Row = dict[str, Any]


def main(number: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "adhere.main.settings"
    import django

    django.setup()
    from adhere.main.migrating import bring_up_to_date

    bring_up_to_date()
    publish_all()
    chance = Random(number)  # noqa: S311 - the same company each time
    people = list(staff(number, chance))
    store("people", people, FIRST)
    leavers = [{**row, "left": leaving(row, chance)} for row in people if chance.random() < 0.08]
    store("people", leavers, LAST)
    gone = {row["key"]: row["left"] for row in leavers}
    sessions = list(twice_a_year())
    store("training-sessions", sessions, LAST)
    store("attendance", list(attendance(people, sessions, gone, chance)), LAST)
    store("acknowledgements", list(acceptances(people, chance)), LAST)
    store("exemptions", list(exemptions(people, chance)), LAST)


def publish_all() -> None:
    from importlib.resources import files
    from pathlib import Path

    from adhere.core.publishing import publish
    from adhere.core.texts import Text, load_folder
    from adhere.documents.policy import parse_policy

    at = midnight(FIRST)
    library = load_folder(Path(str(files("adhere") / "library")))
    publish(library, "The first version.", at)
    text = every_person()
    publish([Text(text, parse_policy(text, "every-person.en.md"))], "The first version.", at)


def every_person() -> str:
    """Forty-five clauses that each say something of each person."""
    head = "---\npolicy: every-person\ntitle: Every person\nowner: security\n"
    head += "audience: personnel\n---\n"
    trained = [
        f'{{#trained-{months} check="training.attended" within={months}mo}}\n'
        f"Everybody shall attend a session within {months} months.\n"
        for months in range(6, 36)
    ]
    accepted = [
        f'{{#accepted-{days} check="conduct.acknowledged" grace={days}d}}\n'
        f"Everybody shall accept the rules within {days} days.\n"
        for days in range(20, 35)
    ]
    return head + "\n" + "\n".join(trained + accepted)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


def store(kind: str, rows: Sequence[Row], day: date) -> None:
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin, record

    for start in range(0, len(rows), BATCH):
        part = rows[start : start + BATCH]
        record(kind_named(kind), part, Origin("bench", "", midnight(day)))


def staff(number: int, chance: Random) -> Iterator[Row]:
    for index in range(number):
        late = index >= number * 0.6
        joined = FIRST + timedelta(days=chance.randrange(1_800) if late else 0)
        yield {
            "key": f"p{index:05}",
            "name": f"Person {index}",
            "email": f"p{index:05}@example.com",
            "role": "contractor" if chance.random() < 0.15 else "employee",
            "supervisor": f"p{index // 8:05}" if index else "",
            "teams": ["security"] if index % 50 == 0 else ["sales"],
            "joined": joined,
            "left": None,
            "language": ("nl", "fr", "en", "de")[index % 4],
        }


def leaving(row: Row, chance: Random) -> date:
    return min(row["joined"] + timedelta(days=chance.randrange(60, 1_500)), LAST)


def twice_a_year() -> Iterator[Row]:
    for year in range(2021, 2027):
        for month in (3, 9):
            start = datetime(year, month, 10, 9, tzinfo=UTC)
            if start.date() <= LAST:
                yield {
                    "key": f"s{year}-{month:02}",
                    "programme": "security",
                    "title": "Security at work",
                    "starts_at": start,
                    "ends_at": start + timedelta(hours=2),
                }


def attendance(
    people: Sequence[Row], sessions: Sequence[Row], gone: dict[str, date], chance: Random
) -> Iterator[Row]:
    for session in sessions:
        day = session["starts_at"].date()
        for person in people:
            if person["joined"] <= day <= gone.get(person["key"], LAST):
                throw = chance.random()
                outcome = "attended" if throw < 0.9 else "excused" if throw < 0.95 else "absent"
                yield {
                    "session": session["key"],
                    "person": person["key"],
                    "outcome": outcome,
                    "at": session["ends_at"],
                }


def acceptances(people: Sequence[Row], chance: Random) -> Iterator[Row]:
    from adhere.core.publishing import newest

    for slug in ("work-behaviours", "cookies", "every-person"):
        version = newest(slug)
        if version is None:
            raise RuntimeError(f"{slug} is not published")
        for person in people:
            if chance.random() < 0.95:
                yield {
                    "policy": slug,
                    "version": version.number,
                    "person": person["key"],
                    "happened_at": midnight(person["joined"] + timedelta(days=5)),
                    "score": 80,
                    "language": version.language,
                    "sha256": version.sha256,
                }


def exemptions(people: Sequence[Row], chance: Random) -> Iterator[Row]:
    for person in people[1:]:
        if chance.random() < 0.02 and person["key"] != "p00050":
            start = person["joined"] + timedelta(days=chance.randrange(60, 700))
            yield {
                "key": f"e-{person['key']}",
                "clause": "work-behaviours/training-attended",
                "subject": person["key"],
                "reason": "on a project abroad",
                "requested_by": person["key"],
                "requested_at": midnight(start),
                "granted_by": "p00000",
                "granted_at": midnight(start),
                "start": start,
                "until": start + timedelta(days=180),
            }


if __name__ == "__main__":
    main(int(sys.argv[1]))
