"""The checks that the inventory, the notices and the recorded answers decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import cast

from adhere.areas.cookies import judging
from adhere.areas.cookies.consent_parameters import (
    AskedOnce,
    ChoiceKept,
    OfPolicy,
    Purged,
    Retained,
    Reviewed,
)
from adhere.areas.cookies.facts import Answers, Asking, Page, Review, Site, Tracker
from adhere.core.checking import Fact, State, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.parameters import NoParameters
from adhere.documents.quantities import retention_days


@check(
    "cookies.consent_recorded",
    strength="measured",
    subject="website",
    needs=("consents", "notices", "sites", "trackers"),
)
def consent_recorded(_: NoParameters, world: World) -> Iterable[Verdict]:
    """Each answer is kept with every purpose, its notice, its time and its proof"""
    yield from judging.none_yet(world)
    for site in judging.active(world):
        mine = world.by(Answers, "site").get(site.key, [])
        if not mine:
            yield Verdict(site.subject, "unknown", "no answer is recorded yet")
            continue
        faults = list(judging.unrecorded(site.key, mine, world))
        total = sum(each.count for each in mine)
        kept = f"all {total:,} answers are kept with their purposes, notice and proof"
        yield _verdict(site, world, faults, kept)


@check(
    "cookies.refusal_recorded",
    strength="measured",
    subject="website",
    needs=("consents", "notices", "sites", "trackers"),
)
def refusal_recorded(_: NoParameters, world: World) -> Iterable[Verdict]:
    """A refusal is recorded as one: no purpose that needs consent is given in it"""
    yield from judging.none_yet(world)
    for site in judging.active(world):
        mine = [
            each for each in world.by(Answers, "site").get(site.key, []) if judging.refuses(each)
        ]
        if not mine:
            yield Verdict(site.subject, "unknown", "nobody has refused yet")
            continue
        wrong = [each for each in mine if judging.given(each, world)]
        faults = [(judging.misread(each, world), each) for each in wrong]
        total = sum(each.count for each in mine)
        yield _verdict(site, world, faults, f"all {total:,} refusals stand as refusals")


@check(
    "cookies.choice_expires",
    strength="measured",
    subject="website",
    needs=("consents", "notices", "sites"),
    parameters=ChoiceKept,
)
def choice_expires(chosen: ChoiceKept, world: World) -> Iterable[Verdict]:
    """No consent is relied upon for longer than it stands"""
    limit = judging.most_days(chosen.max_age)
    yield from judging.none_yet(world)
    for site in judging.active(world):
        newest = judging.newest(site.key, world)
        if not newest:
            yield Verdict(site.subject, "unknown", "no notice is published yet")
            continue
        months = max(int(each.content["settings"]["months"]) for each in newest)
        faults: list[tuple[str, Fact]] = []
        if Duration(months, "mo").days > chosen.max_age.days:
            faults.append((f"the banner lets an answer stand for {months} months", newest[0]))
        for each in world.by(Answers, "site").get(site.key, []):
            if each.longest > limit:
                faults.append((f"an answer stands for {each.longest} days", each))
        kept = f"an answer stands for {months} months, at most {chosen.max_age.words}"
        yield _verdict(site, world, faults[:1], kept)


@check(
    "cookies.asked_once",
    strength="measured",
    subject="website",
    needs=("consent-repeats", "sites"),
    parameters=AskedOnce,
)
def asked_once(chosen: AskedOnce, world: World) -> Iterable[Verdict]:
    """Who has answered is not asked the same again while the answer stands"""
    yield from judging.none_yet(world)
    for site in judging.active(world):
        asking = next(iter(world.by(Asking, "site").get(site.key, [])), None)
        if asking is None:
            yield Verdict(site.subject, "unknown", "no answer in the last month")
            continue
        share = f"{asking.repeated:,} of {asking.answers:,} answers"
        said = f"{share} of the last month repeat one that stood"
        faults = [(said, asking)] if asking.repeated * 100 > asking.answers * chosen.share else []
        yield _verdict(site, world, faults, said)


@check(
    "cookies.records_purged",
    strength="measured",
    subject="website",
    needs=("consents", "notices", "sites", "trackers"),
    parameters=Purged,
)
def records_purged(chosen: Purged, world: World) -> Iterable[Verdict]:
    """No record of an answer is kept for longer than the policy says"""
    first = chosen.keep.before(world.day)
    yield from judging.none_yet(world)
    for site in judging.active(world):
        mine = world.by(Answers, "site").get(site.key, [])
        if not mine:
            yield Verdict(site.subject, "unknown", "no answer is recorded yet")
            continue
        oldest = min(mine, key=lambda each: each.happened_at)
        day = world.local_day(oldest.happened_at)
        said = f"the oldest answer kept is of {day.isoformat()}"
        late = [(f"{said}; it was to go after {chosen.keep.words}", oldest)] if day < first else []
        since = chosen.keep.after(day) if late else None
        yield _verdict(site, world, late, said, since)


@check(
    "cookies.notice_current",
    strength="measured",
    subject="website",
    needs=("sites", "notices", "trackers", "publications", "cookie-pages"),
    parameters=OfPolicy,
)
def notice_current(chosen: OfPolicy, world: World) -> Iterable[Verdict]:
    """Each language of the banner shows the inventory and names the policy's newest version"""
    pages = [page for page in world.facts(Page) if not page.exact]
    version = judging.newest_version(chosen.policy, world)
    yield from judging.none_yet(world)
    for site in judging.active(world):
        faults = list(judging.outdated(site, version, world))
        faults += [(f"the page in “{each.language}” is not the inventory", each) for each in pages]
        shown = judging.newest(site.key, world)
        said = (
            f"notice {shown[0].number} is current in {_counted(len(shown), 'language')}"
            if shown
            else ""
        )
        yield _verdict(site, world, faults, said)


