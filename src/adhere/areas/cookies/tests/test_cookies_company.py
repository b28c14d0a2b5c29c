"""The company's own details in the cookie policy: from its record, or asked; never an example."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from adhere.areas.cookies import republishing
from adhere.areas.cookies.models import Site
from adhere.core.models import Controller, PolicyVersion
from adhere.core.publishing import publish, texts_of
from adhere.core.texts import LIBRARY, load
from adhere.documents.render import render
from adhere.errors import Problem

from .consents_cast import client_of
from .cookies_cast import fill_in_the_company

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "nl", "fr", "de")
EXAMPLES = re.compile(r"Example Company (?:NV|SA|AG)|0123\.456\.789|Example Street|privacy@example")


def ship() -> None:
    publish([load(LIBRARY / f"cookies.{language}.md") for language in LANGUAGES])


def pages() -> dict[str, str]:
    version = PolicyVersion.objects.filter(policy="cookies").order_by("-number")[0]
    return {each: render(text.source) for each, text in texts_of(version).items()}


def test_the_page_names_the_company_in_every_language() -> None:
    fill_in_the_company()
    Site.objects.create(
        slug="shop",
        origins=["https://shop.example.com"],
        settings={"privacy_url": "/private"},
        created_at=timezone.now(),
    )
    ship()
    assert set(pages()) == set(LANGUAGES)
    for page in pages().values():
        assert EXAMPLES.findall(page) == []
        assert page.count("Polder NV") == 2
        assert page.count("Korenlei 1, 9000 Gent") == 2
        assert page.count('href="mailto:privacy@polder.example"') == 1
        assert page.count('href="https://shop.example.com/private"') == 2


def test_what_nobody_has_filled_in_is_open_and_no_example() -> None:
    ship()
    found = pages()
    assert [EXAMPLES.findall(page) for page in found.values()] == [[], [], [], []]
    said = (
        "not filled in yet",
        "nog niet ingevuld",
        "pas encore complété",
        "noch nicht ausgefüllt",
    )
    counts = [found[each].count(f"[{word}]") for each, word in zip(LANGUAGES, said, strict=True)]
    assert counts == [7, 7, 7, 7]


def test_publishing_asks_for_what_is_missing_and_says_where() -> None:
    ship()
    with pytest.raises(Problem) as caught:
        republishing.republish()
    assert caught.value.message == (
        "the cookie policy names details of the company that are missing: "
        "name, registration number, address, e-mail address"
    )
    assert str(caught.value.expected).endswith("/company/")
    fill_in_the_company()
    assert republishing.republish().version == 2
    assert republishing.republish().version is None


def test_the_page_leads_who_may_to_the_companys_own() -> None:
    ship()
    for role, links in (("administrator", 1), ("data-protection", 0)):
        client: Client = client_of(role)
        page = client.get("/cookies/publish/").content.decode()
        assert page.count("Fill in the company’s details") == links


def test_a_changed_address_makes_the_next_version() -> None:
    fill_in_the_company()
    ship()
    assert republishing.preview().version is None
    Controller.objects.update(address="Graslei 2, 9000 Gent")
    assert republishing.republish().version == 2
    assert pages()["en"].count("Graslei 2, 9000 Gent") == 2
