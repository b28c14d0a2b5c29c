"""The IAB's two signals, that a website switches on: loaded then only, refused until given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from adhere.areas.cookies.tests.banner_shop import Shop, opened

LIST: dict[str, Any] = {
    "gvlSpecificationVersion": 3,
    "vendorListVersion": 150,
    "tcfPolicyVersion": 5,
    "lastUpdated": "2026-10-01T16:00:00Z",
    "purposes": {
        str(number): {
            "id": number,
            "name": f"Purpose {number}",
            "description": "",
            "illustrations": [],
        }
        for number in range(1, 12)
    },
    "specialPurposes": {},
    "features": {},
    "specialFeatures": {},
    "stacks": {},
    "dataCategories": {},
    "vendors": {
        str(number): {
            "id": number,
            "name": f"Vendor {number}",
            "purposes": list(range(1, 12)),
            "legIntPurposes": [],
            "flexiblePurposes": [],
            "specialPurposes": [],
            "features": [],
            "specialFeatures": [],
            "urls": [],
            "usesCookies": True,
        }
        for number in (10, 32)
    },
}
META = '<meta name="adhere-tcf" content="cmp=31&country=BE&vendors=10,32,999">'
TOLD = """() => new Promise(done => __tcfapi('addEventListener', 2, (data, ok) => {
  if (ok && data.eventStatus !== 'cmpuishown') done(data) }))"""


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as made:
        yield made


def press(page: Any, name: str) -> None:
    page.locator("adhere-banner").get_by_role("button", name=name, exact=True).click()


def _until(page: Any, expression: str) -> None:
    for _ in range(250):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {expression}")


def test_neither_is_loaded_unasked(page: Any, shop: Shop) -> None:
    page.goto(shop.url)
    page.locator("adhere-banner dialog").wait_for()
    assert not any(part in each for each in shop.requests for part in ("tcf.js", "gpp.js"))
    assert page.evaluate("[typeof __tcfapi, typeof __gpp]") == ["undefined", "undefined"]


@pytest.mark.parametrize(("button", "given"), [("Accept all", True), ("Refuse all", False)])
def test_tcf_says_the_answer_and_what_was_disclosed(
    page: Any, shop: Shop, button: str, given: bool
) -> None:
    shop.strictly()
    shop.more["g"] = 4
    shop.page["head"] = META
    shop.files["/iab/vendor-list.json"] = json.dumps(LIST)
    page.goto(shop.url)
    _until(page, "!!window.__tcfapi")
    press(page, button)
    _until(page, "localStorage.adhere_receipt && !localStorage.adhere_queue")
    told = page.evaluate(TOLD)
    assert told["tcfPolicyVersion"] == 5
    assert (told["cmpId"], told["publisherCC"], told["isServiceSpecific"]) == (31, "BE", True)
    assert set(told["purpose"]["consents"].values()) <= {given}
    assert (told["vendor"]["consents"].get("10") is True) is given
    core, *segments = told["tcString"].split(".")
    assert core.startswith("C")
    assert any(segment.startswith("I") for segment in segments)  # disclosed vendors


def test_gpp_opts_out_until_it_is_given(page: Any, shop: Shop) -> None:
    shop.strictly()
    shop.more["g"] = 8
    shop.page["head"] = '<meta name="adhere-gpp" content="cmp=31">'
    page.goto(shop.url)
    _until(page, "!!window.__gpp")
    field = "new Promise(done => __gpp('getField', done, 'usnat.SaleOptOut'))"
    assert page.evaluate(field) == 1
    press(page, "Accept all")
    _until(page, f"{field}.then(value => value === 2)")
