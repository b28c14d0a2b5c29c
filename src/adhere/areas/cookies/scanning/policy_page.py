"""What the policy's page on a website says: its version, and whether its links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urldefrag, urljoin, urlsplit

import msgspec
from lxml import html

from adhere.areas.cookies.pages.fetching import OWN, REDIRECTS, asked
from adhere.errors import Problem

MOST = 60
_PRIVACY = re.compile(
    r"privacy|vie[ -]privée|confidentialité|datenschutz|gegevensbescherming", re.IGNORECASE
)


class PolicyPage(msgspec.Struct, frozen=True):
    """``links`` are HTTP statuses by address, 0 where nothing answered. ``version`` is empty where
    the page does not say; ``privacy`` is None where no page could be read.
    """

    links: dict[str, int] = {}
    version: str = ""
    privacy: bool | None = None


def looked_at(places: Iterable[str]) -> PolicyPage:
    """The first of these pages that can be read, and where its links lead."""
    for place in places:
        status, body = _got(place, place)
        if status == 200 and body:
            return _read(place, body)
    return PolicyPage()


def _read(place: str, body: bytes) -> PolicyPage:
    page = html.document_fromstring(body)
    links = list(_links(page, place))
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda url: _got(url, place)[0], (url for url, _words in links)))
    return PolicyPage(
        {url: status for (url, _words), status in zip(links, statuses, strict=True)},
        _version(page),
        any(_PRIVACY.search(words) or _PRIVACY.search(urlsplit(url).path) for url, words in links),
    )


def _links(page: html.HtmlElement, place: str) -> Iterator[tuple[str, str]]:
    """The text's links to other pages with their words, each once."""
    main = page.xpath("//main") or [page]
    told: set[str] = set()
    for each in main[0].xpath(".//a[@href]"):
        url = urldefrag(urljoin(place, each.get("href").strip())).url
        new = url not in told and url != urldefrag(place).url
        if new and urlsplit(url).scheme in ("http", "https") and len(told) < MOST:
            told.add(url)
            yield url, " ".join(each.itertext())


def _version(page: html.HtmlElement) -> str:
    """The number that a page of this house shows of its version."""
    for each in page.xpath("//a[@href='#_versions']"):
        found = re.search(r"\d+", " ".join(each.itertext()))
        if found:
            return found[0]
    return ""


def _got(url: str, place: str) -> tuple[int, bytes]:
    """Status and body at an address, at the end of its redirects; 0 where nothing answers.

    No page leads us to this very machine but one that is here itself.
    """
    for _ in range(REDIRECTS + 1):
        try:
            if urlsplit(url).hostname in OWN and urlsplit(place).hostname not in OWN:
                return 0, b""
            answer, body = asked(urlsplit(url))
        except (Problem, ValueError):
            return 0, b""
        if answer.status not in (301, 302, 303, 307, 308):
            return answer.status, body
        url = urljoin(url, answer.headers.get("Location", ""))
    return 0, b""
