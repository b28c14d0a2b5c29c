"""Which pages of a site to look at: from its sitemap and its links, one of each kind first.

Pages that are made from one template are alike: their addresses differ in a number or a title
only. Each turn takes one page of every kind, so that a few pages show most of a site. A kind whose
pages turn out to be built alike, element for element, comes last from then on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import urldefrag, urlsplit
from urllib.robotparser import RobotFileParser

from adhere.scanner.sites import host_of

AGENT = "Adhere"
_LOCATION = re.compile(r"<loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</loc>", re.DOTALL)
_NUMBER = re.compile(r"\d+")
_TITLE = re.compile(r"[^/]*[-_][^/]*[-_][^/]*|[^/]{25,}|[0-9a-f]{8,}")
_FILES = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|avif|svg|zip|gz|mp[34]|webm|docx?|xlsx?|pptx?|csv|xml|json|js|css"
    r"|ico|woff2?|txt|rss|atom|exe|dmg|apk)$",
    re.IGNORECASE,
)
_LEAVING = re.compile(r"log-?out|sign-?out|uitloggen|abmelden|deconnexion|unsubscribe", re.I)


def template(url: str) -> str:
    """What kind of page an address names: its path without numbers and titles."""
    parts = urlsplit(url)
    path = "/".join(_TITLE.sub("{title}", one) for one in parts.path.rstrip("/").split("/"))
    keys = sorted({part.partition("=")[0] for part in parts.query.split("&") if part})
    return f"{_NUMBER.sub('{number}', path) or '/'}?{'&'.join(keys)}"


def locations(sitemap: str) -> list[str]:
    """The addresses in a sitemap, or of the sitemaps in an index of them."""
    return [one.replace("&amp;", "&") for one in _LOCATION.findall(sitemap)]


class Robots:
    """What a site's robots.txt allows; all, where it has none."""

    def __init__(self, text: str = "") -> None:
        self._rules = RobotFileParser()
        self._rules.parse(text.splitlines())

    def allows(self, url: str) -> bool:
        return self._rules.can_fetch(AGENT, url)

    @property
    def sitemaps(self) -> list[str]:
        return self._rules.site_maps() or []


class Frontier:
    """The pages known and not yet taken, and those that robots.txt forbids."""

    def __init__(self, start: str, robots: Robots) -> None:
        self.host = host_of(start)
        self.robots = robots
        self.forbidden: list[str] = []
        self._known = {_plain(start)}
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._taken: dict[str, int] = defaultdict(int)
        self._shapes: dict[str, set[str]] = defaultdict(set)
        self._taken[template(start)] = 1

    def add(self, urls: Iterable[str]) -> None:
        """More addresses; those of other hosts, of files and of signing out are left."""
        for url in urls:
            plain = _plain(url)
            if plain in self._known or not url.startswith(("http:", "https:")):
                continue
            if host_of(url) != self.host or _FILES.search(urlsplit(url).path):
                continue
            if _LEAVING.search(url):
                continue
            self._known.add(plain)
            if self.robots.allows(url):
                self._kinds[template(url)].append(urldefrag(url).url)
            else:
                self.forbidden.append(url)

    def built(self, url: str, shape: str) -> None:
        """How a page that was looked at is built."""
        self._shapes[template(url)].add(shape)

    def take(self, count: int) -> list[str]:
        """The next pages, of the kinds least looked at."""
        taken: list[str] = []
        while len(taken) < count:
            kinds = [kind for kind, urls in self._kinds.items() if urls]
            if not kinds:
                break
            kind = min(kinds, key=self._weight)
            taken.append(self._kinds[kind].pop(0))
            self._taken[kind] += 1
        return taken

    def _weight(self, kind: str) -> tuple[bool, int]:
        alike = self._taken[kind] > 1 and len(self._shapes[kind]) == 1
        return alike, self._taken[kind]


def _plain(url: str) -> str:
    parts = urlsplit(urldefrag(url).url)
    return f"{parts.netloc.lower()}{parts.path.rstrip('/')}?{parts.query}"
