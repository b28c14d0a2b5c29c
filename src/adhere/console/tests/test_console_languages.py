"""The pages speak one language: whose choice it is, and nothing else between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from adhere.console.models import Account

pytestmark = pytest.mark.django_db
OWN = (
    "/",
    "/me/",
    "/account/",
    "/policy/",
    "/policy/work-behaviours/",
    "/policy/work-behaviours/read/",
    "/findings/",
    "/coverage/",
    "/runs/",
    "/exemptions/",
    "/exemptions/e1/",
    "/acknowledgements/",
    "/people/",
    "/people/bram/",
    "/people/roles/",
    "/import/",
    "/company/",
    "/search/?q=training",
    "/search/",
    "/nowhere/",
    "/?on=2026-03-14&known=2026-03-15",
    "/accounts/2fa/webauthn/add/",
    "/accounts/password/set/",
)
OPEN = ("/sign-in/", "/sign-in/link/stale/")
# Words that no Dutch, French or German sentence of ours holds.
ENGLISH = re.compile(
    r"(?<![\w/-])(the|and|with|you|your|this|which|every|nothing|nobody|judged?|known|since|from)"
    r"(?![\w/-])",
    re.IGNORECASE,
)
_VOID = {"meta", "link", "input", "br", "img", "hr", "rect", "path", "circle"}
_SPOKEN = ("aria-label", "title", "placeholder", "alt")


class Heard(HTMLParser):
    """What a page says in its own language: text and labels, less what is marked as another's.

    Ids (``code``) say nothing in any language.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.language, self.words = "", list[str]()
        self.open: list[tuple[str, bool]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        if tag == "html":
            self.language = known.get("lang") or ""
        foreign = known["lang"] != self.language if "lang" in known else self.quiet
        quiet = foreign or tag in {"script", "style", "code"}
        if tag not in _VOID:
            self.open.append((tag, quiet))
        if not quiet:
            self.words += [known[name] or "" for name in _SPOKEN if name in known]

    def handle_endtag(self, tag: str) -> None:
        while tag not in _VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.quiet:
            self.words.append(" ".join(data.split()))

    @property
    def quiet(self) -> bool:
        return bool(self.open) and self.open[-1][1]


def english(page: str) -> Iterator[str]:
    return (said for said in Heard(page).words if ENGLISH.search(said))


def spoken(client: Client, address: str = "/sign-in/", **headers: str) -> tuple[str, str]:
    """The language that the page names, and that of its headers."""
    answer = client.get(address, headers=headers)
    return Heard(answer.content.decode()).language, answer["Content-Language"]


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_no_page_mixes_languages(
    language: str, company: None, client_of: Callable[[str], Client]
) -> None:
    client = client_of("administrator")
    other = Account.objects.create_user("new@example.com")
    Account.objects.filter(email="dirk@example.com").update(language=language)
    pages = {
        address: client.get(address, follow=True)
        for address in (*OWN, f"/people/roles/{other.pk}/", f"/people/roles/?q={other.email}")
    }
    asking = {"Accept-Language": language}
    pages |= {address: Client().get(address, headers=asking) for address in OPEN}
    texts = {address: page.content.decode() for address, page in pages.items()}
    assert {address: Heard(text).language for address, text in texts.items()} == dict.fromkeys(
        texts, language
    )
    mixed = {address: said for address, text in texts.items() if (said := list(english(text)))}
    assert mixed == {}


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_verdict_keeps_its_own_language(
    language: str, company: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import FindingRecord

    found = FindingRecord.objects.filter(state="not-satisfied").first()
    assert found
    client = client_of("security")
    Account.objects.filter(email="anna@example.com").update(language=language)
    page = client.get(f"/findings/{found.pk}/").content.decode()
    assert (Heard(page).language, list(english(page))) == (language, [])
    assert '<span lang="en">' in page


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_a_policy_is_shown_in_the_language_of_the_page_with_the_same_verdicts(
    language: str, company: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import PolicyText

    client = client_of("security")
    verdict = re.compile(r'class="verdict (state-[a-z-]+)" lang="\w+" href="([^"]+)"')
    english_page = client.get("/policy/work-behaviours/").content.decode()
    Account.objects.filter(email="anna@example.com").update(language=language)
    page = client.get("/policy/work-behaviours/").content.decode()
    title = PolicyText.objects.get(version__policy="work-behaviours", language=language).title
    assert title in Heard(page).words
    assert verdict.findall(page) == verdict.findall(english_page) != []


def test_a_policy_without_a_text_in_the_language_says_which_it_is_in(
    staff: None, client_of: Callable[[str], Client]
) -> None:
    from adhere.core.models import Controller
    from adhere.core.publishing import publish
    from adhere.core.texts import LIBRARY, load_folder

    Controller.objects.create(pk=1, name="Meerwater Software")
    publish([text for text in load_folder(LIBRARY) if text.source.language == "en"])
    client = client_of("security")
    Account.objects.filter(email="anna@example.com").update(language="de")
    page = client.get("/policy/work-behaviours/").content.decode()
    assert '<article class="policy-text" lang="en">' in page
    assert (Heard(page).language, list(english(page))) == ("de", [])


def test_the_account_chooses_before_the_person_before_the_browser(account: Any) -> None:
    client, bram = Client(), account("personnel")
    client.force_login(bram, backend="django.contrib.auth.backends.ModelBackend")
    said = []
    for chosen in ("de", "", "xx"):
        Account.objects.filter(pk=bram.pk).update(language=chosen)
        said.append(spoken(client, "/me/", **{"Accept-Language": "fr"}))
    assert said == [("de", "de"), ("nl", "nl"), ("nl", "nl")]


def test_an_account_of_nobody_follows_the_browser(account: Any) -> None:
    client, auditor = Client(), account("auditor")
    Account.objects.filter(pk=auditor.pk).update(language="")
    client.force_login(auditor, backend="django.contrib.auth.backends.ModelBackend")
    assert spoken(client, "/account/", **{"Accept-Language": "fr-BE,fr;q=0.9"}) == ("fr", "fr")


@pytest.mark.parametrize(
    ("asked", "expected"), [("de-AT", "de"), ("nl;q=0.5,fr;q=0.9", "fr"), ("pt", "en"), ("", "en")]
)
def test_a_stranger_is_spoken_to_as_the_browser_asks(asked: str, expected: str) -> None:
    assert spoken(Client(), **{"Accept-Language": asked}) == (expected, expected)


def test_no_request_leaves_its_language_to_the_next() -> None:
    client = Client()
    said = [spoken(client, **{"Accept-Language": each})[0] for each in ("de", "pt", "nl", "")]
    assert said == ["de", "en", "nl", "en"]


def test_the_answer_says_that_it_depends_on_the_browser() -> None:
    vary = Client().get("/sign-in/")["Vary"].split(", ")
    assert "Accept-Language" in vary


def test_the_ear_of_these_tests_hears_english() -> None:
    page = Client().get("/sign-in/", headers={"Accept-Language": "en"}).content.decode()
    assert "No passkey and no password yet?" in Heard(page).words
    assert "Sign in with a passkey" in english(page)
