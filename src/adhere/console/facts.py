"""The facts behind findings, each with its corrections and its place in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from adhere.console.access import OVERSEERS, roles
from adhere.core.areas import FactKind
from adhere.core.kinds import kinds
from adhere.core.models import PolicyVersion
from adhere.core.models.facts import Fact


@dataclass(frozen=True)
class Behind:
    """A fact behind a finding; ``fact`` is None where it was erased or is a detail of another."""

    ref: str
    kind: str
    fact: Fact | None
    values: list[tuple[str, Any]]
    url: str = ""


def resolve(refs: Iterable[str]) -> list[Behind]:
    """The facts that these references name, in their order, with one query a kind."""
    wanted: dict[str, list[str]] = {}
    ordered = list(refs)
    for ref in ordered:
        kind, _, key = ref.partition("/")
        wanted.setdefault(kind, []).append(key)
    found = {ref: each for kind, keys in wanted.items() for ref, each in _load(kind, keys)}
    return [found.get(ref) or Behind(ref, ref.partition("/")[0], None, []) for ref in ordered]


def _load(name: str, keys: list[str]) -> list[tuple[str, Behind]]:
    kind = kinds().get(name)
    if kind is None:
        return _publications(keys) if name == "publications" else []
    rows = newest(kind).filter(key__in=keys)
    return [
        (ref, Behind(ref, name, fact, values_of(kind, fact), f"/fact/{quote(ref)}/"))
        for fact in rows.select_related("entry")
        for ref in [f"{name}/{fact.key}"]
    ]


def _publications(keys: list[str]) -> list[tuple[str, Behind]]:
    """Published versions count as facts too: ``publications/work-behaviours/1``."""
    found = []
    for key in keys:
        slug, _, number = key.rpartition("/")
        if not number.isdigit():
            continue
        version = PolicyVersion.objects.filter(policy=slug, number=int(number)).first()
        if version:
            url = reverse("published-version", args=[slug, version.number, version.language])
            values = [("published_at", version.published_at), ("sha256", version.sha256)]
            ref = f"publications/{key}"
            found.append((ref, Behind(ref, "publications", None, values, url)))
    return found


def values_of(kind: FactKind, fact: Fact) -> list[tuple[str, Any]]:
    """A fact's own values by the names of its import format."""
    return [(column.name, getattr(fact, column.field)) for column in kind.columns]


def newest(kind: FactKind) -> QuerySet[Any]:
    """The facts of a kind that count now: neither corrected nor taken back."""
    rows: QuerySet[Any] = kind.model._default_manager.all()
    return rows.filter(superseded_by=None, retracted=False)


@roles(*OVERSEERS)
def fact(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One fact with every version of it, newest first."""
    found = kinds().get(kind)
    if found is None:
        raise Http404
    rows = found.model._default_manager.filter(key=key).select_related("entry").order_by("-pk")
    versions = [(row, values_of(found, row)) for row in rows]
    if not versions:
        raise Http404
    context = {"kind": found, "key": key, "versions": versions, "newest": versions[0]}
    return render(request, "console/fact.html", context)
