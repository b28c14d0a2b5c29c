"""What an answer is worth today: given, refused, withdrawn or expired. Derived, never stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adhere.areas.cookies.models import ConsentRecord

GIVEN, REFUSED, WITHDRAWN, EXPIRED = "given", "refused", "withdrawn", "expired"


@dataclass(frozen=True)
class Choice:
    """One purpose, or one vendor of it, in one record: what was said, and what holds now.

    ``since`` is when it came to be so; ``by`` is the record that made it so.
    """

    key: str
    given: bool
    state: str
    since: datetime
    by: ConsentRecord

    @property
    def of_vendor(self) -> bool:
        return ":" in self.key


def history_of(record: ConsentRecord) -> list[ConsentRecord]:
    """Every answer of the same browser, the oldest first."""
    rows = ConsentRecord.objects.filter(subject=record.subject).select_related("entry")
    return sorted(rows, key=lambda each: (each.at, each.pk))


def choices(record: ConsentRecord, history: Sequence[ConsentRecord], now: datetime) -> list[Choice]:
    """Every choice of a record, with what became of it."""
    number = [each.pk for each in history].index(record.pk)
    before = history[number - 1] if number else None
    later = history[number + 1 :]
    found = []
    for key, given in sorted(record.purposes.items(), key=lambda each: each[0].split(":")):
        if given:
            found.append(_given(key, record, later, now))
        else:
            gone = before is not None and before.purposes.get(key) is True
            state = WITHDRAWN if gone else REFUSED
            found.append(Choice(key, False, state, record.at, record))
    return found


def _given(
    key: str, record: ConsentRecord, later: Sequence[ConsentRecord], now: datetime
) -> Choice:
    """What became of a consent: withdrawn by a later answer, ended, or it still holds."""
    last = record
    for each in later:
        if last.expires_at <= each.at:
            break
        if each.purposes.get(key, True) is False:
            return Choice(key, True, WITHDRAWN, each.at, each)
        if key in each.purposes:
            last = each
    if last.expires_at <= now:
        return Choice(key, True, EXPIRED, last.expires_at, last)
    return Choice(key, True, GIVEN, record.at, record)
