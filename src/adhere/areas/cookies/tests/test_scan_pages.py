"""The pages of scans, and what is kept of them."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from adhere.areas.cookies.models import Proposal, Site, Tracker
from adhere.areas.cookies.records import TRACKERS
from adhere.areas.cookies.scan_models import Correction, Scan, ScanJob, ScanPlan, TrackerSeen
from adhere.areas.cookies.scanning import asking, engine, files, telling
from adhere.areas.cookies.scanning.deriving import scans
from adhere.core.importing import import_facts
from adhere.core.models import Entry
from adhere.core.recording import Origin, day_of
from adhere.scanner.knowledge.known import Known

from .consent_cast import put_site
from .consents_cast import account, client_of
from .cookies_cast import TRACKERS as INVENTORY
from .scans_cast import CONSENT, VISITS, found, stored

pytestmark = pytest.mark.django_db
PIXEL = b"\x89PNG\r\n\x1a\n" + b"0" * 20
LATE = msgspec.structs.replace(VISITS, name="late", vendor="Replay", states=("before", "accepted"))
EARLY = found("tracker-before-consent", "late", "before")


@pytest.fixture(autouse=True)
def shop(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    put_site(origins=["https://shop.example.com"], languages=[])
    import_facts(TRACKERS, INVENTORY, "trackers.csv", Origin("test"))


def url(name: str, *args: Any) -> str:
    return reverse(f"cookies:{name}", args=args)


def page(name: str, *args: Any, query: str = "") -> str:
    response = client_of().get(url(name, *args) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_scan_is_kept_with_its_leaf_its_trackers_and_its_files() -> None:
    scan = stored(EARLY, trackers=(CONSENT, VISITS, LATE), pictures={"before.png": PIXEL})
    assert (scan.errors, scan.warnings, scan.notes) == (1, 0, 0)
    assert json.loads(scan.entry.record)["sha256"] == scan.sha256
    assert Entry.objects.filter(kind="scans").count() == 1
    rows = TrackerSeen.objects.filter(scan=scan).order_by("pk")
    assert [each.name for each in rows] == ["adhere_consent", "visits", "late"]
    assert files.pictures(scan.pk) == ["before.png"]
    assert gzip.decompress((files.folder(scan.pk) / "har.gz").read_bytes())
    with pytest.raises(TypeError):
        scan.save()


def test_checks_see_the_scans_of_a_day_as_they_were_known() -> None:
    for days in (9, 3):
        stored(days=days)
    today = day_of(timezone.now())
    assert [each.site for each in scans(today, None)] == ["shop", "shop"]
    assert len(list(scans(today - timedelta(days=5), None))) == 1
    assert list(scans(today, today - timedelta(days=30))) == []


def test_a_new_tracker_becomes_a_proposal_in_four_languages() -> None:
    scan = stored(trackers=(CONSENT, LATE))
    (proposal,) = Proposal.objects.all()
    assert proposal.values["scan"] == scan.pk
    assert {name: proposal.values[name] for name in ("name", "kind", "vendor", "retention")} == {
        "name": "late", "kind": "cookie", "vendor": "Replay", "retention": "12 months",
    }  # fmt: skip
    assert sorted(proposal.values["drafts"]) == ["de", "en", "fr", "nl"]
    assert proposal.values["reason"] == proposal.values["drafts"]["en"]
    stored(trackers=(CONSENT, LATE), days=0)
    assert Proposal.objects.count() == 1
    assert "Wordt gelezen door Replay." in page("proposal", proposal.pk)
    form = {**{name: proposal.values[name] for name in ("name", "domain", "party", "vendor")},
            "tracker_kind": "cookie", "purpose": "analytics", "strictly_necessary": "no",
            "retention": "12 months", "site": "", "reason": "Replays", "note": "seen"}  # fmt: skip
    client_of().post(url("proposal", proposal.pk), form)
    assert Tracker.objects.get(name="late", superseded_by=None).vendor == "Replay"


def test_one_click_leads_from_a_finding_to_its_row_or_to_a_proposal() -> None:
    scan = stored(
        EARLY, found("wrong-purpose", "visits", "accepted"), trackers=(CONSENT, VISITS, LATE)
    )
    text = page("scan", scan.pk)
    row = Tracker.objects.get(name="visits")
    seen = TrackerSeen.objects.get(name="late")
    assert url("tracker", row.pk) in text
    assert url("propose-seen", seen.pk) in text
    Proposal.objects.update(decided="refused")
    answer = client_of().post(url("propose-seen", seen.pk))
    proposal = Proposal.objects.get(decided="")
    assert answer["Location"] == url("proposal", proposal.pk)


def test_the_page_of_a_scan_says_what_was_not_reached() -> None:
    text = page("scan", stored(states=("before", "accepted")).pk)
    assert (text.count("not reached"), text.count("Nothing was found")) == (4 + 1, 1)


def test_what_changed_since_the_scan_before_and_why() -> None:
    before = stored(found("insecure-cookie", "visits"), days=8)
    after = stored(EARLY, trackers=(CONSENT, LATE), states=("before", "accepted"))
    text = page("scan-changes", after.pk)
    assert [text.count(word) for word in ("new: Violation", ">gone<", ">came<", ">went<")] == [
        1, 1, 1, 1,
    ]  # fmt: skip
    assert page("scan-changes", before.pk, query=f"?other={after.pk}").count(">came<") == 1
    assert "This is the first scan" in page("scan-changes", before.pk)


def test_declared_and_seen_stand_side_by_side() -> None:
    wrong = msgspec.structs.replace(VISITS, purpose="marketing")
    text = page("scan-declared", stored(trackers=(wrong, LATE)).pk)
    assert (text.count('class="differs"'), text.count(">not seen<")) == (2, 2)
    assert "Propose for the inventory" in text


def test_a_trackers_life_tells_each_change_and_where_it_was_gone() -> None:
    stored(trackers=(VISITS,), days=9)
    stored(trackers=(), days=6)
    last = stored(trackers=(msgspec.structs.replace(VISITS, states=("before",)),), days=2)
    text = page("life", TrackerSeen.objects.get(scan=last).pk)
    assert "Seen in 2 of 3 scans" in text
    assert [text.count(each) for each in ("Not seen</a>", "First seen</a>")] == [1, 1]
    listed = page("scans-of", "shop")
    assert listed.count(url("life", TrackerSeen.objects.get(scan=last).pk)) == 1


def test_a_correction_stays_with_its_reason_and_the_scanner_goes_by_it() -> None:
    said = {"name": "visits", "domain": "", "vendor": "Tally nv", "purpose": "analytics"}
    client_of().post(url("correct"), {**said, "reason": "our contract"})
    client_of().post(url("correct"), {**said, "reason": "their answer", "purpose": "marketing"})
    rows = Correction.objects.order_by("pk")
    assert [(each.reason, each.recorder) for each in rows] == [
        ("our contract", "data-protection@example.com"),
        ("their answer", "data-protection@example.com"),
    ]
    (held,) = engine.knowledge().corrections
    assert held.known() == Known(
        "Tally nv", "marketing", "data-protection@example.com", why="their answer"
    )
    client_of().post(url("take-back-correction", rows[1].pk))
    assert engine.knowledge().corrections == ()
    assert page("correction", rows[0].pk).count("our contract") == 1
    answer = client_of().post(url("correct"), {**said, "reason": ""})
    assert b"This field is required" in answer.content


def test_scan_now_asks_once_and_shows_how_far_it_is() -> None:
    client = client_of()
    first = client.post(url("scan-now", "shop"))
    assert client.post(url("scan-now", "shop"))["Location"] == first["Location"]
    (job,) = ScanJob.objects.all()
    assert (job.url, job.by) == ("https://shop.example.com/", "data-protection@example.com")
    assert "Waiting for the background work" in page("scan-progress", job.pk)
    ScanJob.objects.update(failure="no such host: shop.example.com", ended_at=timezone.now())
    assert "no such host" in page("scan-progress", job.pk)
    assert "no such host" in page("scans-of", "shop")


def test_a_plan_keeps_to_its_own_website_and_asks_when_it_is_due() -> None:
    client, today = client_of(), day_of(timezone.now())
    plan = {"every": "weekly", "url": "https://elsewhere.example/", "max_pages": "5"}
    assert b"is no page of this website" in client.post(url("scans-of", "shop"), plan).content
    client.post(url("scans-of", "shop"), {**plan, "url": "https://shop.example.com/nl/"})
    asking.daily(today)
    job = ScanJob.objects.get()
    assert (job.url, job.max_pages, job.by) == ("https://shop.example.com/nl/", 5, "")
    ScanJob.objects.update(ended_at=timezone.now())
    asking.daily(today + timedelta(days=6))
    assert ScanJob.objects.count() == 1
    asking.daily(today + timedelta(days=7))
    assert ScanJob.objects.count() == 2


def test_files_go_when_their_time_is_up_but_never_those_of_the_last_scan() -> None:
    old, last = stored(days=200, pictures={"a.png": PIXEL}), stored(days=100)
    assert files.purge(timezone.now()) == 1
    assert (files.folder(old.pk).exists(), files.folder(last.pk).exists()) == (False, True)
    assert client_of().get(url("scan-picture", old.pk, "a.png")).status_code == 404
    assert page("scan", old.pk).count("/files/") == 1


def test_pictures_and_files_are_handed_out_as_what_they_are() -> None:
    scan = stored(pictures={"before.png": PIXEL, "page.html": b"<script>"})
    client = client_of()
    assert client.get(url("scan-picture", scan.pk, "before.png"))["Content-Type"] == "image/png"
    for name in ("page.html", "har.gz", "..%2f..%2fsecret-key"):
        assert client.get(url("scan-picture", scan.pk, name)).status_code == 404
    assert client.get(url("scan-file", scan.pk, "json")).content.decode() == scan.report
    assert json.loads(client.get(url("scan-file", scan.pk, "har")).content)["log"] == {
        "entries": []
    }
    assert client.get(url("scan-file", scan.pk, "exe")).status_code == 404


def test_news_before_consent_is_mailed_to_who_keeps_data_protection(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.com"
    account("data-protection")
    account("security")
    stored(days=8)
    scan = stored(EARLY, trackers=(CONSENT, LATE))
    assert [each.rule for each in telling.news(scan)] == ["tracker-before-consent"]
    assert telling.tell_new(scan) == 1
    telling.mail_news.func(scan=scan.pk, account=account("data-protection").pk)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (
        ["data-protection@example.com"], "New before consent on shop",
    )  # fmt: skip
    assert "tracker-before-consent late" in sent.body
    assert telling.tell_new(stored(EARLY, trackers=(CONSENT, LATE), days=0)) == 0


def test_the_list_is_searched_and_filtered() -> None:
    stored(days=3)
    faulty = stored(EARLY)
    for query in ("?verdict=error", "?q=shop&verdict=error", "?since=7&verdict=error"):
        text = page("scans", query=query)
        assert text.count(url("scan", faulty.pk) + '"') == 2
    assert Scan.objects.count() == 2


def test_empty_pages_say_what_to_do_next() -> None:
    text = page("scans")
    assert ("never scanned" in text, "Press “Scan now”" in text) == (True, True)
    assert "Nothing was seen yet" in page("scans-of", "shop")
    assert "No corrections yet" in page("corrections")
    Site.objects.all().delete()
    assert "Add a website" in page("scans")


def test_only_keepers_and_auditors_may_look_and_only_keepers_ask() -> None:
    scan = stored()
    seen = TrackerSeen.objects.first()
    assert seen
    names = [("scans", ()), ("scan", (scan.pk,)), ("scan-declared", (scan.pk,)),
             ("scan-changes", (scan.pk,)), ("scans-of", ("shop",)), ("life", (seen.pk,)),
             ("corrections", ()), ("scan-file", (scan.pk, "json"))]  # fmt: skip
    for role, status in (("security", 403), ("auditor", 200), ("administrator", 200)):
        got = {client_of(role).get(url(name, *args)).status_code for name, args in names}
        assert (role, got) == (role, {status})
    assert client_of("auditor").post(url("scan-now", "shop")).status_code == 403
    assert ScanPlan.objects.count() == 0
