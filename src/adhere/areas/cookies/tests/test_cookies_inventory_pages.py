"""The console's pages of the inventory: changes, undoing, publishing, proposals, websites."""

from __future__ import annotations

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from adhere.areas.cookies.models import Notice, Proposal, Purpose, Site, Tracker, Vendor
from adhere.areas.cookies.pages.fetching import fetched
from adhere.areas.cookies.records import TRACKERS
from adhere.console.models import Account
from adhere.core.importing import import_facts
from adhere.core.models import PolicyVersion
from adhere.core.publishing import publish
from adhere.core.recording import Origin
from adhere.core.texts import LIBRARY, load
from adhere.errors import Problem

from .cookies_cast import TRACKERS as FILE
from .cookies_cast import fill_in_the_company

PAGES = {
    "inventory": (),
    "new-tracker": (),
    "publish": (),
    "proposals": (),
    "purposes": (),
    "new-purpose": (),
    "purpose": ("analytics",),
    "vendors": (),
    "vendor": ("Loud & Co",),
    "sites": (),
    "new-site": (),
    "site": ("shop",),
    "notices": (),
}
POLICY = b"""# Cookies

## Third-party cookies

| Name | Provider | Purpose | Strictly necessary | Retention |
| --- | --- | --- | --- | --- |
| glow | Loud & Co | Advertising (cookie) | No | 90 days |
"""


def url(name: str, *args: Any) -> str:
    return reverse(f"cookies:{name}", args=args)


def fill() -> None:
    Site.objects.create(
        slug="shop",
        title="The shop",
        origins=["https://shop.example.com"],
        languages=["en", "nl"],
        created_at=timezone.now(),
    )
    fill_in_the_company()
    publish([load(LIBRARY / f"cookies.{language}.md") for language in ("en", "nl", "fr", "de")])
    import_facts(TRACKERS, FILE, "trackers.csv", Origin("import"))


def keeper() -> Account:
    return Account.objects.create(email="chloe@example.com", extra_roles=["data-protection"])


@pytest.fixture
def client(db: None) -> Client:
    fill()
    client = Client()
    client.force_login(keeper(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def tracker(name: str) -> Tracker:
    return Tracker.objects.get(name=name, superseded_by=None)


def form_of(row: Tracker, **other: str) -> dict[str, str]:
    names = ("name", "tracker_kind", "domain", "party", "vendor", "purpose", "retention")
    return {
        **{name: getattr(row, name) for name in names},
        "strictly_necessary": "yes" if row.strictly_necessary else "no",
        "note": "Shortened",
        **other,
    }


def test_a_change_is_a_correction_with_its_reason(client: Client) -> None:
    visits = tracker("visits")
    answer = client.post(url("edit-tracker", visits.pk), form_of(visits, retention="6 months"))
    assert answer.status_code == 302
    rows = Tracker.objects.filter(name="visits").order_by("pk")
    assert [(each.retention, each.note, each.recorder) for each in rows] == [
        ("13 months", "", ""),
        ("6 months", "Shortened", "chloe@example.com"),
    ]
    page = client.get(url("tracker", visits.pk)).content.decode()
    assert ("Shortened" in page, "13 months" in page) == (True, True)


def test_a_change_can_be_undone_before_it_is_published(client: Client) -> None:
    client.post(url("publish"))
    visits, ads = tracker("visits"), tracker("ads")
    client.post(url("edit-tracker", visits.pk), form_of(visits, retention="6 months"))
    client.post(url("retire-tracker", ads.pk))
    page = client.get(url("publish")).content.decode()
    assert "retention “6 months” instead of “13 months”" in page
    assert "asked again: analytics" in page.replace("\n", " ")
    for row in (visits, ads):
        client.post(url("undo-tracker"), {"key": row.key})
    assert (tracker("visits").retention, tracker("ads").retracted) == ("13 months", False)
    assert "Everything is published" in client.get(url("publish")).content.decode()


def test_publishing_from_the_page(client: Client) -> None:
    answer = client.post(url("publish"), follow=True).content.decode()
    assert "Published: Version 2 of the policy, notice 1 of shop." in answer
    assert Notice.objects.count() == 2


def test_a_name_that_stands_is_refused(client: Client) -> None:
    answer = client.post(url("new-tracker"), form_of(tracker("visits")))
    assert "“visits” is in the inventory already" in answer.content.decode()


def test_a_document_proposes_and_a_person_answers(client: Client) -> None:
    document = SimpleUploadedFile("ours.md", POLICY)
    client.post(url("proposals"), {"document": document})
    proposal = Proposal.objects.get()
    assert (proposal.values["name"], proposal.values["domain"]) == ("glow", "")
    given = {
        "name": "glow",
        "tracker_kind": "cookie",
        "party": "third",
        "vendor": "Loud & Co",
        "purpose": "marketing",
        "strictly_necessary": "no",
        "retention": "90 days",
        "note": "Read in ours.md",
    }
    refused = client.post(url("proposal", proposal.pk), {**given, "domain": ""})
    assert (refused.status_code, Tracker.objects.filter(name="glow").count()) == (200, 0)
    client.post(url("proposal", proposal.pk), {**given, "domain": "ads.example.net"})
    assert tracker("glow").domain == "ads.example.net"
    assert Proposal.objects.get().decided == "accepted"


def test_reading_the_same_document_twice_proposes_once(client: Client) -> None:
    for _ in range(2):
        client.post(url("proposals"), {"document": SimpleUploadedFile("ours.md", POLICY)})
    assert Proposal.objects.count() == 1


SITE = {
    "slug": "blog",
    "title": "The blog",
    "origins": "https://blog.example.com",
    "cookie_domain": "example.com",
    "group": "",
    "language": "nl",
    "months": "6",
    "record_months": "24",
    "position": "bottom",
    "entry": "corner",
    "theme": "--adhere-accent: #063",
    "privacy_url": "/privacy",
    "gpc": "on",
    "active": "on",
}


def test_a_website_joins(client: Client) -> None:
    assert client.post(url("new-site"), SITE).status_code == 302
    blog = Site.objects.get(pk="blog")
    assert (blog.origins, blog.cookie_domain) == (["https://blog.example.com"], ".example.com")
    assert blog.settings["theme"] == {"--adhere-accent": "#063"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "The Blog"),
        ("slug", "shop"),
        ("origins", "http://blog.example.com"),
        ("origins", "https://blog.example.com/news"),
        ("origins", "https://*.example.com"),
        ("cookie_domain", "example.org"),
        ("cookie_domain", "com"),
        ("theme", "--adhere-accent: url(https://x.example)"),
        ("theme", "color: red"),
        ("privacy_url", "javascript:alert(1)"),
        ("privacy_url", "//evil.example"),
        ("months", "14"),
        ("record_months", "3"),
    ],
)
def test_what_a_website_cannot_be_is_refused(client: Client, field: str, value: str) -> None:
    answer = client.post(url("new-site"), {**SITE, field: value})
    assert list(answer.context["form"].errors) == [field]


