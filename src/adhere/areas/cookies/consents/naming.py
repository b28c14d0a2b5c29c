"""The words of methods, states, purposes, languages and notices on these pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from adhere.areas.cookies import config, words
from adhere.areas.cookies.models import Notice, Site
from adhere.areas.cookies.purposes import all_purposes, words_of

METHOD_WORDS: dict[str, str | Promise] = {
    "accept": gettext_lazy("Accepted all"),
    "reject": gettext_lazy("Refused all"),
    "save": gettext_lazy("Chose"),
    "withdraw": gettext_lazy("Withdrew"),
    "gpc": gettext_lazy("Browser signal (GPC)"),
}
STATE_WORDS: dict[str, str | Promise] = {
    "given": gettext_lazy("Given"),
    "refused": gettext_lazy("Refused"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "expired": gettext_lazy("Expired"),
    "necessary": gettext_lazy("Not asked"),
}


@dataclass(frozen=True)
class Purposes:
    """Titles of purposes in the reader's language, and which need no consent."""

    titles: Mapping[str, str]
    necessary: frozenset[str]

    @property
    def asked(self) -> list[str]:
        return [slug for slug in self.titles if slug not in self.necessary]

    def title(self, key: str) -> str:
        """Of a purpose, or of one vendor of it."""
        slug, _colon, vendor = key.partition(":")
        return self.titles.get(slug, slug) + (f" · {vendor}" if vendor else "")


def language() -> str:
    """The language of the page."""
    return (get_language() or words.BASE).partition("-")[0]


def purposes() -> Purposes:
    """Those of the company now."""
    found, here = all_purposes(), language()
    return Purposes(
        {each.slug: words_of(each, here)["title"] for each in found},
        frozenset(each.slug for each in found if each.necessary),
    )


def language_name(code: str) -> str:
    """A language's name in itself, and its code."""
    name = words.name_of(code)
    return name if name == code else f"{name} ({code})"


def site_titles() -> dict[str, str]:
    """The title of each website by its slug."""
    return dict(Site.objects.values_list("slug", "title"))


def versions() -> dict[str, tuple[str, int]]:
    """Site and number of each notice by its SHA-256."""
    rows = Notice.objects.order_by().values_list("sha256", "site", "number")
    return {sha256: (site, number) for sha256, site, number in rows}


def lasting() -> tuple[int, int]:
    """The fewest and the most months for which any notice let an answer stand."""
    known = Notice.objects.order_by().values_list("sha256", flat=True)
    months = [_months(sha256) for sha256 in known] or [config.SETTINGS["months"]]
    return min(months), max(months)


@lru_cache(maxsize=10_000)
def _months(sha256: str) -> int:
    settings = json.loads(Notice.objects.get(pk=sha256).content)["settings"]
    return int(config.with_defaults(settings)["months"])


def version_word(site: str, number: int, *, alone: bool) -> str:
    """A notice's version; with its site unless there is only one."""
    word = _("version %d") % number
    return word if alone else f"{site}, {word}"


def languages() -> list[str]:
    """Those in which a notice was ever published."""
    rows = Notice.objects.order_by().values_list("language", flat=True).distinct()
    return sorted(rows)
