"""The company's own details in its cookie policy, between their markers.

A policy text says where with ``<!-- company:name -->`` … ``<!-- /company -->``: ``name``,
``registration``, ``address``, ``email`` and ``website`` of the controller, or ``privacy`` around
the link to the privacy policy that the first website names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from adhere.areas.cookies.config import with_defaults
from adhere.areas.cookies.models import Site
from adhere.areas.cookies.tables import literal
from adhere.core.models import Controller
from adhere.errors import Problem

FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "registration": gettext_lazy("registration number"),
    "address": gettext_lazy("address"),
    "email": gettext_lazy("e-mail address"),
    "website": gettext_lazy("website"),
}
OPEN = {
    "en": "not filled in yet",
    "nl": "nog niet ingevuld",
    "fr": "pas encore complété",
    "de": "noch nicht ausgefüllt",
}
_MARKED = re.compile(
    r"(?P<open><!--\s*company:(?P<which>[a-z]+)\s*-->)(?P<body>.*?)(?P<close><!--\s*/company\s*-->)",
    re.DOTALL,
)
_TARGET = re.compile(r"\]\([^()\s]*\)")
Details = Mapping[str, str]


def details() -> Details:
    """What is known of the company; what nobody has filled in is empty."""
    company = Controller.current()
    found = {name: " ".join(str(getattr(company, name)).split("\n")) for name in FIELDS}
    found["address"] = ", ".join(filter(None, map(str.strip, company.address.splitlines())))
    if company.name == Controller._meta.get_field("name").default:
        found["name"] = ""
    return {**found, "privacy": _privacy_policy()}


def _privacy_policy() -> str:
    site = Site.objects.filter(active=True).order_by("created_at", "pk").first()
    url = str(with_defaults(site.settings)["privacy_url"]) if site else ""
    return urljoin(site.origins[0], url) if site and site.origins and url else url


def filled(text: str, language: str, known: Details) -> str:
    """The text with the company's details; what is not known is said to be open, not guessed.

    A link whose address is not known keeps the one that it has.
    """

    def fill(match: re.Match[str]) -> str:
        body = _body(match["which"], match["body"], language, known)
        return f"{match['open']}{body}{match['close']}"

    return _MARKED.sub(fill, text)


def _body(which: str, body: str, language: str, known: Details) -> str:
    value = known.get(which, "")
    if which == "privacy":
        return _TARGET.sub(lambda _: f"]({value})", body) if value else body
    if not value:
        return f"[{OPEN.get(language, OPEN['en'])}]" if which in FIELDS else body
    return f"<{value}>" if which in ("email", "website") else literal(value)


def ask_for_missing(texts: Iterable[str], known: Details) -> None:
    """Raise a ``Problem`` where a text names a detail of the company that nobody has filled in."""
    named = {match["which"] for text in texts for match in _MARKED.finditer(text)}
    missing = [str(word) for name, word in FIELDS.items() if name in named and not known[name]]
    if missing:
        said = gettext("the cookie policy names details of the company that are missing: %s")
        raise Problem(
            said % ", ".join(missing),
            field="company",
            expected=gettext("to find them on the page “Company”, %s")
            % f"{settings.URL}{reverse('company')}",
        )
