"""Proof of consents: verified here, shown by receipt, erased on request, purged in time."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from adhere.areas.cookies.consents import counting, erasing, expiring
from adhere.areas.cookies.models import ConsentRecord, Notice, Site
from adhere.core.guarding import lower, raise_up
from adhere.core.models import Entry
from adhere.core.sequencing import settle
from adhere.ledger.verify import verify_file

from .consent_cast import SHOP, put_notice, put_site
from .consents_cast import ANNA, BRAM, answer, client_of, receipt

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/cookies/consents/"
DAY = timedelta(days=1)


@pytest.fixture
def shop(db: None, settings: Any, tmp_path: Path) -> str:
    """A website with one notice, and a ledger of the test's own."""
    settings.DATA = tmp_path
    put_site()
    return put_notice()


def verified(record: ConsentRecord) -> dict[str, str]:
    page = client_of().get(f"{HOME}records/{record.pk}/verify/").content.decode()
    steps = re.findall(r'<li class="(\w+)">.*?<strong>(.*?)</strong>', page, re.S)
    return {title: outcome for outcome, title in steps}


def show(client: Client, content: Any) -> Any:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.post(f"{HOME}receipt/", {"receipt": SimpleUploadedFile("receipt.json", data)})


def seal_of(page: str) -> str:
    found = re.search(r'name="seal" value="([^"]+)"', page)
    return found[1] if found else ""


def test_a_record_verifies_step_by_step(shop: str) -> None:
    kept = answer(shop)
    before = verified(kept)
    assert sorted(before.values()) == ["fine"] * 4 + ["open"] * 2
    settle()
    after = verified(kept)
    assert list(after.values()) == ["fine"] * 6


@pytest.mark.parametrize(
    ("column", "value", "wrong"),
    [
        ("method", "reject", "The database says what the record says"),
        ("subject", BRAM, "The database says what the record says"),
        ("purposes", {"necessary": True}, "The database says what the record says"),
    ],
)
def test_a_changed_row_is_found(shop: str, column: str, value: Any, wrong: str) -> None:
    kept = answer(shop)
    settle()
    lower()
    ConsentRecord.objects.filter(pk=kept.pk).update(**{column: value})
    raise_up()
    steps = verified(kept)
    assert [title for title, outcome in steps.items() if outcome == "wrong"] == [wrong]


def test_a_changed_record_or_notice_is_found(shop: str) -> None:
    kept = answer(shop)
    settle()
    entry = kept.entry
    Entry.objects.filter(pk=entry.pk).update(record=entry.record.replace("firefox", "chrome"))
    assert verified(kept)["The record is as it was committed"] == "wrong"
    Entry.objects.filter(pk=entry.pk).update(record="no JSON")
    assert verified(kept)["The database says what the record says"] == "wrong"
    Entry.objects.filter(pk=entry.pk).update(record=entry.record)
    lower()
    Notice.objects.update(content=Notice.objects.get().content.replace("Analytics", "Fun"))
    raise_up()
    steps = verified(kept)
    assert [title for title, outcome in steps.items() if outcome == "wrong"] == [
        "The notice is exactly the one that was shown",
        "The statement of the receipt is the recorded one",
    ]
    assert "was changed" in client_of().get(f"{HOME}notices/{shop}/").content.decode()


@pytest.mark.parametrize("sequenced", [False, True])
def test_the_downloaded_receipt_verifies_offline_and_lacks_the_token(
    shop: str, sequenced: bool, tmp_path: Path
) -> None:
    kept = answer(shop)
    if sequenced:
        settle()
    answered = client_of().get(f"{HOME}records/{kept.pk}/receipt.json")
    file = tmp_path / "receipt.json"
    file.write_bytes(answered.content)
    found = verify_file(file, tmp_path / "ledger-public-key.txt")
    assert found.ok, found.message
    assert ("leaf 1" in found.message) == sequenced
    assert "token" not in json.loads(answered.content)
    assert json.loads(answered.content)["dct:identifier"] == kept.pk


def test_the_inclusion_proof_comes_with_the_ledger(shop: str) -> None:
    kept = answer(shop)
    client = client_of()
    assert client.get(f"{HOME}records/{kept.pk}/proof.txt").status_code == 404
    settle()
    text = client.get(f"{HOME}records/{kept.pk}/proof.txt").content.decode()
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 1\n")


def test_a_receipt_shows_its_record_and_everything_of_the_browser(shop: str) -> None:
    first = answer(shop, "accept", ago=3 * DAY)
    answer(shop, "withdraw", ago=DAY)
    answer(shop, "reject", subject=BRAM)
    settle()
    page = show(client_of(), receipt(first)).content.decode()
    assert "The receipt is genuine." in page
    assert "2 records are kept of this browser" in page
    assert page.count("Withdrawn") == 3
    assert "Withdrew · Shop" in page
    assert BRAM not in page


@pytest.mark.parametrize("spoil", ["token", "record", "statement", "promise", "empty", "list"])
def test_a_receipt_that_is_not_ours_shows_nothing(shop: str, spoil: str) -> None:
    content: Any = receipt(answer(shop))
    if spoil == "token":
        content["token"] = "x" * 32
    elif spoil == "record":
        content["record"]["subject"] = BRAM
    elif spoil == "statement":
        content["dct:language"] = "nl"
    elif spoil == "promise":
        content["promise"] = content["promise"].replace("localhost", "elsewhere")
    answered = show(client_of(), {"empty": b"", "list": b"[1]"}.get(spoil, content))
    assert answered.status_code == 422
    page = answered.content.decode()
    assert "field-error" in page
    assert ANNA not in page
    assert seal_of(page) == ""