def test_the_preview_follows_the_form_and_stores_nothing(client: Client) -> None:
    given = {**SITE, "position": "center", "l": "nl"}
    script = client.get(url("preview-script", "shop"), given).content.decode()
    config = json.loads(script.rstrip().rpartition("\n")[2].strip("()"))
    assert (config["b"], config["c"], config["l"], config["z"]) == (
        1,
        "--adhere-accent:#063",
        "nl",
        1,
    )
    assert Site.objects.get(pk="shop").settings == {}


def test_a_notice_is_shown_again_exactly(client: Client) -> None:
    client.post(url("publish"))
    notice = Notice.objects.get(language="nl")
    client.post(
        url("edit-tracker", tracker("visits").pk), form_of(tracker("visits"), retention="1 day")
    )
    script = client.get(url("consent-notice-banner", notice.sha256)).content.decode()
    config = json.loads(script.rstrip().rpartition("\n")[2].strip("()"))
    assert (config["n"], config["t"][1][3], config["z"]) == (notice.sha256, "13 maanden", 1)


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<head><script src="{}"></script></head>', "carries the banner"),
        ("<head></head>", "No script of the page is"),
        ('<head><script src="https://ads.example/x.js"></script><script src="{}"></script></head>',
         "stands before the banner"),
    ],
)  # fmt: skip
def test_a_page_is_looked_at(client: Client, page: str, said: str) -> None:
    banner = "http://localhost:8000/e/shop/banner.js"
    given = {"address": "https://shop.example.com/", "page": page.format(banner)}
    assert said in client.post(url("check-site", "shop"), given).content.decode()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://elsewhere.example/", "https://elsewhere.example is no origin of this website"),
        ("file:///etc/passwd", "file:// is no origin of this website"),
        ("http://169.254.169.254/", "169.254.169.254 is inside a private network"),
    ],
)
def test_only_the_websites_own_pages_are_fetched(address: str, why: str) -> None:
    with pytest.raises(Problem) as caught:
        fetched(address, ["https://shop.example.com", "http://169.254.169.254"])
    assert caught.value.message == why


def test_a_purpose_of_ones_own(client: Client) -> None:
    given = {"slug": "surveys", "title": "Surveys", "text": "Asks you things.", "language": "en"}
    client.post(url("new-purpose"), {**given, "order": "60"})
    assert Purpose.objects.get(pk="surveys").words == {
        "en": {"title": "Surveys", "text": "Asks you things."}
    }


def test_a_providers_hosts(client: Client) -> None:
    given = {"country": "us", "hosts": "*.ads.example.net\ncdn.example.net"}
    client.post(url("vendor", "Loud & Co"), given)
    vendor = Vendor.objects.get(pk="Loud & Co")
    assert (vendor.country, vendor.hosts) == ("US", ["*.ads.example.net", "cdn.example.net"])


def test_nobody_else_may_look(db: None) -> None:
    fill()
    client = Client()
    stranger = Account.objects.create(email="dirk@example.com", extra_roles=["front-desk"])
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert {client.get(url(name, *args)).status_code for name, args in PAGES.items()} == {403}


@pytest.fixture
def shown(transactional_db: None) -> Account:
    fill()
    return keeper()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_fits_a_phone(
    shown: Account, signed_in: Any, live_server: Any, name: str
) -> None:
    page = signed_in(shown)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + url(name, *PAGES[name]))
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:150]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert PolicyVersion.objects.count() == 1
