"""Notices: exactly what each site's banner shows in each language, numbered and kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from adhere.areas.cookies import inventory, words
from adhere.areas.cookies.config import (
    content_text,
    notice_sha256,
    purpose_hash,
    with_defaults,
)
from adhere.areas.cookies.models import Notice, Purpose, Site, Tracker
from adhere.areas.cookies.purposes import all_purposes, words_of
from adhere.areas.cookies.retention import said as stays
from adhere.core.models import Controller, PolicyText, PolicyVersion
from adhere.core.recording import make_entry

POLICY = "cookies"
Content = dict[str, Any]


class Next(msgspec.Struct, frozen=True):
    """What a site's notices would become. ``reasked`` are the purposes that are asked again."""

    site: str
    number: int
    contents: dict[str, Content]
    reasked: tuple[str, ...]
    new: bool


def languages_of(site: Site) -> list[str]:
    """Those that a site's banner speaks: what it names, else every one that ships."""
    chosen = list(site.languages) or list(words.shipped())
    return sorted({*chosen, site.language})


def newest(site: str) -> dict[str, Notice]:
    """A site's newest notices by language."""
    last = Notice.objects.filter(site=site).order_by("-number").first()
    if last is None:
        return {}
    return {each.language: each for each in Notice.objects.filter(site=site, number=last.number)}


def content_of(notice: Notice) -> Content:
    """A notice's content, parsed."""
    found: Content = json.loads(notice.content)
    return found


def next_notices(
    site: Site, trackers: Sequence[Tracker] | None = None, policy: PolicyVersion | None = None
) -> Next:
    """What would be published of a site now. Nothing is stored."""
    known = {each: content_of(notice) for each, notice in newest(site.slug).items()}
    number = max((each["number"] for each in known.values()), default=0)
    policy = policy or PolicyVersion.objects.filter(policy=POLICY).order_by("-number").first()
    mine = inventory.of_site(inventory.current() if trackers is None else trackers, site.slug)
    contents = {
        language: {**_content(site, language, mine, policy), "number": number}
        for language in languages_of(site)
    }
    if contents == known:
        return Next(site.slug, number, contents, (), new=False)
    fresh = {language: {**each, "number": number + 1} for language, each in contents.items()}
    reasked = _reasked(known.get(site.language), fresh[site.language])
    return Next(site.slug, number + 1, fresh, reasked, new=True)


def _reasked(known: Content | None, fresh: Content) -> tuple[str, ...]:
    before = {each["slug"]: each["hash"] for each in known["purposes"]} if known else {}
    return tuple(
        each["slug"]
        for each in fresh["purposes"]
        if not each["necessary"] and before.get(each["slug"]) != each["hash"]
    )


def _content(
    site: Site, language: str, trackers: Sequence[Tracker], policy: PolicyVersion | None
) -> Content:
    shown = inventory.as_content(trackers)
    said = [{**each, "retention": stays(each["retention"], language)} for each in shown]
    vendors = inventory.vendors_of(trackers)
    chosen = with_defaults(site.settings)
    used = {each.purpose for each in trackers}
    text = _policy_text(policy, language, site.language)
    links = {name: chosen.pop(f"{name}_url") for name in ("privacy", "rights", "contact")}
    return {
        "site": site.slug,
        "title": site.title,
        "language": language,
        "languages": languages_of(site),
        "group": site.group,
        "origins": _group_origins(site),
        "cookie_domain": site.cookie_domain,
        "settings": chosen,
        "policy": _policy(text),
        "controller": _controller(),
        "words": words.words(language),
        "purposes": [
            _purpose(each, language, purpose_hash(each.slug, shown, vendors))
            for each in all_purposes()
            if each.necessary or each.slug in used
        ],
        "trackers": said,
        "vendors": vendors,
        "links": {"policy": _policy_link(text), **links},
    }


def _purpose(purpose: Purpose, language: str, digest: str) -> Content:
    return {
        "slug": purpose.slug,
        **words_of(purpose, language),
        "necessary": purpose.necessary,
        "signals": list(purpose.signals),
        "hash": digest,
    }


def _group_origins(site: Site) -> list[str]:
    if not site.group:
        return []
    others = Site.objects.filter(group=site.group, active=True).exclude(pk=site.pk)
    return sorted({origin for other in others for origin in other.origins})


def _policy_text(version: PolicyVersion | None, language: str, otherwise: str) -> PolicyText | None:
    if version is None:
        return None
    texts = {text.language: text for text in version.texts.all()}
    return texts.get(language) or texts.get(otherwise) or texts.get(version.language)


def _policy(text: PolicyText | None) -> Content | None:
    if text is None:
        return None
    number = text.version.number
    return {
        "slug": POLICY,
        "version": number,
        "language": text.language,
        "sha256": text.sha256,
    }


def _policy_link(text: PolicyText | None) -> str:
    if text is None:
        return ""
    return f"{settings.URL}{reverse('published-text', args=[POLICY, text.language])}"


def _controller() -> Content:
    company = Controller.current()
    names = ("name", "registration", "address", "email", "website")
    return {name: getattr(company, name) for name in names}


def publish(
    planned: Next, policy: PolicyVersion | None, at: datetime | None = None
) -> list[Notice]:
    """Keep a site's next notices, each with its ledger entry. Call in a transaction."""
    at = at or timezone.now()
    made = []
    for language, content in sorted(planned.contents.items()):
        text = content_text(content)
        sha256 = notice_sha256(text)
        values = {
            "sha256": sha256,
            "site": planned.site,
            "number": planned.number,
            "language": language,
            "content": text,
            "policy_version": policy.number if policy else 0,
            "published_at": at,
        }
        entry = make_entry("notices", values, "", at)
        entry.save()
        made.append(Notice.objects.create(**values, entry=entry))
    return made
