"""What a first visit costs: bytes, requests, main thread, violations; two peers in the same run.

The peers come from the npm registry into a folder that is taken away again. Each stands on the
same page with the same five purposes. Run alone: ``python bench/banner.py``.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import brotli
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from adhere.areas.cookies.tests.banner_shop import Shop, configured, opened

Row = dict[str, Any]
RUNS, WARM = 20, 5
BYTES, MILLISECONDS = 7_000, 5.0
PEERS = {"vanilla-cookieconsent": "3.1.0", "klaro": "0.7.22"}
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")
COSTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
VCC = """CookieConsent.run({hideFromBots: false,
categories: {necessary: {readOnly: true}, preferences: {}, analytics: {}, marketing: {},
embeds: {}},
language: {default: 'en', translations: {en: {
consentModal: {title: 'Your choice', description: 'With your consent we use cookies.',
acceptAllBtn: 'Accept all', acceptNecessaryBtn: 'Refuse all', showPreferencesBtn: 'Choose'},
preferencesModal: {title: 'Your choice', acceptAllBtn: 'Accept all',
acceptNecessaryBtn: 'Refuse all', savePreferencesBtn: 'Save',
sections: ['necessary', 'preferences', 'analytics', 'marketing', 'embeds'].map(c =>
 ({title: c, description: c, linkedCategory: c}))}}}}})"""
KLARO = """var klaroConfig = {privacyPolicy: '/privacy', acceptAll: true,
services: ['preferences', 'analytics', 'marketing', 'embeds'].map(
c => ({name: c, title: c, purposes: [c], cookies: []}))}"""


def rows() -> list[Row]:
    """Ours beside its limits, each peer beside ours."""
    if not shutil.which("npm"):
        return [{"name": "banner (npm is needed for its peers)", "value": None, "unit": "",
                 "limit": None, "ratio": None, "peer": None}]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="adhere-bench-") as folder, opened() as shop:
        shop.cached = True
        files = _fetched(Path(folder))
        heads = _heads(shop, files)
        with sync_playwright() as playwright:
            found = next(filter(None, map(shutil.which, CHROMIUM)))
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            measured = {name: _measured(browser, shop, head) for name, head in heads.items()}
            browser.close()
    return [*_bytes(shop, files), *_others(measured)]


def _fetched(folder: Path) -> dict[str, list[str]]:
    """The files of each peer that a page loads, as text."""
    names = {
        "vanilla-cookieconsent": ["dist/cookieconsent.css", "dist/cookieconsent.umd.js"],
        "klaro": ["dist/klaro.js"],
    }
    for name, version in PEERS.items():
        subprocess.run(
            ["npm", "pack", "--silent", f"{name}@{version}"],
            cwd=folder, check=True, capture_output=True,
        )  # fmt: skip
        with tarfile.open(folder / f"{name}-{version}.tgz") as packed:
            packed.extractall(folder / name, filter="data")
    return {
        name: [(folder / name / "package" / path).read_text(encoding="utf-8") for path in paths]
        for name, paths in names.items()
    }


def _heads(shop: Shop, files: dict[str, list[str]]) -> dict[str, str]:
    """What stands in the page's head for each; the peers' files come from the same server."""
    style, script = files["vanilla-cookieconsent"]
    [klaro] = files["klaro"]
    shop.files = {
        "/vcc.css": style, "/vcc.js": script, "/vcc-run.js": VCC,
        "/klaro.js": klaro, "/klaro-config.js": KLARO,
    }  # fmt: skip
    return {
        "": "",
        "Adhere": f'<script src="{shop.edge}/e/demo/banner.js"></script>',
        "vanilla-cookieconsent": '<link rel="stylesheet" href="/vcc.css">'
        '<script src="/vcc.js" defer></script><script src="/vcc-run.js" defer></script>',
        "klaro": '<script src="/klaro-config.js" defer></script>'
        '<script src="/klaro.js" defer></script>',
    }


def _measured(browser: Browser, shop: Shop, head: str) -> dict[str, Any]:
    shop.page = {"head": head, "banner": ""}
    shop.headers = {}
    spent = _milliseconds(browser, shop)
    shop.strictly()
    page = browser.new_page()
    page.goto(shop.url)
    page.wait_for_timeout(500)
    violations = page.evaluate("violations.length")
    shift = page.evaluate("window.shift")
    shop.headers = {}
    page.goto(shop.url)
    page.wait_for_timeout(500)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    page.close()
    return {"ms": statistics.median(spent), "violations": violations, "shift": shift,
            "axe": len(found)}  # fmt: skip


def _milliseconds(browser: Browser, shop: Shop) -> list[float]:
    """Script, style and layout of the main thread, of each visit until the page is quiet.

    A few visits before let the browser keep the compiled code, so that no parsing is in it;
    nothing is answered, so the banner is drawn each time.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page: Page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    found = []
    for _ in range(WARM + RUNS):
        page.goto(shop.url, wait_until="networkidle")
        told = session.send("Performance.getMetrics")["metrics"]
        values = {each["name"]: each["value"] for each in told}
        now = 1_000 * (sum(values[name] for name in COSTS) - values.get("V8CompileDuration", 0))
        found.append(now)  # they begin anew with each page
    context.close()
    return found[WARM:]


def _bytes(shop: Shop, files: dict[str, list[str]]) -> list[Row]:
    # As the edge writes it: compact, and not escaped.
    code = shop.script("en").rsplit("\n", 1)[0]
    given = json.dumps(configured("en"), ensure_ascii=False, separators=(",", ":"))
    ours = len(brotli.compress(f"{code}\n({given})".encode(), quality=11))
    found = [row("brotli, all in 1 request", ours, "bytes", BYTES, BYTES / ours)]
    for name, texts in files.items():
        size = sum(len(brotli.compress(text.encode(), quality=11)) for text in texts)
        about = f"{name} {PEERS[name]}, {len(texts)} request(s), without its configuration"
        found.append(row(f"brotli, {name}", size, "bytes", None, size / ours, peer=about))
    return found


def _others(measured: dict[str, dict[str, Any]]) -> list[Row]:
    found = []
    empty = measured.pop("")["ms"]
    spent = {name: max(each["ms"] - empty, 0.01) for name, each in measured.items()}
    for name, value in spent.items():
        ours = name == "Adhere"
        ratio = MILLISECONDS / value if ours else value / spent["Adhere"]
        found.append(row(f"main thread beyond parse, {name}", value, "ms",
                         MILLISECONDS if ours else None, ratio))  # fmt: skip
    for key, title in (("violations", "strict CSP and Trusted Types violations"),
                       ("axe", "axe violations"), ("shift", "layout shift")):  # fmt: skip
        for name, each in measured.items():
            ours = name == "Adhere"
            ratio = float(not each[key]) if ours else None
            found.append(row(f"{title}, {name}", each[key], "", 0 if ours else None, ratio))
    return found


def row(name: str, value: float, unit: str, limit: float | None, ratio: float | None,
        *, peer: str | None = None) -> Row:  # fmt: skip
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ratio": ratio,
            "peer": peer}  # fmt: skip


if __name__ == "__main__":
    for each in rows():
        print(each)  # noqa: T201
