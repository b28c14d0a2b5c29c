"""What the checks of consent look for, one question a function. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from adhere.areas.cookies.config import choice_keys
from adhere.areas.cookies.facts import Answers, Notice, Site, Tracker
from adhere.areas.cookies.retention import said
from adhere.core.checking import Fact, Subject, Verdict, World
from adhere.core.durations import Duration
from adhere.core.rows import Publication
from adhere.documents.quantities import retention_days

Fault = tuple[str, Fact]
NEEDS_CONSENT = ("analytics", "marketing")
_SHOWN = ("name", "kind", "domain", "party", "vendor", "purpose", "retention", "reason")


def active(world: World) -> list[Site]:
    """The websites that show the banner."""
    return [site for site in world.facts(Site) if site.active]


def none_yet(world: World) -> Iterator[Verdict]:
    """What stands where no website shows the banner."""
    if not active(world):
        yield Verdict(world.company, "unknown", "no website shows the banner yet")


def newest(site: str, world: World) -> list[Notice]:
    """A site's newest notices, one a language."""
    every = world.by(Notice, "site").get(site, [])
    last = max((each.number for each in every), default=0)
    return [each for each in every if each.number == last]


def newest_version(policy: str, world: World) -> int:
    """The number of a policy's newest version, 0 while there is none."""
    versions = [each.version for each in world.facts(Publication) if each.policy == policy]
    return max(versions, default=0)


def most_days(length: Duration) -> int:
    """The most days that a length of time can be: six months are up to 184 of them."""
    starts = [date(2023, month, day) for month in range(1, 13) for day in (1, 28)]
    return max((length.after(start) - start).days for start in starts)


def unrecorded(site: str, answers: Iterable[Answers], world: World) -> Iterator[Fault]:
    """What is missing of a site's recorded answers."""
    notices = world.by(Notice, "key")
    for each in answers:
        found = notices.get(each.notice)
        if not found:
            yield f"{each.count:,} answers name a notice that is not kept", each
            continue
        asked = {key for key in choice_keys(found[0].content) if ":" not in key}
        missing = sorted(asked - each.purposes.keys())
        if missing:
            yield f"{each.count:,} answers do not say {', '.join(missing)}", each
        if each.unproven:
            yield f"{each.unproven:,} answers have lost their proof", each
    asked = {slug for each in newest(site, world) for slug in _asked(each)}
    for tracker in world.facts(Tracker):
        ours = tracker.site in ("", site) and not tracker.strictly_necessary
        if ours and asked and tracker.purpose not in asked:
            yield f"no consent is asked for {tracker.name} ({tracker.purpose})", tracker


def _asked(notice: Notice) -> list[str]:
    return [each["slug"] for each in notice.content["purposes"] if not each["necessary"]]


def refuses(answers: Answers) -> bool:
    """Whether these answers are refusals of everything."""
    return answers.method == "reject"


def given(answers: Answers, world: World) -> list[str]:
    """What is given in these answers although it needs consent."""
    found = world.by(Notice, "key").get(answers.notice)
    free = choice_keys(found[0].content) if found else {}
    return sorted(key for key, value in answers.purposes.items() if value and free.get(key, True))


def misread(answers: Answers, world: World) -> str:
    """What refusals that give something say."""
    purposes = ", ".join(given(answers, world))
    return f"{answers.count:,} refusals are recorded as consent to {purposes}"


def outdated(site: Site, version: int, world: World) -> Iterator[Fault]:
    """What a site's newest notices do not show of the inventory and the policy as they are."""
    shown = {each.language: each for each in newest(site.key, world)}
    missing = [language for language in site.languages if language not in shown]
    if missing:
        yield f"no notice in {', '.join(missing)}", site
    mine = [each for each in world.facts(Tracker) if each.site in ("", site.key)]
    stale = [each for each in shown.values() if _shown(each) != _wanted(mine, each.language)]
    behind = [each for each in shown.values() if each.policy_version != version]
    if stale:
        yield f"{_called(stale, shown)} is not the inventory", stale[0]
    if behind:
        told = f"names version {behind[0].policy_version} of the policy, which is at {version}"
        yield f"{_called(behind, shown)} {told}", behind[0]


