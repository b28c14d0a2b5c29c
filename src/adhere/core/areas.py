"""What a policy area hands to the house, and the one place that finds the areas.

An area is a folder below ``adhere.areas``; nothing outside names one. Its ``checks.py`` is
found by itself; everything else hangs on the ``area`` object in its ``area.py``.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from adhere.core.checking import Check, Fact, Subject, checks_in
from adhere.core.columns import Column

if TYPE_CHECKING:
    from adhere.core.models.facts import Fact as FactModel

ROOT = "adhere.areas"


@dataclass(frozen=True)
class MenuEntry:
    """A page in the menu; ``roles`` empty means every signed-in person.

    ``title`` is marked with ``gettext_noop`` and translated where it is shown.
    """

    title: str
    url_name: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """Something a person owes: shown on their page and told in reminders."""

    title: str
    why: str
    due: date | None
    url: str


@dataclass(frozen=True)
class FactKind:
    """One kind of fact: its table, its plain form for checks, and its import format.

    ``key`` names the fields that stay the same through corrections. ``happened`` names the
    field that says when it happened, or is empty: when it was first recorded. ``person`` names
    the field of the person it is about, for erasure. ``validate`` sees all rows of a file, with
    their lines, before any is stored.
    """

    name: str
    model: type[FactModel]
    row: type[Fact]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    happened: str
    person: str = ""
    validate: Callable[[Sequence[tuple[int, dict[str, Any]]], datetime], None] | None = None
    stored: Callable[[Sequence[FactModel]], None] | None = None


@dataclass(frozen=True)
class Derived:
    """Facts that a check may need and that no import brings: made from an area's own tables.

    ``load`` gives them as they were at the end of a day, with what was recorded by ``known``.
    """

    name: str
    load: Callable[[date, date | None], Iterable[Fact]]


@dataclass(frozen=True)
class Export:
    """Rows that go out and do not come in: ``adhere export NAME``.

    ``rows`` gives each row's cells in the order of the columns, oldest first; with a moment
    those recorded from then on.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[datetime | None], Iterable[list[str]]]


@dataclass(frozen=True)
class Area:
    """What an area hands to the house. Everything is optional but its name and title.

    ``title`` is marked with ``gettext_noop`` and translated where it is shown.

    ``completes`` is given a policy's slug, language and text before it is published, and gives
    the text back with what the area keeps in it, such as the tables of an inventory. ``asks`` is
    given a policy's slug and a person, and gives the address where that person shows to have
    understood the newest version, or "" where nothing is asked before accepting it. ``daily``
    is called once a day, in the background; ``minutely`` each minute, with the moment.
    """

    name: str
    title: str
    facts: tuple[FactKind, ...] = ()
    derived: tuple[Derived, ...] = ()
    completes: Callable[[str, str, str], str] | None = None
    menu: tuple[MenuEntry, ...] = ()
    tasks: Callable[[str, date], Iterable[Task]] | None = None
    asks: Callable[[str, str], str] | None = None
    daily: Callable[[date], None] | None = None
    minutely: Callable[[datetime], None] | None = None
    subjects: Callable[[], Iterable[Subject]] | None = None
    exports: tuple[Export, ...] = ()
    demo: Callable[[Random, date], Iterable[dict[str, str]]] | None = field(default=None)


def area_names() -> list[str]:
    """The areas present, by walking their folder."""
    package = importlib.import_module(ROOT)
    return sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg)


def has_module(area: str, name: str) -> bool:
    """Whether an area has a module of that name."""
    return importlib.util.find_spec(f"{ROOT}.{area}.{name}") is not None


def area_modules(name: str) -> list[Any]:
    """Every area's module of that name, where it has one."""
    return [
        importlib.import_module(f"{ROOT}.{area}.{name}")
        for area in area_names()
        if has_module(area, name)
    ]


@cache
def areas() -> tuple[Area, ...]:
    """The areas, in the order of their names. Needs the database models to be ready."""
    return tuple(module.area for module in area_modules("area"))


@cache
def checks() -> dict[str, Check]:
    """Every check by its name. Loads no database model."""
    found = [check for module in area_modules("checks") for check in checks_in(module)]
    return {check.name: check for check in found}
