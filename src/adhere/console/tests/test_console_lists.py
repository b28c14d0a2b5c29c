"""Lists: search, filters, order, pages, export, and a number of queries that stays the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "people"}


def rows(answer: Any) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def names(answer: Any) -> list[str]:
    return [row.name for row in answer.context["list"].page.object_list]


@pytest.fixture
def reader(client_of: Callable[[str], Client]) -> Client:
    return client_of("auditor")


def test_every_word_must_be_found(reader: Client) -> None:
    assert names(reader.get("/people/?q=example+peeters")) == ["Anna Peeters"]
    assert names(reader.get("/people/?q=zz")) == []
    assert b"Nothing matches" in reader.get("/people/?q=zz").content


def test_filters_narrow_and_orders_turn(reader: Client) -> None:
    assert names(reader.get("/people/?kind=contractor")) == ["Farid Amrani"]
    assert names(reader.get("/people/?here=left")) == ["Gust Wouters"]
    oldest = names(reader.get("/people/?sort=joined"))
    assert oldest[0] == "Anna Peeters"
    assert names(reader.get("/people/?sort=-joined"))[0] == "Farid Amrani"
    assert names(reader.get("/people/?sort=nonsense")) == sorted(oldest)


def test_the_export_holds_what_the_filters_leave(reader: Client) -> None:
    found = rows(reader.get("/people/?kind=contractor&format=csv"))
    assert found[0][:2] == ["Name", "Kind"]
    assert [row[:2] for row in found[1:]] == [["Farid Amrani", "contractor"]]


def test_htmx_gets_the_rows_alone(reader: Client) -> None:
    whole = reader.get("/people/")
    part = reader.get("/people/", headers=HTMX)
    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b"Anna Peeters" in part.content
    assert "HX-Target" in part["Vary"]


def test_odd_pages_are_the_nearest_real_ones(reader: Client) -> None:
    for page in ("0", "-1", "999", "x", "\x00"):
        assert reader.get("/people/", {"page": page, "q": "\x00"}).status_code == 200


def test_a_hidden_filter_shows_as_a_chip(company: None, reader: Client) -> None:
    page = reader.get("/findings/?clause=acceptance")
    assert {row.clause for row in page.context["list"].page.object_list} == {"acceptance"}
    assert "take this filter away" in page.content.decode()


def test_no_exported_cell_is_a_formula() -> None:
    from adhere.console.exporting import harmless

    assert [harmless(cell) for cell in ("=1+1", "+1", "-1", "@x", "plain", "")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "plain",
        "",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/findings/",
        "/people/",
        "/exemptions/",
        "/acknowledgements/",
        "/runs/",
        "/people/roles/",
        "/policy/",
        "/policy/work-behaviours/",
        "/people/bram/",
    ],
)
def test_more_rows_need_no_more_queries(
    address: str, company: None, client_of: Callable[[str], Client]
) -> None:
    from django.db import connection

    client = client_of("administrator")
    client.get(address)  # what is asked once and kept
    counts = []
    for number in (1, 3):
        grow(number)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def grow(number: int) -> None:
    """So many more rows in every list."""
    from adhere.console.models import Account
    from adhere.core.running import run_today

    start = 100 * number
    header = "id,name,email,kind,supervisor,teams,joined,left,language\n"
    ids = [f"p{place}" for place in range(start, start + number)]
    lines = [
        f"{each},{each.title()},{each}@example.com,employee,bram,,2024-02-01,,en" for each in ids
    ]
    put("people", header + "\n".join(lines))
    put(
        "acknowledgements",
        "policy,version,person,at\n"
        + "\n".join(f"work-behaviours,1,{each},2024-02-02" for each in ids),
    )
    head = "id,clause,subject,reason,requested_by,requested_at,granted_by,granted_at,from,until\n"
    consent = "dirk,2024-06-03,anna,2024-06-04,2024-06-05,2024-12-31"
    put(
        "exemptions",
        head
        + "\n".join(f"x{each},work-behaviours/acceptance,{each},Away,{consent}" for each in ids),
    )
    for each in ids:
        Account.objects.create_user(f"{each}@example.com")
    for _ in ids:
        run_today()


def put(kind: str, text: str) -> None:
    from adhere.core.importing import import_facts
    from adhere.core.kinds import kind_named
    from adhere.core.recording import Origin

    import_facts(kind_named(kind), text.encode(), f"{kind}.csv", Origin("import"))


def test_a_long_list_is_counted_so_far_and_its_pages_end_there(
    reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from adhere.console import people
    from adhere.core.models import Person

    whole = Person.objects.count()
    for most, said in ((whole, f"{whole} rows"), (whole - 1, f"more than {whole - 1} rows")):
        monkeypatch.setattr(people, "PEOPLE", replace(people.PEOPLE, most=most))
        page = reader.get("/people/")
        assert (page.context["list"].total, page.context["list"].more) == (most, most < whole)
        assert said in page.content.decode()
