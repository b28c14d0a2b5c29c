"""The browser's own signal, and what Google is told."""

from __future__ import annotations

from typing import Any

from adhere.areas.cookies.tests.banner_shop import Shop
from adhere.areas.cookies.tests.banner_steps import (
    ALL,
    COUNTED,
    COUNTER,
    NONE,
    kept,
    layer,
    press,
    settled,
)

GPC = "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"


def test_global_privacy_control_refuses_without_a_record_and_is_shown(
    anna: Any, shop: Shop
) -> None:
    shop.page["body"] = COUNTER
    anna.add_init_script(GPC)
    anna.goto(shop.url)
    press(anna, "Cookies")
    assert "Global Privacy Control" in layer(anna).inner_text()
    assert (shop.answers, anna.context.cookies()) == ([], [])
    press(anna, "Accept all")
    settled(anna, shop)
    anna.wait_for_function(COUNTED)
    anna.reload()
    anna.wait_for_function(COUNTED)
    assert kept(anna) == ALL


def test_a_refusal_under_the_signal_says_so(anna: Any, shop: Shop) -> None:
    anna.add_init_script(GPC)
    anna.goto(shop.url)
    press(anna, "Cookies")
    press(anna, "Refuse all")
    settled(anna, shop)
    assert (shop.answers[0]["method"], kept(anna)) == ("gpc", NONE)


def test_google_consent_mode_is_denied_first_and_follows_the_answer(anna: Any, shop: Shop) -> None:
    anna.goto(shop.url)
    press(anna, "Choose")
    anna.get_by_role("checkbox", name="Statistics").check()
    press(anna, "Save my choice")
    settled(anna, shop)
    layer_of = "dataLayer.filter(e => e[0] == 'consent').map(e => [...e])"
    told = anna.evaluate(layer_of)
    keys = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage",
            "functionality_storage", "personalization_storage", "security_storage"]  # fmt: skip
    assert told[0] == ["consent", "default", dict.fromkeys(keys, "denied")]
    granted = {"analytics_storage": "granted", "security_storage": "granted"}
    assert told[-1] == ["consent", "update", {**dict.fromkeys(keys, "denied"), **granted}]


def test_no_signal_is_sent_to_google_unasked(anna: Any, shop: Shop) -> None:
    shop.more["g"] = 1
    anna.goto(shop.url)
    layer(anna).wait_for()
    assert anna.evaluate("typeof dataLayer") == "undefined"
