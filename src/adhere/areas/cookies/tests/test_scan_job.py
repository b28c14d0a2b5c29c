"""The background job, with a real browser on a real page."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from adhere.areas.cookies.models import Proposal, Site
from adhere.areas.cookies.scan_models import ScanJob, ScanPlan, TrackerSeen
from adhere.areas.cookies.scanning import asking, files
from adhere.areas.cookies.scanning.jobs import scan_website
from adhere.areas.cookies.scanning.shape import report_of

from .consent_cast import put_site

pytestmark = pytest.mark.django_db
PAGE = b"""<main><h1>Shop</h1><a href="/cookies">Cookie policy</a> <a href="/gone">More</a>
<a href="#_versions">Version 3</a> <a href="/privacy">Privacy policy</a></main>"""


class Shop(BaseHTTPRequestHandler):
    """Sets a cookie of Google Analytics at once, and one of its links leads nowhere."""

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/gone" else 200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Set-Cookie", "_ga=GA1.2.345.678; Max-Age=63072000; Path=/")
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def shop(settings: Any, tmp_path: Path) -> Iterator[Site]:
    settings.DATA = tmp_path
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    put_site(origins=[f"http://127.0.0.1:{server.server_port}"], languages=[])
    ScanPlan.objects.create(site="shop", max_pages=1)
    yield Site.objects.get()
    server.shutdown()


def test_a_website_is_scanned_kept_and_told(shop: Site) -> None:
    job = asking.ask(shop, "anna")
    scan_website.func(job=job.pk)
    job.refresh_from_db()
    assert (job.failure, job.done > 0, job.done <= job.planned) == ("", True, True)
    assert job.scan
    report = report_of(job.scan.report)
    early = [each.subject for each in report.findings if each.rule == "tracker-before-consent"]
    assert early == ["_ga"]
    origin = shop.origins[0]
    assert report.links == {f"{origin}/gone": 404, f"{origin}/privacy": 200}
    assert (report.version_shown, report.privacy_linked) == ("3", True)
    assert TrackerSeen.objects.get().lifetime_seconds == 63_072_000
    assert Proposal.objects.get().values["name"] == "_ga"
    assert "before.png" in files.pictures(job.scan.pk)
    assert files.papers(job.scan.pk) == ["html", "sarif", "har"]


def test_a_website_that_does_not_answer_fails_in_a_sentence(shop: Site) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    Site.objects.update(origins=[f"http://127.0.0.1:{port}"])
    job = asking.ask(Site.objects.get())
    assert scan_website.func(job=job.pk) is None
    job = ScanJob.objects.get()
    assert (job.scan, job.ended_at is not None, "refuse" in job.failure) == (None, True, True)
