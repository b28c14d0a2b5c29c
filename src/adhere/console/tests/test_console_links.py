"""One-time links: once, for half an hour, and never by looking alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from adhere.console.models import Account, OneTimeLink
from adhere.errors import Problem

pytestmark = pytest.mark.django_db


def path_of(account: Account, **options: Any) -> str:
    from adhere.console.links import make_sign_in_link

    url = make_sign_in_link(account, **options)
    assert url.startswith("http://localhost:8000/sign-in/link/")
    return url.removeprefix("http://localhost:8000")


def test_a_link_signs_in_once(account: Callable[[str], Any]) -> None:
    path = path_of(account("personnel"))
    first, second = Client(), Client()
    assert first.post(path)["Location"] == "/account/set-up/"
    assert first.get("/me/").status_code == 200
    assert second.post(path).status_code == 410
    assert second.get("/me/").status_code == 302


def test_looking_at_a_link_does_not_use_it(account: Callable[[str], Any]) -> None:
    path = path_of(account("personnel"))
    scanner = Client()
    for _ in range(3):
        seen = scanner.get(path)
        assert seen.status_code == 200
        assert seen["Referrer-Policy"] == "same-origin"
        assert "no-store" in seen["Cache-Control"]
        assert scanner.head(path).status_code == 200
    assert scanner.get("/me/").status_code == 302
    assert Client().post(path).status_code == 302


def test_a_link_ends_after_half_an_hour(account: Callable[[str], Any]) -> None:
    path = path_of(account("personnel"))
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == 410
    assert Client().post(path).status_code == 410


def test_a_link_of_a_closed_account_is_dead(account: Callable[[str], Any]) -> None:
    bram = account("personnel")
    path = path_of(bram)
    Account.objects.filter(pk=bram.pk).update(is_active=False)
    assert Client().post(path).status_code == 410


def test_only_the_hash_of_a_token_is_kept(account: Callable[[str], Any]) -> None:
    token = path_of(account("personnel")).rstrip("/").rpartition("/")[2]
    kept = OneTimeLink.objects.get()
    assert token not in str(vars(kept))
    assert len(kept.digest) == 64


def test_setting_up_can_be_put_off_once(account: Callable[[str], Any]) -> None:
    bram, client = account("personnel"), Client()
    client.post(path_of(bram))
    assert b"ask me next time" in client.get("/account/set-up/").content
    assert client.post("/account/set-up/")["Location"] == "/"
    assert client.get("/me/").status_code == 200
    again = Client()
    again.post(path_of(bram))
    assert b"ask me next time" not in again.get("/account/set-up/").content
    assert again.get("/me/")["Location"] == "/account/set-up/"
    again.post(
        "/accounts/password/set/",
        {"password1": "zeven-groene-fietsen", "password2": "zeven-groene-fietsen"},
    )
    assert again.get("/account/set-up/")["Location"] == "/"
    assert again.get("/me/").status_code == 200


def test_a_link_comes_by_mail_to_those_who_have_an_account(
    account: Callable[[str], Any], settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    account("personnel")
    settings.EMAIL_HOST = "mail.example.com"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    answers = []
    for address in ["nobody@example.com", *["Bram@example.com"] * 5]:
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(Client().post("/sign-in/mail/", {"email": address}, follow=True))
    assert len({answer.content[:200] for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["bram@example.com"]] * 3
    url = next(line for line in mail.outbox[0].body.splitlines() if "/sign-in/link/" in line)
    assert Client().post(url.removeprefix("http://localhost:8000")).status_code == 302


def test_a_mailed_link_does_not_spare_the_second_factor(account: Callable[[str], Any]) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    bram = account("personnel")
    TOTP.activate(bram, generate_totp_secret())
    client = Client()
    answer = client.post(path_of(bram, trusted=False))
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/me/").status_code == 302


def test_the_command_makes_an_account_with_roles(staff: None, capsys: Any) -> None:
    import argparse

    from adhere.main.commands import link

    parser = argparse.ArgumentParser()
    link.arguments(parser)
    assert link.run(parser.parse_args(["Anna@example.com", "--role", "auditor"])) == 0
    made = Account.objects.get(email="anna@example.com")
    assert (made.person_id, made.roles) == ("anna", {"personnel", "security", "auditor"})
    assert capsys.readouterr().out.startswith("http://localhost:8000/sign-in/link/")
    with pytest.raises(Problem, match="unknown role"):
        link.run(parser.parse_args(["anna@example.com", "--role", "boss"]))
    with pytest.raises(Problem, match="no e-mail address"):
        link.run(parser.parse_args(["anna"]))


def test_no_token_reaches_the_log() -> None:
    import logging

    from adhere.console.hiding import HideTokens

    record = logging.LogRecord(
        "x", logging.ERROR, "", 0, "Gone: %s", ("/sign-in/link/abc-DEF_1/",), None
    )
    assert HideTokens().filter(record)
    assert record.getMessage() == "Gone: /sign-in/link/…/"