@check(
    "cookies.banner_fair",
    strength="measured",
    subject="website",
    needs=("notices", "sites"),
)
def banner_fair(_: NoParameters, world: World) -> Iterable[Verdict]:
    """The banner's first layer offers refusal beside acceptance, with nothing chosen in advance"""
    yield from judging.none_yet(world)
    for site in judging.active(world):
        shown = judging.newest(site.key, world)
        if not shown:
            yield Verdict(site.subject, "unknown", "no notice is published yet")
            continue
        faults = [(why, each) for each in shown for why in judging.unfair(each.content)]
        said = f"fair in {_counted(len(shown), 'language')}"
        yield _verdict(site, world, faults, said)


@check(
    "cookies.inventory_complete",
    strength="reported",
    subject="tracker",
    needs=("trackers",),
)
def inventory_complete(_: NoParameters, world: World) -> Iterable[Verdict]:
    """Each tracker has its provider, purpose and retention, and its reason where it is necessary"""
    for tracker in world.facts(Tracker):
        since = world.local_day(tracker.happened_at)
        faults = judging.incomplete(tracker)
        why = "; ".join(faults) or "provider, purpose and retention are there"
        state: State = "not-satisfied" if faults else "satisfied"
        yield Verdict(judging.subject_of(tracker), state, why, since, (tracker.ref,))


@check(
    "cookies.retention_limited",
    strength="reported",
    subject="tracker",
    needs=("trackers",),
    parameters=Retained,
)
def retention_limited(chosen: Retained, world: World) -> Iterable[Verdict]:
    """No tracker is declared to stay for longer than the limit"""
    for tracker in world.facts(Tracker):
        days = retention_days(tracker.retention)
        since, state = world.local_day(tracker.happened_at), "unknown"
        why = f"“{tracker.retention}” does not say for how long"
        if days:
            state = "satisfied" if days[1] <= chosen.longest.days else "not-satisfied"
            why = f"stays for “{tracker.retention}”, at most {chosen.longest.words} allowed"
        yield Verdict(judging.subject_of(tracker), cast("State", state), why, since, (tracker.ref,))


@check(
    "cookies.inventory_reviewed",
    strength="attested",
    subject="company",
    needs=("trackers", "inventory-reviews"),
    parameters=Reviewed,
)
def inventory_reviewed(chosen: Reviewed, world: World) -> Iterable[Verdict]:
    """Somebody has looked through the inventory and said that each tracker is worth having"""
    reviews = world.facts(Review)
    if reviews:
        last = reviews[-1]
        day = world.local_day(last.happened_at)
        due = chosen.within.after(day)
        why = f"{last.reviewer} last looked through it on {day.isoformat()}"
        late = due < world.day
        since = due + timedelta(days=1) if late else day
        state: State = "not-satisfied" if late else "satisfied"
        yield Verdict(world.company, state, why, since, (last.ref,))
        return
    start = min(world.local_day(each.happened_at) for each in world.facts(Tracker))
    due = chosen.within.after(start)
    if world.day <= due:
        why = f"nobody has looked through it yet; due by {due.isoformat()}"
        yield Verdict(world.company, "unknown", why, start)
        return
    why = "nobody has ever looked through it"
    yield Verdict(world.company, "not-satisfied", why, due + timedelta(days=1))


def _verdict(
    site: Site,
    world: World,
    faults: Sequence[tuple[str, Fact]],
    kept: str,
    since: date | None = None,
) -> Verdict:
    """Kept, or what is wrong in the order found; each fault with the fact that shows it."""
    if not faults:
        return Verdict(site.subject, "satisfied", kept, since)
    told = list(dict.fromkeys(why for why, _ in faults))
    more = f" (and {len(told) - 3} more)" if len(told) > 3 else ""
    refs = tuple(dict.fromkeys(fact.ref for _, fact in faults))[:20]
    first = since or world.local_day(min(fact.happened_at for _, fact in faults))
    return Verdict(site.subject, "not-satisfied", "; ".join(told[:3]) + more, first, refs)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
