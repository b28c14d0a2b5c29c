"""A published notice as the edge knows it: what may be answered, and for how long."""

from __future__ import annotations

import calendar
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from adhere.areas.cookies import config
from adhere.areas.cookies.edging.statements import StatementForm


@dataclass(frozen=True, eq=False)
class KnownNotice:
    """``superseded_at`` is when the next one in its language was published, if it was."""

    sha256: str
    site: str
    number: int
    language: str
    published_at: datetime
    text: str
    superseded_at: datetime | None = None

    @cached_property
    def content(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = json.loads(self.text)
        return found

    @cached_property
    def necessary(self) -> frozenset[str]:
        return frozenset(each["slug"] for each in self.content["purposes"] if each["necessary"])

    @cached_property
    def asked(self) -> frozenset[str]:
        """The purposes that every answer names."""
        slugs = {each["slug"] for each in self.content["purposes"]}
        return frozenset(slugs) - self.necessary

    @cached_property
    def keys(self) -> Mapping[str, bytes]:
        """Every key that an answer may hold, as it stands in JSON, in canonical order."""
        return {key: json.dumps(key).encode() for key in sorted(config.choice_keys(self.content))}

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """What each purpose covers, see ``config.purpose_hash``."""
        return {each["slug"]: each["hash"] for each in self.content["purposes"]}

    @cached_property
    def months(self) -> int:
        return int(config.with_defaults(self.content["settings"])["months"])

    @cached_property
    def form(self) -> StatementForm:
        return StatementForm(self.content, self.sha256)


def after_months(moment: datetime, months: int) -> datetime:
    """The same time on the same day of a later month, or on that month's last day."""
    year, month, day = _after(moment.year, moment.month, moment.day, months)
    return moment.replace(year=year, month=month, day=day)


@lru_cache(maxsize=64)
def _after(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    years, month = divmod(month - 1 + months, 12)
    year, month = year + years, month + 1
    return year, month, min(day, calendar.monthrange(year, month)[1])
