"""What consent tools write, as what it says; values as the tools' own documentation shows them."""

from __future__ import annotations

import base64
import json

import pytest

from adhere.scanner.dialogs.stored import agrees, understood


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("cc_cookie", '{"categories":["necessary","ads"],"revision":0}',
         {"necessary": True, "ads": True}),
        ("klaro", '{"matomo":false,"adsense":true}', {"matomo": False, "adsense": True}),
        ("tarteaucitron", "!gtag=true!youtube=false", {"gtag": True, "youtube": False}),
        ("tarteaucitron", "!gtag=wait", None),
        ("cookieconsent_status", "deny", {"": False}),
        ("cookieconsent_status", "dismiss", None),
        ("c15t", "c.necessary:1,c.marketing:0,i.t:1", {"necessary": True, "marketing": False}),
        ("OptanonConsent", "isGpcEnabled=0&groups=C0001%3A1%2CC0002%3A0&hosts=",
         {"C0001": True, "C0002": False}),
        ("CookieConsent", "{stamp:'x',necessary:true,marketing:false,ver:1}",
         {"necessary": True, "marketing": False, "ver": True}),
        ("cookieyes-consent", "consentid:x,consent:yes,action:yes,necessary:yes,analytics:no",
         {"necessary": True, "analytics": False}),
        ("cmplz_marketing", "deny", {"marketing": False}),
        ("adhere_consent", "1!1790000000!0123!necessary.1.aaaaaa!ads.0.bbbbbb!s.cc",
         {"necessary": True, "ads": False}),
        ("cookie_consent", "rejected", {"cookie_consent": False}),
        ("cookie_consent", "maybe", None),
        ("cookie_notice_seen", "true", None),
        ("basket", '{"apples":true}', None),
        ("didomi_token", base64.b64encode(json.dumps(
            {"purposes": {"enabled": ["a"], "disabled": ["b"]}}).encode()).decode(),
         {"a": True, "b": False}),
    ],
)  # fmt: skip
def test_a_stored_state_says_what_its_tool_means(
    name: str, value: str, says: dict[str, bool] | None
) -> None:
    assert understood(name, value)[1] == says


def test_a_tc_string_says_which_purposes_have_consent() -> None:
    bits = f"{2:06b}".ljust(152, "0") + "1010".ljust(24, "0")
    bits = bits.ljust(216, "0")
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    _, says = understood("euconsent-v2", base64.urlsafe_b64encode(data).decode().rstrip("="))
    assert says is not None
    assert [name for name, on in says.items() if on] == ["1", "3"]


@pytest.mark.parametrize(
    ("says", "choice", "verdict"),
    [
        ({"ads": False}, "refuse", True),
        ({"ads": True}, "refuse", False),
        ({"necessary": True}, "refuse", True),
        ({}, "refuse", None),
        ({"ads": True, "video": False}, "accept", True),
        ({"necessary": True}, "accept", False),
        ({"ads": True}, "withdraw", False),
    ],
)
def test_a_state_agrees_with_a_choice_or_not(
    says: dict[str, bool], choice: str, verdict: bool | None
) -> None:
    assert agrees(says, choice) is verdict


def test_what_cannot_be_switched_off_is_no_consent() -> None:
    assert agrees({"cart": True, "ads": False}, "refuse", frozenset({"cart"})) is True