def test_a_copy_from_the_console_proves_the_record_but_not_whose_it_is(shop: str) -> None:
    kept = answer(shop)
    client = client_of()
    copy = client.get(f"{HOME}records/{kept.pk}/receipt.json").content
    page = show(client, copy).content.decode()
    assert "It does not prove whose it is." in page
    assert seal_of(page) == ""


def test_erasing_takes_all_of_the_browser_and_leaves_the_leaves(shop: str) -> None:
    mine = [answer(shop, "accept", ago=9 * DAY), answer(shop, "reject", ago=DAY)]
    other = answer(shop, "accept", subject=BRAM, ago=9 * DAY)
    content = receipt(mine[0])
    client = client_of()
    seal = seal_of(show(client, content).content.decode())
    assert client.post(f"{HOME}receipt/erase/", {"seal": seal}, follow=True).status_code == 200
    assert ConsentRecord.objects.count() == 3  # nobody confirmed it
    page = client.post(f"{HOME}receipt/erase/", {"seal": seal, "sure": "yes"}, follow=True)
    assert "2 records are erased" in page.content.decode()
    assert list(ConsentRecord.objects.values_list("pk", flat=True)) == [other.pk]
    entries = Entry.objects.filter(pk__in=[each.entry_id for each in mine]).order_by("pk")
    assert [(each.record, bytes(each.secret)) for each in entries] == [("", b"")] * 2
    leaf = json.loads(Entry.objects.get(kind="erasure").record)
    assert leaf["indexes"] == [each.index for each in entries]
    done = json.loads(Entry.objects.get(kind="consent-erasure").record)
    assert (done["by"], done["records"]) == ("data-protection@example.com", 2)
    assert list(verified(other).values()) == ["fine"] * 6
    assert "Its record was deleted here" in show(client, content).content.decode()
    (outlook,) = expiring.outlooks()
    assert outlook.standing == 1


def test_a_withdrawal_is_recorded_for_who_shows_a_receipt(shop: str) -> None:
    kept = answer(shop, "save", "analytics", ago=DAY)
    client = client_of()
    seal = seal_of(show(client, receipt(kept)).content.decode())
    client.post(f"{HOME}receipt/withdraw/", {"seal": seal})
    assert ConsentRecord.objects.count() == 1  # nobody confirmed it
    page = client.post(
        f"{HOME}receipt/withdraw/", {"seal": seal, "sure": "yes"}, follow=True
    ).content.decode()
    made = ConsentRecord.objects.get(previous=kept.pk)
    assert (made.method, made.subject) == ("withdraw", kept.subject)
    assert made.purposes == {
        "necessary": True, "preferences": False, "analytics": False, "marketing": False,
    }  # fmt: skip
    assert json.loads(made.entry.record)["withdrawn"] == ["analytics"]
    assert "The withdrawal is recorded." in page
    settle()
    assert list(verified(made).values()) == ["fine"] * 6
    page = show(client, receipt(kept)).content.decode()
    assert "Withdraw on request" not in page
    client.post(f"{HOME}receipt/withdraw/", {"seal": seal, "sure": "yes"})
    assert ConsentRecord.objects.count() == 2


def test_a_seal_is_good_for_who_got_it_and_for_half_an_hour(shop: str) -> None:
    kept = answer(shop)
    seal = seal_of(show(client_of(), receipt(kept)).content.decode())
    from adhere.console.models import Account

    other = Account.objects.create_user("eva@example.com", extra_roles=["data-protection"])
    client = Client()
    client.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    for value in (seal, seal + "x", ""):
        client.post(f"{HOME}receipt/erase/", {"seal": value, "sure": "yes"})
    assert ConsentRecord.objects.filter(pk=kept.pk).exists()


def test_a_notice_is_rendered_again_exactly(shop: str) -> None:
    client = client_of()
    page = client.get(f"{HOME}notices/{shop}/").content.decode()
    assert "What “Analytics” is for." in page
    assert "Example Ads, Inc." in page
    assert '<div class="seen-layer" lang="en" dir="ltr">' in page
    buttons = re.findall(r'class="seen-button">(.*?)<', page)
    assert buttons == ["Refuse all", "Accept all", "Choose", "Refuse all", "Accept all",
                       "Save my choice"]  # fmt: skip


def test_what_is_old_is_purged_and_the_page_says_so(shop: str) -> None:
    old = answer(shop, "accept", subject=ANNA, ago=800 * DAY)
    answer(shop, "reject", subject=BRAM, ago=DAY)
    client = client_of()
    assert re.search(r"Due to be purged</dt><dd>1<", client.get(f"{HOME}expiry/").content.decode())
    assert erasing.purge() == {SHOP: 1}
    assert erasing.purge() == {}
    old.entry.refresh_from_db()
    assert (old.entry.record, bytes(old.entry.secret)) == ("", b"")
    page = client.get(f"{HOME}expiry/").content.decode()
    assert ", 1 record." in page
    assert f"{SHOP}: 1." in page
    first = timezone.localdate(old.at)
    assert sum(number for _, number in counting.counted(first, first)) == 1  # outlasts it


def test_a_record_on_which_consent_rests_is_never_purged(shop: str) -> None:
    Site.objects.update(settings={"record_months": 1})
    answer(shop, "accept", ago=100 * DAY)
    assert erasing.purge() == {}
