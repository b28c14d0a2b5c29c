"""Lists with search, filters, sorting, pages and export, for every page that shows rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise, cached_property

from adhere.console.exporting import csv_response, jsonl_response, xlsx_response
from adhere.console.showing import plain, shown

Words = str | Promise
Rows = QuerySet[Any, Any]
LARGEST_SEARCH = 200


@dataclass(frozen=True)
class Column:
    """One column. ``value`` is an attribute's name or a function of the row, and is what is
    exported; ``show`` draws the cell where that is not enough. ``order`` names the database
    fields that sort it; without any it cannot be sorted. A ``wide`` one holds sentences.
    ``note`` stands after the cell, outside its link.
    """

    name: str
    title: Words
    value: str | Callable[[Any], Any] = ""
    order: tuple[str, ...] = ()
    show: Callable[[Any], str] | None = None
    number: bool = False
    wide: bool = False
    note: Callable[[Any], str] | None = None

    def of(self, row: Any) -> Any:
        """The plain value of a row's cell."""
        return self.value(row) if callable(self.value) else getattr(row, self.value or self.name)

    def cell(self, row: Any) -> str:
        """The cell as it stands on the page."""
        return self.show(row) if self.show else shown(self.of(row))


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the list. ``narrow`` is a lookup or a function of rows and choice.

    A ``hidden`` one has no field: it comes with a link, and shows as a chip to take away. One
    ``by_day`` asks for a day.
    """

    name: str
    title: Words
    narrow: str | Callable[[Rows, str], Rows]
    choices: Callable[[], Iterable[tuple[str, Words]]] | None = None
    hidden: bool = False
    by_day: bool = False

    def apply(self, rows: Rows, value: str) -> Rows:
        return (
            self.narrow(rows, value)
            if callable(self.narrow)
            else rows.filter(**{self.narrow: value})
        )


@dataclass(frozen=True)
class Empty:
    """What a list says when it has nothing: what belongs here, and what to do next."""

    title: Words
    text: Words = ""
    action: Words = ""
    url: str = ""


@dataclass(frozen=True)
class Listing:
    """What a list can do. One object a page, at the module's top; ``name`` is its HTML id.

    ``link`` gives the address behind a row's first cell. ``prepare`` may fetch what the rows of
    one page need, all at once. ``lines`` gives a row as an object, for an export as JSON Lines.
    Rows are counted up to ``most``, and its pages end there.
    """

    name: str
    columns: Sequence[Column]
    order: str
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    link: Callable[[Any], str] | None = None
    empty: Empty = Empty("")
    size: int = 50
    prepare: Callable[[list[Any]], None] | None = None
    lines: Callable[[Any], dict[str, Any]] | None = None
    most: int = 10_000

    def narrowed(self, request: HttpRequest, rows: Rows) -> Rows:
        """The rows that search and filters leave, sorted."""
        words = request.GET.get("q", "").strip()[:LARGEST_SEARCH].replace("\x00", "")
        for word in words.split() if self.search else ():
            found = Q()
            for field in self.search:
                found |= Q(**{f"{field}__icontains": word})
            rows = rows.filter(found)
        for each in self.filters:
            value = request.GET.get(each.name, "").replace("\x00", "")
            rows = each.apply(rows, value) if value else rows
        return rows.order_by(*self._order(request))

    def _order(self, request: HttpRequest) -> list[str]:
        chosen = request.GET.get("sort", "")
        sortable = {column.name: column for column in self.columns if column.order}
        if chosen.lstrip("-") not in sortable:
            chosen = self.order
        down = chosen.startswith("-")
        fields = sortable[chosen.lstrip("-")].order
        return [_turned(field) if down else field for field in (*fields, "pk")]


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


@dataclass(frozen=True)
class Header:
    """A column's head: its title, and where a click sorts."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True)
