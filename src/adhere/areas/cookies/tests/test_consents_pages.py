"""The pages of consents: rates, records with what they are worth today, expiry, roles."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from adhere.areas.cookies.consents import counting, expiring, periods, rates, standing
from adhere.areas.cookies.models import ConsentCount, ConsentRecord

from .consent_cast import CLUB, SHOP, put_notice, put_site
from .consents_cast import ANNA, ASKED, BRAM, CHLOE, answer, client_of

pytestmark = pytest.mark.django_db
HOME = "/cookies/consents/"
DAY = timedelta(days=1)


@pytest.fixture
def shop(db: None) -> str:
    """A website with one notice."""
    put_site()
    return put_notice()


def texts(html: str, pattern: str) -> list[str]:
    return [re.sub(r"<[^>]+>|\s+", " ", each).strip() for each in re.findall(pattern, html, re.S)]


def numbers(page: str, chart: str) -> list[list[str]]:
    """The rows of the table below a chart."""
    part = page.split(f'id="{chart}-caption"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", part, re.S)
    return [re.split(r"\s+", re.sub(r"</?t[hd][^>]*>", " ", row).strip()) for row in rows]


def test_rates_count_every_answer_and_no_withdrawal(shop: str) -> None:
    answer(shop, "accept", subject=ANNA, ago=3 * DAY)
    answer(shop, "reject", subject=BRAM, ago=3 * DAY)
    answer(shop, "save", "analytics", subject=CHLOE, ago=3 * DAY)
    answer(shop, "withdraw", subject=ANNA, ago=2 * DAY)
    page = client_of().get(f"{HOME}?period=7").content.decode()
    assert texts(page, r'class="tile-value">(.*?)</span>') == [
        "3", "33 %", "33 %", "33 %", "0 %", "1",
    ]  # fmt: skip
    legend = texts(page, r"<li><svg class=\"chart-key.*?</svg>(.*?)</li>")
    assert legend[:3] == ["Preferences  33 %", "Statistics  67 %", "Marketing  33 %"]
    (asked,) = [row[-7:] for row in numbers(page, "rates") if row[-1] != "0"]
    assert asked == ["33", "%", "67", "%", "33", "%", "3"]


def test_rates_can_be_compared_by_language_version_site_and_method(shop: str) -> None:
    dutch = put_notice(language="nl")
    second = put_notice(number=2)
    put_site(CLUB)
    club = put_notice(CLUB)
    for place, notice in enumerate((shop, dutch, second, club)):
        answer(notice, "accept" if place % 2 else "reject", subject=f"{place:032x}")
    client = client_of()
    expected = {
        "language": ["English (en)  33 %", "Nederlands (nl)  100 %"],
        "version": ["shop, version 1  50 %", "club, version 1  100 %", "shop, version 2  0 %"],
        "site": ["Shop  33 %", "Club  100 %"],
        "method": ["Accepted all  50 %", "Refused all  50 %"],
    }
    for by, legend in expected.items():
        page = client.get(f"{HOME}?by={by}").content.decode()
        rows = texts(page.split('id="volume-title"')[0], r"<li><svg.*?</svg>(.*?)</li>")
        assert rows == legend, by


def test_a_chart_says_the_same_to_the_eye_the_ear_and_the_table(shop: str) -> None:
    for place in range(40):
        method = "accept" if place % 3 else "reject"
        answer(shop, method, subject=f"{place:032x}", ago=DAY * (place % 9))
    page = client_of().get(f"{HOME}?period=7").content.decode()
    wide = page.split('class="chart-wide"')[1].split("</svg>")[0]
    told = re.findall(r'aria-label="[^:]+: Preferences (\d+) %', wide)
    drawn = re.findall(r'<circle class="chart-dot series-1"[^>]* cy="([\d.]+)"', wide)
    table = [row[row.index("%") - 1] for row in numbers(page, "rates") if "%" in row]
    assert told == table
    assert [round(100 * (250 - float(y)) / 236) for y in drawn] == [int(each) for each in told]
    assert " style=" not in page.split("<main")[1]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=yesterday&until=2026-01-01", "That is no day"),
        ("from=2026-02-01&until=2026-01-01", "ends before it begins"),
        ("from=2001-01-01&until=2026-01-01", "three years"),
    ],
)
def test_a_period_that_makes_no_sense_is_said(shop: str, query: str, said: str) -> None:
    page = client_of().get(f"{HOME}?{query}").content.decode()
    assert said in page
    assert "The last 30 days are shown." in page


def test_empty_pages_say_what_belongs_there(db: None) -> None:
    client = client_of()
    assert "Nobody answered in this period" in client.get(HOME).content.decode()
    assert "Nobody has answered yet" in client.get(f"{HOME}records/").content.decode()
    assert "No website yet" in client.get(f"{HOME}expiry/").content.decode()
    put_site()
    assert "No answer stands today" in client.get(f"{HOME}expiry/").content.decode()


def test_counted_days_and_records_always_agree(shop: str) -> None:
    random = Random(7)
    put_site(CLUB)
    notices = (shop, put_notice(number=2), put_notice(CLUB))
    for place in range(120):
        method = random.choice(("accept", "reject", "save"))
        answer(random.choice(notices), method, *random.sample(ASKED, random.randint(0, 3)),
               subject=f"{random.randrange(60):032x}",
               ago=timedelta(hours=random.randrange(24 * 20), seconds=place))  # fmt: skip
        if place == 60:
            counting.catch_up(timezone.now() - 20 * DAY)
    first, last = timezone.localdate() - 25 * DAY, timezone.localdate()
    found = sum(number for _, number in counting.counted(first, last))
    again = sum(number for _, number in counting.counted(first, last))
    assert (found, again) == (120, 120)
    newest = {}
    for record in ConsentRecord.objects.order_by("at"):
        newest[record.subject] = record
    sites = {each.site.slug: each.standing for each in expiring.outlooks()}
    assert sites == {
        slug: sum(1 for each in newest.values() if each.site == slug) for slug in (CLUB, SHOP)
    }


def test_a_day_is_counted_once_and_in_the_company_s_own_time(shop: str) -> None:
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)  # half past midnight in Brussels
    answer(shop, at=late)
    answer(shop, subject=BRAM, at=datetime(2026, 3, 29, 22, 30, tzinfo=UTC))  # summer began
    counting.catch_up()
    with CaptureQueriesContext(connection) as again:
        counting.catch_up()
    days = ConsentCount.objects.order_by("day").values_list("day", "count")
    assert [(day.isoformat(), count) for day, count in days] == [
        ("2026-03-29", 1), ("2026-03-30", 1),
    ]  # fmt: skip
    assert not [each for each in again.captured_queries if each["sql"].startswith("INSERT")]


def test_states_follow_from_later_answers_and_from_time(shop: str) -> None:
    first = answer(shop, "accept", ago=300 * DAY)
    second = answer(shop, "accept", ago=50 * DAY)
    third = answer(shop, "save", "preferences", ago=20 * DAY)
    other = answer(shop, "accept", subject=BRAM, ago=300 * DAY)
    now = timezone.now()

    def states(record: ConsentRecord) -> dict[str, str]:
        history = standing.history_of(record)
        return {each.key: each.state for each in standing.choices(record, history, now)}

    fixed = {"necessary": "given"}
    assert states(first) == dict.fromkeys(ASKED, "expired") | {"necessary": "expired"}
    assert states(second) == fixed | {
        "preferences": "given", "analytics": "withdrawn", "marketing": "withdrawn",
    }  # fmt: skip
    assert states(third) == fixed | {
        "preferences": "given", "analytics": "withdrawn", "marketing": "withdrawn",
    }  # fmt: skip
    assert states(other) == dict.fromkeys(("necessary", *ASKED), "expired")


def test_the_list_finds_by_id_and_subject_and_narrows(shop: str) -> None:
    old = answer(shop, "accept", subject=ANNA, ago=250 * DAY)
    new = answer(shop, "reject", subject=ANNA, ago=DAY)
    lone = answer(shop, "save", "marketing", subject=BRAM, ago=40 * DAY)
    gone = answer(shop, "accept", subject=CHLOE, ago=400 * DAY)
    client = client_of()

    def found(query: str) -> list[str]:
        page = client.get(f"{HOME}records/?{query}").content.decode()
        return re.findall(r'<th scope="row"><a href="/cookies/consents/records/(\w+)/', page)

    assert found("") == [new.pk, lone.pk, old.pk, gone.pk]
    assert found(f"q={ANNA}") == [new.pk, old.pk]
    assert found(f"q={lone.pk[:12]}") == [lone.pk]
    assert found("q=nobody") == []
    assert found("method=save") == [lone.pk]
    assert set(found("choice=marketing.given")) == {old.pk, lone.pk, gone.pk}
    assert found("choice=analytics.refused&method=reject") == [new.pk]
    assert set(found("standing=stands")) == {new.pk, lone.pk}
    assert found("turn=later") == [new.pk]
    assert found("turn=first") == [lone.pk, old.pk, gone.pk]
    assert found("choice=analytics.refused&method=accept") == []
    assert found("standing=expired") == [gone.pk]
    assert found("since=7") == [new.pk]
    day = timezone.localdate(lone.at)
    assert found(f"from={day}&until={day}") == [lone.pk]
    assert found("site=bakery") == []
    assert found("choice=--.given") == found("from=never") == []


def test_the_filtered_list_goes_out_as_csv_and_json_lines(shop: str) -> None:
    kept = answer(shop, "save", "marketing")
    answer(shop, "reject", subject=BRAM)
    client = client_of()
    lines = b"".join(client.get(f"{HOME}records/?method=save&format=jsonl").streaming_content)
    (row,) = [json.loads(line) for line in lines.splitlines()]
    assert row["id"] == kept.pk
    assert row["purposes"] == {
        "necessary": True, "preferences": False, "analytics": False, "marketing": True,
    }  # fmt: skip
    assert "token" not in lines.decode()
    text = b"".join(client.get(f"{HOME}records/?method=save&format=csv").streaming_content)
    (cells,) = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert (cells["Given"], cells["Refused"]) == ("Marketing", "Preferences;Statistics")
    assert cells["Record"] == kept.pk


def test_only_changed_purposes_are_asked_again(shop: str) -> None:
    answer(shop, "accept", subject=ANNA, ago=DAY)
    answer(shop, "reject", subject=BRAM, ago=DAY)
    put_notice(number=2)  # its analytics covers something else
    (outlook,) = expiring.outlooks()
    assert (outlook.standing, outlook.visitors) == (2, 2)
    assert dict(outlook.again) == {"analytics": 2}
    page = client_of().get(f"{HOME}expiry/").content.decode()
    assert "2 visitors are asked again" in page
    assert "Statistics: 2" in page
    answer(put_notice(number=3), "reject", subject=ANNA)
    (outlook,) = expiring.outlooks()
    assert (outlook.standing, outlook.visitors) == (2, 1)


@pytest.mark.parametrize("role", ["personnel", "front-desk", "security", "administrator"])
def test_nobody_else_sees_consents(role: str, shop: str) -> None:
    kept = answer(shop)
    client = client_of(role)
    paths = ("", "records/", f"records/{kept.pk}/", f"records/{kept.pk}/receipt.json", "expiry/",
             "receipt/")  # fmt: skip
    assert {client.get(HOME + path).status_code for path in paths} == {403}


@pytest.mark.parametrize(
    ("role", "status"), [("personnel", 403), ("front-desk", 403), ("administrator", 200)]
)
def test_who_keeps_websites_reads_what_their_banners_showed(
    role: str, status: int, shop: str
) -> None:
    paths = (f"notices/{shop}/", f"notices/{shop}/live/", f"notices/{shop}/banner.js")
    assert {client_of(role).get(HOME + path).status_code for path in paths} == {status}


def test_auditors_read_and_change_nothing(shop: str) -> None:
    kept = answer(shop)
    client = client_of("auditor")
    paths = ("", "records/", f"records/{kept.pk}/", f"records/{kept.pk}/verify/", "expiry/")
    assert {client.get(HOME + path).status_code for path in paths} == {200}
    assert client.post(f"{HOME}receipt/").status_code == 403
    assert client.post(f"{HOME}receipt/erase/").status_code == 403


def test_pages_ask_the_database_as_often_for_many_as_for_few(shop: str) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(HOME + path).status_code == 200
        return len(queries)

    client = client_of()
    kept = answer(shop, subject=ANNA, ago=DAY)
    paths = ("", "?by=version", "records/", f"records/{kept.pk}/", "expiry/")
    client.get(HOME)
    few = {path: asked(path) for path in paths}
    for place in range(60):
        subject = ANNA if place < 20 else f"{place:032x}"
        answer(shop, "reject", subject=subject, ago=timedelta(minutes=place))
    client.get(HOME)
    more = {path: asked(path) for path in paths}
    assert all(more[path] <= few[path] + 2 for path in paths), (few, more)
    assert max(more.values()) <= 20


@pytest.mark.parametrize("days", [1, 7, 30, 31, 32, 100, 182, 183, 400])
def test_every_day_of_a_period_has_exactly_one_stretch(days: int) -> None:
    last = datetime(2026, 11, 22, tzinfo=UTC).date()
    period = periods.Period("custom", last - (days - 1) * DAY, last)
    covered = [
        each.first + offset * DAY
        for each in period.stretches
        for offset in range((each.last - each.first).days + 1)
    ]
    assert covered == [period.first + offset * DAY for offset in range(days)]
    assert len(period.stretches) <= 31
    assert [period.index(each.first) for each in period.stretches] == list(
        range(len(period.stretches))
    )


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "–"), (0, 9, "0 %"), (1, 1000, "< 1 %"), (999, 1000, "> 99 %"), (2, 3, "67 %"),
     (9, 9, "100 %")],
)  # fmt: skip
def test_a_rate_is_never_rounded_to_all_or_nothing(part: int, whole: int, said: str) -> None:
    assert rates.Rate(part, whole).percent == said
