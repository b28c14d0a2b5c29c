"""What an announced visitor needs at the tablet: taps and seconds, in a real browser.

Each visitor types a whole name, as on the tablet's keyboard with 80 ms a key, signs with a stroke
and is signed in once the page says so. Run alone: ``python -m bench front_desk``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

Row = dict[str, Any]
VISITORS, KEY_MS = 10, 80
TAPS, SECONDS = 3, 10.0
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")


def rows() -> list[Row]:
    """Taps, and the slowest of ten visitors, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="adhere-bench-") as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ADHERE_")},
            "ADHERE_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "adhere.main.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        done = subprocess.run(
            [sys.executable, str(Path(__file__))],
            env=environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
    taps, slowest = (float(each) for each in done.stdout.split()[-2:])
    return [
        _row("taps of an announced visitor", taps, "taps", TAPS),
        _row(f"slowest of {VISITORS} sign-ins, from first key to told", slowest, "s", SECONDS),
    ]


def _row(name: str, value: float, unit: str, limit: float) -> Row:
    return {"name": name, "value": value, "unit": unit, "limit": limit,
            "ratio": limit / value, "peer": None}  # fmt: skip


def main() -> None:
    """Serve a company with ten announced visitors and let each sign in; prints both numbers."""
    import django

    django.setup()
    from django.contrib.staticfiles.testing import StaticLiveServerTestCase
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", verbosity=0)
    StaticLiveServerTestCase.setUpClass()
    try:
        taps, seconds = _measured(StaticLiveServerTestCase.live_server_url)
    finally:
        StaticLiveServerTestCase.tearDownClass()
        connections.close_all()
    sys.stdout.write(f"{taps} {seconds}\n")


def _measured(url: str) -> tuple[int, float]:
    from playwright.sync_api import sync_playwright

    names, secret = _company()
    found = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1024, "height": 768}, has_touch=True)
        page.goto(f"{url}/visitors/desk/pair/{secret}/")
        results = [_sign_in(page, name, url) for name in names]
        browser.close()
    return max(taps for taps, _ in results), max(seconds for _, seconds in results)


def _company() -> tuple[list[str], str]:
    from datetime import date, timedelta

    from django.utils import timezone

    from adhere.areas.visitors.announcing import Guest, announce
    from adhere.areas.visitors.models import Badge, Desk
    from adhere.areas.visitors.views.common import digest
    from adhere.core.models import Person

    host = Person.objects.create(
        id="anna", name="Anna Peeters", role="employee", joined=date(2020, 1, 6), language="en"
    )
    names = [f"Visitor {chr(65 + number) * 6}" for number in range(VISITORS)]
    now = timezone.now()
    values = {"host": host, "starts_at": now, "ends_at": now + timedelta(hours=1)}
    announce(values, [Guest(name, "", "en") for name in names], "anna")
    Badge.objects.bulk_create([Badge(number=str(number)) for number in range(VISITORS)])
    Desk.objects.create(name="Hall", secret_sha256=digest("bench"), made_at=now)
    return names, "bench"


def _sign_in(page: Any, name: str, url: str) -> tuple[int, float]:
    page.goto(f"{url}/visitors/desk/")
    taps = 0
    started = perf_counter()
    page.keyboard.type(name, delay=KEY_MS)
    page.get_by_role("button", name="Sign in").tap()
    taps += 1
    pad = page.locator("canvas")
    pad.wait_for()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 120, steps=20)
    page.mouse.up()
    taps += 1
    page.get_by_role("button", name="I agree: sign in").tap()
    taps += 1
    page.get_by_text(f"You are signed in, {name}").wait_for()
    return taps, perf_counter() - started


if __name__ == "__main__":
    main()
