"""What stays behind of somebody who signed in, failed to, and was erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


def test_signing_in_leaves_no_log_of_addresses(account: Callable[[str], Any]) -> None:
    from adhere.console.links import make_sign_in_link

    path = make_sign_in_link(account("personnel")).removeprefix("http://localhost:8000")
    assert Client().post(path).status_code == 302
    assert AccessLog.objects.count() == 0


def test_erasing_somebody_forgets_their_failed_sign_ins(
    account: Callable[[str], Any], settings: Any, tmp_path: Path
) -> None:
    from adhere.core.erasing import erase_person

    settings.DATA = tmp_path
    account("personnel")
    Client().post("/sign-in/", {"login": "Bram@example.com", "password": "wrong"})
    Client().post("/sign-in/", {"login": "eva@example.com", "password": "wrong"})
    erase_person("bram")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["eva@example.com"]


def test_every_answer_says_what_a_browser_may_run(staff: None) -> None:
    addresses = (
        "/sign-in/",
        "/static/console/tokens.css",
        "/static/nothing.css",
        "/me/",
        "/nothing/",
    )
    policies = [Client().get(each)["Content-Security-Policy"] for each in addresses]
    assert [each.startswith("default-src 'none';") for each in policies] == [True] * len(addresses)


def test_a_link_for_somebody_who_left_is_refused(staff: None, capsys: Any) -> None:
    from adhere.main.cli import main

    assert main(["link", "gust@example.com"]) == 2
    said = capsys.readouterr().err
    assert said == (
        "adhere: EMAIL: the account of Gust Wouters has ended (expected somebody who works here)\n"
    )
