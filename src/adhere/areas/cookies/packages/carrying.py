"""Whether a page really carries the banner, read from its HTML as the server sent it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from adhere.areas.cookies.wall.servers.static import LOADER

# Consent tools by the host or file name that their script comes from.
_OTHERS = {
    "Cookiebot": r"consent\.cookiebot\.", "OneTrust": r"cookielaw\.org|optanon|otSDKStub",
    "CookieYes": r"cdn-cookieyes\.com", "Didomi": r"privacy-center\.org", "Usercentrics":
    r"usercentrics\.eu", "iubenda": r"iubenda\.com/.*(?:cs|cookie)", "Osano": r"cmp\.osano\.com",
    "Klaro": r"klaro(?:\.min)?\.js", "vanilla-cookieconsent": r"cookieconsent(?:\.umd|\.min)*\.js",
    "tarteaucitron": r"tarteaucitron", "Axeptio": r"axept\.io", "Complianz": r"complianz",
    "CookieFirst": r"cookiefirst\.com", "TrustArc": r"trustarc\.com", "Quantcast": r"quantcast",
}  # fmt: skip


_LOADED = {"stylesheet", "preload", "prefetch", "modulepreload"}


@dataclass(frozen=True)
class Found:
    """One thing to say about a page. ``severity`` is ``error`` where consent does not hold."""

    rule: str
    severity: str
    why: str


@dataclass
class _Element:
    """One element of the page that loads something, in its order."""

    name: str
    address: str
    attributes: Mapping[str, str]
    in_head: bool


@dataclass
class _Page(HTMLParser):
    """Scripts, links, metas, frames and pictures in the order in which the browser meets them."""

    elements: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._body = False

    def __hash__(self) -> int:
        return id(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._body = self._body or tag in {"body", "frameset"}
        if tag in {"script", "link", "meta", "iframe", "img"}:
            said = {name: value or "" for name, value in attrs}
            address = said.get("href" if tag == "link" else "src", "").strip()
            self.elements.append(_Element(tag, address, said, not self._body))


def carries(
    html: str, site: str, edge_url: str, page_url: str = "", *, wall: str | None = None
) -> list[Found]:
    """What is wrong with the way in which a page carries a site's banner; empty where nothing is.

    ``edge_url`` is the address that banners come from. ``wall`` is the policy that a static host's
    pages must start with (``wall.policy.policy(…, static=True)``), else None.
    """
    page = _Page()
    page.feed(html)
    page.close()
    base = page_url or "https://page.invalid/"
    expected = f"{edge_url.rstrip('/')}/e/{site}/banner.js"
    tags = [each for each in page.elements if _is_banner(each, base, edge_url)]
    right = [each for each in tags if _plain(each, base) == expected]
    return [
        *_absent(tags, right, expected, base),
        *(_placed(right[0], page.elements, base) if right else []),
        *_others(page.elements),
        *(_walled(page.elements, wall) if wall else []),
    ]


def _absent(tags: list[_Element], right: list[_Element], expected: str, base: str) -> list[Found]:
    if not tags:
        return [Found("no-banner", "error", _("No script of the page is %s.") % expected)]
    loads = _("The page loads %(found)s, not %(right)s.")
    found = [
        Found("wrong-site", "error", loads % {"found": _plain(each, base), "right": expected})
        for each in tags
        if each not in right
    ]
    if len(right) > 1:
        why = _("The banner stands in the page %d times; once is enough.") % len(right)
        found.append(Found("banner-twice", "warning", why))
    return found


def _placed(banner: _Element, elements: list[_Element], base: str) -> list[Found]:
    found = []
    if not banner.in_head:
        found.append(
            Found("not-in-head", "error", _("The banner’s script is not in the page’s head."))
        )
    if banner.attributes.get("type", "") not in {"", "text/javascript", "module"}:
        why = _("The banner’s script has type %s, so no browser runs it.")
        found.append(Found("not-run", "error", why % banner.attributes["type"]))
    own = urlsplit(base).netloc
    for each in elements[: elements.index(banner)]:
        host = urlsplit(urljoin(base, each.address)).netloc
        kinds = set(each.attributes.get("rel", "").lower().split())
        loads = each.name in {"script", "iframe", "img"} or bool(kinds & _LOADED)
        marked = each.attributes.get("type") == "text/plain" or "data-adhere" in each.attributes
        if each.address and loads and not marked and host != own:
            why = _("%s stands before the banner, so it loads unasked.")
            found.append(Found("not-first", "error", why % f"{each.name} {each.address}"))
    return found


def _others(elements: list[_Element]) -> list[Found]:
    return [
        Found("other-tool", "error", _("The page asks for consent with %s as well.") % name)
        for name, form in _OTHERS.items()
        if any(each.name == "script" and re.search(form, each.address, re.I) for each in elements)
    ]


def _walled(elements: list[_Element], wall: str) -> list[Found]:
    metas = [
        each for each in elements
        if each.attributes.get("http-equiv", "").lower() == "content-security-policy"
    ]  # fmt: skip
    right = [each for each in metas if each.attributes.get("content") == wall]
    if not right:
        why = _("The page’s static policy is missing or not the current one.")
        return [Found("no-wall", "error", why)]
    before = [each for each in elements[: elements.index(right[0])] if each.address]
    if before or not right[0].in_head:
        where = before[0].address if before else "<body>"
        why = _("The static policy does not stand first in the head, but after %s.") % where
        return [Found("wall-too-late", "error", why)]
    if not any(each.name == "script" and each.address == LOADER for each in elements):
        return [
            Found(
                "no-loader", "warning", _("%s is missing: consent never opens the wall.") % LOADER
            )
        ]
    return []


def _is_banner(element: _Element, base: str, edge: str) -> bool:
    address = urljoin(base, element.address)
    on_edge = address.startswith(f"{edge.rstrip('/')}/e/")
    return element.name == "script" and bool(element.address) and (
        urlsplit(address).path.endswith("/banner.js") and on_edge
    )  # fmt: skip


def _plain(element: _Element, base: str) -> str:
    return urljoin(base, element.address).partition("?")[0]
