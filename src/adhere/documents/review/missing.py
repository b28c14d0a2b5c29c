"""What the law asks a text to say, and it does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from adhere.documents.dates import has_date
from adhere.documents.review.known import ADVERTISING, mentioned, services
from adhere.documents.review.rule import ALL, ERROR, NOTE, WARNING, Hit, Rule
from adhere.documents.review.text import TOP, Text, short

_SHORT = 80
_FRONT_DATE = re.compile(
    r"\A---\s*$.*?^\w*(?:date|updated|lastmod|version)\w*\s*:.*?^---", re.M | re.S | re.I
)
_REACHED_BY = ("email", "phone", "address", "form")
_LEGAL_FORM = re.compile(
    r"\b(?:NV|N\.V\.|SA|S\.A\.|BV|B\.V\.|BVBA|SRL|SPRL|GmbH|AG|e\.\s?V\.|Ltd|Limited|PLC|Inc|LLC|SAS"
    r"|SARL|VZW|ASBL|VOF|KG|OHG|UG|CV|AS|AB|ApS|Oy|s\.r\.o\.|S\.r\.l\.|S\.L\.|Sp\. z o\.o\.)(?!\w)"
)
_LISTED = {
    "Art. 15": "access",
    "Art. 16": "rectification",
    "Art. 17": "erasure",
    "Art. 18": "restriction",
    "Art. 20": "portability",
    "Art. 21": "objection",
}


def _unless(*patterns: str) -> Callable[[Text], Iterator[Hit]]:
    def find(text: Text) -> Iterator[Hit]:
        if not text.says(*patterns):
            yield _top(text)

    return find


def _top(text: Text, **told: str) -> Hit:
    """What is missing stands nowhere, so the finding is at the title."""
    return Hit(text.first_line, short(text.document.title), told)


def _no_date(text: Text) -> Iterator[Hit]:
    if not _dated(text):
        yield _top(text)


def _dated(text: Text) -> bool:
    """A date that introduces itself, stands alone, or in what a publishing tool keeps on top."""
    short_ones = (each.text for each in text.reading.blocks if len(each.text) <= _SHORT)
    kept = _FRONT_DATE.match(text.reading.source[:TOP]) is not None
    return (
        text.published_here
        or text.document.effective is not None
        or kept
        or any(map(has_date, short_ones))
    )


def _no_version(text: Text) -> Iterator[Hit]:
    """A date tells versions apart as well as a number does."""
    if not _dated(text) and not text.says("version"):
        yield _top(text)


def _no_controller(text: Text) -> Iterator[Hit]:
    numbered = any(each.kind == "company-number" for each in text.document.contacts)
    if not numbered and not _LEGAL_FORM.search(text.whole) and not text.says("controller"):
        yield _top(text)


def _no_contact(text: Text) -> Iterator[Hit]:
    if not _reachable(text):
        yield _top(text)


def _no_owner(text: Text) -> Iterator[Hit]:
    if not (text.published_here or _reachable(text) or text.says("owner")):
        yield _top(text)


def _reachable(text: Text) -> bool:
    reached = any(each.kind in _REACHED_BY for each in text.document.contacts)
    linked = any(each.target.startswith(("mailto:", "tel:")) for each in text.links.found)
    contact = any("contact" in each.target.lower() for each in text.links.found)
    return reached or linked or contact or text.says("contact")


def _no_way_out(text: Text) -> Iterator[Hit]:
    """A right that is only named in a list says nothing of how it is used."""
    if not text.says("consent") or (text.kind == "cookies" and not text.says("banner")):
        return
    if any(text.matches("how", clause.text) for clause, _ in text.where("way_out")):
        return
    if any(
        text.matches("withdrawal", c.heading) and text.matches("how", c.text) for c in text.clauses
    ):
        return
    named = next((each for each in text.document.rights if each.article == "Art. 7(3)"), None)
    yield Hit(named.line, named.right) if named else _top(text)


def _rights(text: Text) -> Iterator[Hit]:
    named = {each.article: each for each in text.document.rights}
    lacking = [word for article, word in _LISTED.items() if article not in named]
    some = [named[article] for article in _LISTED if article in named]
    if not lacking or (not some and _elsewhere(text)):
        return
    told = {"rights": ", ".join(lacking)}
    yield Hit(some[0].line, some[0].right, told) if some else _top(text, **told)


def _authority(text: Text) -> Iterator[Hit]:
    elsewhere = not text.document.rights and _elsewhere(text)
    if not elsewhere and not text.says("authority"):
        yield _top(text)


def _elsewhere(text: Text) -> bool:
    """A policy may point to another text for rights, where a sentence says so (WP260, layers)."""
    return any(text.matches("rights", clause.text) for clause, _ in text.where("privacy_policy"))


def _automated(text: Text) -> Iterator[Hit]:
    """Asked where somebody is profiled: the text says so, or an advertising network takes part."""
    networks = {s.name for row in text.trackers for s in services(row) if s.purpose == ADVERTISING}
    networks |= {each.name for each in mentioned(text.whole) if each.purpose == ADVERTISING}
    profiled = next(text.where("profiling"), None)
    if text.says("automated") or not (networks or profiled):
        return
    if profiled:
        yield Hit(profiled[0].line, short(profiled[0].text), {"because": "people are profiled"})
    else:
        yield _top(text, because=f"{', '.join(sorted(networks))} profiles visitors")


def _recipients(text: Text) -> Iterator[Hit]:
    if not any(row.vendor or row.provider for row in text.trackers) and not text.says("recipients"):
        yield _top(text)


def _transfers(text: Text) -> Iterator[Hit]:
    """Asked where a service is named that is run from outside the European Economic Area."""
    found = {s.name: row.line for row in reversed(text.trackers) for s in services(row) if s.abroad}
    found |= {
        s.name: text.first_line for s in mentioned(text.whole) if s.abroad and s.name not in found
    }
    if found and not text.says("transfers"):
        line = min(found.values())
        yield Hit(line, ", ".join(found), {"services": ", ".join(found)})


RULES = (
    Rule(
        "no-date",
        WARNING,
        "GDPR Art. 5(2), 12(1); ISO/IEC 27001:2022, 7.5.2",
        "no date says since when the text holds",
        "Write the day from which it holds.",
        _no_date,
        ALL,
    ),
    Rule(
        "no-version",
        NOTE,
        "GDPR Art. 5(2); ISO/IEC 27001:2022, 7.5.2",
        "neither a version nor a date tells this text from an earlier one",
        "Number the versions, and keep the earlier ones.",
        _no_version,
        ALL,
    ),
    Rule(
        "no-controller",
        ERROR,
        "GDPR Art. 13(1)(a)",
        "no company or person is named as the one who is responsible",
        "Name the company, its legal form and its seat.",
        _no_controller,
    ),
    Rule(
        "no-contact",
        ERROR,
        "GDPR Art. 12(2), 13(1)(a), 13(1)(b)",
        "nothing says how to reach somebody: no address, e-mail, telephone or form",
        "Write an address that somebody reads.",
        _no_contact,
    ),
    Rule(
        "no-owner",
        NOTE,
        "ISO/IEC 27001:2022, 5.3 and 7.5.2",
        "nothing says who owns this text or answers questions about it",
        "Name its owner and how to reach them.",
        _no_owner,
        ("other",),
    ),
    Rule(
        "no-way-to-withdraw",
        ERROR,
        "GDPR Art. 7(3), 13(2)(c); EDPB Guidelines 05/2020, 112–118",
        "nothing says how a visitor takes consent back",
        "Say where the choice can be opened again, and that it is as easy as giving it.",
        _no_way_out,
    ),
    Rule(
        "no-authority",
        WARNING,
        "GDPR Art. 13(2)(d), 77",
        "no supervisory authority is mentioned, to which anybody may complain",
        "Name the authority, with its address.",
        _authority,
    ),
    Rule(
        "missing-rights",
        WARNING,
        "GDPR Art. 13(2)(b), 15–21",
        "the text does not name: {rights}",
        "Name each right, and how it is used.",
        _rights,
    ),
    Rule(
        "no-automated-decisions",
        NOTE,
        "GDPR Art. 13(2)(f), 22",
        "automated decisions (Art. 22) are not mentioned, though {because}",
        "Say whether decisions are taken by automated means alone, and the right against them.",
        _automated,
    ),
    Rule(
        "no-recipients",
        WARNING,
        "GDPR Art. 13(1)(e); CJEU C-673/17 (Planet49), 80",
        "nothing says who else receives the data",
        "Name the recipients, or say that there are none.",
        _recipients,
    ),
    Rule(
        "no-transfers",
        WARNING,
        "GDPR Art. 13(1)(f), 44–49",
        "{services}: run from outside the European Economic Area, and nothing is said of transfers",
        "Say to which country data go, and by which safeguard.",
        _transfers,
    ),
    Rule(
        "no-legal-basis",
        ERROR,
        "GDPR Art. 6(1), 13(1)(c)",
        "nothing says on what legal basis data are used",
        "Name the basis of each purpose: consent, contract, legal obligation, legitimate interest.",
        _unless("basis"),
    ),
)
