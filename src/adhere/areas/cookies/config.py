"""What a notice holds, and the banner's configuration made of it. Pure, without Django.

A notice's content is one JSON object with these keys:

``site``, ``number``, ``language``, ``languages`` (all that the visitor can choose), ``group``,
``origins`` (those of the group's other sites), ``cookie_domain``; ``settings`` (see ``SETTINGS``);
``policy`` (slug, version, language, sha256, or null); ``controller`` (name, registration, address,
email, website); ``words`` (the banner's own); ``purposes`` (slug, title, text, necessary, signals,
hash); ``trackers`` (name, kind, domain, party, vendor, purpose, strictly_necessary, retention in
the notice's language, reason); ``vendors`` (name, url, policy_url, country, hosts); ``links``
(policy, privacy, rights, contact; empty where there is none).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from adhere.areas.cookies import words
from adhere.areas.cookies.words import keys
from adhere.ledger.commitments import canonical

_FLAGS = (("gpc", 1), ("gcm", 2), ("tcf", 4), ("gpp", 8))
RIGHT_TO_LEFT = frozenset(filter(words.right_to_left, words.shipped()))
ENTRIES = ("corner", "link")
POSITIONS = ("bottom", "center")
SETTINGS: dict[str, Any] = {
    "months": 6,
    "gpc": True,
    "gcm": False,
    "tcf": False,
    "gpp": False,
    "entry": "corner",
    "position": "bottom",
    "theme": {},
    "record_months": 24,
    "privacy_url": "/privacy",
    "contact_url": "",
    "rights_url": "",
}
"""A site's settings and their defaults. ``months`` is how long an answer stands before the
visitor is asked again; ``record_months`` how long its record is kept."""
LINKS = ("policy", "privacy", "rights", "contact")
Json = Mapping[str, Any]


def with_defaults(settings: Json) -> dict[str, Any]:
    """A site's settings, those that it leaves out as shipped."""
    return {name: settings.get(name, value) for name, value in SETTINGS.items()}


def vendor_key(name: str) -> str:
    """A vendor's name as choices spell it: ``Example Ads, Inc.`` is ``example-ads-inc``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def choice_keys(content: Json) -> dict[str, bool]:
    """Every key that an answer to a notice may hold, and whether it may be refused."""
    found = {each["slug"]: not each["necessary"] for each in content["purposes"]}
    free = {slug for slug, refusable in found.items() if refusable}
    for tracker in content["trackers"]:
        if tracker["purpose"] in free:
            found[f"{tracker['purpose']}:{vendor_key(tracker['vendor'])}"] = True
    return found


def purpose_hash(slug: str, trackers: Iterable[Json], vendors: Iterable[Json]) -> str:
    """Six hex digits that change with what a consent to the purpose covers, in any language."""
    mine = [each for each in trackers if each["purpose"] == slug]
    names = {each["vendor"] for each in mine}
    given = {
        "slug": slug,
        "trackers": sorted(mine, key=lambda each: (each["name"], each["kind"], each["domain"])),
        "vendors": sorted(
            (each for each in vendors if each["name"] in names), key=lambda each: str(each["name"])
        ),
    }
    return hashlib.sha256(canonical(given)).hexdigest()[:6]


def content_text(content: Json) -> str:
    """A notice's content as canonical JSON (RFC 8785)."""
    return canonical(dict(content)).decode()


def notice_sha256(text: str) -> str:
    """The name of a notice: the SHA-256 of its canonical content."""
    return hashlib.sha256(text.encode()).hexdigest()


def configuration(content: Json, sha256: str, origin: str, *, shown: bool = False) -> Json:
    """The compact object that the banner is given, see ``banner/src/config.ts``.

    ``origin`` is the edge's own address. With ``shown`` the banner only shows: a preview, or a
    notice of the past as a visitor saw it.
    """
    settings = with_defaults(content["settings"])
    slugs = [each["slug"] for each in content["purposes"]]
    language = content["language"]
    said = {**words.words(language), **content["words"]}
    found = {
        "s": content["site"],
        "n": sha256,
        "v": content["number"],
        "l": language,
        "ls": [each for each in content["languages"] if each != language],
        "o": origin,
        "d": content["cookie_domain"],
        "m": settings["months"],
        "g": sum(bit for name, bit in _FLAGS if settings[name]),
        "p": [_purpose(each) for each in content["purposes"]],
        "t": [_tracker(each, slugs) for each in content["trackers"] if each["purpose"] in slugs],
        "w": [said[key] for key in keys()],
        "u": {name: address for name in LINKS if (address := content["links"].get(name))},
    }
    optional = {
        "r": int(words.right_to_left(language)),
        "e": ENTRIES.index(settings["entry"]),
        "b": POSITIONS.index(settings["position"]),
        "c": ";".join(f"{name}:{value}" for name, value in sorted(settings["theme"].items())),
        "x": list(content["origins"]),
        "z": int(shown),
    }
    return found | {name: value for name, value in optional.items() if value}


def _purpose(purpose: Json) -> list[Any]:
    first = [purpose["slug"], purpose["title"], purpose["text"], int(purpose["necessary"])]
    signals = [list(purpose["signals"])] if purpose["signals"] else []
    return [*first, purpose["hash"], *signals]


def _tracker(tracker: Json, slugs: list[str]) -> list[Any]:
    names = ("name", "vendor", "retention", "kind", "domain")
    return [slugs.index(tracker["purpose"]), *(tracker[name] for name in names)]
