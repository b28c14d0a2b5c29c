"""What a change of the inventory did, in the languages of the policy. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal

import msgspec

from adhere.areas.cookies.retention import said as stays
from adhere.areas.cookies.tables import KINDS, YES_NO, Row

Kind = Literal["added", "removed", "changed"]
_FIELDS = ("vendor", "party", "purpose", "strictly_necessary", "retention", "reason")
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "added": "New: {name} of {vendor} ({kind}; {purpose}; {retention}).",
        "removed": "No longer used: {name} of {vendor}.",
        "changed": "{name} of {vendor}: {fields}.",
        "field": "{field} “{after}” instead of “{before}”",
        "remade": "The tables and the company’s details were filled in anew.",
        "vendor": "provider",
        "party": "party",
        "purpose": "purpose",
        "strictly_necessary": "strictly necessary",
        "retention": "retention",
        "reason": "reason",
        "first": "first party",
        "third": "third party",
    },
    "nl": {
        "added": "Nieuw: {name} van {vendor} ({kind}; {purpose}; {retention}).",
        "removed": "Niet meer in gebruik: {name} van {vendor}.",
        "changed": "{name} van {vendor}: {fields}.",
        "field": "{field} “{after}” in plaats van “{before}”",
        "remade": "De tabellen en de gegevens van het bedrijf zijn opnieuw ingevuld.",
        "vendor": "aanbieder",
        "party": "partij",
        "purpose": "doel",
        "strictly_necessary": "strikt noodzakelijk",
        "retention": "bewaartermijn",
        "reason": "reden",
        "first": "eigen",
        "third": "derde partij",
    },
    "fr": {
        "added": "Nouveau : {name} de {vendor} ({kind} ; {purpose} ; {retention}).",
        "removed": "N’est plus utilisé : {name} de {vendor}.",
        "changed": "{name} de {vendor} : {fields}.",
        "field": "{field} « {after} » au lieu de « {before} »",
        "remade": "Les tableaux et les données de l’entreprise ont été remplis à nouveau.",
        "vendor": "fournisseur",
        "party": "partie",
        "purpose": "finalité",
        "strictly_necessary": "strictement nécessaire",
        "retention": "durée de conservation",
        "reason": "raison",
        "first": "première partie",
        "third": "tierce partie",
    },
    "de": {
        "added": "Neu: {name} von {vendor} ({kind}; {purpose}; {retention}).",
        "removed": "Nicht mehr verwendet: {name} von {vendor}.",
        "changed": "{name} von {vendor}: {fields}.",
        "field": "{field} „{after}“ statt „{before}“",
        "remade": "Die Tabellen und die Angaben zum Unternehmen wurden neu ausgefüllt.",
        "vendor": "Anbieter",
        "party": "Partei",
        "purpose": "Zweck",
        "strictly_necessary": "unbedingt notwendig",
        "retention": "Speicherdauer",
        "reason": "Grund",
        "first": "Erstanbieter",
        "third": "Drittanbieter",
    },
}


class Change(msgspec.Struct, frozen=True):
    """One tracker that came, went, or says something else. ``row`` is how it stands, or last
    stood; ``before`` how a changed one was.
    """

    kind: Kind
    row: Row
    before: Row | None = None

    @property
    def fields(self) -> list[str]:
        """What of a changed tracker says something else."""
        if self.before is None:
            return []
        return [n for n in _FIELDS if getattr(self.before, n) != getattr(self.row, n)]


def changes(before: Iterable[Row], after: Iterable[Row]) -> list[Change]:
    """Every tracker that differs: those that came, then those that changed, then those gone."""
    old, new = _by_key(before), _by_key(after)
    found = [Change("added", row) for key, row in new.items() if key not in old]
    found += [
        Change("changed", row, old[key])
        for key, row in new.items()
        if key in old and old[key] != row
    ]
    return found + [Change("removed", row) for key, row in old.items() if key not in new]


def _by_key(rows: Iterable[Row]) -> dict[tuple[str, str, str], Row]:
    return {(row.name, row.kind, row.domain): row for row in rows}


def explained(found: Iterable[Change], language: str, titles: Mapping[str, str]) -> str:
    """The changes in words, one a line. ``titles`` are the purposes' by slug."""
    words = WORDS.get(language, WORDS["en"])
    lines = [_line(change, language, words, titles) for change in found]
    return "\n".join(lines) or words["remade"]


def _line(
    change: Change, language: str, words: Mapping[str, str], titles: Mapping[str, str]
) -> str:
    row = change.row
    kinds = KINDS.get(language, KINDS["en"])
    said = _saying(language, words, titles)
    fields = ", ".join(
        words["field"].format(
            field=words[name],
            before=said(name, getattr(change.before, name)),
            after=said(name, getattr(change.row, name)),
        )
        for name in change.fields
    )
    return words[change.kind].format(
        name=row.name,
        vendor=row.vendor,
        kind=kinds.get(row.kind, row.kind),
        purpose=titles.get(row.purpose, row.purpose),
        retention=stays(row.retention, language),
        fields=fields,
    )


def _saying(
    language: str, words: Mapping[str, str], titles: Mapping[str, str]
) -> Callable[[str, object], str]:
    yes, no = YES_NO.get(language, YES_NO["en"])

    def said(name: str, value: object) -> str:
        if isinstance(value, bool):
            return (yes if value else no).lower()
        text = str(value)
        if name == "purpose":
            return titles.get(text, text)
        if name == "retention":
            return stays(text, language)
        return words.get(text, text) if name == "party" else text or "–"

    return said
