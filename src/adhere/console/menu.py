"""The main menu: the console's own pages, and between them those of the areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adhere.console.access import OVERSEERS
from adhere.core.areas import MenuEntry, areas

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A page in the menu; ``roles`` empty means every signed-in person."""

    title: Words
    url_name: str
    icon: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Link:
    """An entry as one account sees it on one page."""

    title: Words
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Section:
    title: Words
    entries: Sequence[Link]


OWN = (
    Entry(_("Overview"), "home", "home"),
    Entry(_("What I owe"), "me", "inbox"),
    Entry(_("Policies"), "policies", "document"),
)
JUDGEMENT = (
    Entry(_("Findings"), "findings", "flag", OVERSEERS),
    Entry(_("Coverage"), "coverage", "scale", OVERSEERS),
    Entry(_("Exemptions"), "exemptions", "shield", OVERSEERS),
    Entry(_("Acknowledgements"), "acknowledgements", "check", OVERSEERS),
    Entry(_("Runs"), "runs", "play", OVERSEERS),
    Entry(_("Audit"), "audit", "scale", ("administrator",)),
)
RECORDS = (
    Entry(_("People"), "people", "users", OVERSEERS),
    Entry(_("Roles"), "roles", "key", ("administrator",)),
    Entry(_("Import and export"), "import", "upload", ("administrator", "security")),
    Entry(_("Directory"), "directory", "users", ("administrator",)),
    Entry(_("Company"), "company", "building", ("administrator",)),
)


def menu(request: HttpRequest, held: frozenset[str]) -> list[Section]:
    """The sections that hold anything for these roles, the present page marked."""
    areas_entries = [
        Entry(gettext(entry.title), entry.url_name, "square", entry.roles)
        for entry in area_menu(held)
    ]
    groups: tuple[tuple[Words, Iterable[Entry]], ...] = (
        ("", OWN),
        (_("Judgement"), JUDGEMENT),
        (_("Areas"), areas_entries),
        (_("Records"), RECORDS),
    )
    sections = [
        (title, [each for each in group if _may(each.roles, held)]) for title, group in groups
    ]
    urls = {each.url_name: reverse(each.url_name) for __, found in sections for each in found}
    here = _nearest(request.path, urls.values())
    return [
        Section(
            title,
            [
                Link(each.title, urls[each.url_name], each.icon, urls[each.url_name] == here)
                for each in found
            ],
        )
        for title, found in sections
        if found
    ]


def area_menu(held: frozenset[str]) -> list[MenuEntry]:
    """The entries of the areas that these roles may open."""
    return [entry for area in areas() for entry in area.menu if _may(entry.roles, held)]


def _may(roles: Sequence[str], held: frozenset[str]) -> bool:
    return not roles or bool(held & {*roles, "auditor"})


def _nearest(path: str, urls: Iterable[str]) -> str:
    """The menu's page that the present page lies below."""
    below = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(below, key=len, default="")
