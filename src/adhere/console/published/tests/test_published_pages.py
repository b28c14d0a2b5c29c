"""The published pages: who may read which text, in which language, and that it is the exact one."""

from __future__ import annotations

import base64
import hashlib
import io
import re

import pytest
from django.test import Client
from pypdfium2 import PdfDocument

from adhere.console.models import Account
from adhere.core.models import PolicyText

pytestmark = pytest.mark.usefixtures("library")
SIGN_IN = "/sign-in/?next="


def shown(client: Client, path: str, language: str = "en") -> str:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.fixture
def anna(client: Client) -> Client:
    account = Account.objects.create_user("anna@example.com")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def titles(page: str) -> list[str]:
    return re.findall(r"<h2><a [^>]*>([^<]+)</a>", page)


def test_strangers_see_what_is_public(client: Client) -> None:
    assert titles(shown(client, "/policies/")) == ["Biscuits en"]
    assert titles(shown(client, "/policies/", "nl-BE,nl;q=0.9")) == ["Biscuits nl"]


def test_signed_in_people_see_every_policy(anna: Client) -> None:
    assert titles(shown(anna, "/policies/")) == ["Biscuits en", "Desks"]
    assert shown(anna, "/policies/desks/").count("<h1>") == 1


@pytest.mark.parametrize(
    "path", ["", "en/", "en.pdf", "en/text.md", "v/1/en/", "v/1/changes/", "v/1/en.pdf"]
)
def test_strangers_are_sent_to_sign_in_for_the_rest(client: Client, path: str) -> None:
    response = client.get(f"/policies/desks/{path}")
    assert (response.status_code, response["Location"]) == (302, f"{SIGN_IN}/policies/desks/{path}")


@pytest.mark.parametrize(
    "path", ["nothing/", "biscuits/fr/", "biscuits/v/3/en/", "biscuits/v/1/de.pdf", "nothing.pdf"]
)
def test_what_was_never_published_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/policies/{path}").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "language"), [("nl-BE", "nl"), ("fr, nl;q=0.5", "nl"), ("es", "en"), ("", "en")]
)
def test_the_page_speaks_the_visitors_language(client: Client, wanted: str, language: str) -> None:
    assert f'<html lang="{language}">' in shown(client, "/policies/biscuits/", wanted)


def test_the_current_page_explains_what_changed(client: Client) -> None:
    page = shown(client, "/policies/biscuits/en/")
    assert "We say “before”, which is clearer." in page
    assert re.findall(r"<(del|ins)><span class=\"spoken\">([^<]+)</span>([^<]+)<", page) == [
        ("del", "Removed: ", "until "),
        ("ins", "Added: ", "before "),
    ]
    assert "1 sentence changed, compared with version 1" in page
    assert "no longer in force" not in page


def test_an_older_version_says_that_the_current_prevails(client: Client) -> None:
    page = shown(client, "/policies/biscuits/v/1/nl/")
    assert "versie 2 heeft voorrang" in page
    assert "Niets wordt bewaard tot u kiest." in page
    assert '<meta name="robots" content="noindex">' in page


def test_every_clause_and_heading_has_a_permanent_link(client: Client) -> None:
    page = shown(client, "/policies/biscuits/v/2/en/")
    links = set(re.findall(r'href="#([^"]+)"', page)) - {"_text"}
    anchors = re.findall(r'id="([^"]+)"', page)
    assert links == {"wait", "told", "section-before-you-choose", "section-names", "_versions"}
    assert links <= set(anchors)
    assert len(anchors) == len(set(anchors))


def test_languages_point_at_each_other(client: Client) -> None:
    page = shown(client, "/policies/biscuits/en/")
    found = re.findall(r'rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)
    base = "http://localhost:8000/policies/biscuits"
    assert found == [("en", f"{base}/en/"), ("nl", f"{base}/nl/"), ("x-default", f"{base}/")]


@pytest.mark.parametrize("path", ["en/", "v/2/en/"])
def test_the_source_is_the_exact_text(client: Client, path: str) -> None:
    response = client.get(f"/policies/biscuits/{path}text.md")
    stored = PolicyText.objects.get(version__policy="biscuits", version__number=2, language="en")
    digest = hashlib.sha256(response.content)
    assert digest.hexdigest() == stored.sha256
    assert response["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
    assert stored.sha256 in shown(client, "/policies/biscuits/v/2/en/")


@pytest.mark.parametrize("path", ["en/", "v/1/en/", "v/2/changes/", "v/1/en/text.md"])
def test_an_unchanged_page_is_not_sent_again(client: Client, path: str) -> None:
    first = client.get(f"/policies/biscuits/{path}")
    again = client.get(f"/policies/biscuits/{path}", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Last-Modified"] == "Mon, 09 Mar 2026 08:00:00 GMT"


def test_a_page_is_sent_anew_when_the_company_moves(client: Client) -> None:
    from adhere.core.models import Controller

    first = client.get("/policies/biscuits/en/")
    Controller.objects.update(address="Markt 1\nGent")
    again = client.get("/policies/biscuits/en/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200


def test_pages_for_personnel_are_kept_by_nobody_else(anna: Client) -> None:
    assert "private" in anna.get("/policies/desks/en/")["Cache-Control"]


@pytest.mark.parametrize("path", ["biscuits.pdf", "biscuits/nl.pdf", "biscuits/v/1/en.pdf"])
def test_the_pdf_carries_version_and_fingerprint(client: Client, path: str) -> None:
    response = client.get(f"/policies/{path}")
    document = PdfDocument(io.BytesIO(response.content))
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    number, language = (1, "en") if "/v/1/" in path else (2, "nl" if "nl" in path else "en")
    stored = PolicyText.objects.get(
        version__policy="biscuits", version__number=number, language=language
    )
    assert f"SHA-256 {stored.sha256}" in words
    assert ("no longer in force" in words) == (number == 1)
    assert "1 / 1" in words


def test_the_changes_come_as_a_pdf_too(client: Client) -> None:
    response = client.get("/policies/biscuits/v/2/changes.pdf?lang=nl")
    assert response["Content-Disposition"] == 'inline; filename="biscuits-2-nl-changes.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_a_first_version_says_so(client: Client) -> None:
    assert "This is the first version." in shown(client, "/policies/biscuits/v/1/changes/")


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_the_words_around_the_text_exist_in_every_language(language: str) -> None:
    from adhere.console.published.words import NAMES, WORDS, counted

    assert WORDS[language].keys() == WORDS["en"].keys()
    assert language in NAMES
    assert counted(language, "changed", 1) != counted(language, "changed", 2)
