"""The pages of scans in a real browser: accessible, light and dark, wide and narrow, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.urls import reverse
from django.utils import timezone

from adhere.areas.cookies.models import Proposal
from adhere.areas.cookies.records import TRACKERS
from adhere.areas.cookies.scan_models import Correction, ScanJob, TrackerSeen
from adhere.areas.cookies.scanning.records import CORRECTIONS
from adhere.core.importing import import_facts
from adhere.core.recording import Origin, record

from .consent_cast import put_site
from .cookies_cast import TRACKERS as INVENTORY
from .scans_cast import CONSENT, VISITS, found, stored
from .test_consents_pages_browser import enter, faults  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
LATE = msgspec.structs.replace(VISITS, name="late", purpose="unknown", states=("before",))


@pytest.fixture
def shop(db: None, settings: Any, tmp_path: Path, browser: Any) -> Any:
    settings.DATA = tmp_path
    put_site(origins=["https://shop.example.com"], languages=[])
    import_facts(TRACKERS, INVENTORY, "trackers.csv", Origin("test"))
    page = browser.new_page(viewport={"width": 640, "height": 400})
    page.set_content("<h1>The shop</h1>")
    picture = page.screenshot()
    page.close()
    correction = {"name": "visits", "domain": "", "vendor": "Tally nv", "purpose": "analytics"}
    record(CORRECTIONS, [{**correction, "reason": "our contract"}], Origin("page", "anna"))
    stored(found("insecure-cookie", "visits", severity="warning"), days=9)
    evidence = [{"what": "cookie late written", "page": "https://shop.example.com/",
                 "script": "https://tag.example/t.js:3", "raw": "late=1; Max-Age=1"}]  # fmt: skip
    early = msgspec.structs.replace(
        found("tracker-before-consent", "late", "before"), evidence=evidence, advice="Wait."
    )
    return stored(
        early, found("wrong-purpose", "visits", "accepted", "warning"), found("no-dialog"),
        trackers=(CONSENT, VISITS, LATE), pictures={"before.png": picture},
    )  # fmt: skip


def paths(scan: Any) -> list[str]:
    seen = TrackerSeen.objects.filter(scan=scan, name="late").get()
    job = ScanJob.objects.create(
        site="shop", url="https://shop.example.com/", asked_at=timezone.now(), done=3, planned=9,
        at="https://shop.example.com/", state="refused", begun_at=timezone.now(),
    )  # fmt: skip
    proposal, said = Proposal.objects.get(), Correction.objects.get()
    named = (("scans", ()), ("scans-of", ("shop",)), ("scan", (scan.pk,)),
             ("scan-declared", (scan.pk,)), ("scan-changes", (scan.pk,)), ("life", (seen.pk,)),
             ("corrections", ()), ("correct", ()), ("correction", (said.pk,)),
             ("scan-progress", (job.pk,)), ("proposal", (proposal.pk,)), ("proposals", ()),
    )  # fmt: skip
    return [reverse(f"cookies:{name}", args=args) for name, args in named]


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_scans_is_accessible(width: int, shop: Any, enter: Any) -> None:  # noqa: F811
    page = enter(width)
    wrong = {}
    for path in paths(shop):
        page.goto(path)
        for details in page.locator("main details").all():
            details.evaluate("each => each.open = true")
        if seen := faults(page):
            wrong[path] = seen
    assert wrong == {}


def test_from_a_finding_to_a_proposal_by_keyboard(shop: Any, enter: Any) -> None:  # noqa: F811
    Proposal.objects.all().delete()
    page = enter()
    page.goto(reverse("cookies:scan", args=[shop.pk]))
    page.get_by_role("button", name="Propose for the inventory: late").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="late").wait_for()
    assert page.get_by_label("Provider").input_value() == "Tally"
    assert page.get_by_text("Wordt gelezen door Tally.").is_visible()


def test_progress_is_shown_until_the_scan_is_there(shop: Any, enter: Any) -> None:  # noqa: F811
    job = ScanJob.objects.create(
        site="shop", url="https://shop.example.com/", asked_at=timezone.now()
    )
    page = enter()
    page.goto(reverse("cookies:scan-progress", args=[job.pk]))
    page.get_by_text("Waiting for the background work").wait_for()
    ScanJob.objects.filter(pk=job.pk).update(done=2, planned=8, state="refused", at="https://x/")
    page.get_by_text("2 of 8 · refused").wait_for()
    ScanJob.objects.filter(pk=job.pk).update(scan=shop, ended_at=timezone.now())
    page.get_by_role("link", name="To the scan").click()
    page.wait_for_url(f"**/scans/{shop.pk}/")
