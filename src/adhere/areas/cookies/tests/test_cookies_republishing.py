"""One object: a change of the inventory becomes page, notices and what is asked again."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from adhere.areas.cookies import inventory, republishing
from adhere.areas.cookies.config import configuration, notice_sha256
from adhere.areas.cookies.models import Notice, Site
from adhere.areas.cookies.notices import newest
from adhere.areas.cookies.records import TRACKERS
from adhere.areas.cookies.retention import said
from adhere.areas.cookies.tables import table_of
from adhere.core.importing import import_facts
from adhere.core.models import PolicyVersion
from adhere.core.publishing import publish, texts_of
from adhere.core.recording import Origin, retract
from adhere.core.texts import LIBRARY, load
from adhere.documents.read import read
from adhere.errors import Problem

from .cookies_cast import HEADER, fill_in_the_company
from .cookies_cast import TRACKERS as FILE

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "nl", "fr", "de")


@pytest.fixture
def shop() -> Site:
    site = Site.objects.create(
        slug="shop",
        title="The shop",
        origins=["https://shop.example.com"],
        language="en",
        languages=["en", "nl", "bg"],
        created_at=timezone.now(),
    )
    fill_in_the_company()
    publish([load(LIBRARY / f"cookies.{language}.md") for language in LANGUAGES])
    return site


def take_in(data: bytes) -> None:
    import_facts(TRACKERS, data, "trackers.csv", Origin("import"))


def read_page(language: str) -> list[tuple[Any, ...]]:
    version = PolicyVersion.objects.filter(policy="cookies").order_by("-number")[0]
    text = texts_of(version)[language].text
    return [
        (" ".join(each.names), each.provider, each.strictly_necessary, each.retention)
        for each in read(text.encode(), name=f"cookies.{language}.md").trackers
    ]


INVENTORY = [
    ("adhere_consent", "Polder shop.example.com", True, "6 months"),
    ("ads", "Loud & Co ads.example.net", False, "90 days"),
    ("visits", "Tally stats.example.net", False, "13 months"),
]


def test_publishing_makes_the_next_version_and_notices_in_each_language(shop: Site) -> None:
    take_in(FILE)
    done = republishing.republish()
    assert (done.version, done.notices, done.reasked) == (
        2,
        {"shop": 1},
        {"shop": ("analytics", "marketing")},
    )
    assert set(newest("shop")) == {"bg", "en", "nl"}


def test_doing_it_twice_does_nothing(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    assert not republishing.preview().new
    done = republishing.republish()
    assert (done.version, done.notices, done.reasked) == (None, {}, {})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_the_page_are_the_inventory(shop: Site, language: str) -> None:
    take_in(FILE)
    republishing.republish()
    assert [(name, *rest) for name, _, *rest in read_page(language)] == [
        (name, necessary, said(retention, language)) for name, _, necessary, retention in INVENTORY
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_is_byte_for_byte_what_the_inventory_gives(shop: Site, language: str) -> None:
    take_in(FILE)
    republishing.republish()
    rows = {row.name: row for row in inventory.rows(inventory.current())}
    shares = {"first": ["adhere_consent"], "third": ["ads"], "analytics": ["visits"]}
    version = PolicyVersion.objects.filter(policy="cookies").order_by("-number")[0]
    text = texts_of(version)[language].text
    for which, names in shares.items():
        between = text.partition(f"<!-- inventory:{which} -->\n\n")[2].partition("\n<!-- /")[0]
        assert between == table_of(
            [rows[name] for name in names], language, inventory.titles(language)
        )


def test_changes_are_explained_in_each_language(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    take_in(FILE.replace(b"13 months", b"6 months"))
    retract(TRACKERS, ["ads:cookie:ads.example.net"], Origin("page"))
    assert republishing.republish().version == 3
    version = PolicyVersion.objects.get(policy="cookies", number=3)
    told = {text.language: text.changes for text in version.texts.all()}
    assert told == {
        "en": "visits of Tally: retention “6 months” instead of “13 months”.\n"
        "No longer used: ads of Loud & Co.",
        "nl": "visits van Tally: bewaartermijn “6 maanden” in plaats van “13 maanden”.\n"
        "Niet meer in gebruik: ads van Loud & Co.",
        "fr": "visits de Tally : durée de conservation « 6 mois » au lieu de « 13 mois ».\n"
        "N’est plus utilisé : ads de Loud & Co.",
        "de": "visits von Tally: Speicherdauer „6 Monate“ statt „13 Monate“.\n"
        "Nicht mehr verwendet: ads von Loud & Co.",
    }
    assert version.changes == told["en"]


def test_only_the_touched_purposes_are_asked_again(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    take_in(FILE.replace(b"13 months", b"6 months"))
    assert republishing.preview().notices[0].reasked == ("analytics",)
    assert republishing.republish().reasked == {"shop": ("analytics",)}


def test_a_changed_setting_makes_a_notice_but_asks_nothing_again(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    shop.settings = {"months": 3}
    shop.save()
    done = republishing.republish()
    assert (done.version, done.notices, done.reasked) == (None, {"shop": 2}, {"shop": ()})


def test_a_tracker_without_a_table_publishes_nothing(shop: Site) -> None:
    version = PolicyVersion.objects.get(policy="cookies")
    text = texts_of(version)["en"].text
    for which in ("first", "third"):
        text = text.replace(f"inventory:{which}", "inventory:embeds")
    publish([load_text(text)])
    take_in(FILE)
    with pytest.raises(Problem) as caught:
        republishing.republish()
    assert caught.value.message.startswith("the cookie policy has no table for “adhere_consent”")
    assert Notice.objects.count() == 0


def load_text(text: str) -> Any:
    from adhere.core.texts import Text
    from adhere.documents.policy import parse_policy

    return Text(text, parse_policy(text, "cookies.en.md"))


def test_publishing_a_text_by_hand_takes_the_inventory_too(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    done = publish([load(LIBRARY / f"cookies.{language}.md") for language in LANGUAGES])
    assert [(each.number, each.new) for each in done] == [(2, False)]


def test_what_is_not_published_yet_waits_whoever_publishes_a_text(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    take_in(FILE.replace(b"13 months", b"6 months"))
    done = publish([load(LIBRARY / f"cookies.{language}.md") for language in LANGUAGES])
    assert [(each.number, each.new) for each in done] == [(2, False)]
    assert [each.row.retention for each in republishing.pending()] == ["6 months"]


def test_a_notice_is_never_changed_or_deleted(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    sha256 = newest("shop")["en"].sha256
    for statement in ("UPDATE cookies_notice SET content = ''", "DELETE FROM cookies_notice"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    kept = Notice.objects.get(pk=sha256)
    assert notice_sha256(kept.content) == sha256


def test_the_configuration_says_what_the_notice_holds(shop: Site) -> None:
    take_in(FILE)
    republishing.republish()
    notice = newest("shop")["nl"]
    content = json.loads(notice.content)
    config = configuration(content, notice.sha256, "https://adhere.example.com")
    assert {name: config[name] for name in "snvlodmg"} == {
        "s": "shop",
        "n": notice.sha256,
        "v": 1,
        "l": "nl",
        "o": "https://adhere.example.com",
        "d": "",
        "m": 6,
        "g": 1,
    }
    assert config["ls"] == ["bg", "en"]
    assert [each[0] for each in config["p"]] == ["necessary", "analytics", "marketing"]
    assert config["t"] == [
        [0, "adhere_consent", "Polder", "6 maanden", "cookie", "shop.example.com"],
        [1, "visits", "Tally", "13 maanden", "cookie", "stats.example.net"],
        [2, "ads", "Loud & Co", "90 dagen", "cookie", "ads.example.net"],
    ]


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ("x,cookie,a.be,third,V,analytic,no,1 day,,", "purpose", "nearest is “analytics”"),
        ("x,cooky,a.be,third,V,analytics,no,1 day,,", "kind", None),
        ("x,cookie,a b,third,V,analytics,no,1 day,,", "domain", "a host such as www.example.com"),
        ("x,cookie,a.be,fourth,V,analytics,no,1 day,,", "party", "first or third"),
        ("x,cookie,a.be,third,V,analytics,,1 day,,", "strictly_necessary", "yes or no"),
        ("x,cookie,a.be,third,V,analytics,no,,,", "retention", "text"),
        ("x,cookie,a.be,third,V,analytics,no,1 day,shpo,", "site", "nearest is “shop”"),
    ],
)
def test_what_does_not_fit_is_refused(shop: Site, row: str, field: str, expected: str) -> None:
    with pytest.raises(Problem) as caught:
        take_in(f"{HEADER}\n{row}\n".encode())
    assert (caught.value.field, caught.value.line) == (field, 2)
    assert expected is None or caught.value.expected == expected
