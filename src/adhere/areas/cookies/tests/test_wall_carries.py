"""Whether a page carries the banner, and whether it stands where it must."""

from __future__ import annotations

import pytest

from adhere.areas.cookies.packages import carries
from adhere.areas.cookies.packages.snippets import static_head, tag
from adhere.areas.cookies.tests.test_wall_choices import WALL
from adhere.areas.cookies.wall.policy import policy

EDGE = "https://consent.example.com"
TAG = tag(EDGE, "shop")
HEAD = static_head(WALL, EDGE)
STATIC = policy(WALL, static=True)


def rules(head: str, body: str = "", wall: str | None = None) -> list[str]:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return [
        each.rule for each in carries(page, "shop", EDGE, "https://www.example.com/", wall=wall)
    ]


def test_a_page_that_carries_it() -> None:
    assert rules(f"<meta charset=utf-8><script src=/own.js></script>{TAG}") == []
    assert rules(HEAD, wall=STATIC) == []
    assert rules(f"<script src='{EDGE}/e/shop/banner.js?l=nl'></script>") == []


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("", "", ["no-banner"]),
        (f"<!-- {TAG} -->", "", ["no-banner"]),
        (f"<noscript>{TAG}".replace("script src", "b src"), "", ["no-banner"]),
        (tag(EDGE, "other"), "", ["wrong-site"]),
        (TAG + TAG, "", ["banner-twice"]),
        ("", TAG, ["not-in-head"]),
        (TAG.replace("<script", "<script type=text/plain"), "", ["not-run"]),
        (f"<script src=https://t.example/a.js></script>{TAG}", "", ["not-first"]),
        (f"<link rel='preload stylesheet' href=//t.example/a.css>{TAG}", "", ["not-first"]),
        (f"<script type=text/plain data-src=https://t.example/a.js></script>{TAG}", "", []),
        (TAG + "<script src=https://consent.cookiebot.com/uc.js></script>", "", ["other-tool"]),
    ],
)
def test_what_is_wrong_is_named(head: str, body: str, expected: list[str]) -> None:
    assert rules(head, body) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (TAG, ["no-wall"]),
        (HEAD.replace("default-src", "default-src https://t.example"), ["no-wall"]),
        ("<link rel=stylesheet href=/own.css>" + HEAD, ["wall-too-late"]),
        (HEAD.replace("/adhere-wall.js", "/x.js"), ["no-loader"]),
    ],
)
def test_a_static_wall_must_stand_first_and_be_current(head: str, expected: list[str]) -> None:
    assert rules(head, wall=STATIC) == expected
