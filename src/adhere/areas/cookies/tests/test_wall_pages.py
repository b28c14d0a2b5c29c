"""The wall in a real browser: whom a page of unmarked trackers reaches, and what still works."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from adhere.areas.cookies.tests.wall_site import fronts
from adhere.areas.cookies.tests.wall_site.hosts import serving
from adhere.areas.cookies.tests.wall_site.shop import shop
from adhere.areas.cookies.tests.wall_site.trackers import MARKUP, STATS
from adhere.areas.cookies.tests.wall_site.world import (
    ESSENTIAL,
    GIVEN,
    REFUSED,
    SHOP,
    Around,
    answer,
    around,
    chromium,
    still,
    visit,
)
from adhere.areas.cookies.wall.wsgi import WSGIWall

PYTHON = ("wsgi", "asgi", "django")
SERVERS = ("nginx", "apache2", "caddy", "php")
STATIC = ("meta", "headers")
# What this browser never asks for: a headless one shows no icon and installs nothing.
SILENT = {"icon", "manifest", "speculation"}
# Own workers stay shut where the server cannot tell who asks for a script.
WORKERS = {"shared-worker", "worker-fetch", "worker-import"}
SHUT = {
    "nginx": WORKERS, "apache2": WORKERS, "headers": {"svg-document"},
    "meta": WORKERS | {"object", "embed", "svg-document"},
    "php": WORKERS | {"object", "embed", "svg-document"},
}  # fmt: skip
WRONG = {
    "expired": answer(GIVEN, at=time.time() - 200 * 86_400),
    "of next year": answer(GIVEN, at=time.time() + 365 * 86_400),
    "of a foreign notice": answer(GIVEN, notice="cd" * 32),
    "of changed purposes": answer(GIVEN).replace("aaaaaa", "dddddd").replace("bbbbbb", "dddddd"),
    "malformed": answer(GIVEN) + "!",
    "forged": "1",
    "twice": f"{answer(GIVEN)}; adhere_consent={answer(REFUSED)}",
    "empty": "",
}
WORKS = dict.fromkeys((*ESSENTIAL, "order"), True)


@pytest.fixture(scope="module")
def near() -> Iterator[Around]:
    with around() as found:
        yield found


@pytest.fixture(scope="module")
def visitor(browser: Any) -> Iterator[Any]:
    with chromium(browser) as launched:
        yield launched


@pytest.fixture(scope="module", params=[*PYTHON, *SERVERS, *STATIC])
def front(
    request: pytest.FixtureRequest, near: Around, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, int]]:
    kind = request.param
    with standing(kind, near, tmp_path_factory.mktemp(kind)) as port:
        yield kind, port


def standing(kind: str, near: Around, folder: Path) -> AbstractContextManager[int]:
    if kind in PYTHON:
        return fronts.python(kind, near, folder)
    if kind in STATIC:
        return fronts.unserved(kind, near)
    if not fronts.binary(kind):
        pytest.skip(f"{kind} is not installed")
    return fronts.proxied(kind, near, folder)


def test_without_a_wall_the_trackers_are_all_reached(visitor: Any, near: Around) -> None:
    with serving(shop(near.pieces, near.edge_origin)) as port:
        reached, works = visit(visitor, near, port, expected=set(MARKUP) - SILENT)
    assert (set(MARKUP) - reached) - SILENT == set()
    assert len(reached) >= 90
    assert works == WORKS


@pytest.mark.parametrize("consent", ["", answer(REFUSED)], ids=["before", "refused"])
def test_nobody_is_contacted_and_the_shop_works(
    visitor: Any, near: Around, front: tuple[str, int], consent: str
) -> None:
    assert visit(visitor, near, front[1], consent) == (set(), WORKS)


def test_one_purpose_lets_its_own_trackers_in(
    visitor: Any, near: Around, front: tuple[str, int]
) -> None:
    kind, port = front
    expected = STATS - SILENT - SHUT.get(kind, set())
    consent = answer({"analytics": True})
    assert visit(visitor, near, port, consent, expected=expected) == (expected, WORKS)


@pytest.mark.parametrize("front", ["wsgi", "apache2", "php", "meta"], indirect=True)
def test_all_purposes_let_all_in(visitor: Any, near: Around, front: tuple[str, int]) -> None:
    kind, port = front
    expected = set(MARKUP) - SILENT - SHUT.get(kind, set())
    assert visit(visitor, near, port, answer(GIVEN), expected=expected) == (expected, WORKS)


@pytest.mark.parametrize("front", ["wsgi", "nginx", "headers"], indirect=True)
def test_one_vendor_of_a_purpose(visitor: Any, near: Around, front: tuple[str, int]) -> None:
    kind, port = front
    expected = set(MARKUP) - STATS - SILENT - SHUT.get(kind, set())
    consent = answer({"marketing:tracker-inc": True})
    assert visit(visitor, near, port, consent, expected=expected) == (expected, WORKS)


def test_a_cookie_that_is_not_plainly_right_opens_nothing(front: tuple[str, int]) -> None:
    kind, port = front
    shut = policies(port, "")
    wrong = set(WRONG.values())
    if kind in {"nginx", "apache2", "caddy"}:
        # A server's configuration cannot count days: there the browser drops the cookie.
        wrong -= {WRONG["expired"], WRONG["of next year"]}
    assert {consent: policies(port, consent) for consent in wrong} == dict.fromkeys(wrong, shut)
    assert (policies(port, answer(GIVEN)) != shut) == (kind not in STATIC)


def policies(port: int, consent: str) -> list[str]:
    """The policies that a page comes with."""
    asked = HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Host": f"{SHOP}:{port}", "Cookie": f"a=1; adhere_consent={consent}"}
    asked.request("GET", "/blank.html", headers=headers)
    with asked.getresponse() as response:
        found = response.headers.get_all("Content-Security-Policy") or []
        element = re.findall(r'http-equiv="Content[^>]*', response.read().decode())
    asked.close()
    return [*found, *element]


@pytest.mark.parametrize("front", ["meta", "headers"], indirect=True)
@pytest.mark.parametrize("why", ["expired", "of a foreign notice", "of changed purposes"])
def test_a_service_worker_opens_nothing_for_it_either(
    visitor: Any, near: Around, front: tuple[str, int], why: str
) -> None:
    assert visit(visitor, near, front[1], WRONG[why])[0] == set()


@pytest.mark.parametrize("front", ["wsgi", "apache2", "meta", "headers"], indirect=True)
def test_withdrawing_shuts_the_wall_again(
    visitor: Any, near: Around, front: tuple[str, int]
) -> None:
    _, port = front
    url = f"http://{SHOP}:{port}"
    context = visitor.new_context()
    context.add_cookies([{"name": "adhere_consent", "value": answer(GIVEN), "url": url}])
    page = context.new_page()
    page.goto(url)
    still(near)
    assert near.third.hits["img"] > 0
    context.clear_cookies()
    page.wait_for_timeout(1_500)
    page.goto(url + "/blank.html")
    still(near)
    near.third.hits.clear()
    for go in (lambda: page.goto(url), page.reload, page.go_back, page.go_forward):
        go()
        still(near)
    assert near.third.hits == {}
    context.close()


@pytest.mark.parametrize("front", ["wsgi", "nginx", "meta"], indirect=True)
def test_an_error_page_is_walled(visitor: Any, near: Around, front: tuple[str, int]) -> None:
    assert visit(visitor, near, front[1], path="/error")[0] == set()


@pytest.mark.parametrize("front", ["wsgi", "meta"], indirect=True)
@pytest.mark.parametrize("trouble", ["edge offline", "scripts blocked", "geo header", "no cookies"])
def test_trouble_opens_nothing(
    visitor: Any, near: Around, front: tuple[str, int], trouble: str
) -> None:
    def prepare(page: Any) -> None:
        if trouble == "edge offline":
            page.route("**/e/shop/**", lambda route: route.abort())
        elif trouble == "scripts blocked":
            page.route("**/*.js*", lambda route: route.abort())
        elif trouble == "geo header":
            page.set_extra_http_headers({"X-Vercel-IP-Country": "US", "CF-IPCountry": "US"})
        else:
            page.add_init_script(
                "Object.defineProperty(Document.prototype, 'cookie',{get() { throw new Error(); }})"
            )

    reached, works = visit(visitor, near, front[1], prepare=prepare)
    assert reached == set()
    assert works["inline"]


def test_missing_data_shuts_the_wall_and_the_visitor_can_still_read(
    visitor: Any, near: Around, tmp_path: Path
) -> None:
    for data in (None, tmp_path / "absent.json", {"format": 1}):
        application = WSGIWall(shop(near.pieces, near.edge_origin), data)
        with serving(application) as port:
            reached, works = visit(visitor, near, port, answer(GIVEN))
        assert reached == set()
        assert [works.get(name) for name in ("image", "style", "order")] == [True] * 3
