"""One object: from the inventory to the policy's page to every site's notices, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from adhere.areas.cookies import company, inventory
from adhere.areas.cookies.explaining import Change, changes, explained
from adhere.areas.cookies.models import Site, Tracker
from adhere.areas.cookies.notices import POLICY, Next, next_notices, publish
from adhere.areas.cookies.tables import completed, marked
from adhere.core.locking import wait_for_turn
from adhere.core.models import PolicyVersion
from adhere.core.publishing import newest, texts_of
from adhere.core.publishing import publish as publish_policy
from adhere.core.texts import Text
from adhere.documents.policy import parse_policy


class Preview(msgspec.Struct, frozen=True):
    """What publishing would do: trackers that differ, the policy's next version, the notices.

    ``version`` is None where the page stays as it is. ``unmarked`` are the languages whose text
    has no place for the tables, so that they are kept by hand.
    """

    changes: tuple[Change, ...]
    version: int | None
    explained: dict[str, str]
    unmarked: tuple[str, ...]
    notices: tuple[Next, ...]

    @property
    def new(self) -> bool:
        """Whether there is anything to publish."""
        return self.version is not None or any(each.new for each in self.notices)


class Done(msgspec.Struct, frozen=True):
    """What was published: the policy's version if it is a new one, and each site's notices."""

    version: int | None
    notices: dict[str, int]
    reasked: dict[str, tuple[str, ...]]


def complete(slug: str, language: str, text: str) -> str:
    """A policy text with the company's details and the published inventory, whoever publishes it.

    What is not published yet waits for ``republish``, which makes page and notices together. The
    examples stay while there is no inventory.
    """
    return _whole(text, language, inventory.published()) if slug == POLICY else text


def _whole(text: str, language: str, trackers: Sequence[Tracker]) -> str:
    text = company.filled(text, language, company.details())
    if not trackers:
        return text
    return completed(text, language, inventory.rows(trackers), inventory.titles(language))


def preview() -> Preview:
    """What ``republish`` would do now. Nothing is stored; a ``Problem`` says what is in its way."""
    version = newest(POLICY)
    texts = texts_of(version) if version else {}
    found = pending()
    rows = inventory.current()
    company.ask_for_missing((each.text for each in texts.values()), company.details())
    fresh = {language: _whole(each.text, language, rows) for language, each in texts.items()}
    differs = any(fresh[language] != each.text for language, each in texts.items())
    sites = Site.objects.filter(active=True)
    notices = tuple(next_notices(site) for site in sites)
    return Preview(
        tuple(found),
        version.number + 1 if version and differs else None,
        {each: explained(found, each, inventory.titles(each)) for each in fresh},
        tuple(sorted(each for each, text in texts.items() if not marked(text.text))),
        notices,
    )


def pending() -> list[Change]:
    """The trackers that differ from how the inventory was last published."""
    before, after = inventory.published(), inventory.current()
    return changes(inventory.rows(before), inventory.rows(after))


@transaction.atomic
def republish(at: datetime | None = None) -> Done:
    """Publish the policy and the notices as the inventory says; the same twice does nothing."""
    wait_for_turn("facts/trackers")
    at = at or timezone.now()
    number = _policy(at)
    version = newest(POLICY)
    planned = [next_notices(site, None, version) for site in Site.objects.filter(active=True)]
    for each in planned:
        if each.new:
            publish(each, version, at)
    return Done(
        number,
        {each.site: each.number for each in planned if each.new},
        {each.site: each.reasked for each in planned if each.new},
    )


def _policy(at: datetime) -> int | None:
    version = newest(POLICY)
    if version is None:
        return None
    found = pending()
    texts = _filled(version)
    said = {each: explained(found, each, inventory.titles(each)) for each in texts_of(version)}
    done = publish_policy(texts, said[version.language], at, said, complete=False)[0]
    return done.number if done.new else None


def _filled(version: PolicyVersion) -> Sequence[Text]:
    found = []
    texts = texts_of(version)
    company.ask_for_missing((each.text for each in texts.values()), company.details())
    for language, each in texts.items():
        text = _whole(each.text, language, inventory.current())
        found.append(Text(text, parse_policy(text, each.source.file, repeats=True)))
    return found