def _called(some: Sequence[Notice], every: Mapping[str, Notice]) -> str:
    languages = ", ".join(sorted(each.language for each in some))
    where = languages if len(some) < len(every) or len(every) == 1 else "every language"
    return f"notice {some[0].number} in {where}"


def _shown(notice: Notice) -> list[tuple[Any, ...]]:
    return sorted(_as_shown(each) for each in notice.content["trackers"])


def _wanted(trackers: Iterable[Tracker], language: str) -> list[tuple[Any, ...]]:
    return sorted(
        _as_shown(
            {
                **{name: getattr(each, name) for name in (*_SHOWN, "strictly_necessary")
                   if name != "kind"},
                "kind": each.tracker_kind,
                "retention": said(each.retention, language),
            }
        )
        for each in trackers
    )  # fmt: skip


def _as_shown(tracker: Mapping[str, Any]) -> tuple[Any, ...]:
    return (*(tracker[name] for name in _SHOWN), tracker["strictly_necessary"])


def unfair(content: Mapping[str, Any]) -> Iterator[str]:
    """What of a notice would lead a visitor to agree (GDPR Art. 4(11), 7; EDPB 05/2020)."""
    where = f"in “{content['language']}”"
    words = {name: content["words"].get(name, "").strip() for name in _BUTTONS}
    for name, word in words.items():
        if not word:
            yield f"{where} nothing says “{name}”"
    if len(set(filter(None, words.values()))) < len(list(filter(None, words.values()))):
        yield f"{where} two buttons say the same"
    if words["accept"] and len(words["refuse"]) > 3 * len(words["accept"]) + 10:
        yield f"{where} refusing takes many more words than accepting"
    for name, called in (("policy", "cookie"), ("privacy", "privacy")):
        if not content["links"].get(name):
            yield f"{where} the {called} policy is not linked"
    if not (content["links"].get("rights") or content["links"].get("contact")):
        yield f"{where} neither rights nor contact are linked"
    yield from _preselected(content)
    yield from _lopsided(content["settings"].get("theme", {}))


_BUTTONS = ("accept", "refuse", "choose", "withdraw")


def _preselected(content: Mapping[str, Any]) -> Iterator[str]:
    always = {each["slug"] for each in content["purposes"] if each["necessary"]}
    for slug in sorted(always & set(NEEDS_CONSENT)):
        yield f"{slug} is always on"
    for tracker in content["trackers"]:
        if tracker["purpose"] in always and not tracker["strictly_necessary"]:
            yield f"{tracker['name']} needs consent but stands under “{tracker['purpose']}”"


def _lopsided(theme: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(theme):
        if any(word in name for word in ("accept", "refuse", "reject", "deny")):
            yield f"the theme dresses one answer only ({name})"


def incomplete(tracker: Tracker) -> list[str]:
    """What the inventory does not say of a tracker, or says against itself."""
    found = [
        f"{name} is not said"
        for name in ("vendor", "purpose", "retention")
        if not getattr(tracker, name).strip()
    ]
    if tracker.retention.strip() and retention_days(tracker.retention) is None:
        found.append(f"“{tracker.retention}” does not say for how long it stays")
    if tracker.strictly_necessary and tracker.purpose in NEEDS_CONSENT:
        found.append(f"{tracker.purpose} is never strictly necessary")
    elif tracker.strictly_necessary and not tracker.reason.strip():
        found.append("nothing says why it is strictly necessary")
    if not tracker.strictly_necessary and tracker.purpose == "necessary":
        found.append("it stands under what is necessary, but is not strictly so")
    return found


def subject_of(tracker: Tracker) -> Subject:
    """How findings name a tracker."""
    return Subject("tracker", tracker.key, tracker.name)