class Shown:
    """One page of a list, as its templates need it.

    ``more``: there are more rows than ``total``, which are reached by narrowing or exporting.
    """

    listing: Listing
    request: HttpRequest
    page: Page[Any]
    total: int
    more: bool

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "url": self.listing.link(row) if self.listing.link else "",
                "cells": [
                    (column, column.cell(row), column.note(row) if column.note else "")
                    for column in self.listing.columns
                ],
            }
            for row in self.page.object_list
        ]

    @property
    def headers(self) -> list[Header]:
        return [self._header(column) for column in self.listing.columns]

    def _header(self, column: Column) -> Header:
        current = self.request.GET.get("sort") or self.listing.order
        if not column.order:
            return Header(column, "", "")
        if current.lstrip("-") != column.name:
            return Header(column, self.url(sort=column.name, page=""), "")
        down = current.startswith("-")
        turned = column.name if down else f"-{column.name}"
        return Header(column, self.url(sort=turned, page=""), "descending" if down else "ascending")

    @property
    def filters(self) -> list[dict[str, Any]]:
        return [
            {
                "filter": each,
                "choices": list(each.choices() if each.choices else ()),
                "value": self.request.GET.get(each.name, ""),
            }
            for each in self.listing.filters
            if not each.hidden
        ]

    @property
    def tools(self) -> bool:
        """Whether there is anything to search or to choose."""
        return bool(self.listing.search) or any(not each.hidden for each in self.listing.filters)

    @property
    def chips(self) -> list[tuple[Filter, str, str]]:
        """The hidden filters in force, each with the address that takes it away."""
        return [
            (each, self.request.GET[each.name], self.url(**{each.name: "", "page": ""}))
            for each in self.listing.filters
            if each.hidden and self.request.GET.get(each.name)
        ]

    @property
    def query(self) -> str:
        return self.request.GET.get("q", "")

    @property
    def sort(self) -> str:
        return self.request.GET.get("sort", "")

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves rows out."""
        names = ["q", *(each.name for each in self.listing.filters)]
        return any(self.request.GET.get(name) for name in names)

    @property
    def csv_url(self) -> str:
        return self.url(format="csv", page="")

    @property
    def xlsx_url(self) -> str:
        return self.url(format="xlsx", page="")

    @property
    def jsonl_url(self) -> str:
        return self.url(format="jsonl", page="") if self.listing.lines else ""

    @property
    def next_url(self) -> str:
        return self.url(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        before = self.page.has_previous()
        return self.url(page=str(self.page.previous_page_number())) if before else ""

    def url(self, **changed: str) -> str:
        """This list's address with some of its choices changed; an empty one goes."""
        query = self.request.GET.copy()
        for name, value in changed.items():
            query[name] = value
        for name in [name for name in query if not query[name]]:
            del query[name]
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


class _Pages(Paginator[Any]):
    """Pages of as many rows as are counted; to count a million exactly takes seconds."""

    object_list: Rows

    def __init__(self, rows: Rows, listing: Listing) -> None:
        super().__init__(rows, listing.size)
        self.most = listing.most

    @cached_property
    def counted(self) -> int:
        """One more than the most where there are more. The order leads past what does not fit."""
        return self.object_list[: self.most + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.most)


def show_list(listing: Listing, request: HttpRequest, rows: Rows) -> Shown:
    """The page of a list that the request asks for; for pages that hold more than one list."""
    pages = _Pages(listing.narrowed(request, rows), listing)
    page = pages.get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    if listing.prepare:
        listing.prepare(page.object_list)
    return Shown(listing, request, page, pages.count, more=pages.counted > pages.count)


def list_page(
    listing: Listing,
    request: HttpRequest,
    rows: Rows,
    template: str = "console/list.html",
    **context: Any,
) -> HttpResponse:
    """The whole answer: the page, only its rows for htmx, or the filtered rows as a file."""
    if download := {"csv": csv_response, "xlsx": xlsx_response}.get(request.GET.get("format", "")):
        return download(
            listing.name,
            [str(column.title) for column in listing.columns],
            _exported(listing, listing.narrowed(request, rows)),
        )
    if listing.lines and request.GET.get("format") == "jsonl":
        narrowed = _batches(listing, listing.narrowed(request, rows))
        return jsonl_response(listing.name, (listing.lines(row) for row in narrowed))
    found = show_list(listing, request, rows)
    htmx = getattr(request, "htmx", None)
    if htmx and htmx.target == listing.name:
        template = "console/components/list_rows.html"
    response = render(request, template, {"list": found, **context})
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def _exported(listing: Listing, rows: Rows) -> Iterable[list[str]]:
    for row in _batches(listing, rows):
        yield [plain(column.of(row)) for column in listing.columns]


def _batches(listing: Listing, rows: Rows) -> Iterable[Any]:
    """All rows, prepared a thousand at a time."""
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=1000):
        batch.append(row)
        if len(batch) == 1000:
            yield from _prepared(listing, batch)
            batch = []
    yield from _prepared(listing, batch)


def _prepared(listing: Listing, batch: list[Any]) -> list[Any]:
    if listing.prepare and batch:
        listing.prepare(batch)
    return batch


__all__ = (
    "Column",
    "Empty",
    "Filter",
    "Listing",
    "Shown",
    "list_page",
    "show_list",
)
