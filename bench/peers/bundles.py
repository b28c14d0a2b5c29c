"""Published tracker packages, each on a page of its own that answers whatever they send."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from adhere.scanner.observations import Observations
from adhere.scanner.tests.served import Answer, Handler, html, script

from . import scanners

PACKAGES = (
    "mixpanel-browser", "posthog-js", "@datadog/browser-rum", "@fingerprintjs/fingerprintjs",
    "@thumbmarkjs/thumbmarkjs", "plausible-tracker", "@segment/analytics-next", "@sentry/browser",
    "esbuild",
)  # fmt: skip
# How each is put on a page: the file where the package has one for pages, else what is bundled.
READY = {
    "mixpanel": ("mixpanel-browser/dist/mixpanel.min.js", ""),
    "posthog": (
        "posthog-js/dist/array.full.js",
        "posthog.init('phc_test', {api_host: location.origin, autocapture: true});",
    ),
    "datadog": (
        "@datadog/browser-rum/bundle/datadog-rum.js",
        "DD_RUM.init({applicationId: 'a', clientToken: 'b', proxy: location.origin + '/dd'});",
    ),
    "fingerprintjs": (
        "@fingerprintjs/fingerprintjs/dist/fp.umd.min.js",
        "FingerprintJS.load({monitoring: false}).then((one) => one.get());",
    ),
    "thumbmark": (
        "@thumbmarkjs/thumbmarkjs/dist/thumbmark.umd.js",
        "new ThumbmarkJS.Thumbmark({logging: false}).get();",
    ),
}
BUNDLED = {
    "mixpanel": "import mixpanel from 'mixpanel-browser';"
    "mixpanel.init('t', {api_host: location.origin, track_pageview: true});",
    "plausible": "import Plausible from 'plausible-tracker';"
    "const one = Plausible({apiHost: location.origin, trackLocalhost: true});"
    "one.enableAutoPageviews(); one.trackEvent('seen');",
    "segment": "import {AnalyticsBrowser} from '@segment/analytics-next';"
    "const one = AnalyticsBrowser.load({writeKey: 'w', cdnURL: location.origin,"
    "cdnSettings: {integrations: {'Segment.io': {apiKey: 'w', apiHost: location.host + '/v1'}}}});"
    "one.page(); one.identify('someone');",
    "sentry": "import * as Sentry from '@sentry/browser';"
    "Sentry.init({dsn: 'https://k@' + location.host + '/1', tracesSampleRate: 1,"
    "integrations: [Sentry.browserTracingIntegration(), Sentry.replayIntegration()],"
    "replaysSessionSampleRate: 1}); setTimeout(() => Sentry.captureMessage('late'), 2000);",
}


def pages() -> dict[str, Handler]:
    """Hosts `NAME.example` with one package each; empty without npm."""
    folder = scanners.CACHE / "scanner"
    if not scanners.npm(folder, *PACKAGES):
        return {}
    found: dict[str, Handler] = {"*.example/*": Answer(b"{}", "application/json")}
    for name, (file, start) in READY.items():
        if start:
            text = (folder / "node_modules" / file).read_text("utf-8")
            found |= _page(name, text, start)
    for name, source in BUNDLED.items():
        found |= _page(name, _bundled(folder, name, source), "")
    return found


def seen(saw: Observations) -> set[tuple[str, ...]]:
    """What is stored at the end, by name, and which calls were made, by path."""
    stored = {(one.kind, one.name, one.domain) for one in saw.stored if one.how == "found"}
    calls = {(one.method, one.host, urlsplit(one.url).path) for one in saw.requests}
    return stored | calls


def _page(name: str, text: str, start: str) -> dict[str, Handler]:
    body = (
        f"<h1>Shop</h1><p>Much to read.</p><script src=/bundle.js></script><script>{start}</script>"
    )
    return {f"{name}.example/": html(body), f"{name}.example/bundle.js": script(text)}


def _bundled(folder: Path, name: str, source: str) -> str:
    import subprocess

    file = folder / f"{name}.entry.js"
    file.write_text(source)
    line = ["node_modules/.bin/esbuild", file.name, "--bundle", "--minify", "--format=iife"]
    return subprocess.run(
        line, cwd=folder, check=True, capture_output=True, text=True
    ).stdout  # fmt: skip
