"""Handing over to an auditor: invited, reading only, recorded, with proofs to take along."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

ClientOf = Callable[[str], Client]


def wanted(**other: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "name": "Ines Vermeulen",
        "email": "ines@auditors.example",
        "policies": ["work-behaviours"],
        "since": today - timedelta(days=30),
        "until": today,
        "ends": today + timedelta(days=10),
        **other,
    }


@pytest.fixture
def auditor(company: None, client_of: ClientOf) -> Client:
    """Invited on the page, and signed in with the link that it showed."""
    answer = client_of("administrator").post("/audit/invite/", wanted())
    found = re.search(r"/sign-in/link/[\w-]+/", answer.content.decode())
    assert found
    client = Client()
    client.post(found[0])
    client.post("/account/set-up/")
    return client


def work() -> None:
    """What the background does with the jobs that wait."""
    from django.core.management import call_command

    call_command("db_worker", batch=True, queue_name="*", verbosity=0, startup_delay=False)


def test_an_invited_auditor_reads_and_what_they_open_is_recorded(
    auditor: Client, client_of: ClientOf
) -> None:
    from adhere.console.auditing.models import Audit

    page = auditor.get("/audit/")
    assert page.status_code == 200
    assert b"Ines Vermeulen" in page.content
    assert auditor.get("/findings/").status_code == 200
    assert auditor.post("/runs/now/").status_code == 403
    audit = Audit.objects.get()
    assert [each.path for each in audit.account.opened.all()][:2] == ["/findings/", "/audit/"]
    shown = client_of("administrator").get(f"/audit/opened/{audit.pk}/")
    assert b"<code>/findings/</code>" in shown.content


def test_an_auditor_sees_the_policies_of_the_invitation_only(auditor: Client) -> None:
    page = auditor.get("/audit/").content.decode()
    assert 'id="p-work-behaviours"' in page
    assert 'id="p-cookies"' not in page
    given = {"policy": "cookies", "since": "2026-01-01", "until": "2026-02-01", "form": "jsonl"}
    assert auditor.post("/audit/make/", given).status_code == 404


def test_access_ends_after_the_last_day(auditor: Client) -> None:
    from adhere.console.models import Account

    Account.objects.filter(audit__isnull=False).update(ends_at=timezone.now())
    assert auditor.get("/audit/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    "other",
    [
        {"email": "bram@example.com"},
        {"until": "2020-01-01"},
        {"ends": "2020-01-01"},
        {"policies": ["no-such"]},
    ],
)
def test_a_wrong_invitation_makes_nothing(
    other: dict[str, Any], company: None, client_of: ClientOf
) -> None:
    from adhere.console.auditing.models import Audit

    answer = client_of("administrator").post("/audit/invite/", wanted(**other))
    assert b"field-error" in answer.content
    assert Audit.objects.count() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_data")
def test_a_bundle_is_made_in_the_background_and_verifies(auditor: Client, tmp_path: Path) -> None:
    from adhere.console.auditing.models import Made
    from adhere.ledger.verify import verify_file

    today = timezone.localdate()
    given = {"policy": "work-behaviours", "since": today - timedelta(days=30), "until": today}
    assert auditor.post("/audit/make/", {**given, "form": "jsonl"}).status_code == 302
    work()
    made = Made.objects.get()
    assert made.failure == ""
    file = tmp_path / "evidence.jsonl"
    file.write_bytes(auditor.get(f"/audit/made/{made.pk}/").content)
    assert verify_file(str(file), None).ok
    forged = file.read_bytes().replace(b'"anna"', b'"anne"', 1)
    file.write_bytes(forged)
    assert not verify_file(str(file), None).ok


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_data")
@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_the_report_is_a_pdf_marked_with_the_name(auditor: Client, language: str) -> None:
    import io

    import pdfplumber

    from adhere.console.auditing.models import Made

    today = timezone.localdate()
    auditor.post("/account/language/", {"language": language})
    given = {"policy": "work-behaviours", "since": today - timedelta(days=30), "until": today}
    auditor.post("/audit/make/", {**given, "form": "pdf"})
    work()
    content = auditor.get(f"/audit/made/{Made.objects.get().pk}/").content
    with pdfplumber.open(io.BytesIO(content)) as paper:
        texts = [page.extract_text() for page in paper.pages]
    assert all("Ines Vermeulen" in text for text in texts)
    assert "adhere verify FILE" in "".join(texts[-2:])


def test_somebody_elses_download_is_not_there(auditor: Client, account: Any) -> None:
    from adhere.console.auditing.models import Made

    today = timezone.localdate()
    other = Made.objects.create(
        account=account("security"),
        form="pdf",
        since=today,
        until=today,
        language="en",
        content=b"x",
    )
    assert auditor.get(f"/audit/made/{other.pk}/").status_code == 404
