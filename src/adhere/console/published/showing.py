"""What a policy page shows: the text, its changes, its other languages and versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation

from adhere.console.published.body import body_of
from adhere.console.published.words import NAMES, WORDS, counted
from adhere.core.differing import differences, summary, summary_of
from adhere.core.models import PolicyText, PolicyVersion
from adhere.core.publishing import FIRST, Texts, texts_of
from adhere.documents.policy import LANGUAGES

Context = dict[str, Any]


class Shown(msgspec.Struct, frozen=True):
    """One text to show, and the newest version of its policy."""

    text: PolicyText
    current: PolicyVersion

    @property
    def version(self) -> PolicyVersion:
        return self.text.version

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def is_current(self) -> bool:
        return self.version.number == self.current.number


def page(shown: Shown) -> Context:
    """Everything of the page of a text."""
    body = body_of(shown.text)
    return {
        **frame(shown),
        "body": body.html,
        "headings": [heading for heading in body.headings if heading.level <= 3],
        "changed": changed(shown),
        "versions": versions(shown),
    }


def frame(shown: Shown) -> Context:
    """What the text's page and its changes page have in common."""
    version, language = shown.version, shown.language
    words = WORDS[language]
    when = spelled(version.published_at, language)
    return {
        "w": words,
        "language": language,
        "policy": version.policy,
        "version": version,
        "text": shown.text,
        "title": shown.text.title,
        "is_current": shown.is_current,
        "version_title": words["version"].format(number=version.number),
        "changed_title": words["changed"].format(number=version.number),
        "published": words["published"].format(when=when),
        "banner": words["old"].format(
            number=version.number, when=when, current=shown.current.number
        ),
        "current_url": _current_url(shown),
        "permanent_path": permanent(version, language),
        "permanent": absolute(permanent(version, language)),
        "here": absolute(reverse("published-text", args=[version.policy_id, language])),
        "any_language": absolute(reverse("published-policy", args=[version.policy_id])),
        "languages": [
            {
                "code": other.language,
                "name": NAMES[other.language],
                "url": _same_page(shown, other.language),
                "here": other.language == language,
                "absolute": absolute(_same_page(shown, other.language)),
            }
            for other in sorted(
                version.texts.all(), key=lambda text: LANGUAGES.index(text.language)
            )
        ],
    }


def _current_url(shown: Shown) -> str:
    """The text that prevails, in this language where it has it."""
    slug = shown.version.policy_id
    if shown.current.texts.filter(language=shown.language).exists():
        return reverse("published-text", args=[slug, shown.language])
    return reverse("published-policy", args=[slug])


def _same_page(shown: Shown, language: str) -> str:
    if shown.is_current:
        return reverse("published-text", args=[shown.version.policy_id, language])
    return permanent(shown.version, language)


def permanent(version: PolicyVersion, language: str) -> str:
    """The address at which this text will always stand."""
    return reverse("published-version", args=[version.policy_id, version.number, language])


def absolute(path: str) -> str:
    """An address as the public knows it."""
    return f"{settings.URL}{path}"


def changed(shown: Shown) -> Context:
    """The explanation, the counts, and each changed sentence against the version before."""
    version, language = shown.version, shown.language
    before = PolicyVersion.objects.filter(
        policy=version.policy_id, number=version.number - 1
    ).first()
    words = WORDS[language]
    if before is None:
        explained = "" if version.changes == FIRST else version.changes
        return {"first": True, "explained": explained, "changes": [], "counts": ""}
    old, new = texts_of(before), texts_of(version)
    # The text that binds is in both, unless the company changed which one that is.
    other = language if language in old else version.language
    if other not in old:
        said = shown.text.changes or version.changes
        return {"explained": said, "changes": [], "counts": "", "language": language}
    pair = old[other].source, new[other].source
    note = words["only_in"].format(language=NAMES[language], other=NAMES[other])
    return {
        "explained": shown.text.changes or _explained(version, old, new),
        "changes": differences(*pair),
        "language": other,
        "counts": _counts(language, *pair),
        "note": note if other != language else "",
        "against": words["against"].format(number=before.number),
    }


def _explained(version: PolicyVersion, old: Texts, new: Texts) -> str:
    """What the publisher wrote; a generated summary is said anew, in the page's language."""
    base = version.language
    generated = {summary(old[base].source, new[base].source)} if base in old else set()
    return "" if version.changes in generated else version.changes


def _counts(language: str, *pair: Any) -> str:
    found = msgspec.structs.asdict(summary_of(*pair))
    return ", ".join(counted(language, name, number) for name, number in found.items() if number)


def versions(shown: Shown) -> list[Context]:
    """Every version, newest first, in this language where it has it."""
    every = shown.version.policy.versions.order_by("-number").prefetch_related("texts")
    return [_listed(each, shown) for each in every]


def _listed(version: PolicyVersion, shown: Shown) -> Context:
    languages = {text.language for text in version.texts.all()}
    language = shown.language if shown.language in languages else version.language
    told = next((text.changes for text in version.texts.all() if text.language == language), "")
    address = [version.policy_id, version.number]
    return {
        "number": version.number,
        "title": WORDS[shown.language]["version"].format(number=version.number),
        "when": spelled(version.published_at, shown.language, clock=False),
        "at": version.published_at,
        "explained": "" if version.changes == FIRST else told or version.changes,
        "url": permanent(version, language),
        "changes_url": reverse("published-changes", args=address) if version.number > 1 else "",
        "here": version.number == shown.version.number,
        "current": version.number == shown.current.number,
    }


def spelled(moment: datetime, language: str, *, clock: bool = True) -> str:
    """A moment in words, in the company's time."""
    local = timezone.localtime(moment)
    with translation.override(language):
        day = formats.date_format(local, "j F Y")
    return f"{day}, {local:%H:%M %Z}" if clock else day
