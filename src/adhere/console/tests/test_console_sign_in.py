"""Signing in with a password, an authenticator app and a passkey; and not signing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

PASSWORD = "zeven-groene-fietsen"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def bram(account: Callable[[str], Any]) -> Any:
    found = account("personnel")
    found.set_password(PASSWORD)
    found.save()
    return found


def enter(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": "bram@example.com", "password": password, **more})


@pytest.mark.django_db
def test_a_password_signs_in(bram: Any) -> None:
    client = Client()
    assert enter(client, next="/policy/")["Location"] == "/policy/"
    assert client.get("/me/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_a_wrong_password_says_so_and_many_lock_out(bram: Any) -> None:
    client = Client()
    assert "notice-error" in enter(client, "wrong").content.decode()
    for _ in range(12):
        enter(client, "wrong")
    page = enter(client)
    assert (page.status_code, "notice-error" in page.content.decode()) == (200, True)
    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_nobody_signs_up(staff: None) -> None:
    for address in ("/accounts/signup/", "/accounts/email/", "/accounts/password/reset/"):
        assert Client().get(address).status_code == 404
        assert Client().post(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("account_request_login_code")


@pytest.mark.django_db
def test_an_authenticator_app_is_asked_for_after_the_password(bram: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth

    client = Client()
    enter(client)
    address = "/accounts/2fa/totp/activate/"
    asked = client.get(address)["Location"]
    assert asked.startswith("/accounts/reauthenticate/")
    assert client.post(asked, {"password": PASSWORD, "next": address})["Location"] == address
    page = client.get(address)
    secret = page.context["form"].secret
    code = auth.format_hotp_value(
        auth.hotp_value(secret, auth.yield_hotp_counters_from_time().__next__())
    )
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer.status_code == 302
    assert Authenticator.objects.filter(user=bram, type="totp").exists()
    other = Client()
    assert enter(other)["Location"].startswith("/accounts/2fa/authenticate/")
    assert other.get("/me/").status_code == 302
    codes = Authenticator.objects.get(user=bram, type="recovery_codes").wrap().get_unused_codes()
    other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert other.get("/me/").status_code == 200


@pytest.mark.django_db
def test_signing_out_everywhere_else(bram: Any) -> None:
    here, there = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140"}), Client()
    enter(here)
    enter(there)
    page = here.get("/account/").content.decode()
    assert "Firefox, Linux" in page
    here.post("/account/sessions/end/")
    assert here.get("/me/").status_code == 200
    assert there.get("/me/").status_code == 302


@pytest.mark.django_db
def test_the_theme_is_remembered_and_leads_back_only_to_us(
    client_of: Callable[[str], Client],
) -> None:
    client = client_of("personnel")
    assert client.post("/theme/", {"theme": "dark", "next": "/me/"})["Location"] == "/me/"
    assert b'data-theme="dark"' in client.get("/me/").content
    assert client.post("/theme/", {"theme": "", "next": "https://evil.example/"})["Location"] == "/"
    assert b"data-theme" not in client.get("/me/").content


@pytest.mark.django_db
def test_the_language_is_chosen_and_given_up_again(client_of: Callable[[str], Client]) -> None:
    client = client_of("personnel")
    client.post("/account/language/", {"language": "fr", "next": "/account/"})
    assert client.get("/me/")["Content-Language"] == "fr"
    client.post("/account/language/", {"language": "xx"})
    assert client.get("/me/")["Content-Language"] == "nl"


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_added_and_signs_in(enter: Any, account: Any, client_of: Any) -> None:
    context = enter("personnel")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    assert page.get_by_label("It signs me in alone").is_checked()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    page.goto("/account/")
    assert page.get_by_text("Laptop").count() == 1
    page.get_by_role("button", name="Account of Bram Claes").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/me/")
    assert page.get_by_role("heading", level=1).inner_text() == "Good day, Bram Claes"


@pytest.mark.django_db(transaction=True)
def test_a_refused_passkey_is_told_in_words(enter: Any) -> None:
    context = enter("")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("No passkey was used").wait_for()


@pytest.mark.django_db
def test_a_key_that_is_only_a_second_factor_is_no_way_in(bram: Any) -> None:
    from allauth.mfa.models import Authenticator

    from adhere.console.credentials import has_credential

    bram.set_unusable_password()
    bram.save()
    known = {"credential": {"clientExtensionResults": {"credProps": {"rk": False}}}}
    key = Authenticator.objects.create(user=bram, type="webauthn", data=known)
    assert not has_credential(bram)
    key.data["credential"]["clientExtensionResults"]["credProps"]["rk"] = True
    key.save()
    assert has_credential(bram)
