"""The wall in Firefox, which reads policies by its own code."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from adhere.areas.cookies.tests.wall_site.hosts import MARKETING, STATS, serving
from adhere.areas.cookies.tests.wall_site.shop import shop
from adhere.areas.cookies.tests.wall_site.trackers import STATS as STATISTICS
from adhere.areas.cookies.tests.wall_site.world import (
    EDGE,
    GIVEN,
    REFUSED,
    SHOP,
    Around,
    answer,
    around,
    still,
)
from adhere.areas.cookies.wall.data import checked
from adhere.areas.cookies.wall.servers import static
from adhere.areas.cookies.wall.wsgi import WSGIWall

_FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
pytestmark = pytest.mark.skipif(not _FIREFOX, reason="Firefox is not installed")
# Firefox's speculative parser sometimes loads these before it minds a policy in an element.
AHEAD = {"srcset", "picture"}
_PREFS = f"""
user_pref("network.dns.localDomains", "{STATS},{MARKETING},{SHOP},{EDGE}");
user_pref("network.captive-portal-service.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("privacy.trackingprotection.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.aboutwelcome.enabled", false);
"""


@pytest.fixture(scope="module")
def near() -> Iterator[Around]:
    with around() as found:
        yield found


def reached(near: Around, port: int, consent: str, folder: Path) -> set[str]:
    """The trackers that a fresh Firefox calls on, after it was handed this consent cookie."""
    profile = folder / f"profile-{time.monotonic_ns()}"
    profile.mkdir()
    (profile / "user.js").write_text(_PREFS)
    near.third.hits.clear()
    near.edge.hits.clear()
    url = f"http://{SHOP}:{port}/answer?{consent}"
    with firefox([_FIREFOX, "--headless", "--no-remote", "--profile", str(profile), url]):
        for _ in range(600):
            if near.edge.hits["consents"]:
                break
            time.sleep(0.1)
        assert near.edge.hits["consents"] > 0, "the page's own scripts did not run"
        still(near, quiet=1.5, longest=12)
    return set(near.third.hits)


@contextmanager
def firefox(command: list[str]) -> Iterator[None]:
    # Containers forbid the calls that its own sandbox is made of.
    environ = {**os.environ, "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    quiet = subprocess.DEVNULL
    started = subprocess.Popen(command, env=environ, stdout=quiet, stderr=quiet)
    try:
        yield
    finally:
        started.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(10)
        started.kill()


def handing(website: Callable[..., Any]) -> Callable[..., Any]:
    """``/answer?…`` sets the consent cookie, as the banner would, and goes to the shop."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] != "/answer":
            return website(environ, start)
        line = f"adhere_consent={environ['QUERY_STRING']}; Path=/; Max-Age=9999"
        start("302 Found", [("Location", "/"), ("Set-Cookie", line)])
        return [b""]

    return application


@pytest.fixture(scope="module", params=["wsgi", "meta"])
def front(request: pytest.FixtureRequest, near: Around) -> Iterator[tuple[str, int]]:
    held: list[Any] = []

    def late(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        return held[0](environ, start)

    with serving(late) as port:
        data = near.data(port)
        if request.param == "wsgi":
            website = WSGIWall(shop(near.pieces, near.edge_origin), data)
        else:
            website = shop(near.pieces, near.edge_origin, static.meta(checked(data)))
        held.append(handing(website))
        yield request.param, port


def test_without_a_wall_most_trackers_are_reached(near: Around, tmp_path: Path) -> None:
    with serving(handing(shop(near.pieces, near.edge_origin))) as port:
        assert len(reached(near, port, answer(REFUSED), tmp_path)) >= 60


@pytest.mark.parametrize("consent", ["1", answer(REFUSED)], ids=["before", "refused"])
def test_nobody_is_contacted(
    near: Around, front: tuple[str, int], consent: str, tmp_path: Path
) -> None:
    kind, port = front
    found = reached(near, port, consent, tmp_path)
    assert found - (AHEAD if kind == "meta" else set()) == set()


def test_consent_lets_its_own_in(near: Around, front: tuple[str, int], tmp_path: Path) -> None:
    kind, port = front
    if kind == "meta":
        assert reached(near, port, answer(GIVEN), tmp_path) - AHEAD == set()
        return
    found = reached(near, port, answer({"analytics": True}), tmp_path)
    assert found
    assert found <= STATISTICS
