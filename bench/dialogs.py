"""Foreign consent dialogs from their published packages: answered, and proved by what they stored.

Every page stands in ``bench/peers/dialogs``; its ``truth()`` reads the product's own stored state
and nothing of ours. Run alone: ``python bench/dialogs.py [word of a page …]``.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import http.server
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from msgspec import Struct
from playwright.async_api import Browser, async_playwright

from adhere.scanner.clock import Clock
from adhere.scanner.dialogs import SCRIPTS, choose, look

Row = dict[str, Any]
PAGES = Path(__file__).parent / "peers" / "dialogs"
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
MEANT = {"accept": "accepted", "refuse": "refused"}
SHARE, SECONDS, LOOK = 0.95, 1.0, 150.0
PACKAGES = (
    "vanilla-cookieconsent@3.1.0", "klaro@0.7.22", "tarteaucitronjs@1.34.0",
    "cookieconsent@3.1.1", "orejime@3.2.1", "@beyonk/gdpr-cookie-consent-banner@16.0.2",
    "@porscheofficial/cookie-consent-banner@4.1.0", "cookies-eu-banner@3.0.0",
    "cookie-consent-js@2.1.12", "cookie-consent-box@2.4.0", "cookie-though@1.7.3",
    "@lmc-eu/cookie-consent-manager@2.6.0",
)  # fmt: skip
BUNDLED = ("@c15t/react@2.2.1", "react@19", "react-dom@19", "esbuild")
BOTH, NO_REFUSAL, NEITHER = ("accept", "refuse"), ("accept",), ()


class Case(Struct, frozen=True):
    """One page in one configuration; ``offers`` is what a visitor can choose there."""

    page: str
    options: dict[str, str] = {}
    offers: tuple[str, ...] = BOTH

    @property
    def name(self) -> str:
        return " ".join([self.page, *self.options.values()])


def cases() -> list[Case]:
    """The configurations: languages, places, one layer or two, ticked beforehand, other storage."""
    two, on = {"layers": "two"}, {"preset": "on"}
    made = {
        "vanilla-cookieconsent": [
            {},
            {"layout": "bar"},
            {"layout": "cloud inline"},
            two,
            two | on,
            *({"language": each} for each in ("de", "fr", "it", "pl", "el")),
            two | {"language": "de"},
            {"cookie": "bakery_consent"},
        ],
        "klaro": [
            {},
            {"language": "de"},
            {"language": "nl"},
            {"language": "bg"},
            {"language": "fi"},
            {"storage": "localStorage"},
            two,
            two | on,
            {"must": "1"},
            {"modal": "1"},
        ],
        "tarteaucitron": [
            {},
            {"language": "fr"},
            {"language": "de"},
            {"language": "es"},
            {"language": "cs"},
            {"orientation": "bottom"},
            two,
            {"google": "0"},
            {"close": "1"},
        ],
        "osano": [{}, {"language": "nl"}, {"position": "top"}, {"position": "bottom-left"}],
        "orejime": [{}, {"language": "fr"}, {"language": "hu"}, {"modal": "1"}, on],
        "beyonk": [{}, {"reject": "1"}],
        "porsche": [{}, {"language": "de"}],
        "cookies-eu-banner": [{}, {"language": "fr"}, {"language": "sv"}],
        "cookie-consent-js": [{}, {"language": "de"}, {"block": "1"}],
        "lmc": [{}, {"language": "cs"}, {"language": "de"}, {"display": "force"}],
        "cookie-though": [{}],
        "c15t": [{}, {"language": "de"}, {"language": "fr"}],
    }
    found = [Case(page, options) for page, many in made.items() for options in many]
    found.append(Case("osano", {"type": "info"}, NEITHER))
    found += [Case("cookie-consent-box", {"language": each}, NEITHER) for each in ("en", "de")]
    return found


def rows(words: tuple[str, ...] = ()) -> list[Row]:
    """What share was reached, what was claimed wrongly, and what it took."""
    if not shutil.which("npm"):
        return [row("dialogs (npm is needed for them)", None, "", None)]
    with tempfile.TemporaryDirectory(prefix="adhere-bench-") as name:
        folder = Path(name)
        fetched(folder)
        with served(folder) as port:
            return asyncio.run(measured(port, words))


def fetched(folder: Path) -> None:
    """The packages as published, unpacked beside the pages that use them."""
    for package in PACKAGES:
        name, _, _ = package.rpartition("@")
        packed = subprocess.run(
            ["npm", "pack", "--silent", package],
            cwd=folder, check=True, capture_output=True, text=True,
        ).stdout.split()[-1]  # fmt: skip
        with tarfile.open(folder / packed) as archive:
            archive.extractall(folder / ".unpacked" / name, filter="data")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / ".unpacked" / name / "package").rename(folder / name)
    for path in PAGES.iterdir():
        shutil.copy(path, folder)
    bundled(folder)


def bundled(folder: Path) -> None:
    """c15t comes as modules for React only, so that its page is put together here."""
    run = functools.partial(subprocess.run, cwd=folder, check=True, capture_output=True)
    quiet = ("--no-audit", "--no-fund", "--legacy-peer-deps", "--no-save")
    run(["npm", "install", "--silent", *quiet, *BUNDLED])
    run(["npx", "esbuild", "c15t.jsx", "--bundle", "--minify", "--outfile=c15t.js",
         '--define:process.env.NODE_ENV="production"', "--jsx=automatic"])  # fmt: skip


@contextlib.contextmanager
def served(folder: Path) -> Iterator[int]:
    """The folder on a port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing to say."""

    Quiet.extensions_map = {**Quiet.extensions_map, ".mjs": "text/javascript"}
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()


async def measured(port: int, words: tuple[str, ...]) -> list[Row]:
    """Each case as two fresh visitors, one for each choice."""
    told: list[Row] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, CHROMIUM))),
            args=["--no-sandbox", "--disable-blink-features=AutomationControlled"],
        )
        for case in cases():
            if words and not all(word in case.name for word in words):
                continue
            for choice in BOTH:
                one = await tried(browser, port, case, choice)
                told.append({"case": case, "choice": choice, **one})
                put(told[-1])
        await browser.close()
    return summed(told)


async def tried(browser: Browser, port: int, case: Case, choice: str) -> Row:
    """One visitor, one choice, and what the product stored of it."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    for script in SCRIPTS:
        await context.add_init_script(script)
    page = await context.new_page()
    clock = await Clock.of(page)
    await page.goto(f"http://bakery.localhost:{port}/{case.page}.html?{urlencode(case.options)}")
    await clock.rest(1.5)
    started = time.perf_counter()
    dialog = await look(page, clock)
    looked = time.perf_counter()
    made = await choose(page, clock, choice)
    ended = time.perf_counter()
    truth = await page.evaluate("truth()")
    await clock.close()
    await context.close()
    return {"dialog": dialog, "made": made, "truth": truth,
            "look": 1000 * (looked - started), "seconds": ended - looked}  # fmt: skip


def summed(told: list[Row]) -> list[Row]:
    """The table."""
    found = []
    for choice in BOTH:
        offered = [each for each in told if choice == each["choice"] in each["case"].offers]
        right = [each for each in offered if _right(each)]
        share = len(right) / max(len(offered), 1)
        name = f"{choice} reached, of {len(offered)} configurations"
        found.append(row(name, share, "", SHARE, share / SHARE))
    for choice, name in (("refuse", "false refusals"), ("accept", "false acceptances")):
        false = [
            each
            for each in told
            if each["choice"] == choice and each["made"].reached and each["truth"] != MEANT[choice]
        ]
        found.append(row(name, len(false), "", 0, float(not false)))
    spent = statistics.median([each["seconds"] for each in told if each["made"].reached] or [1e9])
    found.append(row("a choice, median", spent, "s", SECONDS, SECONDS / spent))
    seen = statistics.median(each["look"] for each in told)
    found.append(row("a look, median", seen, "ms", LOOK, LOOK / seen))
    return found


def _right(each: Row) -> bool:
    return each["made"].reached and each["truth"] == MEANT[each["choice"]]


def put(each: Row) -> None:
    """One line of progress, on standard error."""
    made, case = each["made"], each["case"]
    mark = (
        "ok" if _right(each) or (each["choice"] not in case.offers and not made.reached) else "!!"
    )
    sys.stderr.write(
        f"{mark} {case.name:<34} {each['choice']:<7} {each['truth']:<9} {each['seconds']:5.2f} s "
        f"{each['look']:4.0f} ms  {each['dialog'].product} "
        f"{'' if mark == 'ok' else f'{made.why} {made.signs} {made.clicks}'}\n"
    )


def row(name: str, value: float | None, unit: str, limit: float | None,
        ratio: float | None = None) -> Row:  # fmt: skip
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ratio": ratio,
            "peer": None}  # fmt: skip


if __name__ == "__main__":
    for each in rows(tuple(sys.argv[1:])):
        print(each)  # noqa: T201
